package rewrite_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
)

// runner executes code objects in an interpreter.
type runner struct {
	*oracle.Session
	t *testing.T
}

func newRunner(t *testing.T, v pyver.Version) runner {
	t.Helper()
	in, err := oracle.Find(v)
	if err != nil {
		t.Skip(err)
	}
	s := in.Start(oracle.Config{})
	t.Cleanup(func() { s.Close() })
	return runner{s, t}
}

func (r runner) compile(source string) *code.Object {
	r.t.Helper()
	data, err := r.Compile([]byte(source), "run.py", 0)
	if err != nil {
		r.t.Fatal(err)
	}
	f, err := pyc.Read(data, pyc.Options{})
	if err != nil {
		r.t.Fatal(err)
	}
	return f.Code
}

// run executes o as a module named m, then the program, and returns what this
// leaves in result.
func (r runner) run(o *code.Object, program string) (string, error) {
	r.t.Helper()
	data, err := marshal.Write(o, marshal.Options{})
	if err != nil {
		r.t.Fatal(err)
	}
	return r.Exec(fmt.Sprintf("import marshal\nm = {'__name__': 'm'}\ncode = marshal.loads(%s)\n", bytesLiteral(data)) + program)
}

// rewriteAll replaces o and the code objects in it by what edit makes of them.
func rewriteAll(t *testing.T, o *code.Object, edit func(f *rewrite.Func)) *code.Object {
	t.Helper()
	f := decode(t, o)
	if n := f.Object.Consts.Len(); n > 0 {
		consts := &code.Tuple{Items: slices.Clone(f.Object.Consts.Items)}
		for i, c := range consts.Items {
			if inner, ok := c.(*code.Object); ok {
				consts.Items[i] = rewriteAll(t, inner, edit)
			}
		}
		f.Object.Consts = consts
	}
	edit(f)
	return encode(t, f)
}

// results runs all functions check_* and returns what they return, and on the
// second line what sys.settrace sees in them.
const results = `
exec(code, m)
import sys
lines = []
def trace(frame, event, arg):
    if frame.f_code.co_filename == 'run.py':
        lines.append((frame.f_code.co_name, frame.f_lineno, event))
        return trace
out, traces = [], []
for name, f in sorted(m.items()):
    if name.startswith('check_'):
        out.append((name, f()))
        del lines[:]
        sys.settrace(trace)
        f()
        sys.settrace(None)
        traces.append(list(lines))
result = repr(out) + "\n" + repr(traces)
`

// TestEditsRun executes code that was made longer, so that jumps became wide,
// at every place where that is allowed: jump targets, ranges of handlers, line
// boundaries. It has to do the same and trace the same lines.
func TestEditsRun(t *testing.T) {
	r := newRunner(t, pyver.Py314)
	source, err := os.ReadFile("testdata/run.py")
	if err != nil {
		t.Fatal(err)
	}
	module := r.compile(string(source))
	want, err := r.run(module, results)
	if err != nil {
		t.Fatal(err)
	}
	insert := func(n int, where func(f *rewrite.Func, i int) bool) func(f *rewrite.Func) {
		nops := make([]rewrite.Instr, n)
		for i := range nops {
			nops[i].Op = opcode.NOP
		}
		return func(f *rewrite.Func) {
			for i := len(f.Code) - 1; i >= 0; i-- {
				if f.CanInsert(i) && where(f, i) {
					f.Insert(i, nops...)
				}
			}
		}
	}
	everywhere := func(*rewrite.Func, int) bool { return true }
	atTarget := func(f *rewrite.Func, i int) bool { return i > 0 && f.Code[i-1].Label != nil }
	atLine := func(f *rewrite.Func, i int) bool {
		return f.Code[i].Label == nil && i > 0 && f.Code[i-1].Pos.Line != f.Code[i].Pos.Line
	}
	for _, tt := range []struct {
		name string
		edit func(f *rewrite.Func)
	}{
		{"nothing", func(*rewrite.Func) {}},
		{"one everywhere", insert(1, everywhere)},
		{"at jump targets", insert(3, atTarget)},
		{"at line boundaries", insert(2, atLine)},
		{"many everywhere", insert(40, everywhere)},
		{"more than 255 at targets", insert(300, atTarget)},
		{"tables anew", func(f *rewrite.Func) { f.Object.LineTable, f.Object.ExceptionTable, f.Object.Code = nil, nil, nil }},
		{"labels everywhere", func(f *rewrite.Func) {
			for i := len(f.Code); i >= 0; i-- {
				f.Insert(i, rewrite.Instr{Label: f.NewLabel()})
			}
		}},
		{"compact with new names", func(f *rewrite.Func) {
			f.AddName("no one")
			f.AddConst(&code.Float{V: 12345})
			for i, in := range f.Instructions() {
				if v := f.Operand(i); v.Kind.IsName() {
					// The last of two names now, with the same text.
					in.Arg = 0
					v.Arg = -1
					if err := f.SetOperand(i, v); err != nil {
						t.Fatal(err)
					}
				}
			}
			f.Compact()
		}},
		{"a local in front of cells", func(f *rewrite.Func) {
			if f.Object.Flags&code.Optimized != 0 {
				f.AddLocal("new local")
			}
		}},
		{"jumps around", func(f *rewrite.Func) {
			// Each conditional jump goes by way of a jump back.
			for i, in := range f.FindBackward(opcode.POP_JUMP_IF_TRUE, opcode.POP_JUMP_IF_FALSE, opcode.POP_JUMP_IF_NONE) {
				far, stub, over := in.Target, f.NewLabel(), f.NewLabel()
				jump := *in
				jump.Target = stub
				f.Replace(i, rewrite.Instr{Op: opcode.JUMP_FORWARD, Target: over},
					rewrite.Instr{Label: stub}, rewrite.Instr{Op: opcode.JUMP_FORWARD, Target: far},
					rewrite.Instr{Label: over}, jump)
			}
		}},
	} {
		got, err := r.run(rewriteAll(t, module, tt.edit), results)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		values, lines, _ := strings.Cut(got, "\n")
		wantValues, wantLines, _ := strings.Cut(want, "\n")
		if values != wantValues {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, values, wantValues)
		}
		// A jump back, even within a line, starts the line again.
		if lines != wantLines && tt.name != "jumps around" {
			t.Errorf("%s: other lines were traced: got\n%s\nwant\n%s", tt.name, lines, wantLines)
		}
	}
}

// TestVeryFar makes a jump that needs two EXTENDED_ARGs.
func TestVeryFar(t *testing.T) {
	r := newRunner(t, pyver.Py314)
	module := r.compile("def f(n):\n while n < 10:\n  n += 1\n return n\n")
	o := rewriteAll(t, module, func(f *rewrite.Func) {
		for i := range f.FindBackward(opcode.STORE_FAST) {
			f.Insert(i, make([]rewrite.Instr, 70000)...)
			for k := i; k < i+70000; k++ {
				f.Code[k].Op = opcode.NOP
			}
		}
	})
	got, err := r.run(o, "exec(code, m); result = repr((m['f'](3), len(m['f'].__code__.co_code) > 140000))")
	if want := "(10, True)"; err != nil || got != want {
		t.Errorf("got %s (%v), want %s", got, err, want)
	}
}

// TestReplaceOperands changes constants, names, operators and comparisons.
func TestReplaceOperands(t *testing.T) {
	r := newRunner(t, pyver.Py314)
	module := r.compile("def f(x):\n return x.upper() + 'a' * 3 if x < 'm' else len(x)\n")
	o := rewriteAll(t, module, func(f *rewrite.Func) {
		for i := range f.Instructions() {
			v := f.Operand(i)
			switch {
			case v.Name == "upper":
				v.Name = "strip"
			case v.Name == "len" && v.Null:
				v.Name = "repr"
			case v.Text == "<":
				v.Text = ">="
			case v.Text == "+":
				v.Text = "%"
			case v.Kind == opcode.Const && code.Text(v.Const) == "aaa":
				v.Const = &code.Tuple{Items: []code.Value{&code.Int{V: 1}, &code.Str{S: "z"}}}
			}
			if err := f.SetOperand(i, v); err != nil {
				t.Fatal(err)
			}
		}
		f.Compact()
	})
	got, err := r.run(o, "exec(code, m); f = m['f']; result = repr((f('p %d %s '), f('a'), f.__code__.co_names))")
	if want := `('p 1 z', "'a'", ('strip', 'repr'))`; err != nil || got != want {
		t.Errorf("got %s (%v), want %s", got, err, want)
	}
}

// TestNewVariables gives functions a local, a cell and a free variable that
// they did not have.
func TestNewVariables(t *testing.T) {
	r := newRunner(t, pyver.Py314)
	module := r.compile("def outer(a):\n b = a + 1\n def inner():\n  return b\n return inner\n")
	o := rewriteAll(t, module, func(f *rewrite.Func) {
		ret := func(in ...rewrite.Instr) {
			for i := range f.FindBackward(opcode.RETURN_VALUE) {
				f.Insert(i, in...)
			}
		}
		switch f.Object.NameText() {
		case "outer": // keep what inner is in a local, then return (inner, local)
			n := f.AddLocal("kept")
			ret(rewrite.Instr{Op: opcode.STORE_FAST, Arg: n}, rewrite.Instr{Op: opcode.LOAD_FAST, Arg: n},
				rewrite.Instr{Op: opcode.LOAD_FAST, Arg: n}, rewrite.Instr{Op: opcode.BUILD_TUPLE, Arg: 2})
		case "inner": // put the result into a cell of its own and return that
			n := f.AddCell("own")
			f.Insert(0, rewrite.Instr{Op: opcode.MAKE_CELL, Arg: n})
			ret(rewrite.Instr{Op: opcode.STORE_DEREF, Arg: n}, rewrite.Instr{Op: opcode.LOAD_DEREF, Arg: n})
		}
	})
	got, err := r.run(o, `
exec(code, m)
f, g = m['outer'](4)
result = repr((f is g, f(), f.__code__.co_cellvars, f.__code__.co_freevars, m['outer'].__code__.co_varnames))`)
	if want := "(True, 5, ('own',), ('b',), ('a', 'inner', 'kept'))"; err != nil || got != want {
		t.Errorf("got %s (%v), want %s", got, err, want)
	}
}

// TestEditsRunAnywhere executes edited code in all versions that are found, with
// no more stack than it was computed to need.
func TestEditsRunAnywhere(t *testing.T) {
	source, err := os.ReadFile("testdata/run_any.py")
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range pyver.All() {
		if v >= pyver.Py30 && v < pyver.Py36 {
			continue // package oracle knows of none
		}
		t.Run(v.String(), func(t *testing.T) {
			if testing.Short() && v == pyver.Py315 {
				t.Skip("starting pyodide takes seconds")
			}
			r := newRunner(t, v)
			module := r.compile(string(source))
			const program = "exec(code, m); result = m['run']()"
			want, err := r.run(module, program)
			if err != nil {
				t.Fatal(err)
			}
			nops := func(n int) []rewrite.Instr { return slices.Repeat([]rewrite.Instr{{Op: opcode.NOP}}, n) }
			for _, n := range []int{0, 1, 7, 300} {
				got, err := r.run(rewriteAll(t, module, func(f *rewrite.Func) {
					f.Object.Code, f.Object.StackSize = nil, 0
					for i := len(f.Code) - 1; i >= 0; i-- {
						switch {
						case !f.CanInsert(i):
						case n < 100 || i > 0 && f.Code[i-1].Label != nil:
							f.Insert(i, nops(n)...)
						}
					}
				}), program)
				if err != nil {
					t.Errorf("%d inserted: %v", n, err)
				} else if got != want {
					t.Errorf("%d inserted: got\n%s\nwant\n%s", n, got, want)
				}
			}
		})
	}
}
