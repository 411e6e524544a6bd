package strs

import (
	"unicode/utf16"
	"unicode/utf8"
)

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// base64Values has the value of each character as a digit of base 64, -1 for none.
var base64Values = func() (t [256]int8) {
	for c := range t {
		t[c] = -1
	}
	for i, c := range base64Digits {
		t[c] = int8(i)
	}
	return
}()

// direct reports whether UTF-7 has c stand for itself.
func direct(c byte) bool {
	return 0x20 <= c && c < 0x7F && c != '+' && c != '\\' && c != '~' || c == '\t' || c == '\n' || c == '\r'
}

func (d *decoder) utf7(s string, pos int) (next int, p problem) {
	for pos < len(s) {
		c := s[pos]
		switch {
		case c >= utf8.RuneSelf:
			return pos, problem{pos, pos + 1, "unexpected special character"}
		case c != '+':
			d.dst = append(d.dst, c)
			pos++
			continue
		case pos+1 < len(s) && s[pos+1] == '-':
			d.dst = append(d.dst, '+')
			pos += 2
			continue
		case pos+1 < len(s) && base64Values[s[pos+1]] < 0:
			return pos, problem{pos, pos + 2, "ill-formed sequence"}
		}
		done := len(d.dst)
		end, p := d.shifted(s, pos)
		if p.reason != "" {
			return pos, p
		}
		if end < 0 {
			d.dst = d.dst[:done]
			return pos, p
		}
		pos = end
	}
	return pos, p
}

// shifted decodes the digits of base 64 behind the plus sign at pos, and returns where
// they end, or -1 if there may be more of them.
func (d *decoder) shifted(s string, pos int) (end int, p problem) {
	var buffer uint32
	bits := 0
	high := rune(0) // the first half of a pair
	i := pos + 1
	for ; i < len(s) && base64Values[s[i]] >= 0; i++ {
		buffer = buffer<<6 | uint32(base64Values[s[i]])
		bits += 6
		if bits < 16 {
			continue
		}
		bits -= 16
		r := rune(buffer >> bits)
		buffer &= 1<<bits - 1
		if high != 0 {
			if r&^0x3FF == 0xDC00 {
				d.dst = utf8.AppendRune(d.dst, utf16.DecodeRune(high, r))
				high = 0
				continue
			}
			d.dst = AppendRune(d.dst, high)
			high = 0
		}
		if r&^0x3FF == 0xD800 {
			high = r
		} else {
			d.dst = AppendRune(d.dst, r)
		}
	}
	if i == len(s) {
		if !d.final {
			return -1, p
		}
		if high != 0 || bits >= 6 || buffer != 0 {
			return 0, problem{pos, len(s), "unterminated shift sequence"}
		}
		return i, p
	}
	if bits >= 6 {
		return 0, problem{pos, i + 1, "partial character in shift sequence"}
	}
	if buffer != 0 {
		return 0, problem{pos, i + 1, "non-zero padding bits in shift sequence"}
	}
	if high != 0 && s[i] < utf8.RuneSelf {
		d.dst = AppendRune(d.dst, high)
	}
	if s[i] == '-' {
		i++
	}
	return i, p
}

func appendUTF7(dst []byte, s string) []byte {
	var buffer uint32
	bits := 0
	shifted := false
	for i := 0; i < len(s); {
		r, size := Decode(s[i:])
		i += size
		if r < utf8.RuneSelf && direct(byte(r)) {
			if shifted {
				dst = flushBits(dst, buffer, bits)
				if base64Values[r] >= 0 || r == '-' {
					dst = append(dst, '-')
				}
				buffer, bits, shifted = 0, 0, false
			}
			dst = append(dst, byte(r))
			continue
		}
		if !shifted {
			if r == '+' {
				dst = append(dst, "+-"...)
				continue
			}
			dst = append(dst, '+')
			shifted = true
		}
		units := [2]rune{r}
		n := 1
		if r >= 0x10000 {
			units[0], units[1] = utf16.EncodeRune(r)
			n = 2
		}
		for _, u := range units[:n] {
			buffer = buffer<<16 | uint32(u)
			bits += 16
			for bits >= 6 {
				bits -= 6
				dst = append(dst, base64Digits[buffer>>bits&63])
			}
			buffer &= 1<<bits - 1
		}
	}
	if shifted {
		dst = append(flushBits(dst, buffer, bits), '-')
	}
	return dst
}

// flushBits appends the digit for the bits that are left.
func flushBits(dst []byte, buffer uint32, bits int) []byte {
	if bits == 0 {
		return dst
	}
	return append(dst, base64Digits[buffer<<(6-bits)&63])
}
