package object

import "slices"

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
		if !cls.Dict().DelStr(name) {
			t.NoAttribute(v, name)
			return false
		}
	} else if !cls.setVariable(name, x) {
		cls.Dict().SetStr(name, x)
	} else {
		return true
	}
	t.Modified(cls, name)
	return true
}

// maxVariables bounds the variables of a class, which are searched one by one.
const maxVariables = 16

// setVariable gives an own attribute another value and reports whether it did so: both values are no descriptors, no slot depends on the
// name, and the name is known to be a variable. When all but the last is so, it becomes one.
func (s *Type) setVariable(name *Str, x Value) bool {
	i := s.Dict().FindStr(name)
	if i < 0 || isDunder(name.S) || !isPlain(x) || !isPlain(s.Dict().Entries[i].Value) {
		return false
	}
	if slices.Contains(s.variables, name) {
		s.Dict().Entries[i].Value = x
		return true
	}
	if len(s.variables) < maxVariables {
		s.variables = append(s.variables, name)
	}
	return false
}

// isPlain reports whether a value found in a class is what the attribute is.
func isPlain(v Value) bool { return v.Type().DescrGet == nil && v.Type().DescrSet == nil }

// Variable returns the class whose dict has what s.Lookup finds under a name if that is a variable of the class: one that has been given
// other values, as a counter is. Each new value of anything else is a new version of the class and its subclasses,
// which all inline caches miss; of a variable no cache keeps the value. Nil: there is none, or it is no variable.
func (s *Type) Variable(name *Str) *Type {
	for _, m := range s.MRO {
		if m.variables != nil && slices.Contains(m.variables, name) {
			for _, o := range s.MRO {
				if o.Dict().FindStr(name) < 0 {
					continue
				}
				if o == m {
					return m
				}
				return nil
			}
		}
	}
	return nil
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
		if s.Dict().GetStr(name).P == nil {
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
		if d := cls.Dict().GetStr(n); d.P != nil && d.Is(&GetSetDescrType) {
			cls.Dict().DelStr(n)
		}
	}
	t.NewVersion(cls)
	return true
}
