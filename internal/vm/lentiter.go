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
	lists  object.Spent[object.ListIter]
	tuples object.Spent[object.TupleIter]
	strs   object.Spent[object.StrIter]
	sets   object.Spent[object.SetIter]
	dicts  object.Spent[object.DictIter]
	ranges object.Spent[object.RangeIter]
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
		i := a.lists.Take()
		i.Type, i.List, i.Index = &object.ListIterType, object.To[object.List](v), 0
		it = object.Of(i)
	case &object.TupleType:
		i := a.tuples.Take()
		i.Type, i.Tuple, i.Index = &object.TupleIterType, object.To[object.Tuple](v), 0
		it = object.Of(i)
	case &object.StrType:
		i := a.strs.Take()
		i.Begin(v.Str())
		it = object.Of(i)
	case &object.SetType, &object.FrozenSetType:
		i := a.sets.Take()
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
	i := a.dicts.Take()
	i.Begin(cls, d)
	return object.Of(i)
}

// lendRange is lendIter for range(start, stop, step).
func lendRange(t *Thread, start, stop, step int64) Value {
	a := &aux(t).iters
	it := a.ranges.Take()
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
		a.lists.Keep(it)
	case &object.TupleIterType:
		it := object.To[object.TupleIter](v)
		it.Tuple = nil
		a.tuples.Keep(it)
	case &object.StrIterType, &object.StrASCIIIterType:
		it := object.To[object.StrIter](v)
		it.Str = nil
		a.strs.Keep(it)
	case &object.SetIterType:
		it := object.To[object.SetIter](v)
		it.Set = nil
		a.sets.Keep(it)
	case &object.DictKeyIterType, &object.DictValueIterType, &object.DictItemIterType:
		it := object.To[object.DictIter](v)
		it.Dict = nil
		a.dicts.Keep(it)
	case &object.RangeIterType:
		a.ranges.Keep(object.To[object.RangeIter](v))
	}
}
