package host

import "syscall"

// The flags of Open and Pipe, as the platform numbers them.
const (
	OpenRead      = syscall.O_RDONLY
	OpenWrite     = syscall.O_WRONLY
	OpenReadWrite = syscall.O_RDWR
	OpenCreate    = syscall.O_CREAT
	OpenExclusive = syscall.O_EXCL
	OpenTruncate  = syscall.O_TRUNC
	OpenAppend    = syscall.O_APPEND
	CloseOnExec   = syscall.O_CLOEXEC
)

// FdChmod changes the mode of an open file.
func FdChmod(f Files, fd int, mode uint32) error {
	if x, ok := f.(interface {
		Fchmod(fd int, mode uint32) error
	}); ok {
		return x.Fchmod(fd, mode)
	}
	return syscall.ENOSYS
}

// FdTimes changes the times of an open file; nil sets them to now.
func FdTimes(f Files, fd int, times *[2]Timespec) error {
	if x, ok := f.(interface {
		Futimes(fd int, times *[2]Timespec) error
	}); ok {
		return x.Futimes(fd, times)
	}
	return syscall.ENOSYS
}

// Waker returns what wakes the main thread when a signal comes, or nil if nobody has asked for signals.
func (h *Host) Waker() *Waker { return h.waker.Load() }

// UseWaker makes the Waker of the host, if there can be one.
func (h *Host) UseWaker() {
	if h.waker.Load() == nil {
		if w := NewWaker(); w != nil {
			h.waker.CompareAndSwap(nil, w)
		}
	}
}
