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

// Break sets bits of the thread's breaker. Any goroutine may call it.
func (t *Thread) Break(bits uint32) {
	atomic.OrUint32(&t.Breaker, bits)
	atomic.StoreUintptr(&t.FrameLimit, 0)
}

// Unbreak clears bits of the breaker and reports whether any of them was set. It may be called by the thread's goroutine only.
func (t *Thread) Unbreak(bits uint32) bool {
	old := atomic.AndUint32(&t.Breaker, ^bits)
	if old != 0 && old&^bits == 0 {
		t.SettleLimit()
	}
	return old&bits != 0
}

// Attend does what waits for the thread, in a loop of Go code that may be long. False: an exception is set.
func (t *Thread) Attend() bool {
	if t.Unbreak(BreakSwitch) {
		t.Yield()
	}
	if f := t.Interp.Hooks.Break; f != nil && atomic.LoadUint32(&t.Breaker)&^BreakTrace != 0 {
		return f(t)
	}
	return true
}

// SettleLimit makes FrameLimit what it should be. It may be called by the thread's goroutine only.
func (t *Thread) SettleLimit() {
	if t.Watched {
		atomic.StoreUintptr(&t.FrameLimit, 0)
		return
	}
	atomic.StoreUintptr(&t.FrameLimit, t.FullLimit)
	if atomic.LoadUint32(&t.Breaker) != 0 { // perhaps only now
		atomic.StoreUintptr(&t.FrameLimit, 0)
	}
}

// switchInterval is how long a thread waits until it asks for the lock, if sys.setswitchinterval says nothing else.
const switchInterval = 5 * time.Millisecond

// interpLock is an interpreter's lock: held by the thread that runs.
//
// Who gives it up around something that may block, gives it to nobody: the first who comes has it, since it is often back before
// anybody else has woken up. Who gives it up because others wait (see [Thread.Yield]) hands it to the one that has waited longest.
type interpLock struct {
	mu       sync.Mutex
	held     bool
	first    *waiter // the one that has waited longest
	last     *waiter
	holder   atomic.Pointer[Thread]
	interval atomic.Int64 // nanoseconds that sys.setswitchinterval has set; 0: switchInterval
}

// waiter is a thread that waits for the lock.
type waiter struct {
	next *waiter
	wake chan bool // true: the lock is yours; false: it may be free
}

// SwitchInterval is how long a thread waits for the lock until it asks for it.
func (in *Interp) SwitchInterval() time.Duration {
	if n := in.lock.interval.Load(); n > 0 {
		return time.Duration(n)
	}
	return switchInterval
}

// SetSwitchInterval changes SwitchInterval. There is a least one, since timers have their price.
func (in *Interp) SetSwitchInterval(d time.Duration) {
	in.lock.interval.Store(int64(max(d, 10*time.Microsecond)))
}

// Lock takes the interpreter's lock for the thread. It may be called by the thread's goroutine only.
func (t *Thread) Lock() {
	l := &t.Interp.lock
	l.mu.Lock()
	if !l.held {
		l.held = true
		l.holder.Store(t)
		l.mu.Unlock()
		return
	}
	w := &waiter{wake: make(chan bool, 1)}
	l.push(w)
	interval := t.Interp.SwitchInterval()
	l.mu.Unlock()
	timer := time.NewTimer(interval)
	defer timer.Stop()
	for {
		select {
		case mine := <-w.wake:
			if mine {
				l.holder.Store(t)
				return
			}
			l.mu.Lock()
			if !l.held {
				l.held = true
				l.remove(w)
				l.holder.Store(t)
				l.mu.Unlock()
				return
			}
			l.mu.Unlock()
		case <-timer.C:
			// Each thread that gets the lock meanwhile is asked: one that waits does not miss its turn.
			if h := l.holder.Load(); h != nil {
				h.Break(BreakSwitch)
			}
			timer.Reset(interval)
		}
	}
}

// Unlock gives up the interpreter's lock around something that may block.
func (t *Thread) Unlock() {
	l := &t.Interp.lock
	l.mu.Lock()
	l.held = false
	l.holder.Store(nil)
	if w := l.first; w != nil {
		select {
		case w.wake <- false:
		default: // it has not woken up yet
		}
	}
	l.mu.Unlock()
}

// Yield lets another thread run that waits for the lock.
func (t *Thread) Yield() {
	l := &t.Interp.lock
	l.mu.Lock()
	w := l.first
	if w == nil {
		l.mu.Unlock()
		return
	}
	l.remove(w)
	l.holder.Store(nil)
	select {
	case <-w.wake: // what it was told is not true any more
	default:
	}
	w.wake <- true
	l.mu.Unlock()
	t.Lock()
}

// push and remove change the queue of waiting threads.
func (l *interpLock) push(w *waiter) {
	if l.last == nil {
		l.first = w
	} else {
		l.last.next = w
	}
	l.last = w
}

func (l *interpLock) remove(w *waiter) {
	var prev *waiter
	for x := l.first; x != w; x = x.next {
		prev = x
	}
	if prev == nil {
		l.first = w.next
	} else {
		prev.next = w.next
	}
	if l.last == w {
		l.last = prev
	}
	w.next = nil
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
