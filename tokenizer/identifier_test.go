package tokenizer

import (
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/internal/unidata"
	"github.com/krait-py/krait/pyver"
)

func TestIdentifier(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"plain_1", "plain_1"},
		{"é", "é"},
		{"e\u0301", "é"},
		{"ﬁne", "fine"},
		{"𝔘𝔫𝔦", "Uni"},
		{"x²", "x2"},
		{"ª", "a"},
		{"Ω", "Ω"},
		{"n\U0001CCF3", "n3"},
		{"\U000105D2\u0307", "\U000105C9"},
		{"\U0001611E\U0001611E\U0001611F", "\U00016126"},
	} {
		if got := Identifier(c.text); got != c.want {
			t.Errorf("Identifier(%+q) = %+q, want %+q", c.text, got, c.want)
		}
	}
}

// TestIdentifierLive compares all characters that an identifier may have.
func TestIdentifierLive(t *testing.T) {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	s := in.Start(oracle.Config{})
	defer s.Close()
	answer, err := s.Exec(`import unicodedata
norm = unicodedata.normalize
names = [c for c in map(chr, range(0x80, 0x110000)) if ("a" + c).isidentifier()]
result = "\n".join(c + " " + norm("NFKC", c) + " " + norm("NFKD", c) for c in names)
`)
	if err != nil {
		t.Fatal(err)
	}
	bad, n := 0, 0
	for line := range strings.Lines(answer) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), " ")
		if len(f) != 3 {
			continue // a compatibility form with a space in it, which is no identifier
		}
		n++
		if got := Identifier(f[0]); got != f[1] {
			bad++
			t.Errorf("Identifier(%+q) = %+q, want %+q", f[0], got, f[1])
		}
		if got := Identifier(f[2]); got != f[1] {
			bad++
			t.Errorf("Identifier(%+q) = %+q, want %+q", f[2], got, f[1])
		}
		if bad > 20 {
			t.Fatal("and more")
		}
	}
	if n < 100_000 || !unidata.IdentifierContinue('é') {
		t.Errorf("compared %d characters only", n)
	}
}
