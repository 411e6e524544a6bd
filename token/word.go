package token

import "math/bits"

const (
	ones  = 0x0101010101010101
	highs = 0x80 * ones
)

// NameBytes returns how many of the eight bytes of a word are ASCII letters, digits or
// underscores, from the lowest on.
func NameBytes(word uint64) int { return bits.TrailingZeros64(NameEnd(word)) >> 3 }

// NameEnd returns a word in which the lowest bit that is set is the highest one of the first
// byte that is no ASCII letter, digit or underscore; 0 if all are. What is above says nothing.
//
// Where a name ends is where the next token begins, so that all waits for this: it is six
// operations one after the other. Sums leave a byte of ASCII as they found the next one; those
// of other bytes may not, but what is behind these does not count.
func NameEnd(word uint64) uint64 {
	// A sum's highest bit says that the byte is at least, or more than, what was
	// subtracted from 0x80 or 0x7f.
	l := word | 0x20*ones
	letters := (l + (0x80-'a')*ones) ^ (l + (0x7f-'z')*ones)
	digits := (word + (0x80-'0')*ones) ^ (word + (0x7f-'9')*ones)
	others := (word ^ '_'*ones) + 0x7f*ones // all but underscores
	// No byte is two of a letter, a digit and an underscore.
	return (letters ^ (digits ^ others) | word) & highs
}
