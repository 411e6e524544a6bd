package itertoolsmod

import (
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

// filtered is a dropwhile, takewhile or filterfalse object.
type filtered struct {
	object.Head
	f, it value
	done  bool // dropwhile: nothing more to drop; takewhile: at the end
	object.Attrs
}

type compress struct {
	object.Head
	data, selectors value
	object.Attrs
}

type starmap struct {
	object.Head
	f, it value
	object.Attrs
}

type accumulate struct {
	object.Head
	it, f, total, initial value
	object.Attrs
}

type islice struct {
	object.Head
	it         value // no value: at the end
	next, stop int   // the index of the next item wanted; stop -1: none
	step, at   int
	object.Attrs
}

var accumulateType, compressType, dropType, takeType, falseType, starmapType, isliceType class

func setupSelect() {
	filter := func(s *class, name, doc, first string, next object.UnaryFunc) {
		define(s, name, "("+first+", iterable, /)", doc, unsafe.Offsetof(filtered{}.Attrs), next, plain(s, 2, func(t *thread, cls *class, a []value) value {
			it := t.Iter(a[1])
			if it.P == nil {
				return it
			}
			x := &filtered{f: a[0], it: it}
			return finish(cls, &x.Head)
		}))
	}
	filter(&dropType, "dropwhile", "Drop items from the iterable while predicate(item) is true.\n\nAfterwards, return every element until the iterable is exhausted.", "predicate", dropNext)
	filter(&takeType, "takewhile", "Return successive entries from an iterable as long as the predicate evaluates to true for each entry.", "predicate", takeNext)
	filter(&falseType, "filterfalse", "Return those items of iterable for which function(item) is false.\n\nIf function is None, return the items that are false.", "function", falseNext)
	define(&compressType, "compress", "(data, selectors)", "Return data elements corresponding to true selector elements.\n\nForms a shorter iterator from selected data elements using the selectors\nto choose the data elements.",
		unsafe.Offsetof(compress{}.Attrs), compressNext, object.Constructor("compress", "(data, selectors)", func(t *thread, cls *class, a []value) value {
			x := &compress{}
			if x.data = t.Iter(a[0]); x.data.P == nil {
				return value{}
			}
			if x.selectors = t.Iter(a[1]); x.selectors.P == nil {
				return value{}
			}
			return finish(cls, &x.Head)
		}))
	define(&starmapType, "starmap", "(function, iterable, /)", "Return an iterator whose values are returned from the function evaluated with an argument tuple taken from the given sequence.",
		unsafe.Offsetof(starmap{}.Attrs), starmapNext, plain(&starmapType, 2, func(t *thread, cls *class, a []value) value {
			it := t.Iter(a[1])
			if it.P == nil {
				return it
			}
			x := &starmap{f: a[0], it: it}
			return finish(cls, &x.Head)
		}))
	define(&accumulateType, "accumulate", "(iterable, func=None, *, initial=None)", "Return series of accumulated sums (or other binary function results).",
		unsafe.Offsetof(accumulate{}.Attrs), accumulateNext, object.Constructor("accumulate", "(iterable, func=None, *, initial=None)", func(t *thread, cls *class, a []value) value {
			x := &accumulate{f: object.OrNone(a[1]), initial: object.OrNone(a[2])}
			if x.it = t.Iter(a[0]); x.it.P == nil {
				return value{}
			}
			return finish(cls, &x.Head)
		}))
	define(&isliceType, "islice", "", "islice(iterable, stop) --> islice object\nislice(iterable, start, stop[, step]) --> islice object\n\nReturn an iterator whose next() method returns selected values from an\niterable.",
		unsafe.Offsetof(islice{}.Attrs), isliceNext, newIslice)
	isliceType.NextPair, isliceType.NextItems = islicePair, isliceItems
}

func dropNext(t *thread, v value) value {
	d := object.To[filtered](v)
	for {
		x := step(t, d.it)
		if x.P == nil || d.done {
			return x
		}
		r := t.CallArgs(d.f, x)
		if r.P == nil {
			return r
		}
		drop, ok := t.IsTrue(r)
		if !ok {
			return value{}
		}
		if !drop {
			d.done = true
			return x
		}
	}
}

func takeNext(t *thread, v value) value {
	d := object.To[filtered](v)
	if d.done {
		return value{}
	}
	x := step(t, d.it)
	if x.P == nil {
		return x
	}
	r := t.CallArgs(d.f, x)
	if r.P == nil {
		return r
	}
	take, ok := t.IsTrue(r)
	if !ok {
		return value{}
	}
	if !take {
		d.done = true
		return value{}
	}
	return x
}

func falseNext(t *thread, v value) value {
	d := object.To[filtered](v)
	self := d.f.IsNone() || d.f == object.Of(&object.BoolType)
	for {
		x := step(t, d.it)
		if x.P == nil {
			return x
		}
		r := x
		if !self {
			if r = t.CallArgs(d.f, x); r.P == nil {
				return r
			}
		}
		is, ok := t.IsTrue(r)
		if !ok {
			return value{}
		}
		if !is {
			return x
		}
	}
}

func compressNext(t *thread, v value) value {
	c := object.To[compress](v)
	for {
		x := step(t, c.data)
		if x.P == nil {
			return x
		}
		s := step(t, c.selectors)
		if s.P == nil {
			return s
		}
		is, ok := t.IsTrue(s)
		if !ok {
			return value{}
		}
		if is {
			return x
		}
	}
}

func starmapNext(t *thread, v value) value {
	s := object.To[starmap](v)
	if a, b, found := t.StepPair(s.it); found {
		if a.P == nil {
			return a
		}
		return t.CallArgs(s.f, a, b)
	}
	x := step(t, s.it)
	if x.P == nil {
		return x
	}
	var args []value
	if x.Type().Flags&object.FlagTuple != 0 && x.Is(&object.TupleType) {
		args = object.To[tuple](x).Items()
	} else {
		var ok bool
		if args, ok = t.Collect(x); !ok {
			return value{}
		}
	}
	mark := t.Scratch
	a := t.Push(len(args))
	copy(a, args)
	r := t.Call(s.f, a, nil)
	t.Pop(mark, a)
	return r
}

func accumulateNext(t *thread, v value) value {
	a := object.To[accumulate](v)
	if !a.initial.IsNone() {
		a.total, a.initial = a.initial, object.None
		return a.total
	}
	x := step(t, a.it)
	if x.P == nil {
		return x
	}
	switch {
	case a.total.P == nil:
		a.total = x
		return x
	case a.f.IsNone():
		if a.total.IsInt() && x.IsInt() {
			p, q := a.total.Int(), x.Int()
			if s := p + q; (p^s)&(q^s) >= 0 {
				a.total = object.MakeInt(s)
				return a.total
			}
		}
		x = t.BinaryOp(a.total, x, object.OpAdd)
	default:
		x = t.CallArgs(a.f, a.total, x)
	}
	if x.P != nil {
		a.total = x
	}
	return x
}

// sliceArg converts an argument of islice; None is def. ok is false for what is no index.
func sliceArg(t *thread, v value, def int) (int, bool) {
	if v.IsNone() {
		return def, true
	}
	if v.IsInt() {
		return int(v.Int()), v.Int() >= 0
	}
	if v.Type().Index == nil {
		return 0, false
	}
	i, ok := t.AsIndexErr(v, &object.OverflowErrorType)
	if !ok {
		t.Exc = nil
		return 0, false
	}
	return i, i >= 0
}

func newIslice(t *thread, cls *class, args []value, names *tuple) value {
	n := len(args) - object.NameCount(names)
	if !t.NoKeywords(&isliceType, cls, names) || !t.ArgCount("islice", n, 2, 4) {
		return value{}
	}
	const most = ": 0 <= x <= sys.maxsize."
	x := &islice{step: 1}
	stop := args[1]
	ok := true
	if n > 2 {
		stop = args[2]
	}
	if x.stop, ok = sliceArg(t, stop, -1); !ok {
		return t.ValueErrorf("Stop argument for islice() must be None or an integer" + most)
	}
	if n > 2 {
		if x.next, ok = sliceArg(t, args[1], 0); !ok {
			return t.ValueErrorf("Indices for islice() must be None or an integer" + most)
		}
	}
	if n > 3 {
		if x.step, ok = sliceArg(t, args[3], 1); !ok || x.step < 1 {
			return t.ValueErrorf("Step for islice() must be a positive integer or None.")
		}
	}
	if x.it = t.Iter(args[0]); x.it.P == nil {
		return value{}
	}
	return finish(cls, &x.Head)
}

func isliceNext(t *thread, v value) value {
	s := object.To[islice](v)
	it := s.reach(t)
	if it.P == nil {
		return it
	}
	x := t.Step(it)
	s.passed(x)
	return x
}

func islicePair(t *thread, v value) (x, y value, found bool) {
	s := object.To[islice](v)
	it := s.reach(t)
	if it.P == nil {
		return value{}, value{}, true
	}
	if x, y, found = t.StepPair(it); found {
		s.passed(x)
	}
	return x, y, found
}

func isliceItems(t *thread, v value, items []value) (found bool) {
	s := object.To[islice](v)
	it := s.reach(t)
	if it.P == nil {
		items[0] = value{}
		return true
	}
	if found = t.StepItems(it, items); found {
		s.passed(items[0])
	}
	return found
}

// reach goes to the next item that is wanted and returns the iterator that will give it; no value: there is none.
func (s *islice) reach(t *thread) value {
	if s.it.P == nil {
		return value{}
	}
	end := s.next
	if s.stop >= 0 && end > s.stop {
		end = s.stop
	}
	it := s.it // stays, even if stepping it steps s
	for s.at < end {
		if x := t.Step(it); x.P == nil {
			s.it = value{}
			return x
		}
		s.at++
	}
	if s.stop >= 0 && s.at >= s.stop {
		s.it = value{}
		return value{}
	}
	return it
}

// passed notes that the iterator has given x, or has ended.
func (s *islice) passed(x value) {
	if x.P == nil {
		s.it = value{}
		return
	}
	s.at++
	old := s.next
	if s.next += s.step; s.next < old || s.stop >= 0 && s.next > s.stop {
		s.next = s.stop
		if s.stop < 0 {
			s.next = 1<<63 - 1
		}
	}
}
