package token

import "testing"

func TestKeyword(t *testing.T) {
	for k := FALSE; k <= YIELD; k++ {
		if got := Keyword(k.Spelling()); got != k {
			t.Errorf("Keyword(%q) = %d, want %d", k.Spelling(), got, k)
		}
		if k.String() != "NAME" {
			t.Errorf("%q is called %s, want NAME", k.Spelling(), k)
		}
	}
	for _, s := range []string{"", "x", "i", "iff", "False_", "none", "match", "type", "printing", "continued", "é", "ié"} {
		if got := Keyword(s); got != NAME {
			t.Errorf("Keyword(%q) = %d, want NAME", s, got)
		}
	}
}

func TestEveryKindHasAName(t *testing.T) {
	for k := range numKinds {
		if k.String() == "" {
			t.Errorf("kind %d has no name", k)
		}
	}
}
