package object

import "unsafe"

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
		}
		r, _ := DecodePoint(s)
		return MakeChar(r)
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
	case n == 1:
		r, _ := DecodePoint(textOf(b))
		return MakeChar(r)
	}
	s, buf := makeStrBuf(len(b), n)
	copy(buf, b)
	return Of(s)
}

// copyASCII is copyText for a text that is ASCII.
func copyASCII(b []byte) Value { return copyText(b, len(b)) }

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

// giveNew is giveText for a text that has not been counted.
func (t *Thread) giveNew(b []byte) Value { return t.giveText(b, CountPoints(textOf(b))) }

// dropText gives a buffer from takeText back.
func (t *Thread) dropText(b []byte) {
	if cap(b) <= 8<<10 {
		t.text = b
	}
}

// part returns the str of s.S[i:j], which has n code points. Long texts are shared; a short part, or one of a much longer
// text, is copied, so that it does not keep the rest alive.
func (s *Str) part(i, j, n int) Value {
	if n <= 1 {
		return makeText(s.S[i:j], n)
	}
	if n == s.Len() && s.Type == &StrType {
		return Of(s)
	}
	if size := j - i; size <= maxPiece || size*4 < len(s.S) && len(s.S) > 128 {
		x, b := makeStrBuf(size, n)
		copy(b, s.S[i:j])
		return Of(x)
	}
	return Of(NewStrN(s.S[i:j], n))
}

// Part is s[start:stop] of an exact str.
func (s *Str) Part(start, stop int64) Value {
	n := int64(s.Len())
	if start < 0 {
		start = max(start+n, 0)
	}
	if stop < 0 {
		stop += n
	}
	stop = min(stop, n)
	return s.slice(int(min(start, n)), 1, int(max(stop-start, 0)))
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
