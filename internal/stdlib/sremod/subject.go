package sremod

import (
	"strings"
	"unsafe"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/sre"
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
	// strs are strs that have not been used yet: findall makes many.
	strs []object.Str
	// made is how many of them have been made.
	made int
}

// subjectOf returns v, which must be a str or something with a buffer.
func subjectOf(t *Thread, v Value) (subject, bool) {
	if v.IsStr() {
		s := v.Str()
		return subject{v: v, text: s.S, kind: forStr, wide: s.N != len(s.S), n: s.N}, true
	}
	if v.Type().Flags&object.FlagBytes != 0 {
		s := object.To[object.Bytes](v).S
		return subject{v: v, text: s, kind: forBytes, n: len(s)}, true
	}
	if buffer := v.Type().Buffer; buffer != nil {
		b, ok := buffer(t, v, false)
		if ok {
			text := unsafe.String(unsafe.SliceData(b.Bytes), len(b.Bytes))
			return subject{v: v, text: text, kind: forBytes, n: len(text)}, true
		}
		t.Exc = nil
	}
	t.TypeErrorf("expected string or bytes-like object, got '%.200s'", v.Type().Name)
	return subject{}, false
}

// offset returns where character i is, which there must be, or the end.
func (s *subject) offset(i int) int {
	switch {
	case !s.wide || i == 0:
		return i
	case i == s.n:
		return len(s.text)
	}
	return sre.SkipPoints(s.text, i)
}

// shareBelow is the length of texts whose parts are not copied: so much memory may be kept by a part. A
// part that is no less than a shareRatio-th of its text is never copied.
const (
	shareBelow = 1 << 12
	shareRatio = 8
)

// slice returns a part of the subject, as a str or bytes object.
func (s *subject) slice(from, to int) Value {
	if s.kind != forStr {
		if from == 0 && to == len(s.text) && s.v.Is(&object.BytesType) {
			return s.v
		}
		part := s.text[from:to]
		if !s.v.Is(&object.BytesType) || s.copies(to-from) {
			// Other objects' memory may change.
			part = strings.Clone(part)
		}
		return object.Of(object.NewBytes(part))
	}
	n := to - from
	switch {
	case n == len(s.text) && s.v.Is(&object.StrType):
		return s.v
	case n == 0:
		return object.EmptyStr
	case n == 1:
		return object.MakeChar(rune(s.text[from]))
	}
	part := s.text[from:to]
	if s.copies(n) {
		part = strings.Clone(part)
	}
	if s.wide {
		n = sre.CountPoints(part)
	}
	if len(s.strs) == 0 {
		s.strs = make([]object.Str, min(s.made+1, 16))
		s.made += len(s.strs)
	}
	x := &s.strs[0]
	s.strs = s.strs[1:]
	x.Type, x.S, x.N = &object.StrType, part, n
	return object.Of(x)
}

// copies reports whether a part of n bytes is copied.
func (s *subject) copies(n int) bool {
	return len(s.text) > shareBelow && n < len(s.text)/shareRatio
}

// empty returns an empty part.
func (s *subject) empty() Value {
	if s.kind == forStr {
		return object.EmptyStr
	}
	return object.Of(object.NewBytes(""))
}
