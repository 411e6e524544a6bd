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

func setupModule() {
	Define(&ModuleType, TypeSpec{Name: "module", Flags: FlagBase, AttrOffset: unsafe.Offsetof(Module{}.Attrs)})
}
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
