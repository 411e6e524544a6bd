package object

// How objects that say nothing about it are pickled and copied: object.__reduce_ex__ and object.__getstate__.

var (
	nameCopyreg        = StaticName("copyreg")
	nameCopyregReduce  = StaticName("_reduce_ex")
	nameCopyregNewObj  = StaticName("__newobj__")
	nameCopyregNewEx   = StaticName("__newobj_ex__")
	nameCopyregSlots   = StaticName("_slotnames")
	nameSlotNames      = StaticName("__slotnames__")
	nameGetNewArgs     = StaticName("__getnewargs__")
	nameGetNewArgsEx   = StaticName("__getnewargs_ex__")
	nameItemsForPickle = StaticName("items")
)

// ImportModule imports a module by its full name.
func (t *Thread) ImportModule(name *Str) Value {
	if m := t.Interp.Modules.GetStr(name); m.P != nil && !m.IsNone() {
		return m
	}
	if t.Interp.Hooks.Import == nil {
		return t.Raisef(&ImportErrorType, "no import")
	}
	// A non-empty fromlist gives the module itself, not the package at the top.
	return t.Interp.Hooks.Import(t, name, Of(NewDict()), None, Of(NewTuple(Of(nameStar))), 0)
}

var nameStar = StaticName("__name__")

func (t *Thread) copyreg(name *Str) Value {
	m := t.ImportModule(nameCopyreg)
	if m.P == nil {
		return m
	}
	return t.GetAttr(m, name)
}

func objectReduceEx(t *Thread, a []Value) Value {
	proto, ok := t.AsIndexErr(a[1], &OverflowErrorType)
	if !ok {
		return Value{}
	}
	// A __reduce__ of the object's own goes first.
	f := a[0].Type().Lookup(t, nameReduce)
	if f.P != nil && f != ObjectType.Dict().GetStr(nameReduce) {
		m := t.GetAttr(a[0], nameReduce)
		if m.P == nil {
			return m
		}
		return t.Call(m, nil, nil)
	}
	return t.reduce(a[0], proto)
}

func (t *Thread) reduce(v Value, proto int) Value {
	if proto < 2 {
		f := t.copyreg(nameCopyregReduce)
		if f.P == nil {
			return f
		}
		return t.CallArgs(f, v, MakeInt(int64(proto)))
	}
	cls := v.Type()
	if cls.New == nil {
		return t.TypeErrorf("cannot pickle '%s' object", cls.Name)
	}
	args, kwargs, ok := t.newArgs(v)
	if !ok {
		return Value{}
	}
	hasArgs := args != nil
	required := !hasArgs && cls.Flags&(FlagList|FlagDict) == 0
	state := t.stateOf(v, required)
	if state.P == nil {
		return state
	}
	listItems, dictItems := None, None
	if cls.Flags&FlagList != 0 {
		if listItems = t.Iter(v); listItems.P == nil {
			return listItems
		}
	}
	if cls.Flags&FlagDict != 0 {
		items := t.CallMethod(v, nameItemsForPickle)
		if items.P == nil {
			return items
		}
		if dictItems = t.Iter(items); dictItems.P == nil {
			return dictItems
		}
	}
	var f Value
	var newArgs *Tuple
	if kwargs == nil || kwargs.Len() == 0 {
		f = t.copyreg(nameCopyregNewObj)
		items := []Value{Of(cls)}
		if args != nil {
			items = append(items, args.Items()...)
		}
		newArgs = NewTuple(items...)
	} else {
		f = t.copyreg(nameCopyregNewEx)
		newArgs = NewTuple(Of(cls), Of(args), Of(kwargs))
	}
	if f.P == nil {
		return f
	}
	return Of(NewTuple(f, Of(newArgs), state, listItems, dictItems))
}

// newArgs returns the arguments that __new__ is to get; nil if the class has no opinion.
func (t *Thread) newArgs(v Value) (*Tuple, *Dict, bool) {
	r, found := t.CallSpecial(v, nameGetNewArgsEx)
	if found {
		switch {
		case r.P == nil:
			return nil, nil, false
		case r.Type().Flags&FlagTuple == 0:
			t.TypeErrorf("__getnewargs_ex__ should return a tuple, not '%s'", r.Type().Name)
			return nil, nil, false
		}
		p := To[Tuple](r).Items()
		switch {
		case len(p) != 2:
			t.ValueErrorf("__getnewargs_ex__ should return a tuple of length 2, not %d", len(p))
			return nil, nil, false
		case p[0].Type().Flags&FlagTuple == 0:
			t.TypeErrorf("first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '%s'", p[0].Type().Name)
			return nil, nil, false
		case p[1].Type().Flags&FlagDict == 0:
			t.TypeErrorf("second item of the tuple returned by __getnewargs_ex__ must be a dict, not '%s'", p[1].Type().Name)
			return nil, nil, false
		}
		return To[Tuple](p[0]), To[Dict](p[1]), true
	}
	r, found = t.CallSpecial(v, nameGetNewArgs)
	if !found {
		return nil, nil, true
	}
	if r.P == nil {
		return nil, nil, false
	}
	if r.Type().Flags&FlagTuple == 0 {
		t.TypeErrorf("__getnewargs__ should return a tuple, not '%s'", r.Type().Name)
		return nil, nil, false
	}
	return To[Tuple](r), nil, true
}

// stateOf calls __getstate__; object's own is told whether nothing else can restore the object.
func (t *Thread) stateOf(v Value, required bool) Value {
	f := v.Type().Lookup(t, nameGetState)
	if f == ObjectType.Dict().GetStr(nameGetState) {
		if x := InstanceAttr(v, nameGetState); x.P == nil {
			return t.defaultState(v, required)
		}
	}
	m := t.GetAttr(v, nameGetState)
	if m.P == nil {
		return m
	}
	return t.Call(m, nil, nil)
}

// defaultState is the dict of an object, together with the values of its slots if it has any. With required, objects whose
// C fields no state would restore are refused.
func (t *Thread) defaultState(v Value, required bool) Value {
	cls := v.Type()
	if required && cls.sizes().item > 0 {
		return t.TypeErrorf("cannot pickle '%s' object", cls.Name)
	}
	state := None
	if cls.HasDict {
		if a := AttrsOf(v); a.Shape == DictShape || a.Shape != nil && len(a.Shape.Names) > 0 {
			if d := InstanceDict(v); d.Len() > 0 {
				state = Of(d)
			}
		}
	} else {
		d, ok := t.FindAttr(v, nameDict)
		if !ok {
			return Value{}
		}
		if d.P != nil {
			state = d
		}
	}
	names, ok := t.slotNamesOf(cls)
	if !ok {
		return Value{}
	}
	if required {
		size := int64(16)
		if cls.HasDict {
			size += cls.extraSize()
		}
		if len(names) > 0 {
			size += int64(8 * len(names))
		}
		if cls.sizes().basic > size {
			return t.TypeErrorf("cannot pickle '%s' object", cls.Name)
		}
	}
	if len(names) == 0 {
		return state
	}
	slots := NewDict()
	for _, n := range names {
		x, ok := t.FindAttr(v, n)
		if !ok {
			return Value{}
		}
		if x.P != nil {
			slots.SetStr(n, x)
		}
	}
	if slots.Len() == 0 {
		return state
	}
	return Of(NewTuple(state, Of(slots)))
}

// extraSize is what __dict__ and __weakref__ add to the size of a builtin type's struct.
func (s *Type) extraSize() int64 {
	if s.dictOffset() > 0 {
		n := int64(8)
		if s.weakOffset() > 0 {
			n += 8
		}
		return n
	}
	return 0
}

// slotNamesOf returns the names in __slots__ of a class and its bases, as copyreg finds and caches them.
func (t *Thread) slotNamesOf(cls *Type) ([]*Str, bool) {
	if cls.Flags&FlagHeap == 0 {
		return nil, true
	}
	v := cls.Dict().GetStr(nameSlotNames)
	if v.P == nil {
		f := t.copyreg(nameCopyregSlots)
		if f.P == nil {
			return nil, false
		}
		if v = t.CallArgs(f, Of(cls)); v.P == nil {
			return nil, false
		}
		if !v.IsNone() && v.Type().Flags&FlagList == 0 {
			t.TypeErrorf("copyreg._slotnames didn't return a list or None")
			return nil, false
		}
	}
	if v.IsNone() || v.Type().Flags&FlagList == 0 {
		return nil, true
	}
	var out []*Str
	for _, n := range To[List](v).V {
		s := t.attrName(n)
		if s == nil {
			return nil, false
		}
		out = append(out, s)
	}
	return out, true
}
