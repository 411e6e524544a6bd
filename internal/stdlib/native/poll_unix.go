//go:build linux || darwin

package native

import (
	"time"

	"github.com/krait-py/krait/internal/host"
)

// Poll waits until something happens to one of the descriptors, at most limit (negative: for ever), and returns to how many of them something has.
// It does not hold the interpreter's lock; the main thread handles signals meanwhile. False: an exception is set.
func Poll(t *Thread, fds []host.PollFD, limit time.Duration) (int, bool) {
	s := Host(t).System
	if s == nil {
		OSErrorCode(t, 1)
		return 0, false
	}
	var w *host.Waker
	if t == t.Interp.Main && limit != 0 {
		w = Host(t).Waker()
	}
	var deadline time.Duration
	if limit > 0 {
		deadline = Now(t) + limit
	}
	for {
		t.Unlock()
		n, woken, err := s.Poll(fds, limit, w)
		t.Lock()
		if err != nil {
			OSError(t, err)
			return 0, false
		}
		if woken && w != nil {
			w.Clear()
		}
		if woken && !Interrupts(t) {
			return 0, false
		}
		if n > 0 || !woken {
			return n, true
		}
		if limit > 0 {
			if limit = deadline - Now(t); limit <= 0 {
				limit = 0
			}
		}
	}
}

// AwaitFD waits until a descriptor can be read or written. ready is false when the time is over.
func AwaitFD(t *Thread, fd int, write bool, limit time.Duration) (ready, ok bool) {
	var a [2]host.PollFD
	a[0] = host.PollFD{Fd: int32(fd), Events: host.PollIn}
	if write {
		a[0].Events = host.PollOut
	}
	n, ok := Poll(t, a[:1:2], limit)
	return n > 0, ok
}
