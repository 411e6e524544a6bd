package pyfmt

import (
	"math/big"
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
