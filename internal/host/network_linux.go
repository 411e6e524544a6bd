package host

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// Socket makes a socket, which children do not inherit.
func (*Network) Socket(family, kind, proto int) (int, error) {
	return unix.Socket(family, kind|unix.SOCK_CLOEXEC, proto)
}

// Pair makes two sockets that are connected to each other.
func (*Network) Pair(family, kind, proto int) (a, b int, err error) {
	p, err := unix.Socketpair(family, kind|unix.SOCK_CLOEXEC, proto)
	return p[0], p[1], err
}

// Accept takes a connection and the length of the peer's address.
func (*Network) Accept(fd int, addr []byte) (conn, size int, err error) {
	n := uint32(len(addr))
	r, _, e := unix.Syscall6(unix.SYS_ACCEPT4, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(addr))), uintptr(unsafe.Pointer(&n)), unix.SOCK_CLOEXEC, 0, 0)
	conn, err = result(r, e)
	return conn, min(int(n), len(addr)), err
}

// SetHostname changes the name of the machine.
func (*Network) SetHostname(name string) error { return unix.Sethostname([]byte(name)) }
