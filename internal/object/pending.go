package object

import "unsafe"

// What is not written yet. Each goes into the file of its type.

// Buffer is a view of an object's memory.
type Buffer struct {
	Bytes    []byte
	ReadOnly bool
	Owner    Value
}

type weakTable struct{}

func newSeqIter(v Value) Value                            { return Value{} }
func NewGenericAlias(t *Thread, origin, args Value) Value { return Value{} }
func (t *Thread) isInstance(v, cls Value) (res, ok bool)  { return v.IsA(To[Type](cls)), true }
func (t *Thread) abstractError(cls *Type) Value           { return t.TypeErrorf("abstract") }

func setupType() {
	Define(&TypeType, TypeSpec{Name: "type", Flags: FlagBase | FlagType, Slots: Slots{Call: typeCall, New: typeNew}})
}
func setupDescriptors() {
	Define(&MethodDescrType, TypeSpec{Name: "method_descriptor", Flags: FlagMethodDescriptor, Slots: Slots{Call: methodDescrCall, DescrGet: methodDescrGet}})
	Define(&ClassMethodDescrType, TypeSpec{Name: "classmethod_descriptor", Slots: Slots{DescrGet: classMethodDescrGet}})
	Define(&GetSetDescrType, TypeSpec{Name: "getset_descriptor", Slots: Slots{DescrGet: getSetDescrGet, DescrSet: getSetDescrSet}})
	Define(&MemberDescrType, TypeSpec{Name: "member_descriptor", Slots: Slots{DescrGet: memberDescrGet, DescrSet: memberDescrSet}})
	Define(&SlotWrapperType, TypeSpec{Name: "wrapper_descriptor", Flags: FlagMethodDescriptor})
	Define(&MethodWrapperType, TypeSpec{Name: "method-wrapper"})
	Define(&MappingProxyType, TypeSpec{Name: "mappingproxy"})
	Define(&StaticMethodType, TypeSpec{Name: "staticmethod"})
	Define(&ClassMethodType, TypeSpec{Name: "classmethod"})
	Define(&PropertyType, TypeSpec{Name: "property"})
	Define(&SuperType, TypeSpec{Name: "super"})
}
func setupFunctions() {
	Define(&FuncType, TypeSpec{Name: "function", Flags: FlagMethodDescriptor, AttrOffset: unsafe.Offsetof(Func{}.Attrs), Slots: Slots{Call: funcCall, DescrGet: funcDescrGet}})
	Define(&MethodType, TypeSpec{Name: "method", Slots: Slots{Call: boundCall}})
	Define(&BuiltinType, TypeSpec{Name: "builtin_function_or_method", Slots: Slots{Call: builtinCall}})
	Define(&CodeType, TypeSpec{Name: "code"})
	Define(&CellType, TypeSpec{Name: "cell"})
}
func setupModule() { Define(&ModuleType, TypeSpec{Name: "module", Flags: FlagBase, AttrOffset: unsafe.Offsetof(Module{}.Attrs)}) }
func setupInt() {
	Define(&IntType, TypeSpec{Name: "int", Flags: FlagBase | FlagInt})
	Define(&BoolType, TypeSpec{Name: "bool", Base: &IntType})
}
func setupFloat()   { Define(&FloatType, TypeSpec{Name: "float", Flags: FlagBase | FlagFloat}) }
func setupComplex() { Define(&ComplexType, TypeSpec{Name: "complex", Flags: FlagBase}) }
func setupNone() {
	Define(&NoneType, TypeSpec{Name: "NoneType"})
	Define(&NotImplementedType, TypeSpec{Name: "NotImplementedType"})
	Define(&EllipsisType, TypeSpec{Name: "ellipsis"})
}
func setupStr() { Define(&StrType, TypeSpec{Name: "str", Flags: FlagBase | FlagStr}) }
func setupBytes() {
	Define(&BytesType, TypeSpec{Name: "bytes", Flags: FlagBase | FlagBytes})
	Define(&ByteArrayType, TypeSpec{Name: "bytearray", Flags: FlagBase})
}
func setupMemoryView() { Define(&MemoryViewType, TypeSpec{Name: "memoryview"}) }
func setupTuple()      { Define(&TupleType, TypeSpec{Name: "tuple", Flags: FlagBase | FlagTuple}) }
func setupList()       { Define(&ListType, TypeSpec{Name: "list", Flags: FlagBase | FlagList}) }
func setupDict()       { Define(&DictType, TypeSpec{Name: "dict", Flags: FlagBase | FlagDict}) }
func setupSet() {
	Define(&SetType, TypeSpec{Name: "set", Flags: FlagBase | FlagSet})
	Define(&FrozenSetType, TypeSpec{Name: "frozenset", Flags: FlagBase | FlagSet})
}
func setupRange()     { Define(&RangeType, TypeSpec{Name: "range"}) }
func setupSlice()     { Define(&SliceType, TypeSpec{Name: "slice"}) }
func setupIterators() {}
func setupFrames() {
	Define(&FrameType, TypeSpec{Name: "frame"})
	Define(&TracebackType, TypeSpec{Name: "traceback"})
	Define(&GeneratorType, TypeSpec{Name: "generator"})
	Define(&CoroutineType, TypeSpec{Name: "coroutine"})
	Define(&AsyncGenType, TypeSpec{Name: "async_generator"})
}
func setupGenericAlias() {
	Define(&GenericAliasType, TypeSpec{Name: "GenericAlias", Module: "types"})
	Define(&UnionType, TypeSpec{Name: "Union", Module: "typing"})
}
func setupWeakref() {}
