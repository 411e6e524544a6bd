//go:build linux || darwin

package host

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// Network is the network of the machine. Addresses are the bytes of the system's sockaddr structs.
type Network struct{}

// zero is what stands for the memory of an empty slice.
var zero [1]byte

func result(r uintptr, e unix.Errno) (int, error) {
	if e != 0 {
		return -1, e
	}
	return int(r), nil
}

// Bind gives a socket its address.
func (*Network) Bind(fd int, addr []byte) error {
	_, _, e := unix.Syscall(unix.SYS_BIND, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(addr))), uintptr(len(addr)))
	return errnoError(e)
}

// Connect connects a socket.
func (*Network) Connect(fd int, addr []byte) error {
	_, _, e := unix.Syscall(unix.SYS_CONNECT, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(addr))), uintptr(len(addr)))
	return errnoError(e)
}

func errnoError(e unix.Errno) error {
	if e != 0 {
		return e
	}
	return nil
}

// Listen has a socket accept connections.
func (*Network) Listen(fd, backlog int) error { return unix.Listen(fd, backlog) }

// Shutdown ends one or both directions of a connection.
func (*Network) Shutdown(fd, how int) error { return unix.Shutdown(fd, how) }

// Name returns the length of the socket's own address, or of its peer's, which it puts into addr.
func (*Network) Name(fd int, peer bool, addr []byte) (int, error) {
	n := uint32(len(addr))
	call := uintptr(unix.SYS_GETSOCKNAME)
	if peer {
		call = unix.SYS_GETPEERNAME
	}
	_, _, e := unix.Syscall(call, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(addr))), uintptr(unsafe.Pointer(&n)))
	return min(int(n), len(addr)), errnoError(e)
}

// Recv receives bytes, and the length of the sender's address, if addr has room for it.
func (*Network) Recv(fd int, p []byte, flags int, addr []byte) (n, size int, err error) {
	if addr == nil {
		r, _, e := unix.Syscall6(unix.SYS_RECVFROM, uintptr(fd), uintptr(unsafe.Pointer(first(p))), uintptr(len(p)), uintptr(flags), 0, 0)
		n, err = result(r, e)
		return n, 0, err
	}
	l := uint32(len(addr))
	r, _, e := unix.Syscall6(unix.SYS_RECVFROM, uintptr(fd), uintptr(unsafe.Pointer(first(p))), uintptr(len(p)), uintptr(flags),
		uintptr(unsafe.Pointer(unsafe.SliceData(addr))), uintptr(unsafe.Pointer(&l)))
	n, err = result(r, e)
	return n, min(int(l), len(addr)), err
}

// first returns a pointer to the bytes, never nil.
func first(p []byte) *byte {
	if len(p) == 0 {
		return &zero[0]
	}
	return &p[0]
}

// Send sends bytes, to addr if it is not empty.
func (*Network) Send(fd int, p []byte, flags int, addr []byte) (int, error) {
	var to *byte
	if len(addr) > 0 {
		to = &addr[0]
	}
	r, _, e := unix.Syscall6(unix.SYS_SENDTO, uintptr(fd), uintptr(unsafe.Pointer(first(p))), uintptr(len(p)), uintptr(flags), uintptr(unsafe.Pointer(to)), uintptr(len(addr)))
	return result(r, e)
}

// message makes the struct that sendmsg and recvmsg take.
func message(bufs [][]byte, control, addr []byte) *unix.Msghdr {
	m := &unix.Msghdr{}
	if len(addr) > 0 {
		m.Name, m.Namelen = &addr[0], uint32(len(addr))
	}
	if len(bufs) > 0 {
		iov := make([]unix.Iovec, len(bufs))
		for i, b := range bufs {
			iov[i].Base = first(b)
			iov[i].SetLen(len(b))
		}
		m.Iov = &iov[0]
		m.SetIovlen(len(iov))
	}
	if len(control) > 0 {
		m.Control = &control[0]
		m.SetControllen(len(control))
	}
	return m
}

// Received is what RecvMsg has received: so many bytes of data, control messages and address.
type Received struct {
	N, Control, Addr, Flags int
}

// RecvMsg receives data, control messages and the sender's address.
func (*Network) RecvMsg(fd int, bufs [][]byte, control, addr []byte, flags int) (Received, error) {
	m := message(bufs, control, addr)
	r, _, e := unix.Syscall(unix.SYS_RECVMSG, uintptr(fd), uintptr(unsafe.Pointer(m)), uintptr(flags))
	n, err := result(r, e)
	return Received{n, min(int(m.Controllen), len(control)), min(int(m.Namelen), len(addr)), int(m.Flags)}, err
}

// SendMsg sends data with control messages, to addr if it is not empty.
func (*Network) SendMsg(fd int, bufs [][]byte, control, addr []byte, flags int) (int, error) {
	r, _, e := unix.Syscall(unix.SYS_SENDMSG, uintptr(fd), uintptr(unsafe.Pointer(message(bufs, control, addr))), uintptr(flags))
	return result(r, e)
}

// Option reads an option of a socket into p and returns its length.
func (*Network) Option(fd, level, name int, p []byte) (int, error) {
	n := uint32(len(p))
	_, _, e := unix.Syscall6(unix.SYS_GETSOCKOPT, uintptr(fd), uintptr(level), uintptr(name), uintptr(unsafe.Pointer(first(p))), uintptr(unsafe.Pointer(&n)), 0)
	return min(int(n), len(p)), errnoError(e)
}

// SetOption sets an option of a socket. nil stands for a null pointer, with a length of its own.
func (*Network) SetOption(fd, level, name int, p []byte, size int) error {
	var at *byte
	if p != nil {
		at, size = first(p), len(p)
	}
	_, _, e := unix.Syscall6(unix.SYS_SETSOCKOPT, uintptr(fd), uintptr(level), uintptr(name), uintptr(unsafe.Pointer(at)), uintptr(size), 0)
	return errnoError(e)
}
