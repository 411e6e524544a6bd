package marshal

import (
	"unicode/utf8"
)

// isASCII reports whether all bytes of s are below 0x80.
func isASCII(s string) bool {
	for len(s) >= 8 {
		// The compiler makes one load of this.
		w := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		if w&0x8080808080808080 != 0 {
			return false
		}
		s = s[8:]
	}
	var or byte
	for i := range len(s) {
		or |= s[i]
	}
	return or < 0x80
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
