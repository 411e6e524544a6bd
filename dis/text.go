package dis

import (
	"strconv"

	"github.com/krait-py/krait/code"
)

// appendText appends a name as print writes it.
func appendText(dst []byte, v code.Value) []byte {
	return appendName(dst, code.Text(v))
}

// appendName appends s, but escapes what could drive a terminal: control
// characters and lone surrogates, neither of which a compiler puts into names.
func appendName(dst []byte, s string) []byte {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c >= 0x7f {
			plain = false
			break
		}
	}
	if plain {
		return append(dst, s...)
	}
	const hex = "0123456789abcdef"
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c < ' ' || c == 0x7f:
			dst = append(dst, '\\', 'x', hex[c>>4], hex[c&15])
		case c == 0xc2 && i+1 < len(s) && s[i+1] < 0xa0: // U+0080 to U+009F
			dst = append(dst, '\\', 'x', hex[s[i+1]>>4], hex[s[i+1]&15])
			i++
		case c == 0xed && i+2 < len(s) && s[i+1] >= 0xa0: // U+D800 to U+DFFF
			dst = append(dst, '\\', 'u', 'd', hex[s[i+1]>>2&15], hex[s[i+1]&3<<2|s[i+2]>>4&3], hex[s[i+2]&15])
			i += 2
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

func appendInt(dst []byte, n int) []byte { return strconv.AppendInt(dst, int64(n), 10) }
