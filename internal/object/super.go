package object

import "unsafe"

// Super is a super object. Class is the class behind which the search begins, Obj what found attributes are bound to, and
// ObjType the class whose resolution order is searched; the latter two are absent in an unbound one.
type Super struct {
	Head
	Class   *Type
	Obj     Value
	ObjType *Type
	Attrs
}

func setupSuper() {
	Define(&SuperType, TypeSpec{
		Name: "super", Flags: FlagBase, SubOffset: unsafe.Offsetof(Super{}.Attrs),
		Doc: "super() -> same as super(__class__, <first argument>)\nsuper(type) -> unbound super object\nsuper(type, obj) -> bound super object; requires isinstance(obj, type)\nsuper(type, type2) -> bound super object; requires issubclass(type2, type)",
		Slots: Slots{
			Alloc:   func(t *Thread, cls *Type) Value { return InitAttrs(cls, Of(&Super{Head: Head{cls}})) },
			New:     func(t *Thread, cls *Type, args []Value, names *Tuple) Value { return cls.Alloc(t, cls) },
			Init:    superInit,
			GetAttr: superGetAttr,
			DescrGet: func(t *Thread, d, obj, cls Value) Value {
				s := To[Super](d)
				if obj.P == nil || obj.IsNone() || s.Obj.P != nil {
					return d
				}
				if !d.Is(&SuperType) {
					return t.CallArgs(Of(d.Type()), Of(s.Class), obj)
				}
				if s.Class == nil {
					return t.RuntimeErrorf("super(): object is not initialized")
				}
				ot := t.superCheck(s.Class, obj)
				if ot == nil {
					return Value{}
				}
				return Of(&Super{Head: Head{&SuperType}, Class: s.Class, Obj: obj, ObjType: ot})
			},
			Repr: func(t *Thread, v Value) Value {
				s := To[Super](v)
				name := "NULL"
				if s.Class != nil {
					name = s.Class.Name
				}
				if s.ObjType != nil {
					return MakeStr("<super: <class '" + name + "'>, <" + s.ObjType.Name + " object>>")
				}
				return MakeStr("<super: <class '" + name + "'>, NULL>")
			},
		},
		GetSets: []GetSetDef{
			{Name: "__thisclass__", Member: true, Doc: "the class invoking super()", Get: func(t *Thread, v Value) Value { return typeOrNone(To[Super](v).Class) }},
			{Name: "__self__", Member: true, Doc: "the instance invoking super(); may be None", Get: func(t *Thread, v Value) Value { return valueOrNone(To[Super](v).Obj) }},
			{Name: "__self_class__", Member: true, Doc: "the type of the instance invoking super(); may be None", Get: func(t *Thread, v Value) Value { return typeOrNone(To[Super](v).ObjType) }},
		},
	})
}

func typeOrNone(s *Type) Value {
	if s == nil {
		return None
	}
	return Of(s)
}

func superInit(t *Thread, self Value, args []Value, names *Tuple) bool {
	if names != nil && names.Len() > 0 {
		t.TypeErrorf("super() takes no keyword arguments")
		return false
	}
	if len(args) > 2 {
		t.TypeErrorf("super() expected at most 2 arguments, got %d", len(args))
		return false
	}
	var cls *Type
	var obj Value
	if len(args) == 0 {
		var ok bool
		if cls, obj, ok = t.superFrame(); !ok {
			return false
		}
	} else {
		if args[0].Type().Flags&FlagType == 0 {
			t.TypeErrorf("super() argument 1 must be a type, not %s", args[0].Type().Name)
			return false
		}
		cls = To[Type](args[0])
		if len(args) == 2 && !args[1].IsNone() {
			obj = args[1]
		}
	}
	var ot *Type
	if obj.P != nil {
		if ot = t.superCheck(cls, obj); ot == nil {
			return false
		}
	}
	s := To[Super](self)
	s.Class, s.Obj, s.ObjType = cls, obj, ot
	return true
}

// superFrame finds class and object for super() in the running function: its cell __class__ and its first argument.
func (t *Thread) superFrame() (*Type, Value, bool) {
	f := t.CurrentFunc()
	if f == nil {
		t.RuntimeErrorf("super(): no current frame")
		return nil, Value{}, false
	}
	c := f.Code
	if c.Obj.ArgCount == 0 {
		t.RuntimeErrorf("super(): no arguments")
		return nil, Value{}, false
	}
	fp := *(*unsafe.Pointer)(unsafe.Pointer(&t.FP))
	local := func(i int) Value { return *(*Value)(unsafe.Add(fp, uintptr(i)*unsafe.Sizeof(Value{}))) }
	obj := local(0)
	if obj.P != nil && obj.Is(&CellType) && kindOf(c, 0)&kindCell != 0 {
		obj = To[Cell](obj).V
	}
	if obj.P == nil {
		t.RuntimeErrorf("super(): arg[0] deleted")
		return nil, Value{}, false
	}
	for i, n := range c.Localsplus {
		if kindOf(c, i)&kindFree == 0 || n.S != "__class__" {
			continue
		}
		cell := local(i)
		switch {
		case cell.P == nil || !cell.Is(&CellType):
			t.RuntimeErrorf("super(): bad __class__ cell")
			return nil, Value{}, false
		case To[Cell](cell).V.P == nil:
			t.RuntimeErrorf("super(): empty __class__ cell")
			return nil, Value{}, false
		}
		cls := To[Cell](cell).V
		if cls.Type().Flags&FlagType == 0 {
			t.RuntimeErrorf("super(): __class__ is not a type (%s)", cls.Type().Name)
			return nil, Value{}, false
		}
		return To[Type](cls), obj, true
	}
	t.RuntimeErrorf("super(): __class__ cell not found")
	return nil, Value{}, false
}

// superCheck returns the class whose resolution order super(cls, obj) searches, or nil with an exception set: obj is an
// instance of cls or a subclass of it.
func (t *Thread) superCheck(cls *Type, obj Value) *Type {
	if obj.Type().Flags&FlagType != 0 && To[Type](obj).IsSubtype(cls) {
		return To[Type](obj)
	}
	if obj.Type().IsSubtype(cls) {
		return obj.Type()
	}
	// Proxies say in __class__ what they stand for.
	c, ok := t.FindAttr(obj, nameClass)
	if !ok {
		return nil
	}
	if c.P != nil && c.Type().Flags&FlagType != 0 && c != Of(obj.Type()) && To[Type](c).IsSubtype(cls) {
		return To[Type](c)
	}
	kind, name := "instance of", obj.Type().Name
	if obj.Type().Flags&FlagType != 0 {
		kind, name = "type", To[Type](obj).Name
	}
	t.TypeErrorf("super(type, obj): obj (%s %s) is not an instance or subtype of type (%s).", kind, name, cls.Name)
	return nil
}

// superFind returns name as the classes behind cls in the resolution order of start have it, or no value.
func superFind(cls, start *Type, name *Str) Value {
	mro := start.MRO
	for i, m := range mro {
		if m != cls {
			continue
		}
		for _, m := range mro[i+1:] {
			if d := m.Dict().GetStr(name); d.P != nil {
				return d
			}
		}
		break
	}
	return Value{}
}

func superGetAttr(t *Thread, v Value, name *Str) Value {
	s := To[Super](v)
	if s.ObjType != nil && name != nameClass {
		if d := superFind(s.Class, s.ObjType, name); d.P != nil {
			return bindSuper(t, d, s.Obj, s.ObjType)
		}
	}
	return GenericGetAttr(t, v, name)
}

// bindSuper binds what super found: to the object, or to the class alone if that is the object.
func bindSuper(t *Thread, d, obj Value, start *Type) Value {
	get := d.Type().DescrGet
	if get == nil {
		return d
	}
	if obj == Of(start) {
		obj = Value{}
	}
	return get(t, d, obj, Of(start))
}

// SuperMethod is super(cls, self).name without making the super object. With method, it may return a function and the
// object to put in front of the arguments.
func (t *Thread) SuperMethod(cls *Type, self Value, name *Str, method bool) (f, bound Value, ok bool) {
	start := t.superCheck(cls, self)
	if start == nil {
		return Value{}, Value{}, false
	}
	if name != nameClass {
		if d := superFind(cls, start, name); d.P != nil {
			if method && self != Of(start) && d.Type().Flags&FlagMethodDescriptor != 0 {
				return d, self, true
			}
			f = bindSuper(t, d, self, start)
			return f, Value{}, f.P != nil
		}
	}
	s := &Super{Head: Head{&SuperType}, Class: cls, Obj: self, ObjType: start}
	f = GenericGetAttr(t, Of(s), name)
	return f, Value{}, f.P != nil
}

// kindOf returns the kind of a variable, as c.Obj.KindOf does for code that has its names: code of an image gets them in Obj only
// when somebody wants all of it.
func kindOf(c *Code, i int) byte {
	if kinds := c.Obj.LocalsPlusKinds; kinds != nil && i < len(kinds.S) {
		return kinds.S[i]
	}
	return 0
}

// kindCell and kindFree are bits of the kinds of variables in code objects.
const (
	kindCell = 0x40
	kindFree = 0x80
)
