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

// before returns a mask of the bytes below the lowest one whose highest bit is set in ends,
// which has no other bits: all ones if there is none.
func before(ends uint64) uint64 { return (ends&-ends)>>7 - 1 }

// name reads the ASCII letters, digits and underscores from i on, of which there is one at
// least. It returns what token.Names.Packed wants of them, and where they end; packed is false
// if the end of the text is so near that not all have been read.
func (t *Tokenizer) name(i int) (first, next uint64, end int, packed bool) {
	for at := 0; i+8 <= len(t.src); at++ {
		word := load(t.src, i)
		n := token.NameBytes(word)
		i += n
		if n < 8 {
			word = lowBytes(word, n)
		}
		switch {
		case at == 0:
			first = word
		case at == 1:
			next = word
		case n > 0:
			next = token.Fold(next, word)
		}
		if n < 8 {
			return first, next, i, true
		}
	}
	return 0, 0, i, false
}
