package socketmod

import (
	"encoding/binary"
	"syscall"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

const (
	typeNonblock  = syscall.SOCK_NONBLOCK
	typeCloexec   = syscall.SOCK_CLOEXEC
	soProtocol    = 38
	unixSlack     = 0
	abstractNames = true
)

func familyOf(b []byte) int {
	if len(b) < 2 {
		return 0
	}
	return int(binary.NativeEndian.Uint16(b))
}

func putFamily(b []byte, family int) { binary.NativeEndian.PutUint16(b, uint16(family)) }

// The families that only Linux has.
const (
	familyNetlink = 16
	familyPacket  = 17
	familyVsock   = 40
)

// platformAddr makes the Python form of addresses of the system's own families; no value for others.
func platformAddr(t *Thread, family int, b []byte) Value {
	switch {
	case family == familyNetlink && len(b) >= 12:
		return object.Of(object.NewTuple(object.MakeInt(int64(binary.NativeEndian.Uint32(b[4:]))), object.MakeInt(int64(binary.NativeEndian.Uint32(b[8:])))))
	case family == familyVsock && len(b) >= 12:
		return object.Of(object.NewTuple(object.MakeInt(int64(binary.NativeEndian.Uint32(b[8:]))), object.MakeInt(int64(binary.NativeEndian.Uint32(b[4:])))))
	case family == familyPacket && len(b) >= 12:
		name := ""
		if index := int(int32(binary.NativeEndian.Uint32(b[4:]))); index != 0 {
			name = interfaceName(t, index)
		}
		n := min(int(b[11]), len(b)-12)
		return object.Of(object.NewTuple(object.MakeStr(name), object.MakeInt(int64(binary.BigEndian.Uint16(b[2:]))), object.MakeInt(int64(b[10])),
			object.MakeInt(int64(binary.NativeEndian.Uint16(b[8:]))), object.MakeBytes(string(b[12:12+n]))))
	}
	return Value{}
}

// platformParse converts addresses of the system's own families.
func platformParse(t *Thread, s *socket, v Value, function string) (b []byte, known, ok bool) {
	pair := func(family, want string) (n [2]uint32, ok bool) {
		items, ok := tuple(t, v, function, family, 2, 2, want)
		for i := range items {
			if ok {
				var x int64
				x, ok = native.Int64(t, items[i])
				n[i] = uint32(x)
			}
		}
		return n, ok
	}
	switch s.family {
	case familyNetlink:
		n, ok := pair("AF_NETLINK", "function takes exactly 2 arguments")
		b = make([]byte, 12)
		putFamily(b, familyNetlink)
		binary.NativeEndian.PutUint32(b[4:], n[0])
		binary.NativeEndian.PutUint32(b[8:], n[1])
		return b, true, ok
	case familyVsock:
		if v.Type().Flags&object.FlagTuple == 0 {
			t.TypeErrorf("getsockaddrarg: AF_VSOCK address must be tuple, not %s", v.Type().Name)
			return nil, true, false
		}
		n, ok := pair("AF_VSOCK", "function takes exactly 2 arguments")
		b = make([]byte, 16)
		putFamily(b, familyVsock)
		binary.NativeEndian.PutUint32(b[4:], n[1])
		binary.NativeEndian.PutUint32(b[8:], n[0])
		return b, true, ok
	case familyPacket:
		b, ok := packetAddr(t, v, function)
		return b, true, ok
	}
	return nil, false, true
}

func packetAddr(t *Thread, v Value, function string) ([]byte, bool) {
	items, ok := tuple(t, v, function, "AF_PACKET", 2, 5, "AF_PACKET address must be a tuple of two to five elements")
	if !ok {
		return nil, false
	}
	if !items[0].IsStr() {
		t.TypeErrorf("AF_PACKET address must be a tuple of two to five elements")
		return nil, false
	}
	index, err := interfaceIndex(t, items[0].Str().S)
	if err != nil {
		native.OSError(t, err)
		return nil, false
	}
	var n [4]int
	for i := 1; i < min(len(items), 4); i++ {
		if n[i], ok = t.AsCInt(items[i]); !ok {
			return nil, false
		}
	}
	if n[1] < 0 || n[1] > 0xffff {
		t.OverflowErrorf("%s(): proto argument must be 0-65535.", function)
		return nil, false
	}
	var hw string
	if len(items) == 5 {
		if hw, ok = native.Text(t, items[4]); !ok {
			return nil, false
		}
		if len(hw) > 8 {
			t.ValueErrorf("hardware address must be 8 bytes or less")
			return nil, false
		}
	}
	b := make([]byte, 20)
	putFamily(b, familyPacket)
	binary.BigEndian.PutUint16(b[2:], uint16(n[1]))
	binary.NativeEndian.PutUint32(b[4:], uint32(index))
	binary.NativeEndian.PutUint16(b[8:], uint16(n[3]))
	b[10], b[11] = byte(n[2]), byte(len(hw))
	copy(b[12:], hw)
	return b, true
}

func interfaceIndex(t *Thread, name string) (int, error) {
	n := native.Host(t).Network
	if n == nil {
		return 0, syscall.EPERM
	}
	return findInterface(n, name)
}

func findInterface(n *host.Network, name string) (int, error) {
	list, err := n.Interfaces()
	if err != nil {
		return 0, err
	}
	for _, i := range list {
		if i.Name == name {
			return i.Index, nil
		}
	}
	return 0, syscall.ENODEV
}
