package sremod

import (
	"unsafe"

	"github.com/krait-py/krait/internal/object"
)

// kind is what a pattern, or a template, is for.
type kind int8

const (
	anything kind = iota - 1
	forStr
	forBytes
)

// subject is something to match in.
type subject struct {
	v    Value
	text string
	kind kind
	// wide says that it is a str with characters beyond ASCII.
	wide bool
	// n is its length in characters.
	n int
	// buffer is what text is the memory of, unless it is that of a str or bytes object.
	buffer *object.Buffer
	// parts makes parts of a str that become visible together; nil if each is on its own.
	parts *object.Pieces
}

// subjectOf returns v, which must be a str or something with a buffer. It must be released.
func subjectOf(t *Thread, v Value) (subject, bool) {
	if v.IsStr() {
		s := v.Str()
		return subject{v: v, text: s.S, kind: forStr, wide: s.Len() != len(s.S), n: s.Len()}, true
	}
	if v.Type().Flags&object.FlagBytes != 0 {
		s := object.To[object.Bytes](v).S
		return subject{v: v, text: s, kind: forBytes, n: len(s)}, true
	}
	if buffer := v.Type().Buffer; buffer != nil {
		b, ok := buffer(t, v, false)
		if ok && b.Contiguous() {
			flat := b.Flat()
			text := unsafe.String(unsafe.SliceData(flat), len(flat))
			return subject{v: v, text: text, kind: forBytes, n: len(text), buffer: b}, true
		}
		if ok {
			b.Release(t)
		}
		t.Exc = nil
	}
	t.TypeErrorf("expected string or bytes-like object, got '%.200s'", v.Type().Name)
	return subject{}, false
}

// release lets the memory of the subject be changed.
func (s *subject) release(t *Thread) {
	if s.buffer != nil {
		s.buffer.Release(t)
	}
}

// offset returns where character i is, which there must be, or the end.
func (s *subject) offset(i int) int {
	if !s.wide {
		return i
	}
	return s.v.Str().Offset(i)
}

// slice returns a part of the subject, as a str or bytes object.
func (s *subject) slice(from, to int) Value {
	switch {
	case s.parts != nil && s.kind == forStr:
		return s.parts.Span(s.v.Str(), from, to)
	case s.kind == forStr:
		return s.v.Str().Span(from, to)
	case s.buffer == nil:
		return object.To[object.Bytes](s.v).Span(from, to)
	}
	return object.CopyBytes([]byte(s.text[from:to]))
}

// empty returns an empty part.
func (s *subject) empty() Value {
	if s.kind == forStr {
		return object.EmptyStr
	}
	return object.EmptyBytes
}
