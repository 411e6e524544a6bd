package pyfmt

import (
	"math"
	"slices"
	"unicode/utf8"

	"github.com/krait-py/krait/internal/unicodedb"
)

// Spec is a format spec of the builtin types, taken apart:
//
//	[[fill]align][sign][z][#][0][width][grouping][.precision[grouping]][type]
type Spec struct {
	Fill      rune
	Align     byte // one of < > = ^
	Sign      byte // one of + - and space, or 0
	Group     byte // what separates groups of digits in front of the point, or 0
	FracGroup byte // and behind the point
	Alternate bool // #
	NoNegZero bool // z
	Width     int  // -1 for none
	Precision int  // -1 for none
	Type      rune // the default of the value's type if the spec has none; 0 is that of floats
}

// Defaults are what a spec of a type means where it says nothing.
type Defaults struct {
	TypeName string // for errors
	Type     rune
	Align    byte
}

// ParseSpec takes a spec apart, and checks what does not depend on the type of
// the value.
func ParseSpec(text string, d Defaults) (Spec, error) {
	sp := Spec{Fill: ' ', Align: d.Align, Width: -1, Precision: -1, Type: d.Type}
	s := text
	filled, aligned := false, false
	if len(s) > 0 {
		r, size := decode(s)
		if len(s) > size && isAlign(s[size]) {
			sp.Fill, sp.Align = r, s[size]
			filled, aligned = true, true
			s = s[size+1:]
		} else if isAlign(s[0]) {
			sp.Align = s[0]
			aligned = true
			s = s[1:]
		}
	}
	if len(s) > 0 && (s[0] == '+' || s[0] == '-' || s[0] == ' ') {
		sp.Sign = s[0]
		s = s[1:]
	}
	if len(s) > 0 && s[0] == 'z' {
		sp.NoNegZero = true
		s = s[1:]
	}
	if len(s) > 0 && s[0] == '#' {
		sp.Alternate = true
		s = s[1:]
	}
	if !filled && len(s) > 0 && s[0] == '0' {
		sp.Fill = '0'
		if !aligned && d.Align == '>' {
			sp.Align = '='
		}
		s = s[1:]
	}
	n, rest, err := specNumber(s)
	if err != nil {
		return sp, err
	}
	if len(rest) < len(s) {
		sp.Width, s = n, rest
	}
	if sp.Group, s, err = grouping(s); err != nil {
		return sp, err
	}
	if len(s) > 0 && s[0] == '.' {
		s = s[1:]
		if n, rest, err = specNumber(s); err != nil {
			return sp, err
		}
		if len(rest) < len(s) {
			sp.Precision = n
		}
		after := rest
		if sp.FracGroup, rest, err = grouping(rest); err != nil {
			return sp, err
		}
		if len(rest) == len(after) && sp.Precision < 0 {
			return sp, valueErrorf("Format specifier missing precision")
		}
		s = rest
	}
	if len(s) > 0 {
		r, size := decode(s)
		if size < len(s) {
			return sp, valueErrorf("Invalid format specifier '%s' for object of type '%s'", text, d.TypeName)
		}
		sp.Type = r
	}
	if sp.Group != 0 {
		switch sp.Type {
		case 'd', 'e', 'f', 'g', 'E', 'G', '%', 'F', 0:
		case 'b', 'o', 'x', 'X':
			if sp.Group == ',' {
				return sp, errGroup(sp.Group, sp.Type)
			}
		default:
			return sp, errGroup(sp.Group, sp.Type)
		}
	}
	if sp.Type == 'n' && sp.FracGroup != 0 {
		return sp, errGroup(sp.FracGroup, sp.Type)
	}
	return sp, nil
}

func isAlign(c byte) bool { return c == '<' || c == '>' || c == '=' || c == '^' }

// specNumber reads the digits, of any script, that s begins with. What an int does not
// hold is the largest one: both are too much.
func specNumber(s string) (n int, rest string, err error) {
	v := int64(0)
	for len(s) > 0 {
		d, size := int(s[0])-'0', 1
		if s[0] >= utf8.RuneSelf {
			var r rune
			r, size = decode(s)
			d = unicodedb.Decimal(r)
		}
		if d < 0 || d > 9 {
			break
		}
		if v > (math.MaxInt64-int64(d))/10 {
			return 0, s, valueErrorf("Too many decimal digits in format string")
		}
		v = v*10 + int64(d)
		s = s[size:]
	}
	return int(min(v, math.MaxInt)), s, nil
}

// grouping reads the separator of groups that s begins with, or none.
func grouping(s string) (sep byte, rest string, err error) {
	if s == "" || s[0] != ',' && s[0] != '_' {
		return 0, s, nil
	}
	sep, s = s[0], s[1:]
	// Of the same twice, the second is taken for the type.
	if s != "" && (s[0] == ',' || s[0] == '_') && s[0] != sep {
		return 0, s, valueErrorf("Cannot specify both ',' and '_'.")
	}
	return sep, s, nil
}

func errGroup(sep byte, verb rune) error {
	if 32 < verb && verb < 128 {
		return valueErrorf("Cannot specify '%c' with '%c'.", sep, verb)
	}
	return valueErrorf("Cannot specify '%c' with '\\x%x'.", sep, verb)
}

func errVerb(verb rune, typeName string) error {
	if 32 < verb && verb < 128 {
		return valueErrorf("Unknown format code '%c' for object of type '%s'", verb, typeName)
	}
	return valueErrorf("Unknown format code '\\x%x' for object of type '%s'", verb, typeName)
}

// padding returns how much goes to the left and to the right of n characters.
func (sp *Spec) padding(n int) (left, right int) {
	if sp.Width <= n {
		return 0, 0
	}
	switch sp.Align {
	case '>':
		return sp.Width - n, 0
	case '^':
		left = (sp.Width - n) / 2
		return left, sp.Width - n - left
	}
	return 0, sp.Width - n
}

// appendFill appends n fill characters.
func appendFill(dst []byte, r rune, n int) []byte {
	if n <= 0 {
		return dst
	}
	if n > 32 {
		dst = slices.Grow(dst, n)
	}
	if uint32(r) < utf8.RuneSelf {
		for range n {
			dst = append(dst, byte(r))
		}
		return dst
	}
	for range n {
		dst = unicodedb.AppendRune(dst, r)
	}
	return dst
}

// AppendStr appends format(s, spec) for a str of n code points. The name is that of
// the value's type.
func (sp *Spec) AppendStr(dst []byte, s string, n int, typeName string) ([]byte, error) {
	switch {
	case sp.Type != 's':
		return dst, errVerb(sp.Type, typeName)
	case sp.Sign == ' ':
		return dst, valueErrorf("Space not allowed in string format specifier")
	case sp.Sign != 0:
		return dst, valueErrorf("Sign not allowed in string format specifier")
	case sp.NoNegZero:
		return dst, valueErrorf("Negative zero coercion (z) not allowed in string format specifier")
	case sp.Alternate:
		return dst, valueErrorf("Alternate form (#) not allowed in string format specifier")
	case sp.Align == '=':
		return dst, valueErrorf("'=' alignment not allowed in string format specifier")
	}
	if sp.Precision >= 0 && sp.Precision < n {
		s = s[:prefixBytes(s, n, sp.Precision)]
		n = sp.Precision
	}
	if sp.Width > maxText {
		return dst, errMemory
	}
	left, right := sp.padding(n)
	dst = appendFill(dst, sp.Fill, left)
	dst = append(dst, s...)
	return appendFill(dst, sp.Fill, right), nil
}

// FormatStr appends format(s, spec) for a str of n code points whose type has the
// name given.
func (c *Specs) FormatStr(dst []byte, s string, n int, spec, typeName string) ([]byte, error) {
	if spec == "" {
		return append(dst, s...), nil
	}
	sp, err := c.parse(spec, Defaults{typeName, 's', '<'})
	if err != nil {
		return dst, err
	}
	return sp.AppendStr(dst, s, n, typeName)
}

// prefixBytes returns the length in bytes of the first keep of s's n code points.
func prefixBytes(s string, n, keep int) int {
	if n == len(s) {
		return keep
	}
	i := 0
	for ; keep > 0 && i < len(s); keep-- {
		_, size := decode(s[i:])
		i += size
	}
	return i
}

// decode returns the first code point of s, which is not empty, surrogates
// included, and its length.
func decode(s string) (rune, int) {
	if s[0] < utf8.RuneSelf {
		return rune(s[0]), 1
	}
	r, size := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && size == 1 && len(s) >= 3 && s[0] == 0xED && s[1]&0xE0 == 0xA0 && s[2]&0xC0 == 0x80 {
		return 0xD000 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
	}
	return r, size
}
