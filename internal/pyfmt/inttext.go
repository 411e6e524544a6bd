package pyfmt

import (
	"math/big"
	"math/bits"
	"slices"
	"strconv"
)

// AppendInt appends b, or n if b is nil, in base 2, 8, 10 or 16 without a prefix.
// maxDigits is the limit of sys.set_int_max_str_digits, 0 for none.
func AppendInt(dst []byte, n int64, b *big.Int, base, maxDigits int) ([]byte, error) {
	if b == nil {
		return strconv.AppendInt(dst, n, base), nil
	}
	limited := base == 10 && maxDigits > 0
	// A number of that many bits has more digits: log10(2) is a bit more than 3/10.
	if limited && b.BitLen()/10*3 > max(maxDigits, digitsKnown)+3 {
		return dst, errDigits(maxDigits)
	}
	at := len(dst)
	if words := b.Bits(); base == 10 && bits.UintSize == 64 && len(words) <= fewWords {
		if b.Sign() < 0 {
			dst = append(dst, '-')
		}
		return appendWords(dst, words), nil // at most 617 digits, fewer than digitsKnown
	}
	if base&(base-1) == 0 && b.Sign() != 0 {
		if b.Sign() < 0 {
			dst = append(dst, '-')
		}
		return appendBits(dst, b.Bits(), uint(bits.TrailingZeros(uint(base)))), nil
	}
	dst = b.Append(dst, base)
	if limited {
		digits := len(dst) - at
		if b.Sign() < 0 {
			digits--
		}
		if digits > maxDigits && digits > digitsKnown {
			return dst[:at], errDigits(maxDigits)
		}
	}
	return dst, nil
}

// fewWords is the number of words up to which appendWords is faster than package big.
const fewWords = 32

// appendWords appends a number in decimal, given by its words of 64 bits, lowest first.
func appendWords(dst []byte, words []big.Word) []byte {
	var space [fewWords]uint64
	n := space[:len(words)]
	for i, w := range words {
		n[i] = uint64(w)
	}
	var chunks [fewWords + 2]uint64 // lowest first
	count := 0
	for len(n) > 0 {
		rest := uint64(0)
		for i := len(n) - 1; i >= 0; i-- {
			n[i], rest = divChunk(rest, n[i])
		}
		chunks[count] = rest
		count++
		for len(n) > 0 && n[len(n)-1] == 0 {
			n = n[:len(n)-1]
		}
	}
	if count == 0 {
		return append(dst, '0')
	}
	dst = strconv.AppendUint(dst, chunks[count-1], 10)
	at := len(dst)
	dst = slices.Grow(dst, (count-1)*chunkDigits)[:at+(count-1)*chunkDigits]
	for i := count - 2; i >= 0; i-- {
		writeChunk((*[chunkDigits]byte)(dst[at:]), chunks[i])
		at += chunkDigits
	}
	return dst
}

// chunk is the largest power of ten that a word holds. Its highest bit is set.
const (
	chunk       = 1e19
	chunkDigits = 19
)

// chunkInverse is (1<<128-1)/chunk - 1<<64.
const chunkInverse = 0xd83c94fb6d2ac34a

// divChunk divides hi<<64 + lo, where hi is below chunk, by it: with a multiplication, which takes less time than a division (Moeller and Granlund, Improved Division
// by Invariant Integers).
func divChunk(hi, lo uint64) (q, r uint64) {
	qh, ql := bits.Mul64(hi, chunkInverse)
	ql, c := bits.Add64(ql, lo, 0)
	qh, _ = bits.Add64(qh, hi+1, c)
	r = lo - qh*chunk
	if r > ql {
		qh--
		r += chunk
	}
	if r >= chunk {
		qh++
		r -= chunk
	}
	return qh, r
}

// writeChunk writes v, which is below chunk, with all its zeros.
func writeChunk(b *[chunkDigits]byte, v uint64) {
	high := v / 1e10
	low := v - high*1e10 // ten digits
	for i := 7; i >= 1; i -= 2 {
		q := high / 100
		d := (high - q*100) * 2
		b[i], b[i+1] = pairs[d], pairs[d+1]
		high = q
	}
	b[0] = '0' + byte(high)
	for i := 17; i >= 9; i -= 2 {
		q := low / 100
		d := (low - q*100) * 2
		b[i], b[i+1] = pairs[d], pairs[d+1]
		low = q
	}
}

// pairs has the numbers of two digits.
const pairs = "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"

// appendBits appends a number in base 1<<width, given by its words, lowest first, of which there is one at least.
func appendBits(dst []byte, words []big.Word, width uint) []byte {
	n := (len(words)-1)*bits.UintSize + bits.Len(uint(words[len(words)-1]))
	count := (n + int(width) - 1) / int(width)
	at := len(dst)
	dst = slices.Grow(dst, count)[:at+count]
	b := dst[at:]
	var w, have uint // bits of words that have not been written, and how many
	for i := count - 1; i >= 0; i-- {
		d := w
		if have >= width {
			w >>= width
			have -= width
		} else {
			w = 0
			if len(words) > 0 {
				w, words = uint(words[0]), words[1:]
			}
			d |= w << have
			w >>= width - have
			have += bits.UintSize - width
		}
		b[i] = "0123456789abcdef"[d&(1<<width-1)]
	}
	return dst
}

func errDigits(maxDigits int) error {
	return valueErrorf("Exceeds the limit (%d digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit", maxDigits)
}

// AppendIntPrefixed appends b, or n if b is nil, as bin(), oct() and hex() do.
func AppendIntPrefixed(dst []byte, n int64, b *big.Int, base int) []byte {
	at := len(dst)
	dst, _ = AppendInt(dst, n, b, base, 0)
	i := at
	if dst[i] == '-' {
		i++
	}
	dst = append(dst, 0, 0)
	copy(dst[i+2:], dst[i:])
	dst[i], dst[i+1] = '0', prefixLetter(base)
	return dst
}

func prefixLetter(base int) byte {
	switch base {
	case 2:
		return 'b'
	case 8:
		return 'o'
	}
	return 'x'
}
