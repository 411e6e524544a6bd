package impmod

import (
	"sync"

	"github.com/krait-py/krait/internal/object"
)

// importLock is the lock of all importing, which importlib holds while it asks finders. A thread may take it several times.
type importLock struct {
	mu    sync.Mutex
	owner *Thread // changes while the thread holds the interpreter's lock
	depth int
}

func acquire(t *Thread, a []Value) Value {
	s := state(t)
	if s == nil {
		return object.None
	}
	l := &s.lock
	if l.owner != t {
		if !l.mu.TryLock() {
			t.Unlock()
			l.mu.Lock()
			t.Lock()
		}
		l.owner = t
	}
	l.depth++
	return object.None
}

func release(t *Thread, a []Value) Value {
	s := state(t)
	if s == nil {
		return object.None
	}
	l := &s.lock
	if l.owner != t {
		return t.RuntimeErrorf("not holding the import lock")
	}
	if l.depth--; l.depth == 0 {
		l.owner = nil
		l.mu.Unlock()
	}
	return object.None
}

func lockHeld(t *Thread, a []Value) Value {
	s := state(t)
	return object.MakeBool(s != nil && s.lock.owner != nil)
}
