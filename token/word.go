package token

import "math/bits"

const (
	ones  = 0x0101010101010101
	highs = 0x80 * ones
)

// NameBytes returns how many of the eight bytes of a word are ASCII letters, digits or
// underscores, from the lowest on.
func NameBytes(word uint64) int { return bits.TrailingZeros64(NameEnd(word)) >> 3 }

// NameEnd returns a word that has the highest bit of each byte set that is no ASCII letter,
// digit or underscore, and no other bits.
func NameEnd(word uint64) uint64 {
	// Each byte without its highest bit, so that sums stay within a byte; a sum's
	// highest bit says that the byte is at least, or more than, what was
	// subtracted from 0x80 or 0x7f.
	x := word &^ highs
	l := x | 0x20*ones
	// At most one of the three is true, so that their bits can be added.
	letters := (l + (0x80-'a')*ones) ^ (l + (0x7f-'z')*ones)
	digits := (x + (0x80-'0')*ones) ^ (x + (0x7f-'9')*ones)
	underscore := highs - (x ^ '_'*ones)
	return (^(letters ^ digits ^ underscore) | word) & highs
}
