// Package bisectmod is the module _bisect.
package bisectmod

import "github.com/krait-py/krait/internal/object"

type (
	thread = object.Thread
	value  = object.Value
)

const sig = "(a, x, lo=0, hi=None, *, key=None)"

// Module is the module.
var Module = object.ModuleDef{
	Name: "_bisect",
	Doc:  "Bisection algorithms.\n\nThis module provides support for maintaining a list in sorted order without\nhaving to sort the list after each insertion.",
	Methods: []object.MethodDef{
		{Name: "bisect_right", Sig: sig, Fn: bisect(true), Doc: "Return the index where to insert item x in list a, assuming a is sorted.\n\nThe return value i is such that all e in a[:i] have e <= x, and all e in\na[i:] have e > x."},
		{Name: "insort_right", Sig: sig, Fn: insort(true), Doc: "Insert item x in list a, and keep it sorted assuming a is sorted.\n\nIf x is already in a, insert it to the right of the rightmost x."},
		{Name: "bisect_left", Sig: sig, Fn: bisect(false), Doc: "Return the index where to insert item x in list a, assuming a is sorted.\n\nThe return value i is such that all e in a[:i] have e < x, and all e in\na[i:] have e >= x."},
		{Name: "insort_left", Sig: sig, Fn: insort(false), Doc: "Insert item x in list a, and keep it sorted assuming a is sorted.\n\nIf x is already in a, insert it to the left of the leftmost x."},
	},
}

// search returns the index for x, to the right of equal items or to the left.
func search(t *thread, a []value, x value, right bool) (int, bool) {
	seq, key := a[0], object.OrNone(a[4])
	lo := 0
	ok := true
	if a[2].P != nil {
		if lo, ok = t.AsSize(a[2]); !ok {
			return 0, false
		}
	}
	if lo < 0 {
		t.ValueErrorf("lo must be non-negative")
		return 0, false
	}
	hi := -1
	if a[3].P != nil && !a[3].IsNone() {
		if hi, ok = t.AsIndexErr(a[3], &object.OverflowErrorType); !ok {
			return 0, false
		}
	}
	if hi == -1 {
		if hi, ok = t.Len(seq); !ok {
			return 0, false
		}
	}
	list := seq.Is(&object.ListType)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		var item value
		if list && mid < len(object.To[object.List](seq).V) {
			item = object.To[object.List](seq).V[mid]
		} else if item = t.GetItem(seq, object.MakeInt(int64(mid))); item.P == nil {
			return 0, false
		}
		if !key.IsNone() {
			if item = t.CallArgs(key, item); item.P == nil {
				return 0, false
			}
		}
		var less bool
		if right {
			less, ok = t.Less(x, item)
			less = !less
		} else {
			less, ok = t.Less(item, x)
		}
		if !ok {
			return 0, false
		}
		if less {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo, true
}

func bisect(right bool) func(t *thread, a []value) value {
	return func(t *thread, a []value) value {
		i, ok := search(t, a, a[1], right)
		if !ok {
			return value{}
		}
		return object.MakeInt(int64(i))
	}
}

var nameInsert = object.StaticName("insert")

func insort(right bool) func(t *thread, a []value) value {
	return func(t *thread, a []value) value {
		x := a[1]
		if a[4].P != nil && !a[4].IsNone() {
			if x = t.CallArgs(a[4], x); x.P == nil {
				return x
			}
		}
		i, ok := search(t, a, x, right)
		if !ok {
			return value{}
		}
		if a[0].Is(&object.ListType) {
			object.To[object.List](a[0]).Insert(i, a[1])
			return object.None
		}
		if t.CallMethod(a[0], nameInsert, object.MakeInt(int64(i)), a[1]).P == nil {
			return value{}
		}
		return object.None
	}
}
