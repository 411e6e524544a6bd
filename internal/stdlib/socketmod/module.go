//go:build linux || darwin

package socketmod

import (
	"syscall"
	"time"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

type constant struct {
	name string
	n    int64
}

// state is what an interpreter's module has.
type state struct {
	gaiError, hostError *object.Type
	timeout             time.Duration // of new sockets; negative: none
	spare               []byte        // memory to receive into
}

const stateKey = "_socket"

func stateOf(t *Thread) *state {
	s, _ := t.Interp.State[stateKey].(*state)
	if s == nil {
		s = &state{gaiError: &object.OSErrorType, hostError: &object.OSErrorType, timeout: -1}
		t.Interp.State[stateKey] = s
	}
	return s
}

// network returns the network; nil with PermissionError set if there is none to use.
func network(t *Thread) *host.Network {
	n := native.Host(t).Network
	if n == nil {
		native.OSErrorCode(t, 1)
	}
	return n
}

// Module is the definition of _socket.
var Module = object.ModuleDef{
	Name:  "_socket",
	Setup: setup,
	Doc:   "Implementation module for socket operations.\n\nSee the socket module for documentation.",
	Methods: []object.MethodDef{
		{Name: "socketpair", Sig: "([family, [type, [proto]]], /)", Fn: socketpair, Doc: "socketpair([family[, type[, proto]]]) -> (socket object, socket object)\n\nCreate a pair of socket objects that are connected to each other.\nThe defaults are AF_UNIX, SOCK_STREAM and 0."},
		{Name: "close", Sig: "(object, /)", Fn: closeFD, Doc: "close(integer) -> None\n\nClose an integer socket file descriptor.  This is like os.close(), but for\nsockets; on some platforms os.close() won't work for socket file descriptors."},
		{Name: "dup", Sig: "(object, /)", Fn: dupFD, Doc: "dup(integer) -> integer\n\nDuplicate an integer socket file descriptor."},
		{Name: "getdefaulttimeout", Sig: "()", Fn: func(t *Thread, a []Value) Value { return timeoutValue(stateOf(t).timeout) }, Doc: "getdefaulttimeout() -> timeout\n\nReturns the default timeout in seconds (float) for new socket objects.\nA value of None indicates that new socket objects have no timeout."},
		{Name: "setdefaulttimeout", Sig: "(object, /)", Fn: setDefaultTimeout, Doc: "setdefaulttimeout(timeout)\n\nSet the default timeout in seconds (float) for new socket objects."},
		{Name: "gethostname", Sig: "()", Fn: gethostname, Doc: "gethostname() -> string\n\nReturn the current host name."},
		{Name: "sethostname", Sig: "(name, /)", Fn: sethostname, Doc: "sethostname(name)\n\nSets the hostname to name."},
		{Name: "gethostbyname", Sig: "(host, /)", Fn: gethostbyname, Doc: "gethostbyname(host) -> address\n\nReturn the IP address (a string of the form '255.255.255.255') for a host."},
		{Name: "gethostbyname_ex", Sig: "(host, /)", Fn: gethostbynameEx, Doc: "gethostbyname_ex(host) -> (name, aliaslist, addresslist)\n\nReturn the true host name, a list of aliases, and a list of IP addresses,\nfor a host.  The host argument is a string giving a host name or IP number."},
		{Name: "gethostbyaddr", Sig: "(host, /)", Fn: gethostbyaddr, Doc: "gethostbyaddr(host) -> (name, aliaslist, addresslist)\n\nReturn the true host name, a list of aliases, and a list of IP addresses,\nfor a host.  The host argument is a string giving a host name or IP number."},
		{Name: "getservbyname", Sig: "(servicename[, protocolname], /)", Fn: getservbyname, Doc: "getservbyname(servicename[, protocolname]) -> integer\n\nReturn a port number from a service name and protocol name.\nThe optional protocol name, if given, should be 'tcp' or 'udp',\notherwise any protocol will match."},
		{Name: "getservbyport", Sig: "(port[, protocolname], /)", Fn: getservbyport, Doc: "getservbyport(port[, protocolname]) -> string\n\nReturn the service name from a port number and protocol name.\nThe optional protocol name, if given, should be 'tcp' or 'udp',\notherwise any protocol will match."},
		{Name: "getprotobyname", Sig: "(name, /)", Fn: getprotobyname, Doc: "getprotobyname(name) -> integer\n\nReturn the protocol number for the named protocol.  (Rarely used.)"},
		{Name: "getaddrinfo", Sig: "(host, port, family=0, type=0, proto=0, flags=0)", Fn: getaddrinfo, Doc: "getaddrinfo(host, port [, family, type, proto, flags])\n    -> list of (family, type, proto, canonname, sockaddr)\n\nResolve host and port into addrinfo struct."},
		{Name: "getnameinfo", Sig: "(sockaddr, flags, /)", Fn: getnameinfo, Doc: "getnameinfo(sockaddr, flags) --> (host, port)\n\nGet host and port for a sockaddr."},
		{Name: "htons", Sig: "(integer, /)", Fn: swap16, Doc: "Convert a 16-bit unsigned integer from host to network byte order."},
		{Name: "ntohs", Sig: "(integer, /)", Fn: swap16, Doc: "Convert a 16-bit unsigned integer from network to host byte order."},
		{Name: "htonl", Sig: "(integer, /)", Fn: swap32, Doc: "Convert a 32-bit unsigned integer from host to network byte order."},
		{Name: "ntohl", Sig: "(integer, /)", Fn: swap32, Doc: "Convert a 32-bit unsigned integer from network to host byte order."},
		{Name: "inet_aton", Sig: "(ip_addr, /)", Fn: inetAton, Doc: "Convert an IP address in string format (123.45.67.89) to the 32-bit packed binary format used in low-level network functions."},
		{Name: "inet_ntoa", Sig: "(packed_ip, /)", Fn: inetNtoa, Doc: "Convert an IP address from 32-bit packed binary format to string format."},
		{Name: "inet_pton", Sig: "(af, ip, /)", Fn: inetPton, Doc: "inet_pton(af, ip) -> packed IP address string\n\nConvert an IP address from string format to a packed string suitable\nfor use with low-level network functions."},
		{Name: "inet_ntop", Sig: "(af, packed_ip, /)", Fn: inetNtop, Doc: "inet_ntop(af, packed_ip) -> string formatted IP address\n\nConvert a packed IP address of the given family to string format."},
		{Name: "if_nameindex", Sig: "()", Fn: ifNameindex, Doc: "if_nameindex()\n\nReturns a list of network interface information (index, name) tuples."},
		{Name: "if_nametoindex", Sig: "(oname, /)", Fn: ifNametoindex, Doc: "Returns the interface index corresponding to the interface name if_name."},
		{Name: "if_indextoname", Sig: "(if_index, /)", Fn: ifIndextoname, Doc: "Returns the interface name corresponding to the interface index if_index."},
		{Name: "CMSG_LEN", Sig: "(length, /)", Fn: cmsgSize(false), Doc: "CMSG_LEN(length) -> control message length\n\nReturn the total length, without trailing padding, of an ancillary\ndata item with associated data of the given length."},
		{Name: "CMSG_SPACE", Sig: "(length, /)", Fn: cmsgSize(true), Doc: "CMSG_SPACE(length) -> buffer size\n\nReturn the buffer size needed for recvmsg() to receive an ancillary\ndata item with associated data of the given length, along with any\ntrailing padding."},
	},
	Types: []*object.Type{&SocketType},
	Exec: func(t *Thread, m *object.Module) bool {
		s := stateOf(t)
		s.hostError = t.NewExcClass("socket", "herror", "", &object.OSErrorType)
		s.gaiError = t.NewExcClass("socket", "gaierror", "", &object.OSErrorType)
		if s.hostError == nil || s.gaiError == nil {
			return false
		}
		m.Set(t, "error", object.Of(&object.OSErrorType))
		m.Set(t, "herror", object.Of(s.hostError))
		m.Set(t, "gaierror", object.Of(s.gaiError))
		m.Set(t, "timeout", object.Of(&object.TimeoutErrorType))
		m.Set(t, "SocketType", object.Of(&SocketType))
		m.Set(t, "has_ipv6", object.True)
		for _, c := range constants {
			m.Set(t, c.name, object.MakeInt(c.n))
		}
		return true
	},
}

// osError raises OSError with a text and no number.
func osError(t *Thread, text string) Value {
	return t.RaiseNew(&object.OSErrorType, object.MakeStr(text))
}

// int32Or converts an optional C int.
func int32Or(t *Thread, v Value, def int) (int, bool) {
	if v.P == nil {
		return def, true
	}
	return t.AsCInt(v)
}

func socketpair(t *Thread, a []Value) Value {
	n := network(t)
	if n == nil {
		return Value{}
	}
	family, ok := int32Or(t, a[0], syscall.AF_UNIX)
	if !ok {
		return Value{}
	}
	kind, ok := int32Or(t, a[1], syscall.SOCK_STREAM)
	if !ok {
		return Value{}
	}
	proto, ok := int32Or(t, a[2], 0)
	if !ok {
		return Value{}
	}
	fd1, fd2, err := n.Pair(family, kind, proto)
	if err != nil {
		return native.OSError(t, err)
	}
	var out [2]Value
	for i, fd := range [...]int{fd1, fd2} {
		v := alloc(t, &SocketType)
		if !object.To[socket](v).set(t, fd, family, kind, proto) {
			return Value{}
		}
		out[i] = v
	}
	return object.Of(object.NewTuple(out[:]...))
}

func closeFD(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	fd := in.Int(0)
	f := in.Files()
	if f == nil {
		return Value{}
	}
	t.Unlock()
	err := f.Close(fd)
	t.Lock()
	if err != nil && !host.Is(err, syscall.ECONNRESET) {
		return native.OSError(t, err)
	}
	return object.None
}

func dupFD(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	fd := in.Int(0)
	f := in.Files()
	if f == nil {
		return Value{}
	}
	n, err := f.Dup(fd, false)
	if err != nil {
		return native.OSError(t, err)
	}
	return object.MakeInt(int64(n))
}

func timeoutValue(d time.Duration) Value {
	if d < 0 {
		return object.None
	}
	return object.MakeFloat(d.Seconds())
}

// parseTimeout converts a timeout: negative for None.
func parseTimeout(t *Thread, v Value) (time.Duration, bool) {
	if v.IsNone() {
		return -1, true
	}
	d, ok := native.Timeout(t, v, time.Second)
	if !ok {
		if t.Exc == nil {
			t.TypeErrorf("'%s' object cannot be interpreted as an integer or float", v.Type().Name)
		}
		return 0, false
	}
	if d < 0 {
		t.ValueErrorf("Timeout value out of range")
		return 0, false
	}
	if (d+time.Millisecond-1)/time.Millisecond > 1<<31-1 {
		t.OverflowErrorf("timeout doesn't fit into C timeval")
		return 0, false
	}
	return d, true
}

func setDefaultTimeout(t *Thread, a []Value) Value {
	d, ok := parseTimeout(t, a[0])
	if !ok {
		return Value{}
	}
	stateOf(t).timeout = d
	return object.None
}
