//go:build linux || darwin

package host

import (
	"time"

	"golang.org/x/sys/unix"
)

// PollFD is a descriptor, what is waited for, and what has happened.
type PollFD = unix.PollFd

// Events of Poll.
const (
	PollIn   = unix.POLLIN
	PollOut  = unix.POLLOUT
	PollPri  = unix.POLLPRI
	PollErr  = unix.POLLERR
	PollHup  = unix.POLLHUP
	PollNval = unix.POLLNVAL
)

// Poll waits for descriptors, for at most limit (negative: for ever), and returns for how many of them something has happened. If w is not nil it can
// wake the caller: then woken is true. fds must have room for one more element behind it.
func (*System) Poll(fds []PollFD, limit time.Duration, w *Waker) (n int, woken bool, err error) {
	all := fds
	if w != nil {
		all = append(fds, PollFD{Fd: int32(w.r), Events: unix.POLLIN})
	}
	n, err = unix.Poll(all, pollMillis(limit))
	if err == unix.EINTR {
		return 0, true, nil
	}
	if err == nil && w != nil && all[len(fds)].Revents != 0 {
		return n - 1, true, nil
	}
	return n, false, err
}

// pollMillis rounds up to milliseconds, so that nobody wakes too early.
func pollMillis(d time.Duration) int {
	if d < 0 {
		return -1
	}
	ms := (d + time.Millisecond - 1) / time.Millisecond
	return int(min(ms, 1<<31-1))
}
