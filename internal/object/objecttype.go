package object

import "unsafe"

func setupObject() {
	Define(&ObjectType, TypeSpec{
		Name: "object", Sig: "()", Flags: FlagBase,
		Doc: "The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\ninstance that has no instance attributes and cannot be given any.\n",
		Slots: Slots{
			Alloc:   objectAlloc,
			Repr:    objectRepr,
			Str:     func(t *Thread, v Value) Value { return strOrNil(t.Repr(v)) },
			Hash:    objectHash,
			GetAttr: GenericGetAttr, SetAttr: GenericSetAttr,
			Compare: objectCompare,
			New:     objectNew, Init: objectInit,
		},
		Methods: objectMethods(),
		GetSets: []GetSetDef{classDef},
	})
	classDescr = ObjectType.Dict().GetStr(nameClass)
	objectGetAttr = ObjectType.Dict().GetStr(nameGetAttrib)
	objectNe = ObjectType.Dict().GetStr(StaticName("__ne__"))
}

func objectAlloc(t *Thread, cls *Type) Value {
	v := NewInstance(cls)
	if cls.Del != nil {
		t.finalize(v)
	}
	return v
}

func strOrNil(s *Str) Value {
	if s == nil {
		return Value{}
	}
	return Of(s)
}

// objectHash is object's Hash.
func objectHash(t *Thread, v Value) (int64, bool) { return pointerHash(v), true }

// objectHashSlot is what slots hold that hold objectHash: Go compares functions with nil only, but those that are declared are one each.
var objectHashSlot = slotWord(objectHash)

func slotWord(f func(*Thread, Value) (int64, bool)) uintptr { return *(*uintptr)(unsafe.Pointer(&f)) }

// hasPlainHash reports whether hash() of an instance of cls is pointerHash: so it is with classes, functions, and instances of most classes of programs.
func hasPlainHash(cls *Type) bool {
	return *(*uintptr)(unsafe.Pointer(&cls.Hash)) == objectHashSlot
}

// pointerHash is the hash of an object that is equal to itself only.
func pointerHash(v Value) int64 {
	p := uint64(uintptr(v.P))
	p = p>>4 | p<<60
	// Objects of one size lie at distances that are often multiples of large powers of two, classes above all: forty of them had seven
	// different hashes in a table of 128 places.
	h := int64(p + p>>5 + p>>9)
	if h == -1 {
		return -2
	}
	return h
}

func objectRepr(t *Thread, v Value) Value {
	return MakeStr(sprintf("<%s object at %#x>", t.QualName(v.Type()), uintptr(v.P)))
}

func objectCompare(t *Thread, a, b Value, op CompareOp) Value {
	switch op {
	case CmpEq:
		if a == b {
			return True
		}
	case CmpNe:
		// By default != is the inverse of ==, as the left operand's type sees it.
		eq := a.Type().Compare
		if eq == nil {
			return NotImplemented
		}
		r := eq(t, a, b, CmpEq)
		if r.P == nil || r == NotImplemented {
			return r
		}
		x, ok := t.IsTrue(r)
		if !ok {
			return Value{}
		}
		return MakeBool(!x)
	}
	return NotImplemented
}

func excessArgs(args []Value, names *Tuple) bool {
	return len(args) > 0 || names != nil && names.Len() > 0
}

func objectNew(t *Thread, cls *Type, args []Value, names *Tuple) Value {
	if excessArgs(args, names) {
		if cls.ownNew || cls.Lookup(t, nameNew) != ObjectType.Dict().GetStr(nameNew) {
			return t.TypeErrorf("object.__new__() takes exactly one argument (the type to instantiate)")
		}
		if cls.Lookup(t, nameInit) == ObjectType.Dict().GetStr(nameInit) {
			return t.TypeErrorf("%s() takes no arguments", cls.Name)
		}
	}
	if cls.Flags&FlagAbstract != 0 {
		return t.abstractError(cls)
	}
	return cls.Alloc(t, cls)
}

func objectInit(t *Thread, self Value, args []Value, names *Tuple) bool {
	if excessArgs(args, names) {
		cls := self.Type()
		if cls.Flags&FlagHeap == 0 && cls != &ObjectType && cls.Dict().GetStr(nameInit).P == nil {
			return true // its constructor has looked at the arguments
		}
		if cls.Lookup(t, nameInit) != ObjectType.Dict().GetStr(nameInit) {
			t.TypeErrorf("object.__init__() takes exactly one argument (the instance to initialize)")
			return false
		}
		if !cls.ownNew && cls.Lookup(t, nameNew) == ObjectType.Dict().GetStr(nameNew) {
			t.TypeErrorf("%s.__init__() takes exactly one argument (the instance to initialize)", cls.Name)
			return false
		}
	}
	return true
}

// ID is id(v): the address of an object; a number made of the payload for unboxed values.
func ID(v Value) uint64 {
	return uint64(uintptr(v.P)) ^ v.B<<4
}

var (
	instanceDictDef = GetSetDef{Name: "__dict__", Doc: "dictionary for instance variables",
		Get: func(t *Thread, v Value) Value {
			d := InstanceDict(v)
			if d == nil {
				if v.Type().Flags&FlagType != 0 {
					return NewMappingProxy(Of(To[Type](v).Dict()))
				}
				return t.Raisef(&AttributeErrorType, "This object has no __dict__")
			}
			return Of(d)
		},
		Set: func(t *Thread, v, x Value) bool {
			if !v.Type().HasDict {
				if v.Type().Flags&FlagType != 0 {
					t.Raisef(&AttributeErrorType, "attribute '__dict__' of 'type' objects is not writable")
					return false
				}
				t.Raisef(&AttributeErrorType, "This object has no __dict__")
				return false
			}
			if b := solidBuiltin(v.Type()); b.HasDict {
				if own := b.Dict().GetStr(nameDict); own.P != nil && own.Is(&MemberDescrType) {
					t.Raisef(&AttributeErrorType, "readonly attribute") // as the builtin type has it
					return false
				}
			}
			if x.P == nil {
				SetInstanceDict(v, NewDict())
				return true
			}
			if x.Type().Flags&FlagDict == 0 {
				t.TypeErrorf("__dict__ must be set to a dictionary, not a '%s'", x.Type().Name)
				return false
			}
			SetInstanceDict(v, To[Dict](x))
			return true
		}}
	// builtinDictDef is for instances of builtin types, whose dict cannot be deleted.
	builtinDictDef = GetSetDef{Name: "__dict__", Get: instanceDictDef.Get, Set: func(t *Thread, v, x Value) bool {
		if x.P == nil {
			t.TypeErrorf("cannot delete __dict__")
			return false
		}
		return instanceDictDef.Set(t, v, x)
	}}
	instanceWeakDef = GetSetDef{Name: "__weakref__", Doc: "list of weak references to the object",
		Get: func(t *Thread, v Value) Value {
			if refs := t.Weakrefs(v); len(refs) > 0 {
				return refs[0]
			}
			return None
		}}
)
