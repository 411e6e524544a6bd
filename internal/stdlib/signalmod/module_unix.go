//go:build linux || darwin

package signalmod

import (
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

var platformMethods = []object.MethodDef{
	{Name: "alarm", Sig: "(seconds, /)", Fn: alarm, Doc: "Arrange for SIGALRM to arrive after the given number of seconds."},
	{Name: "setitimer", Sig: "(which, seconds, interval=0.0, /)", Fn: setitimer, Doc: "Sets given itimer (one of ITIMER_REAL, ITIMER_VIRTUAL or ITIMER_PROF)."},
	{Name: "getitimer", Sig: "(which, /)", Fn: getitimer, Doc: "Returns current value of given itimer."},
	{Name: "pause", Sig: "()", Fn: pause, Doc: "Wait until a signal arrives."},
	{Name: "siginterrupt", Sig: "(signalnum, flag, /)", Fn: siginterrupt, Doc: "Change system call restart behaviour."},
	{Name: "pthread_kill", Sig: "(thread_id, signalnum, /)", Fn: pthreadKill, Doc: "Send a signal to a thread."},
	{Name: "pthread_sigmask", Sig: "(how, mask, /)", Fn: sigmask, Doc: "Fetch and/or change the signal mask of the calling thread."},
	{Name: "sigpending", Sig: "()", Fn: sigpending, Doc: "Examine pending signals."},
	{Name: "sigwait", Sig: "(sigset, /)", Fn: sigwait, Doc: "Wait for a signal."},
	{Name: "sigwaitinfo", Sig: "(sigset, /)", Fn: sigwaitinfo, Doc: "Wait synchronously until one of the signals in *sigset* is delivered."},
	{Name: "sigtimedwait", Sig: "(sigset, timeout, /)", Fn: sigtimedwait, Doc: "Like sigwaitinfo(), but with a timeout."},
}

var siginfoType = object.StructSeq{Name: "signal.struct_siginfo", Doc: "struct_siginfo: Result from sigwaitinfo or sigtimedwait.",
	Fields: []string{"si_signo", "si_code", "si_errno", "si_pid", "si_uid", "si_status", "si_band"}}

var ignoredAtStart = []int{int(unix.SIGPIPE), int(unix.SIGXFSZ)}

func platformExec(t *Thread, m *object.Module, itimerError Value) bool {
	m.Set(t, "ItimerError", itimerError)
	m.Set(t, "struct_siginfo", object.Of(siginfoType.Type()))
	for _, c := range []struct {
		name string
		n    int64
	}{{"ITIMER_REAL", 0}, {"ITIMER_VIRTUAL", 1}, {"ITIMER_PROF", 2}, {"SIG_BLOCK", maskBlock}, {"SIG_UNBLOCK", maskUnblock}, {"SIG_SETMASK", maskSet}} {
		m.Set(t, c.name, object.MakeInt(c.n))
	}
	return true
}

// kill sends a signal to the process.
func kill(t *Thread, sig int) error {
	s := native.Host(t).System
	if s == nil {
		return syscall.EPERM
	}
	return s.Kill(s.Pid(), sig)
}

// blocks reports whether a descriptor is not in non-blocking mode.
func blocks(t *Thread, fd int) bool {
	s := native.Host(t).System
	if s == nil {
		return false
	}
	f, err := s.Fcntl(fd, unix.F_GETFL, 0)
	return err == nil && f&unix.O_NONBLOCK == 0
}

func alarm(t *Thread, a []Value) Value {
	n, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	s := native.Host(t).System
	if s == nil {
		return native.OSErrorCode(t, 1)
	}
	old, _, err := s.SetTimer(0, int64(max(n, 0))*1e6, 0)
	if err != nil {
		return native.OSError(t, err)
	}
	return object.MakeInt((old + 999999) / 1e6)
}

// timerError raises ItimerError.
func timerError(t *Thread, err error) Value {
	code, text := native.Errno(err)
	e := t.CallArgs(object.Of(stateOf(t).intError), object.MakeInt(int64(code)), object.MakeStr(text))
	if e.P == nil {
		return e
	}
	return t.RaiseValue(e)
}

func micros(n int64) Value { return object.MakeFloat(float64(n) / 1e6) }

func setitimer(t *Thread, a []Value) Value {
	which, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	value, ok := duration(t, a[1])
	if !ok {
		return Value{}
	}
	interval := int64(0)
	if a[2].P != nil {
		if interval, ok = duration(t, a[2]); !ok {
			return Value{}
		}
	}
	s := native.Host(t).System
	if s == nil {
		return native.OSErrorCode(t, 1)
	}
	old, oldInterval, err := s.SetTimer(which, value, interval)
	if err != nil {
		return timerError(t, err)
	}
	return object.Of(object.NewTuple(micros(old), micros(oldInterval)))
}

func getitimer(t *Thread, a []Value) Value {
	which, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	s := native.Host(t).System
	if s == nil {
		return native.OSErrorCode(t, 1)
	}
	v, i, err := s.Timer(which)
	if err != nil {
		return timerError(t, err)
	}
	return object.Of(object.NewTuple(micros(v), micros(i)))
}

func pause(t *Thread, a []Value) Value {
	s := stateOf(t)
	c := t.Wake
	for {
		t.Unlock()
		<-c
		t.Lock()
		s.mu.Lock()
		some := s.pending != 0
		s.mu.Unlock()
		if !native.Interrupts(t) {
			return Value{}
		}
		if some {
			return object.None
		}
	}
}

func siginterrupt(t *Thread, a []Value) Value {
	if _, ok := number(t, a[0]); !ok {
		return Value{}
	}
	if _, ok := t.AsCInt(a[1]); !ok {
		return Value{}
	}
	return object.None
}

func pthreadKill(t *Thread, a []Value) Value {
	id, ok := native.Int64(t, a[0])
	if !ok {
		return Value{}
	}
	n, ok := t.AsCInt(a[1])
	if !ok {
		return Value{}
	}
	found := false
	for _, th := range t.Interp.Threads() {
		found = found || th.ID == id
	}
	switch {
	case !found:
		return native.OSErrorCode(t, 3)
	case n < 0 || n > maxSignal:
		return native.OSErrorCode(t, 22)
	case n == 0:
		return object.None
	}
	return raiseSignal(t, a[1:])
}

func sigmask(t *Thread, a []Value) Value {
	how, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	set, ok := signalSet(t, a[1])
	if !ok {
		return Value{}
	}
	s := stateOf(t)
	s.mu.Lock()
	old := s.blocked
	want := old
	switch how {
	case maskBlock:
		want |= set
	case maskUnblock:
		want &^= set
	case maskSet:
		want = set
	default:
		s.mu.Unlock()
		return native.OSErrorCode(t, 22)
	}
	want &^= bit(9) | bit(19)
	s.blocked = want
	free := s.held &^ want
	s.held &= want
	s.mu.Unlock()
	for sig := 1; sig <= maxSignal; sig++ {
		if (old^want)&bit(sig) != 0 {
			s.act(sig)
		}
		if free&bit(sig) != 0 && !s.deliver(t, sig) {
			if err := kill(t, sig); err != nil {
				return native.OSError(t, err)
			}
		}
	}
	if !native.Interrupts(t) {
		return Value{}
	}
	return setOf(t, old)
}

func sigpending(t *Thread, a []Value) Value {
	s := stateOf(t)
	s.mu.Lock()
	held := s.held
	s.mu.Unlock()
	return setOf(t, held)
}

// take waits for one of a set of signals and takes it.
func (s *State) take(t *Thread, set uint64, limit time.Duration) (sig int, ok bool) {
	// Those that nobody has blocked are caught while someone waits for them.
	s.mu.Lock()
	extra := set &^ s.blocked
	s.blocked |= extra
	s.mu.Unlock()
	for i := 1; i <= maxSignal; i++ {
		if extra&bit(i) != 0 {
			s.act(i)
		}
	}
	_, ok = s.await(t, limit, func() bool {
		for i := 1; i <= maxSignal; i++ {
			if s.held&set&bit(i) != 0 {
				s.held &^= bit(i)
				sig = i
				return true
			}
		}
		return false
	})
	s.mu.Lock()
	s.blocked &^= extra
	s.mu.Unlock()
	for i := 1; i <= maxSignal; i++ {
		if extra&bit(i) != 0 {
			s.act(i)
		}
	}
	return sig, ok
}

func sigwait(t *Thread, a []Value) Value {
	set, ok := signalSet(t, a[0])
	if !ok {
		return Value{}
	}
	sig, ok := stateOf(t).take(t, set, -1)
	if !ok {
		return Value{}
	}
	return object.MakeInt(int64(sig))
}

func siginfo(t *Thread, sig int) Value {
	pid, uid := 0, 0
	if s := native.Host(t).System; s != nil {
		pid, uid = s.Pid(), s.UID()
	}
	zero := object.MakeInt(0)
	return object.MakeStructSeq(&siginfoType, object.MakeInt(int64(sig)), zero, zero, object.MakeInt(int64(pid)), object.MakeInt(int64(uid)), zero, zero)
}

func sigwaitinfo(t *Thread, a []Value) Value {
	set, ok := signalSet(t, a[0])
	if !ok {
		return Value{}
	}
	sig, ok := stateOf(t).take(t, set, -1)
	if !ok {
		return Value{}
	}
	return siginfo(t, sig)
}

func sigtimedwait(t *Thread, a []Value) Value {
	set, ok := signalSet(t, a[0])
	if !ok {
		return Value{}
	}
	limit, ok := duration(t, a[1])
	if !ok {
		return Value{}
	}
	if limit < 0 {
		return t.ValueErrorf("timeout must be non-negative")
	}
	sig, ok := stateOf(t).take(t, set, time.Duration(limit)*time.Microsecond)
	switch {
	case !ok:
		return Value{}
	case sig == 0:
		return object.None
	}
	return siginfo(t, sig)
}
