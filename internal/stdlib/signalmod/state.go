// Package signalmod is module _signal: handlers of signals, which run in the main thread between instructions.
package signalmod

import (
	"sync"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
	"github.com/krait-py/krait/internal/vm"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

// maxSignal is the last signal.
const maxSignal = 64

// State is what an interpreter knows of signals.
type State struct {
	in *object.Interp
	h  *host.Host
	// handlers are the actions by number: None, 0 for the system's default, 1 for ignored, or a function.
	handlers [maxSignal + 1]Value
	intError *object.Type // ItimerError

	mu sync.Mutex // guards what follows, which signals touch from goroutines of their own
	// pending are signals whose handlers are to run, held those that came while they were blocked.
	pending, held, blocked uint64
	arrived                chan struct{} // closed when the next signal is held
	wakeup                 int           // descriptor that gets a byte for each signal, or -1
	warn                   bool
	wakeupErr              error // of writing to it
}

func bit(sig int) uint64 { return 1 << (sig - 1) }

// stateOf returns the interpreter's state, made by Init; nil before.
func stateOf(t *Thread) *State {
	s, _ := t.Interp.State["_signal"].(*State)
	return s
}

var (
	dflValue = object.MakeInt(0)
	ignValue = object.MakeInt(1)
)

// Init gives signals the actions that Python programs begin with, if the host grants signals.
func Init(t *Thread) {
	s := &State{in: t.Interp, h: native.Host(t), wakeup: -1, warn: true, arrived: make(chan struct{})}
	for i := range s.handlers {
		s.handlers[i] = dflValue
	}
	// Numbers that the C library keeps to itself.
	s.handlers[32], s.handlers[33] = object.None, object.None
	t.Interp.State["_signal"] = s
	t.Interp.Hooks.Signal = func(in *object.Interp, sig int) {
		// What is not handled by a function is not simulated.
		if h := s.handlers[sig]; h != dflValue && h != ignValue && !h.IsNone() {
			s.trip(sig)
		}
	}
	if s.h.Signals == nil {
		return
	}
	s.h.Signals.Begin()
	for _, sig := range ignoredAtStart {
		s.handlers[sig] = ignValue
	}
	for _, sig := range [...]int{1, sigInt} {
		if s.h.Signals.Ignored(sig) {
			s.handlers[sig] = ignValue
		}
	}
	if s.handlers[sigInt] == dflValue {
		s.handlers[sigInt] = object.NewBuiltin(&defaultInt, object.None, object.Of(t.Interp.Intern("_signal")))
		s.notify(sigInt)
	}
}

// notify has signals caught.
func (s *State) notify(sig int) {
	s.h.UseWaker()
	s.h.Signals.Notify(sig, s.trip)
}

// trip notes that a signal has come. It is called by goroutines that do not hold the interpreter's lock.
func (s *State) trip(sig int) {
	if sig < 1 || sig > maxSignal {
		return
	}
	s.mu.Lock()
	if s.blocked&bit(sig) != 0 {
		s.held |= bit(sig)
		close(s.arrived)
		s.arrived = make(chan struct{})
		s.mu.Unlock()
		return
	}
	s.pending |= bit(sig)
	fd := s.wakeup
	s.mu.Unlock()
	if fd >= 0 && s.h.Files != nil {
		if _, err := s.h.Files.Write(fd, []byte{byte(sig)}); err != nil {
			s.mu.Lock()
			s.wakeupErr = err
			s.mu.Unlock()
		}
	}
	main := s.in.Main
	main.Break(object.BreakSignal)
	select {
	case main.Wake <- struct{}{}:
	default:
	}
	if w := s.h.Waker(); w != nil {
		w.Wake()
	}
}

// Run calls the handlers of signals that have come. Only the main thread does. False: a handler has raised an exception.
func Run(t *Thread) bool {
	s := stateOf(t)
	if s == nil || t != t.Interp.Main {
		return true
	}
	for {
		s.mu.Lock()
		pending := s.pending
		sig := 1
		for pending != 0 && pending&bit(sig) == 0 {
			sig++
		}
		if pending != 0 {
			s.pending &^= bit(sig)
		}
		err := s.wakeupErr
		s.wakeupErr = nil
		warn := s.warn
		s.mu.Unlock()
		if err != nil && (warn || !host.Is(err, errAgain)) {
			native.OSError(t, err)
			t.Unraisable("Exception ignored when trying to write to the signal wakeup fd:", Value{})
			t.Exc = nil
		}
		if pending == 0 {
			return true
		}
		h := s.handlers[sig]
		if h == dflValue || h == ignValue || h.IsNone() {
			continue
		}
		frame := object.None
		if f := vm.FrameAt(t, 0); f != nil {
			frame = object.Of(f)
		}
		if t.CallArgs(h, object.MakeInt(int64(sig)), frame).P == nil {
			t.Break(object.BreakSignal) // for those that are left
			return false
		}
	}
}

// deliver makes the thread's own signals arrive at once, as those do that a process sends itself.
func (s *State) deliver(t *Thread, sig int) bool {
	h := s.handlers[sig]
	s.mu.Lock()
	blocked := s.blocked&bit(sig) != 0
	s.mu.Unlock()
	if !blocked && (h == dflValue || h.IsNone()) {
		return false
	}
	if blocked || h != ignValue {
		s.trip(sig)
	}
	return true
}

// Raise sends a signal to the process itself. handled is false if that is the system's business: nothing has been done. ok is false
// when a handler has raised an exception.
func Raise(t *Thread, sig int) (handled, ok bool) {
	s := stateOf(t)
	if s == nil || s.h.Signals == nil || sig < 1 || sig > maxSignal || !s.deliver(t, sig) {
		return false, true
	}
	return true, native.Interrupts(t)
}
