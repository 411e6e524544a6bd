package vm

import (
	"math"

	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
)

// Builtin sequences neither keep the slice that they are indexed with nor run anything before they have read it: then it is the thread's.

// sliceable reports whether indexing v with a slice whose parts are ints and None is such an operation.
func sliceable(v *Value) bool {
	switch v.Type() {
	case &object.ListType, &object.StrType, &object.TupleType, &object.BytesType:
		return true
	}
	return false
}

// lentSlice returns the thread's slice object with the given parts.
func lentSlice(t *Thread, start, stop, step Value) Value {
	s := &aux(t).slice
	s.Start, s.Stop, s.Step = start, stop, step
	return object.Of(s)
}

func opSlice(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	b, c := regB(fp, w), regC(fp, w)
	if !sliceable(b) || !plainBound(c) || !plainBound(next(c)) {
		return put(fp, w, t.GetItem(*b, object.MakeSlice(*c, *next(c), object.None)))
	}
	if b.Is(&object.StrType) {
		*regA(fp, w) = b.Str().Part(bound(c, 0), bound(next(c), math.MaxInt64))
		return true
	}
	if b.Is(&object.ListType) {
		items := object.To[object.List](*b).V
		from, _, n := object.AdjustSlice(len(items), int(bound(c, 0)), int(bound(next(c), math.MaxInt64)), 1)
		copy(newSlice(t, fp, w, n), items[from:from+n])
		return true
	}
	return put(fp, w, t.GetItem(*b, lentSlice(t, *c, *next(c), object.None)))
}

// newSlice stores a list of n items for a slice of another one, which the caller fills with those that it returns. The word may know who will see it.
func newSlice(t *Thread, fp ptr, w uint64, n int) []Value {
	x := fieldX(w)
	if x&(lift.Lone|lift.Told) == 0 || x&lift.Told != 0 && !forgets(getter(t, fp)) {
		l := object.MakeList(n)
		*regA(fp, w) = object.Of(l)
		return l.V
	}
	s := aux(t)
	l := s.collections.list(n)
	l.V = l.V[:n]
	if x&lift.Told != 0 {
		s.lone.told = ptr(l)
	} else {
		s.lone.note(ptr(l))
	}
	*regA(fp, w) = object.Of(l)
	return l.V
}

// sliceList stores the slice of a list by parts that are ints or None.
func sliceList(t *Thread, fp ptr, w uint64, l *object.List, s *object.Slice) bool {
	items := l.V
	from, step, n, ok := s.Indices(t, len(items))
	if !ok {
		return false
	}
	to := newSlice(t, fp, w, n)
	if step == 1 {
		copy(to, items[from:from+n])
		return true
	}
	for i := range to {
		to[i] = items[from]
		from += step
	}
	return true
}

// bound is a bound of a slice that is an int or, for the given one, None.
func bound(v *Value, none int64) int64 {
	if isInt(v) {
		return int64(v.B)
	}
	return none
}

// plainBound reports whether a bound of a slice is an int or None.
func plainBound(v *Value) bool { return isInt(v) || v.IsNone() }

func opStoreSlice(t *Thread, fp ptr, w uint64) bool {
	a, b, c := regA(fp, w), regB(fp, w), regC(fp, w)
	s := aux(t)
	lone := s.lone.n > 0 && s.lone.take(*b)
	if a.Is(&object.ListType) && plainBound(c) && plainBound(next(c)) {
		v := *b
		if !t.SetItem(*a, lentSlice(t, *c, *next(c), object.None), v) {
			return false
		}
		if lone {
			s.collections.drop(v)
		}
		return true
	}
	return t.SetItem(*a, object.MakeSlice(*c, *next(c), object.None), *b)
}

func opBuildSlice(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	b := regB(fp, w)
	step := object.None
	if fieldC(w) == 3 {
		step = *nth(b, 2)
	}
	if fieldX(w) == lift.TupleKey && plainBound(b) && plainBound(next(b)) && plainBound(&step) {
		if done, ok := sliced(t, fp, w, lentSlice(t, *b, *next(b), step)); done {
			return ok
		}
	}
	*regA(fp, w) = object.MakeSlice(*b, *next(b), step)
	return true
}

// sliced does the next word, which indexes something with the slice that w makes, and nothing else does. Not done: it wants a slice of its own.
func sliced(t *Thread, fp ptr, w uint64, s Value) (done, ok bool) {
	next := *(*uint64)(ipOf(t))
	switch lift.Op(next) {
	case lift.Subscr:
		if b := regB(fp, next); fieldC(next) == regOf(w) && sliceable(b) {
			t.IP += wordSize
			if b.Is(&object.ListType) {
				return true, sliceList(t, fp, next, object.To[object.List](*b), object.To[object.Slice](s))
			}
			return true, put(fp, next, t.GetItem(*b, s))
		}
	case lift.StoreSubscr:
		if a := regA(fp, next); fieldB(next) == regOf(w) && a.Is(&object.ListType) {
			t.IP += wordSize
			return true, t.SetItem(*a, s, *regC(fp, next))
		}
	case lift.DeleteSubscr:
		if a := regA(fp, next); fieldB(next) == regOf(w) && a.Is(&object.ListType) {
			t.IP += wordSize
			return true, t.SetItem(*a, s, Value{})
		}
	}
	return false, false
}
