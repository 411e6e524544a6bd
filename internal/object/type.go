package object

import "weak"

// TypeFlags say what kind of type a Type is.
type TypeFlags uint32

const (
	// FlagBase is set for types that may be base classes.
	FlagBase TypeFlags = 1 << iota
	// FlagHeap is set for classes made while a program runs; all others are
	// immutable and shared by interpreters.
	FlagHeap
	// FlagAbstract is set for classes with abstract methods left.
	FlagAbstract
	// FlagNoNew is set for types that cannot be called to make an instance.
	FlagNoNew
	// FlagReady is set once slots and dict are complete.
	FlagReady
	// FlagSequence and FlagMapping say how patterns see instances.
	FlagSequence
	FlagMapping
	// FlagSelfMatch is set for types whose class pattern matches the subject itself.
	FlagSelfMatch
	// FlagMethodDescriptor is set for types whose instances, found in a class,
	// make bound methods: a call may pass the object itself as first argument.
	FlagMethodDescriptor
	// FlagImmutable is set for heap types that refuse attributes.
	FlagImmutable
	// FlagOwnDel is set for types whose instances see themselves to Del being called, with Thread.Finalize; and so do those of subclasses
	// without a __del__ of their own.
	FlagOwnDel
	// FlagLeafIter is set for iterators of builtin containers whose Next neither runs Python code nor steps another iterator: who steps them and looks
	// at the breaker itself may call Next without what Thread.Step does besides.
	FlagLeafIter

	// The following are inherited: the type is, or derives from, the one named.
	FlagInt
	FlagFloat
	FlagStr
	FlagBytes
	FlagList
	FlagTuple
	FlagDict
	FlagSet // set and frozenset
	FlagType
	FlagException

	inheritedFlags = FlagOwnDel | FlagSequence | FlagMapping | FlagSelfMatch | FlagInt | FlagFloat | FlagStr | FlagBytes | FlagList |
		FlagTuple | FlagDict | FlagSet | FlagType | FlagException
)

// The kinds of functions in slots. A slot that fails sets the thread's
// exception and returns no value (or false).
type (
	UnaryFunc   func(t *Thread, v Value) Value
	BinaryFunc  func(t *Thread, a, b Value) Value
	TernaryFunc func(t *Thread, a, b, c Value) Value
	// CallFunc calls f with positional arguments and, behind them in args, the
	// values of the keywords that names lists (nil: none). args belongs to the
	// caller and may be overwritten after the call.
	CallFunc func(t *Thread, f Value, args []Value, names *Tuple) Value
	// NewFunc makes an instance of cls.
	NewFunc func(t *Thread, cls *Type, args []Value, names *Tuple) Value
	// InitFunc initialises self.
	InitFunc func(t *Thread, self Value, args []Value, names *Tuple) bool
)

// BinaryOp numbers the binary operators; the first thirteen are in the order of NB_ opargs.
type BinaryOp uint8

const (
	OpAdd BinaryOp = iota
	OpAnd
	OpFloorDivide
	OpLshift
	OpMatrixMultiply
	OpMultiply
	OpRemainder
	OpOr
	OpPower
	OpRshift
	OpSubtract
	OpTrueDivide
	OpXor
	OpDivmod
	// NumBinary is how many binary operators there are.
	NumBinary
)

// CompareOp numbers the rich comparisons as CPython does.
type CompareOp uint8

const (
	CmpLt CompareOp = iota
	CmpLe
	CmpEq
	CmpNe
	CmpGt
	CmpGe
)

// NumberSlots are the operators of numbers (and of whatever overloads them).
type NumberSlots struct {
	// Binary has x op y; it is tried for the types of both operands and returns
	// NotImplemented where it does not know them. Inplace has x op= y.
	Binary  [NumBinary]BinaryFunc
	Inplace [NumBinary]BinaryFunc
	// Pow3 is pow(a, b, c).
	Pow3                  TernaryFunc
	Neg, Pos, Abs, Invert UnaryFunc
	Int, Float, Index     UnaryFunc
}

// Type is a class: builtin, or made by a class statement.
type Type struct {
	Head
	// Name is what error messages call the type: for builtin types of modules other than builtins
	// with the module, "collections.deque". See ShortName for __name__.
	Name     string
	Module   string // of builtin types; classes have __module__ in Dict
	dotted   bool   // a class whose Name has a module, too: see StandFor
	Doc      string
	Qualname Value // of heap types; no value: Name
	Flags    TypeFlags
	Base     *Type   // the base that gives the layout; nil for object
	Bases    *Tuple  // all bases
	MRO      []*Type // method resolution order, the type itself first
	MROValue *Tuple  // the same as a tuple, made when asked for
	dict     *Dict   // own attributes; nil: not yet made, see Type.Dict

	// Version changes whenever an attribute of the type or a base changes, and
	// is unique in its interpreter, so that inline caches need but one comparison. 0: do not cache.
	Version uint64

	// AttrOffset is where instances have their Attrs; 0 if they have none.
	AttrOffset uintptr
	// HasDict says that instances take any attribute; with Attrs but no dict
	// there are only the slots that Members counts.
	HasDict bool
	HasWeak bool // weak references to instances are allowed
	// Inline is how many slots follow Attrs in the allocation of an instance made now; it grows when one gets more attributes. The slots of
	// __slots__ are among them in all instances, unless there are more than fit.
	Inline int
	// Members is how many of an instance's slots are those of __slots__; they come first.
	Members int
	// Root is the shape of a fresh instance.
	Root *Shape
	// slotNames are the names in __slots__, mangled and sorted; subs the direct subclasses of a heap type.
	slotNames []*Str
	subs      []weak.Pointer[Type]

	// What follows is of builtin types only, and written where they are defined: own is what goes into dict. derived are the builtin types with this one as base,
	// subOffset is TypeSpec.SubOffset, ownLayout says that instances are other structs than those of the base, sig is TypeSpec.Sig.
	own       ownAttrs
	derived   []*Type
	subOffset uintptr
	ownLayout bool
	sig       string
	// Make is what calling this very type without keywords does, where that takes less than to call New and Init. It is New itself for
	// most types without Init: what New returns is ready. nil: they are called.
	Make NewFunc
	// CallOne is Call with one argument, given by position, for the types whose very instances sorting, map and their like call item by item. nil: there is Call only.
	CallOne func(t *Thread, f, x Value) Value
	Slots

	// Maker is what calling the class does, while Version is Maker.Version: see Thread.MakerOf.
	Maker Maker

	// variables are the names of own attributes that change without a new version: see Type.Variable.
	variables []*Str

	// ownNew says that the class or a base has, or once had, a __new__ written in Python: CPython's slot stays what it was
	// when that is deleted, and object.__new__ refuses arguments for such a class.
	ownNew bool
	fact   *typeFact // of builtin types: what CPython's struct says; nil: unknown

	// Private is the state of types that need some: struct sequences and the like.
	Private any
	// home is the interpreter that a class belongs to.
	home weak.Pointer[Interp]
}

// Slots are the abilities of a type's instances. A nil slot is an ability they lack.
type Slots struct {
	// Alloc makes an instance of cls without any attribute: cls is the type itself or a subclass
	// with the same solid base. Nil: inherited.
	Alloc func(t *Thread, cls *Type) Value

	NumberSlots

	Repr, Str UnaryFunc
	Hash      func(t *Thread, v Value) (int64, bool)
	Call      CallFunc
	GetAttr   func(t *Thread, v Value, name *Str) Value
	SetAttr   func(t *Thread, v Value, name *Str, x Value) bool // no value: delete
	Compare   func(t *Thread, a, b Value, op CompareOp) Value
	Iter      UnaryFunc
	Next      UnaryFunc // no value and no exception: exhausted
	// NextPair is Next for who takes the pair that it would give apart at once; found is false if this iterator has none. Nil: there are
	// no pairs. It is for builtin types; classes may have a Next of their own.
	NextPair func(t *Thread, v Value) (x, y Value, found bool)
	// NextItems is the same for tuples of as many items as there is room for: found is false if this iterator gives others. At the end, the first item is
	// no value.
	NextItems func(t *Thread, v Value, items []Value) (found bool)
	DescrGet  func(t *Thread, d, obj, cls Value) Value
	DescrSet  func(t *Thread, d, obj, x Value) bool // no value: delete
	New       NewFunc
	Init      InitFunc
	Del       func(t *Thread, v Value)
	Bool      func(t *Thread, v Value) (res, ok bool)
	Len       func(t *Thread, v Value) (int, bool)
	GetItem   BinaryFunc
	SetItem   func(t *Thread, o, k, x Value) bool // no value: delete
	Contains  func(t *Thread, o, k Value) (res, ok bool)
	Concat    BinaryFunc // sequences' +, tried after the number slots
	Repeat    func(t *Thread, o Value, n int) Value
	InConcat  BinaryFunc
	InRepeat  func(t *Thread, o Value, n int) Value
	Await     UnaryFunc
	// Send is send of an iterator that is awaited: res is what it yields or, if done is set, what it returns, which needs no StopIteration
	// then. It is for builtin types without subclasses.
	Send   func(t *Thread, v, x Value) (res Value, done bool)
	AIter  UnaryFunc
	ANext  UnaryFunc
	Buffer func(t *Thread, v Value, writable bool) (*Buffer, bool)

	// slotOwner has the type each binary slot comes from; genericOwner for those that call Python methods.
	slotOwner [NumBinary]*Type
	// quickOps has a bit for each binary operator that begins with a method's MethodDef.Operator.
	quickOps uint32
	// quietAttr is GetAttr that gives no value, and no error, for a missing attribute; it may be nil.
	quietAttr func(t *Thread, v Value, name *Str) (Value, bool)
	// genericAttrs says that GetAttr is GenericGetAttr: functions do not compare.
	genericAttrs bool
	// plainType says that GetAttr is type's.
	plainType bool
	// genericSet says the same of SetAttr.
	genericSet bool
	// itemsHash and itemsCompare say that Hash and Compare are those of tuples, which see the items alone.
	itemsHash, itemsCompare bool
}

// IsSubtype reports whether s is u or derives from it.
func (s *Type) IsSubtype(u *Type) bool {
	if s == u {
		return true
	}
	for _, m := range s.MRO {
		if m == u {
			return true
		}
	}
	return false
}

// Lookup finds name in the dicts of the type and its bases, in method resolution
// order, without descriptors or metaclass. There is no error: it is no value when
// nothing is found.
func (s *Type) Lookup(t *Thread, name *Str) Value {
	if s.Version == 0 || !name.Interned {
		return s.lookupSlow(name)
	}
	c := &t.Interp.methods[(s.Version^name.Hash>>3)&(methodCacheSize-1)]
	if c.version == s.Version && c.name == name {
		return c.value
	}
	version := s.Version
	v := s.lookupOdd(t, name)
	if s.Variable(name) == nil {
		*c = methodCacheEntry{version, name, v}
	}
	return v
}

// lookupOdd is lookupSlow that compares name with keys that are no strings, as their classes say, which may do
// anything. Their errors are lost.
func (s *Type) lookupOdd(t *Thread, name *Str) Value {
	for _, m := range s.MRO {
		if v := m.Dict().GetStr(name); v.P != nil {
			return v
		}
		if m.Dict().odd {
			if v := t.oddKey(m.Dict(), name); v.P != nil {
				return v
			}
		}
	}
	return Value{}
}

// OwnAttr is InstanceAttr that compares name with keys that are no strings, as lookupOdd does.
func (t *Thread) OwnAttr(v Value, name *Str) Value {
	x := InstanceAttr(v, name)
	if x.P == nil && v.Type().HasDict {
		if a := AttrsOf(v); a.Shape == DictShape && a.More.Dict.odd {
			return t.oddKey(a.More.Dict, name)
		}
	}
	return x
}

// oddKey looks name up among keys that are no strings.
func (t *Thread) oddKey(d *Dict, name *Str) Value {
	exc := t.Exc
	v, _ := d.Get(t, Of(name))
	t.Exc = exc
	return v
}

func (s *Type) lookupSlow(name *Str) Value {
	for _, m := range s.MRO {
		if v := m.Dict().GetStr(name); v.P != nil {
			return v
		}
	}
	return Value{}
}

// LookupName is Lookup for a name that is text.
func (s *Type) LookupName(name string) Value {
	for _, m := range s.MRO {
		if v := m.Dict().GetName(name); v.P != nil {
			return v
		}
	}
	return Value{}
}

const methodCacheSize = 1 << 11

// methodCacheEntry is what Type.Lookup found for one name in one version of a type.
type methodCacheEntry struct {
	version uint64
	name    *Str
	value   Value
}

// NewVersion gives the type a version that no inline cache knows, and so do all that derive from it.
func (t *Thread) NewVersion(s *Type) { t.newVersions(s, t.Interp.lastVersion) }

// newVersions skips classes that have got a version after start: they have several bases.
func (t *Thread) newVersions(s *Type, start uint64) {
	if s.Version > start {
		return
	}
	t.Interp.lastVersion++
	s.Version = t.Interp.lastVersion
	for _, r := range s.subs {
		if sub := r.Value(); sub != nil {
			t.newVersions(sub, start)
		}
	}
}
