package sre

// decode returns the code point of the generalised UTF-8 that begins at s[i], and
// its length. What is no such text counts as single bytes: nothing is read outside of s.
func decode(s string, i int) (uint32, int) {
	b := uint32(s[i])
	switch rest := len(s) - i; {
	case b < 0xC2:
	case b < 0xE0 && rest > 1:
		return b&0x1F<<6 | uint32(s[i+1])&0x3F, 2
	case b < 0xE0:
	case b < 0xF0 && rest > 2:
		return b&0x0F<<12 | uint32(s[i+1])&0x3F<<6 | uint32(s[i+2])&0x3F, 3
	case b < 0xF0:
	case b < 0xF5 && rest > 3:
		return b&0x07<<18 | uint32(s[i+1])&0x3F<<12 | uint32(s[i+2])&0x3F<<6 | uint32(s[i+3])&0x3F, 4
	}
	return b, 1
}

// lead has the length of a character by its first byte. Bytes that begin none stand for themselves.
var lead = func() (t [256]uint8) {
	for b := range t {
		switch {
		case b < 0xC2 || b > 0xF4:
			t[b] = 1
		case b < 0xE0:
			t[b] = 2
		case b < 0xF0:
			t[b] = 3
		default:
			t[b] = 4
		}
	}
	return t
}()

// next returns the offset behind the character at s[i].
func next(s string, i int) int {
	return min(i+int(lead[s[i]]), len(s))
}

// prev returns the offset of the character that ends at i, which is not 0.
func prev(s string, i int) int {
	i--
	for n := 0; i > 0 && s[i]&0xC0 == 0x80 && n < 3; n++ {
		i--
	}
	return i
}

// appendPoint appends the generalised UTF-8 of a code point.
func appendPoint(b []byte, r uint32) []byte {
	switch {
	case r < 0x80:
		return append(b, byte(r))
	case r < 0x800:
		return append(b, byte(0xC0|r>>6), byte(0x80|r&0x3F))
	case r < 0x10000:
		return append(b, byte(0xE0|r>>12), byte(0x80|r>>6&0x3F), byte(0x80|r&0x3F))
	default:
		return append(b, byte(0xF0|r>>18), byte(0x80|r>>12&0x3F), byte(0x80|r>>6&0x3F), byte(0x80|r&0x3F))
	}
}

// continuations returns how many of the eight bytes of w are continuation bytes.
func continuations(w uint64) int {
	const low = 0x0101010101010101
	return int((w >> 7 &^ (w >> 6) & low) * low >> 56)
}

// load64 returns the first eight bytes of s; the compiler makes one load of it.
func load64(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// CountPoints returns the number of code points in generalised UTF-8.
func CountPoints(s string) int {
	n := len(s)
	for ; len(s) >= 8; s = s[8:] {
		n -= continuations(load64(s))
	}
	for i := 0; i < len(s); i++ {
		if s[i]&0xC0 == 0x80 {
			n--
		}
	}
	return n
}

// SkipPoints returns the offset behind the first n code points of s, or len(s) when
// there are fewer.
func SkipPoints(s string, n int) int {
	i := 0
	for len(s)-i >= 8 {
		k := 8 - continuations(load64(s[i:]))
		if k >= n {
			break
		}
		n -= k
		i += 8
	}
	// Here i may lie inside a character whose beginning has been counted.
	for ; i < len(s); i++ {
		if s[i]&0xC0 != 0x80 {
			if n == 0 {
				return i
			}
			n--
		}
	}
	return i
}
