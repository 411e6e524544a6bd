package object

// What is not written yet. Each goes into the file of its type.

// Buffer is a view of an object's memory.
type Buffer struct {
	Bytes    []byte
	ReadOnly bool
	Owner    Value
}

func setupStr() { Define(&StrType, TypeSpec{Name: "str", Flags: FlagBase | FlagStr}) }
func setupBytes() {
	Define(&BytesType, TypeSpec{Name: "bytes", Flags: FlagBase | FlagBytes})
	Define(&ByteArrayType, TypeSpec{Name: "bytearray", Flags: FlagBase})
}
func setupMemoryView() { Define(&MemoryViewType, TypeSpec{Name: "memoryview"}) }
func setupFrames() {
	Define(&FrameType, TypeSpec{Name: "frame"})
	Define(&TracebackType, TypeSpec{Name: "traceback"})
}
