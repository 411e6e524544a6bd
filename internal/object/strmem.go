package object

import (
	"strings"
	"unsafe"
)

// A short text lies behind its header, which saves an allocation. The sizes fill Go's size classes.
type (
	str16 struct {
		Str
		b [16]byte
	}
	str32 struct {
		Str
		b [32]byte
	}
	str48 struct {
		Str
		b [48]byte
	}
	str64 struct {
		Str
		b [64]byte
	}
	str96 struct {
		Str
		b [96]byte
	}
)

// makeStrBuf returns a str of size bytes and n code points whose text the caller writes into the slice before anyone
// sees the str. What the slice holds is arbitrary.
func makeStrBuf(size, n int) (*Str, []byte) {
	var s *Str
	var p *byte
	switch {
	case size <= 16:
		x := new(str16)
		s, p = &x.Str, &x.b[0]
	case size <= 32:
		x := new(str32)
		s, p = &x.Str, &x.b[0]
	case size <= 48:
		x := new(str48)
		s, p = &x.Str, &x.b[0]
	case size <= 64:
		x := new(str64)
		s, p = &x.Str, &x.b[0]
	case size <= 96:
		x := new(str96)
		s, p = &x.Str, &x.b[0]
	default:
		s, p = new(Str), &rawBytes(size)[0]
	}
	s.Type, s.n, s.S = &StrType, uint32(n), unsafe.String(p, size)
	return s, unsafe.Slice(p, size)
}

// rawBytes returns n bytes, at least one, of memory that has not been cleared; its capacity is that of the allocation.
func rawBytes(n int) []byte {
	var b strings.Builder
	b.Grow(n)
	size := b.Cap()
	b.WriteByte(0)
	return unsafe.Slice(unsafe.StringData(b.String()), size)[:n]
}

// textOf is a string in the memory of b, which must not change any more.
func textOf(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// bytesOf is the memory of a string, not to be written to.
func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// makeText returns the str with the given text of n code points, which shares the text's memory.
func makeText(s string, n int) Value {
	switch n {
	case 0:
		return EmptyStr
	case 1:
		if c := s[0]; c < 0x80 {
			return Of(&charStrs[c])
		} else if c < 0xC4 {
			r, _ := DecodePoint(s)
			return MakeChar(r)
		}
	}
	return Of(NewStrN(s, n))
}

// copyText is makeText for a text that is in a buffer used again.
func copyText(b []byte, n int) Value {
	switch {
	case n == 0:
		return EmptyStr
	case n == 1 && b[0] < 0x80:
		return Of(&charStrs[b[0]])
	case n == 1 && b[0] < 0xC4:
		return MakeChar(rune(b[0]&0x1F)<<6 | rune(b[1]&0x3F))
	}
	s, buf := makeStrBuf(len(b), n)
	copy(buf, b)
	return Of(s)
}

// takeText returns an empty buffer to make a text in, which is the thread's: it is to be given back.
func (t *Thread) takeText() []byte {
	b := t.text
	if b == nil {
		return make([]byte, 0, 512)
	}
	t.text = nil
	return b[:0]
}

// giveText returns the text of n code points in a buffer that came from takeText, and gives the buffer back.
func (t *Thread) giveText(b []byte, n int) Value {
	v := copyText(b, n)
	t.dropText(b)
	return v
}

// dropText gives a buffer from takeText back.
func (t *Thread) dropText(b []byte) {
	if cap(b) <= 8<<10 {
		t.text = b
	}
}

// part returns the str of s.S[i:j], which has n code points. Long texts are shared; a short part of a long text is
// copied, so that it does not keep the rest alive.
func (s *Str) part(i, j, n int) Value {
	if n <= 1 {
		if n == 1 && s.S[i] >= 0xC4 {
			x, b := makeStrBuf(j-i, 1)
			copy(b, s.S[i:j])
			return Of(x)
		}
		return makeText(s.S[i:j], n)
	}
	if n == s.Len() && s.Type == &StrType {
		return Of(s)
	}
	if size := j - i; size*4 < len(s.S) && len(s.S) > 128 {
		x, b := makeStrBuf(size, n)
		copy(b, s.S[i:j])
		return Of(x)
	}
	return Of(NewStrN(s.S[i:j], n))
}

// span is part for what has not been counted.
func (s *Str) span(i, j int) Value {
	n := j - i
	if !s.IsASCII() {
		n = CountPoints(s.S[i:j])
	}
	return s.part(i, j, n)
}

// exact returns the str itself, or one of type str with the text of an instance of a subclass.
func (s *Str) exact() Value {
	if s.Type == &StrType {
		return Of(s)
	}
	return makeText(s.S, s.Len())
}

// BytesOf is the memory of a string, not to be written to.
func BytesOf(s string) []byte { return bytesOf(s) }
