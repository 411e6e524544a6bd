package strs

import "unicode/utf8"

const (
	invalidStart        = "invalid start byte"
	invalidContinuation = "invalid continuation byte"
	unexpectedEnd       = "unexpected end of data"
	truncatedData       = "truncated data"
	noSurrogates        = "surrogates not allowed"
)

// validUTF8 returns where the first problem of s from i on is, len(s) if there is none,
// and the number of characters up to there.
func validUTF8(s string, i int) (end, points int) {
	points = -i
	more := 0 // bytes of characters beyond their first
	for i < len(s) {
		c := s[i]
		if c < utf8.RuneSelf {
			i += asciiPrefix(s[i:])
			continue
		}
		// Most characters are checked with few comparisons; all others are checked again.
		if c >= 0xC2 && c < 0xE0 {
			if i+1 < len(s) && s[i+1]&0xC0 == 0x80 {
				i += 2
				more++
				continue
			}
			break
		}
		if c > 0xE0 && c < 0xF0 && c != 0xED {
			if i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80 {
				i += 3
				more += 2
				continue
			}
			break
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		i += size
		more += size - 1
	}
	return i, points + i - more
}

// ValidUTF8 reports whether data is UTF-8 without surrogates, which makes it a str's
// text as it is, and the number of its characters.
func ValidUTF8(data string) (points int, ok bool) {
	end, points := validUTF8(data, 0)
	return points, end == len(data)
}

// utf8Problem says what is wrong with the character that s, in which something is,
// begins with: how many bytes are concerned, and the reason.
func utf8Problem(s string) (n int, reason string) {
	c := s[0]
	if c < 0xC2 || c > 0xF4 {
		return 1, invalidStart
	}
	if len(s) == 1 {
		return 1, unexpectedEnd
	}
	lo, hi := byte(0x80), byte(0xBF)
	switch c {
	case 0xE0:
		lo = 0xA0
	case 0xED:
		hi = 0x9F
	case 0xF0:
		lo = 0x90
	case 0xF4:
		hi = 0x8F
	}
	if s[1] < lo || hi < s[1] {
		return 1, invalidContinuation
	}
	for n = 2; n < width(c); n++ {
		if n == len(s) {
			return n, unexpectedEnd
		}
		if s[n]&0xC0 != 0x80 {
			return n, invalidContinuation
		}
	}
	return 1, invalidContinuation
}

func (d *decoder) utf8(s string, pos int) (next int, p problem) {
	end, _ := validUTF8(s, pos)
	d.dst = append(d.dst, s[pos:end]...)
	if end == len(s) {
		return end, p
	}
	n, reason := utf8Problem(s[end:])
	if !d.final {
		// What may become a surrogate is left too, for the handler surrogatepass.
		rest := s[end:]
		if reason == unexpectedEnd || len(rest) == 2 && rest[0] == 0xED && rest[1]&0xE0 == 0xA0 {
			return end, p
		}
	}
	return end, problem{end, end + n, reason}
}

func (x *encoder) utf8(s string, pos int) (p problem) {
	n := HasSurrogate(s[pos:])
	if n < 0 {
		x.dst = append(x.dst, s[pos:]...)
		return p
	}
	x.dst = append(x.dst, s[pos:pos+n]...)
	end := pos + n + 3
	for end+2 < len(s) && s[end] == 0xED && s[end+1] >= 0xA0 {
		end += 3
	}
	return problem{pos + n, end, noSurrogates}
}
