package marshal

import (
	"strings"
	"testing"
)

func TestIsASCII(t *testing.T) {
	for n := range 40 {
		s := strings.Repeat("\x7f", n)
		if !isASCII(s) {
			t.Errorf("%d bytes of ASCII are none", n)
		}
		for i := range n {
			if isASCII(s[:i] + "\x80" + s[i+1:]) {
				t.Errorf("byte %d of %d was not seen", i, n)
			}
		}
	}
}

// TestName: interned strings are written the same, whatever their length and wherever a byte
// is that is not ASCII.
func TestName(t *testing.T) {
	const text = "abcdefghijklmnopqrstuvwxyz"
	for n := range 20 {
		for odd := -1; odd < n; odd++ {
			s := []byte(text[:n])
			if odd >= 0 {
				s[odd] = 0xe4
			}
			var got, want Fresh
			got.b, want.b = make([]byte, 3, 100), make([]byte, 3, 100)
			if got.name(string(s)) != (odd < 0 && n >= 4 && n <= 16) {
				t.Errorf("%q: written %v", s, odd >= 0)
				continue
			}
			if odd >= 0 || n < 4 || n > 16 {
				if len(got.b) != 3 || len(got.places) != 0 {
					t.Errorf("%q: not written, and %d bytes", s, len(got.b))
				}
				continue
			}
			want.text(string(s), typeShortASCIIInterned, typeASCIIInterned, typeInterned, true)
			if string(got.b) != string(want.b) || got.places[0] != want.places[0] {
				t.Errorf("got %x, %v, want %x, %v", got.b, got.places, want.b, want.places)
			}
		}
	}
}
