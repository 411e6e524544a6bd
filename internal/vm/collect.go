package vm

import (
	"time"
	_ "unsafe" // for go:linkname
)

// writeBarrier.enabled is not 0 while the collector marks. It is the runtime's: a variable that other packages may read, and that keeps
// its form (go.dev/issue/67401): a bool, and three bytes so that it can be loaded as here.
//
//go:linkname writeBarrier runtime.writeBarrier
var writeBarrier struct {
	enabled uint32
	_       uint64
}

// mayWait lets the collector go first when it has begun to mark. Operations that often allocate call it before they begin: it is they that make
// the collector run, so one comes soon. The evaluation loop itself has no room for it: one more branch there, and registers are spilled
// at the dispatch.
func mayWait(t *Thread) {
	if writeBarrier.enabled != t.Marking {
		follow(t)
	}
}

// follow is mayWait when the collector has begun or ended. The thread waits until it is done, [object.Interp.MarkWait] at most.
//
// Marking beside a program that goes on costs more than marking: each pointer that is stored, and registers of frames are such, goes to
// a buffer of the collector, and all that is allocated meanwhile is kept until the next collection.
func follow(t *Thread) {
	in := t.Interp
	t.Marking = writeBarrier.enabled
	if t.Marking == 0 || in.MarkWait == 0 {
		return
	}
	// Each time that it wakes up the collector has to leave the processor to it. So it sleeps most of the time that the collector took before.
	nap := max(shortWait, in.MarkTook*3/4)
	for begun, waited := time.Now(), time.Duration(0); waited < in.MarkWait; nap = max(shortWait, waited/4) {
		time.Sleep(nap)
		waited = time.Since(begun)
		if writeBarrier.enabled == 0 {
			t.Marking = 0
			in.MarkTook = min(waited, in.MarkWait)
			return
		}
	}
}

// shortWait is how long follow sleeps at least. A small heap is marked in a millisecond.
const shortWait = 100 * time.Microsecond
