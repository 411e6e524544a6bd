package object

import "unsafe"

// What package vm needs of types and values beside their slots.

// Top returns the address of the first free slot of the slab.
func (t *Thread) Top() uintptr { return t.top() }

// GenericAttrs reports whether instances look attributes up in the ordinary way.
func (s *Type) GenericAttrs() bool { return s.genericAttrs }

// OwnBinary reports whether the operator is a method in Python of the class or a base, or its reflected one is; one of a class whose
// methods are in Go is not, even if they leave some operands to one in Python.
func (s *Type) OwnBinary(op BinaryOp) bool {
	return s.slotOwner[op] == genericOwner && s.quickOps>>op&1 == 0
}

// GenericSet reports whether instances set attributes in the ordinary way.
func (s *Type) GenericSet() bool { return s.genericSet }

// PlainType reports whether classes that are instances of s look attributes up as type does.
func (s *Type) PlainType() bool { return s.plainType }

// AsMember returns the descriptor of a name in __slots__; member_descriptor is also the type of descriptors
// of builtin types' fields, which are no such thing.
func AsMember(d Value) (*MemberDescr, bool) {
	if !d.Is(&MemberDescrType) || To[MemberDescr](d).Def != nil {
		return nil, false
	}
	return To[MemberDescr](d), true
}

// Metaclass returns the most derived metaclass of meta and those of the bases, or nil with TypeError set.
func (t *Thread) Metaclass(meta *Type, bases *Tuple) *Type { return t.metaclass(meta, bases) }

// HookOnly reports whether a class that does not look attributes up in the ordinary way differs only by __getattr__, which is asked for
// those that are missing.
func (t *Thread) HookOnly(s *Type) bool {
	f := s.Lookup(t, nameGetAttrib)
	return f.P != nil && f == ObjectType.Dict().GetStr(nameGetAttrib)
}

// Repring reports whether the repr of something that contains others is being made.
func (t *Thread) Repring() bool { return len(t.repring) > 0 }

// InlineSlots returns the slots that an instance of a class without a builtin base has in its own allocation: MemberDescr.Slot counts them.
func InlineSlots(v Value) []Value {
	return unsafe.Slice((*Value)(unsafe.Add(v.P, unsafe.Sizeof(Instance{}))), v.Type().Inline)
}
