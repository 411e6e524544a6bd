package iomod

import (
	"syscall"

	"github.com/krait-py/krait/internal/host"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// eagain is the error number that says that a stream is not ready.
var eagain = func() int64 {
	n, _ := host.Code(syscall.EAGAIN)
	return int64(n)
}()

func bufferedWrite(t *Thread, a []Value) Value {
	b := object.To[buffered](a[0])
	if !b.initialized(t) {
		return Value{}
	}
	r, ok := native.Readable(t, a[1])
	if !ok {
		return Value{}
	}
	n, ok := b.write(t, r.Bytes)
	r.Release(t)
	if !ok {
		return Value{}
	}
	return object.MakeInt(int64(n))
}

// write puts p into the buffer, or writes it if it has no room.
func (b *buffered) write(t *Thread, p []byte) (int, bool) {
	if !b.enter(t) {
		return 0, false
	}
	defer b.lock.leave()
	closed, ok := b.closed(t)
	if !ok {
		return 0, false
	}
	if closed {
		t.ValueErrorf("write to closed file")
		return 0, false
	}
	if b.w > 0 && !b.forget(t) {
		return 0, false
	}
	if n := b.dirty + len(p); n <= b.size && len(p) < b.size {
		if n > len(b.buf) {
			b.memory(n)
		}
		b.dirty += copy(b.buf[b.dirty:], p)
		return len(p), true
	}
	if b.dirty > 0 && !b.flush(t) {
		return b.partly(t, p)
	}
	done := 0
	for len(p)-done > b.size {
		n, ok := b.rawWrite(t, p[done:])
		if !ok {
			return 0, false
		}
		if n < 0 {
			// Not all fits: as much as does is kept all the same.
			if len(p)-done > b.size {
				b.memory(b.size)
				b.dirty = copy(b.buf, p[done:])
				done += b.dirty
				blocking(t, "write could not complete without blocking", done)
				return 0, false
			}
			break
		}
		done += n
		if !native.Interrupts(t) {
			return 0, false
		}
	}
	if left := len(p) - done; left > 0 {
		b.memory(left)
		b.dirty = copy(b.buf, p[done:])
	}
	return len(p), true
}

// partly is what write does after a flush that could not complete: what has room is kept.
func (b *buffered) partly(t *Thread, p []byte) (int, bool) {
	if t.Exc == nil || !t.Exc.Type.IsSubtype(&object.BlockingIOErrorType) {
		return 0, false
	}
	b.memory(b.size)
	room := b.size - b.dirty
	if len(p) <= room {
		t.Exc = nil
		b.dirty += copy(b.buf[b.dirty:b.size], p)
		return len(p), true
	}
	b.dirty += copy(b.buf[b.dirty:b.size], p)
	t.Exc = nil
	blocking(t, "write could not complete without blocking", room)
	return 0, false
}
