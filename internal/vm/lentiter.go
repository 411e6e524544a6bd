package vm

import (
	"github.com/krait-py/krait/internal/object"
)

// A generator expression gets an iterator over what it begins with, which whoever makes the expression has made: any(x in s for x in l). Where the two stand right
// behind each other, and a loop or a builtin is all that knows the generator, nothing else knows the iterator. Then that over a builtin collection is the
// thread's, to be used again when the generator is over. Who looks at the variables of the generator, .0 among them, ends that.

// lentIters are a thread's iterators of generator expressions.
type lentIters struct {
	// given is the iterator that has been made last: the next call gets it.
	given  ptr
	lists  []*object.ListIter
	tuples []*object.TupleIter
	strs   []*object.StrIter
	sets   []*object.SetIter
	dicts  []*object.DictIter
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

// keep is the opposite: it takes an iterator, which must hold nothing any more.
func keep[T any](kept *[]*T, it *T) {
	if len(*kept) < maxLentIters {
		*kept = append(*kept, it)
	}
}

// lendIter makes an iterator over v for a generator expression; no value: another one is needed.
func lendIter(t *Thread, v Value) Value {
	a := &aux(t).iters
	var it Value
	switch v.Type() {
	case &object.RangeType:
		r := object.To[object.Range](v)
		if !r.Start.IsInt() || !r.Stop.IsInt() || !r.Step.IsInt() {
			return Value{}
		}
		return lendRange(t, r.Start.Int(), r.Stop.Int(), r.Step.Int())
	case &object.ListType:
		i := last(&a.lists)
		i.Type, i.List, i.Index = &object.ListIterType, object.To[object.List](v), 0
		it = object.Of(i)
	case &object.TupleType:
		i := last(&a.tuples)
		i.Type, i.Tuple, i.Index = &object.TupleIterType, object.To[object.Tuple](v), 0
		it = object.Of(i)
	case &object.StrType:
		i := last(&a.strs)
		i.Begin(v.Str())
		it = object.Of(i)
	case &object.SetType, &object.FrozenSetType:
		i := last(&a.sets)
		i.Begin(object.To[object.Set](v))
		it = object.Of(i)
	case &object.DictType:
		it = lendDict(a, &object.DictKeyIterType, object.To[object.Dict](v))
	case &object.DictKeysType:
		it = lendDict(a, &object.DictKeyIterType, object.To[object.DictView](v).Dict)
	case &object.DictValuesType:
		it = lendDict(a, &object.DictValueIterType, object.To[object.DictView](v).Dict)
	case &object.DictItemsType:
		it = lendDict(a, &object.DictItemIterType, object.To[object.DictView](v).Dict)
	default:
		return Value{}
	}
	a.given = ptr(it.P)
	return it
}

func lendDict(a *lentIters, cls *object.Type, d *object.Dict) Value {
	i := last(&a.dicts)
	i.Begin(cls, d)
	return object.Of(i)
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
		keep(&a.lists, it)
	case &object.TupleIterType:
		it := object.To[object.TupleIter](v)
		it.Tuple = nil
		keep(&a.tuples, it)
	case &object.StrIterType, &object.StrASCIIIterType:
		it := object.To[object.StrIter](v)
		it.Str = nil
		keep(&a.strs, it)
	case &object.SetIterType:
		it := object.To[object.SetIter](v)
		it.Set = nil
		keep(&a.sets, it)
	case &object.DictKeyIterType, &object.DictValueIterType, &object.DictItemIterType:
		it := object.To[object.DictIter](v)
		it.Dict = nil
		keep(&a.dicts, it)
	case &object.RangeIterType:
		keep(&a.ranges, object.To[object.RangeIter](v))
	}
}
