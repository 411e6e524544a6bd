package rewrite

// StackSize returns the size of the evaluation stack that f needs.
func (f *Func) StackSize() (int, error) { return 0, nil }
