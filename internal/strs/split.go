package strs

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/krait-py/krait/internal/unicodedb"
)

// Span is a part of a text: from Start up to End.
type Span struct{ Start, End int }

// Class says which characters are white space and end lines: those of str, or
// those of bytes, which are ASCII.
type Class bool

// The two classes.
const (
	Str   Class = false
	Bytes Class = true
)

// Bits of asciiClass.
const (
	strSpace = 1 << iota
	bytesSpace
	strBreak
	bytesBreak
)

var asciiClass = [256]uint8{
	'\t': strSpace | bytesSpace,
	'\n': strSpace | bytesSpace | strBreak | bytesBreak,
	'\v': strSpace | bytesSpace | strBreak,
	'\f': strSpace | bytesSpace | strBreak,
	'\r': strSpace | bytesSpace | strBreak | bytesBreak,
	0x1C: strSpace | strBreak,
	0x1D: strSpace | strBreak,
	0x1E: strSpace | strBreak,
	0x1F: strSpace,
	' ':  strSpace | bytesSpace,
}

// space is the bit of white space.
func (c Class) space() uint8 {
	if c == Bytes {
		return bytesSpace
	}
	return strSpace
}

// wideSpace returns the length of the white space beyond ASCII that s, which begins
// with no ASCII, begins with, or 0.
func wideSpace(s string) int {
	// All begin with one of these: U+0085 and U+00A0, U+1680, U+2000 to
	// U+205F, U+3000.
	switch s[0] {
	case 0xC2, 0xE1, 0xE2, 0xE3:
		if r, size := utf8.DecodeRuneInString(s); unicodedb.IsSpace(r) {
			return size
		}
	}
	return 0
}

// wideSpaceEnd is wideSpace at the end of s.
func wideSpaceEnd(s string) int {
	if r, size := DecodeLast(s); unicodedb.IsSpace(r) {
		return size
	}
	return 0
}

// skipSpace returns where white space that begins at i ends.
func (c Class) skipSpace(s string, i int) int {
	bit := c.space()
	for i < len(s) {
		if b := s[i]; b < utf8.RuneSelf {
			if asciiClass[b]&bit == 0 {
				break
			}
			i++
		} else if c == Bytes {
			break
		} else if n := wideSpace(s[i:]); n > 0 {
			i += n
		} else {
			break
		}
	}
	return i
}

// skipWord returns where the next white space from i on begins.
func (c Class) skipWord(s string, i int) int {
	bit := c.space()
	for ; i < len(s); i++ {
		if b := s[i]; b < utf8.RuneSelf {
			if asciiClass[b]&bit != 0 {
				break
			}
		} else if c == Str && b >= 0xC0 && wideSpace(s[i:]) > 0 {
			break
		}
	}
	return i
}

// skipSpaceBack returns where white space that ends at i begins.
func (c Class) skipSpaceBack(s string, i int) int {
	bit := c.space()
	for i > 0 {
		if b := s[i-1]; b < utf8.RuneSelf {
			if asciiClass[b]&bit == 0 {
				break
			}
			i--
		} else if c == Bytes {
			break
		} else if n := wideSpaceEnd(s[:i]); n > 0 {
			i -= n
		} else {
			break
		}
	}
	return i
}

// skipWordBack returns where the last white space up to i ends.
func (c Class) skipWordBack(s string, i int) int {
	bit := c.space()
	for i > 0 {
		if b := s[i-1]; b < utf8.RuneSelf {
			if asciiClass[b]&bit != 0 {
				break
			}
			i--
		} else if c == Bytes {
			i--
		} else if r, size := DecodeLast(s[:i]); unicodedb.IsSpace(r) {
			break
		} else {
			i -= size
		}
	}
	return i
}

// SplitSpace appends the pieces of s.split(None, limit); a negative limit is none.
func (c Class) SplitSpace(dst []Span, s string, limit int) []Span {
	i := c.skipSpace(s, 0)
	for ; i < len(s) && limit != 0; limit-- {
		start := i
		i = c.skipWord(s, i)
		dst = append(dst, Span{start, i})
		i = c.skipSpace(s, i)
	}
	if i < len(s) {
		// What is left when the limit is reached keeps the white space at its end.
		dst = append(dst, Span{i, len(s)})
	}
	return dst
}

// RSplitSpace appends the pieces of s.rsplit(None, limit).
func (c Class) RSplitSpace(dst []Span, s string, limit int) []Span {
	if limit < 0 {
		return c.SplitSpace(dst, s, limit)
	}
	at := len(dst)
	i := c.skipSpaceBack(s, len(s))
	for ; i > 0 && limit != 0; limit-- {
		end := i
		i = c.skipWordBack(s, i)
		dst = append(dst, Span{i, end})
		i = c.skipSpaceBack(s, i)
	}
	if i > 0 {
		dst = append(dst, Span{0, i})
	}
	slices.Reverse(dst[at:])
	return dst
}

// Split appends the pieces of s.split(sep, limit); sep is not empty, and a negative
// limit is none.
func Split(dst []Span, s, sep string, limit int) []Span {
	i := 0
	if len(sep) == 1 {
		c := sep[0]
		for limit != 0 {
			n := strings.IndexByte(s[i:], c)
			if n < 0 {
				break
			}
			dst = append(dst, Span{i, i + n})
			i += n + 1
			limit--
		}
		return append(dst, Span{i, len(s)})
	}
	for limit != 0 {
		n := strings.Index(s[i:], sep)
		if n < 0 {
			break
		}
		dst = append(dst, Span{i, i + n})
		i += n + len(sep)
		limit--
	}
	return append(dst, Span{i, len(s)})
}

// RSplit appends the pieces of s.rsplit(sep, limit); sep is not empty.
func RSplit(dst []Span, s, sep string, limit int) []Span {
	if limit < 0 && len(sep) == 1 {
		return Split(dst, s, sep, limit)
	}
	at := len(dst)
	end := len(s)
	for limit != 0 {
		n := strings.LastIndex(s[:end], sep)
		if n < 0 {
			break
		}
		dst = append(dst, Span{n + len(sep), end})
		end = n
		limit--
	}
	dst = append(dst, Span{0, end})
	slices.Reverse(dst[at:])
	return dst
}

// SplitLines appends the lines of s, with what ends them if keep is true.
func (c Class) SplitLines(dst []Span, s string, keep bool) []Span {
	bit := uint8(strBreak)
	if c == Bytes {
		bit = bytesBreak
	}
	for start := 0; start < len(s); {
		i := start
		size := 0
		for ; i < len(s); i++ {
			b := s[i]
			if asciiClass[b]&bit != 0 {
				size = 1
				if b == '\r' && i+1 < len(s) && s[i+1] == '\n' {
					size = 2
				}
				break
			}
			if b < 0xC2 || c == Bytes {
				continue
			}
			// U+0085, U+2028 and U+2029
			if b == 0xC2 && i+1 < len(s) && s[i+1] == 0x85 {
				size = 2
				break
			}
			if b == 0xE2 && i+2 < len(s) && s[i+1] == 0x80 && s[i+2]|1 == 0xA9 {
				size = 3
				break
			}
		}
		end := i
		if keep {
			end += size
		}
		dst = append(dst, Span{start, end})
		start = i + size
	}
	return dst
}

// Sides says at which ends of a text something is removed.
type Sides uint8

// The ends of a text.
const (
	Left Sides = 1 << iota
	Right
	Both = Left | Right
)

// Strip returns s without white space.
func (c Class) Strip(s string, sides Sides) string {
	if sides&Left != 0 {
		s = s[c.skipSpace(s, 0):]
	}
	if sides&Right != 0 {
		s = s[:c.skipSpaceBack(s, len(s))]
	}
	return s
}

// StripChars returns s without the characters in chars; those of bytes are bytes.
func (c Class) StripChars(s, chars string, sides Sides) string {
	if c == Bytes || IsASCII(chars) {
		if len(chars) == 1 {
			return stripByte(s, chars[0], sides)
		}
		var set [256 / 64]uint64
		for i := range len(chars) {
			set[chars[i]/64] |= 1 << (chars[i] % 64)
		}
		if sides&Left != 0 {
			for len(s) > 0 && set[s[0]/64]>>(s[0]%64)&1 != 0 {
				s = s[1:]
			}
		}
		if sides&Right != 0 {
			for n := len(s); n > 0 && set[s[n-1]/64]>>(s[n-1]%64)&1 != 0; n = len(s) {
				s = s[:n-1]
			}
		}
		return s
	}
	if sides&Left != 0 {
		for len(s) > 0 {
			_, size := Decode(s)
			if !strings.Contains(chars, s[:size]) {
				break
			}
			s = s[size:]
		}
	}
	if sides&Right != 0 {
		for len(s) > 0 {
			_, size := DecodeLast(s)
			if !strings.Contains(chars, s[len(s)-size:]) {
				break
			}
			s = s[:len(s)-size]
		}
	}
	return s
}

func stripByte(s string, c byte, sides Sides) string {
	if sides&Left != 0 {
		for len(s) > 0 && s[0] == c {
			s = s[1:]
		}
	}
	if sides&Right != 0 {
		for len(s) > 0 && s[len(s)-1] == c {
			s = s[:len(s)-1]
		}
	}
	return s
}
