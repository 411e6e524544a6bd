package iomod

import (
	"bytes"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

// fill reads once from the raw stream, behind what the buffer has. n is -1 when the raw stream has nothing yet, 0 at its end.
func (b *buffered) fill(t *Thread) (n int, ok bool) {
	if b.r == b.w {
		full := b.w == len(b.buf)
		b.r, b.w = 0, 0
		if b.buf == nil || full {
			b.memory(0)
		}
	} else if b.w == len(b.buf) {
		b.memory(0)
		if b.w == len(b.buf) {
			copy(b.buf, b.buf[b.r:b.w])
			b.r, b.w = 0, b.w-b.r
		}
	}
	n, ok = b.rawRead(t, b.buf[b.w:])
	if ok && n > 0 {
		b.w += n
	}
	return n, ok
}

// begin prepares for reading past the buffer: what waits to be written is.
func (b *buffered) begin(t *Thread) bool { return b.dirty == 0 || b.flush(t) }

// take returns the next n bytes of the buffer.
func (b *buffered) take(n int) Value {
	v := object.CopyBytes(b.buf[b.r : b.r+n])
	b.r += n
	return v
}

func bufferedRead(t *Thread, a []Value) Value {
	b := object.To[buffered](a[0])
	n, ok := sizeArg(t, a[1])
	if !ok || !b.initialized(t) {
		return Value{}
	}
	if n < -1 {
		return t.ValueErrorf("read length must be non-negative or -1")
	}
	if !b.open(t, "read of closed file") {
		return Value{}
	}
	if n >= 0 && n <= b.w-b.r {
		return b.take(n)
	}
	if n > maxAlloc {
		return t.RaiseNew(&object.MemoryErrorType)
	}
	if !b.enter(t) {
		return Value{}
	}
	var v Value
	if n < 0 {
		v = b.readAll(t)
	} else {
		v = b.readMany(t, n)
	}
	b.lock.leave()
	return v
}

// readAll reads to the end.
func (b *buffered) readAll(t *Thread) Value {
	have := b.buf[b.r:b.w]
	if b.file != nil && b.dirty == 0 {
		if !b.file.opened(t) {
			return Value{}
		}
		all, blocked, ok := b.file.rest(t, have)
		if !ok {
			return Value{}
		}
		if b.pos >= 0 {
			b.pos += int64(len(all) - len(have))
		}
		if len(all) == len(have) {
			all = append([]byte(nil), have...) // the buffer's own memory
		}
		b.r, b.w = 0, 0
		if blocked && len(all) == 0 {
			return object.None
		}
		return native.MakeBytes(all)
	}
	data := append([]byte(nil), have...)
	b.r = b.w
	if b.writable && !b.sync(t) {
		return Value{}
	}
	b.r, b.w = 0, 0
	readall, ok := t.FindAttr(b.raw, nameReadAll)
	if !ok {
		return Value{}
	}
	if readall.P != nil {
		r := t.CallArgs(readall)
		switch {
		case r.P == nil:
			return r
		case r.IsNone():
			if len(data) == 0 {
				return r
			}
			return native.MakeBytes(data)
		case r.Type().Flags&object.FlagBytes == 0:
			return t.TypeErrorf("readall() should return bytes")
		case len(data) == 0:
			return r
		}
		return native.MakeBytes(append(data, object.To[object.Bytes](r).S...))
	}
	some := len(data) > 0
	for {
		r := t.CallMethod(b.raw, nameRead)
		switch {
		case r.P == nil:
			return r
		case r.IsNone():
			if !some {
				return r
			}
			return native.MakeBytes(data)
		case r.Type().Flags&object.FlagBytes == 0:
			return t.TypeErrorf("read() should return bytes")
		}
		s := object.To[object.Bytes](r).S
		if s == "" {
			return native.MakeBytes(data)
		}
		some = true
		data = append(data, s...)
		if b.pos >= 0 {
			b.pos += int64(len(s))
		}
	}
}

// readMany reads n bytes, more than the buffer has: whole blocks directly, the rest through the buffer.
func (b *buffered) readMany(t *Thread, n int) Value {
	have := b.w - b.r
	if !b.begin(t) {
		return Value{}
	}
	// Memory is taken as data comes: n may be much more than there is.
	room := n
	if b.file != nil {
		room = min(n, have+max(b.size, 1<<20))
	}
	out := make([]byte, have, room)
	copy(out, b.buf[b.r:b.w])
	b.r = b.w
	for len(out) < n {
		left := n - len(out)
		whole := left - left%b.size
		if whole == 0 {
			break
		}
		if len(out) == cap(out) {
			grown := make([]byte, len(out), min(n, 2*cap(out)+b.size))
			copy(grown, out)
			out = grown
		}
		p := out[len(out):min(cap(out), len(out)+whole)]
		got, ok := b.rawRead(t, p)
		if !ok {
			return Value{}
		}
		if got <= 0 {
			if got < 0 && len(out) == 0 {
				return object.None
			}
			return native.MakeBytes(out)
		}
		out = out[:len(out)+got]
	}
	b.r, b.w = 0, 0
	for len(out) < n {
		got, ok := b.fill(t)
		if !ok {
			return Value{}
		}
		if got <= 0 {
			if got < 0 && len(out) == 0 {
				return object.None
			}
			break
		}
		k := min(n-len(out), b.w-b.r)
		out = append(out, b.buf[b.r:b.r+k]...)
		b.r += k
	}
	if len(out) <= 64 {
		return object.CopyBytes(out)
	}
	return native.MakeBytes(out)
}

func bufferedPeek(t *Thread, a []Value) Value {
	b := object.To[buffered](a[0])
	if a[1].P != nil {
		if _, ok := t.AsSize(a[1]); !ok {
			return Value{}
		}
	}
	if !b.open(t, "peek of closed file") || !b.enter(t) {
		return Value{}
	}
	defer b.lock.leave()
	if !b.begin(t) {
		return Value{}
	}
	if b.r == b.w {
		if _, ok := b.fill(t); !ok {
			return Value{}
		}
	}
	return object.CopyBytes(b.buf[b.r:b.w])
}

func bufferedRead1(t *Thread, a []Value) Value {
	b := object.To[buffered](a[0])
	n := -1
	if a[1].P != nil {
		var ok bool
		if n, ok = t.AsSize(a[1]); !ok {
			return Value{}
		}
	}
	if !b.initialized(t) {
		return Value{}
	}
	if n < 0 {
		n = b.size
	}
	if !b.open(t, "read of closed file") {
		return Value{}
	}
	if n == 0 {
		return object.EmptyBytes
	}
	if n > maxAlloc {
		return t.RaiseNew(&object.MemoryErrorType)
	}
	if !b.enter(t) {
		return Value{}
	}
	defer b.lock.leave()
	if have := b.w - b.r; have > 0 {
		return b.take(min(n, have))
	}
	if !b.begin(t) {
		return Value{}
	}
	b.r, b.w = 0, 0
	if b.file != nil && n <= b.size {
		// Through the buffer, whose memory is there.
		b.memory(0)
		got, ok := b.rawRead(t, b.buf[:min(n, len(b.buf))])
		if !ok {
			return Value{}
		}
		return object.CopyBytes(b.buf[:max(got, 0)])
	}
	buf := make([]byte, n)
	got, ok := b.rawRead(t, buf)
	if !ok {
		return Value{}
	}
	return native.MakeBytes(buf[:max(got, 0)])
}

// chunk is read1 for text streams: the bytes are in the buffer, and valid until the next call.
func (b *buffered) chunk(t *Thread, n int) (p []byte, ok bool) {
	if !b.open(t, "read of closed file") || !b.enter(t) {
		return nil, false
	}
	defer b.lock.leave()
	if b.r == b.w {
		if !b.begin(t) {
			return nil, false
		}
		if _, ok := b.fill(t); !ok {
			return nil, false
		}
	}
	k := min(n, b.w-b.r)
	p = b.buf[b.r : b.r+k]
	b.r += k
	return p, true
}

func bufferedInto(once bool) func(t *Thread, a []Value) Value {
	where := "readinto() argument"
	if once {
		where = "readinto1() argument"
	}
	return func(t *Thread, a []Value) Value {
		b := object.To[buffered](a[0])
		w, ok := native.Writable(t, a[1], where)
		if !ok {
			return Value{}
		}
		defer w.Release(t)
		if !b.open(t, "readinto of closed file") || !b.enter(t) {
			return Value{}
		}
		defer b.lock.leave()
		return b.readInto(t, w.Bytes, once)
	}
}

func (b *buffered) readInto(t *Thread, p []byte, once bool) Value {
	done := copy(p, b.buf[b.r:b.w])
	b.r += done
	if done == len(p) {
		return object.MakeInt(int64(done))
	}
	if !b.begin(t) {
		return Value{}
	}
	for b.r, b.w = 0, 0; done < len(p); {
		var n int
		var ok bool
		switch {
		case len(p)-done > b.size:
			n, ok = b.rawRead(t, p[done:])
		case once && done > 0:
			return object.MakeInt(int64(done))
		default:
			n, ok = b.fill(t)
		}
		if !ok {
			return Value{}
		}
		if n <= 0 {
			if n < 0 && done == 0 {
				return object.None
			}
			break
		}
		if b.w > 0 {
			n = copy(p[done:], b.buf[b.r:b.w])
			b.r += n
		}
		done += n
		if once {
			break
		}
	}
	return object.MakeInt(int64(done))
}

func bufferedReadline(t *Thread, a []Value) Value {
	b := object.To[buffered](a[0])
	limit, ok := sizeArg(t, a[1])
	if !ok || !b.initialized(t) {
		return Value{}
	}
	return b.readline(t, limit)
}

func (b *buffered) readline(t *Thread, limit int) Value {
	if !b.open(t, "readline of closed file") {
		return Value{}
	}
	p := b.buf[b.r:b.w]
	if limit >= 0 && len(p) > limit {
		p = p[:limit]
	}
	if i := bytes.IndexByte(p, '\n'); i >= 0 {
		return b.take(i + 1)
	}
	if limit >= 0 && len(p) == limit {
		return b.take(limit)
	}
	if !b.enter(t) {
		return Value{}
	}
	defer b.lock.leave()
	line := append([]byte(nil), b.buf[b.r:b.w]...)
	if !b.begin(t) {
		return Value{}
	}
	b.r = b.w
	for limit < 0 || len(line) < limit {
		n, ok := b.fill(t)
		if !ok {
			return Value{}
		}
		if n <= 0 {
			break
		}
		p := b.buf[b.r:b.w]
		if limit >= 0 && len(p) > limit-len(line) {
			p = p[:limit-len(line)]
		}
		if i := bytes.IndexByte(p, '\n'); i >= 0 {
			p = p[:i+1]
			b.r += len(p)
			if len(line) == 0 {
				return object.CopyBytes(p)
			}
			return native.MakeBytes(append(line, p...))
		}
		b.r += len(p)
		line = append(line, p...)
	}
	return native.MakeBytes(line)
}

func bufferedNext(t *Thread, v Value) Value {
	b := object.To[buffered](v)
	if !b.initialized(t) {
		return Value{}
	}
	var line Value
	if v.Is(&readerType) || v.Is(&randomType) {
		line = b.readline(t, -1)
	} else {
		line = t.CallMethod(v, nameReadline)
		if line.P != nil && line.Type().Flags&object.FlagBytes == 0 {
			return t.Raisef(&object.OSErrorType, "readline() should have returned a bytes object, not '%s'", line.Type().Name)
		}
	}
	if line.P == nil || object.To[object.Bytes](line).S == "" {
		return Value{}
	}
	return line
}
