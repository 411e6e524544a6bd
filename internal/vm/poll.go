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
	if atomic.LoadUint32(&t.Breaker)&object.BreakTrace != 0 {
		retrace(t)
		if atomic.LoadUint32(&t.Breaker) == object.BreakTrace {
			return true // later
		}
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

// Setup makes the interpreter run Python code with this package.
func Setup(in *object.Interp) {
	in.CallFunc = CallFunc
	in.Hooks.Recode = recode
	in.Hooks.ClearDead = clearDead
	m := newMonitor()
	in.Hooks.NewThread = func(t *Thread) {
		t.Aux = &auxState{mon: m, what: -1}
		m.rewatch(in)
	}
	in.Main.Aux = &auxState{mon: m, what: -1}
}
