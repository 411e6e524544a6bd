package pyfmt

import (
	"unicode/utf8"

	"github.com/krait-py/krait/internal/unicodedb"
)

// FoldNumber replaces digits and white space beyond ASCII by those of ASCII, so that
// numbers can be read. What stands for neither becomes "?", with nothing after it.
func FoldNumber(s string) string {
	i := 0
	for i < len(s) && s[i] < utf8.RuneSelf {
		i++
	}
	if i == len(s) {
		return s
	}
	b := append(make([]byte, 0, len(s)), s[:i]...)
	for i < len(s) {
		if s[i] < 0x7F {
			b = append(b, s[i])
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if d := unicodedb.Decimal(r); d >= 0 {
			b = append(b, '0'+byte(d))
		} else if unicodedb.IsSpace(r) {
			b = append(b, ' ')
		} else {
			return string(append(b, '?'))
		}
		i += size
	}
	return string(b)
}
