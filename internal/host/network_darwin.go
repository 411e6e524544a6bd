package host

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Socket makes a socket, which children do not inherit.
func (*Network) Socket(family, kind, proto int) (int, error) {
	fd, err := unix.Socket(family, kind, proto)
	if err == nil {
		unix.CloseOnExec(fd)
	}
	return fd, err
}

// Pair makes two sockets that are connected to each other.
func (*Network) Pair(family, kind, proto int) (a, b int, err error) {
	p, err := unix.Socketpair(family, kind, proto)
	if err == nil {
		unix.CloseOnExec(p[0])
		unix.CloseOnExec(p[1])
	}
	return p[0], p[1], err
}

// Accept takes a connection and the length of the peer's address.
func (*Network) Accept(fd int, addr []byte) (conn, size int, err error) {
	n := uint32(len(addr))
	r, _, e := unix.Syscall(unix.SYS_ACCEPT, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(addr))), uintptr(unsafe.Pointer(&n)))
	conn, err = result(r, e)
	if err == nil {
		unix.CloseOnExec(conn)
	}
	return conn, min(int(n), len(addr)), err
}

// SetHostname cannot be done.
func (*Network) SetHostname(name string) error { return syscall.ENOSYS }
