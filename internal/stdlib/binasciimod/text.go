package binasciimod

import (
	"strings"

	"github.com/krait-py/krait/internal/stdlib/native"
)

// maxLine is how long lines of quoted-printable text may be, with the = at the end.
const maxLine = 76

const upperHex = "0123456789ABCDEF"

func hexValue(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func decodeQP(t *Thread, a []Value) Value {
	s, ok := text(t, a[0])
	if !ok {
		return Value{}
	}
	header, ok := native.Flag(t, a[1], false)
	if !ok {
		return Value{}
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		c := s[i]
		i++
		switch {
		case header && c == '_':
			out = append(out, ' ')
		case c != '=':
			out = append(out, c)
		case i == len(s):
		case s[i] == '\n' || s[i] == '\r':
			if n := strings.IndexByte(s[i:], '\n'); n >= 0 {
				i += n + 1
			} else {
				i = len(s)
			}
		case s[i] == '=':
			out = append(out, '=')
			i++
		case i+1 < len(s) && hexValue(s[i]) >= 0 && hexValue(s[i+1]) >= 0:
			out = append(out, byte(hexValue(s[i])<<4|hexValue(s[i+1])))
			i += 2
		default:
			out = append(out, '=')
		}
	}
	return native.MakeBytes(out)
}

func encodeQP(t *Thread, a []Value) Value {
	s, ok := t.BytesLike(a[0])
	if !ok {
		return Value{}
	}
	tabs, ok1 := native.Flag(t, a[1], false)
	isText, ok2 := native.Flag(t, a[2], true)
	header, ok3 := native.Flag(t, a[3], false)
	if !ok1 || !ok2 || !ok3 {
		return Value{}
	}
	// Lines end as the first of them does.
	end := "\n"
	if i := strings.IndexByte(s, '\n'); i > 0 && s[i-1] == '\r' {
		end = "\r\n"
	}
	out := make([]byte, 0, len(s)+len(s)/8)
	line := 0
	for i := 0; i < len(s); i++ {
		c, next := s[i], byte(0)
		last := i+1 == len(s)
		if !last {
			next = s[i+1]
		}
		space := c == ' ' || c == '\t'
		newline := c == '\n' || c == '\r'
		var quote bool
		switch {
		case newline:
			quote = !isText
		case space:
			quote = tabs || last
		case c == '_':
			quote = header
		case c == '.':
			quote = line == 0 && (last || next == '\n' || next == '\r' || next == 0)
		default:
			quote = c < ' ' || c > '~' || c == '='
		}
		switch {
		case quote:
			if line+3 >= maxLine {
				out = append(append(out, '='), end...)
				line = 0
			}
			out = append(out, '=', upperHex[c>>4], upperHex[c&15])
			line += 3
		case c == '\n' || c == '\r' && next == '\n' && !last:
			line = 0
			if n := len(out) - 1; n >= 0 && (out[n] == ' ' || out[n] == '\t') {
				w := out[n]
				out = append(out[:n], '=', upperHex[w>>4], upperHex[w&15])
			}
			out = append(out, end...)
			if c == '\r' {
				i++
			}
		default:
			if !last && next != '\n' && line+1 >= maxLine {
				out = append(append(out, '='), end...)
				line = 0
			}
			line++
			if header && c == ' ' {
				c = '_'
			}
			out = append(out, c)
		}
	}
	return native.MakeBytes(out)
}

// uuMax is how many bytes a line of uuencoded text may have.
const uuMax = 45

func decodeUU(t *Thread, a []Value) Value {
	s, ok := text(t, a[0])
	if !ok {
		return Value{}
	}
	if s == "" {
		return fail(t, "Missing length byte")
	}
	n := int(s[0]-' ') & 0x3f
	s = s[1:]
	out := make([]byte, 0, n+2)
	for len(out) < n {
		// Digits that are missing, as when spaces at the end got lost, are zeros.
		var acc uint32
		for k := range 4 {
			if len(out)+k > n && k > 0 {
				acc <<= 6
				continue
			}
			var d uint32
			if s != "" && s[0] != '\n' && s[0] != '\r' {
				if s[0] < ' ' || s[0] > ' '+64 {
					return fail(t, "Illegal char")
				}
				d = uint32(s[0]-' ') & 0x3f
			}
			if s != "" {
				s = s[1:]
			}
			acc = acc<<6 | d
		}
		out = append(out, byte(acc>>16), byte(acc>>8), byte(acc))
	}
	for i := range len(s) {
		switch s[i] {
		case ' ', '`', '\n', '\r':
		default:
			return fail(t, "Trailing garbage")
		}
	}
	return native.MakeBytes(out[:n])
}

func encodeUU(t *Thread, a []Value) Value {
	s, ok := t.BytesLike(a[0])
	if !ok {
		return Value{}
	}
	backtick, ok := native.Flag(t, a[1], false)
	if !ok {
		return Value{}
	}
	if len(s) > uuMax {
		return fail(t, "At most 45 bytes at once")
	}
	digit := func(x uint32) byte {
		if x &= 0x3f; x == 0 && backtick {
			return '`'
		}
		return byte(' ' + x&0x3f)
	}
	out := append(make([]byte, 0, 2+(len(s)+2)/3*4), digit(uint32(len(s))))
	for i := 0; i < len(s); i += 3 {
		var b [3]byte
		copy(b[:], s[i:])
		acc := uint32(b[0])<<16 | uint32(b[1])<<8 | uint32(b[2])
		out = append(out, digit(acc>>18), digit(acc>>12), digit(acc>>6), digit(acc))
	}
	return native.MakeBytes(append(out, '\n'))
}
