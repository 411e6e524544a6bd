package pyfmt

import (
	"math"
	"strconv"
)

// isSpace reports whether c is one of the characters that may stand around numbers.
func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

// trim returns s without ASCII's white space around it.
func trim(s string) string {
	for len(s) > 0 && isSpace(s[0]) {
		s = s[1:]
	}
	for len(s) > 0 && isSpace(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

// ParseFloat returns float(s) for a text or bytes and whether s is a number. White
// space and digits beyond ASCII are to be replaced before, see [FoldNumber].
func ParseFloat(s string) (x float64, ok bool) {
	s = trim(s)
	x, n := scanFloat(s, true)
	return x, n == len(s) && n > 0
}

// tens has the powers of ten that a float64 holds exactly.
var tens = [...]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// scanFloat reads the longest number that s begins with and returns how long it is,
// 0 for none. Underscores between digits count if they are allowed.
func scanFloat(s string, underscores bool) (x float64, n int) {
	i := 0
	negative := false
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		negative = s[i] == '-'
		i++
	}
	start := i
	var mantissa uint64 // of the first 19 digits
	digits, scale := 0, 0
	seen, under, point := false, false, false
	for ; i < len(s); i++ {
		c := s[i]
		if d := c - '0'; d < 10 {
			seen = true
			if digits < 19 {
				mantissa = mantissa*10 + uint64(d)
				if mantissa != 0 {
					digits++
				}
				if point {
					scale--
				}
			} else {
				digits++ // too many to know by the mantissa
			}
			continue
		}
		if c == '.' && !point {
			point = true
			continue
		}
		if c == '_' && underscores && i > 0 && isDigit(s[i-1]) && i+1 < len(s) && isDigit(s[i+1]) {
			under = true
			continue
		}
		break
	}
	if !seen {
		x, n = scanSpecial(s[start:])
		if n == 0 {
			return 0, 0
		}
		if negative {
			x = math.Copysign(x, -1)
		}
		return x, start + n
	}
	end := i
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		j := i + 1
		minus := false
		if j < len(s) && (s[j] == '+' || s[j] == '-') {
			minus = s[j] == '-'
			j++
		}
		if j < len(s) && isDigit(s[j]) {
			exp := 0
			for ; j < len(s); j++ {
				if d := s[j] - '0'; d < 10 {
					exp = min(exp*10+int(d), 1e6)
				} else if s[j] == '_' && underscores && isDigit(s[j-1]) && j+1 < len(s) && isDigit(s[j+1]) {
					under = true
				} else {
					break
				}
			}
			if minus {
				exp = -exp
			}
			scale += exp
			end = j
		}
	}
	if digits <= 19 && mantissa < 1<<53 && -22 <= scale && scale <= 22 {
		// Both numbers are exact, so that one operation rounds once.
		x = float64(mantissa)
		if scale < 0 {
			x /= tens[-scale]
		} else {
			x *= tens[scale]
		}
	} else {
		text := s[start:end]
		if under {
			text = withoutUnderscores(text)
		}
		x, _ = strconv.ParseFloat(text, 64) // out of range is infinite
	}
	if negative {
		x = -x
	}
	return x, end
}

func isDigit(c byte) bool { return c-'0' < 10 }

func withoutUnderscores(s string) string {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		if s[i] != '_' {
			b = append(b, s[i])
		}
	}
	return string(b)
}

// scanSpecial reads inf, infinity or nan.
func scanSpecial(s string) (x float64, n int) {
	switch {
	case hasPrefixFold(s, "infinity"):
		return math.Inf(1), 8
	case hasPrefixFold(s, "inf"):
		return math.Inf(1), 3
	case hasPrefixFold(s, "nan"):
		return math.Float64frombits(0x7FF8 << 48), 3
	}
	return 0, 0
}

// hasPrefixFold reports whether s begins with prefix, which is lower case letters,
// in any case.
func hasPrefixFold(s, prefix string) bool {
	if len(s) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		if s[i]|0x20 != prefix[i] {
			return false
		}
	}
	return true
}
