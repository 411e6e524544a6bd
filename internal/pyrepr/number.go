package pyrepr

import (
	"math"
	"strconv"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

const (
	// maxDecimalBits is the size from which on integers are written in
	// hexadecimal.
	maxDecimalBits = 1 << 22

	// slowBits is the size from which on converting an integer again takes
	// notably longer than copying its digits.
	slowBits = 1 << 14
)

// AppendInt appends the repr of n to dst. In Python 2 a long, which is what
// marshal's type code 'l' stands for, and any number too big for an int, ends
// in L. Numbers of more than 2**22 bits are written in hexadecimal, unlike
// CPython's.
func AppendInt(dst []byte, n *code.Int, v pyver.Version) []byte {
	switch {
	case n.Big == nil:
		dst = strconv.AppendInt(dst, n.V, 10)
	case n.Big.BitLen() <= maxDecimalBits:
		dst = n.Big.Append(dst, 10)
	default:
		if n.Big.Sign() < 0 {
			dst = append(dst, '-')
		}
		dst = append(dst, "0x"...)
		at := len(dst)
		dst = n.Big.Append(dst, 16)
		if dst[at] == '-' {
			dst = append(dst[:at], dst[at+1:]...)
		}
	}
	if v < pyver.Py30 && (n.Big != nil || n.Form.Type() == 'l') {
		dst = append(dst, 'L')
	}
	return dst
}

// slowInt writes an integer of many digits, those it has written before by
// copying: the time for a file that shares one many times over stays
// proportional to the text.
func (p *printer) slowInt(n *code.Int) {
	if at, ok := p.written[n]; ok {
		p.dst = append(p.dst, p.dst[at[0]:at[1]]...)
		return
	}
	start := len(p.dst)
	p.dst = AppendInt(p.dst, n, p.o.Version)
	if p.written == nil {
		p.written = make(map[*code.Int][2]int)
	}
	p.written[n] = [2]int{start, len(p.dst)}
}

// AppendFloat appends the repr of f to dst.
func AppendFloat(dst []byte, f float64, v pyver.Version) []byte {
	return appendFloat(dst, f, v, true)
}

// AppendComplex appends the repr of the complex number with the given parts to
// dst.
func AppendComplex(dst []byte, re, im float64, v pyver.Version) []byte {
	old := v == pyver.Py30
	// A real part of +0 is left out. 3.0 leaves -0 out as well, and, as 2.6
	// does, writes a star between what is no number and the j.
	if re == 0 && (old || !math.Signbit(re)) {
		dst = appendFloat(dst, im, v, false)
		if old && (math.IsInf(im, 0) || math.IsNaN(im)) {
			dst = append(dst, '*')
		}
		return append(dst, 'j')
	}
	dst = append(dst, '(')
	dst = appendFloat(dst, re, v, false)
	if math.IsNaN(im) || !math.Signbit(im) {
		dst = append(dst, '+')
	}
	dst = appendFloat(dst, im, v, false)
	if old && (math.IsInf(im, 0) || math.IsNaN(im)) {
		dst = append(dst, '*')
	}
	return append(dst, "j)"...)
}

// appendFloat appends f; a whole number gets a ".0" if point is set.
func appendFloat(dst []byte, f float64, v pyver.Version, point bool) []byte {
	switch {
	case f != f:
		return append(dst, "nan"...)
	case f > math.MaxFloat64:
		return append(dst, "inf"...)
	case f < -math.MaxFloat64:
		return append(dst, "-inf"...)
	}
	// Whole numbers below 10**15 are common, and all their digits significant.
	if n := int64(f); -1e15 < f && f < 1e15 && float64(n) == f {
		if n == 0 && math.Signbit(f) {
			dst = append(dst, '-')
		}
		dst = strconv.AppendInt(dst, n, 10)
		if point {
			dst = append(dst, ".0"...)
		}
		return dst
	}
	// 3.0 prints 17 digits, the others as few as tell the number from its
	// neighbours. This also shifts the size at which exponents begin.
	var room [32]byte
	var text []byte
	fixed := 16
	if v == pyver.Py30 {
		text = trimZeros(strconv.AppendFloat(room[:0], f, 'e', 16, 64))
		fixed = 17
	} else {
		text = strconv.AppendFloat(room[:0], f, 'e', -1, 64)
	}
	return appendDecimal(dst, text, fixed, point)
}

// trimZeros removes the zeros before the exponent of a number in the form
// d.dddde±dd.
func trimZeros(text []byte) []byte {
	e := len(text) - 1
	for text[e] != 'e' {
		e--
	}
	end := e
	for text[end-1] == '0' {
		end--
	}
	if text[end-1] == '.' {
		end--
	}
	return append(text[:end], text[e:]...)
}

// appendDecimal appends the number whose text is d[.ddd]e±dd, perhaps after a
// minus sign, in this form or, if its exponent is at least -4 and less than
// fixed, without exponent.
func appendDecimal(dst, text []byte, fixed int, point bool) []byte {
	e := len(text) - 1
	exp := 0
	for pow := 1; text[e] != '-' && text[e] != '+'; e-- {
		exp += int(text[e]-'0') * pow
		pow *= 10
	}
	if text[e] == '-' {
		exp = -exp
	}
	if exp < -4 || exp >= fixed {
		return append(dst, text...)
	}
	digits := text[:e-1]
	if digits[0] == '-' {
		dst = append(dst, '-')
		digits = digits[1:]
	}
	// The digits are digits[0] and those behind the point; join them.
	if len(digits) > 1 {
		digits[1] = digits[0]
		digits = digits[1:]
	}
	if exp < 0 {
		dst = append(dst, "0.000"[:1-exp]...)
		return append(dst, digits...)
	}
	whole := exp + 1
	if len(digits) > whole {
		dst = append(dst, digits[:whole]...)
		dst = append(dst, '.')
		return append(dst, digits[whole:]...)
	}
	dst = append(dst, digits...)
	dst = append(dst, "0000000000000000"[:whole-len(digits)]...)
	if point {
		dst = append(dst, ".0"...)
	}
	return dst
}
