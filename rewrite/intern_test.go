package rewrite_test

import (
	"fmt"
	"math"
	"math/big"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
)

// TestAddConst adds constants that may or may not be the same to a compiler.
func TestAddConst(t *testing.T) {
	tuple := func(items ...code.Value) code.Value { return &code.Tuple{Items: items} }
	set := func(items ...code.Value) code.Value { return &code.Set{Frozen: true, Items: items} }
	i := func(n int64) code.Value { return &code.Int{V: n} }
	list := &code.List{}
	circle := &code.Tuple{}
	circle.Items = []code.Value{circle, circle}
	inner := &code.Object{Version: pyver.Py314}
	for _, tt := range []struct {
		v    pyver.Version
		a, b code.Value
		same bool
	}{
		{pyver.Py314, code.None, &code.NoneType{}, true},
		{pyver.Py314, code.None, code.Ellipsis, false},
		{pyver.Py314, code.True, i(1), false},
		{pyver.Py314, code.True, code.False, false},
		{pyver.Py314, i(1), &code.Int{V: 1, Form: 'l'}, true},
		{pyver.Py27, i(1), &code.Int{V: 1, Form: 'l'}, false},
		{pyver.Py314, i(1), &code.Float{V: 1}, false},
		{pyver.Py314, &code.Int{Big: big.NewInt(5)}, &code.Int{Big: big.NewInt(5)}, true},
		{pyver.Py314, &code.Float{}, &code.Float{V: math.Copysign(0, -1)}, false},
		{pyver.Py314, &code.Complex{Im: 1}, &code.Complex{Im: 1}, true},
		{pyver.Py314, &code.Complex{Im: 1}, &code.Complex{Re: math.Copysign(0, -1), Im: 1}, false},
		{pyver.Py314, &code.Str{S: "a"}, &code.Str{S: "a", Interned: true}, true},
		{pyver.Py314, &code.Str{S: "a"}, &code.Bytes{S: "a"}, false},
		{pyver.Py314, tuple(i(1), i(2)), tuple(i(1), i(2)), true},
		{pyver.Py314, tuple(i(1), i(0)), tuple(i(1), code.False), false},
		{pyver.Py314, tuple(tuple(i(1)), i(2)), tuple(tuple(i(1), i(2))), false},
		{pyver.Py314, set(i(1), i(2)), set(i(2), i(1)), true},
		{pyver.Py314, set(i(1)), tuple(i(1)), false},
		{pyver.Py314, &code.Slice{Start: i(1), Stop: i(2), Step: code.None}, &code.Slice{Start: i(1), Stop: i(2), Step: code.None}, true},
		{pyver.Py314, inner, inner, true},
		{pyver.Py314, inner, &code.Object{Version: pyver.Py314}, false},
		{pyver.Py314, list, list, true},
		{pyver.Py314, list, &code.List{}, false},
		{pyver.Py314, circle, circle, true},
		{pyver.Py314, circle, tuple(circle, circle), false},
	} {
		f := &rewrite.Func{Object: &code.Object{Version: tt.v, Consts: &code.Tuple{Items: []code.Value{tt.a}}}}
		before := f.Object.Consts
		if got := f.AddConst(tt.b) == 0; got != tt.same {
			t.Errorf("%v: %T and %T: same %v, want %v", tt.v, tt.a, tt.b, got, tt.same)
		}
		if before.Len() != 1 {
			t.Errorf("%T: the tuple was changed in place", tt.a)
		}
		if i, n := f.AddConst(tt.b), f.Object.Consts.Len(); i != n-1 {
			t.Errorf("%T again: got %d of %d", tt.b, i, n)
		}
	}
}

// TestAddVariables adds variables and looks at what becomes of opargs.
func TestAddVariables(t *testing.T) {
	names := func(s string) *code.Tuple {
		t := &code.Tuple{}
		for _, c := range s {
			t.Items = append(t.Items, &code.Str{S: string(c)})
		}
		return t
	}
	old := func() *rewrite.Func {
		return &rewrite.Func{
			Object: &code.Object{Version: pyver.Py36, Flags: code.NoFree, NLocals: 2, VarNames: names("ab"), CellVars: names("c"), FreeVars: names("f")},
			Code:   []rewrite.Instr{{Op: opcode.LOAD_FAST, Arg: 1}, {Op: opcode.LOAD_DEREF, Arg: 0}, {Op: opcode.LOAD_DEREF, Arg: 1}},
		}
	}
	young := func() *rewrite.Func {
		return &rewrite.Func{
			Object: &code.Object{Version: pyver.Py313, LocalsPlusNames: names("abcdefghijklmnoxy"),
				LocalsPlusKinds: &code.Bytes{S: "              \x40\x80\x80"}},
			Code: []rewrite.Instr{{Op: opcode.LOAD_FAST, Arg: 1}, {Op: opcode.LOAD_DEREF, Arg: 14}, {Op: opcode.LOAD_DEREF, Arg: 15},
				{Op: opcode.LOAD_FAST_LOAD_FAST, Arg: 0x0f}, {Op: opcode.LOAD_FAST_LOAD_FAST, Arg: 0x12}},
		}
	}
	for _, tt := range []struct {
		name string
		f    *rewrite.Func
		add  func(f *rewrite.Func) int
		want string
	}{
		{"local there", old(), func(f *rewrite.Func) int { return f.AddLocal("b") }, "1: 1 0 1; 2"},
		{"local", old(), func(f *rewrite.Func) int { return f.AddLocal("n") }, "2: 1 0 1; 3"},
		{"cell there", old(), func(f *rewrite.Func) int { return f.AddCell("c") }, "0: 1 0 1; 2"},
		{"cell", old(), func(f *rewrite.Func) int { return f.AddCell("n") }, "1: 1 0 2; 2"},
		{"free there", old(), func(f *rewrite.Func) int { return f.AddFree("f") }, "1: 1 0 1; 2"},
		{"free", old(), func(f *rewrite.Func) int { return f.AddFree("n") }, "2: 1 0 1; 2"},
		{"3.13 local there", young(), func(f *rewrite.Func) int { return f.AddLocal("c") }, "2: 1 14 15 15 18; 14"},
		{"3.13 local, a pair split", young(), func(f *rewrite.Func) int { return f.AddLocal("p") }, "14: 1 15 16 0 16 18; 15"},
		{"3.13 cell there", young(), func(f *rewrite.Func) int { return f.AddCell("o") }, "14: 1 14 15 15 18; 14"},
		{"3.13 cell of a local", young(), func(f *rewrite.Func) int { return f.AddCell("a") }, "0: 1 14 15 15 18; 14"},
		{"3.13 cell, a pair split", young(), func(f *rewrite.Func) int { return f.AddCell("p") }, "15: 1 14 16 0 16 18; 14"},
		{"3.13 free there", young(), func(f *rewrite.Func) int { return f.AddFree("y") }, "16: 1 14 15 15 18; 14"},
		{"3.13 free", young(), func(f *rewrite.Func) int { return f.AddFree("z") }, "17: 1 14 15 15 18; 14"},
	} {
		before := *tt.f.Object
		got := fmt.Sprint(tt.add(tt.f), ":")
		for _, in := range tt.f.Code {
			got += fmt.Sprint(" ", in.Arg)
		}
		got += fmt.Sprint("; ", tt.f.Object.LocalCount())
		if got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
		if before.Version == pyver.Py36 && (before.VarNames.Len() != 2 || before.CellVars.Len() != 1 || before.FreeVars.Len() != 1) {
			t.Errorf("%s: tuples were changed in place", tt.name)
		}
	}
	f := old()
	f.AddFree("n")
	if f.Object.Flags&code.NoFree != 0 {
		t.Error("NoFree is set with free variables")
	}
	f = young()
	if err := f.SetOperand(3, rewrite.Operand{Name: "a", Second: "new"}); err != nil {
		t.Errorf("a pair with a new local: %v", err)
	}
	if v := f.Operand(3); v.Name != "a" || v.Second != "new" {
		t.Errorf("a pair with a new local: got %+v", v)
	}
}

func TestSetOperandErrors(t *testing.T) {
	l := &rewrite.Label{}
	f := &rewrite.Func{Object: &code.Object{Version: pyver.Py314}}
	for i := range 16 {
		f.AddLocal(fmt.Sprint("v", i))
	}
	f.Code = []rewrite.Instr{
		{Label: l}, {Op: opcode.COMPARE_OP}, {Op: opcode.LOAD_DEREF}, {Op: opcode.JUMP_FORWARD, Target: l},
		{Op: opcode.BINARY_OP}, {Op: opcode.ROT_TWO}, {Op: opcode.CALL_INTRINSIC_1}, {Op: opcode.LOAD_FAST_LOAD_FAST},
	}
	for _, tt := range []struct {
		i int
		v rewrite.Operand
	}{
		{-1, rewrite.Operand{}}, {99, rewrite.Operand{}}, {0, rewrite.Operand{}},
		{1, rewrite.Operand{Text: "<>"}}, {1, rewrite.Operand{Kind: opcode.Const}},
		{2, rewrite.Operand{Name: "nowhere"}}, {3, rewrite.Operand{}}, {3, rewrite.Operand{Kind: opcode.Count, Target: l}},
		{4, rewrite.Operand{Text: "?"}}, {5, rewrite.Operand{}}, {6, rewrite.Operand{Text: "NO_SUCH"}},
	} {
		if err := f.SetOperand(tt.i, tt.v); err == nil {
			t.Errorf("instruction %d, %+v: no error", tt.i, tt.v)
		}
	}
	if err := f.SetOperand(7, rewrite.Operand{Name: "v1", Second: "v16"}); err == nil {
		t.Error("a pair with local 16: no error")
	}
	for _, tt := range []struct {
		i    int
		v    rewrite.Operand
		want int
	}{
		{1, rewrite.Operand{Text: ">=", Bool: true}, 5<<5 | 16 | 12},
		{4, rewrite.Operand{Text: "+="}, 13},
		{4, rewrite.Operand{Text: "NB_ADD"}, 0},
		{6, rewrite.Operand{Text: "INTRINSIC_STOPITERATION_ERROR"}, 3},
		{7, rewrite.Operand{Name: "v1", Second: "v15"}, 0x1f},
	} {
		if err := f.SetOperand(tt.i, tt.v); err != nil || f.Code[tt.i].Arg != tt.want {
			t.Errorf("instruction %d, %+v: got %d, %v, want %d", tt.i, tt.v, f.Code[tt.i].Arg, err, tt.want)
		}
	}
	if got := f.Operand(0); got != (rewrite.Operand{}) {
		t.Errorf("operand of a label: got %+v", got)
	}
}

func ExampleFunc_SetOperand() {
	// x + 1, made x - 1.
	f := &rewrite.Func{Object: &code.Object{Version: pyver.Py314}}
	f.Code = []rewrite.Instr{
		{Op: opcode.LOAD_FAST, Arg: f.AddLocal("x")}, {Op: opcode.LOAD_SMALL_INT, Arg: 1}, {Op: opcode.BINARY_OP}, {Op: opcode.RETURN_VALUE},
	}
	for i := range f.Find(opcode.BINARY_OP) {
		v := f.Operand(i)
		fmt.Print(v.Text, " becomes ")
		v.Text = "-"
		if err := f.SetOperand(i, v); err != nil {
			fmt.Println(err)
		}
		fmt.Println(f.Operand(i).Text)
	}
	o, err := f.Encode()
	fmt.Printf("% x %d %v\n", o.Code.S, o.StackSize, err)
	// Output:
	// + becomes -
	// 54 00 5e 01 2c 0a 00 00 00 00 00 00 00 00 00 00 23 00 2 <nil>
}
