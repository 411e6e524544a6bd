package strs

import (
	"encoding/binary"
	"slices"
	"unicode/utf8"

	"github.com/krait-py/krait/internal/unicodedb"
)

// sigma is the letter whose lower case depends on what is around it.
const sigma = 'Σ'

// letters returns 0x20 in each byte of w, eight characters of ASCII, that is one of
// the 26 letters from first on, and 0 in others.
func letters(w uint64, first byte) uint64 {
	from := w + uint64(0x80-first)*lowBits
	behind := w + uint64(0x80-first-26)*lowBits
	return (from &^ behind & highBits) >> 2
}

// flip appends s, all ASCII, with the letters from first on in the other case.
func flip(b []byte, s string, first byte) []byte {
	n := len(b)
	b = slices.Grow(b, len(s))[:n+len(s)]
	Flip(b[n:], s, first)
	return b
}

// Flip writes s, which is ASCII, into b, which is as long, with the case of the letters from first on changed.
func Flip(b []byte, s string, first byte) {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		w := load8(s, i)
		binary.LittleEndian.PutUint64(b[i:], w^letters(w, first))
	}
	for ; i < len(s); i++ {
		c := s[i]
		if c-first < 26 {
			c ^= 0x20
		}
		b[i] = c
	}
}

// Unchanged returns how much at the beginning of s is ASCII without any of the
// letters from first on.
func Unchanged(s string, first byte) int {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		if w := load8(s, i); w&highBits != 0 || letters(w, first) != 0 {
			break
		}
	}
	for i < len(s) && s[i] < utf8.RuneSelf && s[i]-first >= 26 {
		i++
	}
	return i
}

// AppendUpper appends s.upper().
func AppendUpper(b []byte, s string) []byte {
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			n := asciiPrefix(s[i:])
			b = flip(b, s[i:i+n], 'a')
			i += n
			continue
		}
		r, size := Decode(s[i:])
		b = unicodedb.AppendUpper(b, r)
		i += size
	}
	return b
}

// AppendLower appends s.lower().
func AppendLower(b []byte, s string) []byte { return appendLowerFrom(b, s, 0) }

// appendLowerFrom appends the lower case of s[i:].
func appendLowerFrom(b []byte, s string, i int) []byte {
	for i < len(s) {
		if s[i] < utf8.RuneSelf {
			n := asciiPrefix(s[i:])
			b = flip(b, s[i:i+n], 'A')
			i += n
			continue
		}
		var size int
		b, size = appendLower(b, s, i)
		i += size
	}
	return b
}

// appendLower appends the lower case of the character at i and returns its length.
func appendLower(b []byte, s string, i int) ([]byte, int) {
	if c := s[i]; c < utf8.RuneSelf {
		if c-'A' < 26 {
			c += 'a' - 'A'
		}
		return append(b, c), 1
	}
	r, size := Decode(s[i:])
	if r == sigma && finalSigma(s, i, i+size) {
		return append(b, "ς"...), size
	}
	return unicodedb.AppendLower(b, r), size
}

// finalSigma reports whether the sigma at s[start:end] ends a word: a cased character
// is in front of it and none behind, those not counted that are to be ignored.
func finalSigma(s string, start, end int) bool {
	cased := false
	for start > 0 {
		r, size := DecodeLast(s[:start])
		f := unicodedb.FlagsOf(r)
		if f&unicodedb.CaseIgnorable == 0 {
			cased = f&unicodedb.Cased != 0
			break
		}
		start -= size
	}
	if !cased {
		return false
	}
	for end < len(s) {
		r, size := Decode(s[end:])
		f := unicodedb.FlagsOf(r)
		if f&unicodedb.CaseIgnorable == 0 {
			return f&unicodedb.Cased == 0
		}
		end += size
	}
	return true
}

// AppendFolded appends s.casefold().
func AppendFolded(b []byte, s string) []byte {
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			n := asciiPrefix(s[i:])
			b = flip(b, s[i:i+n], 'A')
			i += n
			continue
		}
		r, size := Decode(s[i:])
		b = unicodedb.AppendFold(b, r)
		i += size
	}
	return b
}

// AppendCapitalized appends s.capitalize().
func AppendCapitalized(b []byte, s string) []byte {
	if s == "" {
		return b
	}
	r, i := Decode(s)
	return appendLowerFrom(unicodedb.AppendTitle(b, r), s, i)
}

// AppendTitled appends s.title().
func AppendTitled(b []byte, s string) []byte {
	inWord := false
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			letter := (c|0x20)-'a' < 26
			if letter && inWord {
				c |= 0x20
			} else if letter {
				c &^= 0x20
			}
			b = append(b, c)
			inWord = letter
			i++
			continue
		}
		r, size := Decode(s[i:])
		if inWord {
			b, size = appendLower(b, s, i)
		} else {
			b = unicodedb.AppendTitle(b, r)
		}
		inWord = unicodedb.FlagsOf(r)&unicodedb.Cased != 0
		i += size
	}
	return b
}

// AppendSwapped appends s.swapcase().
func AppendSwapped(b []byte, s string) []byte {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if (c|0x20)-'a' < 26 {
				c ^= 0x20
			}
			b = append(b, c)
			i++
			continue
		}
		r, size := Decode(s[i:])
		switch f := unicodedb.FlagsOf(r); {
		case f&unicodedb.Upper != 0:
			b, size = appendLower(b, s, i)
		case f&unicodedb.Lower != 0:
			b = unicodedb.AppendUpper(b, r)
		default:
			b = append(b, s[i:i+size]...)
		}
		i += size
	}
	return b
}

// ByteCase writes s with some of its letters, which are ASCII's, in the other case into b, which is as long. These are the methods of bytes.
type ByteCase func(b []byte, s string)

// BytesUpper is s.upper() for bytes.
func BytesUpper(b []byte, s string) { flipBytes(b, s, 'a', 0) }

// BytesLower is s.lower() for bytes.
func BytesLower(b []byte, s string) { flipBytes(b, s, 'A', 0) }

// BytesSwapCase is s.swapcase() for bytes.
func BytesSwapCase(b []byte, s string) { flipBytes(b, s, 'A', 0x20) }

// BytesCapitalize is s.capitalize() for bytes.
func BytesCapitalize(b []byte, s string) {
	if s != "" {
		BytesUpper(b[:1], s[:1])
		BytesLower(b[1:], s[1:])
	}
}

// BytesTitle is s.title() for bytes.
func BytesTitle(b []byte, s string) {
	inWord := false
	for i := range len(s) {
		c := s[i]
		letter := (c|0x20)-'a' < 26
		if letter && inWord {
			c |= 0x20
		} else if letter {
			c &^= 0x20
		}
		b[i] = c
		inWord = letter
	}
}

// flipBytes is [Flip] for any bytes. The bit in ignored is no part of what makes a letter.
func flipBytes(b []byte, s string, first, ignored byte) {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		w := load8(s, i)
		high := w & highBits
		binary.LittleEndian.PutUint64(b[i:], w^letters(w&^high&^(uint64(ignored)*lowBits), first)&^(high>>2))
	}
	for ; i < len(s); i++ {
		c := s[i]
		if c&^ignored-first < 26 {
			c ^= 0x20
		}
		b[i] = c
	}
}
