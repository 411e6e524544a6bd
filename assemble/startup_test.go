package assemble

import (
	"strings"
	"testing"
)

// TestIsStartup asks for each line of the list, and for what is beside it. The list is
// what a search wants: sorted, with the comment in front, and without empty lines.
func TestIsStartup(t *testing.T) {
	before, n := "", 0
	for line := range strings.Lines(startup) {
		s, ended := strings.CutSuffix(line, "\n")
		if !ended || s == "" || before != "" && s <= before {
			t.Fatalf("%q after %q", line, before)
		}
		if s[0] == '#' {
			if before != "" || isStartup(s) {
				t.Errorf("%q", s)
			}
			continue
		}
		if before, n = s, n+1; !isStartup(s) {
			t.Errorf("%q is not there", s)
		}
		for _, other := range []string{s + "\x00", s + "\n", s[:len(s)-1] + "\x01"} {
			if isStartup(other) {
				t.Errorf("%q is there", other)
			}
		}
	}
	for _, s := range []string{"", "#", "\n", "\x00", "\U0010ffff"} {
		if isStartup(s) {
			t.Errorf("%q is there", s)
		}
	}
	if n < 1000 {
		t.Errorf("%d strings", n)
	}
}
