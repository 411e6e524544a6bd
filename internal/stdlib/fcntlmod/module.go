//go:build linux || darwin

package fcntlmod

import (
	"syscall"

	"golang.org/x/sys/unix"

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

// Module is the definition of fcntl.
var Module = object.ModuleDef{
	Name: "fcntl",
	Doc:  "This module performs file control and I/O control on file\ndescriptors.  It is an interface to the fcntl() and ioctl() Unix\nroutines.  File descriptors can be obtained with the fileno() method of\na file or socket object.",
	Methods: []object.MethodDef{
		{Name: "fcntl", Sig: "(fd, cmd, arg=0, /)", Fn: fcntl, Doc: "Perform the operation `cmd` on file descriptor fd.\n\nThe argument arg is an int or bytes; the result is an int, or the bytes as the operation has left them."},
		{Name: "ioctl", Sig: "(fd, request, arg=0, mutate_flag=True, /)", Fn: ioctl, Doc: "Perform the operation request on file descriptor fd.\n\nThe argument arg is an int or bytes-like; a buffer that can be changed is changed, unless mutate_flag is false."},
		{Name: "flock", Sig: "(fd, operation, /)", Fn: flock, Doc: "Perform the lock operation on file descriptor fd."},
		{Name: "lockf", Sig: "(fd, cmd, len=0, start=0, whence=0, /)", Fn: lockf, Doc: "A wrapper around the fcntl() locking calls.\n\nfd is the file to lock or unlock, cmd one of LOCK_UN, LOCK_SH, LOCK_EX, with LOCK_NB\nadded to raise OSError instead of waiting."},
	},
	Exec: func(t *Thread, m *object.Module) bool {
		for _, c := range constants {
			m.Set(t, c.name, object.MakeInt(c.n))
		}
		return true
	},
}

// maxArg is how long a struct for fcntl or ioctl may be; guard is room behind it, for a call that writes too much.
const (
	maxArg = 1024
	guard  = 1024
)

func system(t *Thread) *host.System {
	s := native.Host(t).System
	if s == nil {
		native.OSErrorCode(t, 1)
	}
	return s
}

// retry makes a call until no signal interrupts it. False: an exception is set.
func retry(t *Thread, call func() (int, error)) (int, bool) {
	for {
		t.Unlock()
		n, err := call()
		t.Lock()
		if err == nil {
			return n, true
		}
		if !host.Is(err, syscall.EINTR) {
			native.OSError(t, err)
			return 0, false
		}
		if !native.Interrupts(t) {
			return 0, false
		}
	}
}

// number converts an argument that is a C unsigned int, negative or not.
func number(t *Thread, v Value) (int, bool) {
	x := t.Index(v)
	if x.P == nil {
		return 0, false
	}
	n, ok := object.AsInt64(x)
	if !ok || n < -1<<31 || n > 1<<32-1 {
		t.OverflowErrorf("Python int too large to convert to C int")
		return 0, false
	}
	return int(int32(n)), true
}

func fcntl(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	fd := in.Fileno(0)
	cmd := in.Int(1)
	if in.Failed() {
		return Value{}
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	if a[2].P == nil || a[2].Type().Index != nil {
		n, ok := 0, true
		if a[2].P != nil {
			if n, ok = number(t, a[2]); !ok {
				return Value{}
			}
		}
		r, ok := retry(t, func() (int, error) { return s.Fcntl(fd, cmd, n) })
		if !ok {
			return Value{}
		}
		return object.MakeInt(int64(r))
	}
	b, size, ok := buffer(t, a[2], "fcntl")
	if !ok {
		return Value{}
	}
	if _, ok := retry(t, func() (int, error) { return s.FcntlBytes(fd, cmd, b) }); !ok {
		return Value{}
	}
	return object.MakeBytes(string(b[:size]))
}

// buffer copies an argument that is text or bytes.
func buffer(t *Thread, v Value, function string) (b []byte, size int, ok bool) {
	var s string
	if v.IsStr() {
		s = v.Str().S
	} else {
		if v.Type().Buffer == nil {
			t.TypeErrorf("%s() argument 3 must be an integer, a bytes-like object, or a string, not %s", function, v.Type().Name)
			return nil, 0, false
		}
		if s, ok = native.Text(t, v); !ok {
			return nil, 0, false
		}
	}
	if len(s) > maxArg {
		t.ValueErrorf("%s argument 3 is too long", function)
		return nil, 0, false
	}
	b = make([]byte, len(s)+guard)
	copy(b, s)
	return b, len(s), true
}

func ioctl(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	fd := in.Fileno(0)
	request := in.Int64(1)
	mutate := in.Flag(3, true)
	if in.Failed() {
		return Value{}
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	code := uint(request)
	if a[2].P == nil || a[2].Type().Index != nil {
		n, ok := 0, true
		if a[2].P != nil {
			if n, ok = number(t, a[2]); !ok {
				return Value{}
			}
		}
		r, ok := retry(t, func() (int, error) { return s.Ioctl(fd, code, n) })
		if !ok {
			return Value{}
		}
		return object.MakeInt(int64(r))
	}
	if f := a[2].Type().Buffer; mutate && f != nil && !a[2].IsStr() {
		w, ok := t.AsBuffer(a[2], true)
		if !ok {
			t.Catch(&object.BufferErrorType)
			t.Catch(&object.TypeErrorType)
			if t.Exc != nil {
				return Value{}
			}
		} else {
			defer w.Release(t)
			mem := w.Flat()
			b := mem
			if len(mem) <= maxArg {
				b = append(append(make([]byte, 0, len(mem)+guard), mem...), make([]byte, guard)...)
			}
			r, ok := retry(t, func() (int, error) { return s.IoctlBytes(fd, code, b) })
			if !ok {
				return Value{}
			}
			copy(mem, b)
			return object.MakeInt(int64(r))
		}
	}
	b, size, ok := buffer(t, a[2], "ioctl")
	if !ok {
		return Value{}
	}
	if _, ok := retry(t, func() (int, error) { return s.IoctlBytes(fd, code, b) }); !ok {
		return Value{}
	}
	return object.MakeBytes(string(b[:size]))
}

func flock(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	fd := in.Fileno(0)
	op := in.Int(1)
	if in.Failed() {
		return Value{}
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	if _, ok := retry(t, func() (int, error) { return 0, s.Flock(fd, op) }); !ok {
		return Value{}
	}
	return object.None
}

func lockf(t *Thread, a []Value) Value {
	in := native.ArgsOf(t, a)
	fd := in.Fileno(0)
	cmd := in.Int(1)
	var n [3]int64
	for i := range n {
		if a[2+i].P != nil {
			n[i] = in.Int64(2 + i)
		}
	}
	if in.Failed() {
		return Value{}
	}
	kind := 0
	switch {
	case cmd == unix.LOCK_UN:
		kind = unix.F_UNLCK
	case cmd&unix.LOCK_SH != 0:
		kind = unix.F_RDLCK
	case cmd&unix.LOCK_EX != 0:
		kind = unix.F_WRLCK
	default:
		return t.ValueErrorf("unrecognized lockf argument")
	}
	s := system(t)
	if s == nil {
		return Value{}
	}
	if _, ok := retry(t, func() (int, error) { return 0, s.Lock(fd, kind, cmd&unix.LOCK_NB == 0, n[1], n[0], int(n[2])) }); !ok {
		return Value{}
	}
	return object.None
}
