package signalmod

import (
	"math"
	"syscall"
	"time"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

const (
	sigInt   = 2
	errAgain = syscall.EAGAIN
)

// defaultInt is what SIGINT does unless the program says otherwise.
var defaultInt = object.MethodDef{Name: "default_int_handler", Sig: "(signalnum, frame, /)", Fn: func(t *Thread, a []Value) Value {
	return t.RaiseNew(&object.KeyboardInterruptType)
}, Doc: "The default handler for SIGINT installed by Python.\n\nIt raises KeyboardInterrupt."}

// Module is the definition of _signal. Platforms add what they have.
var Module = object.ModuleDef{
	Name:  "_signal",
	Setup: func(d *object.ModuleDef) { d.Methods = append(d.Methods, platformMethods...) },
	Doc:   "This module provides mechanisms to use signal handlers in Python.",
	Methods: []object.MethodDef{
		defaultInt,
		{Name: "signal", Sig: "(signalnum, handler, /)", Fn: setSignal, Doc: "Set the action for the given signal."},
		{Name: "getsignal", Sig: "(signalnum, /)", Fn: getSignal, Doc: "Return the current action for the given signal."},
		{Name: "raise_signal", Sig: "(signalnum, /)", Fn: raiseSignal, Doc: "Send a signal to the executing process."},
		{Name: "strsignal", Sig: "(signalnum, /)", Fn: strsignal, Doc: "Return the system description of the given signal."},
		{Name: "set_wakeup_fd", Sig: "(fd, /, *, warn_on_full_buffer=True)", Fn: setWakeup, Doc: "Sets the fd to be written to (with the signal number) when a signal comes in."},
		{Name: "valid_signals", Sig: "()", Fn: func(t *Thread, a []Value) Value { return setOf(t, ^uint64(0)&^(bit(32)|bit(33))) }, Doc: "Return a set of valid signal numbers on this platform."},
	},
	Exec: func(t *Thread, m *object.Module) bool {
		if stateOf(t) == nil {
			Init(t)
		}
		m.Set(t, "SIG_DFL", dflValue)
		m.Set(t, "SIG_IGN", ignValue)
		m.Set(t, "NSIG", object.MakeInt(maxSignal+1))
		for _, s := range signals {
			m.Set(t, s.name, object.MakeInt(int64(s.n)))
		}
		d := object.NewDict()
		d.SetName(t, "__module__", object.MakeStr("signal"))
		cls := t.CallArgs(object.Of(&object.TypeType), object.MakeStr("ItimerError"), object.Of(object.NewTuple(object.Of(&object.OSErrorType))), object.Of(d))
		if cls.P == nil {
			return false
		}
		stateOf(t).intError = object.To[object.Type](cls)
		return platformExec(t, m, cls)
	},
}

type signalName struct {
	name, text string
	n          int
}

// number converts the number of a signal.
func number(t *Thread, v Value) (int, bool) {
	n, ok := t.AsCInt(v)
	if ok && (n < 1 || n > maxSignal) {
		t.ValueErrorf("signal number out of range")
		return 0, false
	}
	return n, ok
}

func setSignal(t *Thread, a []Value) Value {
	n, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	s := stateOf(t)
	if t != t.Interp.Main {
		return t.ValueErrorf("signal only works in main thread of the main interpreter")
	}
	if n < 1 || n > maxSignal {
		return t.ValueErrorf("signal number out of range")
	}
	h := a[1]
	if x, ok := object.AsInt64(h); ok && h.Type().Flags&object.FlagInt != 0 && (x == 0 || x == 1) {
		h = object.MakeInt(x)
	} else if h.Type().Call == nil {
		return t.TypeErrorf("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
	}
	if !native.Interrupts(t) {
		return Value{}
	}
	if n == 9 || n == 19 || n == 32 || n == 33 {
		return native.OSErrorCode(t, 22)
	}
	old := s.handlers[n]
	s.handlers[n] = h
	s.act(n)
	return old
}

// act has the system do what the handler of a signal says.
func (s *State) act(sig int) {
	if s.h.Signals == nil || reserved(sig) {
		return
	}
	s.mu.Lock()
	blocked := s.blocked&bit(sig) != 0
	s.mu.Unlock()
	switch h := s.handlers[sig]; {
	case blocked:
		s.notify(sig)
	case h == ignValue:
		s.h.Signals.Ignore(sig)
	case h == dflValue || h.IsNone():
		s.h.Signals.Default(sig)
	default:
		s.notify(sig)
	}
}

// reserved reports whether a signal is one that Go's runtime cannot do without.
func reserved(sig int) bool { return sig == 9 || sig == 19 || sig == 32 || sig == 33 || sig == 34 }

func getSignal(t *Thread, a []Value) Value {
	n, ok := number(t, a[0])
	if !ok {
		return Value{}
	}
	return stateOf(t).handlers[n]
}

func raiseSignal(t *Thread, a []Value) Value {
	n, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	handled, ok := Raise(t, n)
	if !ok {
		return Value{}
	}
	if !handled {
		if n < 0 || n > maxSignal {
			return native.OSErrorCode(t, 22)
		}
		if err := kill(t, n); err != nil {
			return native.OSError(t, err)
		}
	}
	return object.None
}

func strsignal(t *Thread, a []Value) Value {
	n, ok := number(t, a[0])
	if !ok {
		return Value{}
	}
	for _, s := range signals {
		if s.n == n && s.text != "" {
			return object.MakeStr(s.text)
		}
	}
	return realTimeText(n)
}

func setWakeup(t *Thread, a []Value) Value {
	fd, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	warn, ok := native.Flag(t, a[1], true)
	if !ok {
		return Value{}
	}
	if t != t.Interp.Main {
		return t.ValueErrorf("set_wakeup_fd only works in main thread of the main interpreter")
	}
	s := stateOf(t)
	if fd != -1 {
		if s.h.Files == nil {
			return native.OSErrorCode(t, 1)
		}
		var st host.Stat
		if err := s.h.Files.Fstat(fd, &st); err != nil {
			return native.OSError(t, err)
		}
		if blocks(t, fd) {
			return t.ValueErrorf("the fd %d must be in non-blocking mode", fd)
		}
	}
	s.mu.Lock()
	old := s.wakeup
	s.wakeup, s.warn = fd, warn
	s.mu.Unlock()
	return object.MakeInt(int64(old))
}

// setOf returns a set of signals.
func setOf(t *Thread, set uint64) Value {
	var items []Value
	for sig := 1; sig <= maxSignal; sig++ {
		if set&bit(sig) != 0 {
			items = append(items, object.MakeInt(int64(sig)))
		}
	}
	return object.MakeSet(t, items, false)
}

// signalSet converts an iterable of signals.
func signalSet(t *Thread, v Value) (set uint64, ok bool) {
	good := true
	ok = t.Each(v, func(x Value) bool {
		n, conv := object.AsInt64(x)
		if x.Type().Flags&object.FlagInt == 0 {
			i := t.Index(x)
			if i.P == nil {
				good = false
				return false
			}
			n, conv = object.AsInt64(i)
		}
		if !conv || n < 1 || n > maxSignal {
			r := t.Repr(x)
			if r != nil {
				t.ValueErrorf("signal number %s out of range [1; %d]", r.S, maxSignal)
			}
			good = false
			return false
		}
		set |= bit(int(n))
		return true
	})
	return set, ok && good
}

// duration converts seconds to microseconds.
func duration(t *Thread, v Value) (int64, bool) {
	f, ok := object.AsFloat(v)
	if v.Type().Flags&object.FlagFloat == 0 {
		if v.Type().Index == nil {
			t.TypeErrorf("'%s' object cannot be interpreted as an integer or float", v.Type().Name)
			return 0, false
		}
		x := t.Index(v)
		if x.P == nil {
			return 0, false
		}
		n, fits := object.AsInt64(x)
		f, ok = float64(n), fits
	}
	f = math.Ceil(f * 1e6)
	if math.IsNaN(f) {
		t.ValueErrorf("Invalid value NaN (not a number)")
		return 0, false
	}
	if !ok || !(f > -1e18 && f < 1e18) {
		t.OverflowErrorf("timestamp out of range for platform time_t")
		return 0, false
	}
	return int64(f), true
}

// await waits until f says that it is enough, asking each time something may have changed. got is false when the time is over;
// ok when a handler has raised an exception. A negative limit is none.
func (s *State) await(t *Thread, limit time.Duration, f func() bool) (got, ok bool) {
	var timer <-chan time.Time
	if limit >= 0 {
		x := time.NewTimer(limit)
		defer x.Stop()
		timer = x.C
	}
	for {
		s.mu.Lock()
		enough := f()
		c := s.arrived
		s.mu.Unlock()
		if enough {
			return true, true
		}
		over := false
		t.Unlock()
		select {
		case <-c:
		case <-t.Wake:
		case <-timer:
			over = true
		}
		t.Lock()
		if over {
			return false, true
		}
		if !native.Interrupts(t) {
			return false, false
		}
	}
}
