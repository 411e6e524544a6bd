// Package binasciimod is module binascii: bytes as text and back, and sums of bytes.
package binasciimod

import (
	"encoding/hex"
	"hash/crc32"
	"math/big"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/native"
)

type (
	// Value is short for object.Value.
	Value = object.Value
	// Thread is short for object.Thread.
	Thread = object.Thread
)

// errorKey is where an interpreter keeps the class Error.
const errorKey = "binascii.Error"

// Module is the definition of binascii.
var Module = object.ModuleDef{
	Name: "binascii",
	Doc:  "Conversion between binary data and ASCII",
	Methods: []object.MethodDef{
		{Name: "a2b_uu", Sig: "(data, /)", Fn: decodeUU, Doc: "Decode a line of uuencoded data."},
		{Name: "b2a_uu", Sig: "(data, /, *, backtick=False)", Fn: encodeUU, Doc: "Uuencode line of data."},
		{Name: "a2b_base64", Sig: "(data, /, *, strict_mode=False)", Fn: decodeBase64, Doc: "Decode a line of base64 data.\n\n  strict_mode\n    Whether anything but well-formed base64 is an error."},
		{Name: "b2a_base64", Sig: "(data, /, *, newline=True)", Fn: encodeBase64, Doc: "Base64-code line of data."},
		{Name: "a2b_hex", Sig: "(hexstr, /)", Fn: unhexlify, Doc: "Binary data of hexadecimal representation.\n\nThere must be an even number of digits, in upper or lower case.\nThis function is also available as \"unhexlify()\"."},
		{Name: "b2a_hex", Sig: "(data, sep=<unrepresentable>, bytes_per_sep=1)", Fn: hexlify, Doc: "Hexadecimal representation of binary data.\n\nThe result is a bytes object. This function is also available as \"hexlify()\"."},
		{Name: "hexlify", Sig: "(data, sep=<unrepresentable>, bytes_per_sep=1)", Fn: hexlify, Doc: "Hexadecimal representation of binary data.\n\nThe result is a bytes object. This function is also available as \"b2a_hex()\"."},
		{Name: "unhexlify", Sig: "(hexstr, /)", Fn: unhexlify, Doc: "Binary data of hexadecimal representation.\n\nThere must be an even number of digits, in upper or lower case."},
		{Name: "crc_hqx", Sig: "(data, crc, /)", Fn: crcHQX, Doc: "Compute CRC-CCITT incrementally."},
		{Name: "crc32", Sig: "(data, crc=0, /)", Fn: CRC32, Doc: "Compute CRC-32 incrementally."},
		{Name: "a2b_qp", Sig: "(data, header=False)", Fn: decodeQP, Doc: "Decode a string of qp-encoded data."},
		{Name: "b2a_qp", Sig: "(data, quotetabs=False, istext=True, header=False)", Fn: encodeQP, Doc: "Encode a string using quoted-printable encoding.\n\nNewlines are kept when istext is true; spaces and tabs at ends of lines\nare quoted anyway."},
	},
	Exec: func(t *Thread, m *object.Module) bool {
		err := t.NewExcClass("binascii", "Error", "", &object.ValueErrorType)
		if err == nil {
			return false
		}
		incomplete := t.NewExcClass("binascii", "Incomplete", "", &object.ExceptionType)
		if incomplete == nil {
			return false
		}
		t.Interp.State[errorKey] = err
		m.Set(t, "Error", object.Of(err))
		m.Set(t, "Incomplete", object.Of(incomplete))
		return true
	},
}

// fail raises binascii.Error.
func fail(t *Thread, format string, args ...any) Value {
	cls, _ := t.Interp.State[errorKey].(*object.Type)
	if cls == nil {
		cls = &object.ValueErrorType
	}
	return t.Raisef(cls, format, args...)
}

// text returns what an argument that may be ASCII text or bytes holds.
func text(t *Thread, v Value) (string, bool) {
	if v.Type().Flags&object.FlagStr != 0 {
		s := object.To[object.Str](v)
		if !s.IsASCII() {
			t.ValueErrorf("string argument should contain only ASCII characters")
			return "", false
		}
		return s.S, true
	}
	if v.Type().Buffer == nil {
		t.TypeErrorf("argument should be bytes, buffer or ASCII string, not '%s'", v.Type().Name)
		return "", false
	}
	return t.BytesLike(v)
}

// mask converts an int to 32 bits, dropping the others.
func mask(t *Thread, v Value) (uint32, bool) {
	if v = t.Index(v); v.P == nil {
		return 0, false
	}
	if v.IsInt() {
		return uint32(v.Int()), true
	}
	z := new(big.Int).And(object.AsBig(v), big.NewInt(0xffffffff))
	return uint32(z.Uint64()), true
}

// CRC32 is crc32, which module zlib has too.
func CRC32(t *Thread, a []Value) Value {
	w, ok := native.Readable(t, a[0])
	if !ok {
		return Value{}
	}
	defer w.Release(t)
	var c uint32
	if a[1].P != nil {
		if c, ok = mask(t, a[1]); !ok {
			return Value{}
		}
	}
	return object.MakeInt(int64(crc32.Update(c, crc32.IEEETable, w.Bytes)))
}

func crcHQX(t *Thread, a []Value) Value {
	w, ok := native.Readable(t, a[0])
	if !ok {
		return Value{}
	}
	defer w.Release(t)
	c, ok := mask(t, a[1])
	if !ok {
		return Value{}
	}
	c &= 0xffff
	for _, b := range w.Bytes {
		c ^= uint32(b) << 8
		for range 8 {
			c <<= 1
			if c&0x10000 != 0 {
				c ^= 0x11021
			}
		}
	}
	return object.MakeInt(int64(c))
}

func unhexlify(t *Thread, a []Value) Value {
	s, ok := text(t, a[0])
	if !ok {
		return Value{}
	}
	if len(s)%2 != 0 {
		return fail(t, "Odd-length string")
	}
	v, b := object.MakeBytesBuf(len(s) / 2)
	if _, err := hex.Decode(b, []byte(s)); err != nil {
		return fail(t, "Non-hexadecimal digit found")
	}
	return object.Of(v)
}

func hexlify(t *Thread, a []Value) Value {
	s, ok := t.BytesLike(a[0])
	if !ok {
		return Value{}
	}
	group, sep := 1, -1
	if a[2].P != nil {
		if group, ok = t.AsCInt(a[2]); !ok {
			return Value{}
		}
	}
	if a[1].P != nil {
		n, ok := t.Len(a[1])
		if !ok {
			return Value{}
		}
		if n != 1 {
			return t.ValueErrorf("sep must be length 1.")
		}
		switch f := a[1].Type().Flags; {
		case f&object.FlagStr != 0:
			r, _ := object.DecodePoint(object.To[object.Str](a[1]).S)
			if r > 255 {
				return t.ValueErrorf("sep must be ASCII.")
			}
			sep = int(r)
		case f&object.FlagBytes != 0:
			sep = int(object.To[object.Bytes](a[1]).S[0])
		default:
			return t.TypeErrorf("sep must be str or bytes.")
		}
	}
	size := group
	if size < 0 {
		size = -size
	}
	if sep < 0 || size == 0 || size >= len(s) {
		v, b := object.MakeBytesBuf(2 * len(s))
		hex.Encode(b, []byte(s))
		return object.Of(v)
	}
	first := size // how many bytes come before the first separator
	if group > 0 {
		if first = len(s) % size; first == 0 {
			first = size
		}
	}
	b := make([]byte, 0, 2*len(s)+len(s)/size+1)
	b = hex.AppendEncode(b, []byte(s[:first]))
	for i := first; i < len(s); i += size {
		b = append(b, byte(sep))
		b = hex.AppendEncode(b, []byte(s[i:min(i+size, len(s))]))
	}
	return native.MakeBytes(b)
}
