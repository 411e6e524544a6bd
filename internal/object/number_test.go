package object

import (
	"testing"
	"unsafe"
)

// reprOf returns the repr of v, or the class of the exception.
func reprOf(t *Thread, v Value) string {
	if v.P == nil {
		if t.Exc == nil {
			return "nothing"
		}
		e := t.Exc
		t.Exc = nil
		return e.Type.Name
	}
	s := t.Repr(v)
	if s == nil {
		return reprOf(t, Value{})
	}
	return s.S
}

func TestIntArithmetic(t *testing.T) {
	th := NewInterp().Main
	top := MakeInt(1<<63 - 1)
	low := MakeInt(-1 << 63)
	for _, c := range []struct {
		a, b Value
		op   BinaryOp
		want string
	}{
		{top, MakeInt(1), OpAdd, "9223372036854775808"},
		{low, MakeInt(-1), OpAdd, "-9223372036854775809"},
		{low, top, OpSubtract, "-18446744073709551615"},
		{top, low, OpSubtract, "18446744073709551615"},
		{low, low, OpMultiply, "85070591730234615865843651857942052864"},
		{low, MakeInt(-1), OpFloorDivide, "9223372036854775808"},
		{low, MakeInt(-1), OpDivmod, "(9223372036854775808, 0)"},
		{MakeInt(-7), MakeInt(2), OpFloorDivide, "-4"},
		{MakeInt(-7), MakeInt(2), OpRemainder, "1"},
		{MakeInt(7), MakeInt(0), OpRemainder, "ZeroDivisionError"},
		{MakeInt(3), MakeInt(100), OpLshift, "3802951800684688204490109616128"},
		{MakeInt(-3), MakeInt(62), OpLshift, "-13835058055282163712"},
		{MakeInt(10), MakeInt(30), OpPower, "1000000000000000000000000000000"},
		{MakeInt(2), MakeInt(-1), OpPower, "0.5"},
		{top, top, OpTrueDivide, "1.0"},
		{MakeInt(1), MakeFloat(0.5), OpAdd, "1.5"},
		{True, MakeInt(2), OpAdd, "3"},
		{True, False, OpOr, "True"},
	} {
		if got := reprOf(th, th.BinaryOp(c.a, c.b, c.op)); got != c.want {
			t.Errorf("%s %s %s: got %s, want %s", reprOf(th, c.a), opSigns[c.op], reprOf(th, c.b), got, c.want)
		}
	}
}

func TestContainers(t *testing.T) {
	th := NewInterp().Main
	l := NewList([]Value{MakeInt(3), MakeInt(1), MakeInt(2)})
	if !Sort(th, l, None, false) {
		t.Fatal("sort failed")
	}
	d := NewDict()
	for i := range 20 {
		d.Set(th, MakeInt(int64(i%7)), MakeInt(int64(i)))
	}
	s := MakeSet(th, []Value{MakeInt(30), MakeInt(1), MakeInt(8), MakeInt(1)}, false)
	for _, c := range []struct {
		v    Value
		want string
	}{
		{Of(l), "[1, 2, 3]"},
		{Of(d), "{0: 14, 1: 15, 2: 16, 3: 17, 4: 18, 5: 19, 6: 13}"},
		{s, "{8, 1, 30}"},
		{Of(NewTuple(None, True, MakeFloat(1e22))), "(None, True, 1e+22)"},
		{Of(NewRange(MakeInt(0), MakeInt(10), MakeInt(3))), "range(0, 10, 3)"},
		{th.GetItem(Of(l), MakeSlice(None, None, MakeInt(-1))), "[3, 2, 1]"},
		{th.BinaryOp(Of(l), MakeInt(2), OpMultiply), "[1, 2, 3, 1, 2, 3]"},
		{th.CallArgs(Of(&ListType), Of(NewRange(MakeInt(0), MakeInt(10), MakeInt(3)))), "[0, 3, 6, 9]"},
		{th.CallArgs(Of(&ListType), th.CallArgs(Of(&ZipType), Of(l), Of(l))), "[(1, 1), (2, 2), (3, 3)]"},
	} {
		if got := reprOf(th, c.v); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

// TestSizes holds the sizes that allocation depends on.
func TestSizes(t *testing.T) {
	if got := unsafe.Sizeof(intBox{}); got > 96 {
		t.Errorf("an int of few words takes %d bytes", got)
	}
	if got := unsafe.Sizeof(Set{}); got > 288 {
		t.Errorf("a set takes %d bytes", got)
	}
}
