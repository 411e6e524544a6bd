package token

// keyword is a keyword and its spelling, packed.
type keyword struct {
	word uint64
	kind Kind
}

// keywords has each keyword where hash says. None share a place.
var keywords = func() (table [64]keyword) {
	for k := FALSE; k <= YIELD; k++ {
		w := pack(spellings[k])
		table[hash(w)] = keyword{w, k}
	}
	return table
}()

// hash multiplies by a number found by trying.
func hash(word uint64) uint64 { return word * 0x2e22c4926af8a225 >> 58 }

// pack makes a word of at most eight bytes, the first one lowest.
func pack(s string) uint64 {
	w := uint64(0)
	for i := len(s) - 1; i >= 0; i-- {
		w = w<<8 | uint64(s[i])
	}
	return w
}

// Keyword returns the kind of the hard keyword that text is, or NAME.
func Keyword(text string) Kind {
	if len(text) > 8 {
		return NAME
	}
	return PackedKeyword(pack(text))
}

// PackedKeyword is Keyword for a text of at most eight bytes that comes in a
// word, the first byte lowest and zeros behind the last.
func PackedKeyword(word uint64) Kind {
	if k := &keywords[hash(word)]; k.word == word && word != 0 {
		return k.kind
	}
	return NAME
}
