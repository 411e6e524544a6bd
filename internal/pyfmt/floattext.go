package pyfmt

import (
	"bytes"
	"math"
	"slices"
	"strconv"
)

// AppendRepr appends repr(x): the shortest digits that lead back to x.
func AppendRepr(dst []byte, x float64) []byte {
	if i := int64(x); float64(i) == x && -1e15 < x && x < 1e15 && (i != 0 || !math.Signbit(x)) {
		return append(strconv.AppendInt(dst, i, 10), ".0"...)
	}
	at := len(dst)
	dst = appendShortest(dst, x)
	for _, c := range dst[at:] {
		if c > '9' || c == '.' { // a point, an exponent, inf or nan
			return dst
		}
	}
	return append(dst, ".0"...)
}

// appendShortest is AppendRepr without the ".0" of whole numbers, which is how
// complex numbers write their parts.
func appendShortest(dst []byte, x float64) []byte {
	a := math.Abs(x)
	switch {
	case 1e-4 <= a && a < 1e16 || a == 0:
		return strconv.AppendFloat(dst, x, 'f', -1, 64)
	case a <= math.MaxFloat64:
		return strconv.AppendFloat(dst, x, 'e', -1, 64)
	}
	return appendSpecial(dst, x, false)
}

// appendSpecial appends inf, -inf or nan, which has no sign.
func appendSpecial(dst []byte, x float64, upper bool) []byte {
	text := "nan"
	if upper {
		text = "NAN"
	}
	if x == x {
		if x < 0 {
			dst = append(dst, '-')
		}
		text = "inf"
		if upper {
			text = "INF"
		}
	}
	return append(dst, text...)
}

// maxFraction is more than the digits behind the point that any float64 has.
const maxFraction = 1100

// FloatFlags are the flags of AppendFloat.
type FloatFlags uint8

// The flags of AppendFloat.
const (
	AlwaysPoint FloatFlags = 1 << iota // '#': a decimal point always, and no zeros removed
	AddDotZero                         // ".0" behind a whole number that has no exponent
	NoNegZero                          // 'z': no sign in front of what is rounded to zero
)

// AppendFloat appends x as a verb of e, E, f, F, g, G or r says, with a precision
// that is not negative. For r, which is repr(), it does not count.
func AppendFloat(dst []byte, x float64, verb byte, prec int, flags FloatFlags) ([]byte, error) {
	upper := verb < 'a'
	if upper {
		verb += 'a' - 'A'
	}
	if x-x != 0 {
		return appendSpecial(dst, x, upper), nil
	}
	if prec > maxText-400 {
		return dst, errMemory
	}
	at := len(dst)
	if math.Signbit(x) {
		dst = append(dst, '-')
		x = -x
	}
	start := len(dst)
	switch verb {
	case 'e':
		dst = strconv.AppendFloat(dst, x, 'e', min(prec, maxFraction), 64)
		if prec > maxFraction {
			e := bytes.LastIndexByte(dst, 'e')
			dst = slices.Insert(dst, e, bytes.Repeat([]byte{'0'}, prec-maxFraction)...)
		}
		if prec == 0 && flags&AlwaysPoint != 0 {
			dst = append(dst, 0)
			copy(dst[start+2:], dst[start+1:])
			dst[start+1] = '.'
		}
	case 'f':
		dst = appendFixed(dst, x, min(prec, maxFraction))
		if prec > maxFraction {
			dst = appendFill(slices.Grow(dst, prec-maxFraction), '0', prec-maxFraction)
		}
		if prec == 0 && flags&AlwaysPoint != 0 {
			dst = append(dst, '.')
		}
	case 'g':
		dst = appendGeneral(dst, x, max(prec, 1), flags)
	default:
		dst = appendGeneral(dst, x, -1, flags)
	}
	if flags&NoNegZero != 0 && at < start && zero(dst[start:]) {
		dst = append(dst[:at], dst[start:]...)
		start = at
	}
	if upper {
		for i := start; i < len(dst); i++ {
			if dst[i] == 'e' {
				dst[i] = 'E'
			}
		}
	}
	return dst, nil
}

// zero reports whether the digits of a number, up to its exponent, are all zero.
func zero(b []byte) bool {
	for _, c := range b {
		if c == 'e' {
			break
		}
		if c != '0' && c != '.' {
			return false
		}
	}
	return true
}

// pow10 has the powers of ten from which on a number has one more digit in front
// of its exponent. Those below 1 are not exact.
var pow10 = [...]float64{1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16}

// appendFixed appends x, which is not negative, with prec digits behind the point.
//
// Package strconv is fast when it is told how many digits to make, and slow when
// it is told where to stop. So this guesses the exponent, asks for the digits
// up to the right place, and takes the slow way if the guess was wrong.
func appendFixed(dst []byte, x float64, prec int) []byte {
	if prec > 17 || x < pow10[0] || x >= pow10[len(pow10)-1] {
		return strconv.AppendFloat(dst, x, 'f', prec, 64)
	}
	exp := len(pow10) - 2
	for x < pow10[exp] {
		exp--
	}
	exp -= 5 // where 1e0 is
	digits := exp + 1 + prec
	if digits < 1 || digits > 17 {
		return strconv.AppendFloat(dst, x, 'f', prec, 64)
	}
	var space [32]byte
	b := strconv.AppendFloat(space[:0], x, 'e', digits-1, 64)
	// b is d.ddde+xx; 17 digits have two of exponent.
	n := len(b)
	got := int(b[n-2]-'0')*10 + int(b[n-1]-'0')
	if b[n-3] == '-' {
		got = -got
	}
	if got != exp || b[n-4] != 'e' {
		return strconv.AppendFloat(dst, x, 'f', prec, 64)
	}
	if digits > 1 {
		b[1] = b[0] // over the point
		b = b[1 : n-4]
	} else {
		b = b[:1]
	}
	if exp >= 0 {
		dst = append(dst, b[:exp+1]...)
		b = b[exp+1:]
	} else {
		dst = append(dst, '0')
	}
	if prec > 0 {
		dst = append(dst, '.')
		for ; exp < -1; exp++ {
			dst = append(dst, '0')
		}
		dst = append(dst, b...)
	}
	return dst
}

// maxDigits is more than the significant digits any float64 has.
const maxDigits = 800

// appendGeneral appends x, which is not negative, with prec significant digits, or
// with the shortest that lead back to it if prec is -1, as g and repr() place
// the point.
func appendGeneral(dst []byte, x float64, prec int, flags FloatFlags) []byte {
	var space [40]byte
	b := strconv.AppendFloat(space[:0], x, 'e', min(prec, maxDigits)-1, 64)
	e := len(b) - 1
	for b[e] != 'e' {
		e--
	}
	exp := 0
	for _, c := range b[e+2:] {
		exp = exp*10 + int(c-'0')
	}
	if b[e+1] == '-' {
		exp = -exp
	}
	digits := b[:1]
	if e > 1 {
		b[1] = b[0] // over the point
		digits = b[1:e]
	}
	limit, zeros := prec, 0
	switch {
	case prec < 0:
		limit = 16
	case flags&AlwaysPoint != 0:
		zeros = prec - len(digits)
	default:
		for len(digits) > 1 && digits[len(digits)-1] == '0' {
			digits = digits[:len(digits)-1]
		}
	}
	if prec >= 0 && flags&AddDotZero != 0 {
		limit--
	}
	point := exp // this many digits are in front of the point, but for the first one
	inExponent := exp < -4 || exp >= limit
	if inExponent {
		point = 0
	}
	switch {
	case point < 0:
		dst = append(dst, "0.000"[:1-point]...)
		dst = append(dst, digits...)
	case point+1 < len(digits):
		dst = append(dst, digits[:point+1]...)
		dst = append(dst, '.')
		dst = append(dst, digits[point+1:]...)
	default:
		dst = append(dst, digits...)
		for range point + 1 - len(digits) {
			dst = append(dst, '0')
			zeros--
		}
		if flags&AddDotZero != 0 && !inExponent && zeros <= 0 {
			dst = append(dst, ".0"...)
		} else if flags&AlwaysPoint != 0 {
			dst = append(dst, '.')
		}
	}
	dst = appendFill(dst, '0', zeros)
	if inExponent {
		dst = append(dst, b[e:]...)
	}
	return dst
}
