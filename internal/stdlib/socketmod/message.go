//go:build linux || darwin

package socketmod

import (
	"strconv"
	"unsafe"

	"golang.org/x/sys/unix"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// controls takes received control messages apart.
func controls(t *Thread, b []byte) (Value, bool) {
	var out []Value
	for len(b) >= unix.SizeofCmsghdr {
		var h unix.Cmsghdr
		copy(unsafe.Slice((*byte)(unsafe.Pointer(&h)), unsafe.Sizeof(h)), b)
		start, n := unix.CmsgLen(0), int(h.Len)
		if n < start {
			break
		}
		if n > len(b) {
			// What did not fit is missing at the end.
			if start > len(b) {
				break
			}
			if !t.Warn(&object.RuntimeWarningType, 1, "received malformed or improperly-truncated ancillary data") {
				return Value{}, false
			}
			n = len(b)
		}
		out = append(out, object.Of(object.NewTuple(object.MakeInt(int64(h.Level)), object.MakeInt(int64(h.Type)), object.MakeBytes(string(b[start:n])))))
		next := unix.CmsgSpace(n - start)
		if next > len(b) {
			break
		}
		b = b[next:]
	}
	return object.Of(object.NewList(out)), true
}

// receiveMessage is what recvmsg and recvmsg_into share; args are the optional ones behind the first. data makes the first item of the result.
func (s *socket) receiveMessage(t *Thread, bufs [][]byte, args []Value, data func(n int) Value) Value {
	size, ok := 0, true
	if args[0].P != nil {
		if size, ok = t.AsSize(args[0]); !ok {
			return Value{}
		}
	}
	flags, ok := int32Or(t, args[1], 0)
	if !ok {
		return Value{}
	}
	if size < 0 || size > maxControl {
		return t.ValueErrorf("invalid ancillary data buffer length")
	}
	net := network(t)
	if net == nil {
		return Value{}
	}
	w, ok := newWaiter(t, s, false, flags)
	if !ok {
		return Value{}
	}
	control := make([]byte, size)
	for {
		var addr [addrSize]byte
		fd := s.fd
		t.Unlock()
		r, err := net.RecvMsg(fd, bufs, control, addr[:], flags|w.flag)
		t.Lock()
		if err == nil {
			return s.message(t, r, control, addr[:], data)
		}
		if !w.again(t, err) {
			return Value{}
		}
	}
}

// message makes the result of recvmsg.
func (s *socket) message(t *Thread, r host.Received, control, addr []byte, data func(n int) Value) Value {
	list, ok := controls(t, control[:r.Control])
	if !ok {
		return Value{}
	}
	from := addrValue(t, addr[:r.Addr])
	if from.P == nil {
		return from
	}
	return object.Of(object.NewTuple(data(r.N), list, object.MakeInt(int64(r.Flags)), from))
}

func recvmsg(t *Thread, a []Value) Value {
	n, ok := t.AsSize(a[1])
	if !ok {
		return Value{}
	}
	if n < 0 {
		return t.ValueErrorf("negative buffer size in recvmsg()")
	}
	b, ok := buffer(t, n)
	if !ok {
		return Value{}
	}
	return object.To[socket](a[0]).receiveMessage(t, [][]byte{b}, a[2:], func(n int) Value { return received(t, b, n) })
}

// maxBuffers is how many pieces a message can have.
const maxBuffers = 1024

func recvmsgInto(t *Thread, a []Value) Value {
	if a[1].Type().Iter == nil && a[1].Type().GetItem == nil {
		return t.TypeErrorf("recvmsg_into() argument 1 must be an iterable")
	}
	items, ok := t.Collect(a[1])
	if !ok {
		return Value{}
	}
	var views []native.View
	defer func() {
		for i := range views {
			views[i].Release(t)
		}
	}()
	var bufs [][]byte
	for _, v := range items {
		b, ok := native.Writable(t, v, "recvmsg_into() argument 1 must be an iterable of single-segment read-write buffers; this one")
		if !ok {
			return Value{}
		}
		views = append(views, b)
		bufs = append(bufs, b.Bytes)
	}
	if len(bufs) > maxBuffers {
		return osError(t, "recvmsg_into() argument 1 is too long")
	}
	return object.To[socket](a[0]).receiveMessage(t, bufs, a[2:], func(n int) Value { return object.MakeInt(int64(n)) })
}

// control makes the bytes of one control message.
func control(b []byte, level, kind int, data []byte) []byte {
	at := len(b)
	b = append(b, make([]byte, unix.CmsgSpace(len(data)))...)
	var h unix.Cmsghdr
	h.Level, h.Type = int32(level), int32(kind)
	h.SetLen(unix.CmsgLen(len(data)))
	copy(b[at:], unsafe.Slice((*byte)(unsafe.Pointer(&h)), unsafe.Sizeof(h)))
	copy(b[at+unix.CmsgLen(0):], data)
	return b
}

// ancillary converts the control messages of sendmsg.
func ancillary(t *Thread, v Value) ([]byte, bool) {
	if v.P == nil {
		return nil, true
	}
	if v.Type().Iter == nil && v.Type().GetItem == nil {
		t.TypeErrorf("sendmsg() argument 2 must be an iterable")
		return nil, false
	}
	items, ok := t.Collect(v)
	if !ok {
		return nil, false
	}
	var b []byte
	for _, x := range items {
		if x.Type().Flags&object.FlagTuple == 0 || len(object.To[object.Tuple](x).Items()) != 3 {
			if seq, ok := t.Collect(x); ok && len(seq) == 3 {
				x = object.Of(object.NewTuple(seq...))
			} else {
				t.Exc = nil
				t.TypeErrorf("[sendmsg() ancillary data items] must be sequence of length 3, not %s", describe(x, len(seq)))
				return nil, false
			}
		}
		part := object.To[object.Tuple](x).Items()
		level, ok := t.AsCInt(part[0])
		if !ok {
			return nil, false
		}
		kind, ok := t.AsCInt(part[1])
		if !ok {
			return nil, false
		}
		data, ok := native.Readable(t, part[2])
		if !ok {
			return nil, false
		}
		tooLong := len(data.Bytes) > maxControl
		if !tooLong {
			b = control(b, level, kind, data.Bytes)
		}
		data.Release(t)
		if tooLong || len(b) > maxControl {
			osError(t, "too much ancillary data")
			return nil, false
		}
	}
	return b, true
}

// describe says what a control message is that is not one.
func describe(v Value, n int) string {
	if v.Type().Len == nil {
		return v.Type().Name
	}
	return strconv.Itoa(n)
}

func sendmsg(t *Thread, a []Value) Value {
	s := object.To[socket](a[0])
	if a[1].Type().Iter == nil && a[1].Type().GetItem == nil {
		return t.TypeErrorf("sendmsg() argument 1 must be an iterable")
	}
	items, ok := t.Collect(a[1])
	if !ok {
		return Value{}
	}
	var views []native.View
	defer func() {
		for i := range views {
			views[i].Release(t)
		}
	}()
	var bufs [][]byte
	for _, v := range items {
		b, ok := native.Readable(t, v)
		if !ok {
			return Value{}
		}
		views = append(views, b)
		bufs = append(bufs, b.Bytes)
	}
	if len(bufs) > maxBuffers {
		return osError(t, "sendmsg() argument 1 is too long")
	}
	flags, ok := int32Or(t, a[3], 0)
	if !ok {
		return Value{}
	}
	var addr []byte
	if a[4].P != nil && !a[4].IsNone() {
		if addr, ok = s.addr(t, a[4], "sendmsg"); !ok {
			return Value{}
		}
	}
	oob, ok := ancillary(t, a[2])
	if !ok {
		return Value{}
	}
	net := network(t)
	if net == nil {
		return Value{}
	}
	w, ok := newWaiter(t, s, true, flags)
	if !ok {
		return Value{}
	}
	for {
		fd := s.fd
		t.Unlock()
		n, err := net.SendMsg(fd, bufs, oob, addr, flags|w.flag)
		t.Lock()
		if err == nil {
			return object.MakeInt(int64(n))
		}
		if !w.again(t, err) {
			return Value{}
		}
	}
}
