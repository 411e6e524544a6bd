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
