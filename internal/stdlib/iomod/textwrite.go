package iomod

import (
	"strings"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
	"github.com/krait-py/krait/internal/strs"
)

func textWrite(t *Thread, a []Value) Value {
	if !a[1].IsStr() {
		return t.TypeErrorf("write() argument must be str, not %s", object.ArgName(a[1]))
	}
	s := a[1].Str()
	if !object.To[text](a[0]).write(t, s) {
		return Value{}
	}
	return object.MakeInt(int64(s.Len()))
}

// write encodes s and keeps it until there is enough, or until the stream's rules say that it goes out.
func (x *text) write(t *Thread, s *object.Str) bool {
	if !x.open(t) {
		return false
	}
	if !x.canWrite {
		unsupported(t, "not writable")
		return false
	}
	flush := x.lineBuffering && (strings.IndexByte(s.S, '\n') >= 0 || strings.IndexByte(s.S, '\r') >= 0)
	if x.writes != "" && strings.IndexByte(s.S, '\n') >= 0 {
		s = object.NewStr(strings.ReplaceAll(s.S, "\n", x.writes))
	}
	out, ok := s.S, true
	if !(x.native && (s.IsASCII() || x.codec == strs.UTF8 && strs.HasSurrogate(s.S) < 0)) {
		if out, ok = x.encode(t, s); !ok {
			return false
		}
	}
	if len(out) >= x.chunkSize {
		// What is long goes alone: to join it would cost a copy.
		for len(x.pending) > 0 {
			if !x.writeOut(t) {
				return false
			}
		}
	}
	x.pending = append(x.pending, out...)
	if len(x.pending) >= x.chunkSize || flush || x.writeThrough {
		if !x.writeOut(t) {
			return false
		}
	}
	if flush && !x.flushBuffer(t) {
		return false
	}
	if x.hasSnapshot {
		x.setChars("", 0)
		x.hasSnapshot = false
	}
	return x.resetDecoder(t)
}

// encode encodes s with whatever codec there is.
func (x *text) encode(t *Thread, s *object.Str) (string, bool) {
	var b Value
	if x.native {
		b = t.EncodeAs(x.codec, s, x.errorsName)
	} else {
		b = t.CallMethod(x.encoder, nameEncode, object.Of(s))
		x.atStart = false
	}
	if b.P == nil {
		return "", false
	}
	if b.Type().Flags&object.FlagBytes == 0 {
		t.TypeErrorf("encoder should return a bytes object, not '%s'", b.Type().Name)
		return "", false
	}
	return object.To[object.Bytes](b).S, true
}

// writeOut hands what is pending to the buffer.
func (x *text) writeOut(t *Thread) bool {
	if len(x.pending) == 0 {
		return true
	}
	p := x.pending
	x.pending = nil
	if b := x.buf; b != nil && b.ready && b.writable {
		if _, ok := b.write(t, p); !ok {
			return false
		}
		if x.pending == nil && cap(p) <= 64<<10 {
			x.pending = p[:0]
		}
		return true
	}
	return t.CallMethod(x.buffer, nameWrite, native.MakeBytes(p)).P != nil
}

// flushBuffer flushes the stream below.
func (x *text) flushBuffer(t *Thread) bool {
	b := x.buf
	if b == nil || !b.ready || !b.writable || b.file == nil {
		return t.CallMethod(x.buffer, nameFlush).P != nil
	}
	if !b.openNow(t, "flush of closed file") || !b.enter(t) {
		return false
	}
	ok := b.sync(t)
	b.lock.leave()
	return ok
}

func (x *text) resetDecoder(t *Thread) bool {
	if x.native {
		x.rest = ""
		x.nl.pendingCR, x.nl.seen = false, 0
		return true
	}
	return x.decoder.P == nil || t.CallMethod(x.decoder, nameReset).P != nil
}

// Writer writes text to a stream without calls of Python methods: print does.
type Writer struct{ x *text }

// WriterOf returns the Writer of a stream; ok is false if its method write is not that of TextIOWrapper.
func WriterOf(v Value) (w Writer, ok bool) {
	if !v.Is(&textType) {
		return w, false
	}
	x := object.To[text](v)
	if x.Shape == object.DictShape && object.InstanceAttr(v, nameWrite).P != nil {
		return w, false
	}
	return Writer{x}, true
}

// Write is the method write.
func (w Writer) Write(t *Thread, s *object.Str) bool { return w.x.write(t, s) }
