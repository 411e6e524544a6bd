package strs

import (
	"unicode/utf8"

	"github.com/krait-py/krait/internal/pyrepr"
	"github.com/krait-py/krait/pyver"
)

const hexDigits = "0123456789abcdef"

// AppendRepr appends repr(s) of a str.
func AppendRepr(dst []byte, s string) []byte { return pyrepr.AppendStr(dst, s, pyver.Py314) }

// AppendBytesRepr appends repr(s) of bytes.
func AppendBytesRepr(dst []byte, s string) []byte { return pyrepr.AppendBytes(dst, s, pyver.Py314) }

// AppendASCII appends text with what is beyond ASCII as escape sequences. Of a
// repr, this is what ascii() returns.
func AppendASCII(dst []byte, text string) []byte {
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			n := asciiPrefix(text[i:])
			dst = append(dst, text[i:i+n]...)
			i += n
			continue
		}
		r, size := Decode(text[i:])
		dst = appendEscape(dst, r)
		i += size
	}
	return dst
}

// appendEscape appends the shortest of \x, \u and \U that can hold r.
func appendEscape(dst []byte, r rune) []byte {
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
