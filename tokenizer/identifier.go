package tokenizer

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/krait-py/krait/internal/unidata"
	"github.com/krait-py/krait/pyver"
)

// checkIdentifier checks the characters of the name from start to end, which
// are not all ASCII.
func (t *Tokenizer) checkIdentifier(start, end int) bool {
	for i := start; i < end; {
		r, n := utf8.DecodeRuneInString(t.src[i:end])
		i += n
		if i-n == start && (r == '_' || unidata.IdentifierStart(r)) || i-n > start && unidata.IdentifierContinue(r) {
			continue
		}
		if unidata.Printable(pyver.Py314, r) {
			t.failHere(i, "invalid character '%c' (U+%04X)", r, r)
		} else {
			t.failHere(i, "invalid non-printable character U+%04X", r)
		}
		return false
	}
	return true
}

// Identifier returns the identifier that a NAME's text stands for: its
// normal form NFKC. It allocates nothing for most.
func Identifier(text string) string {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return norm.NFKC.String(text)
		}
	}
	return text
}
