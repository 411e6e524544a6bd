package vm

import (
	"sync/atomic"

	"github.com/krait-py/krait/internal/object"
)

// poll does what waits for the thread between instructions. False: an exception is set.

//go:noinline
func poll(t *Thread) bool {
	if t.Unbreak(object.BreakSwitch) {
		t.Yield()
	}
	if atomic.LoadUint32(&t.Breaker) == 0 {
		return true
	}
	if f := t.Interp.Hooks.Break; f != nil {
		return f(t)
	}
	atomic.StoreUint32(&t.Breaker, 0)
	return true
}

func opResume(t *Thread, fp ptr, w uint64) bool { return true }

// Setup makes the interpreter run Python code with this package.
func Setup(in *object.Interp) {
	in.CallFunc = CallFunc
	in.Hooks.NewThread = func(t *Thread) { t.Aux = &auxState{} }
	in.Main.Aux = &auxState{}
}
