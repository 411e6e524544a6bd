package object

// The builtin types. They are complete when there is an interpreter: see ready.
var (
	ObjectType, TypeType                                                            Type
	IntType, BoolType, FloatType, ComplexType                                       Type
	NoneType, NotImplementedType, EllipsisType                                      Type
	StrType, BytesType, ByteArrayType, MemoryViewType                               Type
	ListType, TupleType, DictType, SetType, FrozenSetType                           Type
	RangeType, SliceType                                                            Type
	FuncType, MethodType, BuiltinType, CodeType, CellType, FrameType, TracebackType Type
	StaticMethodType, ClassMethodType, PropertyType, SuperType                      Type
	MethodDescrType, ClassMethodDescrType, GetSetDescrType, MemberDescrType         Type
	SlotWrapperType, MethodWrapperType, MappingProxyType                            Type
	ModuleType, GenericAliasType, UnionType                                         Type
	GeneratorType, CoroutineType, AsyncGenType                                      Type
)

// setups completes the builtin types, bases first.
var setups = [...]func(){
	setupObject, setupType, setupDescriptors, setupFunctions, setupModule,
	setupInt, setupFloat, setupComplex, setupNone,
	setupStr, setupBytes, setupMemoryView, setupTemplate,
	setupTuple, setupList, setupDict, setupSet, setupRange, setupSlice, setupIterators,
	setupExceptions, setupGenericAlias, setupWeakref,
}

func setupTypes() {
	for _, f := range setups {
		f()
	}
}
