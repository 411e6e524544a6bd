//go:build linux || darwin

package host

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// unixFiles makes system calls.
type unixFiles struct{}

func newFiles() Files { return unixFiles{} }

func (unixFiles) Open(dir int, name string, flag int, perm uint32) (int, error) {
	for {
		fd, err := unix.Openat(at(dir), name, flag|unix.O_CLOEXEC, perm)
		if err != unix.EINTR {
			return fd, err
		}
	}
}

func (unixFiles) Close(fd int) error { return unix.Close(fd) }

func (unixFiles) Read(fd int, p []byte) (int, error) {
	for {
		n, err := syscall.Read(fd, p)
		if err != syscall.EINTR {
			return max(n, 0), err
		}
	}
}

func (unixFiles) Write(fd int, p []byte) (int, error) {
	for {
		n, err := syscall.Write(fd, p)
		if err != syscall.EINTR {
			return max(n, 0), err
		}
	}
}

func (unixFiles) Seek(fd int, offset int64, whence int) (int64, error) {
	return syscall.Seek(fd, offset, whence)
}

func (unixFiles) Truncate(fd int, size int64) error {
	for {
		if err := unix.Ftruncate(fd, size); err != unix.EINTR {
			return err
		}
	}
}

func (unixFiles) Sync(fd int) error { return unix.Fsync(fd) }

func (unixFiles) Dup(fd int, inheritable bool) (int, error) {
	cmd := unix.F_DUPFD_CLOEXEC
	if inheritable {
		cmd = unix.F_DUPFD
	}
	return unix.FcntlInt(uintptr(fd), cmd, 0)
}

func (unixFiles) IsTerminal(fd int) bool { return isTerminal(fd) }

func (unixFiles) Fstat(fd int, st *Stat) error {
	var s unix.Stat_t
	if err := unix.Fstat(fd, &s); err != nil {
		return err
	}
	fillStat(st, &s)
	return nil
}

func (unixFiles) Mkdir(dir int, name string, perm uint32) error {
	return unix.Mkdirat(at(dir), name, perm)
}

func (unixFiles) Remove(dir int, name string, directory bool) error {
	flag := 0
	if directory {
		flag = unix.AT_REMOVEDIR
	}
	return unix.Unlinkat(at(dir), name, flag)
}

func (unixFiles) Rename(dir int, name string, newDir int, newName string) error {
	return unix.Renameat(at(dir), name, at(newDir), newName)
}

func (unixFiles) Link(dir int, name string, newDir int, newName string, follow bool) error {
	flag := 0
	if follow {
		flag = unix.AT_SYMLINK_FOLLOW
	}
	return unix.Linkat(at(dir), name, at(newDir), newName, flag)
}

func (unixFiles) Symlink(target string, dir int, name string) error {
	return unix.Symlinkat(target, at(dir), name)
}

func (unixFiles) Readlink(dir int, name string) (string, error) {
	for size := 256; ; size *= 4 {
		b := make([]byte, size)
		n, err := unix.Readlinkat(at(dir), name, b)
		if err != nil {
			return "", err
		}
		if n < size {
			return string(b[:n]), nil
		}
	}
}

func (unixFiles) Chmod(dir int, name string, mode uint32, follow bool) error {
	flag := 0
	if !follow {
		flag = unix.AT_SYMLINK_NOFOLLOW
	}
	return unix.Fchmodat(at(dir), name, mode, flag)
}

func (unixFiles) Chtimes(dir int, name string, times *[2]Timespec, follow bool) error {
	flag := 0
	if !follow {
		flag = unix.AT_SYMLINK_NOFOLLOW
	}
	var ts []unix.Timespec
	if times != nil {
		ts = []unix.Timespec{unixTime(times[0]), unixTime(times[1])}
	} else {
		ts = []unix.Timespec{{Nsec: unixNow}, {Nsec: unixNow}}
	}
	return unix.UtimesNanoAt(at(dir), name, ts, flag)
}

// Fchmod changes the mode of an open file.
func (unixFiles) Fchmod(fd int, mode uint32) error { return unix.Fchmod(fd, mode) }

func unixTime(t Timespec) unix.Timespec {
	var ts unix.Timespec
	ts.Sec = t.Sec
	ts.Nsec = t.Nsec
	return ts
}

func (unixFiles) Access(dir int, name string, mode uint32, effective, follow bool) error {
	flag := 0
	if effective {
		flag |= unix.AT_EACCESS
	}
	if !follow {
		flag |= unix.AT_SYMLINK_NOFOLLOW
	}
	return unix.Faccessat(at(dir), name, mode, flag)
}

func (unixFiles) Getwd() (string, error) {
	b := make([]byte, unix.PathMax)
	n, err := unix.Getcwd(b)
	if err != nil {
		return "", err
	}
	for n > 0 && b[n-1] == 0 {
		n--
	}
	return string(b[:n]), nil
}

func (unixFiles) Chdir(name string) error { return unix.Chdir(name) }

func (unixFiles) Fchdir(fd int) error { return unix.Fchdir(fd) }

// Wait implements Waiter.
func (unixFiles) Wait(fd int, write bool, w *Waker) (bool, error) {
	events := int16(unix.POLLIN)
	if write {
		events = unix.POLLOUT
	}
	fds := []unix.PollFd{{Fd: int32(fd), Events: events}, {Fd: int32(w.r), Events: unix.POLLIN}}
	timeout := 0
	for {
		n, err := unix.Poll(fds, timeout)
		switch {
		case err == unix.EINTR:
		case err != nil:
			return false, err
		case n == 0 && timeout == 0:
			if flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFL, 0); err != nil || flags&unix.O_NONBLOCK != 0 {
				return false, nil // the call will not wait either
			}
			timeout = -1
		default:
			return fds[1].Revents != 0, nil
		}
	}
}

// Waker wakes one goroutine that waits in a system call.
type Waker struct{ r, w int }

// NewWaker returns a Waker, or nil if the system has no pipes left.
func NewWaker() *Waker {
	var p [2]int
	if unix.Pipe(p[:]) != nil {
		return nil
	}
	for _, fd := range p {
		unix.CloseOnExec(fd)
		if unix.SetNonblock(fd, true) != nil {
			return nil
		}
	}
	return &Waker{p[0], p[1]}
}

// Wake wakes who waits, or who waits next.
func (w *Waker) Wake() { unix.Write(w.w, []byte{0}) }

// Clear forgets calls of Wake.
func (w *Waker) Clear() {
	var b [64]byte
	for {
		if n, err := unix.Read(w.r, b[:]); n < len(b) || err != nil {
			return
		}
	}
}
