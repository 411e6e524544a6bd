package marshal

import (
	"unicode/utf8"
)

// highs are the bits that bytes of ASCII do not have, for eight of them.
const highs = 0x8080808080808080

// isASCII reports whether all bytes of s are below 0x80.
func isASCII(s string) bool {
	n := len(s)
	switch {
	case n >= 8:
		// The last eight bytes are looked at first, and some of them perhaps again.
		or := word(s[n-8:])
		for len(s) > 8 {
			or |= word(s)
			s = s[8:]
		}
		return or&highs == 0
	case n >= 4:
		return (half(s)|half(s[n-4:]))&(highs>>32) == 0
	case n > 0:
		return (s[0]|s[n/2]|s[n-1])&0x80 == 0
	}
	return true
}

// word returns the first eight bytes of s, which the compiler makes one load of, half the
// first four.
func word(s string) uint64 { return uint64(half(s)) | uint64(half(s[4:]))<<32 }

func half(s string) uint32 {
	_ = s[3]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// invalidUTF8 returns the index of the first byte of s that is not part of
// UTF-8 in which surrogates are allowed (Python's surrogatepass), or -1.
func invalidUTF8(s string) int {
	if utf8.ValidString(s) {
		return -1
	}
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			// ED A0..BF 80..BF is a surrogate.
			if len(s)-i < 3 || s[i] != 0xED || s[i+1]&0xE0 != 0xA0 || s[i+2]&0xC0 != 0x80 {
				return i
			}
			n = 3
		}
		i += n
	}
	return -1
}

// toLatin1 returns s as Latin-1 and whether it can be.
func toLatin1(s string) (string, bool) {
	if isASCII(s) {
		return s, true
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r > 0xFF || n == 1 && r == utf8.RuneError {
			return "", false
		}
		b = append(b, byte(r))
		i += n
	}
	return string(b), true
}
