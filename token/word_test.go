package token

import "testing"

// TestNameEnd tries every byte in every place, with bytes of names and others around it: the
// lowest bit is that of the first byte which is none of a name's.
func TestNameEnd(t *testing.T) {
	isName := func(c byte) bool {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
	}
	for c := range 256 {
		for at := range 8 {
			for _, rest := range []byte("a_Z09 \x00\x7f\x80\xff") {
				var word, want uint64
				for i := range 8 {
					b := rest
					if i == at {
						b = byte(c)
					}
					word |= uint64(b) << (8 * i)
					if !isName(b) {
						want |= 0x80 << (8 * i)
					}
				}
				if got := NameEnd(word); got&-got != want&-want || got&^highs != 0 {
					t.Fatalf("NameEnd(%#016x) = %#016x, want the lowest bit of %#016x", word, got, want)
				}
			}
		}
	}
}
