package interp

import (
	"sync/atomic"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/signalmod"
)

// breakHook is Hooks.Break: it does what waits for a thread between instructions. False: an exception is set.
func breakHook(t *Thread) bool {
	if atomic.LoadUint32(&t.Breaker)&object.BreakPending != 0 && t.Unbreak(object.BreakPending) {
		t.RunPending()
	}
	if atomic.LoadUint32(&t.Breaker)&object.BreakSignal != 0 && t == t.Interp.Main && t.Unbreak(object.BreakSignal) {
		return signalmod.Run(t)
	}
	return true
}
