//go:build linux || darwin

package posixmod

import (
	"golang.org/x/sys/unix"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

func pread(t *Thread, a []Value) Value {
	fd, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	n, ok := t.AsSize(a[1])
	if !ok {
		return Value{}
	}
	off, ok := native.Int64(t, a[2])
	if !ok {
		return Value{}
	}
	if n < 0 {
		return native.OSErrorCode(t, 22)
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	b := make([]byte, min(n, maxRead))
	t.Unlock()
	n, err := s.Pread(fd, b, off)
	t.Lock()
	if err != nil {
		return native.OSError(t, err)
	}
	return object.MakeBytes(string(b[:n]))
}

func pwrite(t *Thread, a []Value) Value {
	fd, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	b, ok := native.Readable(t, a[1])
	if !ok {
		return Value{}
	}
	defer b.Release(t)
	off, ok := native.Int64(t, a[2])
	if !ok {
		return Value{}
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	t.Unlock()
	n, err := s.Pwrite(fd, b.Bytes, off)
	t.Lock()
	if err != nil {
		return native.OSError(t, err)
	}
	return object.MakeInt(int64(n))
}

// views collects buffers; release ends their use.
func views(t *Thread, v Value, writable bool, function string) (list []native.View, release func(), ok bool) {
	release = func() {
		for i := range list {
			list[i].Release(t)
		}
	}
	if v.Type().Len == nil || v.Type().GetItem == nil {
		t.TypeErrorf("%s() arg 2 must be a sequence", function)
		return nil, release, false
	}
	items, ok := t.Collect(v)
	if !ok {
		return nil, release, false
	}
	for _, x := range items {
		var b native.View
		if writable {
			b, ok = native.Writable(t, x, function+"() argument 2")
		} else {
			b, ok = native.Readable(t, x)
		}
		if !ok {
			return list, release, false
		}
		list = append(list, b)
	}
	return list, release, true
}

func readv(t *Thread, a []Value) Value {
	fd, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	list, release, ok := views(t, a[1], true, "readv")
	defer func() { release() }()
	if !ok {
		return Value{}
	}
	size := 0
	for _, b := range list {
		size += len(b.Bytes)
	}
	buf := make([]byte, size)
	n, ok := native.Read(t, fd, buf)
	if !ok {
		return Value{}
	}
	rest := buf[:n]
	for _, b := range list {
		rest = rest[copy(b.Bytes, rest):]
	}
	return object.MakeInt(int64(n))
}

func writev(t *Thread, a []Value) Value {
	fd, ok := t.AsCInt(a[0])
	if !ok {
		return Value{}
	}
	list, release, ok := views(t, a[1], false, "writev")
	defer func() { release() }()
	if !ok {
		return Value{}
	}
	var buf []byte
	for _, b := range list {
		buf = append(buf, b.Bytes...)
	}
	n, ok := native.Write(t, fd, buf)
	if !ok {
		return Value{}
	}
	return object.MakeInt(int64(n))
}

// lockf is the C library's function, made of fcntl's locks. F_TEST is a lock that is given back at once.
func lockf(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	fd := in.Int(0)
	cmd := in.Int(1)
	n := in.Int64(2)
	if in.Failed() {
		return Value{}
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	if cmd < 0 || cmd > 3 {
		return native.OSErrorCode(t, 22)
	}
	kind := unix.F_WRLCK
	if cmd == 0 {
		kind = unix.F_UNLCK
	}
	t.Unlock()
	err := s.Lock(fd, kind, cmd == 1, 0, n, 1)
	if err == nil && cmd == 3 {
		err = s.Lock(fd, unix.F_UNLCK, false, 0, n, 1)
	}
	t.Lock()
	if err != nil {
		return native.OSError(t, err)
	}
	return object.None
}
