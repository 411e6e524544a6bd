//go:build linux || darwin

package socketmod

import (
	"encoding/binary"
	"net/netip"
	"strings"
	"syscall"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// addrSize is room for the address of any family.
const addrSize = 128

// The first two bytes of a sockaddr are the family, or on BSD systems its length and the family. Ports and
// IP addresses are in network order, other numbers in that of the machine.

// inet4 makes the address of AF_INET.
func inet4(ip [4]byte, port int) []byte {
	b := make([]byte, 16)
	putFamily(b, syscall.AF_INET)
	binary.BigEndian.PutUint16(b[2:], uint16(port))
	copy(b[4:], ip[:])
	return b
}

// inet6 makes the address of AF_INET6.
func inet6(ip [16]byte, port int, flow, scope uint32) []byte {
	b := make([]byte, 28)
	putFamily(b, syscall.AF_INET6)
	binary.BigEndian.PutUint16(b[2:], uint16(port))
	binary.BigEndian.PutUint32(b[4:], flow)
	copy(b[8:], ip[:])
	binary.NativeEndian.PutUint32(b[24:], scope)
	return b
}

// ipText writes an address as getnameinfo does: with the name of the interface behind a link-local one.
func ipText(t *Thread, ip netip.Addr, scope uint32) string {
	if scope != 0 && ip.Is6() {
		return ip.WithZone(zoneName(t, ip, scope)).String()
	}
	return ip.String()
}

// addrValue makes the Python form of an address.
func addrValue(t *Thread, b []byte) Value {
	if len(b) == 0 {
		return object.None
	}
	if len(b) < 2 {
		return object.Of(object.NewTuple(object.MakeInt(0), object.MakeBytes("")))
	}
	switch family := familyOf(b); {
	case family == syscall.AF_INET && len(b) >= 8:
		return object.Of(object.NewTuple(object.MakeStr(netip.AddrFrom4([4]byte(b[4:8])).String()), object.MakeInt(int64(binary.BigEndian.Uint16(b[2:])))))
	case family == syscall.AF_INET6 && len(b) >= 28:
		scope := binary.NativeEndian.Uint32(b[24:])
		return object.Of(object.NewTuple(object.MakeStr(ipText(t, netip.AddrFrom16([16]byte(b[8:24])), scope)), object.MakeInt(int64(binary.BigEndian.Uint16(b[2:]))),
			object.MakeInt(int64(binary.BigEndian.Uint32(b[4:]))), object.MakeInt(int64(scope))))
	case family == syscall.AF_UNIX:
		name := string(b[2:])
		if abstractNames && len(name) > 0 && name[0] == 0 {
			return object.MakeBytes(name)
		}
		if i := strings.IndexByte(name, 0); i >= 0 {
			name = name[:i]
		}
		return native.Decode(name)
	default:
		if v := platformAddr(t, family, b); v.P != nil || t.Exc != nil {
			return v
		}
		return object.Of(object.NewTuple(object.MakeInt(int64(family)), object.MakeBytes(string(b[2:]))))
	}
}

// addr converts the address that a program gives to the function.
func (s *socket) addr(t *Thread, v Value, function string) ([]byte, bool) {
	switch s.family {
	case syscall.AF_UNIX:
		return unixAddr(t, v)
	case syscall.AF_INET:
		items, ok := tuple(t, v, function, "AF_INET", 2, 2, "AF_INET address must be a pair (host, port)")
		if !ok {
			return nil, false
		}
		host, ok := hostText(t, items[0])
		if !ok {
			return nil, false
		}
		port, ok := portNumber(t, items[1], function)
		if !ok {
			return nil, false
		}
		ip, ok := resolve(t, host, syscall.AF_INET)
		if !ok {
			return nil, false
		}
		return inet4(ip.Unmap().As4(), port), true
	case syscall.AF_INET6:
		items, ok := tuple(t, v, function, "AF_INET6", 2, 4, "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])")
		if !ok {
			return nil, false
		}
		host, ok := hostText(t, items[0])
		if !ok {
			return nil, false
		}
		port, ok := portNumber(t, items[1], function)
		if !ok {
			return nil, false
		}
		var n [2]uint32
		for i := range items[2:] {
			x, ok := native.Int64(t, items[2+i])
			if !ok {
				return nil, false
			}
			n[i] = uint32(x)
		}
		ip, ok := resolve(t, host, syscall.AF_INET6)
		if !ok {
			return nil, false
		}
		if n[0] > 0xfffff {
			t.OverflowErrorf("%s(): flowinfo must be 0-1048575.", function)
			return nil, false
		}
		if n[1] == 0 {
			n[1] = zoneNumber(t, ip.Zone())
		}
		return inet6(ip.As16(), port, n[0], n[1]), true
	}
	b, known, ok := platformParse(t, s, v, function)
	if !known && ok {
		osError(t, function+"(): bad family")
		return nil, false
	}
	return b, ok
}

// tuple checks that an address is a tuple with lo to hi items.
func tuple(t *Thread, v Value, function, family string, lo, hi int, want string) ([]Value, bool) {
	if v.Type().Flags&object.FlagTuple == 0 {
		t.TypeErrorf("%s(): %s address must be tuple, not %s", function, family, v.Type().Name)
		return nil, false
	}
	items := object.To[object.Tuple](v).Items()
	if len(items) < lo || len(items) > hi {
		t.TypeErrorf("%s", want)
		return nil, false
	}
	return items, true
}

// hostText converts the name of a host.
func hostText(t *Thread, v Value) (string, bool) {
	var s string
	switch {
	case v.Type().Flags&object.FlagBytes != 0 || v.Type().IsSubtype(&object.ByteArrayType):
		var ok bool
		if s, ok = native.Text(t, v); !ok {
			return "", false
		}
	case v.IsStr() && v.Str().IsASCII():
		s = v.Str().S
	case v.IsStr():
		x := t.Encode(v.Str(), "idna", "")
		if x.P == nil {
			if t.Catch(&object.UnicodeErrorType) != nil {
				t.TypeErrorf("encoding of hostname failed")
			}
			return "", false
		}
		s = object.To[object.Bytes](x).S
	default:
		t.TypeErrorf("str, bytes or bytearray expected, not %s", v.Type().Name)
		return "", false
	}
	if strings.IndexByte(s, 0) >= 0 {
		t.TypeErrorf("host name must not contain null character")
		return "", false
	}
	return s, true
}

func portNumber(t *Thread, v Value, function string) (int, bool) {
	n, ok := t.AsCInt(v)
	if !ok && t.Catch(&object.OverflowErrorType) == nil {
		return 0, false
	}
	if !ok || n < 0 || n > 0xffff {
		t.OverflowErrorf("%s(): port must be 0-65535.", function)
		return 0, false
	}
	return n, true
}

// unixPath is how long the name of a socket in the file system may be.
const unixPath = addrSize - 20 - unixSlack

func unixAddr(t *Thread, v Value) ([]byte, bool) {
	var name string
	if v.IsStr() {
		var ok bool
		if name, ok = native.Encode(t, v.Str()); !ok {
			return nil, false
		}
	} else {
		b, ok := native.Readable(t, v)
		if !ok {
			return nil, false
		}
		name = string(b.Bytes)
		b.Release(t)
	}
	abstract := abstractNames && (name == "" || name[0] == 0)
	if len(name) > unixPath || !abstract && len(name) == unixPath {
		osError(t, "AF_UNIX path too long")
		return nil, false
	}
	b := make([]byte, 2, 3+len(name))
	b = append(b, name...)
	if !abstract {
		b = append(b, 0)
	}
	putFamily(b, syscall.AF_UNIX)
	return b, true
}
