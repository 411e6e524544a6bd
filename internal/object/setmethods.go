package object

import "unsafe"

// SetIter iterates over a set. Set is nil once it is exhausted.
type SetIter struct {
	Head
	Set  *Set
	Used int // elements when it was made; -1: they have changed
	Pos  int
	Left int
}

func setupSet() {
	slots := Slots{
		NumberSlots: NumberSlots{Binary: [NumBinary]BinaryFunc{OpSubtract: setSub2, OpAnd: setAnd, OpXor: setXor, OpOr: setOr}},
		Repr:        setRepr, Compare: setCompare, Iter: setIter, Len: setLen, Contains: setContains, New: setNew,
	}
	frozen := slots
	frozen.New, frozen.Hash = frozenSetNew, frozenSetHash
	slots.Init = setInit
	slots.Inplace = [NumBinary]BinaryFunc{OpSubtract: setInSub, OpAnd: setInAnd, OpXor: setInXor, OpOr: setInOr}
	// What one set in two forms shares is the same in both: an operator needs to be tried but once.
	Define(&SetType, TypeSpec{
		Name: "set", Sig: "(iterable=(), /)", Flags: FlagBase | FlagSet | FlagSelfMatch, HasWeak: true, Make: setMake,
		Doc: "Build an unordered collection of unique elements.", SubOffset: unsafe.Offsetof(setSub{}.Attrs), Slots: slots,
		Methods: append(sharedSetMethods(), setMethods...),
	})
	Define(&FrozenSetType, TypeSpec{
		Name: "frozenset", Sig: "(iterable=(), /)", Flags: FlagBase | FlagSet | FlagSelfMatch, HasWeak: true, Make: frozenSetNew,
		Doc: "Build an immutable unordered collection of unique elements.", SubOffset: unsafe.Offsetof(setSub{}.Attrs), Slots: frozen,
		Methods: append(sharedSetMethods(), MethodDef{Name: "copy", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			if a[0].Is(&FrozenSetType) {
				return a[0]
			}
			return Of(To[Set](a[0]).copySet(t))
		}, Doc: "Return a shallow copy of a set."},
			MethodDef{Name: "__class_getitem__", Sig: "($type, object, /)", Fn: classGetItem, Doc: "frozensets are generic over the type of their elements"}),
	})
}

func setNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	return Of(newSetOf(cls, args))
}

// setMake is set(x), of a set that x cannot see while it grows.
func setMake(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	if len(args) > 1 {
		t.argCount("set", len(args), 0, 1)
		return Value{}
	}
	s := t.takeLentSet()
	if s == nil {
		s = newSetOf(cls, args)
	}
	if len(args) == 1 && !s.update(t, args[0]) {
		return Value{}
	}
	return Of(s)
}

// takeLentSet returns the set that is to be used for a new one, or nil.
func (t *Thread) takeLentSet() *Set {
	s := t.LentSet
	t.LentSet = nil
	return s
}

// newSetLike returns an empty set or frozenset for the result of an operation on s.
func (t *Thread) newSetLike(s *Set) *Set {
	cls := setBase(s.Type)
	if cls == &SetType && t.LentSet != nil {
		return t.takeLentSet()
	}
	return newSet(cls)
}

func setInit(t *Thread, self Value, args []Value, names *Tuple) bool {
	x, ok := t.oneArg(&SetType, self.Type(), args, names)
	if !ok {
		return false
	}
	s := To[Set](self)
	if s.fill > 0 {
		s.Clear()
	}
	return x.P == nil || s.update(t, x)
}

func frozenSetNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	if names == nil && len(args) > 1 {
		t.argCount(cls.ShortName(), len(args), 0, 1) // which names the subclass
		return Value{}
	}
	x, ok := t.oneArg(&FrozenSetType, cls, args, names)
	if !ok {
		return Value{}
	}
	if x.P != nil && cls == &FrozenSetType && x.Is(&FrozenSetType) {
		return x
	}
	s := newSetOf(cls, args)
	if x.P != nil && !s.update(t, x) {
		return Value{}
	}
	return Of(s)
}

func setRepr(t *Thread, v Value) Value {
	s := To[Set](v)
	name := s.Type.Name
	if t.EnterRepr(v) {
		return MakeStr(name + "(...)")
	}
	defer t.LeaveRepr()
	if s.used == 0 {
		return MakeStr(name + "()")
	}
	b := t.takeText()
	if s.Type != &SetType {
		b = append(append(b, name...), '(')
	}
	b = append(b, '{')
	ok := true
	for i, x := range s.Items() {
		if i > 0 {
			b = append(b, ", "...)
		}
		if b, ok = t.AppendReprOf(b, x); !ok {
			return Value{}
		}
	}
	b = append(b, '}')
	if s.Type != &SetType {
		b = append(b, ')')
	}
	return t.giveNew(b)
}

func setLen(t *Thread, v Value) (int, bool) { return int(To[Set](v).used), true }

// setContains takes a set that is looked for in a set of frozensets for an equal frozenset.
func setContains(t *Thread, v, x Value) (res, ok bool) {
	h, ok := t.setKey(x)
	if !ok {
		return false, false
	}
	return To[Set](v).has(t, x, h)
}

// setKey hashes something that is looked for in a set.
func (t *Thread) setKey(x Value) (uint64, bool) {
	h, ok := t.hashElement(x)
	if !ok && x.IsA(&SetType) && t.Catch(&TypeErrorType) != nil {
		return uint64(To[Set](x).hashValue()), true
	}
	return h, ok
}

func setIter(t *Thread, v Value) Value {
	it := new(SetIter)
	it.Begin(To[Set](v))
	return Of(it)
}

// Begin makes it an iterator over s that stands before the first element.
func (it *SetIter) Begin(s *Set) { *it = SetIter{Head{&SetIterType}, s, int(s.used), 0, int(s.used)} }

func setIterNext(t *Thread, v Value) Value {
	it := To[SetIter](v)
	s := it.Set
	if s == nil {
		return Value{}
	}
	if it.Used != int(s.used) {
		it.Used = -1
		return t.RuntimeErrorf("Set changed size during iteration")
	}
	e, pos := s.next(it.Pos)
	it.Pos = pos
	if e == nil {
		it.Set = nil
		return Value{}
	}
	it.Left--
	return e.value()
}

// others calls f for each argument behind self.
func others(a []Value, f func(v Value) bool) bool {
	for _, v := range a[1:] {
		if !f(v) {
			return false
		}
	}
	return true
}

func sharedSetMethods() []MethodDef {
	self := func(a []Value) *Set { return To[Set](a[0]) }
	return []MethodDef{
		{Name: "__contains__", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value {
			res, ok := setContains(t, a[0], a[1])
			if !ok {
				return Value{}
			}
			return MakeBool(res)
		}, Doc: "x.__contains__(y) <==> y in x."},
		{Name: "difference", Spread: true, Sig: "($self, /, *others)", Fn: func(t *Thread, a []Value) Value {
			if len(a) == 1 {
				return setCopy(t, a)
			}
			r := self(a).subtract(t, a[1])
			for _, v := range a[2:] {
				if r == nil || !r.removeAll(t, v) {
					return Value{}
				}
			}
			return setOrNil(r)
		}, Doc: "Return a new set with elements in the set that are not in the others."},
		{Name: "intersection", Spread: true, Sig: "($self, /, *others)", Fn: func(t *Thread, a []Value) Value {
			return setOrNil(self(a).intersectAll(t, a[1:]))
		}, Doc: "Return a new set with elements common to the set and all others."},
		{Name: "isdisjoint", Sig: "($self, other, /)", Fn: setIsDisjoint, Doc: "Return True if two sets have a null intersection."},
		{Name: "issubset", Sig: "($self, other, /)", Fn: func(t *Thread, a []Value) Value {
			s := self(a)
			if IsSet(a[1]) {
				return setCompare(t, a[0], a[1], CmpLe)
			}
			r := s.intersect(t, a[1])
			if r == nil {
				return Value{}
			}
			return MakeBool(r.used == s.used)
		}, Doc: "Report whether another set contains this set."},
		{Name: "issuperset", Sig: "($self, other, /)", Fn: func(t *Thread, a []Value) Value {
			if IsSet(a[1]) {
				return setCompare(t, a[0], a[1], CmpGe)
			}
			res := true
			if !t.Each(a[1], func(x Value) bool {
				var ok bool
				res, ok = self(a).Contains(t, x)
				return res && ok
			}) {
				return Value{}
			}
			return MakeBool(res)
		}, Doc: "Report whether this set contains another set."},
		{Name: "__reduce__", Sig: "($self, /)", Fn: setReduce, Doc: "Return state information for pickling."},
		{Name: "__sizeof__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
			n := 200
			if k := int(self(a).mask) + 1; k > minSet {
				n += k * 16
			}
			return MakeInt(int64(n))
		}, Doc: "S.__sizeof__() -> size of S in memory, in bytes."},
		{Name: "symmetric_difference", Sig: "($self, other, /)", Fn: func(t *Thread, a []Value) Value {
			return setOrNil(self(a).symmetric(t, a[1]))
		}, Doc: "Return a new set with elements in either the set or other but not both."},
		{Name: "union", Spread: true, Sig: "($self, /, *others)", Fn: func(t *Thread, a []Value) Value {
			r := self(a).copySet(t)
			if !others(a, func(v Value) bool { return v == a[0] || r.update(t, v) }) {
				return Value{}
			}
			return Of(r)
		}, Doc: "Return a new set with elements from the set and all others."},
	}
}

func setCopy(t *Thread, a []Value) Value { return Of(To[Set](a[0]).copySet(t)) }

// intersectAll intersects with each of some iterables.
func (s *Set) intersectAll(t *Thread, list []Value) *Set {
	r := s
	if len(list) == 0 {
		return s.copySet(t)
	}
	for _, v := range list {
		if r = r.intersect(t, v); r == nil {
			return nil
		}
	}
	return r
}

func setIsDisjoint(t *Thread, a []Value) Value {
	s, v := To[Set](a[0]), a[1]
	if a[0] == v {
		return MakeBool(s.used == 0)
	}
	if v.Is(&SetType) || v.Is(&FrozenSetType) {
		o := To[Set](v)
		if o.used > s.used {
			s, o = o, s
		}
		for e, i := o.next(0); e != nil; e, i = o.next(i) {
			has, ok := s.has(t, e.value(), e.hash())
			if !ok {
				return Value{}
			}
			if has {
				return False
			}
		}
		return True
	}
	res := false
	if !t.Each(v, func(x Value) bool {
		var ok bool
		res, ok = s.Contains(t, x)
		return ok && !res
	}) {
		return Value{}
	}
	return MakeBool(!res)
}

func setReduce(t *Thread, a []Value) Value {
	s := To[Set](a[0])
	state := t.reduceState(a[0])
	if state.P == nil {
		return state
	}
	return Of(NewTuple(Of(s.Type), Of(NewTuple(Of(NewList(s.Items())))), state))
}

// reduceState is what object.__getstate__ returns for v.
func (t *Thread) reduceState(v Value) Value { return t.CallMethod(v, nameGetState) }

var setMethods = []MethodDef{
	{Name: "add", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value {
		return t.noneIf(To[Set](a[0]).Add(t, a[1]))
	}, Doc: "Add an element to a set.\n\nThis has no effect if the element is already present."},
	{Name: "clear", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
		To[Set](a[0]).Clear()
		return None
	}, Doc: "Remove all elements from this set."},
	{Name: "copy", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return Of(To[Set](a[0]).copySet(t)) }, Doc: "Return a shallow copy of a set."},
	{Name: "discard", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value {
		_, ok := To[Set](a[0]).without(t, a[1])
		return t.noneIf(ok)
	}, Doc: "Remove an element from a set if it is a member."},
	{Name: "difference_update", Spread: true, Sig: "($self, /, *others)", Fn: func(t *Thread, a []Value) Value {
		return t.noneIf(others(a, func(v Value) bool { return To[Set](a[0]).removeAll(t, v) }))
	}, Doc: "Update the set, removing elements found in others."},
	{Name: "intersection_update", Spread: true, Sig: "($self, /, *others)", Fn: func(t *Thread, a []Value) Value {
		r := To[Set](a[0]).intersectAll(t, a[1:])
		if r == nil {
			return Value{}
		}
		To[Set](a[0]).take(r)
		return None
	}, Doc: "Update the set, keeping only elements found in it and all others."},
	{Name: "pop", Sig: "($self, /)", Fn: setPop, Doc: "Remove and return an arbitrary set element.\n\nRaises KeyError if the set is empty."},
	{Name: "remove", Sig: "($self, object, /)", Fn: func(t *Thread, a []Value) Value {
		found, ok := To[Set](a[0]).without(t, a[1])
		if ok && !found {
			return t.KeyError(a[1])
		}
		return t.noneIf(ok)
	}, Doc: "Remove an element from a set; it must be a member.\n\nIf the element is not a member, raise a KeyError."},
	{Name: "symmetric_difference_update", Sig: "($self, other, /)", Fn: func(t *Thread, a []Value) Value {
		return t.noneIf(To[Set](a[0]).toggleAll(t, a[1]))
	}, Doc: "Update the set, keeping only elements found in either set, but not in both."},
	{Name: "update", UsesUp: true, Spread: true, Sig: "($self, /, *others)", Fn: func(t *Thread, a []Value) Value {
		return t.noneIf(others(a, func(v Value) bool { return To[Set](a[0]).update(t, v) }))
	}, Doc: "Update the set, adding elements from all others."},
	{Name: "__class_getitem__", Sig: "($type, object, /)", Fn: classGetItem, Doc: "sets are generic over the type of their elements"},
}

func setPop(t *Thread, a []Value) Value {
	s := To[Set](a[0])
	if s.used == 0 {
		return t.RaiseNew(&KeyErrorType, MakeStr("pop from an empty set"))
	}
	e, i := s.next(int(s.more & uint64(s.mask)))
	if e == nil {
		e, i = s.next(0)
	}
	k := e.value()
	s.drop(e, uint64(i-1))
	s.more = uint64(i)
	return k
}
