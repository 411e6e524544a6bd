package object

import (
	"runtime"
	"runtime/metrics"
	"slices"
	"time"
	"unsafe"
)

// CollectGarbage finds garbage as gc.collect does, and calls the finalizers and callbacks of what it has found. It returns how many objects were found, see
// [Thread.found]. Others may run meanwhile.
//
// Go keeps what an object with a finalizer refers to until that has run, and what has a weak reference may be part of such. So a chain of these objects dies
// one by one, and the search goes on as long as it finds any.
func (t *Thread) CollectGarbage() int {
	before := freed()
	total, finalized := t.collect()
	again := total
	for left := maxCollections; again+finalized > 0 && left > 0; left-- {
		var n int
		n, finalized = t.collect()
		total += n
		again = 0
	}
	return t.found(before, total)
}

// freed is how many objects Go's collector has freed.
func freed() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/frees:objects"}}
	metrics.Read(s)
	if s[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return s[0].Value.Uint64()
}

// ownGarbage is how many objects a collection frees, generously, where a program has left nothing: its own and those of its caller.
const ownGarbage = 128

// found is how many objects a collection has found unreachable. Nobody knows which of them are parts of cycles, and only the others would be gone before with
// reference counting; those that are not the program's are few. So a second collection finds none, which programs wait for. If threads run beside this one their
// garbage would count too, again and again: then it is those that had finalizers or weak references.
func (t *Thread) found(before uint64, noticed int) int {
	if n := int(freed() - before); n > ownGarbage+noticed && len(t.Interp.threads) == 1 {
		return n
	}
	return noticed
}

// remember notes an object whose __del__, or slot Del, is to be called at the end of the interpreter if it has not been before.
func (w *weakTable) remember(h *Head) *mortal {
	addr := uintptr(unsafe.Pointer(h))
	if n := len(w.mortals); n > 0 && w.mortals[n-1].addr == addr && !w.mortals[n-1].gone.Load() {
		return w.mortals[n-1] // of a class that two have allocated: its own and that of a base
	}
	if len(w.mortals) == cap(w.mortals) {
		w.mortals = slices.DeleteFunc(w.mortals, func(m *mortal) bool { return m.gone.Load() })
		w.mortals = slices.Grow(w.mortals, len(w.mortals)+8)
	}
	m := &mortal{addr: addr}
	w.mortals = append(w.mortals, m)
	return m
}

// forget notes that the object is no longer to be asked. m may be nil.
func (m *mortal) forget() {
	if m != nil {
		m.gone.Store(true)
	}
}

// FinalizeAll calls __del__ of all objects that are left, and closes generators that wait inside of try statements: the interpreter ends. The oldest come first, as where CPython's collector finds
// them when modules are dropped; modules still have what they had.
func (t *Thread) FinalizeAll() {
	t.AgeAll()
	w := &t.Interp.weak
	if len(w.mortals) == 0 {
		return
	}
	t.RunPending()
	list := w.mortals
	w.mortals = nil // what __del__ makes is not asked
	for _, m := range list {
		if m.gone.Load() {
			continue
		}
		v := Value{P: *(*unsafe.Pointer)(unsafe.Pointer(&m.addr))}
		runtime.SetFinalizer((*Head)(v.P), nil)
		if m.gone.Load() {
			continue // it is among the pending ones now
		}
		if del := v.Type().Del; del != nil {
			del(t, v)
		}
	}
	t.RunPending()
}

// CollectYoung is CollectGarbage that searches once only, as is enough for objects without finalizers: what gc.collect(0) does, which
// programs call in loops.
func (t *Thread) CollectYoung() int {
	before := freed()
	n, _ := t.collect()
	return t.found(before, n)
}

// maxCollections bounds the searches of one collection: a finalizer may make new garbage.
const maxCollections = 256

// Tidy drops what only caches and dead parts of the slab refer to, as each collection that is asked for does before it searches.
func (t *Thread) Tidy() {
	t.AgeAll()
	clear(t.Interp.methods[:])
	t.clearSlab()
	if f := t.Interp.Hooks.ClearDead; f != nil {
		f(t)
	}
}

// collect runs Go's collector, and then what it has queued.
func (t *Thread) collect() (n, finalized int) {
	t.Tidy()
	t.Unlock()
	runtime.GC()
	awaitQueued()
	t.Lock()
	return t.runPending()
}

// sentinel is big enough not to share its memory with others.
type sentinel struct {
	_ *sentinel
	_ [4]uint64
}

// queueTime is how long one waits for finalizers and cleanups at most. All of krait's own only make notes.
const queueTime = 200 * time.Millisecond

// awaitQueued waits until the finalizers and cleanups that Go's collector has queued for goroutines of its own have run.
func awaitQueued() {
	s := []metrics.Sample{
		{Name: "/gc/finalizers/executed:finalizers"}, {Name: "/gc/finalizers/queued:finalizers"},
		{Name: "/gc/cleanups/executed:cleanups"}, {Name: "/gc/cleanups/queued:cleanups"},
	}
	for end := time.Now().Add(queueTime); ; time.Sleep(20 * time.Microsecond) {
		metrics.Read(s)
		if s[0].Value.Kind() != metrics.KindUint64 || s[2].Value.Kind() != metrics.KindUint64 {
			time.Sleep(queueTime / 10) // another Go does not count them
			return
		}
		if s[0].Value.Uint64() >= s[1].Value.Uint64() && s[2].Value.Uint64() >= s[3].Value.Uint64() || time.Now().After(end) {
			return
		}
	}
}

// clearSlab drops the values above the top of the slab, which are leftovers of calls that have ended.
func (t *Thread) clearSlab() { clear(t.aboveTop()) }

func (t *Thread) aboveTop() []Value {
	lo := uintptr(unsafe.Pointer(unsafe.SliceData(t.Slab)))
	return t.Slab[(t.top()-lo)/unsafe.Sizeof(Value{}):]
}

// leftoverRun is how many empty values in a row end what DropLeftovers clears: more than all but a few frames have.
const leftoverRun = 256

// DropLeftovers is clearSlab for each of Go's collections, and clears spare, a slab that is not in use, too. Memory that no frame has been in yet it does not
// touch: a slab may be a megabyte, and would be resident.
func (t *Thread) DropLeftovers(spare []Value) {
	dropLeftovers(t.aboveTop())
	dropLeftovers(spare)
}

func dropLeftovers(values []Value) {
	for len(values) > 0 {
		run := values[:min(len(values), leftoverRun)]
		empty := true
		for i := range run {
			if run[i].P != nil {
				empty = false
				break
			}
		}
		if empty {
			return
		}
		clear(run)
		values = values[len(run):]
	}
}

// Unraisable reports the exception in t, which nobody can catch, and clears it. The message ends with the repr of obj, if there is one.
func (t *Thread) Unraisable(msg string, obj Value) {
	e := t.Exc
	t.Exc = nil
	if obj.P != nil {
		msg += t.reprText(obj)
	}
	t.Exc = e
	if f := t.Interp.Hooks.Unraisable; f != nil && e != nil {
		f(t, msg, None)
	}
	t.Exc = nil
}
