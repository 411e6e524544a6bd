package rewrite_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/dis"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
	"github.com/krait-py/krait/verify"
)

func Example_builder() {
	b := rewrite.NewBuilder(pyver.Py314, "largest", code.Parameters{Pos: []string{"x", "y"}})
	second := b.NewLabel()
	b.Line(1)
	b.LoadFast("x").LoadFast("y").Compare(">").JumpIfFalse(second)
	b.LoadFast("x").Return()
	b.Mark(second).LoadFast("y").Return()
	o, err := b.Code()
	if err != nil {
		fmt.Println(err)
		return
	}
	dis.Fprint(os.Stdout, o, dis.Options{})
	// Output:
	// 1           RESUME                   0
	//               LOAD_FAST                0 (x)
	//               LOAD_FAST                1 (y)
	//               COMPARE_OP             148 (bool(>))
	//               POP_JUMP_IF_FALSE        3 (to L1)
	//               NOT_TAKEN
	//               LOAD_FAST                0 (x)
	//               RETURN_VALUE
	//       L1:     LOAD_FAST                1 (y)
	//               RETURN_VALUE
}

func ExampleBuilder_Try() {
	b := rewrite.NewBuilder(pyver.Py310, "number", code.Parameters{Pos: []string{"text"}})
	b.Line(1).Try(func() {
		b.LoadGlobal("int", true).LoadFast("text").Call(1).Return()
	}, func() {
		other := b.NewLabel()
		b.Line(2).LoadGlobal("ValueError", false).JumpIfNoMatch(other)
		b.Pop().LoadConst(nil).Return()
		b.Mark(other).Reraise()
	})
	o, err := b.Code()
	if err != nil {
		fmt.Println(err)
		return
	}
	dis.Fprint(os.Stdout, o, dis.Options{})
	// Output:
	// 1           0 SETUP_FINALLY            5 (to 12)
	//               2 LOAD_GLOBAL              0 (int)
	//               4 LOAD_FAST                0 (text)
	//               6 CALL_FUNCTION            1
	//               8 POP_BLOCK
	//              10 RETURN_VALUE
	//         >>   12 POP_TOP
	//              14 ROT_TWO
	//              16 POP_TOP
	//
	//   2          18 LOAD_GLOBAL              1 (ValueError)
	//              20 ROT_TWO
	//              22 DUP_TOP
	//              24 ROT_THREE
	//              26 ROT_TWO
	//              28 JUMP_IF_NOT_EXC_MATCH    20 (to 40)
	//              30 POP_TOP
	//              32 LOAD_CONST               0 (None)
	//              34 ROT_FOUR
	//              36 POP_EXCEPT
	//              38 RETURN_VALUE
	//         >>   40 POP_TOP
	//              42 RAISE_VARARGS            0
}

func ExampleBuilder_MakeFunction() {
	b := rewrite.NewModule(pyver.Py314, "adder.py")
	adder := b.Line(1).Function("adder", code.Parameters{Pos: []string{"n"}})
	add := adder.Line(2).Function("add", code.Parameters{Pos: []string{"x"}})
	add.Line(2).LoadFast("x").LoadDeref("n").BinaryOp("+").Return()
	adder.MakeFunction(add, 0).Return()
	b.MakeFunction(adder, 0).StoreName("adder")
	o, err := b.Code()
	if err != nil {
		fmt.Println(err)
		return
	}
	dis.Fprint(os.Stdout, o, dis.Options{})
	// Output:
	// 0           RESUME                   0
	//
	//   1           LOAD_CONST               0 (<code object adder at 0x7f0000000002, file "adder.py", line 1>)
	//               MAKE_FUNCTION
	//               STORE_NAME               0 (adder)
	//               LOAD_CONST               1 (None)
	//               RETURN_VALUE
	//
	// Disassembly of <code object adder at 0x7f0000000002, file "adder.py", line 1>:
	//   --           MAKE_CELL                0 (n)
	//
	//    1           RESUME                   0
	//
	//    2           LOAD_FAST                0 (n)
	//                BUILD_TUPLE              1
	//                LOAD_CONST               0 (<code object add at 0x7f0000000003, file "adder.py", line 2>)
	//                MAKE_FUNCTION
	//                SET_FUNCTION_ATTRIBUTE   8 (closure)
	//                RETURN_VALUE
	//
	// Disassembly of <code object add at 0x7f0000000003, file "adder.py", line 2>:
	//   --           COPY_FREE_VARS           1
	//
	//    2           RESUME                   0
	//                LOAD_FAST                0 (x)
	//                LOAD_DEREF               1 (n)
	//                BINARY_OP                0 (+)
	//                RETURN_VALUE
}

// versions are those that a Builder builds for.
func versions() []pyver.Version {
	var all []pyver.Version
	for _, v := range pyver.All() {
		if v == pyver.Py27 || v >= pyver.Py36 {
			all = append(all, v)
		}
	}
	return all
}

// programs are modules whose function main returns a value.
var programs = []struct {
	name  string
	build func(b *rewrite.Builder)
	want  string // repr of the result of main(7)
}{
	{"arithmetic", func(b *rewrite.Builder) {
		b.LoadFast("n").LoadConst(2).BinaryOp("**").LoadConst(100).Swap().BinaryOp("-")
		b.UnaryOp("-").LoadConst(1000000).BinaryOp("+").Return()
	}, "999949"},
	{"operators", func(b *rewrite.Builder) {
		ops := []string{"+", "-", "*", "//", "%", "<<", ">>", "&", "|", "^", "**", "+=", "-=", "*="}
		for _, op := range ops {
			b.LoadFast("n").LoadConst(3).BinaryOp(op)
		}
		b.LoadFast("n").UnaryOp("~").LoadFast("n").UnaryOp("+").LoadFast("n").UnaryOp("not")
		b.Op(opcode.BUILD_LIST, len(ops)+3).Return()
	}, "[10, 4, 21, 2, 1, 56, 0, 3, 7, 4, 343, 10, 4, 21, -8, 7, False]"},
	{"comparisons", func(b *rewrite.Builder) {
		for _, op := range []string{"<", "<=", "==", "!=", ">", ">=", "is", "is not"} {
			b.LoadFast("n").LoadConst(7).Compare(op)
		}
		for _, op := range []string{"in", "not in"} {
			b.LoadFast("n").LoadConst([]any{5, 7}).Compare(op)
		}
		b.Op(opcode.BUILD_LIST, 10).Return()
	}, "[False, True, True, False, False, True, True, False, True, False]"},
	{"loop", func(b *rewrite.Builder) {
		b.LoadConst(0).StoreFast("sum")
		again, done := b.NewLabel(), b.NewLabel()
		b.LoadGlobal("range", true).LoadFast("n").Call(1).GetIter()
		b.Mark(again).ForIter(done)
		b.StoreFast("i").LoadFast("sum").LoadFast("i").BinaryOp("+=").StoreFast("sum").Jump(again)
		b.EndFor(done).LoadFast("sum").Return()
	}, "21"},
	{"while backward conditional", func(b *rewrite.Builder) {
		b.LoadConst(1).StoreFast("r")
		again := b.NewLabel()
		b.Mark(again).LoadFast("r").LoadFast("n").BinaryOp("*").StoreFast("r")
		b.LoadFast("n").LoadConst(1).BinaryOp("-").StoreFast("n")
		b.LoadFast("n").LoadConst(0).Compare(">").JumpIfTrue(again)
		b.LoadFast("r").Return()
	}, "5040"},
	{"leaving a loop", func(b *rewrite.Builder) {
		again, done, out := b.NewLabel(), b.NewLabel(), b.NewLabel()
		b.LoadGlobal("range", true).LoadConst(1000000).Call(1).GetIter()
		b.Mark(again).ForIter(done).StoreFast("i")
		b.LoadFast("i").LoadFast("n").Compare("!=").JumpIfTrue(again)
		b.PopIter().Jump(out)
		b.EndFor(done)
		b.Mark(out).LoadFast("i").Return()
	}, "7"},
	{"handler", func(b *rewrite.Builder) {
		b.Try(func() {
			b.LoadFast("n").LoadConst(0).BinaryOp("//").Return()
		}, func() {
			other := b.NewLabel()
			b.LoadGlobal("ZeroDivisionError", false).JumpIfNoMatch(other)
			b.Pop().LoadConst("caught").Return()
			b.Mark(other).Reraise()
		})
	}, "'caught'"},
	{"handler in a loop", func(b *rewrite.Builder) {
		// Counts divisors, leaving the handler and the body by jumps.
		b.LoadConst(0).StoreFast("k").LoadConst(-3).StoreFast("i")
		again, end := b.NewLabel(), b.NewLabel()
		b.Mark(again)
		b.LoadFast("i").LoadConst(1).BinaryOp("+").StoreFast("i")
		b.LoadFast("i").LoadFast("n").Compare(">=").JumpIfTrue(end)
		b.Try(func() {
			b.LoadFast("n").LoadFast("i").BinaryOp("//").Pop()
			b.LoadFast("i").LoadConst(5).Compare("==").JumpIfTrue(end)
			b.Jump(again)
		}, func() {
			b.Pop()
			b.Try(func() {
				b.LoadFast("k").LoadConst(10).BinaryOp("+").StoreFast("k")
				b.LoadConst(nil).LoadAttr("missing").Pop()
			}, func() {
				b.Pop().LoadFast("k").LoadConst(100).BinaryOp("+").StoreFast("k").Jump(again)
			})
		})
		b.Mark(end)
		b.LoadFast("k").LoadFast("i").Op(opcode.BUILD_TUPLE, 2).Return()
	}, "(110, 5)"},
	{"raising again", func(b *rewrite.Builder) {
		b.Try(func() {
			b.Try(func() {
				b.LoadGlobal("KeyError", true).LoadFast("n").Call(1).Raise()
			}, func() {
				other := b.NewLabel()
				b.LoadGlobal("IndexError", false).JumpIfNoMatch(other)
				b.Pop().LoadConst("wrong").Return()
				b.Mark(other).Reraise()
			})
		}, func() {
			b.LoadAttr("args").Return()
		})
	}, "(7,)"},
	{"returning out of a handler in a handler", func(b *rewrite.Builder) {
		fail := func() { b.LoadConst(1).LoadConst(0).BinaryOp("//").Pop() }
		b.Try(fail, func() {
			b.Pop()
			b.Try(fail, func() { b.Pop().LoadFast("n").Return() })
		})
	}, "7"},
	{"methods", func(b *rewrite.Builder) {
		b.LoadConst("a,b").LoadMethod("split").LoadConst(",").CallMethod(1).StoreFast("l")
		b.LoadFast("l").LoadMethod("append").LoadFast("n").CallMethod(1).Pop()
		b.LoadFast("l").LoadConst(2).BinaryOp("[]").Return()
	}, "7"},
	{"calls of any value", func(b *rewrite.Builder) {
		b.LoadGlobal("int", false).LoadAttr("__add__").PushNull().LoadFast("n").LoadConst(1).Call(2).Return()
	}, "8"},
	{"closure", func(b *rewrite.Builder) {
		// n and total are cells; the middle function only hands n on.
		b.LoadConst(0).StoreFast("total")
		add := b.Function("add", code.Parameters{Pos: []string{"x"}})
		add.LoadDeref("total").LoadFast("x").BinaryOp("+=")
		mul := add.Function("mul", code.Parameters{})
		mul.LoadDeref("n").LoadDeref("x").BinaryOp("*").Return()
		add.MakeFunction(mul, 0).PushNull().Call(0).BinaryOp("+").StoreDeref("total")
		b.MakeFunction(add, 0).StoreFast("add")
		b.LoadFast("add").PushNull().LoadConst(1).Call(1).Pop()
		b.LoadFast("add").PushNull().LoadConst(2).Call(1).Pop()
		b.LoadFast("total").Return()
	}, "24"},
	{"closure with defaults", func(b *rewrite.Builder) {
		f := b.Function("f", code.Parameters{Pos: []string{"a", "b", "c"}})
		f.LoadDeref("n").LoadFast("a").LoadFast("b").LoadFast("c").Op(opcode.BUILD_TUPLE, 4).Return()
		b.LoadConst(20).LoadConst(30).MakeFunction(f, 2)
		b.PushNull().LoadConst(1).Call(1).Return()
	}, "(7, 1, 20, 30)"},
	{"generator", func(b *rewrite.Builder) {
		g := b.Function("g", code.Parameters{Pos: []string{"n"}})
		again, done := g.NewLabel(), g.NewLabel()
		g.Mark(again).LoadFast("n").JumpIfFalse(done)
		g.LoadFast("n").Yield().Pop()
		g.LoadFast("n").LoadConst(1).BinaryOp("-=").StoreFast("n").Jump(again)
		g.Mark(done)
		b.MakeFunction(g, 0).StoreFast("g")
		b.LoadGlobal("list", true).LoadFast("g").PushNull().LoadConst(3).Call(1).Call(1).Return()
	}, "[3, 2, 1]"},
	{"generator with a handler", func(b *rewrite.Builder) {
		g := b.Function("g", code.Parameters{})
		g.Try(func() {
			g.LoadConst("first").Yield().Pop()
		}, func() {
			g.LoadAttr("args").Yield().Pop()
		})
		b.MakeFunction(g, 0).PushNull().Call(0).StoreFast("it")
		b.LoadGlobal("next", true).LoadFast("it").Call(1)
		b.LoadFast("it").LoadMethod("throw").LoadGlobal("ValueError", true).LoadFast("n").Call(1).CallMethod(1)
		b.Op(opcode.BUILD_TUPLE, 2)
		b.LoadFast("it").LoadMethod("close").CallMethod(0).Pop().Return()
	}, "('first', (7,))"},
	{"docstring", func(b *rewrite.Builder) {
		f := b.Function("f", code.Parameters{}).Doc("says so")
		f.LoadConst("other")
		f.Return()
		g := b.Function("g", code.Parameters{})
		g.LoadConst("no docstring").Return()
		b.MakeFunction(f, 0).LoadAttr("__doc__")
		b.MakeFunction(g, 0).LoadAttr("__doc__")
		b.Op(opcode.BUILD_TUPLE, 2).Return()
	}, "('says so', None)"},
	{"all parameters", func(b *rewrite.Builder) {
		p := code.Parameters{Pos: []string{"a"}, VarArgs: "args", VarKw: "kw"}
		if b.Version() >= pyver.Py38 {
			p = code.Parameters{PosOnly: []string{"a"}, VarArgs: "args", VarKw: "kw"}
		}
		f := b.Function("f", p)
		f.LoadFast("a").LoadFast("args").LoadFast("kw").Op(opcode.BUILD_TUPLE, 3).Return()
		b.MakeFunction(f, 0).PushNull().LoadConst(1).LoadConst(2).Call(2).Return()
	}, "(1, (2,), {})"},
	{"unbound local", func(b *rewrite.Builder) {
		b.Try(func() {
			skip := b.NewLabel()
			b.LoadFast("n").JumpIfTrue(skip)
			b.LoadConst(1).StoreFast("x")
			b.Mark(skip).LoadFast("x").Return()
		}, func() {
			b.LoadAttr("__class__").LoadAttr("__name__").Return()
		})
	}, "'UnboundLocalError'"},
	{"deleted parameter", func(b *rewrite.Builder) {
		b.Try(func() {
			b.DeleteFast("n").LoadFast("n").Return()
		}, func() {
			b.LoadAttr("__class__").LoadAttr("__name__").Return()
		})
	}, "'UnboundLocalError'"},
	{"far jump", func(b *rewrite.Builder) {
		far := b.NewLabel()
		b.LoadFast("n").JumpIfTrue(far)
		for range 300 {
			b.LoadFast("n").Pop()
		}
		b.Mark(far).LoadFast("n").Return()
	}, "7"},
	{"constants", func(b *rewrite.Builder) {
		b.LoadConst(0.0).LoadConst(-0.5).LoadConst(true).LoadConst(1).LoadConst("s").LoadConst(int64(1 << 40))
		b.LoadConst(1i).LoadConst([]string{"a", "b"}).LoadConst(code.Ellipsis)
		b.Op(opcode.BUILD_TUPLE, 9).Return()
	}, "(0.0, -0.5, True, 1, 's', 1099511627776, 1j, ('a', 'b'), Ellipsis)"},
}

// module returns a module with a function main made by build.
func module(t *testing.T, v pyver.Version, build func(b *rewrite.Builder)) *code.Object {
	t.Helper()
	m := rewrite.NewModule(v, "made.py")
	m.Line(1)
	b := m.Function("main", code.Parameters{Pos: []string{"n"}})
	b.Line(2)
	build(b)
	m.MakeFunction(b, 0).StoreName("main")
	o, err := m.Code()
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// TestBuilderRuns runs what a Builder makes in the interpreters found.
func TestBuilderRuns(t *testing.T) {
	for _, v := range versions() {
		t.Run(v.String(), func(t *testing.T) {
			if testing.Short() && v == pyver.Py315 {
				t.Skip("starting pyodide takes seconds")
			}
			in, err := oracle.Find(v)
			if err != nil {
				t.Skip(err)
			}
			s := in.Start(oracle.Config{})
			defer s.Close()
			for _, p := range programs {
				data, err := marshal.Write(module(t, v, p.build), marshal.Options{Version: v})
				if err != nil {
					t.Fatalf("%s: %v", p.name, err)
				}
				got, err := s.Exec(fmt.Sprintf("import marshal\nd = {}\nexec(marshal.loads(%s), d)\nresult = repr(d['main'](7)).replace('1099511627776L', '1099511627776')", bytesLiteral(data)))
				if err != nil {
					t.Errorf("%s: %v", p.name, err)
				} else if got != p.want {
					t.Errorf("%s: got %s, want %s", p.name, got, p.want)
				}
			}
		})
	}
}

// TestBuilderErrors makes every kind of mistake.
func TestBuilderErrors(t *testing.T) {
	params := code.Parameters{Pos: []string{"n"}}
	for _, tt := range []struct {
		name  string
		v     pyver.Version
		build func(b *rewrite.Builder)
		want  string
	}{
		{"version", pyver.Py33, func(b *rewrite.Builder) { b.LoadConst(1).Return() },
			`rewrite: f, call 1, NewBuilder("3.3", "f"): version 3.3, want 2.7, or 3.6 to 3.15`},
		{"operator", pyver.Py314, func(b *rewrite.Builder) { b.LoadFast("n").Dup().Line(3).BinaryOp("<>").Return() },
			`rewrite: f, line 3, call 3, BinaryOp("<>"): no operator, want one of Python's, such as + or +=`},
		{"comparison", pyver.Py38, func(b *rewrite.Builder) { b.LoadFast("n").Dup().Compare("exception match").Return() },
			`rewrite: f, call 3, Compare("exception match"): no operator, want one of Python's, such as < or not in`},
		{"unary", pyver.Py38, func(b *rewrite.Builder) { b.LoadFast("n").UnaryOp("!").Return() },
			`rewrite: f, call 2, UnaryOp("!"): no operator, want -, +, ~ or not`},
		{"instruction", pyver.Py314, func(b *rewrite.Builder) { b.Op(opcode.PRINT_ITEM, 0) },
			`rewrite: f, call 1, Op(PRINT_ITEM, 0): PRINT_ITEM, want an instruction that 3.14 has`},
		{"instruction without name", pyver.Py314, func(b *rewrite.Builder) { b.OpName(opcode.POP_TOP, "n") },
			`rewrite: f, call 1, OpName(POP_TOP, "n"): POP_TOP, want an instruction with a name`},
		{"constant", pyver.Py314, func(b *rewrite.Builder) { b.LoadConst(struct{}{}) },
			`rewrite: f, call 1, LoadConst(struct {}): a struct {}, want nil, a bool, number, string, []byte, tuple or code.Value`},
		{"text", pyver.Py314, func(b *rewrite.Builder) { b.LoadConst("\xff") },
			`rewrite: f, call 1, LoadConst("\xff"): string "\xff" is not valid UTF-8, want nil, a bool, number, string, []byte, tuple or code.Value`},
		{"name in a function", pyver.Py314, func(b *rewrite.Builder) { b.LoadName("x", false) },
			`rewrite: f, call 1, LoadName("x", false): LOAD_NAME in a function, want LoadGlobal or LoadFast`},
		{"underflow", pyver.Py314, func(b *rewrite.Builder) { b.Line(5).LoadFast("n").Call(2).Return() },
			`rewrite: f, line 5, call 2, CALL 2: 1 values on the stack, want 4`},
		{"depths", pyver.Py310, func(b *rewrite.Builder) {
			l := b.NewLabel()
			b.LoadFast("n").JumpIfTrue(l).LoadConst(1).Mark(l).LoadConst(2).Return()
		}, `rewrite: f, call 4: 1 values on the stack at a label, want the 0 it has on another way`},
		{"label not marked", pyver.Py314, func(b *rewrite.Builder) { b.Jump(b.NewLabel()) },
			`rewrite: f, call 1, JUMP_FORWARD: a label that is not marked, want Mark before Code`},
		{"label from elsewhere", pyver.Py314, func(b *rewrite.Builder) { b.Jump(&rewrite.Label{Name: "x"}) },
			`rewrite: f, call 1, Jump(label x): a label from elsewhere, want one that NewLabel returned`},
		{"label twice", pyver.Py314, func(b *rewrite.Builder) { l := b.NewLabel(); b.Mark(l).Mark(l) },
			`rewrite: f, call 2, Mark(label): a label that is marked, want each marked once`},
		{"jump into a Try", pyver.Py314, func(b *rewrite.Builder) {
			var l *rewrite.Label
			b.Try(func() { l = b.NewLabel(); b.Mark(l) }, func() { b.Pop() })
			b.Jump(l)
		}, `rewrite: f, call 4, Jump(label): a jump into a Try, want one inside or out of it`},
		{"label of another Try", pyver.Py314, func(b *rewrite.Builder) {
			l := b.NewLabel()
			b.Try(func() { b.Mark(l) }, func() { b.Pop() })
		}, `rewrite: f, call 2, Mark(label): a label made in another Try or outside of this one, want one made in it`},
		{"loop out of a Try", pyver.Py310, func(b *rewrite.Builder) {
			l := b.NewLabel()
			b.Try(func() { b.LoadFast("n").GetIter().ForIter(l) }, func() { b.Pop() })
		}, `rewrite: f, call 4, ForIter(label): FOR_ITER out of a Try, want Jump, JumpIfFalse or JumpIfTrue`},
		{"handler that leaves the exception", pyver.Py314, func(b *rewrite.Builder) {
			b.Try(func() {}, func() {})
			b.Try(func() { b.LoadFast("n").Pop() }, func() {})
		}, `rewrite: f, call 4, JUMP_FORWARD: 1 values on the stack at a label, want the 0 it has on another way`},
		{"function in itself", pyver.Py314, func(b *rewrite.Builder) { b.MakeFunction(b, 0).Return() },
			`rewrite: f, call 1, MAKE_FUNCTION 0: a function that contains itself, want none`},
		{"function of another version", pyver.Py314, func(b *rewrite.Builder) {
			b.MakeFunction(rewrite.NewBuilder(pyver.Py313, "g", code.Parameters{}), 0)
		}, `rewrite: f, call 1, MakeFunction(g, 0): a function of 3.13, want one of 3.14`},
		{"defaults", pyver.Py314, func(b *rewrite.Builder) {
			b.MakeFunction(rewrite.NewBuilder(pyver.Py314, "g", params), 2)
		}, `rewrite: f, call 1, MakeFunction(g, 2): 2 defaults, want at most 1`},
		{"in an inner function", pyver.Py314, func(b *rewrite.Builder) {
			g := b.Function("g", params)
			g.Pop()
			b.MakeFunction(g, 0).Return()
		}, `rewrite: f.<locals>.g, call 1, POP_TOP 0: 0 values on the stack, want 1`},
		{"keywords in 2.7", pyver.Py27, func(b *rewrite.Builder) { b.CallKw(1, "a") },
			`rewrite: f, call 1, CallKw(1, []string): keywords at the end, want each before its value in 2.7`},
		{"several", pyver.Py314, func(b *rewrite.Builder) { b.BinaryOp("?").Compare("?") },
			"rewrite: f, call 1, BinaryOp(\"?\"): no operator, want one of Python's, such as + or +=\n" +
				"rewrite: f, call 2, Compare(\"?\"): no operator, want one of Python's, such as < or not in"},
	} {
		b := rewrite.NewBuilder(tt.v, "f", params)
		tt.build(b)
		got := "no error"
		if _, err := b.Code(); err != nil {
			got = err.Error()
			var be *rewrite.BuildError
			if !errors.As(err, &be) {
				t.Errorf("%s: error is a %T", tt.name, err)
			}
		}
		if got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, tt.want)
		}
	}
	m := rewrite.NewModule(pyver.Py314, "m.py")
	m.LoadFast("x")
	g := m.Function("g", code.Parameters{})
	g.LoadDeref("x").Return()
	if _, err := m.Code(); err == nil {
		t.Error("local of a module: no error")
	}
	m = rewrite.NewModule(pyver.Py314, "m.py")
	if _, err := m.MakeFunction(g, 0).Pop().Code(); err == nil {
		t.Error("free variable of a module: no error")
	}
}

// TestBuilderWellFormed decodes what a Builder makes, in all versions, without
// an interpreter; the stack sizes must be those of [rewrite.Func.StackSize].
func TestBuilderWellFormed(t *testing.T) {
	for _, v := range versions() {
		for _, p := range programs {
			m := module(t, v, p.build)
			for _, finding := range verify.Object(m).Findings {
				t.Errorf("%v, %s, %s: %v", v, p.name, finding.Object.QualNameText(), &finding)
			}
			for o := range m.All() {
				f, err := rewrite.Decode(o)
				if err != nil {
					t.Fatalf("%v, %s: %v", v, p.name, err)
				}
				if err := o.CheckLines(); err != nil {
					t.Errorf("%v, %s: %v", v, p.name, err)
				}
				if n, err := f.StackSize(); err != nil || n > o.StackSize || n < o.StackSize-1 {
					t.Errorf("%v, %s, %s: stack size %d, Func has %d, %v", v, p.name, o.QualNameText(), o.StackSize, n, err)
				}
			}
		}
	}
}

// bytesLiteral returns data as a Python literal of any version.
func bytesLiteral(data []byte) string {
	var s strings.Builder
	s.WriteString(`b"`)
	for _, c := range data {
		fmt.Fprintf(&s, `\x%02x`, c)
	}
	return s.String() + `"`
}

// The Go code of docs/write-bytecode.md is that of an Example here.
func TestDocs(t *testing.T) {
	source, err := os.ReadFile("builder_test.go")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../docs/write-bytecode.md")
	if err != nil {
		t.Fatal(err)
	}
	_, block, found := strings.Cut(string(text), "```go\n")
	block, _, _ = strings.Cut(block, "```")
	indented := "\t" + strings.ReplaceAll(strings.TrimSuffix(block, "\n"), "\n", "\n\t")
	if !found || !strings.Contains(string(source), indented) {
		t.Errorf("not in an Example:\n%s", indented)
	}
}
