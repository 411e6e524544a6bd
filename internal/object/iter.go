package object

// The types of iterators.
var (
	ListIterType, ListReverseIterType, TupleIterType, SetIterType Type
	SeqIterType, CallIterType                                     Type
	EnumerateType, ZipType, MapType, FilterType, ReversedType     Type
)

// SeqIter iterates over something with __getitem__. Seq is no value once it is exhausted.
type SeqIter struct {
	Head
	Seq   Value
	Index int
}

// CallIter is iter(callable, sentinel). Callable is no value once it is exhausted.
type CallIter struct {
	Head
	Callable, Sentinel Value
	// Step, if it is not nil, does what calling Callable does, but returns no value instead of the sentinel.
	Step func(t *Thread) Value
}

func newSeqIter(v Value) Value { return Of(&SeqIter{Head{&SeqIterType}, v, 0}) }

// NewCallIter is iter(callable, sentinel).
func NewCallIter(callable, sentinel Value) Value {
	return Of(&CallIter{Head: Head{&CallIterType}, Callable: callable, Sentinel: sentinel})
}

func selfIter(t *Thread, v Value) Value { return v }

// SelfIter is the Iter of iterators.
func SelfIter(t *Thread, v Value) Value { return v }

var nameIterFunc = StaticName("iter")

// iterBuiltin returns the builtin iter, which is asked for first: the search may run code that steps the iterator
// whose state is wanted.
// IterBuiltin returns the builtin function iter, for __reduce__ of iterators; without it there is an AttributeError.
func (t *Thread) IterBuiltin() Value { return t.builtin(nameIterFunc) }

func (t *Thread) builtin(name *Str) Value {
	d := t.Interp.Builtins
	if run := t.CurrentFunc(); run != nil {
		d = run.Builtins()
	}
	f, ok := t.BuiltinNamed(d, name)
	if ok && f.P == nil {
		return t.Raisef(&AttributeErrorType, "%s", name.S)
	}
	return f
}

// reduceIter is the result of __reduce__ of an iterator: iter(seq), and the state if it is a value.
func (t *Thread) reduceIter(f, seq Value, state ...Value) Value {
	if f.P == nil {
		return f
	}
	items := append([]Value{f, Of(NewTuple(seq))}, state...)
	return Of(NewTuple(items...))
}

const (
	hintDoc     = "Private method returning an estimate of len(list(it))."
	reduceDoc   = "Return state information for pickling."
	setStateDoc = "Set state information for unpickling."
)

func setupIterators() {
	setupSeqIters()
	setupRangeIters()
	setupRangeWalk()
	setupDictIters()
	setupDictViews()
	setupEnumerate()
	setupZip()
	setupMap()
	setupReversed()
	Define(&SetIterType, TypeSpec{Name: "set_iterator", Flags: FlagNoNew | FlagLeafIter, Slots: Slots{Iter: selfIter, Next: setIterNext}, Methods: []MethodDef{
		{Name: "__length_hint__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			it := To[SetIter](a[0])
			if it.Set == nil || it.Used != it.Set.Len() {
				return MakeInt(0)
			}
			return MakeInt(int64(it.Left))
		}, Doc: hintDoc},
		{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			f := t.IterBuiltin()
			c := *To[SetIter](a[0])
			items, ok := t.Collect(Of(&c))
			if !ok {
				return Value{}
			}
			return t.reduceIter(f, Of(NewList(items)))
		}, Doc: reduceDoc},
	}})
	Define(&CallIterType, TypeSpec{Name: "callable_iterator", Flags: FlagNoNew, Slots: Slots{Iter: selfIter, Next: callIterNext}, Methods: []MethodDef{
		{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			f := t.IterBuiltin()
			it := To[CallIter](a[0])
			if it.Callable.P == nil || f.P == nil {
				return t.reduceIter(f, Of(EmptyTuple))
			}
			return Of(NewTuple(f, Of(NewTuple(it.Callable, it.Sentinel))))
		}, Doc: reduceDoc},
	}})
}

func callIterNext(t *Thread, v Value) Value {
	it := To[CallIter](v)
	if it.Callable.P == nil {
		return Value{}
	}
	if it.Step != nil {
		x := it.Step(t)
		if x.P == nil && t.Exc == nil {
			it.Callable, it.Sentinel, it.Step = Value{}, Value{}, nil
		}
		return x
	}
	x := t.CallArgs(it.Callable)
	if x.P == nil {
		if t.Catch(&StopIterationType) != nil {
			it.Callable, it.Sentinel = Value{}, Value{}
		}
		return x
	}
	if it.Callable.P == nil {
		return Value{}
	}
	eq, ok := t.Equal(it.Sentinel, x)
	if !ok {
		return Value{}
	}
	if eq {
		it.Callable, it.Sentinel = Value{}, Value{}
		return Value{}
	}
	return x
}

// stateInt converts the argument of an iterator's __setstate__.
func (t *Thread) stateInt(v Value) (int, bool) {
	if v.Type().Flags&FlagInt == 0 && v.Type().Index == nil {
		t.TypeErrorf("an integer is required")
		return 0, false
	}
	return t.AsIndexErr(v, &OverflowErrorType)
}

func setupSeqIters() {
	Define(&ListIterType, TypeSpec{Name: "list_iterator", Flags: FlagNoNew | FlagLeafIter, Slots: Slots{Iter: selfIter, Next: listIterNext}, Methods: []MethodDef{
		{Name: "__length_hint__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			it := To[ListIter](a[0])
			if it.List == nil {
				return MakeInt(0)
			}
			return MakeInt(int64(max(len(it.List.V)-it.Index, 0)))
		}, Doc: hintDoc},
		{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			f := t.IterBuiltin()
			it := To[ListIter](a[0])
			if it.List == nil {
				return t.reduceIter(f, Of(NewList(nil)))
			}
			return t.reduceIter(f, Of(it.List), MakeInt(int64(it.Index)))
		}, Doc: reduceDoc},
		{Name: "__setstate__", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value {
			i, ok := t.stateInt(a[1])
			if !ok {
				return Value{}
			}
			if it := To[ListIter](a[0]); it.List != nil {
				it.Index = min(max(i, 0), len(it.List.V))
			}
			return None
		}, Doc: setStateDoc},
	}})
	Define(&TupleIterType, TypeSpec{Name: "tuple_iterator", Flags: FlagNoNew | FlagLeafIter, Slots: Slots{Iter: selfIter, Next: tupleIterNext}, Methods: []MethodDef{
		{Name: "__length_hint__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			it := To[TupleIter](a[0])
			if it.Tuple == nil {
				return MakeInt(0)
			}
			return MakeInt(int64(it.Tuple.Len() - it.Index))
		}, Doc: hintDoc},
		{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			f := t.IterBuiltin()
			it := To[TupleIter](a[0])
			if it.Tuple == nil {
				return t.reduceIter(f, Of(EmptyTuple))
			}
			return t.reduceIter(f, Of(it.Tuple), MakeInt(int64(it.Index)))
		}, Doc: reduceDoc},
		{Name: "__setstate__", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value {
			i, ok := t.stateInt(a[1])
			if !ok {
				return Value{}
			}
			if it := To[TupleIter](a[0]); it.Tuple != nil {
				it.Index = min(max(i, 0), it.Tuple.Len())
			}
			return None
		}, Doc: setStateDoc},
	}})
	Define(&SeqIterType, TypeSpec{Name: "iterator", Flags: FlagNoNew, Slots: Slots{Iter: selfIter, Next: seqIterNext}, Methods: []MethodDef{
		{Name: "__length_hint__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			it := To[SeqIter](a[0])
			if it.Seq.P == nil {
				return MakeInt(0)
			}
			if it.Seq.Type().Len == nil {
				return NotImplemented
			}
			n, ok := t.Len(it.Seq)
			if !ok {
				return Value{}
			}
			return MakeInt(int64(max(n-it.Index, 0)))
		}, Doc: hintDoc},
		{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			f := t.IterBuiltin()
			it := To[SeqIter](a[0])
			if it.Seq.P == nil {
				return t.reduceIter(f, Of(EmptyTuple))
			}
			return t.reduceIter(f, it.Seq, MakeInt(int64(it.Index)))
		}, Doc: reduceDoc},
		{Name: "__setstate__", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value {
			i, ok := t.stateInt(a[1])
			if !ok {
				return Value{}
			}
			if it := To[SeqIter](a[0]); it.Seq.P != nil {
				it.Index = max(i, 0)
			}
			return None
		}, Doc: setStateDoc},
	}})
}

func listIterNext(t *Thread, v Value) Value {
	it := To[ListIter](v)
	if l := it.List; l != nil {
		if it.Index < len(l.V) {
			x := l.V[it.Index]
			it.Index++
			return x
		}
		it.List = nil
	}
	return Value{}
}

func tupleIterNext(t *Thread, v Value) Value {
	it := To[TupleIter](v)
	if s := it.Tuple; s != nil {
		if it.Index < s.Len() {
			x := *s.At(it.Index)
			it.Index++
			return x
		}
		it.Tuple = nil
	}
	return Value{}
}

func seqIterNext(t *Thread, v Value) Value {
	it := To[SeqIter](v)
	if it.Seq.P == nil {
		return Value{}
	}
	if it.Index == 1<<63-1 {
		return t.OverflowErrorf("iter index too large")
	}
	x := t.GetItem(it.Seq, MakeInt(int64(it.Index)))
	if x.P != nil {
		it.Index++
		return x
	}
	if t.Exc != nil && (t.Catch(&IndexErrorType) != nil || t.Catch(&StopIterationType) != nil) {
		it.Seq = Value{}
	}
	return x
}

// IteratorTypes returns the builtins that are types of iterators, by name.
func IteratorTypes() map[string]*Type {
	return map[string]*Type{"enumerate": &EnumerateType, "filter": &FilterType, "map": &MapType, "reversed": &ReversedType, "zip": &ZipType}
}
