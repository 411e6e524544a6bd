package pyfmt

import (
	"math"
	"math/bits"
	"strconv"
)

// AppendHexFloat appends float.hex(x).
func AppendHexFloat(dst []byte, x float64) []byte {
	if x-x != 0 {
		return appendSpecial(dst, x, false)
	}
	b := math.Float64bits(x)
	if b>>63 != 0 {
		dst = append(dst, '-')
	}
	exp := int(b >> 52 & 0x7FF)
	lead := byte('1')
	switch {
	case b<<1 == 0:
		return append(dst, "0x0.0p+0"...)
	case exp == 0:
		lead, exp = '0', 1
	}
	dst = append(dst, '0', 'x', lead, '.')
	for shift := 48; shift >= 0; shift -= 4 {
		dst = append(dst, "0123456789abcdef"[b>>shift&15])
	}
	exp -= 1023
	dst = append(dst, 'p')
	if exp >= 0 {
		dst = append(dst, '+')
	}
	return strconv.AppendInt(dst, int64(exp), 10)
}

var (
	errHexFloat    error = &Error{ValueError, "invalid hexadecimal floating-point string"}
	errHexTooLarge error = &Error{OverflowError, "hexadecimal value too large to represent as a float"}
)

// ParseHexFloat returns float.fromhex(s).
func ParseHexFloat(s string) (float64, error) {
	s = trim(s)
	negative := false
	if len(s) > 0 && (s[0] == '+' || s[0] == '-') {
		negative = s[0] == '-'
		s = s[1:]
	}
	x, n := scanSpecial(s)
	var err error
	if n == 0 {
		x, n, err = scanHex(s)
	}
	if err != nil {
		return 0, err
	}
	if n != len(s) || n == 0 {
		return 0, errHexFloat
	}
	if negative {
		x = math.Copysign(x, -1)
	}
	return x, nil
}

// scanHex reads hexadecimal digits with a point and a binary exponent and returns
// how far it read. That a number is too large counts more than what follows it.
func scanHex(s string) (x float64, n int, err error) {
	i := 0
	if len(s) >= 2 && s[0] == '0' && s[1]|0x20 == 'x' {
		i = 2
	}
	// The value is mantissa * 2**exp, and a bit more if sticky.
	var mantissa uint64
	exp := int64(0)
	seen, point, sticky := false, false, false
	for ; i < len(s); i++ {
		if s[i] == '.' && !point {
			point = true
			continue
		}
		d := hexValue(s[i])
		if d < 0 {
			break
		}
		seen = true
		if mantissa>>60 == 0 {
			mantissa = mantissa<<4 | uint64(d)
			if point {
				exp -= 4
			}
		} else {
			sticky = sticky || d != 0
			if !point {
				exp += 4
			}
		}
	}
	if !seen {
		return 0, 0, errHexFloat
	}
	if i < len(s) && s[i]|0x20 == 'p' {
		i++
		minus := false
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			minus = s[i] == '-'
			i++
		}
		if i == len(s) || !isDigit(s[i]) {
			return 0, 0, errHexFloat
		}
		e := int64(0)
		for ; i < len(s) && isDigit(s[i]); i++ {
			e = min(e*10+int64(s[i]-'0'), 1<<40)
		}
		if minus {
			e = -e
		}
		exp += e
	}
	if mantissa == 0 {
		return 0, i, nil
	}
	shift := bits.LeadingZeros64(mantissa)
	mantissa <<= shift
	exp -= int64(shift)
	// Now mantissa is in [2**63, 2**64). Keep 53 bits, fewer for subnormal numbers.
	drop := int64(11)
	if exp+drop < -1074 {
		drop = -1074 - exp
	}
	if drop > 64 {
		return 0, i, nil
	}
	var kept, half uint64
	if drop == 64 {
		half = 1 << 63
	} else {
		kept, half = mantissa>>drop, 1<<(drop-1)
	}
	rest := mantissa & (half<<1 - 1)
	if rest > half || rest == half && (sticky || kept&1 != 0) {
		kept++
	}
	x = math.Ldexp(float64(kept), int(min(exp+drop, 5000)))
	if math.IsInf(x, 0) {
		return 0, 0, errHexTooLarge
	}
	return x, i, nil
}

// hexValue returns the value of a hexadecimal digit, or -1.
func hexValue(c byte) int {
	switch {
	case c-'0' < 10:
		return int(c - '0')
	case c|0x20-'a' < 6:
		return int(c|0x20-'a') + 10
	}
	return -1
}
