package object

func setupRangeIters() {
	Define(&RangeIterType, TypeSpec{Name: "range_iterator", Flags: FlagNoNew | FlagLeafIter, Slots: Slots{Iter: selfIter, Next: rangeIterNext}, Methods: []MethodDef{
		{Name: "__length_hint__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			return MakeInt(To[RangeIter](a[0]).Left)
		}, Doc: hintDoc},
		{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			it := To[RangeIter](a[0])
			return t.reduceRange(MakeInt(it.Cur), MakeInt(it.Step), MakeInt(it.Left))
		}, Doc: reduceDoc},
		{Name: "__setstate__", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value {
			i, ok := t.stateInt(a[1])
			if !ok {
				return Value{}
			}
			it := To[RangeIter](a[0])
			n := min(max(int64(i), 0), it.Left)
			it.Cur += n * it.Step
			it.Left -= n
			return None
		}, Doc: setStateDoc},
	}})
	Define(&LongRangeIterType, TypeSpec{Name: "longrange_iterator", Flags: FlagNoNew, Slots: Slots{Iter: selfIter, Next: longRangeNext}, Methods: []MethodDef{
		{Name: "__length_hint__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			return To[longRangeIter](a[0]).left
		}, Doc: hintDoc},
		{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			it := To[longRangeIter](a[0])
			return t.reduceRange(it.start, it.step, it.left)
		}, Doc: reduceDoc},
		{Name: "__setstate__", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value {
			if a[1].Type().Flags&FlagInt == 0 {
				return t.TypeErrorf("state must be an int, not %s", a[1].Type().Name)
			}
			n, it := ExactInt(a[1]), To[longRangeIter](a[0])
			if intSign(n) < 0 {
				n = MakeInt(0)
			}
			if intCompare(t, n, it.left, CmpGt) == True {
				n = it.left
			}
			it.start = intAdd(t, it.start, intMul(t, n, it.step))
			it.left = intSub(t, it.left, n)
			return None
		}, Doc: setStateDoc},
	}})
}

// reduceRange is the range that an iterator has left, to be iterated over from its begin.
func (t *Thread) reduceRange(start, step, left Value) Value {
	stop := intAdd(t, start, intMul(t, left, step))
	return t.reduceIter(t.IterBuiltin(), Of(NewRange(start, stop, step)), None)
}

// Enumerate is an enumerate object. Big is the count when it is beyond int64.
type Enumerate struct {
	Head
	Iter  Value
	Index int64
	Big   Value
	owned bool // see OwnIter
	Attrs
}

func setupEnumerate() {
	Define(&EnumerateType, TypeSpec{
		Name: "enumerate", Sig: "(iterable, start=0)", Flags: FlagBase, SubOffset: offsetEnumerate,
		Doc:   "Return an enumerate object.\n\n  iterable\n    an object supporting iteration\n\nThe enumerate object yields pairs containing a count (from start, which\ndefaults to zero) and a value yielded by the iterable argument.",
		Make:  enumerateNew,
		Slots: Slots{Iter: selfIter, Next: enumerateNext, NextPair: enumeratePair, New: enumerateNew},
		Methods: []MethodDef{
			{Name: "__reduce__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				e := To[Enumerate](a[0])
				i := e.Big
				if i.P == nil {
					i = MakeInt(e.Index)
				}
				return Of(NewTuple(Of(e.Type), Of(NewTuple(e.Iter, i))))
			}, Doc: reduceDoc},
			{Name: "__class_getitem__", Sig: "($type, object, /)", Fn: classGetItem, Doc: "'enumerate' objects are generic over the type of their values"},
		},
	})
}

func enumerateNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	var iterable, start Value
	n := len(args) - nameCount(names)
	if len(args) > 2 {
		return t.TypeErrorf("enumerate() takes at most 2 arguments (%d given)", len(args))
	}
	if n > 0 {
		iterable = args[0]
	}
	if n > 1 {
		start = args[1]
	}
	for i := n; i < len(args); i++ {
		switch name := names.Items()[i-n].Str().S; {
		case name == "iterable" && iterable.P == nil:
			iterable = args[i]
		case name == "start" && start.P == nil:
			start = args[i]
		default:
			return t.TypeErrorf("'%s' is an invalid keyword argument for enumerate()", name)
		}
	}
	if iterable.P == nil {
		where := ""
		if cls != &EnumerateType {
			where = " (pos 1)"
		}
		return t.TypeErrorf("enumerate() missing required argument 'iterable'%s", where)
	}
	p := t.spent.enums.Take()
	e := &p.Enumerate
	e.Type = cls
	if start.P != nil {
		i := t.Index(start)
		if i.P == nil {
			return i
		}
		if i.IsInt() {
			e.Index = i.Int()
		} else {
			e.Big = i
		}
	}
	if e.Iter = p.room.iter(t, iterable); e.Iter.P == nil {
		return Value{}
	}
	return InitAttrs(cls, Of(e))
}

// enumerateRoom is an enumerate object with its iterator in the same allocation.
type enumerateRoom struct {
	Enumerate
	room iterRoom
}

func enumerateNext(t *Thread, v Value) Value {
	i, x, _ := enumeratePair(t, v)
	if i.P == nil {
		return i
	}
	return Of(newPair(i, x))
}

func enumeratePair(t *Thread, v Value) (i, x Value, found bool) {
	e := To[Enumerate](v)
	if x = t.Step(e.Iter); x.P == nil {
		e.over(t)
		return x, x, true
	}
	return e.number(t), x, true
}

// number is what the next item gets.
func (e *Enumerate) number(t *Thread) (i Value) {
	if e.Big.P != nil {
		i = e.Big
		e.Big = intAdd(t, e.Big, MakeInt(1))
		return i
	}
	i = MakeInt(e.Index)
	if e.Index++; e.Index == -1<<63 {
		e.Big = intAdd(t, MakeInt(1<<63-1), MakeInt(1))
	}
	return i
}

// StepNumberedPair is StepPair of what an enumerate object walks along, with the number. At the end, there is none.
func (t *Thread) StepNumberedPair(e *Enumerate) (i, x, y Value, found bool) {
	if x, y, found = t.StepPair(e.Iter); x.P != nil {
		i = e.number(t)
	}
	return i, x, y, found
}

// StepNumberedItems is the same for StepItems.
func (t *Thread) StepNumberedItems(e *Enumerate, items []Value) (i Value, found bool) {
	if found = t.StepItems(e.Iter, items); found && items[0].P != nil {
		i = e.number(t)
	}
	return i, found
}
