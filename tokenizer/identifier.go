package tokenizer

import (
	"strings"
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
			return normal(text)
		}
	}
	return text
}

// normal returns the form NFKC of Unicode 16.0, the version of Python 3.14.
// The tables of golang.org/x/text go by the version of Go's compiler and may
// be of 15.0, so that what 16.0 added is done here. (Left undone is the order of
// the ten combining marks that came with it, when several stand together.)
func normal(text string) string {
	fresh := strings.IndexFunc(text, func(r rune) bool { return r >= firstFresh && r <= lastFresh }) >= 0
	if !fresh {
		return norm.NFKC.String(text)
	}
	text = norm.NFKC.String(strings.Map(func(r rune) rune {
		if r >= outlinedZero && r <= outlinedZero+9 {
			return '0' + r - outlinedZero
		}
		return r
	}, text))
	var runes []rune
	for _, r := range text {
		if n := len(runes); n > 0 {
			if c, ok := freshPairs[[2]rune{runes[n-1], r}]; ok {
				runes[n-1] = c
				continue
			}
		}
		runes = append(runes, r)
	}
	return string(runes)
}

const (
	outlinedZero = 0x1CCF0

	// All that normal looks at lies in between.
	firstFresh, lastFresh = 0x105D2, outlinedZero + 9
)

// freshPairs are the canonical compositions that Unicode 16.0 added.
var freshPairs = map[[2]rune]rune{
	{0x105D2, 0x0307}: 0x105C9, {0x105DA, 0x0307}: 0x105E4,
	{0x11382, 0x113C9}: 0x11383, {0x11384, 0x113BB}: 0x11385, {0x1138B, 0x113C2}: 0x1138E, {0x11390, 0x113C9}: 0x11391,
	{0x113C2, 0x113C2}: 0x113C5, {0x113C2, 0x113B8}: 0x113C7, {0x113C2, 0x113C9}: 0x113C8,
	{0x1611E, 0x1611E}: 0x16121, {0x1611E, 0x16129}: 0x16122, {0x1611E, 0x1611F}: 0x16123, {0x16129, 0x1611F}: 0x16124,
	{0x1611E, 0x16120}: 0x16125, {0x16121, 0x1611F}: 0x16126, {0x16122, 0x1611F}: 0x16127, {0x16121, 0x16120}: 0x16128,
	{0x16D67, 0x16D67}: 0x16D68, {0x16D63, 0x16D67}: 0x16D69, {0x16D69, 0x16D67}: 0x16D6A,
}
