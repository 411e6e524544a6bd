package source

import (
	"strings"
	"unicode/utf8"
)

// utf16 decodes UTF-16, which a file that declares it in ASCII hardly is.
func utf16(codec string, data []byte) (text, message string) {
	big := codec == "utf_16_be"
	at := 0
	if codec == "utf_16" && len(data) >= 2 {
		switch {
		case data[0] == 0xFF && data[1] == 0xFE:
			at = 2
		case data[0] == 0xFE && data[1] == 0xFF:
			at, big = 2, true
		}
	}
	name := "utf-16-le"
	if big {
		name = "utf-16-be"
	}
	unit := func(i int) rune {
		if big {
			return rune(data[i])<<8 | rune(data[i+1])
		}
		return rune(data[i+1])<<8 | rune(data[i])
	}
	var b strings.Builder
	for i := at; i < len(data); {
		if i+1 == len(data) {
			return "", badBytes(name, data, i, 1, "truncated data")
		}
		r, n := unit(i), 2
		switch {
		case r >= 0xDC00 && r < 0xE000:
			return "", badBytes(name, data, i, 2, "illegal encoding")
		case r >= 0xD800 && r < 0xDC00:
			if i+4 > len(data) {
				return "", badBytes(name, data, i, len(data)-i, "unexpected end of data")
			}
			low := unit(i + 2)
			if low < 0xDC00 || low >= 0xE000 {
				return "", badBytes(name, data, i, 2, "illegal UTF-16 surrogate")
			}
			r, n = 0x10000+(r-0xD800)<<10+(low-0xDC00), 4
		}
		b.WriteRune(r)
		i += n
	}
	return b.String(), ""
}

// utf32 refuses text as UTF-32: a declaration in ASCII is none.
func utf32(codec string, data []byte) (text, message string) {
	name := "utf-32-le"
	if codec == "utf_32_be" {
		name = "utf-32-be"
	}
	switch {
	case len(data) == 0:
		return "", ""
	case len(data) < 4:
		return "", badBytes(name, data, 0, len(data), "truncated data")
	}
	return "", badBytes(name, data, 0, 4, "code point not in range(0x110000)")
}

// utf7 decodes UTF-7: runs of base 64 between "+" and "-" hold UTF-16.
func utf7(data []byte) (text, message string) {
	var b strings.Builder
	chars := 0 // written
	write := func(r rune) {
		b.WriteRune(r)
		chars++
	}
	for i := 0; i < len(data); {
		c := data[i]
		if c != '+' {
			if c >= utf8.RuneSelf {
				return "", badBytes("utf7", data, i, 1, "unexpected special character")
			}
			write(rune(c))
			i++
			continue
		}
		start := i
		i++
		if i < len(data) && data[i] == '-' {
			write('+')
			i++
			continue
		}
		if i < len(data) && base64Value(data[i]) < 0 {
			return "", badBytes("utf7", data, start, 2, "ill-formed sequence")
		}
		bits, n := uint32(0), 0
		high := rune(0)
		for ; i < len(data) && base64Value(data[i]) >= 0; i++ {
			bits = bits<<6 | uint32(base64Value(data[i]))
			n += 6
			if n < 16 {
				continue
			}
			n -= 16
			r := rune(bits >> n & 0xFFFF)
			bits &= 1<<n - 1
			switch {
			case high != 0 && r >= 0xDC00 && r < 0xE000:
				write(0x10000 + (high-0xD800)<<10 + (r - 0xDC00))
				high = 0
				continue
			case high != 0:
				return "", noSurrogates(high, chars)
			}
			switch {
			case r >= 0xD800 && r < 0xDC00:
				high = r
			case r >= 0xDC00 && r < 0xE000:
				return "", noSurrogates(r, chars)
			default:
				write(r)
			}
		}
		switch {
		case i == len(data):
			if n >= 6 || high != 0 {
				return "", badBytes("utf7", data, start, i-start, "unterminated shift sequence")
			}
		case n >= 6:
			return "", badBytes("utf7", data, start, i+1-start, "partial character in shift sequence")
		case bits != 0:
			return "", badBytes("utf7", data, start, i+1-start, "non-zero padding bits in shift sequence")
		case high != 0:
			return "", noSurrogates(high, chars)
		case data[i] == '-':
			i++
		}
	}
	return b.String(), ""
}

func base64Value(c byte) int {
	return strings.IndexByte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", c)
}
