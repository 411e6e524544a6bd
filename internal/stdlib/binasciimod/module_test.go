package binasciimod

import (
	"testing"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/modtest"
)

// TestConversions: results and messages are CPython's.
func TestConversions(t *testing.T) {
	m := modtest.New(t, &Module)
	b := func(s string) []byte { return []byte(s) }
	for _, c := range []struct {
		fn   string
		args []any
		want string
	}{
		{"crc32", []any{b("hello"), 5}, "4277152246"}, {"crc32", []any{b("hello"), -1}, "265137764"}, {"crc_hqx", []any{b("hello"), 0xffff}, "53870"},
		{"crc32", []any{b(""), 2.0}, "TypeError: 'float' object cannot be interpreted as an integer"},
		{"hexlify", []any{b("ab"), "--"}, "ValueError: sep must be length 1."}, {"hexlify", []any{b("ab"), 1}, "TypeError: object of type 'int' has no len()"},
		{"unhexlify", []any{"01a"}, "Error: Odd-length string"}, {"unhexlify", []any{b("0g")}, "Error: Non-hexadecimal digit found"},
		{"unhexlify", []any{"\u00e9"}, "ValueError: string argument should contain only ASCII characters"},
		{"unhexlify", []any{1}, "TypeError: argument should be bytes, buffer or ASCII string, not 'int'"},
		{"a2b_base64", []any{"YW="}, "Error: Incorrect padding"}, {"a2b_base64", []any{"YWI=YWJj"}, "Error: Incorrect padding"},
		{"a2b_base64", []any{"YWJjY"}, "Error: Invalid base64-encoded string: number of data characters (5) cannot be 1 more than a multiple of 4"},
		{"a2b_uu", []any{""}, "Error: Missing length byte"}, {"a2b_uu", []any{"#86)Cx"}, "Error: Trailing garbage"}, {"a2b_uu", []any{"#\x7f"}, "Error: Illegal char"},
		{"b2a_uu", []any{make([]byte, 46)}, "Error: At most 45 bytes at once"},
	} {
		if got := m.Call(c.fn, c.args...); got != c.want {
			t.Errorf("%s%v: got %s, want %s", c.fn, c.args, got, c.want)
		}
	}
}

// FuzzDecode: nothing makes the decoders panic, and what the encoders make comes back.
func FuzzDecode(f *testing.F) {
	f.Add([]byte("YWJj=\n=41_"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m := modtest.New(t, &Module)
		for _, fn := range []string{"a2b_uu", "a2b_base64", "a2b_hex", "a2b_qp"} {
			m.Call(fn, b)
		}
		b = b[:min(len(b), uuMax)]
		for _, fns := range [][2]string{{"b2a_uu", "a2b_uu"}, {"b2a_base64", "a2b_base64"}, {"b2a_hex", "a2b_hex"}} {
			v := m.Thread.CallArgs(m.Thread.GetAttrName(object.Of(m.Module), fns[0]), object.MakeBytes(string(b)))
			if got := m.Thread.CallArgs(m.Get(fns[1]), v); got.P == nil || object.To[object.Bytes](got).S != string(b) {
				t.Errorf("%s: %q does not come back", fns[0], b)
			}
		}
	})
}
