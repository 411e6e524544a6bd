//go:build linux || darwin

package socketmod

import (
	"encoding/binary"
	"strconv"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// SocketType is _socket.socket.
var SocketType object.Type

// socket is a socket object. The interpreter's lock guards it.
type socket struct {
	object.Head
	fd                  int // -1: closed
	family, kind, proto int
	timeout             time.Duration // negative: calls block; 0: they never wait
}

type socketSub struct {
	socket
	object.Attrs
}

func alloc(t *Thread, cls *object.Type) Value {
	if cls == &SocketType {
		v := object.Of(&socket{Head: object.Head{Type: cls}, fd: -1, timeout: -1})
		t.Finalize(v)
		return v
	}
	p := &socketSub{socket: socket{Head: object.Head{Type: cls}, fd: -1, timeout: -1}}
	return object.InitAttrs(cls, object.Of(p))
}

// set makes the object one for a descriptor; on failure the descriptor is closed.
func (s *socket) set(t *Thread, fd, family, kind, proto int) bool {
	s.fd, s.family, s.proto = fd, family, proto
	s.kind = kind &^ (typeNonblock | typeCloexec)
	s.timeout = -1
	if kind&typeNonblock != 0 {
		s.timeout = 0
		return true
	}
	if d := stateOf(t).timeout; d >= 0 {
		s.timeout = d
		if !s.setBlocking(t, false) {
			return false
		}
	}
	return true
}

func socketInit(t *Thread, a []Value) bool {
	s := object.To[socket](a[0])
	var n [3]int
	for i := range n {
		var ok bool
		if n[i], ok = int32Or(t, a[i+1], -1); !ok {
			return false
		}
	}
	family, kind, proto := n[0], n[1], n[2]
	net := network(t)
	if net == nil {
		return false
	}
	if v := a[4]; v.P != nil && !v.IsNone() {
		return s.adopt(t, net, v, family, kind, proto)
	}
	if family == -1 {
		family = syscall.AF_INET
	}
	if kind == -1 {
		kind = syscall.SOCK_STREAM
	}
	if proto == -1 {
		proto = 0
	}
	t.Unlock()
	fd, err := net.Socket(family, kind, proto)
	t.Lock()
	if err != nil {
		native.OSError(t, err)
		return false
	}
	return s.set(t, fd, family, kind, proto)
}

// adopt takes over a descriptor and asks it for what has not been given.
func (s *socket) adopt(t *Thread, net *host.Network, v Value, family, kind, proto int) bool {
	if v.Type().Flags&object.FlagFloat != 0 {
		t.TypeErrorf("integer argument expected, got float")
		return false
	}
	fd, ok := t.AsCInt(v)
	if !ok {
		return false
	}
	if fd < 0 {
		t.ValueErrorf("negative file descriptor")
		return false
	}
	var addr [addrSize]byte
	n, err := net.Name(fd, false, addr[:])
	switch {
	case err != nil && (family == -1 || host.Is(err, syscall.EBADF) || host.Is(err, syscall.ENOTSOCK)):
		native.OSError(t, err)
		return false
	case err == nil && family == -1:
		family = familyOf(addr[:n])
	}
	for _, x := range [...]struct {
		n      *int
		option int
		def    int
	}{{&kind, syscall.SO_TYPE, -1}, {&proto, soProtocol, 0}} {
		if *x.n != -1 {
			continue
		}
		if x.option == 0 {
			*x.n = x.def
			continue
		}
		var b [4]byte
		if _, err := net.Option(fd, syscall.SOL_SOCKET, x.option, b[:]); err != nil {
			native.OSError(t, err)
			return false
		}
		*x.n = nativeInt(b)
	}
	return s.set(t, fd, family, kind, proto)
}

func (s *socket) setBlocking(t *Thread, on bool) bool {
	sys := native.Host(t).System
	if sys == nil {
		native.OSErrorCode(t, 1)
		return false
	}
	f, err := sys.Fcntl(s.fd, unix.F_GETFL, 0)
	if err == nil {
		g := f | unix.O_NONBLOCK
		if on {
			g = f &^ unix.O_NONBLOCK
		}
		if g != f {
			_, err = sys.Fcntl(s.fd, unix.F_SETFL, g)
		}
	}
	if err != nil {
		native.OSError(t, err)
		return false
	}
	return true
}

// close closes the descriptor.
func (s *socket) close(t *Thread) error {
	fd := s.fd
	if fd < 0 {
		return nil
	}
	s.fd = -1
	f := native.Host(t).Files
	if f == nil {
		return nil
	}
	t.Unlock()
	err := f.Close(fd)
	t.Lock()
	if host.Is(err, syscall.ECONNRESET) {
		err = nil
	}
	return err
}

func sockClose(t *Thread, a []Value) Value {
	if err := object.To[socket](a[0]).close(t); err != nil {
		return native.OSError(t, err)
	}
	return object.None
}

// finalize is __del__: it warns of a socket that has not been closed.
func finalize(t *Thread, v Value) {
	s := object.To[socket](v)
	if s.fd < 0 {
		return
	}
	saved := t.Exc
	t.Exc = nil
	if r := t.Repr(v); r != nil && !t.Warn(&object.ResourceWarningType, 1, "%s", "unclosed "+r.S) {
		if t.Exc != nil && t.Exc.Type.IsSubtype(&object.WarningType) {
			t.Unraisable("", v)
		}
	}
	t.Exc = nil
	s.close(t)
	t.Exc = saved
}

func repr(t *Thread, v Value) Value {
	s := object.To[socket](v)
	b := append([]byte("<socket object, fd="), strconv.Itoa(s.fd)...)
	for _, x := range [...]struct {
		name string
		n    int
	}{{", family=", s.family}, {", type=", s.kind}, {", proto=", s.proto}} {
		b = strconv.AppendInt(append(b, x.name...), int64(x.n), 10)
	}
	return object.MakeStr(string(append(b, '>')))
}

func setblocking(t *Thread, a []Value) Value {
	on, ok := t.IsTrue(a[1])
	if !ok {
		return Value{}
	}
	s := object.To[socket](a[0])
	s.timeout = 0
	if on {
		s.timeout = -1
	}
	if !s.setBlocking(t, on) {
		return Value{}
	}
	return object.None
}

func settimeout(t *Thread, a []Value) Value {
	d, ok := parseTimeout(t, a[1])
	if !ok {
		return Value{}
	}
	s := object.To[socket](a[0])
	s.timeout = d
	if !s.setBlocking(t, d < 0) {
		return Value{}
	}
	return object.None
}

func listen(t *Thread, a []Value) Value {
	backlog, ok := int32Or(t, a[1], 128)
	if !ok {
		return Value{}
	}
	n := network(t)
	if n == nil {
		return Value{}
	}
	if err := n.Listen(object.To[socket](a[0]).fd, max(backlog, 0)); err != nil {
		return native.OSError(t, err)
	}
	return object.None
}

func shutdown(t *Thread, a []Value) Value {
	how, ok := t.AsCInt(a[1])
	if !ok {
		return Value{}
	}
	n := network(t)
	if n == nil {
		return Value{}
	}
	fd := object.To[socket](a[0]).fd
	t.Unlock()
	err := n.Shutdown(fd, how)
	t.Lock()
	if err != nil {
		return native.OSError(t, err)
	}
	return object.None
}

// name makes getsockname and getpeername.
func name(peer bool) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		n := network(t)
		if n == nil {
			return Value{}
		}
		s := object.To[socket](a[0])
		var addr [addrSize]byte
		size, err := n.Name(s.fd, peer, addr[:])
		if err != nil {
			return native.OSError(t, err)
		}
		return addrValue(t, addr[:size])
	}
}

// getsockopt: an int, or bytes of a length.
func getsockopt(t *Thread, a []Value) Value {
	var n [3]int
	for i := range n {
		var ok bool
		if n[i], ok = int32Or(t, a[i+1], 0); !ok {
			return Value{}
		}
	}
	net := network(t)
	if net == nil {
		return Value{}
	}
	s := object.To[socket](a[0])
	if n[2] == 0 {
		var b [4]byte
		if _, err := net.Option(s.fd, n[0], n[1], b[:]); err != nil {
			return native.OSError(t, err)
		}
		return object.MakeInt(int64(nativeInt(b)))
	}
	if n[2] < 0 || n[2] > 1024 {
		return osError(t, "getsockopt buflen out of range")
	}
	b := make([]byte, n[2])
	size, err := net.Option(s.fd, n[0], n[1], b)
	if err != nil {
		return native.OSError(t, err)
	}
	return native.MakeBytes(b[:size])
}

// setsockopt takes an int, bytes, or None and a length.
func setsockopt(t *Thread, a []Value) Value {
	var n [2]int
	for i := range n {
		var ok bool
		if n[i], ok = t.AsCInt(a[i+1]); !ok {
			return Value{}
		}
	}
	net := network(t)
	if net == nil {
		return Value{}
	}
	s := object.To[socket](a[0])
	var err error
	switch v := a[3]; {
	case a[4].P != nil:
		if !v.IsNone() {
			return t.TypeErrorf("only None is accepted when optlen is given")
		}
		size, ok := native.Int64(t, a[4])
		if !ok {
			return Value{}
		}
		err = net.SetOption(s.fd, n[0], n[1], nil, int(uint32(size)))
	case v.Type().Flags&object.FlagInt != 0 || v.Type().Index != nil:
		x, ok := t.AsCInt(v)
		if !ok {
			return Value{}
		}
		var b [4]byte
		binary.NativeEndian.PutUint32(b[:], uint32(x))
		err = net.SetOption(s.fd, n[0], n[1], b[:], 0)
	case v.IsNone():
		return t.TypeErrorf("setsockopt() missing 1 required argument: 'optlen'")
	default:
		b, ok := native.Readable(t, v)
		if !ok {
			return Value{}
		}
		err = net.SetOption(s.fd, n[0], n[1], append(make([]byte, 0, len(b.Bytes)), b.Bytes...), 0)
		b.Release(t)
	}
	if err != nil {
		return native.OSError(t, err)
	}
	return object.None
}

// nativeInt is a C int.
func nativeInt(b [4]byte) int { return int(int32(binary.NativeEndian.Uint32(b[:]))) }

func member(name string, get func(s *socket) int, doc string) object.GetSetDef {
	return object.GetSetDef{Name: name, Member: true, Doc: doc, Get: func(t *Thread, v Value) Value { return object.MakeInt(int64(get(object.To[socket](v)))) }}
}

// setup defines the types of the module.
func setup(*object.ModuleDef) {
	object.Define(&SocketType, object.TypeSpec{Name: "socket", Module: "_socket", Flags: object.FlagBase, SubOffset: unsafe.Offsetof(socketSub{}.Attrs),
		Doc: "socket(family=AF_INET, type=SOCK_STREAM, proto=0) -> socket object\nsocket(family=-1, type=-1, proto=-1, fileno=None) -> socket object\n\nOpen a socket of the given type.  The family argument specifies the\naddress family; it defaults to AF_INET.  The type argument specifies\nwhether this is a stream (SOCK_STREAM, this is the default)\nor datagram (SOCK_DGRAM) socket.  The protocol argument defaults to 0,\nspecifying the default protocol.  Keyword arguments are accepted.\nThe socket is created as non-inheritable.",
		Slots: object.Slots{
			Alloc: alloc,
			New:   func(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value { return cls.Alloc(t, cls) },
			Init:  object.Initializer("socket", "(family=-1, type=-1, proto=-1, fileno=None)", socketInit),
			Repr:  repr,
			Del:   finalize,
		},
		GetSets: []object.GetSetDef{
			member("family", func(s *socket) int { return s.family }, "the socket family"),
			member("type", func(s *socket) int { return s.kind }, "the socket type"),
			member("proto", func(s *socket) int { return s.proto }, "the socket protocol"),
			{Name: "timeout", Get: func(t *Thread, v Value) Value { return timeoutValue(object.To[socket](v).timeout) }, Doc: "the socket timeout"},
		},
		Methods: []object.MethodDef{
			{Name: "_accept", Sig: "($self, /)", Fn: accept, Doc: "_accept() -> (integer, address info)\n\nWait for an incoming connection.  Return a new socket file descriptor\nrepresenting the connection, and the address of the client.\nFor IP sockets, the address info is a pair (hostaddr, port)."},
			{Name: "bind", Sig: "($self, object, /)", Fn: bind, Doc: "bind(address)\n\nBind the socket to a local address.  For IP sockets, the address is a\npair (host, port); the host must refer to the local host."},
			{Name: "close", Sig: "($self, /)", Fn: sockClose, Doc: "close()\n\nClose the socket.  It cannot be used after this call."},
			{Name: "connect", Sig: "($self, object, /)", Fn: connect, Doc: "connect(address)\n\nConnect the socket to a remote address.  For IP sockets, the address\nis a pair (host, port)."},
			{Name: "connect_ex", Sig: "($self, object, /)", Fn: connectEx, Doc: "connect_ex(address) -> errno\n\nThis is like connect(address), but returns an error code (the errno value)\ninstead of raising an exception when an error occurs."},
			{Name: "detach", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				s := object.To[socket](a[0])
				fd := s.fd
				s.fd = -1
				return object.MakeInt(int64(fd))
			}, Doc: "detach()\n\nClose the socket object without closing the underlying file descriptor.\nThe object cannot be used after this call, but the file descriptor\ncan be reused for other purposes.  The file descriptor is returned."},
			{Name: "fileno", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return object.MakeInt(int64(object.To[socket](a[0]).fd)) }, Doc: "fileno() -> integer\n\nReturn the integer file descriptor of the socket."},
			{Name: "getpeername", Sig: "($self, /)", Fn: name(true), Doc: "getpeername() -> address info\n\nReturn the address of the remote endpoint.  For IP sockets, the address\ninfo is a pair (hostaddr, port)."},
			{Name: "getsockname", Sig: "($self, /)", Fn: name(false), Doc: "getsockname() -> address info\n\nReturn the address of the local endpoint. The format depends on the\naddress family. For IPv4 sockets, the address info is a pair\n(hostaddr, port). For IPv6 sockets, the address info is a 4-tuple\n(hostaddr, port, flowinfo, scope_id)."},
			{Name: "getsockopt", Sig: "($self, level, option[, buffersize], /)", Fn: getsockopt, Doc: "getsockopt(level, option[, buffersize]) -> value\n\nGet a socket option.  See the Unix manual for level and option.\nIf a nonzero buffersize argument is given, the return value is a\nstring of that length; otherwise it is an integer."},
			{Name: "setsockopt", Sig: "($self, level, option, value[, optlen], /)", Fn: setsockopt, Doc: "setsockopt(level, option, value: int)\nsetsockopt(level, option, value: buffer)\nsetsockopt(level, option, None, optlen: int)\n\nSet a socket option.  See the Unix manual for level and option.\nThe value argument can either be an integer, a string buffer, or\nNone, optlen."},
			{Name: "listen", Sig: "($self[, backlog], /)", Fn: listen, Doc: "listen([backlog])\n\nEnable a server to accept connections.  If backlog is specified, it must be\nat least 0 (if it is lower, it is set to 0); it specifies the number of\nunaccepted connections that the system will allow before refusing new\nconnections. If not specified, a default reasonable value is chosen."},
			{Name: "recv", Sig: "($self, buffersize[, flags], /)", Fn: recv, Doc: "recv(buffersize[, flags]) -> data\n\nReceive up to buffersize bytes from the socket.  For the optional flags\nargument, see the Unix manual.  When no data is available, block until\nat least one byte is available or until the remote end is closed.  When\nthe remote end is closed and all data is read, return the empty string."},
			{Name: "recv_into", Sig: "($self, buffer, nbytes=0, flags=0)", Fn: recvInto, Doc: "recv_into(buffer, [nbytes[, flags]]) -> nbytes_read\n\nA version of recv() that stores its data into a buffer rather than creating\na new string.  Receive up to buffersize bytes from the socket.  If buffersize\nis not specified (or 0), receive up to the size available in the given buffer.\n\nSee recv() for documentation about the flags."},
			{Name: "recvfrom", Sig: "($self, buffersize[, flags], /)", Fn: recvfrom, Doc: "recvfrom(buffersize[, flags]) -> (data, address info)\n\nLike recv(buffersize, flags) but also return the sender's address info."},
			{Name: "recvfrom_into", Sig: "($self, buffer, nbytes=0, flags=0)", Fn: recvfromInto, Doc: "recvfrom_into(buffer[, nbytes[, flags]]) -> (nbytes, address info)\n\nLike recv_into(buffer[, nbytes[, flags]]) but also return the sender's address info."},
			{Name: "recvmsg", Sig: "($self, bufsize[, ancbufsize[, flags]], /)", Fn: recvmsg, Doc: "recvmsg(bufsize[, ancbufsize[, flags]]) -> (data, ancdata, msg_flags, address)\n\nReceive normal data (up to bufsize bytes) and ancillary data from the\nsocket."},
			{Name: "recvmsg_into", Sig: "($self, buffers[, ancbufsize[, flags]], /)", Fn: recvmsgInto, Doc: "recvmsg_into(buffers[, ancbufsize[, flags]]) -> (nbytes, ancdata, msg_flags, address)\n\nReceive normal data and ancillary data from the socket, scattering the\nnon-ancillary data into a series of buffers."},
			{Name: "send", Sig: "($self, data[, flags], /)", Fn: send, Doc: "send(data[, flags]) -> count\n\nSend a data string to the socket.  For the optional flags\nargument, see the Unix manual.  Return the number of bytes\nsent; this may be less than len(data) if the network is busy."},
			{Name: "sendall", Sig: "($self, data[, flags], /)", Fn: sendall, Doc: "sendall(data[, flags])\n\nSend a data string to the socket.  For the optional flags\nargument, see the Unix manual.  This calls send() repeatedly\nuntil all data is sent.  If an error occurs, it's impossible\nto tell how much data has been sent."},
			{Name: "sendto", Raw: sendto, Doc: "sendto(data[, flags], address) -> count\n\nLike send(data, flags) but allows specifying the destination address.\nFor IP sockets, the address is a pair (hostaddr, port)."},
			{Name: "sendmsg", Sig: "($self, buffers[, ancdata[, flags[, address]]], /)", Fn: sendmsg, Doc: "sendmsg(buffers[, ancdata[, flags[, address]]]) -> count\n\nSend normal and ancillary data to the socket, gathering the\nnon-ancillary data from a series of buffers and concatenating it into\na single message."},
			{Name: "setblocking", Sig: "($self, object, /)", Fn: setblocking, Doc: "setblocking(flag)\n\nSet the socket to blocking (flag is true) or non-blocking (false).\nsetblocking(True) is equivalent to settimeout(None);\nsetblocking(False) is equivalent to settimeout(0.0)."},
			{Name: "getblocking", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return object.MakeBool(object.To[socket](a[0]).timeout != 0) }, Doc: "getblocking()\n\nReturns True if socket is in blocking mode, or False if it\nis in non-blocking mode."},
			{Name: "settimeout", Sig: "($self, object, /)", Fn: settimeout, Doc: "settimeout(timeout)\n\nSet a timeout on socket operations.  'timeout' can be a float,\ngiving in seconds, or None.  Setting a timeout of None disables\nthe timeout feature and is equivalent to setblocking(1).\nSetting a timeout of zero is the same as setblocking(0)."},
			{Name: "gettimeout", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value { return timeoutValue(object.To[socket](a[0]).timeout) }, Doc: "gettimeout() -> timeout\n\nReturns the timeout in seconds (float) associated with socket\noperations. A timeout of None indicates that timeouts on socket\noperations are disabled."},
			{Name: "shutdown", Sig: "($self, object, /)", Fn: shutdown, Doc: "shutdown(flag)\n\nShut down the reading side of the socket (flag == SHUT_RD), the writing side\nof the socket (flag == SHUT_WR), or both ends (flag == SHUT_RDWR)."},
		},
	})
}
