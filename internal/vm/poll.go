package vm

import (
	"sync/atomic"
	"unsafe"

	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
)

// A thread looks at its breaker where it jumps back, and where it enters a frame: while something waits, calls take the slow way (see
// [object.Thread.FrameLimit]). So whatever Python code does, it can be interrupted, and others get their turn.

// poll does what waits for the thread between instructions. False: an exception is set, and the thread is where it was.
func poll(t *Thread) bool { return pollFrom(t, t.IP) }

// pollFrom is poll for a thread that has just jumped. An exception comes from the word before from; so do signal handlers find the frame there.
//
//go:noinline
func pollFrom(t *Thread, from uintptr) bool {
	if t.Unbreak(object.BreakSwitch) {
		t.Yield()
	}
	if atomic.LoadUint32(&t.Breaker)&object.BreakTrace != 0 {
		at := t.IP
		retrace(t)
		if t.IP != at || atomic.LoadUint32(&t.Breaker) == object.BreakTrace {
			return true // later
		}
	}
	if atomic.LoadUint32(&t.Breaker) == 0 {
		return true
	}
	aux(t).postponed = 0
	f := t.Interp.Hooks.Break
	if f == nil {
		t.Unbreak(^uint32(0))
		return true
	}
	at, fp := t.IP, t.FP
	t.IP = from
	if !f(t) {
		return false
	}
	if t.IP == from && t.FP == fp {
		t.IP = at
	}
	return true
}

// pollBack is poll for a thread that has just jumped back; the distance is in the word's field c.
func pollBack(t *Thread, w uint64) bool {
	from := t.IP - uintptr(immC(w)*wordSize)
	if lift.Op(w) != lift.JumpBack {
		// The head of the loop has been repeated at its end. The jump out of the loop, behind it, is what is left of the instruction.
		from += wordSize
	} else if fieldX(w) != 0 && postponed(t) {
		return true
	}
	return pollFrom(t, from)
}

// patience is how often a poll may be postponed.
const patience = 100

// postponed reports whether a poll can wait, which is not for ever. Compilers have jumps that are not to be interrupted, but code made by hand may
// have nothing else.
func postponed(t *Thread) bool {
	a := aux(t)
	a.postponed++
	return a.postponed < patience
}

// between does what waits after an operation done by its function. It may have entered a frame: that is when a thread polls. False: an exception
// is set.
func between(t *Thread) bool {
	if atomic.LoadUint32(&t.Breaker)&object.BreakTrace != 0 {
		retrace(t)
	}
	if atomic.LoadUint32(&t.Breaker)&^object.BreakTrace == 0 || t.FP == 0 || !begins(t) {
		return true
	}
	return poll(t)
}

// begins reports whether the frame that runs is at its start or where it goes on behind a yield. Those of yield from and await do not
// count: the generator that they resume is where what waits belongs.
func begins(t *Thread) bool {
	c := codeOf(fpOf(t))
	if t.IP == uintptr(ptr(unsafe.SliceData(c.Words))) {
		return true
	}
	if *flagsOf(fpOf(t))&flagGen == 0 || lift.Op(word(ipOf(t))) != lift.Yield {
		return false
	}
	text := realCode(c).Obj.Code.S
	u := 2 * unitAt(c, t.IP)
	return u+1 < len(text) && text[u+1] == 0
}

// Setup makes the interpreter run Python code with this package.
func Setup(in *object.Interp) {
	in.CallFunc, in.CallPlain = CallFunc, CallPlain
	in.Drain, in.Settle = drain, settle
	in.Hooks.Recode = recode
	in.Hooks.ClearDead = clearDead
	m := newMonitor()
	in.Hooks.NewThread = func(t *Thread) {
		t.Aux = newAux(m)
		m.rewatch(in)
	}
	in.Main.Aux = newAux(m)
}

func newAux(m *monitor) *auxState {
	return &auxState{mon: m, what: -1, slice: object.Slice{Head: object.Head{Type: &object.SliceType}, Step: object.None}}
}
