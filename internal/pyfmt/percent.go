package pyfmt

import (
	"math"
	"math/big"
	"strings"
	"unicode/utf8"
)

// Percent takes a format of the operator % apart.
type Percent struct {
	Format string
	Bytes  bool // the format is bytes, and its characters are bytes
	pos    int
}

// Flags of a directive.
const (
	leftAdjust = 1 << iota
	plusSign
	blankSign
	alternate
	zeroFill
)

// Directive is a directive of a format and the text in front of it.
//
// Who formats gets, in this order, the value for Key, the values for the width and the
// precision, raises Err, gets the value to format, and then looks at Verb: this is the
// order in which CPython finds errors.
type Directive struct {
	Literal string
	// Present says that there is a directive, not only Literal.
	Present bool
	// Verb is the character that says what to do.
	Verb rune
	// Key is the key of a mapping, if HasKey is true.
	Key    string
	HasKey bool
	// KeyErr is the error that the key does not end.
	KeyErr error
	// WidthArg and PrecisionArg say that a value is to be taken for them, and given to
	// SetWidth and SetPrecision.
	WidthArg, PrecisionArg bool
	Err                    error
	width, precision       int // -1 for none
	flags                  uint8
	index                  int // of Verb, in bytes
	afterDigit             bool
}

var (
	errKey           error = &Error{ValueError, "incomplete format key"}
	errIncomplete    error = &Error{ValueError, "incomplete format"}
	errWidth         error = &Error{ValueError, "width too big"}
	errPrecision     error = &Error{ValueError, "precision too big"}
	errBytesPrec     error = &Error{ValueError, "prec too big"}
	errLongPrecision error = &Error{OverflowError, "precision too large"}
	errByteVerb      error = &Error{OverflowError, "character argument not in range(0x110000)"}
)

// Next reads up to the end of a directive, or to the end of the format, and reports
// whether there was anything left.
func (p *Percent) Next(d *Directive) bool {
	if p.pos >= len(p.Format) {
		return false
	}
	s := p.Format
	n := strings.IndexByte(s[p.pos:], '%')
	if n < 0 {
		*d = Directive{Literal: s[p.pos:]}
		p.pos = len(s)
		return true
	}
	start := p.pos
	p.pos += n + 1
	if p.pos < len(s) && s[p.pos] == '%' {
		p.pos++
		*d = Directive{Literal: s[start : p.pos-1]}
		return true
	}
	*d = Directive{Literal: s[start : p.pos-1], Present: true, width: -1, precision: -1}
	p.directive(d)
	return true
}

// char returns the character at the position, or -1 at the end.
func (p *Percent) char() (c rune, size int) {
	if p.pos >= len(p.Format) {
		return -1, 0
	}
	if c := p.Format[p.pos]; c < utf8.RuneSelf || p.Bytes {
		return rune(c), 1
	}
	return decode(p.Format[p.pos:])
}

// directive reads what is behind a percent sign.
func (p *Percent) directive(d *Directive) {
	s := p.Format
	if p.pos < len(s) && s[p.pos] == '(' {
		d.HasKey = true
		p.pos++
		start := p.pos
		for depth := 1; depth > 0; p.pos++ {
			if p.pos == len(s) {
				d.KeyErr = errKey
				return
			}
			switch s[p.pos] {
			case '(':
				depth++
			case ')':
				depth--
			}
		}
		d.Key = s[start : p.pos-1]
	}
	for ; p.pos < len(s); p.pos++ {
		flag := strings.IndexByte("-+ #0", s[p.pos])
		if flag < 0 {
			break
		}
		d.flags |= 1 << flag
	}
	if p.pos < len(s) && s[p.pos] == '*' {
		d.WidthArg = true
		p.pos++
	} else if d.width = p.number(math.MaxInt64); d.width == tooBig {
		d.Err = errWidth
		return
	}
	if p.pos < len(s) && s[p.pos] == '.' {
		p.pos++
		if p.pos < len(s) && s[p.pos] == '*' {
			d.PrecisionArg = true
			p.pos++
		} else if d.precision = p.number(math.MaxInt32); d.precision == tooBig {
			d.Err = errPrecision
			if p.Bytes {
				d.Err = errBytesPrec
			}
			return
		}
		d.precision = max(d.precision, 0)
	}
	d.afterDigit = isDigit(s[p.pos-1]) && (d.width >= 0 || d.precision >= 0)
	if p.pos < len(s) && (s[p.pos] == 'h' || s[p.pos] == 'l' || s[p.pos] == 'L') {
		p.pos++
		d.afterDigit = false
	}
	c, size := p.char()
	if c < 0 {
		d.Err = errIncomplete
		return
	}
	d.Verb = c
	d.index = p.pos
	p.pos += size
}

const tooBig = -2

// number reads decimal digits: -1 for none.
func (p *Percent) number(limit int64) int {
	n := int64(-1)
	for ; p.pos < len(p.Format) && isDigit(p.Format[p.pos]); p.pos++ {
		digit := int64(p.Format[p.pos] - '0')
		n = max(n, 0)
		if n > (limit-digit)/10 {
			return tooBig
		}
		n = n*10 + digit
	}
	return int(min(n, math.MaxInt))
}

// SetWidth gives d the width that was taken from the values. A negative one means to
// adjust to the left.
func (d *Directive) SetWidth(n int) {
	if n < 0 {
		d.flags |= leftAdjust
		n = -max(n, -math.MaxInt)
	}
	d.width = n
}

// SetPrecision gives d the precision that was taken from the values.
func (d *Directive) SetPrecision(n int) { d.precision = max(n, 0) }

// Done reports whether the whole format has been read.
func (p *Percent) Done() bool { return p.pos == len(p.Format) }

// Fits reports whether the directive leaves a text of n characters as it is.
func (d *Directive) Fits(n int) bool {
	return !d.WidthArg && !d.PrecisionArg && d.Err == nil && d.width <= n && (d.precision < 0 || d.precision >= n)
}

// Plain reports whether the directive says nothing but its verb.
func (d *Directive) Plain() bool { return d.flags == 0 && d.width < 0 && d.precision < 0 }

// VerbError is the error for a verb that there is not.
func (d *Directive) VerbError(p *Percent) error {
	index := d.index
	shown := d.Verb
	if p.Bytes {
		// Bytes are signed characters where CPython has not just read a number.
		if d.Verb >= utf8.RuneSelf && !d.afterDigit {
			return errByteVerb
		}
	} else {
		index = points(p.Format[:d.index])
		if d.Verb < 31 || 126 < d.Verb {
			shown = '?'
		}
	}
	return valueErrorf("unsupported format character '%c' (0x%x) at index %d", shown, d.Verb, index)
}

// points returns the number of characters of s.
func points(s string) int {
	n := 0
	for i := range len(s) {
		if s[i]&0xC0 != 0x80 {
			n++
		}
	}
	return n
}

// AppendText appends the text of a value, n characters long, for the verbs s, r, a, b and
// c. For c, which has one character, the precision does not count.
func (d *Directive) AppendText(dst []byte, text string, n int) ([]byte, error) {
	if d.precision >= 0 && d.precision < n && d.Verb != 'c' {
		text = text[:prefixBytes(text, n, d.precision)]
		n = d.precision
	}
	if d.width <= n {
		return append(dst, text...), nil
	}
	if d.width > maxText {
		return dst, errMemory
	}
	if d.flags&leftAdjust != 0 {
		return appendFill(append(dst, text...), ' ', d.width-n), nil
	}
	return append(appendFill(dst, ' ', d.width-n), text...), nil
}

// AppendInt appends b, or n if b is nil, for the verbs d, i, u, o, x and X. maxDigits is the
// limit of sys.set_int_max_str_digits.
func (d *Directive) AppendInt(dst []byte, n int64, b *big.Int, maxDigits int) ([]byte, error) {
	base, prefix := 10, ""
	switch d.Verb {
	case 'o':
		base, prefix = 8, "0o"
	case 'x':
		base, prefix = 16, "0x"
	case 'X':
		base, prefix = 16, "0X"
	}
	if d.Plain() && d.Verb != 'X' {
		return AppendInt(dst, n, b, base, maxDigits)
	}
	if d.flags&alternate == 0 {
		prefix = ""
	}
	if d.precision > math.MaxInt32-3 {
		return dst, errLongPrecision
	}
	var space [72]byte
	digits, err := AppendInt(space[:0], n, b, base, maxDigits)
	if err != nil {
		return dst, err
	}
	sign := byte(0)
	if digits[0] == '-' {
		sign, digits = '-', digits[1:]
	}
	if d.Verb == 'X' {
		for i, c := range digits {
			if c >= 'a' {
				digits[i] = c - ('a' - 'A')
			}
		}
	}
	return d.appendNumber(dst, sign, prefix, max(d.precision-len(digits), 0), digits)
}

// AppendFloat appends x for the verbs e, E, f, F, g and G.
func (d *Directive) AppendFloat(dst []byte, x float64) ([]byte, error) {
	prec := d.precision
	if prec < 0 {
		prec = 6
	}
	var flags FloatFlags
	if d.flags&alternate != 0 {
		flags = AlwaysPoint
	}
	if d.width < 0 && d.flags&(plusSign|blankSign) == 0 {
		return AppendFloat(dst, x, byte(d.Verb), prec, flags)
	}
	var space [64]byte
	digits, err := AppendFloat(space[:0], x, byte(d.Verb), prec, flags)
	if err != nil {
		return dst, err
	}
	sign := byte(0)
	if digits[0] == '-' {
		sign, digits = '-', digits[1:]
	}
	return d.appendNumber(dst, sign, "", 0, digits)
}

// appendNumber appends a number with its sign and prefix, zeros in front of its digits,
// and padding.
func (d *Directive) appendNumber(dst []byte, sign byte, prefix string, zeros int, digits []byte) ([]byte, error) {
	if d.width > maxText {
		return dst, errMemory
	}
	if sign == 0 {
		if d.flags&plusSign != 0 {
			sign = '+'
		} else if d.flags&blankSign != 0 {
			sign = ' '
		}
	}
	n := len(prefix) + zeros + len(digits)
	if sign != 0 {
		n++
	}
	pad := max(d.width-n, 0)
	if d.flags&leftAdjust == 0 {
		if d.flags&zeroFill != 0 {
			zeros += pad
		} else {
			dst = appendFill(dst, ' ', pad)
		}
		pad = 0
	}
	if sign != 0 {
		dst = append(dst, sign)
	}
	dst = append(dst, prefix...)
	dst = appendFill(dst, '0', zeros)
	dst = append(dst, digits...)
	return appendFill(dst, ' ', pad), nil
}
