package object

// manyBytes is how much memory is asked for without a question. Go ends a process that cannot have what it asks for; CPython raises MemoryError.
const manyBytes = 64 << 20

// HasRoom reports whether n bytes can be had at once, and raises MemoryError if not. n may be less than what follows by a little.
func (t *Thread) HasRoom(n int) bool {
	if n < manyBytes || t.Interp.Room == nil || t.Interp.Room(n) {
		return true
	}
	t.RaiseNew(&MemoryErrorType)
	return false
}

// HasItems is HasRoom for a list of n items that grows to it.
func (t *Thread) HasItems(n int) bool {
	return n < manyBytes/16 || t.HasRoom(min(n, maxPromise)*16)
}

// maxPromise is how many items are asked for at most when an iterable says how many it has.
const maxPromise = 1 << 50
