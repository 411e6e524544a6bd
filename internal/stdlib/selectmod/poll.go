//go:build linux || darwin

package selectmod

import (
	"syscall"
	"time"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

var pollType object.Type

// poller is a polling object. The interpreter's lock guards it.
type poller struct {
	object.Head
	fds    []host.PollFD // in the order of registration
	at     map[int]int   // where a descriptor is in fds
	active bool          // a thread is in poll
}

func newPoll(t *Thread, a []Value) Value {
	return object.Of(&poller{Head: object.Head{Type: &pollType}, at: map[int]int{}})
}

// eventMask converts an unsigned short.
func eventMask(t *Thread, v Value, def int) (int, bool) {
	if v.P == nil {
		return def, true
	}
	x := t.Index(v)
	if x.P == nil {
		return 0, false
	}
	n, ok := object.AsInt64(x)
	switch {
	case ok && n < 0 || !ok && object.AsBig(x).Sign() < 0:
		t.ValueErrorf("value must be positive")
		return 0, false
	case !ok:
		t.OverflowErrorf("Python int too large to convert to C unsigned long")
		return 0, false
	case n > 1<<16-1:
		t.OverflowErrorf("Python int too large for C unsigned short")
		return 0, false
	}
	return int(n), true
}

func pollRegister(t *Thread, a []Value) Value {
	p := object.To[poller](a[0])
	fd, ok := native.Fileno(t, a[1])
	if !ok {
		return Value{}
	}
	mask, ok := eventMask(t, a[2], host.PollIn|host.PollPri|host.PollOut)
	if !ok {
		return Value{}
	}
	if i, ok := p.at[fd]; ok {
		p.change(i, mask)
		return object.None
	}
	p.at[fd] = len(p.fds)
	p.fds = append(p.fds[:len(p.fds):len(p.fds)], host.PollFD{Fd: int32(fd), Events: int16(mask)})
	return object.None
}

// change sets the events of a descriptor, in a copy if another thread polls.
func (p *poller) change(i, mask int) {
	if p.active {
		p.fds = append([]host.PollFD(nil), p.fds...)
	}
	p.fds[i].Events = int16(mask)
}

func pollModify(t *Thread, a []Value) Value {
	p := object.To[poller](a[0])
	fd, ok := native.Fileno(t, a[1])
	if !ok {
		return Value{}
	}
	mask, ok := eventMask(t, a[2], 0)
	if !ok {
		return Value{}
	}
	i, ok := p.at[fd]
	if !ok {
		return native.OSError(t, syscall.ENOENT)
	}
	p.change(i, mask)
	return object.None
}

func pollUnregister(t *Thread, a []Value) Value {
	p := object.To[poller](a[0])
	fd, ok := native.Fileno(t, a[1])
	if !ok {
		return Value{}
	}
	i, ok := p.at[fd]
	if !ok {
		return t.KeyError(object.MakeInt(int64(fd)))
	}
	p.fds = append(append([]host.PollFD(nil), p.fds[:i]...), p.fds[i+1:]...)
	delete(p.at, fd)
	for k, j := range p.at {
		if j > i {
			p.at[k] = j - 1
		}
	}
	return object.None
}

// pollLimit converts the timeout of a poll method: nothing, None and negative numbers are for ever.
func pollLimit(t *Thread, v Value, unit time.Duration) (time.Duration, bool) {
	if v.P == nil || v.IsNone() {
		return -1, true
	}
	d, ok := native.Timeout(t, v, unit)
	if !ok {
		if t.Exc == nil {
			t.TypeErrorf("timeout must be an integer or None")
		}
		return 0, false
	}
	if (d+time.Millisecond-1)/time.Millisecond > 1<<31-1 || d/time.Millisecond < -1<<31 {
		t.OverflowErrorf("timeout is too large")
		return 0, false
	}
	if d < 0 {
		d = -1
	}
	return d, true
}

func pollPoll(t *Thread, a []Value) Value {
	p := object.To[poller](a[0])
	limit, ok := pollLimit(t, a[1], time.Millisecond)
	if !ok {
		return Value{}
	}
	if p.active {
		return t.RuntimeErrorf("concurrent poll() invocation")
	}
	fds := p.fds
	if cap(fds) == len(fds) {
		fds = append(fds, host.PollFD{})[:len(fds)]
		p.fds = fds
	}
	p.active = true
	n, ok := native.Poll(t, fds, limit)
	p.active = false
	if !ok {
		return Value{}
	}
	out := make([]Value, 0, n)
	for i := range fds {
		if e := fds[i].Revents; e != 0 {
			out = append(out, object.Of(object.NewTuple(object.MakeInt(int64(fds[i].Fd)), object.MakeInt(int64(uint16(e))))))
		}
	}
	return object.Of(object.NewList(out))
}

// setupPoll defines types of the module.
func setupPoll() {
	object.Define(&pollType, object.TypeSpec{Name: "poll", Module: "select", Methods: []object.MethodDef{
		{Name: "register", Sig: "($self, fd,\n         eventmask=select.POLLIN | select.POLLPRI | select.POLLOUT, /)", Fn: pollRegister, Doc: "Register a file descriptor with the polling object.\n\nfd\n  either an integer, or an object with a fileno() method returning an int\neventmask\n  an optional bitmask describing the type of events to check for"},
		{Name: "modify", Sig: "($self, fd, eventmask, /)", Fn: pollModify, Doc: "Modify an already registered file descriptor."},
		{Name: "unregister", Sig: "($self, fd, /)", Fn: pollUnregister, Doc: "Remove a file descriptor being tracked by the polling object."},
		{Name: "poll", Sig: "($self, timeout=None, /)", Fn: pollPoll, Doc: "Polls the set of registered file descriptors.\n\n  timeout\n    The maximum time to wait in milliseconds, or else None (or a negative\n    value) to wait indefinitely.\n\nReturns a list containing any descriptors that have events or errors to\nreport, as a list of (fd, event) 2-tuples."},
	}})
}
