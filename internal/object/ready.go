package object

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"unsafe"
)

// TypeSpec describes a builtin type for Define.
type TypeSpec struct {
	Name   string // __name__
	Module string // __module__; "" is builtins
	Doc    string
	// Sig is the __text_signature__ of the type, "(x=0, /)", or "".
	Sig   string
	Base  *Type // nil: object
	Flags TypeFlags
	Slots
	Methods []MethodDef
	GetSets []GetSetDef
	// AttrOffset is where instances of the type itself have Attrs (functions, exceptions); such types have a dict.
	AttrOffset uintptr
	// SubOffset is where instances of Python subclasses have Attrs; Alloc must make such instances for them.
	SubOffset uintptr
	HasWeak   bool
	// Make initialises Type.Make, Private initialises Type.Private.
	Make    NewFunc
	Private any
	// Meta is the type's type; nil: type.
	Meta *Type
}

// defining guards what types share: interpreters may import modules at the same time, whose types are defined then.
var defining sync.Mutex

// lastStatic numbers versions of builtin types.
var lastStatic uint64

func sprintf(format string, args ...any) string {
	if len(args) == 0 {
		return format
	}
	return fmt.Sprintf(format, args...)
}

// Define completes a builtin type. It is called once a type, for the base first: while packages are initialised, or in the Setup of the
// module that has the type.
func Define(s *Type, spec TypeSpec) *Type {
	s.Head.Type = &TypeType
	if spec.Meta != nil {
		s.Head.Type = spec.Meta
	}
	s.Name, s.Module, s.Doc, s.Flags = spec.Name, spec.Module, spec.Doc, s.Flags|spec.Flags|FlagReady
	if s.Module == "" {
		s.Module = "builtins"
	}
	if s.Module != "builtins" {
		s.Name = s.Module + "." + s.Name
	}
	s.fact = factOf(s)
	s.Slots, s.Make, s.Private, s.HasWeak = spec.Slots, spec.Make, spec.Private, spec.HasWeak
	s.Base = spec.Base
	if s.Base == nil && s != &ObjectType {
		s.Base = &ObjectType
	}
	s.Bases = EmptyTuple
	if s.Base == nil {
		s.MRO = []*Type{s}
	} else {
		s.MRO = make([]*Type, 1+len(s.Base.MRO))
		s.MRO[0] = s
		copy(s.MRO[1:], s.Base.MRO)
		s.Bases = NewTuple(Of(s.Base))
		s.Flags |= s.Base.Flags & inheritedFlags
		s.HasWeak = s.HasWeak || s.Base.HasWeak
		s.AttrOffset, s.HasDict = s.Base.AttrOffset, s.Base.HasDict
		s.ownLayout = spec.Alloc != nil || spec.SubOffset != 0 || spec.AttrOffset != 0
	}
	s.subOffset, s.sig = spec.SubOffset, spec.Sig
	if spec.AttrOffset != 0 {
		s.AttrOffset, s.HasDict = spec.AttrOffset, true
	}
	if s.HasDict {
		s.Root = builtinRoot
	}
	ownHash := s.Hash != nil
	ownCompare := s.Compare != nil
	var own [maxSlotDefs]*SlotDef
	n := 0
	plain := hasNoSlots(&s.Slots)
	if !plain {
		for i := range slotDefs {
			if d := &slotDefs[i]; d.has(s) {
				own[n] = d
				n++
			}
		}
	}
	s.Dict = NewDictSize(n + len(spec.Methods) + len(spec.GetSets) + 3)
	if s.New != nil {
		s.Dict.SetStr(nameNew, Of(newWrapper(s)))
	}
	wrappers := make([]SlotWrapper, n)
	for i, d := range own[:n] {
		if s.Dict.GetStr(d.name).P == nil {
			wrappers[i] = SlotWrapper{Head{&SlotWrapperType}, d, s}
			s.Dict.SetStr(d.name, Of(&wrappers[i]))
		}
	}
	for op := range s.Binary {
		if s.Binary[op] != nil {
			s.slotOwner[op] = s
		}
	}
	if ownCompare && !ownHash {
		s.Dict.SetStr(nameHash, None)
	}
	switch {
	case s.Base == nil:
	case plain:
		s.Slots = s.Base.Slots
		s.New = nil
	default:
		for _, g := range slotGroups {
			if len(g) == 0 || g[0].has(s) || g[0].Name == "__hash__" && ownCompare {
				continue
			}
			g[0].copy(s, s.Base)
		}
		if s.Alloc == nil {
			s.Alloc = s.Base.Alloc
		}
		if s.Buffer == nil {
			s.Buffer = s.Base.Buffer
		}
	}
	if s.Base != nil && s.New == nil && s.Flags&FlagNoNew == 0 && s.Base != &ObjectType {
		s.New = s.Base.New
	}
	s.genericAttrs = sameFunc(s.GetAttr, GenericGetAttr)
	s.plainType = sameFunc(s.GetAttr, typeGetAttr)
	s.genericSet = sameFunc(s.SetAttr, GenericSetAttr)
	if s.genericAttrs {
		s.quietAttr = func(t *Thread, v Value, name *Str) (Value, bool) { return t.genericGet(v, name, true) }
	}
	s.AddMethods(spec.Methods)
	s.AddGetSets(spec.GetSets)
	if spec.AttrOffset != 0 && s.Dict.GetStr(nameDict).P == nil {
		s.Dict.SetStr(nameDict, Of(&GetSetDescr{Head{&GetSetDescrType}, &builtinDictDef, s}))
	}
	if s.fact != nil && s.fact.flags&heapType != 0 {
		s.Dict.SetStr(nameModule, MakeStr(s.Module))
	}
	switch {
	case s.Dict.GetStr(nameDoc).P != nil: // of instances
	case s.Doc != "":
		s.Dict.SetStr(nameDoc, MakeStr(strings.TrimSpace(s.Doc)))
	default:
		s.Dict.SetStr(nameDoc, None)
	}
	number(s)
	return s
}

// number gives a builtin type its version, and makes it known to its base.
func number(s *Type) {
	defining.Lock()
	defer defining.Unlock()
	lastStatic++
	s.Version = lastStatic
	if s.Base != nil {
		s.Base.derived = append(s.Base.derived, s)
	}
}

// derivedTypes returns the builtin types that have s as their base.
func derivedTypes(s *Type) []*Type {
	defining.Lock()
	defer defining.Unlock()
	return slices.Clone(s.derived)
}

// maxSlotDefs is more than there are slot definitions.
const maxSlotDefs = 128

// hasNoSlots reports whether all slots are nil.
func hasNoSlots(s *Slots) bool {
	for _, w := range unsafe.Slice((*uintptr)(unsafe.Pointer(s)), unsafe.Sizeof(*s)/unsafe.Sizeof(uintptr(0))) {
		if w != 0 {
			return false
		}
	}
	return true
}

// sameFunc reports whether two functions declared at the top level are the same one.
func sameFunc(f, g any) bool { return reflect.ValueOf(f).Pointer() == reflect.ValueOf(g).Pointer() }

// AddMethods adds builtin methods to the type's dict; only where the type is defined.
func (s *Type) AddMethods(defs []MethodDef) {
	owner := s.ShortName()
	descrs := make([]MethodDescr, 0, len(defs))
	for i := range defs {
		d := &defs[i]
		d.owner = owner
		n := StaticName(d.Name)
		switch {
		case d.Static:
			s.Dict.SetStr(n, Of(&StaticMethod{Head: Head{&StaticMethodType}, Attrs: Attrs{Shape: builtinRoot}, Func: Of(&Builtin{Head: Head{&BuiltinType}, Def: d, Self: Of(s), Module: None})}))
		case d.Class || strings.HasPrefix(d.Sig, "($type"):
			s.Dict.SetStr(n, Of(&ClassMethodDescr{Head{&ClassMethodDescrType}, d, s}))
		default:
			descrs = append(descrs, MethodDescr{Head{&MethodDescrType}, d, s})
			s.Dict.SetStr(n, Of(&descrs[len(descrs)-1]))
		}
	}
}

// AddGetSets adds computed attributes to the type's dict; only where the type is defined.
func (s *Type) AddGetSets(defs []GetSetDef) {
	descrs := make([]GetSetDescr, 0, len(defs))
	for i := range defs {
		d := &defs[i]
		n := StaticName(d.Name)
		if d.Member {
			s.Dict.SetStr(n, Of(&MemberDescr{GetSetDescr{Head{&MemberDescrType}, d, s}, n, -1}))
			continue
		}
		descrs = append(descrs, GetSetDescr{Head{&GetSetDescrType}, d, s})
		s.Dict.SetStr(n, Of(&descrs[len(descrs)-1]))
	}
}

// newWrapper returns the __new__ of a builtin type.
func newWrapper(s *Type) *Builtin {
	w := &struct {
		Builtin
		def MethodDef
	}{Builtin{Head: Head{&BuiltinType}, Self: Of(s), Module: None}, MethodDef{Name: "__new__", Sig: "($type, *args, **kwargs)",
		Doc: "Create and return a new object.  See help(type) for accurate signature.", owner: s.ShortName()}}
	w.Def = &w.def
	w.def.Raw = func(t *Thread, args []Value, names *Tuple) Value {
		if len(args) == 0 || names != nil && len(args) == names.Len() {
			return t.TypeErrorf("%s.__new__(): not enough arguments", s.Name)
		}
		if args[0].Type().Flags&FlagType == 0 {
			return t.TypeErrorf("%s.__new__(X): X is not a type object (%s)", s.Name, args[0].Type().Name)
		}
		cls := To[Type](args[0])
		if !cls.IsSubtype(s) {
			return t.TypeErrorf("%s.__new__(%s): %s is not a subtype of %s", s.Name, cls.Name, cls.Name, s.Name)
		}
		// The most derived builtin base must make the object, or its fields would be missing.
		b := solidBuiltin(cls)
		if b.New == nil {
			return t.TypeErrorf("cannot create '%s' instances", b.Name)
		}
		if b != s && !sameNew(b, s) {
			return t.TypeErrorf("%s.__new__(%s) is not safe, use %s.__new__()", s.Name, cls.Name, b.Name)
		}
		return s.New(t, cls, args[1:], names)
	}
	return &w.Builtin
}

// solidBuiltin returns the nearest builtin type that cls derives from by its layout.
func solidBuiltin(cls *Type) *Type {
	for cls.Flags&FlagHeap != 0 {
		cls = cls.Base
	}
	return cls
}

// sameNew reports whether b has inherited its New from s.
func sameNew(b, s *Type) bool {
	for ; b != nil; b = b.Base {
		if b == s {
			return true
		}
		if b.Dict.GetStr(nameNew).P != nil {
			return false
		}
	}
	return false
}

func init() {
	setupChars()
	setupSlotDefs()
	setupTypes()
}
