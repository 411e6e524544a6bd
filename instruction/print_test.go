package instruction

import (
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
)

// printed returns a unit with an instruction for each kind of operand.
func printed() *Unit {
	u := &Unit{
		Version: pyver.Py314, Name: "f", QualName: "C.f", FirstLine: 3,
		Flags:    code.Optimized | code.NewLocals | code.VarArgs | code.VarKeywords,
		ArgCount: 1, PosOnlyArgCount: 1, KwOnlyArgCount: 1,
	}
	u.Consts.List = []code.Value{code.None, &code.Str{S: strings.Repeat("long", 40)}, &code.Object{Name: &code.Str{S: "g"}}}
	u.Names.List = []string{"print", "attr"}
	u.VarNames.List = []string{"a", "b", "c", "rest", "more"}
	u.CellVars.List = []string{"cell"}
	u.FreeVars.List = []string{"outer"}
	s := &u.Code
	end, never, unused := s.NewLabel(), s.NewLabel(), s.NewLabel()
	at := source.Span{Line: 4, Col: 2, EndLine: 4, EndCol: 9}
	s.Add(opcode.RESUME, 0, NoLocation)
	s.Jump(opcode.SETUP_FINALLY, end, NextLocation)
	s.Use(unused)
	for _, in := range []struct {
		op  opcode.Op
		arg int32
	}{
		{opcode.LOAD_CONST, 0}, {opcode.LOAD_CONST, 1}, {opcode.LOAD_CONST, 2}, {opcode.LOAD_CONST, 9},
		{opcode.LOAD_NAME, 0}, {opcode.LOAD_ATTR, 3}, {opcode.LOAD_SUPER_ATTR, 4}, {opcode.LOAD_FAST, 1},
		{opcode.STORE_FAST_STORE_FAST, 1}, {opcode.LOAD_DEREF, 0}, {opcode.LOAD_DEREF, 1}, {opcode.LOAD_DEREF, -1},
		{opcode.COMPARE_OP, 40}, {opcode.BINARY_OP, 13}, {opcode.BINARY_OP, 99}, {opcode.CALL_INTRINSIC_1, 3},
		{opcode.LOAD_COMMON_CONSTANT, 0}, {opcode.LOAD_SPECIAL, 0}, {opcode.CONVERT_VALUE, 2},
		{opcode.SET_FUNCTION_ATTRIBUTE, 8}, {opcode.IS_OP, 1}, {opcode.IS_OP, 0}, {opcode.LOAD_SMALL_INT, 7},
		{opcode.BUILD_LIST, 2}, {opcode.NOP, 0}, {opcode.JUMP, int32(never)}, {opcode.JUMP, 77}, {opcode.Op(0), 5},
	} {
		s.Add(in.op, in.arg, at)
	}
	s.Use(end)
	s.Annotations = new(Sequence)
	s.Annotations.Add(opcode.LOAD_NAME, 1, at)
	return u
}

func TestPrinter(t *testing.T) {
	var b strings.Builder
	if err := (Printer{}).Unit(&b, printed()); err != nil {
		t.Fatal(err)
	}
	want := `C.f(a, /, b, *rest, c, **more), line 3: OPTIMIZED, NEWLOCALS, VARARGS, VARKEYWORDS
constants  None, 'longlonglonglonglonglonglonglonglonglonglonglonglonglonglon..., <code g>
names      print, attr
variables  a, b, c, rest, more
cells      cell
free       outer
  RESUME 0 (start)
  SETUP_FINALLY L1
  LOAD_CONST 0 (None)
  LOAD_CONST 1 ('longlonglonglonglonglonglonglonglonglonglonglonglonglonglon...)
  LOAD_CONST 2 (<code g>)
  LOAD_CONST 9
  LOAD_NAME 0 (print)
  LOAD_ATTR 3 (attr)
  LOAD_SUPER_ATTR 4 (attr)
  LOAD_FAST 1 (b)
  STORE_FAST_STORE_FAST 1 (a, b)
  LOAD_DEREF 0 (cell)
  LOAD_DEREF 1 (outer)
  LOAD_DEREF -1
  COMPARE_OP 40 (<=)
  BINARY_OP 13 (+=)
  BINARY_OP 99
  CALL_INTRINSIC_1 3 (INTRINSIC_STOPITERATION_ERROR)
  LOAD_COMMON_CONSTANT 0 (AssertionError)
  LOAD_SPECIAL 0 (__enter__)
  CONVERT_VALUE 2 (repr)
  SET_FUNCTION_ATTRIBUTE 8 (closure)
  IS_OP 1 (not)
  IS_OP 0
  LOAD_SMALL_INT 7
  BUILD_LIST 2
  NOP
  JUMP nowhere
  JUMP nowhere
  <0>
L1:
at ANNOTATIONS_PLACEHOLDER:
  LOAD_NAME 1 (attr)
`
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Without a unit opargs are numbers, with positions they have a column.
func TestPrinterSequence(t *testing.T) {
	var s Sequence
	start := s.NewLabel()
	s.Use(start)
	s.Add(opcode.RESUME, 0, NoLocation)
	s.Jump(opcode.SETUP_FINALLY, start, NextLocation)
	s.Add(opcode.LOAD_CONST, 0, source.Span{Line: 4, Col: 2, EndLine: 4, EndCol: 9})
	var b strings.Builder
	if err := (Printer{Positions: true}).Sequence(&b, &s, nil); err != nil {
		t.Fatal(err)
	}
	want := `L1:
  -              RESUME 0 (start)
  next           SETUP_FINALLY L1
  4:2-4:9        LOAD_CONST 0
`
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
