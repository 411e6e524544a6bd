package strs

import (
	"slices"
	"unicode/utf8"
)

// big reports whether the encoding has the most significant byte first.
func (e Encoding) big() bool { return e == UTF16BE || e == UTF32BE }

func (e Encoding) load16(s string) uint16 {
	if e.big() {
		return uint16(s[0])<<8 | uint16(s[1])
	}
	return uint16(s[1])<<8 | uint16(s[0])
}

func (e Encoding) load32(s string) uint32 {
	if e.big() {
		return uint32(s[0])<<24 | uint32(s[1])<<16 | uint32(s[2])<<8 | uint32(s[3])
	}
	return uint32(s[3])<<24 | uint32(s[2])<<16 | uint32(s[1])<<8 | uint32(s[0])
}

func (e Encoding) append16(b []byte, u uint16) []byte {
	if e.big() {
		return append(b, byte(u>>8), byte(u))
	}
	return append(b, byte(u), byte(u>>8))
}

func (e Encoding) append32(b []byte, u uint32) []byte {
	if e.big() {
		return append(b, byte(u>>24), byte(u>>16), byte(u>>8), byte(u))
	}
	return append(b, byte(u), byte(u>>8), byte(u>>16), byte(u>>24))
}

func (d *decoder) utf16(s string, pos int) (next int, p problem) {
	d.dst = slices.Grow(d.dst, (len(s)-pos)/2)
	if d.enc == UTF16LE {
		// Four characters of ASCII at once.
		for ; pos+8 <= len(s); pos += 8 {
			w := load8(s, pos)
			if w&0xFF80FF80FF80FF80 != 0 {
				break
			}
			d.dst = append(d.dst, byte(w), byte(w>>16), byte(w>>32), byte(w>>48))
		}
	}
	for ; pos+2 <= len(s); pos += 2 {
		u := d.enc.load16(s[pos:])
		switch {
		case u < utf8.RuneSelf:
			d.dst = append(d.dst, byte(u))
		case u&0xF800 != 0xD800:
			d.dst = utf8.AppendRune(d.dst, rune(u))
		case u >= 0xDC00:
			return pos, problem{pos, pos + 2, "illegal encoding"}
		case pos+4 > len(s):
			if !d.final {
				return pos, p
			}
			return pos, problem{pos, len(s), unexpectedEnd}
		default:
			low := d.enc.load16(s[pos+2:])
			if low&0xFC00 != 0xDC00 {
				return pos, problem{pos, pos + 2, "illegal UTF-16 surrogate"}
			}
			d.dst = utf8.AppendRune(d.dst, 0x10000+rune(u&0x3FF)<<10+rune(low&0x3FF))
			pos += 2
		}
	}
	if pos < len(s) && d.final {
		return pos, problem{pos, len(s), truncatedData}
	}
	return pos, p
}

func (d *decoder) utf32(s string, pos int) (next int, p problem) {
	for ; pos+4 <= len(s); pos += 4 {
		u := d.enc.load32(s[pos:])
		switch {
		case u&^0x7FF == 0xD800:
			return pos, problem{pos, pos + 4, "code point in surrogate code point range(0xd800, 0xe000)"}
		case u > utf8.MaxRune:
			return pos, problem{pos, pos + 4, "code point not in range(0x110000)"}
		}
		d.dst = utf8.AppendRune(d.dst, rune(u))
	}
	if pos < len(s) && d.final {
		return pos, problem{pos, len(s), truncatedData}
	}
	return pos, p
}

func (x *encoder) utf16(s string, pos int) (p problem) {
	for pos < len(s) {
		r, size := Decode(s[pos:])
		switch {
		case IsSurrogate(r):
			return problem{pos, pos + size, noSurrogates}
		case r >= 0x10000:
			r -= 0x10000
			x.dst = x.enc.append16(x.dst, 0xD800|uint16(r>>10))
			x.dst = x.enc.append16(x.dst, 0xDC00|uint16(r&0x3FF))
		default:
			x.dst = x.enc.append16(x.dst, uint16(r))
		}
		pos += size
	}
	return p
}

func (x *encoder) utf32(s string, pos int) (p problem) {
	for pos < len(s) {
		r, size := Decode(s[pos:])
		if IsSurrogate(r) {
			return problem{pos, pos + size, noSurrogates}
		}
		x.dst = x.enc.append32(x.dst, uint32(r))
		pos += size
	}
	return p
}
