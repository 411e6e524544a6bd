//go:build linux || darwin

package host

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// FcntlBytes is fcntl with a struct for argument, which the call may change.
func (*System) FcntlBytes(fd, cmd int, arg []byte) (int, error) {
	r, _, e := unix.Syscall(unix.SYS_FCNTL, uintptr(fd), uintptr(cmd), uintptr(unsafe.Pointer(first(arg))))
	return result(r, e)
}

// Ioctl is ioctl with an int for argument.
func (*System) Ioctl(fd int, request uint, arg int) (int, error) {
	r, _, e := unix.Syscall(unix.SYS_IOCTL, uintptr(fd), uintptr(request), uintptr(arg))
	return result(r, e)
}

// IoctlBytes is ioctl with a struct for argument, which the call may change.
func (*System) IoctlBytes(fd int, request uint, arg []byte) (int, error) {
	r, _, e := unix.Syscall(unix.SYS_IOCTL, uintptr(fd), uintptr(request), uintptr(unsafe.Pointer(first(arg))))
	return result(r, e)
}

// Flock locks a file, or unlocks it.
func (*System) Flock(fd, operation int) error { return unix.Flock(fd, operation) }

// Lock locks a part of a file (kind is one of F_RDLCK, F_WRLCK, F_UNLCK), waiting for others if wait is set.
func (*System) Lock(fd, kind int, wait bool, start, length int64, whence int) error {
	l := unix.Flock_t{Type: int16(kind), Whence: int16(whence), Start: start, Len: length}
	cmd := unix.F_SETLK
	if wait {
		cmd = unix.F_SETLKW
	}
	return unix.FcntlFlock(uintptr(fd), cmd, &l)
}

// Limit returns a limit of the process, and sets it if set is not nil; -1 is none.
func (*System) Limit(resource int, set *[2]int64) (old [2]int64, err error) {
	var r unix.Rlimit
	if err := unix.Getrlimit(resource, &r); err != nil {
		return old, err
	}
	old = [2]int64{limitNumber(r.Cur), limitNumber(r.Max)}
	if set == nil {
		return old, nil
	}
	r.Cur, r.Max = uint64(set[0]), uint64(set[1])
	if noLimit := uint64(limitNone); set[0] < 0 {
		r.Cur = noLimit
	}
	if noLimit := uint64(limitNone); set[1] < 0 {
		r.Max = noLimit
	}
	return old, setLimit(resource, &r)
}

const limitNone = unix.RLIM_INFINITY & (1<<64 - 1)

func limitNumber(n uint64) int64 {
	if n == limitNone || n > 1<<63-1 {
		return -1
	}
	return int64(n)
}
