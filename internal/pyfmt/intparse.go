package pyfmt

import (
	"errors"
	"math/big"
	"math/bits"
)

// ErrSyntax says that a text is no number. The exception's text has the repr of
// what was given, which only the caller knows.
var ErrSyntax = errors.New("no number")

// digitValues has the value of each character as a digit, 255 for none.
var digitValues = func() (t [256]uint8) {
	for c := range t {
		t[c] = 255
		switch {
		case '0' <= c && c <= '9':
			t[c] = uint8(c - '0')
		case 'a' <= c && c <= 'z':
			t[c] = uint8(c - 'a' + 10)
		case 'A' <= c && c <= 'Z':
			t[c] = uint8(c - 'A' + 10)
		}
	}
	return
}()

// digitsKnown is the number of digits up to which no limit applies.
const digitsKnown = 640

// ParseInt returns int(s, base) for a base that is 0 or 2 to 36: n, or big if it is
// not nil, which is so for numbers beyond int64 only. White space and digits beyond
// ASCII are to be replaced before, see [FoldNumber]. maxDigits is the limit of
// sys.set_int_max_str_digits, 0 for none. The error is [ErrSyntax] or an [*Error].
func ParseInt(s string, base, maxDigits int) (n int64, b *big.Int, err error) {
	if base == 10 && len(s) <= 18 {
		// Most numbers are short and have nothing around them.
		i := 0
		if len(s) > 1 && s[0] == '-' {
			i = 1
		}
		for ; i < len(s); i++ {
			d := s[i] - '0'
			if d > 9 {
				break
			}
			n = n*10 + int64(d)
		}
		if i == len(s) && i > 0 {
			if s[0] == '-' {
				n = -n
			}
			return n, nil, nil
		}
	}
	s = trim(s)
	negative := false
	if len(s) > 0 && (s[0] == '+' || s[0] == '-') {
		negative = s[0] == '-'
		s = s[1:]
	}
	s, base, zeros := prefix(s, base)
	digits, under := 0, 0
	if base == 10 && !zeros {
		digits = decimals(s)
	}
	for i := digits; i < len(s); i++ {
		c := s[i]
		if c == '_' {
			if i == 0 || s[i-1] == '_' || i == len(s)-1 {
				return 0, nil, ErrSyntax
			}
			under++
			continue
		}
		if int(digitValues[c]) >= base || zeros && c != '0' {
			return 0, nil, ErrSyntax
		}
		digits++
	}
	if digits == 0 {
		return 0, nil, ErrSyntax
	}
	if base&(base-1) != 0 && digits > digitsKnown && maxDigits > 0 && digits > maxDigits {
		return 0, nil, valueErrorf("Exceeds the limit (%d digits) for integer string conversion: value has %d digits; use sys.set_int_max_str_digits() to increase the limit", maxDigits, digits)
	}
	if under > 0 {
		s = withoutUnderscores(s)
	}
	for len(s) > 1 && s[0] == '0' {
		s = s[1:]
	}
	if u, ok := small(s, uint64(base)); ok {
		if u <= 1<<63-1 || negative && u == 1<<63 {
			n = int64(u)
			if negative {
				n = -n
			}
			return n, nil, nil
		}
		b = new(big.Int).SetUint64(u)
	} else if base&(base-1) == 0 {
		b = new(big.Int).SetBits(packBits(s, uint(bits.TrailingZeros(uint(base)))))
	} else {
		b = parseBig(s, base)
	}
	if negative {
		b.Neg(b)
		if b.IsInt64() {
			return b.Int64(), nil, nil
		}
	}
	return 0, b, nil
}

const (
	lowBits  = 0x0101010101010101
	highHalf = 0xf0f0f0f0f0f0f0f0
)

func load8(s string, i int) uint64 {
	_ = s[i+7]
	return uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 | uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
}

// decimals returns how many characters at the beginning of s are decimal digits, as far as eight of them are looked at at once.
func decimals(s string) int {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		// '0' to '9' have the same high half, and so has what is six more.
		if w := load8(s, i); w&highHalf != '0'*lowBits || (w+6*lowBits)&highHalf != '0'*lowBits {
			break
		}
	}
	return i
}

// eightDigits returns the number that eight characters are.
func eightDigits(w uint64) uint64 {
	w -= '0' * lowBits
	w = (w*10 + w>>8) & 0x00ff00ff00ff00ff // pairs of digits
	w = (w*100 + w>>16) & 0x0000ffff0000ffff
	return (w*10000 + w>>32) & 0xffffffff
}

// prefix takes 0x, 0o or 0b away, with the underscore that may follow it, and
// settles the base. zeros says that the number may only be zero: without a base,
// no others begin with a zero.
func prefix(s string, base int) (rest string, settled int, zeros bool) {
	if len(s) >= 2 && s[0] == '0' {
		of := 0
		switch s[1] | 0x20 {
		case 'x':
			of = 16
		case 'o':
			of = 8
		case 'b':
			of = 2
		}
		if of != 0 && (base == 0 || base == of) {
			s = s[2:]
			if len(s) > 1 && s[0] == '_' {
				s = s[1:]
			}
			return s, of, false
		}
		if base == 0 {
			return s, 10, true
		}
	}
	if base == 0 {
		base = 10
	}
	return s, base, false
}

// small returns the number with the digits s if it fits.
func small(s string, base uint64) (n uint64, ok bool) {
	if len(s) > 64 || base == 10 && len(s) > 20 {
		return 0, false
	}
	for i := range len(s) {
		hi, lo := bits.Mul64(n, base)
		sum, carry := bits.Add64(lo, uint64(digitValues[s[i]]), 0)
		if hi+carry != 0 {
			return 0, false
		}
		n = sum
	}
	return n, true
}

// packBits returns the words of a number with digits of width bits.
func packBits(s string, width uint) []big.Word {
	words := make([]big.Word, 0, (uint(len(s))*width+bits.UintSize-1)/bits.UintSize)
	var w big.Word
	at := uint(0)
	for i := len(s) - 1; i >= 0; i-- {
		d := big.Word(digitValues[s[i]])
		w |= d << at
		at += width
		if at >= bits.UintSize {
			words = append(words, w)
			at -= bits.UintSize
			w = d >> (width - at)
		}
	}
	if at > 0 {
		words = append(words, w)
	}
	return words
}

// leafDigits is the number of digits up to which parseWords, whose time grows with the
// square of their number, is as fast as halving them.
const leafDigits = 1500

// parseBig returns the number with the digits s.
func parseBig(s string, base int) *big.Int {
	if len(s) <= leafDigits {
		return parseWords(s, base)
	}
	// powers[i] is base**(leafDigits<<i).
	p := new(big.Int).Exp(big.NewInt(int64(base)), big.NewInt(leafDigits), nil)
	powers := []*big.Int{p}
	for size := leafDigits * 2; size < len(s); size *= 2 {
		p = new(big.Int).Mul(p, p)
		powers = append(powers, p)
	}
	return parseHalves(s, base, powers)
}

// parseHalves splits s where the lower part has the digits of the last power.
func parseHalves(s string, base int, powers []*big.Int) *big.Int {
	for len(powers) > 0 && len(s) <= leafDigits<<(len(powers)-1) {
		powers = powers[:len(powers)-1]
	}
	if len(powers) == 0 {
		return parseWords(s, base)
	}
	last := len(powers) - 1
	split := len(s) - leafDigits<<last
	high := parseHalves(s[:split], base, powers[:last])
	high.Mul(high, powers[last])
	return high.Add(high, parseHalves(s[split:], base, powers[:last]))
}

// parseWords adds the digits of s word by word.
func parseWords(s string, base int) *big.Int {
	if bits.UintSize < 64 {
		n, _ := new(big.Int).SetString(s, base)
		return n
	}
	// A word holds that many digits.
	digits, scale := 1, uint64(base)
	for {
		over, next := bits.Mul64(scale, uint64(base))
		if over != 0 {
			break
		}
		scale = next
		digits++
	}
	words := make([]big.Word, 0, len(s)/digits+1)
	end := (len(s)-1)%digits + 1
	for start := 0; start < len(s); start, end = end, end+digits {
		carry, at := uint64(0), start
		for ; base == 10 && end-at >= 8; at += 8 {
			carry = carry*1e8 + eightDigits(load8(s, at))
		}
		for ; at < end; at++ {
			carry = carry*uint64(base) + uint64(digitValues[s[at]])
		}
		for i, w := range words {
			hi, lo := bits.Mul64(uint64(w), scale)
			sum, over := bits.Add64(lo, carry, 0)
			words[i], carry = big.Word(sum), hi+over
		}
		if carry != 0 {
			words = append(words, big.Word(carry))
		}
	}
	return new(big.Int).SetBits(words)
}
