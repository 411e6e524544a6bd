package footprint

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
	"time"
)

const (
	// room is how much a program may allocate before the next collection, beside three quarters of what it has live that is scanned, up to
	// large, and half of what else is live: texts, numbers, indexes of dicts.
	room  = 8 << 20
	large = 16 << 20
	// spare is room for a program that keeps little, beside a quarter of that: it has memory to spare beside CPython, and pays for each
	// collection what its start has left. From 4 MB on it is less than room and three quarters.
	spare = 10 << 20
)

// MarkWait is for how long a program waits at most for the collector to mark: what that takes for a heap of some 80 MB, or one of 30 on a busy machine. CPython,
// too, stops programs when it looks for garbage.
const MarkWait = 50 * time.Millisecond

// startPercent is the collector's percentage before it has run: 11.2 MB until then, what a start has made and nearly spare.
const startPercent = 280

// Pace makes the collector run when the heap has grown by [room] and three quarters of what it has to scan, up to [large], or by [spare] and a quarter of
// that if that is more, and by half of what else is live. It is called once by a process.
//
// Go's own pace is a multiple of what is live, data of the program's file included. A multiple that lets small programs work
// leaves too much garbage in large ones, and what need not be scanned costs little to keep: see RATIONALE.md.
//
// What else the process has is limited: pages that no object needs any more, and that Go keeps for others. Freed memory is in pieces, so a large object often
// needs new one; and the percentage may be set late. Go gives pages back before it goes beyond a limit. The limit never falls: to have been as
// large is what counts, and what a program needs again is still there.
func Pace() *Pacer {
	debug.SetGCPercent(startPercent)
	p := &Pacer{percent: startPercent, samples: make([]metrics.Sample, len(sampled))}
	for i, name := range sampled {
		p.samples[i].Name = name
	}
	if debug.SetMemoryLimit(-1) != math.MaxInt64 {
		p.limit = math.MaxInt64 // the user's: GOMEMLIMIT
	}
	p.await()
	return p
}

// Pacer sets the pace after each collection.
type Pacer struct {
	percent int
	limit   uint64
	samples []metrics.Sample
	trimmed uint64                // the limit when files was trimmed last
	files   atomic.Pointer[Files] // what is to be trimmed when the heap grows, if anything
}

// What a Pacer asks for.
const (
	heapLive     = iota // what the collector has found
	heapScan            // what the collector had to scan, and what has been allocated since
	globalsScan         // the other roots
	stackScan           // the other roots
	total               // all that Go has from the system
	heapReleased        // of that, what it has given back
	heapFree            // pages without objects
	heapObjects         // objects, and what is not yet known to be garbage
	samples
)

var sampled = [samples]string{
	heapLive: "/gc/heap/live:bytes", heapScan: "/gc/scan/heap:bytes", globalsScan: "/gc/scan/globals:bytes", stackScan: "/gc/scan/stack:bytes",
	total: "/memory/classes/total:bytes", heapReleased: "/memory/classes/heap/released:bytes", heapFree: "/memory/classes/heap/free:bytes",
	heapObjects: "/memory/classes/heap/objects:bytes",
}

// await makes the next collection call set: it finds an object that nobody has.
func (p *Pacer) await() { runtime.AddCleanup(new([16]byte), (*Pacer).set, p) }

// set sets the pace until the next collection.
func (p *Pacer) set() {
	metrics.Read(p.samples)
	of := func(i int) uint64 { return p.samples[i].Value.Uint64() }
	live := of(heapLive)
	scanned := min(of(heapScan), live)
	grow := growth(live, scanned)
	// Each of the two stops the world.
	percent := percentFor(live, grow, live+of(globalsScan)+of(stackScan))
	if d := percent - p.percent; d*d*400 > p.percent*p.percent {
		p.percent = percent
		debug.SetGCPercent(percent)
	}
	// The collector begins before the heap has grown by all of that, and the program waits while it marks.
	if limit := limitFor(live+grow*7/8, of(total)-of(heapReleased)-of(heapFree)-of(heapObjects)); limit > p.limit {
		p.limit = limit + limitStep
		debug.SetMemoryLimit(int64(min(p.limit, math.MaxInt64)))
		p.grown()
	}
	p.await()
}

// grown trims the files when the limit is higher than the last time by a quarter: the process is going to be larger than it has been. Then what
// its file has of pages that are not needed now is part of its peak.
func (p *Pacer) grown() {
	if f := p.files.Load(); f != nil && p.limit > p.trimmed+p.trimmed/4 {
		p.trimmed = p.limit
		f.trim(true)
	}
}

// limitStep is by how much more than needed the limit is raised.
const limitStep = 1 << 19

// limitFor returns how much the process may have when its heap grows to heap, without making the collector run before that. rest is what is no
// object: memory that the collector has for itself, holes between objects. They are no less when the heap is larger.
func limitFor(heap, rest uint64) uint64 { return rest + heap + heap/32 + limitRoom }

// limitRoom is what Go keeps away from a limit: 1 MB or 3 %, and some more.
const limitRoom = 3 << 19

// growth returns what the heap may grow by when scanned bytes of the live ones have pointers.
func growth(live, scanned uint64) uint64 {
	small := min(scanned, large)
	return max(room+small*3/4, spare+small/4) + (live-small)/2
}

// percentFor returns what it grows by as a percentage of whole: of what is live and the collector's other roots, as it takes it.
func percentFor(live, grow, whole uint64) int {
	// A heap of Go's may always grow to the percentage of heapMinimum. Of small ones that would be more than what is said here: the less a program keeps,
	// the more it would get.
	return int(min(grow*100/max(whole, 1<<20), (live+grow)*100/heapMinimum))
}

// heapMinimum is the size of Go's heap, at a percentage of 100, below which it does not collect.
const heapMinimum = 4 << 20
