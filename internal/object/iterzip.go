package object

import (
	"sync/atomic"
	"unsafe"
)

const (
	offsetEnumerate = unsafe.Offsetof(Enumerate{}.Attrs)
	offsetZip       = unsafe.Offsetof(Zip{}.Attrs)
	offsetFilter    = unsafe.Offsetof(Filter{}.Attrs)
	offsetReversed  = unsafe.Offsetof(Reversed{}.Attrs)
)

// Zip is a zip or a map object: Func is no value for zip.
type Zip struct {
	Head
	Iters  []Value
	Func   Value
	Strict bool
	owned  bool // see OwnIter
	Attrs
}

// Filter is a filter object.
type Filter struct {
	Head
	Func, Iter Value
	owned      bool // see OwnIter
	Attrs
}

// Reversed is a reversed object over a sequence, which is no value once it is exhausted.
type Reversed struct {
	Head
	Seq   Value
	Index int
	Attrs
}

// strictArg takes the keyword argument strict of zip and map.
func (t *Thread) strictArg(name string, args []Value, names *Tuple) (strict bool, rest []Value, ok bool) {
	n := len(args) - nameCount(names)
	for i := n; i < len(args); i++ {
		if len(args)-n > 1 || names.Items()[i-n].Str().S != "strict" {
			t.KeywordError(name, names, "strict")
			return false, nil, false
		}
		if strict, ok = t.IsTrue(args[i]); !ok {
			return false, nil, false
		}
	}
	return strict, args[:n], true
}

// newZip makes a zip or map object over iterables.
func newZip(t *Thread, cls *Type, iterables []Value, f Value, strict bool) Value {
	var z *Zip
	var room []iterRoom
	switch len(iterables) {
	case 2:
		p := t.spent.zips.Take()
		z, room = &p.Zip, p.room[:]
		z.Iters = p.iters[:]
	case 3:
		p := &zip3{}
		z, room = &p.Zip, p.room[:]
		z.Iters = p.iters[:]
	default:
		z = &Zip{Iters: make([]Value, len(iterables))}
	}
	z.Type, z.Func, z.Strict = cls, f, strict
	for i, x := range iterables {
		var it Value
		if room != nil {
			it = room[i].iter(t, x)
		} else {
			it = t.Iter(x)
		}
		if it.P == nil {
			return it
		}
		z.Iters[i] = it
	}
	return InitAttrs(cls, Of(z))
}

// zip2 and zip3 are zip objects of so many iterables, with their iterators in the same allocation.
type (
	zip2 struct {
		Zip
		iters [2]Value
		room  [2]iterRoom
	}
	zip3 struct {
		Zip
		iters [3]Value
		room  [3]iterRoom
	}
)

// iterRoom is room for the iterator of a list or a tuple, beside what steps it.
type iterRoom struct{ ListIter }

// iter returns the iterator of x, in the room if that is possible.
func (r *iterRoom) iter(t *Thread, x Value) Value {
	switch x.Type() {
	case &ListType:
		r.ListIter = ListIter{Head{&ListIterType}, To[List](x), 0}
		return Of(&r.ListIter)
	case &TupleType:
		// A TupleIter has the same form.
		i := (*TupleIter)(unsafe.Pointer(&r.ListIter))
		*i = TupleIter{Head{&TupleIterType}, To[Tuple](x), 0}
		return Of(i)
	}
	return t.Iter(x)
}

// mismatch is the end of a zip or map when iterator i has ended; with strict, all must end together.
func (z *Zip) mismatch(t *Thread, name string, i int) Value {
	if t.Exc != nil && t.Catch(&StopIterationType) == nil || !z.Strict {
		return Value{}
	}
	say := func(k int, word string) Value {
		s := ""
		if k > 1 {
			s = "s 1-"
			return t.ValueErrorf("%s() argument %d is %s than argument%s%d", name, k+1, word, s, k)
		}
		return t.ValueErrorf("%s() argument %d is %s than argument 1", name, k+1, word)
	}
	if i > 0 {
		return say(i, "shorter")
	}
	for k := 1; k < len(z.Iters); k++ {
		if x := t.Next(z.Iters[k]); x.P != nil {
			return say(k, "longer")
		}
		if t.Exc != nil {
			return Value{}
		}
	}
	return Value{}
}

func (z *Zip) setState(t *Thread, a []Value) Value {
	strict, ok := t.IsTrue(a[1])
	if !ok {
		return Value{}
	}
	z.Strict = strict
	return None
}

func (z *Zip) reduce(args []Value) Value {
	if z.Strict {
		return Of(NewTuple(Of(z.Type), Of(NewTuple(args...)), True))
	}
	return Of(NewTuple(Of(z.Type), Of(NewTuple(args...))))
}

func zipNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	strict, rest, ok := t.strictArg("zip", args, names)
	if !ok {
		return Value{}
	}
	return newZip(t, cls, rest, Value{}, strict)
}

func mapNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	strict, rest, ok := t.strictArg("map", args, names)
	if !ok {
		return Value{}
	}
	switch len(rest) {
	case 0, 1:
		return t.TypeErrorf("map() must have at least two arguments.")
	case 2:
		return newMap1(t, cls, rest[0], rest[1], strict)
	}
	return newZip(t, cls, rest[1:], rest[0], strict)
}

func setupZip() {
	Define(&ZipType, TypeSpec{
		Name: "zip", Sig: "(*iterables, strict=False)", Flags: FlagBase, SubOffset: offsetZip,
		Doc:   "The zip object yields n-length tuples, where n is the number of\niterables passed as positional arguments to zip().  The i-th element\nin every tuple comes from the i-th iterable argument to zip().  This\ncontinues until the shortest argument is exhausted.\n\nIf strict is true and one of the arguments is exhausted before the\nothers, raise a ValueError.\n\n   >>> list(zip('ab', range(3)))\n   [('a', 0), ('b', 1)]",
		Make:  zipNew,
		Slots: Slots{Iter: selfIter, Next: zipNext, NextPair: zipPair, NextItems: zipItems, New: zipNew},
		Methods: []MethodDef{
			{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				z := To[Zip](a[0])
				return z.reduce(z.Iters)
			}, Doc: reduceDoc},
			{Name: "__setstate__", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value { return To[Zip](a[0]).setState(t, a) }, Doc: setStateDoc},
		},
	})
}

func zipPair(t *Thread, v Value) (x, y Value, found bool) {
	z := To[Zip](v)
	if len(z.Iters) != 2 {
		return Value{}, Value{}, false
	}
	if x = t.Step(z.Iters[0]); x.P == nil {
		z.mismatch(t, "zip", 0)
		z.over(t)
		return Value{}, Value{}, true
	}
	if y = t.Step(z.Iters[1]); y.P == nil {
		z.mismatch(t, "zip", 1)
		z.over(t)
		return Value{}, Value{}, true
	}
	return x, y, true
}

func zipNext(t *Thread, v Value) Value {
	z := To[Zip](v)
	switch len(z.Iters) {
	case 0:
		return Value{}
	case 2:
		x, y, _ := zipPair(t, v)
		if x.P == nil {
			return x
		}
		return Of(newPair(x, y))
	}
	r := MakeTuple(len(z.Iters))
	if !z.step(t, r.Items()) {
		return Value{}
	}
	return Of(r)
}

// step gets an item of each iterator.
func (z *Zip) step(t *Thread, items []Value) bool {
	for i, it := range z.Iters {
		x := t.Step(it)
		if x.P == nil {
			z.mismatch(t, "zip", i)
			return false
		}
		items[i] = x
	}
	return true
}

func zipItems(t *Thread, v Value, items []Value) (found bool) {
	z := To[Zip](v)
	if len(z.Iters) != len(items) {
		return false
	}
	if !z.step(t, items) {
		items[0] = Value{}
	}
	return true
}

func setupMap() {
	Define(&MapType, TypeSpec{
		Name: "map", Sig: "(function, iterable, /, *iterables, strict=False)", Flags: FlagBase, SubOffset: offsetZip,
		Doc:   "Make an iterator that computes the function using arguments from\neach of the iterables.  Stops when the shortest iterable is exhausted.\n\nIf strict is true and one of the arguments is exhausted before the\nothers, raise a ValueError.",
		Make:  mapNew,
		Slots: Slots{Iter: selfIter, Next: mapNext, New: mapNew},
		Methods: []MethodDef{
			{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				z := To[Zip](a[0])
				return z.reduce(append([]Value{z.Func}, z.Iters...))
			}, Doc: reduceDoc},
			{Name: "__setstate__", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value { return To[Zip](a[0]).setState(t, a) }, Doc: setStateDoc},
		},
	})
	Define(&FilterType, TypeSpec{
		Name: "filter", Sig: "(function, iterable, /)", Flags: FlagBase, SubOffset: offsetFilter,
		Doc:   "Return an iterator yielding those items of iterable for which\nfunction(item) is true.  If function is None, return the items that\nare true.",
		Make:  filterNew,
		Slots: Slots{Iter: selfIter, Next: filterNext, New: filterNew},
		Methods: []MethodDef{
			{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				f := To[Filter](a[0])
				return Of(NewTuple(Of(f.Type), Of(NewTuple(f.Func, f.Iter))))
			}, Doc: reduceDoc},
		},
	})
}

// mapMany is mapNext of several iterables.
func mapMany(t *Thread, z *Zip) Value {
	mark := t.Scratch
	a := t.Push(len(z.Iters))
	for i, it := range z.Iters {
		x := t.Step(it)
		if x.P == nil {
			t.Pop(mark, a)
			z.mismatch(t, "map", i)
			z.over(t)
			return Value{}
		}
		a[i] = x
	}
	r := t.Call(z.Func, a, nil)
	t.Pop(mark, a)
	return r
}

func filterNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	n := len(args) - nameCount(names)
	if !t.noKeywords(&FilterType, cls, names) || !t.argCount("filter", n, 2, 2) {
		return Value{}
	}
	it := t.Iter(args[1])
	if it.P == nil {
		return it
	}
	f := t.spent.filters.Take()
	f.Type, f.Func, f.Iter = cls, args[0], it
	return InitAttrs(cls, Of(f))
}

func filterNext(t *Thread, v Value) Value {
	f := To[Filter](v)
	plain := f.Func.IsNone() || f.Func == Of(&BoolType)
	for {
		x := t.Step(f.Iter)
		if x.P == nil {
			f.over(t)
			return x
		}
		r := x
		if !plain {
			if r = t.CallArgs(f.Func, x); r.P == nil {
				return r
			}
		}
		keep, ok := t.IsTrue(r)
		if !ok {
			return Value{}
		}
		if keep {
			return x
		}
	}
}

var (
	nameReversed     = StaticName("__reversed__")
	nameReversedFunc = StaticName("reversed")
)

func setupReversed() {
	next := func(t *Thread, v Value) Value {
		r := To[Reversed](v)
		if r.Seq.P == nil {
			return Value{}
		}
		if r.Index >= 0 {
			x := t.GetItem(r.Seq, MakeInt(int64(r.Index)))
			if x.P != nil {
				r.Index--
				return x
			}
			if t.Exc == nil || t.Catch(&IndexErrorType) == nil && t.Catch(&StopIterationType) == nil {
				return x
			}
		}
		r.Seq, r.Index = Value{}, -1
		return Value{}
	}
	Define(&ReversedType, TypeSpec{
		Name: "reversed", Sig: "(sequence, /)", Flags: FlagBase, SubOffset: offsetReversed,
		Doc:   "Return a reverse iterator over the values of the given sequence.",
		Make:  reversedNew,
		Slots: Slots{Iter: selfIter, Next: next, New: reversedNew},
		Methods: reversedMethods(func(r *Reversed, t *Thread) (int, bool) {
			n, ok := t.Len(r.Seq)
			return n, ok
		}),
	})
	Define(&ListReverseIterType, TypeSpec{
		Name: "list_reverseiterator", Flags: FlagNoNew | FlagLeafIter,
		Slots: Slots{Iter: selfIter, Next: func(t *Thread, v Value) Value {
			r := To[Reversed](v)
			if r.Seq.P == nil {
				return Value{}
			}
			if l := To[List](r.Seq); uint(r.Index) < uint(len(l.V)) {
				x := l.V[r.Index]
				r.Index--
				return x
			}
			r.Seq, r.Index = Value{}, -1
			return Value{}
		}},
		Methods: reversedMethods(func(r *Reversed, t *Thread) (int, bool) { return len(To[List](r.Seq).V), true }),
	})
}

func listReversed(t *Thread, a []Value) Value {
	return Of(&Reversed{Head: Head{&ListReverseIterType}, Seq: a[0], Index: len(To[List](a[0]).V) - 1})
}

func reversedMethods(length func(r *Reversed, t *Thread) (int, bool)) []MethodDef {
	return []MethodDef{
		{Name: "__length_hint__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			r := To[Reversed](a[0])
			if r.Seq.P == nil {
				return MakeInt(0)
			}
			n, ok := length(r, t)
			if !ok {
				return Value{}
			}
			if r.Index+1 > n {
				return MakeInt(0)
			}
			return MakeInt(int64(r.Index + 1))
		}, Doc: hintDoc},
		{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			r := To[Reversed](a[0])
			cls := Of(r.Type)
			empty := Of(EmptyTuple)
			if r.Type == &ListReverseIterType {
				if cls = t.builtin(nameReversedFunc); cls.P == nil {
					return cls
				}
				empty = Of(NewList(nil))
			}
			if r.Seq.P == nil {
				return Of(NewTuple(cls, Of(NewTuple(empty))))
			}
			return Of(NewTuple(cls, Of(NewTuple(r.Seq)), MakeInt(int64(r.Index))))
		}, Doc: reduceDoc},
		{Name: "__setstate__", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value {
			i, ok := t.stateInt(a[1])
			if !ok {
				return Value{}
			}
			if r := To[Reversed](a[0]); r.Seq.P != nil {
				n, ok := length(r, t)
				if !ok {
					return Value{}
				}
				r.Index = min(max(i, -1), n-1)
			}
			return None
		}, Doc: setStateDoc},
	}
}

func reversedNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	n := len(args) - nameCount(names)
	if !t.noKeywords(&ReversedType, cls, names) || !t.argCount("reversed", n, 1, 1) {
		return Value{}
	}
	seq := args[0]
	s := seq.Type()
	if s == &ListType {
		return listReversed(t, args[:1]) // what its __reversed__ does
	}
	if m := s.Lookup(t, nameReversed); m.P != nil {
		if m.IsNone() {
			return t.TypeErrorf("'%s' object is not reversible", s.Name)
		}
		r, _ := t.CallSpecial(seq, nameReversed)
		return r
	}
	if s.GetItem == nil || s.Flags&(FlagDict|FlagMapping) != 0 {
		return t.TypeErrorf("'%s' object is not reversible", s.Name)
	}
	count, ok := t.Len(seq)
	if !ok {
		return Value{}
	}
	r := &Reversed{Seq: seq, Index: count - 1}
	r.Type = cls
	return InitAttrs(cls, Of(r))
}

// StepPair is Step for who takes the pair that it would give apart at once. found is false if the iterator gives no pairs, or has to be asked for them
// with Step.
func (t *Thread) StepPair(it Value) (x, y Value, found bool) {
	cls := it.Type()
	if cls.NextPair == nil || !t.stepsApart(cls) {
		return Value{}, Value{}, false
	}
	t.Depth++
	x, y, found = cls.NextPair(t, it)
	t.Depth--
	return x, y, found
}

// StepItems is StepPair for a tuple of len(items) items.
func (t *Thread) StepItems(it Value, items []Value) (found bool) {
	cls := it.Type()
	if cls.NextItems == nil || !t.stepsApart(cls) {
		return false
	}
	t.Depth++
	found = cls.NextItems(t, it, items)
	t.Depth--
	return found
}

// stepsApart reports whether an iterator of a type that can give the items of its tuples may do so now: classes may have a __next__ of their own,
// and interrupts and too deep recursion are Step's business.
func (t *Thread) stepsApart(cls *Type) bool {
	return cls.Flags&FlagHeap == 0 && atomic.LoadUint32(&t.Breaker) == 0 && t.Depth < maxGoDepth
}
