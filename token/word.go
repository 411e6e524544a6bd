package token

import "math/bits"

const (
	ones  = 0x0101010101010101
	highs = 0x80 * ones
)

// NameBytes returns how many of the eight bytes of a word are ASCII letters, digits or
// underscores, from the lowest on.
func NameBytes(word uint64) int {
	// Each byte without its highest bit, so that sums stay within a byte; a sum's
	// highest bit says that the byte is at least, or more than, what was
	// subtracted from 0x80 or 0x7f.
	x := word &^ highs
	l := x | 0x20*ones
	letters := (l + (0x80-'a')*ones) &^ (l + (0x7f-'z')*ones)
	digits := (x + (0x80-'0')*ones) &^ (x + (0x7f-'9')*ones)
	notUnderscore := (x ^ '_'*ones) + 0x7f*ones
	no := (^(letters|digits)&notUnderscore | word) & highs
	return bits.TrailingZeros64(no) >> 3
}
