package native

import (
	"strings"
	"sync/atomic"
	"unsafe"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
)

// View is the memory of a bytes-like object, in use until Release.
type View struct {
	Bytes []byte
	buf   *object.Buffer
}

// Release ends the use of the memory.
func (v *View) Release(t *Thread) {
	if v.buf != nil {
		v.buf.Release(t)
	}
}

// Readable returns the bytes of a bytes-like object.
func Readable(t *Thread, v Value) (View, bool) {
	if v.Is(&object.BytesType) {
		s := object.To[object.Bytes](v).S
		return View{Bytes: unsafe.Slice(unsafe.StringData(s), len(s))}, true
	}
	b, ok := t.AsBuffer(v, false)
	if !ok {
		return View{}, false
	}
	return View{b.Flat(), b}, true
}

// Writable returns the memory of an object for writing. where, such as "readinto() argument", begins the TypeError for
// objects that have none.
func Writable(t *Thread, v Value, where string) (View, bool) {
	f := v.Type().Buffer
	if f != nil {
		b, ok := f(t, v, true)
		switch {
		case ok && !b.ReadOnly && b.Contiguous():
			return View{b.Flat(), b}, true
		case ok:
			b.Release(t)
		case t.Catch(&object.BufferErrorType) == nil && t.Catch(&object.TypeErrorType) == nil:
			return View{}, false
		}
	}
	t.TypeErrorf("%s must be read-write bytes-like object, not %s", where, v.Type().Name)
	return View{}, false
}

// Text returns the bytes of a bytes-like object as a string, copied where they may change.
func Text(t *Thread, v Value) (string, bool) {
	if v.Type().Flags&object.FlagBytes != 0 {
		return object.To[object.Bytes](v).S, true
	}
	s, ok := t.BytesLike(v)
	return strings.Clone(s), ok
}

// MakeBytes returns bytes that own the slice, which must not change any more.
func MakeBytes(b []byte) Value {
	return object.MakeBytes(unsafe.String(unsafe.SliceData(b), len(b)))
}

// Read reads from a descriptor without holding the interpreter's lock; handlers of signals that come meanwhile are run.
// False: an exception is set.
func Read(t *Thread, fd int, p []byte) (int, bool) {
	n, err, ok := ReadFD(t, fd, p)
	if ok && err != nil {
		OSError(t, err)
		ok = false
	}
	return n, ok
}

// ReadFD is Read for who treats errors of the host himself; ok is false when an exception is set.
func ReadFD(t *Thread, fd int, p []byte) (n int, err error, ok bool) {
	f := Files(t)
	if f == nil {
		return 0, nil, false
	}
	if t == t.Interp.Main {
		if !await(t, f, fd, false) {
			return 0, nil, false
		}
	}
	t.Unlock()
	n, err = f.Read(fd, p)
	t.Lock()
	return n, err, true
}

// Write writes to a descriptor without holding the interpreter's lock.
func Write(t *Thread, fd int, p []byte) (int, bool) {
	n, err, ok := WriteFD(t, fd, p)
	if ok && err != nil {
		OSError(t, err)
		ok = false
	}
	return n, ok
}

// WriteFD is to Write what ReadFD is to Read.
func WriteFD(t *Thread, fd int, p []byte) (n int, err error, ok bool) {
	f := Files(t)
	if f == nil {
		return 0, nil, false
	}
	if t != t.Interp.Main {
		t.Unlock()
		n, err = f.Write(fd, p)
		t.Lock()
		return n, err, true
	}
	// A write that waits in the system would hear no signal; what is ready takes as much as a pipe takes at once.
	for {
		if n == 0 {
			if !await(t, f, fd, true) {
				return 0, nil, false
			}
		} else if woken(t, f, fd) {
			return n, nil, true
		}
		k := min(len(p)-n, pipeBuf)
		t.Unlock()
		m, err := f.Write(fd, p[n:n+k])
		t.Lock()
		if err != nil {
			if n > 0 {
				err = nil
			}
			return n, err, true
		}
		if n += m; m < k || n == len(p) {
			return n, nil, true
		}
	}
}

// pipeBuf is what a pipe takes in one piece.
const pipeBuf = 4096

// woken waits until fd takes more, and reports whether something else happened first.
func woken(t *Thread, f host.Files, fd int) bool {
	w := Host(t).Waker()
	x, ok := f.(host.Waiter)
	if w == nil || !ok {
		return false
	}
	t.Unlock()
	woken, err := x.Wait(fd, true, w)
	t.Lock()
	return err == nil && woken
}

// await lets the main thread wait for input in such a way that a signal wakes it.
func await(t *Thread, f host.Files, fd int, write bool) bool {
	h := Host(t)
	w := h.Waker()
	if w == nil {
		return true
	}
	x, ok := f.(host.Waiter)
	if !ok {
		return true
	}
	for {
		t.Unlock()
		woken, err := x.Wait(fd, write, w)
		t.Lock()
		if err != nil || !woken {
			return true // the call itself says what is wrong
		}
		w.Clear()
		if !Interrupts(t) {
			return false
		}
	}
}

// Interrupts does what waits for the thread: handlers of signals and the like. False: an exception is set.
func Interrupts(t *Thread) bool {
	if f := t.Interp.Hooks.Break; f != nil && atomic.LoadUint32(&t.Breaker) != 0 {
		return f(t)
	}
	return true
}
