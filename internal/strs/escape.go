package strs

import (
	"strconv"
	"unicode/utf8"

	"github.com/krait-py/krait/internal/uniname"
)

// simpleEscapes has what a backslash and a letter stand for, 0 for nothing.
var simpleEscapes = [256]byte{
	'\\': '\\', '\'': '\'', '"': '"', 'a': '\a', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v',
}

// hexEscape reads the digits of an escape sequence that begins at pos with a backslash
// and x, u or U. n is where they end, and whole whether all of them are there.
func hexEscape(s string, pos int) (r uint32, n int, whole bool) {
	want := 2
	switch s[pos+1] {
	case 'u':
		want = 4
	case 'U':
		want = 8
	}
	n = pos + 2
	for ; want > 0 && n < len(s); want-- {
		d := hexValue(s[n])
		if d < 0 {
			break
		}
		r = r<<4 | uint32(d)
		n++
	}
	return r, n, want == 0
}

func hexValue(c byte) int {
	switch {
	case c-'0' < 10:
		return int(c - '0')
	case c|0x20-'a' < 6:
		return int(c|0x20-'a') + 10
	}
	return -1
}

// truncated is the reason for an escape sequence without all its digits.
func truncated(kind byte) string {
	switch kind {
	case 'x':
		return `truncated \xXX escape`
	case 'u':
		return `truncated \uXXXX escape`
	}
	return `truncated \UXXXXXXXX escape`
}

// octal reads up to three octal digits.
func octal(s string, pos int) (v, next int) {
	for next = pos; next < len(s) && next < pos+3 && s[next]-'0' < 8; next++ {
		v = v*8 + int(s[next]-'0')
	}
	return v, next
}

// unescaped appends s up to its first backslash, as Latin-1, and returns where that is.
func (d *decoder) unescaped(s string, pos int) int {
	start := pos
	for pos < len(s) && s[pos] != '\\' {
		pos++
	}
	d.latin1(s[start:pos])
	return pos
}

func (d *decoder) unicodeEscape(s string, pos int) (next int, p problem) {
	for {
		if pos = d.unescaped(s, pos); pos == len(s) {
			return pos, p
		}
		if pos+1 == len(s) {
			if !d.final {
				return pos, p
			}
			return pos, problem{pos, pos + 1, `\ at end of string`}
		}
		c := s[pos+1]
		switch {
		case c == '\n':
			pos += 2
		case simpleEscapes[c] != 0:
			d.dst = append(d.dst, simpleEscapes[c])
			pos += 2
		case c-'0' < 8:
			var v int
			v, pos = octal(s, pos+1)
			if v > 0xFF && d.invalid < 0 {
				d.invalid = v
			}
			d.dst = utf8.AppendRune(d.dst, rune(v))
		case c == 'x' || c == 'u' || c == 'U':
			r, n, whole := hexEscape(s, pos)
			if !whole {
				if n == len(s) && !d.final {
					return pos, p
				}
				return pos, problem{pos, n, truncated(c)}
			}
			if r > utf8.MaxRune {
				return pos, problem{pos, n, "illegal Unicode character"}
			}
			d.dst = AppendRune(d.dst, rune(r))
			pos = n
		case c == 'N':
			n := pos + 2
			if n == len(s) && !d.final {
				return pos, p
			}
			reason := `malformed \N character escape`
			if n < len(s) && s[n] == '{' {
				n++
				start := n
				for n < len(s) && s[n] != '}' {
					n++
				}
				if n == len(s) && !d.final {
					return pos, p
				}
				if n > start && n < len(s) {
					n++
					if r, ok := uniname.Rune(s[start : n-1]); ok {
						d.dst = utf8.AppendRune(d.dst, r)
						pos = n
						continue
					}
					reason = "unknown Unicode character name"
				}
			}
			return pos, problem{pos, n, reason}
		default:
			if d.invalid < 0 {
				d.invalid = int(c)
			}
			d.dst = utf8.AppendRune(append(d.dst, '\\'), rune(c))
			pos += 2
		}
	}
}

func (d *decoder) rawUnicodeEscape(s string, pos int) (next int, p problem) {
	for {
		if pos = d.unescaped(s, pos); pos == len(s) {
			return pos, p
		}
		if pos+1 == len(s) {
			if d.final {
				d.dst = append(d.dst, '\\')
				pos++
			}
			return pos, p
		}
		c := s[pos+1]
		if c != 'u' && c != 'U' {
			d.latin1(s[pos : pos+2])
			pos += 2
			continue
		}
		r, n, whole := hexEscape(s, pos)
		if !whole {
			if n == len(s) && !d.final {
				return pos, p
			}
			return pos, problem{pos, n, truncated(c)}
		}
		if r > utf8.MaxRune {
			return pos, problem{pos, n, `\Uxxxxxxxx out of range`}
		}
		d.dst = AppendRune(d.dst, rune(r))
		pos = n
	}
}

func appendUnicodeEscape(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		r, size := Decode(s[i:])
		i += size
		switch {
		case r == '\\':
			dst = append(dst, `\\`...)
		case r == '\n':
			dst = append(dst, `\n`...)
		case r == '\r':
			dst = append(dst, `\r`...)
		case r == '\t':
			dst = append(dst, `\t`...)
		case 0x20 <= r && r < 0x7F:
			dst = append(dst, byte(r))
		default:
			dst = appendEscape(dst, r)
		}
	}
	return dst
}

func appendRawUnicodeEscape(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		r, size := Decode(s[i:])
		i += size
		if r < 0x100 {
			dst = append(dst, byte(r))
		} else {
			dst = appendEscape(dst, r)
		}
	}
	return dst
}

// EscapeError is a ValueError of UnescapeBytes.
type EscapeError struct{ Text string }

func (e *EscapeError) Error() string { return e.Text }

// UnescapeBytes decodes the escape sequences of a bytes literal, as
// codecs.escape_decode does; errors is its argument. invalid is the first sequence that is
// deprecated, see [Decoded].
func UnescapeBytes(s, errors string) (res string, invalid int, err error) {
	b := make([]byte, 0, len(s))
	invalid = -1
	for i := 0; i < len(s); {
		if s[i] != '\\' {
			b = append(b, s[i])
			i++
			continue
		}
		if i+1 == len(s) {
			return "", -1, &EscapeError{`Trailing \ in string`}
		}
		c := s[i+1]
		switch {
		case c == '\n':
			i += 2
		case simpleEscapes[c] != 0:
			b = append(b, simpleEscapes[c])
			i += 2
		case c-'0' < 8:
			var v int
			v, i = octal(s, i+1)
			if v > 0xFF && invalid < 0 {
				invalid = v
			}
			b = append(b, byte(v))
		case c == 'x':
			r, n, whole := hexEscape(s, i)
			if whole {
				b = append(b, byte(r))
				i = n
				continue
			}
			switch errors {
			case "", "strict":
				return "", -1, &EscapeError{`invalid \x escape at position ` + strconv.Itoa(i)}
			case "replace":
				b = append(b, '?')
			case "ignore":
			default:
				return "", -1, &EscapeError{"decoding error; unknown error handling code: " + errors}
			}
			i = n
		default:
			if invalid < 0 {
				invalid = int(c)
			}
			b = append(b, '\\', c)
			i += 2
		}
	}
	return string(b), invalid, nil
}

// EscapeBytes is what codecs.escape_encode returns: repr() of bytes without quotes
// around it.
func EscapeBytes(s string) string {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\'' || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, `\n`...)
		case c == '\r':
			b = append(b, `\r`...)
		case c == '\t':
			b = append(b, `\t`...)
		case c < 0x20 || c >= 0x7F:
			b = append(b, '\\', 'x', hexDigits[c>>4], hexDigits[c&15])
		default:
			b = append(b, c)
		}
	}
	return string(b)
}
