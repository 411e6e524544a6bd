//go:build linux || darwin

package socketmod

import (
	"syscall"
	"time"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// waiter is a call that may have to wait: what it asks for is tried first, and waited for if the system says so.
type waiter struct {
	s     *socket
	write bool
	// flag is given to calls that have flags: they must not block in the main thread, which signals could not reach then.
	flag    int
	end     time.Duration // when the time is over, if the socket has a timeout
	started bool          // end is set
}

// signalled reports whether the thread is one that signals must be able to reach.
func signalled(t *Thread) bool {
	return t == t.Interp.Main && native.Host(t).Waker() != nil
}

// newWaiter begins a call with flags.
func newWaiter(t *Thread, s *socket, write bool, flags int) (w waiter, ok bool) {
	w = waiter{s: s, write: write}
	if s.timeout < 0 && flags&syscall.MSG_DONTWAIT == 0 && signalled(t) {
		if flags&syscall.MSG_WAITALL != 0 {
			return w, w.wait(t)
		}
		w.flag = syscall.MSG_DONTWAIT
	}
	return w, true
}

// wait waits until the socket is ready. False: an exception is set.
func (w *waiter) wait(t *Thread) bool {
	limit := w.s.timeout
	if limit > 0 {
		now := native.Now(t)
		if !w.started {
			w.started, w.end = true, now+limit
		}
		limit = max(w.end-now, 0)
	}
	if w.s.fd < 0 {
		return true // the call itself fails
	}
	ready, ok := native.AwaitFD(t, w.s.fd, w.write, limit)
	if ok && !ready {
		timedOut(t)
		return false
	}
	return ok
}

func timedOut(t *Thread) Value {
	return t.RaiseNew(&object.TimeoutErrorType, object.MakeStr("timed out"))
}

// again decides about a call that has failed: true is to try once more, now that the socket is ready. False: an exception is set.
func (w *waiter) again(t *Thread, err error) bool {
	switch {
	case host.Is(err, syscall.EINTR):
		return native.Interrupts(t)
	case host.Is(err, syscall.EAGAIN) && (w.s.timeout > 0 || w.s.timeout < 0 && w.flag != 0):
		return w.wait(t)
	}
	native.OSError(t, err)
	return false
}

func accept(t *Thread, a []Value) Value {
	s := object.To[socket](a[0])
	n := network(t)
	if n == nil {
		return Value{}
	}
	w := waiter{s: s}
	if s.timeout > 0 || s.timeout < 0 && signalled(t) {
		w.flag = 1
		if !w.wait(t) {
			return Value{}
		}
	}
	for {
		var addr [addrSize]byte
		fd := s.fd
		t.Unlock()
		conn, size, err := n.Accept(fd, addr[:])
		t.Lock()
		if err == nil {
			peer := addrValue(t, addr[:size])
			if peer.P == nil {
				if f := native.Host(t).Files; f != nil {
					f.Close(conn)
				}
				return peer
			}
			return object.Of(object.NewTuple(object.MakeInt(int64(conn)), peer))
		}
		if !w.again(t, err) {
			return Value{}
		}
	}
}

func bind(t *Thread, a []Value) Value {
	s := object.To[socket](a[0])
	n := network(t)
	if n == nil {
		return Value{}
	}
	addr, ok := s.addr(t, a[1], "bind")
	if !ok {
		return Value{}
	}
	t.Unlock()
	err := n.Bind(s.fd, addr)
	t.Lock()
	if err != nil {
		return native.OSError(t, err)
	}
	return object.None
}

// dial connects. The error is the system's; ok is false when an exception is set.
func (s *socket) dial(t *Thread, addr []byte) (err error, ok bool) {
	n := network(t)
	if n == nil {
		return nil, false
	}
	fd := s.fd
	if s.timeout < 0 && signalled(t) {
		// Nothing but a goroutine of its own lets signals reach a thread that connects.
		done := make(chan error, 1)
		go func() { done <- n.Connect(fd, addr) }()
		err, ok = awaitError(t, done)
	} else {
		t.Unlock()
		err, ok = n.Connect(fd, addr), true
		t.Lock()
	}
	if !ok || err == nil || host.Is(err, syscall.EISCONN) && s.timeout != 0 {
		return nil, ok
	}
	if !host.Is(err, syscall.EINTR) && !(host.Is(err, syscall.EINPROGRESS) && s.timeout > 0) {
		return err, true
	}
	w := waiter{s: s, write: true}
	if !w.wait(t) {
		return nil, false
	}
	var b [4]byte
	if _, err := n.Option(s.fd, syscall.SOL_SOCKET, syscall.SO_ERROR, b[:]); err != nil {
		return err, true
	}
	if e := syscall.Errno(nativeInt(b)); e != 0 && e != syscall.EISCONN {
		return e, true
	}
	return nil, true
}

// awaitError waits for the result of a goroutine.
func awaitError(t *Thread, done <-chan error) (err error, ok bool) {
	for {
		finished := false
		t.Unlock()
		select {
		case err = <-done:
			finished = true
		case <-t.Wake:
		}
		t.Lock()
		if finished {
			return err, true
		}
		if !native.Interrupts(t) {
			return nil, false
		}
	}
}

func connect(t *Thread, a []Value) Value {
	s := object.To[socket](a[0])
	addr, ok := s.addr(t, a[1], "connect")
	if !ok {
		return Value{}
	}
	err, ok := s.dial(t, addr)
	if ok && err != nil {
		return native.OSError(t, err)
	}
	if !ok {
		return Value{}
	}
	return object.None
}

func connectEx(t *Thread, a []Value) Value {
	s := object.To[socket](a[0])
	addr, ok := s.addr(t, a[1], "connect_ex")
	if !ok {
		return Value{}
	}
	err, ok := s.dial(t, addr)
	if !ok {
		if t.Catch(&object.TimeoutErrorType) == nil {
			return Value{}
		}
		err = syscall.EAGAIN
	}
	if err == nil {
		return object.MakeInt(0)
	}
	code, _ := native.Errno(err)
	return object.MakeInt(int64(code))
}
