package object

func setupMemoryView() { Define(&MemoryViewType, TypeSpec{Name: "memoryview"}) }

// NewMemoryView is memoryview(v).
func (t *Thread) NewMemoryView(v Value) Value { return v }
