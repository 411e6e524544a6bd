package marshal

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"strconv"
	"strings"

	"github.com/krait-py/krait/code"
)

// long reads type code l: a signed count of digits of 15 bits, least
// significant first.
func (p *reader) long(off int, c byte) code.Value {
	n := int(p.word(off, "int"))
	if p.err != nil {
		return nil
	}
	if n < -math.MaxInt32 {
		p.fail(off, ErrValue, fmt.Sprintf("int of %d digits", n), "want at least -2147483647")
		return nil
	}
	digits := n
	if n < 0 {
		digits = -n
	}
	if digits > p.left()/2 {
		p.short(off, "int of "+count(digits, "digit", "digits"))
		return nil
	}
	s := p.s[p.pos : p.pos+2*digits]
	p.pos += 2 * digits
	for i := 1; i < len(s); i += 2 {
		if s[i]&0x80 != 0 {
			p.fail(off, ErrValue, fmt.Sprintf("int whose digit %d is %d", i/2, int(s[i])<<8|int(s[i-1])), "want less than 32768")
			return nil
		}
	}
	if digits > 0 && s[2*digits-1] == 0 && s[2*digits-2] == 0 {
		p.fail(off, ErrValue, "int whose highest digit is 0", "want none such")
		return nil
	}
	if digits <= 4 {
		var x int64
		for i := 2*digits - 2; i >= 0; i -= 2 {
			x = x<<15 | int64(s[i]) | int64(s[i+1])<<8
		}
		if n < 0 {
			x = -x
		}
		return p.int(x, c)
	}
	// Repack 15-bit digits as machine words.
	words := make([]big.Word, (15*digits+bits.UintSize-1)/bits.UintSize)
	for i := range digits {
		d := big.Word(s[2*i]) | big.Word(s[2*i+1])<<8
		w, sh := 15*i/bits.UintSize, 15*i%bits.UintSize
		words[w] |= d << sh
		if sh > bits.UintSize-15 && w+1 < len(words) {
			words[w+1] |= d >> (bits.UintSize - sh)
		}
	}
	b := new(big.Int).SetBits(words)
	if n < 0 {
		b.Neg(b)
	}
	if b.IsInt64() {
		return p.int(b.Int64(), c)
	}
	v := p.int(0, c)
	v.Big = b
	return v
}

func (p *reader) float64(off int, what string) float64 {
	lo := uint32(p.word(off, what))
	hi := uint32(p.word(off, what))
	return math.Float64frombits(uint64(hi)<<32 | uint64(lo))
}

// floatText reads a float written as text, with a length of one byte.
func (p *reader) floatText(off int, what string) (string, float64) {
	if p.err != nil {
		return "", 0
	}
	s, ok := p.short1(off, what)
	if !ok {
		return "", 0
	}
	x, ok := parseFloat(s)
	if !ok {
		p.fail(off, ErrValue, fmt.Sprintf("%s %q", what, s), "want a decimal number")
	}
	return s, x
}

func (p *reader) float(off int, c byte) code.Value {
	v := &code.Float{Form: code.Form(c)}
	if c&^flagRef == typeFloat {
		v.Text, v.V = p.floatText(off, "float")
	} else {
		v.V = p.float64(off, "float")
	}
	if p.err != nil {
		return nil
	}
	return v
}

func (p *reader) complex(off int, c byte) code.Value {
	v := &code.Complex{Form: code.Form(c)}
	if c&^flagRef == typeComplex {
		v.ReText, v.Re = p.floatText(off, "complex")
		v.ImText, v.Im = p.floatText(off, "complex")
	} else {
		v.Re = p.float64(off, "complex")
		v.Im = p.float64(off, "complex")
	}
	if p.err != nil {
		return nil
	}
	return v
}

// parseFloat reads what PyOS_string_to_double takes: decimal, inf, infinity
// and nan in any case, up to a NUL if there is one. Too large is infinite.
func parseFloat(s string) (float64, bool) {
	s, _, _ = strings.Cut(s, "\x00")
	if strings.ContainsAny(s, "_xXpP") {
		return 0, false
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil && !math.IsInf(x, 0) {
		// ParseFloat knows no signed NaN, C does.
		if len(s) == 4 && (s[0] == '-' || s[0] == '+') && strings.EqualFold(s[1:], "nan") {
			return math.NaN(), true
		}
		return 0, false
	}
	return x, true
}

// formatFloat returns C's %.17g, which is how versions 0 and 1 of the format
// write floats.
func formatFloat(x float64) string {
	switch {
	case math.IsNaN(x):
		return "nan"
	case math.IsInf(x, 1):
		return "inf"
	case math.IsInf(x, -1):
		return "-inf"
	}
	return strconv.FormatFloat(x, 'g', 17, 64)
}
