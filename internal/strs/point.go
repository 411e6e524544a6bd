package strs

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
	"unsafe"

	"github.com/krait-py/krait/internal/unicodedb"
)

const (
	highBits = 0x8080808080808080
	lowBits  = 0x0101010101010101
)

// load8 returns s[i:i+8], which must exist, the first byte lowest.
func load8(s string, i int) uint64 {
	return binary.LittleEndian.Uint64((*[8]byte)(unsafe.Add(unsafe.Pointer(unsafe.StringData(s)), i))[:])
}

// followers returns the number of continuation bytes in w.
func followers(w uint64) int { return bits.OnesCount64(w >> 7 &^ (w >> 6) & lowBits) }

// Count returns the number of characters of s.
func Count(s string) int {
	n := len(s)
	i := 0
	for ; i+32 <= len(s); i += 32 {
		a, b, c, d := load8(s, i), load8(s, i+8), load8(s, i+16), load8(s, i+24)
		if (a|b|c|d)&highBits != 0 {
			n -= followers(a) + followers(b) + followers(c) + followers(d)
		}
	}
	for ; i+8 <= len(s); i += 8 {
		n -= followers(load8(s, i))
	}
	switch left := len(s) - i; {
	case left == 0:
	case len(s) >= 8:
		// The last eight without those that have been counted.
		n -= followers(load8(s, len(s)-8) >> (8 * (8 - left)))
	default:
		for ; i < len(s); i++ {
			if s[i]&0xC0 == 0x80 {
				n--
			}
		}
	}
	return n
}

// IsASCII reports whether all characters of s are ASCII.
func IsASCII(s string) bool { return asciiPrefix(s) == len(s) }

// asciiPrefix returns the number of bytes in front of the first one beyond ASCII.
func asciiPrefix(s string) int {
	i := 0
	for ; i+32 <= len(s); i += 32 {
		if (load8(s, i)|load8(s, i+8)|load8(s, i+16)|load8(s, i+24))&highBits != 0 {
			break
		}
	}
	for ; i+8 <= len(s); i += 8 {
		if w := load8(s, i) & highBits; w != 0 {
			return i + bits.TrailingZeros64(w)/8
		}
	}
	for ; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			break
		}
	}
	return i
}

// Decode returns the first character of s, which is not empty, and its length. It relies
// on s being a str's text; from other bytes it makes something of length 1 to 4.
func Decode(s string) (r rune, size int) {
	c := s[0]
	switch {
	case c < utf8.RuneSelf:
		return rune(c), 1
	case c < 0xE0:
		if len(s) >= 2 {
			return rune(c&0x1F)<<6 | rune(s[1]&0x3F), 2
		}
	case c < 0xF0:
		if len(s) >= 3 {
			return rune(c&0x0F)<<12 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
		}
	default:
		if len(s) >= 4 {
			return rune(c&0x07)<<18 | rune(s[1]&0x3F)<<12 | rune(s[2]&0x3F)<<6 | rune(s[3]&0x3F), 4
		}
	}
	return utf8.RuneError, 1
}

// DecodeLast returns the last character of s, which is not empty, and its length.
func DecodeLast(s string) (r rune, size int) {
	c := s[len(s)-1]
	if c < utf8.RuneSelf {
		return rune(c), 1
	}
	if n := len(s); n >= 3 && s[n-3] == 0xED && s[n-2] >= 0xA0 && s[n-2] < 0xC0 {
		return 0xD000 | rune(s[n-2]&0x3F)<<6 | rune(c&0x3F), 3
	}
	return utf8.DecodeLastRuneInString(s)
}

// AppendRune appends the bytes of r, a surrogate's too.
func AppendRune(dst []byte, r rune) []byte { return unicodedb.AppendRune(dst, r) }

// IsSurrogate reports whether r is a surrogate.
func IsSurrogate(r rune) bool { return uint32(r)&^0x7FF == 0xD800 }

// HasSurrogate returns the offset of the first surrogate of s, or -1.
func HasSurrogate(s string) int {
	for i := asciiPrefix(s); i+2 < len(s); {
		// 0xED comes in front of the last characters of Hangul, too.
		if s[i] == 0xED && s[i+1] >= 0xA0 {
			return i
		}
		if i+8 <= len(s) {
			// Is any of eight bytes 0xED? Those of the difference that are zero.
			w := load8(s, i) ^ 0xED*lowBits
			if (w-lowBits)&^w&highBits == 0 {
				i += 8
				continue
			}
		}
		i++
	}
	return -1
}

// Index finds characters of a text: it has the offset of each Stride-th one. A text
// that is ASCII needs none.
type Index []uint32

// Stride is the number of characters between entries of an Index.
const Stride = 64

// MakeIndex returns the index of s, which has n characters.
func MakeIndex(s string, n int) Index {
	x := make(Index, 1, n/Stride+1)
	left := Stride
	i := 0
	for i < len(s) {
		if i+8 <= len(s) {
			if m := 8 - followers(load8(s, i)); m <= left {
				left -= m
				i += 8
				continue
			}
		}
		// The byte where the next entry begins is near.
		if s[i]&0xC0 != 0x80 {
			if left == 0 {
				x = append(x, uint32(i))
				left = Stride
			}
			left--
		}
		i++
	}
	if left == 0 {
		x = append(x, uint32(i))
	}
	return x
}

// Offset returns where the character with number point begins, which may be the one
// after the last.
func (x Index) Offset(s string, point int) int {
	return skip(s, int(x[point/Stride]), point%Stride)
}

// Skip returns where the character with number point begins, looking at all before it.
func Skip(s string, point int) int { return skip(s, 0, point) }

// Step returns where the character begins that is n characters behind the one at offset i, or in front of it if n is negative.
func Step(s string, i, n int) int {
	for ; n > 0; n-- {
		for i++; i < len(s) && s[i]&0xC0 == 0x80; i++ {
		}
	}
	for ; n < 0; n++ {
		for i--; i > 0 && s[i]&0xC0 == 0x80; i-- {
		}
	}
	return i
}

// skip returns where the character begins that left others are before, from offset i on.
func skip(s string, i, left int) int {
	for i+8 <= len(s) {
		m := 8 - followers(load8(s, i))
		if m > left {
			break
		}
		left -= m
		i += 8
	}
	// Here i may be inside a character whose beginning is counted already.
	for ; i < len(s); i++ {
		if s[i]&0xC0 != 0x80 {
			if left == 0 {
				break
			}
			left--
		}
	}
	return i
}

// Point returns the number of the character that begins at an offset.
func (x Index) Point(s string, offset int) int {
	lo, hi := 0, len(x)
	for hi-lo > 1 {
		if m := int(uint(lo+hi) >> 1); int(x[m]) <= offset {
			lo = m
		} else {
			hi = m
		}
	}
	return lo*Stride + Count(s[x[lo]:offset])
}

// Slice returns the characters of s[start::step], n of them. x is nil if s is ASCII.
// start and the last character must exist; step is not 0 and not 1.
func Slice(s string, x Index, start, step, n int) string {
	if n <= 0 {
		return ""
	}
	if x == nil {
		b := make([]byte, n)
		for i := range b {
			b[i] = s[start+i*step]
		}
		return unsafe.String(&b[0], n)
	}
	i := x.Offset(s, start)
	b := make([]byte, 0, n+n/4+8)
	for {
		switch c := s[i]; {
		case c < utf8.RuneSelf:
			b = append(b, c)
		case c < 0xE0:
			b = append(b, c, s[i+1])
		case c < 0xF0:
			b = append(b, c, s[i+1], s[i+2])
		default:
			b = append(b, c, s[i+1], s[i+2], s[i+3])
		}
		if n--; n == 0 {
			return unsafe.String(&b[0], len(b))
		}
		switch {
		case step == -1:
			for i--; s[i]&0xC0 == 0x80; i-- {
			}
		case step > Stride || step < -Stride:
			start += step
			i = x.Offset(s, start)
		case step > 0:
			for range step {
				i += width(s[i])
			}
		default:
			for range -step {
				for i--; s[i]&0xC0 == 0x80; i-- {
				}
			}
		}
	}
}

// width returns the length of a character by its first byte.
func width(c byte) int {
	switch {
	case c < 0xC0:
		return 1
	case c < 0xE0:
		return 2
	case c < 0xF0:
		return 3
	}
	return 4
}
