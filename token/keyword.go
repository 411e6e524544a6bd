package token

// keyword is a keyword and its spelling as a word.
type keyword struct {
	word uint64
	kind Kind
}

// keywords has each keyword where hash says. None share a place.
var keywords = func() (table [64]keyword) {
	for k := FALSE; k <= YIELD; k++ {
		w := load(spellings[k])
		table[hash(w)] = keyword{w, k}
	}
	return table
}()

// hash multiplies by a number found by trying.
func hash(word uint64) uint64 { return word * 0x2e22c4926af8a225 >> 58 }

// Keyword returns the kind of the hard keyword that text is, or NAME.
func Keyword(text string) Kind {
	if len(text) > 8 {
		return NAME
	}
	word := load(text)
	if k := &keywords[hash(word)]; k.word == word && word != 0 {
		return k.kind
	}
	return NAME
}
