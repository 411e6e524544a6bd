package pyrepr

import (
	"strings"
	"unicode/utf8"

	"github.com/krait-py/krait/internal/unidata"
	"github.com/krait-py/krait/pyver"
)

const hexDigits = "0123456789abcdef"

// special marks the bytes that do not stand for themselves in every string's
// repr: control characters, quotes, the backslash, and all beyond ASCII.
var special = func() (t [256]bool) {
	for c := range t {
		t[c] = c < 0x20 || c >= 0x7F || c == '\'' || c == '"' || c == '\\'
	}
	return
}()

// quoteFor returns the quote that Python puts around s: the double one only if
// s has single ones and no double ones.
func quoteFor(s string) byte {
	if strings.IndexByte(s, '\'') >= 0 && strings.IndexByte(s, '"') < 0 {
		return '"'
	}
	return '\''
}

// AppendStr appends the repr of the text s, Python 2's unicode included, to
// dst. The text is in UTF-8 with lone surrogates as three bytes each; a byte
// that belongs to neither is written like the character of the same number.
func AppendStr(dst []byte, s string, v pyver.Version) []byte {
	db := unidata.Database(v)
	if v < pyver.Py30 {
		dst = append(dst, 'u')
	}
	quote := quoteFor(s)
	dst = append(dst, quote)
	start := 0                       // s[start:i] stands for itself
	first, last := rune(0), rune(-1) // these are known to be printable
	for i := 0; i < len(s); {
		c := s[i]
		if !special[c] {
			i++
			continue
		}
		if c < utf8.RuneSelf {
			if (c == '\'' || c == '"') && c != quote {
				i++
				continue
			}
			dst = append(dst, s[start:i]...)
			dst = appendEscape(dst, c)
			i++
			start = i
			continue
		}
		r, size := decode(s[i:])
		if first <= r && r <= last && size > 1 {
			i += size
			continue
		}
		if f, l, printable := db.Span(r); printable && size > 1 {
			first, last = f, l
			i += size
			continue
		}
		dst = append(dst, s[start:i]...)
		dst = appendHexEscape(dst, r)
		i += size
		start = i
	}
	dst = append(dst, s[start:]...)
	return append(dst, quote)
}

// AppendBytes appends the repr of the bytes s, Python 2's str included, to dst.
func AppendBytes(dst []byte, s string, v pyver.Version) []byte {
	if v >= pyver.Py30 {
		dst = append(dst, 'b')
	}
	quote := quoteFor(s)
	dst = append(dst, quote)
	start := 0
	for i := range len(s) {
		c := s[i]
		if !special[c] || (c == '\'' || c == '"') && c != quote {
			continue
		}
		dst = append(dst, s[start:i]...)
		dst = appendEscape(dst, c)
		start = i + 1
	}
	dst = append(dst, s[start:]...)
	return append(dst, quote)
}

// appendEscape appends the escape sequence of a special byte.
func appendEscape(dst []byte, c byte) []byte {
	switch c {
	case '\n':
		c = 'n'
	case '\t':
		c = 't'
	case '\r':
		c = 'r'
	case '\'', '"', '\\':
	default:
		return append(dst, '\\', 'x', hexDigits[c>>4], hexDigits[c&15])
	}
	return append(dst, '\\', c)
}

// appendHexEscape appends the shortest of \x, \u and \U that can hold r.
func appendHexEscape(dst []byte, r rune) []byte {
	switch {
	case r < 0x100:
		return append(dst, '\\', 'x', hexDigits[r>>4&15], hexDigits[r&15])
	case r < 0x10000:
		dst = append(dst, '\\', 'u')
	default:
		dst = append(dst, '\\', 'U', '0', '0', hexDigits[r>>20&15], hexDigits[r>>16&15])
	}
	return append(dst, hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
}

// decode returns the first character of s, which is not empty, and its length.
// It differs from package utf8 in that it knows surrogates, and that it
// returns an invalid byte itself, with length 1.
func decode(s string) (rune, int) {
	r, size := utf8.DecodeRuneInString(s)
	if r != utf8.RuneError || size > 1 {
		return r, size
	}
	if len(s) >= 3 && s[0] == 0xED && s[1]&0xE0 == 0xA0 && s[2]&0xC0 == 0x80 {
		return 0xD000 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
	}
	return rune(s[0]), 1
}
