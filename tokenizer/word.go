package tokenizer

import "github.com/krait-py/krait/token"

// Names are read eight bytes at a time: with no loop for their bytes there is
// no branch that a processor would often predict wrongly.

const (
	ones  = 0x0101010101010101
	highs = 0x80 * ones
)

// load returns the eight bytes of s from i on, the first one lowest. It panics
// if there are fewer.
func load(s string, i int) uint64 {
	s = s[i : i+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// hasByte returns a word whose lowest bit that is set is the highest one of the first byte of
// w that is c; 0 if none is.
func hasByte(w uint64, c byte) uint64 {
	x := w ^ uint64(c)*ones
	return (x - ones) &^ x & highs
}

// lowBytes returns the lowest n bytes of w; n is less than 8.
func lowBytes(w uint64, n int) uint64 { return w & (1<<(8*uint(n)&63) - 1) }

// longName reads on at i, behind the first eight bytes of an ASCII name, which word
// is. It returns what token.Names.Packed wants of the name and where it ends; ok is
// false if the end of the text is too near.
func longName(src string, word uint64, i int) (uint64, int, bool) {
	for i+8 <= len(src) {
		next := load(src, i)
		n := token.NameBytes(next)
		i += n
		if n == 8 {
			word = token.Fold(word, next)
			continue
		}
		if n > 0 {
			word = token.Fold(word, lowBytes(next, n))
		}
		return word, i, true
	}
	return 0, i, false
}
