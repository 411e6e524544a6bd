package object

// What is not written yet. Each goes into the file of its type.

func setupFrames() {
	Define(&FrameType, TypeSpec{Name: "frame"})
	Define(&TracebackType, TypeSpec{Name: "traceback"})
}
