package footprint

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
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

// MarkWait is for how long a program waits at most for the collector to mark: what that takes for a heap of some 30 MB. CPython, too, stops
// programs when it looks for garbage.
const MarkWait = 20 * time.Millisecond

// startPercent is the collector's percentage before it has run: 11.2 MB until then, what a start has made and nearly spare.
const startPercent = 280

// Pace makes the collector run when the heap has grown by [room] and three quarters of what it has to scan, up to [large], or by [spare] and a quarter of
// that if that is more, and by half of what else is live. It is called once by a process.
//
// Go's own pace is a multiple of what is live, data of the program's file included. A multiple that lets small programs work
// leaves too much garbage in large ones, and what need not be scanned costs little to keep: see RATIONALE.md.
func Pace() {
	debug.SetGCPercent(startPercent)
	p := &pacer{percent: startPercent, samples: []metrics.Sample{
		{Name: "/gc/heap/live:bytes"}, {Name: "/gc/scan/heap:bytes"}, {Name: "/gc/scan/globals:bytes"}, {Name: "/gc/scan/stack:bytes"},
	}}
	p.await()
}

// pacer sets the pace after each collection.
type pacer struct {
	percent int
	samples []metrics.Sample
}

// await makes the next collection call set: it finds an object that nobody has.
func (p *pacer) await() { runtime.AddCleanup(new([16]byte), (*pacer).set, p) }

// set sets the pace until the next collection.
func (p *pacer) set() {
	metrics.Read(p.samples)
	live := p.samples[0].Value.Uint64()
	// What the collector had to scan, and what has been allocated since.
	scanned := min(p.samples[1].Value.Uint64(), live)
	percent := percentFor(live, scanned, live+p.samples[2].Value.Uint64()+p.samples[3].Value.Uint64())
	// To set it stops the world.
	if d := percent - p.percent; d*d*400 > p.percent*p.percent {
		p.percent = percent
		debug.SetGCPercent(percent)
	}
	p.await()
}

// percentFor returns what the heap may grow by when scanned bytes of the live ones have pointers, as a percentage of whole: of what is live
// and the collector's other roots, as it takes it.
func percentFor(live, scanned, whole uint64) int {
	small := min(scanned, large)
	grow := max(room+small*3/4, spare+small/4) + (live-small)/2
	// A heap of Go's may always grow to the percentage of heapMinimum. Of small ones that would be more than what is said here: the less a program keeps,
	// the more it would get.
	return int(min(grow*100/max(whole, 1<<20), (live+grow)*100/heapMinimum))
}

// heapMinimum is the size of Go's heap, at a percentage of 100, below which it does not collect.
const heapMinimum = 4 << 20
