package pyfmt

import (
	"math"
	"math/big"
	"strconv"
	"unicode/utf8"

	"github.com/krait-py/krait/internal/unicodedb"
)

// number is the text of a number in its parts:
//
//	padding sign prefix padding digits [point fraction] rest padding
//
// at most one padding not being empty.
type number struct {
	negative bool
	prefix   string // "0x"
	digits   []byte
	point    bool
	fraction []byte
	rest     []byte // an exponent, inf, a character
	group    int    // the size of groups of digits
}

// groupSize returns the size of groups of digits in front of the point.
func (sp *Spec) groupSize() int {
	switch sp.Type {
	case 'b', 'o', 'x', 'X':
		return 4
	}
	return 3
}

// append lays n out as sp says.
func (n *number) append(dst []byte, sp *Spec) ([]byte, error) {
	if sp.Width > maxText {
		return dst, errMemory
	}
	sign := byte(0)
	if n.negative {
		sign = '-'
	} else if sp.Sign == '+' || sp.Sign == ' ' {
		sign = sp.Sign
	}
	// All but the digits in front of the point.
	width := len(n.prefix) + len(n.fraction) + len(n.rest)
	if len(n.rest) > 0 && n.rest[0] >= utf8.RuneSelf {
		width -= len(n.rest) - 1 // one character
	}
	if sign != 0 {
		width++
	}
	if n.point {
		width++
	}
	if sp.FracGroup != 0 && len(n.fraction) > 0 {
		width += (len(n.fraction) - 1) / 3
	}
	zeros := 0
	digits := len(n.digits)
	if digits > 0 && sp.Fill == '0' && sp.Align == '=' {
		// Zeros are digits, and grouped as digits.
		if sp.Group == 0 {
			zeros = max(sp.Width-width-digits, 0)
		} else if room := sp.Width - width; room > digits {
			// A separator and its group take group+1. What a separator alone would be left
			// for becomes a digit with one in front.
			groups, more := (room-1)/(n.group+1), (room-1)%(n.group+1)
			zeros = max(groups*n.group+min(more, n.group)+1-digits, 0)
		}
		digits += zeros
	}
	width += digits
	if sp.Group != 0 && digits > 0 {
		width += (digits - 1) / n.group
	}
	left, inner, right := 0, 0, 0
	if sp.Align == '=' {
		inner = max(sp.Width-width, 0)
	} else {
		left, right = sp.padding(width)
	}
	dst = appendFill(dst, sp.Fill, left)
	if sign != 0 {
		dst = append(dst, sign)
	}
	dst = append(dst, n.prefix...)
	dst = appendFill(dst, sp.Fill, inner)
	if sp.Group == 0 {
		dst = appendFill(dst, '0', zeros)
		dst = append(dst, n.digits...)
	} else {
		for i := range digits {
			if i > 0 && (digits-i)%n.group == 0 {
				dst = append(dst, sp.Group)
			}
			if i < zeros {
				dst = append(dst, '0')
			} else {
				dst = append(dst, n.digits[i-zeros])
			}
		}
	}
	if n.point {
		dst = append(dst, '.')
	}
	if sp.FracGroup == 0 {
		dst = append(dst, n.fraction...)
	} else {
		for i, c := range n.fraction {
			if i > 0 && i%3 == 0 {
				dst = append(dst, sp.FracGroup)
			}
			dst = append(dst, c)
		}
	}
	dst = append(dst, n.rest...)
	return appendFill(dst, sp.Fill, right), nil
}

// AppendInt appends format(b, spec), or that of n if b is nil. The name is that of
// the value's type, maxDigits the limit of sys.set_int_max_str_digits.
func (sp *Spec) AppendInt(dst []byte, n int64, b *big.Int, typeName string, maxDigits int) ([]byte, error) {
	base := 10
	prefix := ""
	switch sp.Type {
	case 'd', 'n':
	case 'b':
		base, prefix = 2, "0b"
	case 'o':
		base, prefix = 8, "0o"
	case 'x':
		base, prefix = 16, "0x"
	case 'X':
		base, prefix = 16, "0X"
	case 'c':
	case 'e', 'E', 'f', 'F', 'g', 'G', '%':
		x := float64(n)
		if b != nil {
			if x, _ = new(big.Float).SetInt(b).Float64(); math.IsInf(x, 0) {
				return dst, &Error{OverflowError, "int too large to convert to float"}
			}
		}
		return sp.AppendFloat(dst, x, typeName)
	default:
		return dst, errVerb(sp.Type, typeName)
	}
	if sp.Precision != -1 {
		return dst, valueErrorf("Precision not allowed in integer format specifier")
	}
	if sp.NoNegZero {
		return dst, valueErrorf("Negative zero coercion (z) not allowed in integer format specifier")
	}
	if sp.Type == 'c' {
		return sp.appendChar(dst, n, b)
	}
	if !sp.Alternate {
		prefix = ""
	}
	if sp.Width == -1 && sp.Group == 0 && prefix == "" && sp.Type != 'X' && sp.Sign != '+' && sp.Sign != ' ' {
		return AppendInt(dst, n, b, base, maxDigits)
	}
	var space [72]byte
	digits, err := AppendInt(space[:0], n, b, base, maxDigits)
	if err != nil {
		return dst, err
	}
	num := number{prefix: prefix, digits: digits, group: sp.groupSize()}
	if digits[0] == '-' {
		num.negative = true
		num.digits = digits[1:]
	}
	if sp.Type == 'X' {
		for i, c := range num.digits {
			if c >= 'a' {
				num.digits[i] = c - ('a' - 'A')
			}
		}
	}
	return num.append(dst, sp)
}

// appendChar is type c.
func (sp *Spec) appendChar(dst []byte, n int64, b *big.Int) ([]byte, error) {
	if sp.Sign != 0 {
		return dst, valueErrorf("Sign not allowed with integer format specifier 'c'")
	}
	if sp.Alternate {
		return dst, valueErrorf("Alternate form (#) not allowed with integer format specifier 'c'")
	}
	if b != nil {
		return dst, &Error{OverflowError, "Python int too large to convert to C long"}
	}
	if n < 0 || n > utf8.MaxRune {
		return dst, &Error{OverflowError, "%c arg not in range(0x110000)"}
	}
	var space [4]byte
	num := number{rest: unicodedb.AppendRune(space[:0], rune(n))}
	return num.append(dst, sp)
}

// AppendFloat appends format(x, spec). The name is that of the value's type.
func (sp *Spec) AppendFloat(dst []byte, x float64, typeName string) ([]byte, error) {
	switch sp.Type {
	case 0, 'e', 'E', 'f', 'F', 'g', 'G', 'n', '%':
	default:
		return dst, errVerb(sp.Type, typeName)
	}
	if sp.Width == -1 && sp.Group == 0 && sp.FracGroup == 0 && sp.Sign != '+' && sp.Sign != ' ' {
		dst, err := sp.floatText(dst, x, AddDotZero)
		return dst, err
	}
	var space [64]byte
	text, err := sp.floatText(space[:0], x, AddDotZero)
	if err != nil {
		return dst, err
	}
	num := parts(text)
	return num.append(dst, sp)
}

// floatText appends x without sign and padding of the spec. addDot is the flag for
// numbers of no type.
func (sp *Spec) floatText(dst []byte, x float64, addDot FloatFlags) ([]byte, error) {
	if sp.Precision > math.MaxInt32 {
		return dst, valueErrorf("precision too big")
	}
	verb, prec := byte(sp.Type), sp.Precision
	var flags FloatFlags
	if sp.Alternate {
		flags |= AlwaysPoint
	}
	if sp.NoNegZero {
		flags |= NoNegZero
	}
	switch verb {
	case 0:
		flags |= addDot
		verb = 'r'
		if prec >= 0 {
			verb = 'g'
		}
	case 'n':
		verb = 'g'
	case '%':
		verb = 'f'
		x *= 100
	}
	if prec < 0 {
		prec = 6
	}
	dst, err := AppendFloat(dst, x, verb, prec, flags)
	if sp.Type == '%' {
		dst = append(dst, '%')
	}
	return dst, err
}

// parts takes the text of a float apart.
func parts(text []byte) (n number) {
	n.group = 3
	if text[0] == '-' {
		n.negative = true
		text = text[1:]
	}
	i := 0
	for i < len(text) && isDigit(text[i]) {
		i++
	}
	n.digits, text = text[:i], text[i:]
	if len(text) > 0 && text[0] == '.' {
		n.point = true
		i = 1
		for i < len(text) && isDigit(text[i]) {
			i++
		}
		n.fraction, text = text[1:i], text[i:]
	}
	n.rest = text
	return n
}

// AppendComplex appends format(complex(re, im), spec).
func (sp *Spec) AppendComplex(dst []byte, re, im float64, typeName string) ([]byte, error) {
	switch sp.Type {
	case 0, 'e', 'E', 'f', 'F', 'g', 'G', 'n':
	default:
		return dst, errVerb(sp.Type, typeName)
	}
	if sp.Precision > math.MaxInt32 {
		return dst, valueErrorf("precision too big")
	}
	if sp.Fill == '0' {
		return dst, valueErrorf("Zero padding is not allowed in complex format specifier")
	}
	if sp.Align == '=' {
		return dst, valueErrorf("'=' alignment flag is not allowed in complex format specifier")
	}
	if sp.Width > maxText {
		return dst, errMemory
	}
	bare := *sp
	bare.Width, bare.Fill, bare.Align = -1, ' ', '<'
	onlyIm := sp.Type == 0 && re == 0 && !math.Signbit(re)
	var space, textSpace [64]byte
	whole := space[:0]
	var err error
	if !onlyIm {
		if sp.Type == 0 {
			whole = append(whole, '(')
		}
		var text []byte
		if text, err = sp.floatText(textSpace[:0], re, 0); err != nil {
			return dst, err
		}
		num := parts(text)
		whole, _ = num.append(whole, &bare)
		bare.Sign = '+'
	}
	text, err := sp.floatText(textSpace[:0], im, 0)
	if err != nil {
		return dst, err
	}
	num := parts(text)
	whole, _ = num.append(whole, &bare)
	whole = append(whole, 'j')
	if sp.Type == 0 && !onlyIm {
		whole = append(whole, ')')
	}
	left, right := sp.padding(len(whole))
	dst = appendFill(dst, sp.Fill, left)
	dst = append(dst, whole...)
	return appendFill(dst, sp.Fill, right), nil
}

// FormatInt appends format(b, spec), or that of n if b is nil, for a type with the
// name given. An empty spec is str(), which the type may have made its own.
func (c *Specs) FormatInt(dst []byte, n int64, b *big.Int, spec, typeName string, maxDigits int) ([]byte, error) {
	if spec == "" {
		if b == nil {
			return strconv.AppendInt(dst, n, 10), nil
		}
		return AppendInt(dst, n, b, 10, maxDigits)
	}
	sp, err := c.parse(spec, Defaults{typeName, 'd', '>'})
	if err != nil {
		return dst, err
	}
	return sp.AppendInt(dst, n, b, typeName, maxDigits)
}

// FormatFloat appends format(x, spec) for a type with the name given.
func (c *Specs) FormatFloat(dst []byte, x float64, spec, typeName string) ([]byte, error) {
	if spec == "" {
		return AppendRepr(dst, x), nil
	}
	sp, err := c.parse(spec, Defaults{typeName, 0, '>'})
	if err != nil {
		return dst, err
	}
	return sp.AppendFloat(dst, x, typeName)
}

// FormatComplex appends format(complex(re, im), spec) for a type with the name given.
func (c *Specs) FormatComplex(dst []byte, re, im float64, spec, typeName string) ([]byte, error) {
	if spec == "" {
		return AppendComplex(dst, re, im), nil
	}
	sp, err := c.parse(spec, Defaults{typeName, 0, '>'})
	if err != nil {
		return dst, err
	}
	return sp.AppendComplex(dst, re, im, typeName)
}
