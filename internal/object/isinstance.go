package object

// isinstance and issubclass.

var (
	nameInstanceCheck = StaticName("__instancecheck__")
	nameSubclassCheck = StaticName("__subclasscheck__")
	nameClass         = StaticName("__class__")
	nameBases         = StaticName("__bases__")
)

// isInstance is IsInstance when the type of v is not cls itself.
func (t *Thread) isInstance(v, cls Value) (res, ok bool) {
	ct := cls.Type()
	switch {
	case ct == &TypeType:
		return t.instanceOf(v, cls)
	case ct == &UnionType:
		return t.anyOf(v, To[Union](cls).Args, t.IsInstance)
	case ct.Flags&FlagTuple != 0:
		return t.InstanceOfAny(v, To[Tuple](cls).Items())
	}
	if f := ct.Lookup(t, nameInstanceCheck); f.P != nil {
		if !t.Enter(" in __instancecheck__") {
			return false, false
		}
		r, _ := t.CallSpecial(cls, nameInstanceCheck, v)
		t.Leave()
		if r.P == nil {
			return false, false
		}
		return t.IsTrue(r)
	}
	return t.instanceOf(v, cls)
}

// InstanceOfAny is IsInstance for the items of a tuple of classes.
func (t *Thread) InstanceOfAny(v Value, classes []Value) (res, ok bool) {
	vt := v.Type()
	honest := vt.genericAttrs && vt.Lookup(t, nameClass) == classDescr
	for _, c := range classes {
		if honest && c.Type() == &TypeType {
			if vt.IsSubtype(To[Type](c)) {
				return true, true
			}
			continue
		}
		if !t.Enter(" in __instancecheck__") {
			return false, false
		}
		res, ok = t.IsInstance(v, c)
		t.Leave()
		if res || !ok {
			return res, ok
		}
	}
	return false, true
}

func (t *Thread) anyOf(v Value, classes *Tuple, is func(v, cls Value) (bool, bool)) (res, ok bool) {
	if !t.Enter(" in __instancecheck__") {
		return false, false
	}
	defer t.Leave()
	for _, c := range classes.Items() {
		if res, ok := is(v, c); res || !ok {
			return res, ok
		}
	}
	return false, true
}

// instanceOf is type.__instancecheck__: by the type, or else by what __class__ says.
func (t *Thread) instanceOf(v, cls Value) (res, ok bool) {
	vt := v.Type()
	if cls.Type().Flags&FlagType != 0 {
		c := To[Type](cls)
		if vt.IsSubtype(c) {
			return true, true
		}
		if vt.genericAttrs && vt.Lookup(t, nameClass) == classDescr {
			return false, true
		}
		icls, ok := t.FindAttr(v, nameClass)
		if !ok {
			return false, false
		}
		if icls.P != nil && icls.Type().Flags&FlagType != 0 && To[Type](icls) != vt {
			return To[Type](icls).IsSubtype(c), true
		}
		return false, true
	}
	if !t.checkClass(cls, "isinstance() arg 2 must be a type, a tuple of types, or a union") {
		return false, false
	}
	icls, ok := t.FindAttr(v, nameClass)
	if !ok || icls.P == nil {
		return false, ok
	}
	return t.abstractSubclass(icls, cls)
}

// classDescr is the descriptor of object.__class__.
var classDescr Value

// classBases returns __bases__ if it is a tuple, or nil.
func (t *Thread) classBases(cls Value) (*Tuple, bool) {
	b, ok := t.FindAttr(cls, nameBases)
	if !ok {
		return nil, false
	}
	if b.P == nil || b.Type().Flags&FlagTuple == 0 {
		return nil, true
	}
	return To[Tuple](b), true
}

func (t *Thread) checkClass(cls Value, msg string) bool {
	b, ok := t.classBases(cls)
	if !ok {
		return false
	}
	if b == nil {
		t.TypeErrorf("%s", msg)
		return false
	}
	return true
}

// abstractSubclass walks __bases__ of things that are no types.
func (t *Thread) abstractSubclass(derived, cls Value) (res, ok bool) {
	for {
		if derived == cls {
			return true, true
		}
		b, ok := t.classBases(derived)
		if !ok || b == nil || b.Len() == 0 {
			return false, ok
		}
		if b.Len() == 1 {
			derived = b.Items()[0]
			continue
		}
		if !t.Enter(" in __issubclass__") {
			return false, false
		}
		for _, x := range b.Items() {
			if res, ok = t.abstractSubclass(x, cls); res || !ok {
				break
			}
		}
		t.Leave()
		return res, ok
	}
}

// IsSubclass is issubclass(derived, cls).
func (t *Thread) IsSubclass(derived, cls Value) (res, ok bool) {
	ct := cls.Type()
	switch {
	case ct == &TypeType:
		if derived == cls {
			return true, true
		}
		return t.subclassOf(derived, cls)
	case ct == &UnionType:
		return t.anyOf(derived, To[Union](cls).Args, t.IsSubclass)
	case ct.Flags&FlagTuple != 0:
		return t.anyOf(derived, To[Tuple](cls), t.IsSubclass)
	}
	if f := ct.Lookup(t, nameSubclassCheck); f.P != nil {
		if !t.Enter(" in __subclasscheck__") {
			return false, false
		}
		r, _ := t.CallSpecial(cls, nameSubclassCheck, derived)
		t.Leave()
		if r.P == nil {
			return false, false
		}
		return t.IsTrue(r)
	}
	return t.subclassOf(derived, cls)
}

// subclassOf is type.__subclasscheck__.
func (t *Thread) subclassOf(derived, cls Value) (res, ok bool) {
	if cls.Type().Flags&FlagType != 0 && derived.Type().Flags&FlagType != 0 {
		return To[Type](derived).IsSubtype(To[Type](cls)), true
	}
	if !t.checkClass(derived, "issubclass() arg 1 must be a class") {
		return false, false
	}
	if cls.Type() != &UnionType && !t.checkClass(cls, "issubclass() arg 2 must be a class, a tuple of classes, or a union") {
		return false, false
	}
	return t.abstractSubclass(derived, cls)
}
