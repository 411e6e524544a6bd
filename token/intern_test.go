package token

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestNames(t *testing.T) {
	var n Names
	for range 2 { // the second time in the memory of the first
		n.Reset(0)
		if got := n.Len(); got != int(NumFixed) {
			t.Fatalf("new names have %d ids, want %d", got, NumFixed)
		}
		for id := NameID(1); id < NumFixed; id++ {
			if got := n.Intern(id.Fixed()); got != id {
				t.Errorf("Intern(%q) = %d, want %d", id.Fixed(), got, id)
			}
		}
		ids := map[string]NameID{}
		for i := range 2000 {
			s := strings.Repeat("n", i%40) + fmt.Sprint(i)
			ids[s] = n.Intern(s)
		}
		for s, id := range ids {
			if got := n.Intern(s); got != id || n.Find(s) != id || n.Text(id) != s {
				t.Errorf("%q has id %d, then %d; Find says %d, Text %q", s, id, got, n.Find(s), n.Text(id))
			}
		}
		if got, want := n.Len(), len(ids)+int(NumFixed); got != want {
			t.Errorf("there are %d ids, want %d", got, want)
		}
		for _, s := range []string{"", "absent", "a very long absent name", "nn"} {
			if got := n.Find(s); got != 0 {
				t.Errorf("Find(%q) = %d, want 0", s, got)
			}
		}
	}
}

func TestNameKeyword(t *testing.T) {
	var n Names
	n.Reset(0)
	for k := FALSE; k <= YIELD; k++ {
		if got := n.Find(k.Spelling()).Keyword(); got != k {
			t.Errorf("the id of %q is that of keyword %d, want %d", k.Spelling(), got, k)
		}
	}
	for _, id := range []NameID{0, NameUnderscore, NumFixed} {
		if got := id.Keyword(); got != NAME {
			t.Errorf("id %d is that of keyword %v, want NAME", id, got)
		}
	}
}

// TestUnderscored: names are known that begin with two underscores, of all lengths.
func TestUnderscored(t *testing.T) {
	var n Names
	for range 2 {
		n.Reset(0)
		var want []NameID
		for _, s := range []string{"_", "__", "_a", "a__", "__a", "__debug__", "__a", "__of_nine", "__more_than_sixteen_bytes", "x__y", "__\u00e9"} {
			fresh := n.Find(s) == 0
			if id := n.Intern(s); fresh && strings.HasPrefix(s, "__") {
				want = append(want, id)
			}
		}
		if got := n.Underscored(); !slices.Equal(got, want) || len(want) != 5 {
			t.Errorf("ids %v, want %v", got, want)
		}
	}
}
