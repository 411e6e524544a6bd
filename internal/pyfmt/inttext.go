package pyfmt

import (
	"math/big"
	"math/bits"
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
		return appendWords(dst, words), nil // at most 309 digits
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
const fewWords = 16

// appendWords appends a number in decimal, given by its words of 64 bits, lowest first.
func appendWords(dst []byte, words []big.Word) []byte {
	const chunk, digits = 1e19, 19
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
			n[i], rest = bits.Div64(rest, n[i], chunk)
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
	for i := count - 2; i >= 0; i-- {
		at := len(dst)
		dst = append(dst, "0000000000000000000"...)
		for v, j := chunks[i], at+digits-1; v > 0; j-- {
			dst[j] = '0' + byte(v%10)
			v /= 10
		}
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
