package object

// The numbers that CPython has in __basicsize__, __itemsize__, __flags__ and so on. Sizes are those of its 64-bit structs:
// programs compare them to see whether classes add anything, and sys.getsizeof starts from them.

type typeSizes struct{ basic, item int64 }

func (s *Type) sizes() typeSizes {
	if s.fact != nil {
		return typeSizes{s.fact.basic, s.fact.item}
	}
	if s.Base == nil {
		return typeSizes{16, 0}
	}
	z := s.Base.sizes()
	if s.Flags&FlagHeap != 0 {
		z.basic += int64(8 * (s.Members - s.Base.Members))
	}
	return z
}

// heapType is the flag of classes, and of builtin types that CPython makes as it makes classes.
const heapType = 1 << 9

// managedDict and managedWeak are the offsets of what CPython keeps in front of an object.
const (
	managedDict = -1
	managedWeak = -32
)

func (s *Type) dictOffset() int64 {
	for b := s; b != nil; b = b.Base {
		if b.fact != nil {
			if b.fact.dictOffset != 0 {
				return b.fact.dictOffset
			}
			break
		}
	}
	if s.HasDict {
		return managedDict
	}
	return 0
}

func (s *Type) weakOffset() int64 {
	for b := s; b != nil; b = b.Base {
		if b.fact != nil {
			if b.fact.weakOffset != 0 {
				return b.fact.weakOffset
			}
			break
		}
	}
	if s.HasWeak {
		return managedWeak
	}
	return 0
}

// cFlags returns __flags__: the bits of CPython that say something here.
func (s *Type) cFlags() int64 {
	if s.fact != nil {
		return s.fact.flags
	}
	bits := int64(1 << 12) // ready
	if s.collected() {
		bits |= 1 << 14
	}
	for _, b := range [...]struct {
		f   TypeFlags
		bit uint
	}{{FlagBase, 10}, {FlagSequence, 5}, {FlagMapping, 6}, {FlagNoNew, 7}, {FlagAbstract, 20}, {FlagSelfMatch, 22}, {FlagMethodDescriptor, 17},
		{FlagInt, 24}, {FlagList, 25}, {FlagTuple, 26}, {FlagBytes, 27}, {FlagStr, 28}, {FlagDict, 29}, {FlagException, 30}, {FlagType, 31}} {
		if s.Flags&b.f != 0 {
			bits |= 1 << b.bit
		}
	}
	if s.Flags&FlagHeap != 0 {
		bits |= heapType
		if s.dictOffset() == managedDict {
			bits |= 1 << 4
			if s.sizes().item == 0 {
				bits |= 1 << 2 // inline values
			}
		}
		if s.weakOffset() == managedWeak {
			bits |= 1 << 3
		}
		if s.Flags&FlagType != 0 {
			bits |= 1 << 23 // items at the end
		}
		if s.DirectCall() {
			bits |= 1 << 11
		}
	}
	if s.immutable() {
		bits |= 1 << 8
	}
	if s.Flags&FlagHeap == 0 {
		bits |= 1 << 1
	}
	return bits
}

// Collected reports whether a value is of a type whose instances CPython's collector cares for.
func Collected(v Value) bool { return v.Type().collected() }

// DirectCall reports whether instances are called without a method __call__ in Python between: the flag of types
// that support CPython's vectorcall.
func (s *Type) DirectCall() bool {
	for ; s != nil; s = s.Base {
		if s.fact != nil {
			return s.fact.flags&(1<<11) != 0
		}
		if s.Dict().GetStr(nameCall).P != nil {
			return false
		}
	}
	return false
}

// collected reports whether CPython's collector cares for instances: they may refer to other objects.
func (s *Type) collected() bool {
	if s.Flags&FlagHeap != 0 {
		return true
	}
	return s.fact == nil || s.fact.flags&(1<<14) != 0
}
