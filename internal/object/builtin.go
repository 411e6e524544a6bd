package object

// Builtin is a builtin function, or a builtin method bound to Self.
type Builtin struct {
	Head
	Def    *MethodDef
	Self   Value // the module of a function; what a method is bound to
	Module Value // __module__
	// Bound says that Self is passed as first argument.
	Bound bool
}

// MethodDescr is a method of a builtin type as its dict holds it.
type MethodDescr struct {
	Head
	Def   *MethodDef
	Owner *Type
}

// ClassMethodDescr is a class method of a builtin type.
type ClassMethodDescr struct {
	Head
	Def   *MethodDef
	Owner *Type
}

// GetSetDescr is a computed attribute of a builtin type: getset_descriptor or member_descriptor.
type GetSetDescr struct {
	Head
	Def   *GetSetDef
	Owner *Type
}

// MemberDescr is the descriptor of a name in __slots__.
type MemberDescr struct {
	GetSetDescr // Def is nil for __slots__; fields of builtin types have one, and no slot
	Name        *Str
	Slot        int
}

// SlotWrapper is a special method of a builtin type, made from its slot.
type SlotWrapper struct {
	Head
	Def   *SlotDef
	Owner *Type
}

// MethodWrapper is a SlotWrapper bound to an object.
type MethodWrapper struct {
	Head
	Descr *SlotWrapper
	Self  Value
}

// NewBuiltin returns the builtin function of a module.
func NewBuiltin(d *MethodDef, self, module Value) Value {
	return Of(&Builtin{Head: Head{&BuiltinType}, Def: d, Self: self, Module: module})
}

func builtinCall(t *Thread, f Value, args []Value, names *Tuple) Value {
	b := To[Builtin](f)
	if !b.Bound {
		return b.Def.Call(t, args, names)
	}
	mark := t.Scratch
	a := t.Push(len(args) + 1)
	a[0] = b.Self
	copy(a[1:], args)
	v := b.Def.callBound(t, a, names)
	t.Pop(mark, a)
	return v
}

func methodDescrCall(t *Thread, f Value, args []Value, names *Tuple) Value {
	d := To[MethodDescr](f)
	if len(args) == 0 || names != nil && len(args) == names.Len() {
		return t.TypeErrorf("unbound method %s.%s() needs an argument", d.Owner.qualname(), d.Def.Name)
	}
	if !args[0].IsA(d.Owner) {
		return t.TypeErrorf("descriptor '%s' for '%s' objects doesn't apply to a '%s' object", d.Def.Name, d.Owner.Name, args[0].Type().Name)
	}
	return d.Def.Call(t, args, names)
}

func methodDescrGet(t *Thread, dv, obj, cls Value) Value {
	if obj.P == nil {
		return dv
	}
	d := To[MethodDescr](dv)
	if !obj.IsA(d.Owner) {
		return t.TypeErrorf("descriptor '%s' for '%s' objects doesn't apply to a '%s' object", d.Def.Name, d.Owner.Name, obj.Type().Name)
	}
	return d.Bind(obj)
}

// Bind returns the method of an instance of the type that has it.
func (d *MethodDescr) Bind(obj Value) Value {
	return Of(&Builtin{Head: Head{&BuiltinType}, Def: d.Def, Self: obj, Bound: true, Module: None})
}

// CallBound calls what Bind would return for args[0], which is an instance of the type that has the method, with the other arguments.
func (d *MethodDescr) CallBound(t *Thread, args []Value, names *Tuple) Value {
	if t.Depth++; t.Depth > maxGoDepth {
		t.Depth--
		return t.Raisef(&RecursionErrorType, "maximum recursion depth exceeded")
	}
	v := d.Def.callBound(t, args, names)
	t.Depth--
	return v
}

func classMethodDescrGet(t *Thread, dv, obj, cls Value) Value {
	d := To[ClassMethodDescr](dv)
	if cls.P == nil {
		if obj.P == nil {
			return t.TypeErrorf("descriptor '%s' for type '%s' needs either an object or a type", d.Def.Name, d.Owner.Name)
		}
		cls = Of(obj.Type())
	}
	if cls.Type().Flags&FlagType == 0 {
		return t.TypeErrorf("descriptor '%s' for type '%s' needs a type, not a '%s' as arg 2", d.Def.Name, d.Owner.Name, cls.Type().Name)
	}
	if !To[Type](cls).IsSubtype(d.Owner) {
		return t.TypeErrorf("descriptor '%s' requires a subtype of '%s' but received '%s'", d.Def.Name, d.Owner.Name, To[Type](cls).Name)
	}
	return Of(&Builtin{Head: Head{&BuiltinType}, Def: d.Def, Self: cls, Bound: true, Module: None})
}

func getSetDescrGet(t *Thread, dv, obj, cls Value) Value {
	if obj.P == nil {
		return dv
	}
	d := To[GetSetDescr](dv)
	if !obj.IsA(d.Owner) {
		return t.TypeErrorf("descriptor '%s' for '%s' objects doesn't apply to a '%s' object", d.Def.Name, d.Owner.Name, obj.Type().Name)
	}
	if d.Def.Get == nil {
		return t.Raisef(&AttributeErrorType, "attribute '%s' of '%s' objects is not readable", d.Def.Name, d.Owner.Name)
	}
	return d.Def.Get(t, obj)
}

func getSetDescrSet(t *Thread, dv, obj, x Value) bool {
	d := To[GetSetDescr](dv)
	if !obj.IsA(d.Owner) {
		t.TypeErrorf("descriptor '%s' for '%s' objects doesn't apply to a '%s' object", d.Def.Name, d.Owner.Name, obj.Type().Name)
		return false
	}
	if d.Def.Set == nil {
		if d.Def.Member {
			t.Raisef(&AttributeErrorType, "readonly attribute")
		} else {
			t.Raisef(&AttributeErrorType, "attribute '%s' of '%s' objects is not writable", d.Def.Name, d.Owner.Name)
		}
		return false
	}
	return d.Def.Set(t, obj, x)
}

func memberDescrGet(t *Thread, dv, obj, cls Value) Value {
	if To[MemberDescr](dv).Def != nil {
		return getSetDescrGet(t, dv, obj, cls)
	}
	if obj.P == nil {
		return dv
	}
	d := To[MemberDescr](dv)
	if !obj.IsA(d.Owner) {
		return t.TypeErrorf("descriptor '%s' for '%s' objects doesn't apply to a '%s' object", d.Name.S, d.Owner.Name, obj.Type().Name)
	}
	a := AttrsOf(obj)
	ty := obj.Type()
	if d.Slot < ty.Inline || a.More != nil && d.Slot-ty.Inline < len(a.More.Slots) {
		if v := *slotOf(a, ty.Inline, d.Slot); v.P != nil {
			return v
		}
	}
	return t.attributeError(obj, d.Name, "'", t.FullName(ty), "' object has no attribute '", d.Name.S, "'")
}

func memberDescrSet(t *Thread, dv, obj, x Value) bool {
	if To[MemberDescr](dv).Def != nil {
		return getSetDescrSet(t, dv, obj, x)
	}
	d := To[MemberDescr](dv)
	if !obj.IsA(d.Owner) {
		t.TypeErrorf("descriptor '%s' for '%s' objects doesn't apply to a '%s' object", d.Name.S, d.Owner.Name, obj.Type().Name)
		return false
	}
	a, ty := AttrsOf(obj), obj.Type()
	growSlots(a, ty.Inline, d.Slot)
	p := slotOf(a, ty.Inline, d.Slot)
	if x.P == nil && p.P == nil {
		t.attributeError(obj, d.Name, d.Name.S)
		return false
	}
	*p = x
	return true
}
