package pyfmt

import (
	"math"
	"strings"
)

// AppendComplex appends repr(complex(re, im)).
func AppendComplex(dst []byte, re, im float64) []byte {
	if re == 0 && !math.Signbit(re) {
		return append(appendShortest(dst, im), 'j')
	}
	dst = appendShortest(append(dst, '('), re)
	if !math.Signbit(im) || im != im {
		dst = append(dst, '+')
	}
	return append(appendShortest(dst, im), "j)"...)
}

var errComplex error = &Error{ValueError, "complex() arg is a malformed string"}

// ParseComplex returns the parts of complex(s). White space and digits beyond ASCII
// are to be replaced before, see [FoldNumber]. The error is an [*Error] or, for
// underscores that are not between digits, [ErrSyntax].
func ParseComplex(s string) (re, im float64, err error) {
	s = trim(s)
	if at := strings.IndexByte(s, '_'); at >= 0 {
		// CPython looks for underscores up to a NUL, and then does not expect one.
		if nul := strings.IndexByte(s, 0); 0 <= nul && nul < at {
			return 0, 0, errComplex
		} else if nul > at {
			return 0, 0, ErrSyntax
		}
		for i := range len(s) {
			if s[i] == '_' && !(i > 0 && isDigit(s[i-1]) && i+1 < len(s) && isDigit(s[i+1])) {
				return 0, 0, ErrSyntax
			}
		}
		s = withoutUnderscores(s)
	}
	if len(s) >= 2 && s[0] == '(' && s[len(s)-1] == ')' {
		s = trim(s[1 : len(s)-1])
	}
	if re, im, ok := complexParts(s); ok {
		return re, im, nil
	}
	return 0, 0, errComplex
}

// complexParts reads a number with nothing around it.
func complexParts(s string) (re, im float64, ok bool) {
	if s == "" {
		return 0, 0, false
	}
	x, n := scanFloat(s, false)
	if n == len(s) {
		return x, 0, true
	}
	if s[len(s)-1]|0x20 != 'j' {
		return 0, 0, false
	}
	s = s[:len(s)-1]
	if n == len(s) {
		if n == 0 {
			return 0, 1, true // "j"
		}
		return 0, x, true
	}
	if y, ok := unit(s); ok {
		return 0, y, true // "+j"
	}
	if n == 0 || s[n] != '+' && s[n] != '-' {
		return 0, 0, false
	}
	if y, ok := unit(s[n:]); ok {
		return x, y, true
	}
	y, m := scanFloat(s[n:], false)
	return x, y, m > 0 && n+m == len(s)
}

// unit returns the imaginary part that a sign alone stands for.
func unit(sign string) (y float64, ok bool) {
	switch sign {
	case "+":
		return 1, true
	case "-":
		return -1, true
	}
	return 0, false
}
