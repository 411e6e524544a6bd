package object

import (
	"fmt"
	"math/bits"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
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

// Define completes a builtin type. It is called once a type, for the base first: by what OnFirst was given, or in the Setup of the
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
	plain := hasNoSlots(&s.Slots)
	s.own = ownAttrs{methods: spec.Methods, getSets: spec.GetSets, new: s.New != nil, noHash: ownCompare && !ownHash}
	if spec.AttrOffset != 0 {
		s.own.dict = &builtinDictDef
	}
	if !plain {
		for i := range slotDefs {
			if slotDefs[i].has(s) {
				s.own.slots[i/64] |= 1 << (i % 64)
			}
		}
	}
	for op := range s.Binary {
		if s.Binary[op] != nil {
			s.slotOwner[op] = s
		}
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
	number(s)
	return s
}

// ownAttrs are what a builtin type has to have in its dict.
type ownAttrs struct {
	methods []MethodDef
	getSets []GetSetDef
	slots   [maxSlotDefs / 64]uint64 // a bit for each of slotDefs that is the type's own
	new     bool                     // __new__
	noHash  bool                     // instances cannot be hashed, because they can be compared
	dict    *GetSetDef               // __dict__, or nil
}

// Dict returns the type's own attributes. Those of a builtin type are made when they are asked for: programs look into few of them, and a start
// into no more than it needs to. Until then nobody can have changed them.
func (s *Type) Dict() *Dict {
	if d := (*Dict)(atomic.LoadPointer((*unsafe.Pointer)(unsafe.Pointer(&s.dict)))); d != nil {
		return d
	}
	return s.fill()
}

// filling guards the dicts of builtin types while they are made: interpreters share them.
var filling sync.Mutex

// fill makes the dict of a builtin type. It returns nil for one that has not been defined.
func (s *Type) fill() *Dict {
	filling.Lock()
	defer filling.Unlock()
	if s.dict != nil || s.Flags&FlagReady == 0 {
		return s.dict
	}
	n := 0
	for _, w := range s.own.slots {
		n += bits.OnesCount64(w)
	}
	d := NewDictSize(n + len(s.own.methods) + len(s.own.getSets) + 3)
	if s.own.new {
		d.SetStr(nameNew, Of(newWrapper(s)))
	}
	wrappers := make([]SlotWrapper, 0, n)
	for i := range slotDefs {
		if s.own.slots[i/64]&(1<<(i%64)) == 0 {
			continue
		}
		if f := &slotDefs[i]; d.GetStr(f.name).P == nil {
			wrappers = append(wrappers, SlotWrapper{Head{&SlotWrapperType}, f, s})
			d.SetStr(f.name, Of(&wrappers[len(wrappers)-1]))
		}
	}
	if s.own.noHash {
		d.SetStr(nameHash, None)
	}
	s.addMethods(d, s.own.methods)
	s.addGetSets(d, s.own.getSets)
	if s.own.dict != nil && d.GetStr(nameDict).P == nil {
		d.SetStr(nameDict, Of(&GetSetDescr{Head{&GetSetDescrType}, s.own.dict, s}))
	}
	if s.fact != nil && s.fact.flags&heapType != 0 {
		d.SetStr(nameModule, sharedText(s.Module))
	}
	switch {
	case d.GetStr(nameDoc).P != nil: // of instances
	case s.Doc != "":
		d.SetStr(nameDoc, sharedText(strings.TrimSpace(s.Doc)))
	default:
		d.SetStr(nameDoc, None)
	}
	s.own = ownAttrs{}
	atomic.StorePointer((*unsafe.Pointer)(unsafe.Pointer(&s.dict)), unsafe.Pointer(d))
	return d
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
func (s *Type) AddMethods(defs []MethodDef) { s.addMethods(s.Dict(), defs) }

func (s *Type) addMethods(dict *Dict, defs []MethodDef) {
	owner := s.ShortName()
	descrs := make([]MethodDescr, 0, len(defs))
	for i := range defs {
		d := &defs[i]
		d.owner = owner
		n := StaticName(d.Name)
		switch {
		case d.Static:
			dict.SetStr(n, Of(&StaticMethod{Head: Head{&StaticMethodType}, Attrs: Attrs{Shape: builtinRoot}, Func: Of(&Builtin{Head: Head{&BuiltinType}, Def: d, Self: Of(s), Module: None})}))
		case d.Class || strings.HasPrefix(d.Sig, "($type"):
			dict.SetStr(n, Of(&ClassMethodDescr{Head{&ClassMethodDescrType}, d, s}))
		default:
			descrs = append(descrs, MethodDescr{Head{&MethodDescrType}, d, s})
			dict.SetStr(n, Of(&descrs[len(descrs)-1]))
		}
	}
}

// AddGetSets adds computed attributes to the type's dict; only where the type is defined.
func (s *Type) AddGetSets(defs []GetSetDef) { s.addGetSets(s.Dict(), defs) }

func (s *Type) addGetSets(dict *Dict, defs []GetSetDef) {
	descrs := make([]GetSetDescr, 0, len(defs))
	for i := range defs {
		d := &defs[i]
		n := StaticName(d.Name)
		if d.Member {
			dict.SetStr(n, Of(&MemberDescr{GetSetDescr{Head{&MemberDescrType}, d, s}, n, -1}))
			continue
		}
		descrs = append(descrs, GetSetDescr{Head{&GetSetDescrType}, d, s})
		dict.SetStr(n, Of(&descrs[len(descrs)-1]))
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
			maker := cls // the first class without a __new__ in Python
			for maker.ownNew {
				maker = maker.Base
			}
			return t.TypeErrorf("%s.__new__(%s) is not safe, use %s.__new__()", s.Name, cls.Name, maker.Name)
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
		if b.Dict().GetStr(nameNew).P != nil {
			return false
		}
	}
	return false
}

// Names of one character are these strings, and packages have such names when they are initialised.
func init() { setupChars() }

// definers complete the types of other packages that every interpreter shares.
var definers []func()

// OnFirst has f called when there is to be the first interpreter, after the types of this package are complete: it defines types.
// It is called while packages are initialised, and in the order in which they are.
func OnFirst(f func()) { definers = append(definers, f) }

// ready completes what interpreters share. Were it done while packages are initialised, every command would wait for it, also those that run no
// program: it was a seventh of what krait compileall takes to start and end.
var ready = sync.OnceFunc(func() {
	staticNames.resize(1 << 12)
	setupErrorHandlers()
	setupSlotDefs()
	setupTypes()
	for _, f := range definers {
		f()
	}
	started.Store(true)
})
