package object

import (
	"sync"
	"sync/atomic"
	"time"
)

// The bits of Thread.Breaker.
const (
	// BreakSwitch: another thread waits for the interpreter's lock.
	BreakSwitch = 1 << iota
	// BreakSignal: a signal has come for the main thread.
	BreakSignal
	// BreakPending: finalizers or callbacks of weak references wait; see Interp.Pending.
	BreakPending
	// BreakAsync: an exception has been set from another thread (PyThreadState_SetAsyncExc).
	BreakAsync
	// BreakTrace: a frame that runs may have to go over to other code. See package vm.
	BreakTrace
)

// switchInterval is how long a thread waits for the lock before it asks for it.
const switchInterval = 5 * time.Millisecond

// interpLock is an interpreter's lock: held by the thread that runs.
type interpLock struct {
	mu     sync.Mutex
	holder atomic.Pointer[Thread]
	// waiting counts threads that have asked for the lock.
	waiting atomic.Int32
}

// Break sets bits of the thread's breaker. Any goroutine may call it.
func (t *Thread) Break(bits uint32) { atomic.OrUint32(&t.Breaker, bits) }

// Unbreak clears bits of the breaker and reports whether any of them was set.
func (t *Thread) Unbreak(bits uint32) bool { return atomic.AndUint32(&t.Breaker, ^bits)&bits != 0 }

// Lock takes the interpreter's lock for the thread. It may be called by the thread's goroutine only.
func (t *Thread) Lock() {
	l := &t.Interp.lock
	if l.mu.TryLock() {
		l.holder.Store(t)
		return
	}
	l.waiting.Add(1)
	timer := time.AfterFunc(switchInterval, func() { l.ask() })
	l.mu.Lock()
	timer.Stop()
	l.waiting.Add(-1)
	l.holder.Store(t)
	if l.waiting.Load() > 0 {
		time.AfterFunc(switchInterval, func() { l.ask() })
	}
}

// ask makes the thread that holds the lock give it up soon.
func (l *interpLock) ask() {
	if l.waiting.Load() == 0 {
		return
	}
	if h := l.holder.Load(); h != nil {
		h.Break(BreakSwitch)
	}
}

// Unlock gives up the interpreter's lock around something that may block.
func (t *Thread) Unlock() {
	l := &t.Interp.lock
	l.holder.Store(nil)
	l.mu.Unlock()
}

// Yield lets another thread run that waits for the lock.
func (t *Thread) Yield() {
	if t.Interp.lock.waiting.Load() > 0 {
		t.Unlock()
		t.Lock()
	}
}

// Current returns the thread that holds the lock: the one that runs now.
func (in *Interp) Current() *Thread { return in.lock.holder.Load() }

// Threads returns the threads of the interpreter.
func (in *Interp) Threads() []*Thread {
	out := make([]*Thread, 0, len(in.threads))
	for t := range in.threads {
		out = append(out, t)
	}
	return out
}

// EndThread removes a thread that has ended from the interpreter.
func (in *Interp) EndThread(t *Thread) { delete(in.threads, t) }

// Alive reports whether t is a thread of the interpreter that has not ended.
func (in *Interp) Alive(t *Thread) bool {
	_, ok := in.threads[t]
	return ok
}
