package object

func setupMemoryView() { Define(&MemoryViewType, TypeSpec{Name: "memoryview"}) }
