package object

// Attributes of classes: lookup through the class's own line and its metaclass, and assignment, which changes slots
// and versions of the class and all that derive from it.

// typeGetAttr is type.__getattribute__.
func typeGetAttr(t *Thread, v Value, name *Str) Value {
	x, _ := t.typeGet(v, name, false)
	return x
}

// typeGet looks up an attribute of a class. With quiet, a missing attribute is no error.
func (t *Thread) typeGet(v Value, name *Str, quiet bool) (Value, bool) {
	cls := To[Type](v)
	meta := cls.Head.Type
	md := meta.Lookup(t, name)
	if md.P != nil {
		if mt := md.Type(); mt.DescrSet != nil && mt.DescrGet != nil {
			return t.quietly(mt.DescrGet(t, md, v, Of(meta)), quiet)
		}
	}
	if x := cls.Lookup(t, name); x.P != nil {
		if get := x.Type().DescrGet; get != nil {
			return t.quietly(get(t, x, Value{}, v), quiet)
		}
		return x, true
	}
	if md.P != nil {
		if get := md.Type().DescrGet; get != nil {
			return t.quietly(get(t, md, v, Of(meta)), quiet)
		}
		return md, true
	}
	if quiet {
		return Value{}, true
	}
	return t.NoAttribute(v, name), false
}

// quietly passes on what a descriptor gave; with quiet, AttributeError counts as no value.
func (t *Thread) quietly(x Value, quiet bool) (Value, bool) {
	if x.P == nil && quiet && t.Catch(&AttributeErrorType) != nil {
		return Value{}, true
	}
	return x, x.P != nil
}

// typeSetAttr is type.__setattr__ and type.__delattr__.
func typeSetAttr(t *Thread, v Value, name *Str, x Value) bool {
	cls := To[Type](v)
	if cls.immutable() {
		t.TypeErrorf("cannot set '%s' attribute of immutable type '%s'", name.S, cls.Name)
		return false
	}
	if d := cls.Head.Type.Lookup(t, name); d.P != nil {
		if set := d.Type().DescrSet; set != nil {
			return set(t, d, v, x)
		}
	}
	if x.P == nil {
		if !cls.Dict.DelStr(name) {
			t.NoAttribute(v, name)
			return false
		}
	} else {
		cls.Dict.SetStr(name, x)
	}
	t.Modified(cls, name)
	return true
}

func (s *Type) immutable() bool { return s.Flags&FlagHeap == 0 || s.Flags&FlagImmutable != 0 }

// Modified must be called after a change of name in a class's dict: it gives new versions to the class and its
// subclasses and sets the slots that depend on the name.
func (t *Thread) Modified(cls *Type, name *Str) {
	t.NewVersion(cls)
	if isDunder(name.S) && (slotByName[name.S] != nil || name == nameNew) {
		t.updateSlotTree(cls, name)
	}
}

// updateSlotTree sets the slots that depend on name, in cls and in all subclasses that do not define it themselves.
func (t *Thread) updateSlotTree(cls *Type, name *Str) {
	cls.updateSlot(t, name)
	for _, s := range t.Interp.Subclasses(cls) {
		if s.Dict.GetStr(name).P == nil {
			t.updateSlotTree(s, name)
		} else {
			// Names that share a slot with others may matter still.
			s.updateSlot(t, name)
		}
	}
}

// ClearDescriptors removes __dict__ and __weakref__ from the dict of a class, so that a class made of this dict gets its own.
func (t *Thread) ClearDescriptors(cls *Type) bool {
	if cls.immutable() {
		t.TypeErrorf("argument is immutable")
		return false
	}
	for _, n := range []*Str{nameDict, nameWeakref} {
		if d := cls.Dict.GetStr(n); d.P != nil && d.Is(&GetSetDescrType) {
			cls.Dict.DelStr(n)
		}
	}
	t.NewVersion(cls)
	return true
}
