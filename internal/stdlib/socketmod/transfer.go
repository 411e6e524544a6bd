//go:build linux || darwin

package socketmod

import (
	"syscall"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// receive receives into p, and the sender's address into addr unless that is nil.
func (s *socket) receive(t *Thread, p []byte, flags int, addr []byte) (n, size int, ok bool) {
	net := network(t)
	if net == nil {
		return 0, 0, false
	}
	w, ok := newWaiter(t, s, false, flags)
	if !ok {
		return 0, 0, false
	}
	for {
		fd := s.fd
		var err error
		t.Unlock()
		n, size, err = net.Recv(fd, p, flags|w.flag, addr)
		t.Lock()
		if err == nil {
			return n, size, true
		}
		if !w.again(t, err) {
			return 0, 0, false
		}
	}
}

// size converts the number of bytes to receive.
func size(t *Thread, v Value, function string) (int, bool) {
	n, ok := t.AsSize(v)
	if ok && n < 0 {
		t.ValueErrorf("negative buffersize in %s", function)
		return 0, false
	}
	return n, ok
}

// largeRead is from which size on data is received into memory that is used again and again.
const largeRead = 4096

// buffer is memory for n bytes to receive; large ones are kept for the next call.
func buffer(t *Thread, n int) ([]byte, bool) {
	if n > 1<<31-1 {
		t.Raisef(&object.MemoryErrorType, "")
		return nil, false
	}
	if n < largeRead {
		return make([]byte, n), true
	}
	s := stateOf(t)
	if b := s.spare; cap(b) >= n {
		s.spare = nil
		return b[:n], true
	}
	return make([]byte, n), true
}

// received makes bytes of the first n of a buffer, and gives the buffer back.
func received(t *Thread, b []byte, n int) Value {
	if len(b) < largeRead {
		return native.MakeBytes(b[:n:n])
	}
	v := object.MakeBytes(string(b[:n]))
	giveBack(t, b)
	return v
}

func giveBack(t *Thread, b []byte) {
	if s := stateOf(t); len(b) >= largeRead && cap(b) > cap(s.spare) && cap(b) <= 1<<20 {
		s.spare = b
	}
}

func recv(t *Thread, a []Value) Value {
	s := object.To[socket](a[0])
	n, ok := size(t, a[1], "recv")
	if !ok {
		return Value{}
	}
	flags, ok := int32Or(t, a[2], 0)
	if !ok {
		return Value{}
	}
	b, ok := buffer(t, n)
	if !ok {
		return Value{}
	}
	n, _, ok = s.receive(t, b, flags, nil)
	if !ok {
		giveBack(t, b)
		return Value{}
	}
	return received(t, b, n)
}

func recvfrom(t *Thread, a []Value) Value {
	s := object.To[socket](a[0])
	n, ok := size(t, a[1], "recvfrom")
	if !ok {
		return Value{}
	}
	flags, ok := int32Or(t, a[2], 0)
	if !ok {
		return Value{}
	}
	b, ok := buffer(t, n)
	if !ok {
		return Value{}
	}
	var addr [addrSize]byte
	n, l, ok := s.receive(t, b, flags, addr[:])
	if !ok {
		giveBack(t, b)
		return Value{}
	}
	from := addrValue(t, addr[:l])
	if from.P == nil {
		return from
	}
	return object.Of(object.NewTuple(received(t, b, n), from))
}

// into is what recv_into and recvfrom_into share: (self, buffer, nbytes, flags).
func into(t *Thread, a []Value, function, small string, addr []byte) (n, l int, ok bool) {
	s := object.To[socket](a[0])
	b, ok := native.Writable(t, a[1], function+"() argument 1")
	if !ok {
		return 0, 0, false
	}
	defer b.Release(t)
	if a[2].P != nil {
		if n, ok = size(t, a[2], function); !ok {
			return 0, 0, false
		}
	}
	flags, ok := int32Or(t, a[3], 0)
	if !ok {
		return 0, 0, false
	}
	if n == 0 {
		n = len(b.Bytes)
	}
	if n > len(b.Bytes) {
		t.ValueErrorf("%s", small)
		return 0, 0, false
	}
	return s.receive(t, b.Bytes[:n], flags, addr)
}

func recvInto(t *Thread, a []Value) Value {
	n, _, ok := into(t, a, "recv_into", "buffer too small for requested bytes", nil)
	if !ok {
		return Value{}
	}
	return object.MakeInt(int64(n))
}

func recvfromInto(t *Thread, a []Value) Value {
	var addr [addrSize]byte
	n, l, ok := into(t, a, "recvfrom_into", "nbytes is greater than the length of the buffer", addr[:])
	if !ok {
		return Value{}
	}
	from := addrValue(t, addr[:l])
	if from.P == nil {
		return from
	}
	return object.Of(object.NewTuple(object.MakeInt(int64(n)), from))
}

// transmit sends once; all sends until nothing is left.
func (s *socket) transmit(t *Thread, p []byte, flags int, addr []byte, all bool) (sent int, ok bool) {
	net := network(t)
	if net == nil {
		return 0, false
	}
	w, ok := newWaiter(t, s, true, flags)
	if !ok {
		return 0, false
	}
	// A stream's blocking send takes everything: that is done piece by piece where it must not block.
	all = all || w.flag != 0 && s.kind == syscall.SOCK_STREAM
	for {
		fd := s.fd
		t.Unlock()
		n, err := net.Send(fd, p[sent:], flags|w.flag, addr)
		t.Lock()
		if err == nil {
			sent += n
			if !all || sent >= len(p) {
				return sent, true
			}
			if !native.Interrupts(t) {
				return 0, false
			}
			continue
		}
		if !w.again(t, err) {
			return 0, false
		}
	}
}

func sendData(t *Thread, a []Value, all bool) (int, bool) {
	s := object.To[socket](a[0])
	b, ok := native.Readable(t, a[1])
	if !ok {
		return 0, false
	}
	defer b.Release(t)
	flags, ok := int32Or(t, a[2], 0)
	if !ok {
		return 0, false
	}
	return s.transmit(t, b.Bytes, flags, nil, all)
}

func send(t *Thread, a []Value) Value {
	n, ok := sendData(t, a, false)
	if !ok {
		return Value{}
	}
	return object.MakeInt(int64(n))
}

func sendall(t *Thread, a []Value) Value {
	if _, ok := sendData(t, a, true); !ok {
		return Value{}
	}
	return object.None
}

// sendto has flags in the middle, if at all.
func sendto(t *Thread, args []Value, names *object.Tuple) Value {
	if object.NameCount(names) > 0 {
		return t.TypeErrorf("socket.sendto() takes no keyword arguments")
	}
	if len(args) != 3 && len(args) != 4 {
		return t.TypeErrorf("sendto() takes 2 or 3 arguments (%d given)", len(args)-1)
	}
	s := object.To[socket](args[0])
	b, ok := native.Readable(t, args[1])
	if !ok {
		return Value{}
	}
	defer b.Release(t)
	flags := 0
	if len(args) == 4 {
		if flags, ok = t.AsCInt(args[2]); !ok {
			return Value{}
		}
	}
	addr, ok := s.addr(t, args[len(args)-1], "sendto")
	if !ok {
		return Value{}
	}
	n, ok := s.transmit(t, b.Bytes, flags, addr, false)
	if !ok {
		return Value{}
	}
	return object.MakeInt(int64(n))
}
