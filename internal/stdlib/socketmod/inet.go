//go:build linux || darwin

package socketmod

import (
	"encoding/binary"
	"net/netip"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// swap16 is htons and ntohs.
func swap16(t *Thread, a []Value) Value {
	n, ok := unsigned(t, a[0], 16)
	if !ok {
		return Value{}
	}
	var b [2]byte
	binary.NativeEndian.PutUint16(b[:], uint16(n))
	return object.MakeInt(int64(binary.BigEndian.Uint16(b[:])))
}

// swap32 is htonl and ntohl.
func swap32(t *Thread, a []Value) Value {
	n, ok := unsigned(t, a[0], 32)
	if !ok {
		return Value{}
	}
	var b [4]byte
	binary.NativeEndian.PutUint32(b[:], uint32(n))
	return object.MakeInt(int64(binary.BigEndian.Uint32(b[:])))
}

// unsigned returns an integer that has so many bits at most.
func unsigned(t *Thread, v Value, bits int) (uint64, bool) {
	x := t.Index(v)
	if x.P == nil {
		return 0, false
	}
	n, ok := object.AsInt64(x)
	switch {
	case ok && n < 0 || !ok && object.AsBig(x).Sign() < 0:
		t.ValueErrorf("Cannot convert negative int")
		return 0, false
	case !ok || n>>bits != 0:
		t.OverflowErrorf("Python int too large for C uint%d_t", bits)
		return 0, false
	}
	return uint64(n), true
}

// aton reads what the C library's inet_aton does: one to four numbers, decimal, octal or hexadecimal, the last of which
// fills what is left.
func aton(s string) (ip [4]byte, ok bool) {
	if i := strings.IndexAny(s, " \t\n\r\v\f"); i >= 0 {
		s = s[:i]
	}
	parts := strings.Split(s, ".")
	if len(parts) > 4 {
		return ip, false
	}
	var n uint32
	for i, p := range parts {
		if p == "" || p[0] < '0' || p[0] > '9' || strings.IndexByte(p, '_') >= 0 || len(p) > 1 && (p[1] == 'o' || p[1] == 'O' || p[1] == 'b' || p[1] == 'B') {
			return ip, false
		}
		x, err := strconv.ParseUint(p, 0, 32)
		limit := uint64(255)
		if i == len(parts)-1 {
			limit = 1<<(8*(5-len(parts))) - 1
		}
		if err != nil || x > limit {
			return ip, false
		}
		if i == len(parts)-1 {
			n |= uint32(x)
		} else {
			n |= uint32(x) << (24 - 8*i)
		}
	}
	binary.BigEndian.PutUint32(ip[:], n)
	return ip, true
}

// text converts a str argument without null characters.
func text(t *Thread, v Value, function string, n int) (string, bool) {
	if !v.IsStr() {
		arg := "argument"
		if n > 0 {
			arg = "argument " + strconv.Itoa(n)
		}
		t.TypeErrorf("%s() %s must be str, not %s", function, arg, object.ArgName(v))
		return "", false
	}
	s := v.Str().S
	if strings.IndexByte(s, 0) >= 0 {
		t.ValueErrorf("embedded null character")
		return "", false
	}
	return s, true
}

func inetAton(t *Thread, a []Value) Value {
	s, ok := text(t, a[0], "inet_aton", 0)
	if !ok {
		return Value{}
	}
	ip, ok := aton(s)
	if !ok {
		return osError(t, "illegal IP address string passed to inet_aton")
	}
	return object.MakeBytes(string(ip[:]))
}

func inetNtoa(t *Thread, a []Value) Value {
	b, ok := native.Readable(t, a[0])
	if !ok {
		return Value{}
	}
	defer b.Release(t)
	if len(b.Bytes) != 4 {
		return osError(t, "packed IP wrong length for inet_ntoa")
	}
	return object.MakeStr(netip.AddrFrom4([4]byte(b.Bytes)).String())
}

func inetPton(t *Thread, a []Value) Value {
	family, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	s, ok := text(t, a[1], "inet_pton", 2)
	if !ok {
		return Value{}
	}
	if family != syscall.AF_INET && family != syscall.AF_INET6 {
		return native.OSError(t, syscall.EAFNOSUPPORT)
	}
	ip, err := netip.ParseAddr(s)
	switch {
	case err != nil || ip.Zone() != "" || ip.Is4() != (family == syscall.AF_INET):
		return osError(t, "illegal IP address string passed to inet_pton")
	case ip.Is4():
		b := ip.As4()
		return object.MakeBytes(string(b[:]))
	}
	b := ip.As16()
	return object.MakeBytes(string(b[:]))
}

func inetNtop(t *Thread, a []Value) Value {
	family, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	b, ok := native.Readable(t, a[1])
	if !ok {
		return Value{}
	}
	defer b.Release(t)
	switch {
	case family != syscall.AF_INET && family != syscall.AF_INET6:
		return t.ValueErrorf("unknown address family %d", family)
	case family == syscall.AF_INET && len(b.Bytes) != 4 || family == syscall.AF_INET6 && len(b.Bytes) != 16:
		return t.ValueErrorf("invalid length of packed IP address string")
	case family == syscall.AF_INET:
		return object.MakeStr(netip.AddrFrom4([4]byte(b.Bytes)).String())
	}
	return object.MakeStr(netip.AddrFrom16([16]byte(b.Bytes)).String())
}

func ifNameindex(t *Thread, a []Value) Value {
	n := network(t)
	if n == nil {
		return Value{}
	}
	list, err := n.Interfaces()
	if err != nil {
		return native.OSError(t, err)
	}
	var out []Value
	for _, i := range list {
		out = append(out, object.Of(object.NewTuple(object.MakeInt(int64(i.Index)), object.MakeStr(i.Name))))
	}
	return object.Of(object.NewList(out))
}

func ifNametoindex(t *Thread, a []Value) Value {
	name, ok := native.FSText(t, a[0])
	if !ok {
		return Value{}
	}
	n := network(t)
	if n == nil {
		return Value{}
	}
	list, err := n.Interfaces()
	if err != nil {
		return native.OSError(t, err)
	}
	for _, i := range list {
		if i.Name == name {
			return object.MakeInt(int64(i.Index))
		}
	}
	return native.OSError(t, syscall.ENODEV)
}

// interfaceName returns the name of an interface, or "".
func interfaceName(t *Thread, index int) string {
	n := native.Host(t).Network
	if n == nil {
		return ""
	}
	list, _ := n.Interfaces()
	for _, i := range list {
		if i.Index == index {
			return i.Name
		}
	}
	return ""
}

func ifIndextoname(t *Thread, a []Value) Value {
	x := t.Index(a[0])
	if x.P == nil {
		return x
	}
	index, ok := object.AsInt64(x)
	switch {
	case ok && index < 0 || !ok && object.AsBig(x).Sign() < 0:
		return t.ValueErrorf("Cannot convert negative int")
	case !ok:
		return t.OverflowErrorf("Python int too large to convert to C unsigned long")
	case index > 1<<32-1:
		return t.OverflowErrorf("Python int too large for C unsigned int")
	}
	if network(t) == nil {
		return Value{}
	}
	name := interfaceName(t, int(index))
	if name == "" {
		return native.OSError(t, syscall.ENXIO)
	}
	return object.MakeStr(name)
}

// zoneName is what stands behind "%" in the text of an address of an interface.
func zoneName(t *Thread, ip netip.Addr, scope uint32) string {
	if ip.IsLinkLocalUnicast() || ip.IsLinkLocalMulticast() || ip.IsInterfaceLocalMulticast() {
		if s := interfaceName(t, int(scope)); s != "" {
			return s
		}
	}
	return strconv.FormatUint(uint64(scope), 10)
}

// zoneNumber is the opposite of zoneName; 0 if there is no such interface.
func zoneNumber(t *Thread, zone string) uint32 {
	if zone == "" {
		return 0
	}
	if n, err := strconv.ParseUint(zone, 10, 32); err == nil {
		return uint32(n)
	}
	n := native.Host(t).Network
	if n == nil {
		return 0
	}
	list, _ := n.Interfaces()
	for _, i := range list {
		if i.Name == zone {
			return uint32(i.Index)
		}
	}
	return 0
}

// maxControl is the most control data that a message can have.
const maxControl = 1<<31 - 1 - 64

// cmsgSize makes CMSG_LEN and CMSG_SPACE.
func cmsgSize(space bool) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		function, f := "CMSG_LEN", unix.CmsgLen
		if space {
			function, f = "CMSG_SPACE", unix.CmsgSpace
		}
		n, ok := t.AsSize(a[0])
		if !ok {
			return Value{}
		}
		if n < 0 || n > maxControl {
			return t.OverflowErrorf("%s() argument out of range", function)
		}
		return object.MakeInt(int64(f(n)))
	}
}
