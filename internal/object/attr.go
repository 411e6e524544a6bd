package object

// GetAttr returns v.name; name is interned.
func (t *Thread) GetAttr(v Value, name *Str) Value {
	x := v.Type().GetAttr(t, v, name)
	if x.P == nil {
		t.noteAttribute(v, name)
	}
	return x
}

// noteAttribute tells an AttributeError that has been raised, from which suggestions are made, whose attribute was wanted.
func (t *Thread) noteAttribute(v Value, name *Str) {
	e := t.Exc
	if e == nil || !e.Type.IsSubtype(&AttributeErrorType) || e.field(AttributeErrorName).P != nil || e.field(AttributeErrorObj).P != nil {
		return
	}
	e.SetField(AttributeErrorName, Of(name))
	e.SetField(AttributeErrorObj, v)
}

// GetAttrName is GetAttr for a name given as text.
func (t *Thread) GetAttrName(v Value, name string) Value {
	return t.GetAttr(v, t.Interp.Intern(name))
}

// SetAttr sets v.name to x; x may be no value, which deletes the attribute.
func (t *Thread) SetAttr(v Value, name *Str, x Value) bool {
	set := v.Type().SetAttr
	if set == nil {
		t.TypeErrorf("'%s' object has no attributes (%s .%s)", v.Type().Name, map[bool]string{true: "del", false: "assign to"}[x.P == nil], name.S)
		return false
	}
	return set(t, v, name, x)
}

// FindAttr is GetAttr for attributes that may be missing: then it returns no value and clears AttributeError.
// ok is false when something else went wrong.
func (t *Thread) FindAttr(v Value, name *Str) (x Value, ok bool) {
	if find := v.Type().quietAttr; find != nil {
		x, ok = find(t, v, name)
	} else {
		x = t.GetAttr(v, name)
		ok = x.P != nil
	}
	if !ok {
		ok = t.Catch(&AttributeErrorType) != nil
	}
	return x, ok
}

// GenericGetAttr is object.__getattribute__.
func GenericGetAttr(t *Thread, v Value, name *Str) Value {
	x, _ := t.genericGet(v, name, false)
	return x
}

// genericGet looks an attribute up: data descriptors of the type, the object's own
// dict, other attributes of the type. With quiet, a missing attribute is no error.
func (t *Thread) genericGet(v Value, name *Str, quiet bool) (Value, bool) {
	cls := v.Type()
	d := cls.Lookup(t, name)
	if d.P != nil {
		dt := d.Type()
		if dt.DescrSet != nil && dt.DescrGet != nil {
			x := dt.DescrGet(t, d, v, Of(cls))
			if x.P == nil && quiet && t.Catch(&AttributeErrorType) != nil {
				return Value{}, true
			}
			return x, x.P != nil
		}
	}
	if cls.HasDict {
		if x := t.OwnAttr(v, name); x.P != nil {
			return x, true
		}
	}
	if d.P != nil {
		if get := d.Type().DescrGet; get != nil {
			x := get(t, d, v, Of(cls))
			if x.P == nil && quiet && t.Catch(&AttributeErrorType) != nil {
				return Value{}, true
			}
			return x, x.P != nil
		}
		return d, true
	}
	if quiet {
		return Value{}, true
	}
	return t.NoAttribute(v, name), false
}

// NoAttribute raises AttributeError for v.name.
func (t *Thread) NoAttribute(v Value, name *Str) Value {
	if v.Type().Flags&FlagType != 0 {
		return t.attributeError(v, name, "type object '", To[Type](v).Name, "' has no attribute '", name.S, "'")
	}
	return t.attributeError(v, name, "'", v.Type().Name, "' object has no attribute '", name.S, "'")
}

// attributeError raises AttributeError with its name and obj, from which suggestions are made. The parts make the message.
func (t *Thread) attributeError(v Value, name *Str, parts ...string) Value {
	return t.raise(newExcFields(&AttributeErrorType, t.message(parts...), Of(name), v))
}

// GenericSetAttr is object.__setattr__ and object.__delattr__.
func GenericSetAttr(t *Thread, v Value, name *Str, x Value) bool {
	cls := v.Type()
	d := cls.Lookup(t, name)
	if d.P != nil {
		if set := d.Type().DescrSet; set != nil {
			return set(t, d, v, x)
		}
	}
	if !cls.HasDict {
		if d.P == nil {
			more := ""
			if cls.genericSet {
				more = " and no __dict__ for setting new attributes"
			}
			t.attributeError(v, name, "'", cls.Name, "' object has no attribute '", name.S, "'", more)
		} else {
			t.attributeError(v, name, "'", cls.Name, "' object attribute '", name.S, "' is read-only")
		}
		return false
	}
	if x.P == nil {
		if !DelInstanceAttr(v, name) {
			t.NoAttribute(v, name)
			return false
		}
		return true
	}
	SetInstanceAttr(v, name, x)
	return true
}

// LoadMethod returns what v.name is called with: a function and the object to put in front of the
// arguments, or a bound value and no value.
func (t *Thread) LoadMethod(v Value, name *Str) (f, self Value) {
	cls := v.Type()
	if !cls.genericAttrs {
		if cls.Flags&FlagType != 0 && cls.plainType {
			if f, self = t.classMethod(v, name); f.P != nil {
				return f, self
			}
		}
		return t.GetAttr(v, name), Value{}
	}
	d := cls.Lookup(t, name)
	if d.P != nil {
		dt := d.Type()
		if dt.Flags&FlagMethodDescriptor != 0 || dt == &ClassMethodType || dt == &StaticMethodType {
			if cls.HasDict {
				if x := InstanceAttr(v, name); x.P != nil {
					return x, Value{}
				}
			}
			switch {
			case dt == &ClassMethodType:
				return To[ClassMethod](d).Func, Of(cls)
			case dt == &StaticMethodType:
				return To[StaticMethod](d).Func, Value{}
			}
			return d, v
		}
	}
	x := GenericGetAttr(t, v, name)
	if x.P == nil {
		t.noteAttribute(v, name)
	}
	return x, Value{}
}

// classMethod is LoadMethod for a class method or static method of a class. No value: the attribute is something else.
func (t *Thread) classMethod(v Value, name *Str) (f, self Value) {
	cls := To[Type](v)
	d := cls.Lookup(t, name)
	if d.P == nil {
		return Value{}, Value{}
	}
	dt := d.Type()
	if dt != &ClassMethodType && dt != &StaticMethodType {
		return Value{}, Value{}
	}
	if md := cls.Head.Type.Lookup(t, name); md.P != nil && md.Type().DescrSet != nil {
		return Value{}, Value{} // a data descriptor of the metaclass goes first
	}
	if dt == &ClassMethodType {
		return To[ClassMethod](d).Func, v
	}
	return To[StaticMethod](d).Func, Value{}
}
