package vm

import (
	"github.com/krait-py/krait/internal/object"
)

// A generator expression gets an iterator over what it begins with, which whoever makes the expression has made: any(x in s for x in l). Where the two stand right
// behind each other, and a loop or a builtin is all that knows the generator, nothing else knows the iterator. Then that over a list or a range is the
// thread's, to be used again when the generator is over. Who looks at the variables of the generator, .0 among them, ends that.

// lentIters are a thread's iterators of generator expressions.
type lentIters struct {
	// given is the iterator that has been made last: the next call gets it.
	given  ptr
	lists  []*object.ListIter
	ranges []*object.RangeIter
}

// maxLentIters is how many iterators of a kind a thread keeps.
const maxLentIters = 16

// last takes the last of what is kept, or makes a new one.
func last[T any](kept *[]*T) *T {
	k := len(*kept) - 1
	if k < 0 {
		return new(T)
	}
	x := (*kept)[k]
	(*kept)[k] = nil
	*kept = (*kept)[:k]
	return x
}

// lendIter makes an iterator over v for a generator expression; no value: another one is needed.
func lendIter(t *Thread, v Value) Value {
	if v.Type() == &object.RangeType {
		r := object.To[object.Range](v)
		if !r.Start.IsInt() || !r.Stop.IsInt() || !r.Step.IsInt() {
			return Value{}
		}
		return lendRange(t, r.Start.Int(), r.Stop.Int(), r.Step.Int())
	}
	if v.Type() != &object.ListType {
		return Value{}
	}
	a := &aux(t).iters
	it := last(&a.lists)
	it.Type, it.List, it.Index = &object.ListIterType, object.To[object.List](v), 0
	a.given = ptr(it)
	return object.Of(it)
}

// lendRange is lendIter for range(start, stop, step).
func lendRange(t *Thread, start, stop, step int64) Value {
	a := &aux(t).iters
	it := last(&a.ranges)
	if !it.Begin(start, stop, step) {
		return Value{}
	}
	a.given = ptr(it)
	return object.Of(it)
}

// gives reports whether the argument of a call is the iterator that has been made for it.
func (a *lentIters) gives(arg Value) bool {
	given := a.given
	a.given = nil
	return given != nil && arg.P == given
}

// drop takes back an iterator whose generator is over.
func (a *lentIters) drop(v Value) {
	switch v.Type() {
	case &object.ListIterType:
		it := object.To[object.ListIter](v)
		it.List = nil
		if len(a.lists) < maxLentIters {
			a.lists = append(a.lists, it)
		}
	case &object.RangeIterType:
		if len(a.ranges) < maxLentIters {
			a.ranges = append(a.ranges, object.To[object.RangeIter](v))
		}
	}
}
