package binasciimod

import (
	"encoding/base64"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

const notBase64 = 0xff

// sextets has the values of base64's digits.
var sextets = func() (s [256]byte) {
	for i := range s {
		s[i] = notBase64
	}
	for i, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") {
		s[c] = byte(i)
	}
	return s
}()

func decodeBase64(t *Thread, a []Value) Value {
	s, ok := text(t, a[0])
	if !ok {
		return Value{}
	}
	strict, ok := native.Flag(t, a[1], false)
	if !ok {
		return Value{}
	}
	out := make([]byte, 0, len(s)/4*3+3)
	var acc uint32
	quad, pads := 0, 0 // digits of the current group of four, and the padding behind them
	single := func() Value {
		return fail(t, "Invalid base64-encoded string: number of data characters (%d) cannot be 1 more than a multiple of 4", len(out)/3*4+1)
	}
	for i := 0; i < len(s); {
		// Whole groups first.
		if quad == 0 && pads == 0 {
			for i+4 <= len(s) {
				w, x, y, z := sextets[s[i]], sextets[s[i+1]], sextets[s[i+2]], sextets[s[i+3]]
				if w|x|y|z >= 64 {
					break
				}
				out = append(out, w<<2|x>>4, x<<4|y>>2, y<<6|z)
				i += 4
			}
			if i == len(s) {
				break
			}
		}
		c := s[i]
		i++
		if c == '=' {
			pads++
			if strict {
				switch {
				case quad == 0 && i == 1:
					return fail(t, "Leading padding not allowed")
				case quad == 1:
					return single()
				case quad == 0, quad+pads > 4:
					return fail(t, "Excess padding not allowed")
				}
			}
			continue
		}
		d := sextets[c]
		if d == notBase64 {
			if strict {
				return fail(t, "Only base64 data is allowed")
			}
			continue
		}
		if pads > 0 {
			if strict {
				if quad+pads == 4 {
					return fail(t, "Excess data after padding")
				}
				return fail(t, "Discontinuous padding not allowed")
			}
			pads = 0
		}
		acc = acc<<6 | uint32(d)
		if quad++; quad == 4 {
			out = append(out, byte(acc>>16), byte(acc>>8), byte(acc))
			acc, quad = 0, 0
		}
	}
	switch {
	case quad == 1:
		return single()
	case quad > 0 && quad+pads < 4:
		return fail(t, "Incorrect padding")
	case quad == 2:
		out = append(out, byte(acc>>4))
	case quad == 3:
		out = append(out, byte(acc>>10), byte(acc>>2))
	}
	return native.MakeBytes(out)
}

func encodeBase64(t *Thread, a []Value) Value {
	s, ok := t.BytesLike(a[0])
	if !ok {
		return Value{}
	}
	newline, ok := native.Flag(t, a[1], true)
	if !ok {
		return Value{}
	}
	n := base64.StdEncoding.EncodedLen(len(s))
	size := n
	if newline {
		size++
	}
	v, b := object.MakeBytesBuf(size)
	base64.StdEncoding.Encode(b, []byte(s))
	if newline {
		b[n] = '\n'
	}
	return object.Of(v)
}
