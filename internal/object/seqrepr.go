package object

import (
	"cmp"
	"strconv"

	"github.com/krait-py/krait/internal/pyfmt"
)

// AppendReprOf appends repr(v).
func (t *Thread) AppendReprOf(b []byte, v Value) ([]byte, bool) {
	switch {
	case v.IsInt():
		return strconv.AppendInt(b, v.Int(), 10), true
	case v.IsFloat():
		return pyfmt.AppendRepr(b, v.Float()), true
	case v.IsNone():
		return append(b, "None"...), true
	}
	s := t.Repr(v)
	if s == nil {
		return b, false
	}
	return append(b, s.S...), true
}

// compareSeqs compares two sequences whose items may change while they are compared.
func (t *Thread) compareSeqs(x, y *[]Value, op CompareOp) Value {
	if len(*x) != len(*y) && (op == CmpEq || op == CmpNe) {
		return MakeBool(op == CmpNe)
	}
	for i := 0; i < len(*x) && i < len(*y); i++ {
		a, b := (*x)[i], (*y)[i]
		if a == b {
			continue
		}
		eq, ok := t.equalKeys(a, b)
		if !ok {
			return Value{}
		}
		if !eq && i < len(*x) && i < len(*y) {
			switch op {
			case CmpEq:
				return False
			case CmpNe:
				return True
			}
			return t.order(a, b, op)
		}
		if !eq {
			break // The comparison has shortened a sequence: the lengths decide.
		}
	}
	c := 0
	switch {
	case len(*x) < len(*y):
		c = -1
	case len(*x) > len(*y):
		c = 1
	}
	return compared(c, op)
}

// order is a op b for items that are not equal, mostly numbers or texts.
func (t *Thread) order(a, b Value, op CompareOp) Value {
	switch {
	case a.IsInt() && b.IsInt():
		return compared(cmp.Compare(a.Int(), b.Int()), op)
	case a.Type() == &StrType && b.Type() == &StrType:
		return MakeBool(a.Str().compare(b.Str(), op))
	}
	return t.Compare(a, b, op)
}

// indexOf returns the first index of x in the part of items from start to stop, or -1. The items may change meanwhile.
func (t *Thread) indexOf(items *[]Value, x Value, start, stop int) (int, bool) {
	for i := start; i < stop && i < len(*items); i++ {
		v := (*items)[i]
		if v == x {
			return i, true
		}
		eq, ok := t.equalKeys(v, x)
		if !ok {
			return -1, false
		}
		if eq {
			return i, true
		}
	}
	return -1, true
}

// seqIndex is the method index of lists and tuples.
func (t *Thread) seqIndex(items *[]Value, a []Value, name string) Value {
	start, stop := 0, 1<<63-1
	var ok bool
	if a[2].P != nil {
		if start, ok = t.sliceBound(a[2], len(*items)); !ok {
			return Value{}
		}
	}
	if a[3].P != nil {
		if stop, ok = t.sliceBound(a[3], len(*items)); !ok {
			return Value{}
		}
	}
	i, ok := t.indexOf(items, a[1], start, stop)
	if !ok {
		return Value{}
	}
	if i < 0 {
		return t.ValueErrorf("%s.index(x): x not in %s", name, name)
	}
	return MakeInt(int64(i))
}

// sliceBound converts an argument like those of index(): clipped, counted from the end if negative.
func (t *Thread) sliceBound(v Value, n int) (int, bool) {
	i, ok := t.sliceIndex(v, "slice indices must be integers or have an __index__ method")
	if i < 0 {
		i = max(i+n, 0)
	}
	return i, ok
}

// sliceIndex converts v to an int that is clipped to the range of int.
func (t *Thread) sliceIndex(v Value, message string) (int, bool) {
	if v.IsInt() {
		return int(v.Int()), true
	}
	if v.Type().Index == nil {
		t.TypeErrorf("%s", message)
		return 0, false
	}
	return t.AsIndexErr(v, nil)
}

// seqCount is the method count of lists and tuples.
func (t *Thread) seqCount(items *[]Value, x Value) Value {
	n := int64(0)
	for i := 0; i < len(*items); i++ {
		v := (*items)[i]
		if v != x {
			eq, ok := t.equalKeys(v, x)
			if !ok {
				return Value{}
			}
			if !eq {
				continue
			}
		}
		n++
	}
	return MakeInt(n)
}

// maxItems bounds the length of a sequence made by repetition.
const maxItems = 1 << 28

// repeated returns n copies of items one after the other; ok is false if they are too many.
func (t *Thread) repeated(items []Value, n int) (r []Value, ok bool) {
	n, ok = t.repeatedLen(items, n)
	if n == 0 {
		return nil, ok
	}
	r = make([]Value, n)
	repeat(r, items)
	return r, true
}

// repeatedLen returns how many items there are when the items are repeated n times.
func (t *Thread) repeatedLen(items []Value, n int) (int, bool) {
	if n <= 0 || len(items) == 0 {
		return 0, true
	}
	if n > maxItems/len(items) {
		t.RaiseNew(&MemoryErrorType)
		return 0, false
	}
	if !t.HasItems(len(items) * n) {
		return 0, false
	}
	return len(items) * n, true
}

// repeat fills r with the items again and again.
func repeat(r, items []Value) {
	if len(items) == 1 {
		x := items[0]
		for i := range r {
			r[i] = x
		}
		return
	}
	for k := copy(r, items); k < len(r); {
		k += copy(r[k:], r[:k])
	}
}
