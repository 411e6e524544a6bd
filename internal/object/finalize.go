package object

// finalize arranges that __del__ of v is called once it is garbage.
func (t *Thread) finalize(v Value) {}
