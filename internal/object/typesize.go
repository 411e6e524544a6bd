package object

// The numbers that CPython has in __basicsize__, __itemsize__, __flags__ and so on. Sizes are those of its 64-bit structs:
// programs compare them to see whether classes add anything, and sys.getsizeof starts from them.

type typeSizes struct{ basic, item int64 }

// builtinSizes has the sizes that differ from the base's.
var builtinSizes = map[string]typeSizes{
	"object": {16, 0}, "type": {936, 40}, "int": {24, 4}, "bool": {32, 4}, "float": {24, 0}, "complex": {32, 0},
	"str": {64, 0}, "bytes": {33, 1}, "bytearray": {56, 0}, "memoryview": {144, 8}, "tuple": {24, 8}, "list": {40, 0},
	"dict": {48, 0}, "set": {200, 0}, "frozenset": {200, 0}, "range": {48, 0}, "slice": {40, 0}, "function": {152, 0},
	"method": {48, 0}, "builtin_function_or_method": {56, 0}, "method_descriptor": {56, 0}, "classmethod_descriptor": {56, 0},
	"getset_descriptor": {48, 0}, "member_descriptor": {48, 0}, "wrapper_descriptor": {56, 0}, "method-wrapper": {32, 0},
	"property": {64, 0}, "staticmethod": {32, 0}, "classmethod": {32, 0}, "super": {40, 0}, "cell": {24, 0}, "module": {56, 0},
	"SimpleNamespace": {24, 0}, "GenericAlias": {64, 0}, "Union": {56, 0}, "mappingproxy": {24, 0}, "ReferenceType": {64, 0},
	"ProxyType": {64, 0}, "CallableProxyType": {64, 0}, "code": {208, 1}, "frame": {72, 8}, "traceback": {64, 0},
	"generator": {144, 8}, "coroutine": {144, 8}, "async_generator": {144, 8},
	"BaseException": {72, 0}, "AttributeError": {88, 0}, "BaseExceptionGroup": {96, 0}, "ImportError": {104, 0}, "NameError": {80, 0},
	"OSError": {112, 0}, "StopIteration": {80, 0}, "SyntaxError": {144, 0}, "SystemExit": {80, 0}, "UnicodeDecodeError": {112, 0},
	"UnicodeEncodeError": {112, 0}, "UnicodeTranslateError": {112, 0},
	"TypeVar": {80, 0}, "ParamSpec": {56, 0}, "TypeVarTuple": {40, 0}, "ParamSpecArgs": {24, 0}, "ParamSpecKwargs": {24, 0}, "TypeAliasType": {56, 0},
}

func (s *Type) sizes() typeSizes {
	if s.Flags&FlagHeap == 0 {
		if z, ok := builtinSizes[s.ShortName()]; ok {
			return z
		}
	}
	if s.Base == nil {
		return typeSizes{16, 0}
	}
	z := s.Base.sizes()
	if s.Flags&FlagHeap != 0 {
		z.basic += int64(8 * (s.Members - s.Base.Members))
		if s.HasDict && !s.Base.HasDict && z.item == 0 && s.Base != &ObjectType && s.Base.Flags&FlagHeap == 0 {
			z.basic += 8
		}
	}
	return z
}

func (s *Type) dictOffset() int64 {
	switch {
	case s.Flags&FlagType != 0:
		return 264
	case !s.HasDict:
		return 0
	}
	switch s {
	case &FuncType:
		return 88
	case &StaticMethodType, &ClassMethodType:
		return 24
	case &ModuleType, &NamespaceType, &BaseExceptionType:
		return 16
	}
	if s.Flags&FlagException != 0 {
		return 16
	}
	return -1
}

func (s *Type) weakOffset() int64 {
	switch {
	case !s.HasWeak:
		return 0
	case s.Flags&FlagType != 0:
		return 368
	case s == &FuncType:
		return 96
	case s == &MethodType:
		return 32
	case s == &BuiltinType || s == &ModuleType || s == &GenericAliasType:
		return 40
	case s.Flags&FlagHeap == 0 && s.Module != "typing" && s.Flags&FlagException == 0 || s == &UnionType:
		return s.sizes().basic - 8
	}
	return -32
}

// cFlags returns __flags__: the bits of CPython that say something here.
func (s *Type) cFlags() int64 {
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
		bits |= 1 << 9
		if s.HasDict && s.Flags&FlagType == 0 {
			bits |= 1<<4 | 1<<2 // managed dict, inline values
		}
		if s.HasWeak {
			bits |= 1 << 3
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

// collected reports whether CPython's collector cares for instances: they may refer to other objects.
func (s *Type) collected() bool {
	switch s.Flags & (FlagInt | FlagFloat | FlagStr | FlagBytes) {
	case 0:
	default:
		if s.Flags&FlagHeap == 0 {
			return false
		}
	}
	if s.Flags&FlagHeap != 0 {
		return s.HasDict || s.Members > 0 || s.Base.collected()
	}
	switch s {
	case &ObjectType, &ComplexType, &ByteArrayType, &RangeType, &NoneType, &EllipsisType, &NotImplementedType, &NoDefaultType:
		return false
	}
	return true
}
