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
//
// When it is done, what calls that have ended have left on the slab is dropped, so that the next collection keeps none of what only calls before this one
// had. To drop it before marking would be better still, but when that begins nobody knows, and then each pointer that is dropped is marked.
func follow(t *Thread) {
	t.Marking = writeBarrier.enabled
	if t.Marking == 0 {
		t.DropLeftovers(aux(t).spare)
		return
	}
	if t.Interp.MarkWait == 0 {
		return
	}
	for begun, waited := time.Now(), time.Duration(0); waited < t.Interp.MarkWait; waited = time.Since(begun) {
		time.Sleep(max(shortWait, waited/4))
		if writeBarrier.enabled == 0 {
			t.Marking = 0
			t.DropLeftovers(aux(t).spare)
			return
		}
	}
}

// shortWait is how long follow sleeps first. A small heap is marked in a millisecond.
const shortWait = 100 * time.Microsecond
