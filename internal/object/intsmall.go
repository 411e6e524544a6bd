package object

import (
	"math/big"
	"math/bits"
)

// Ints of up to 128 bits: programs that hash, or count in 64 bits, make many of them. Their arithmetic is done
// in registers; only the result, if it does not fit an int64, takes memory.

// mag is an int as sign and magnitude.
type mag struct {
	hi, lo uint64
	neg    bool
}

// magOf returns the int that intParts has taken apart, if it is small enough.
func magOf(x int64, p *big.Int) (mag, bool) {
	if p == nil {
		if x < 0 {
			return mag{0, -uint64(x), true}, true
		}
		return mag{0, uint64(x), false}, true
	}
	w := p.Bits()
	if bits.UintSize != 64 || len(w) > 2 {
		return mag{}, false
	}
	m := mag{0, uint64(w[0]), p.Sign() < 0}
	if len(w) == 2 {
		m.hi = uint64(w[1])
	}
	return m, true
}

// smallBox is an intBox for two words.
type smallBox struct {
	Int
	z big.Int
	w [2]big.Word
}

// value returns the int.
func (m mag) value() Value {
	if m.hi == 0 {
		if !m.neg && int64(m.lo) >= 0 {
			return MakeInt(int64(m.lo))
		}
		if m.neg && m.lo <= 1<<63 {
			return MakeInt(-int64(m.lo))
		}
	}
	if bits.UintSize != 64 {
		z := new(big.Int).SetUint64(m.hi)
		z.Lsh(z, 64)
		z.Or(z, new(big.Int).SetUint64(m.lo))
		if m.neg {
			z.Neg(z)
		}
		return MakeBig(z)
	}
	b := &smallBox{}
	b.Type, b.V = &IntType, &b.z
	b.w[0], b.w[1] = big.Word(m.lo), big.Word(m.hi)
	n := 1
	if m.hi != 0 {
		n = 2
	}
	b.z.SetBits(b.w[:n])
	if m.neg {
		b.z.Neg(&b.z)
	}
	return Of(&b.Int)
}

// addMags returns the sum; no value if it has more than 128 bits.
func addMags(a, b mag) Value {
	if a.neg == b.neg {
		lo, c := bits.Add64(a.lo, b.lo, 0)
		hi, c := bits.Add64(a.hi, b.hi, c)
		if c != 0 {
			return Value{}
		}
		return mag{hi, lo, a.neg}.value()
	}
	if a.hi < b.hi || a.hi == b.hi && a.lo < b.lo {
		a, b = b, a
	}
	lo, c := bits.Sub64(a.lo, b.lo, 0)
	hi, _ := bits.Sub64(a.hi, b.hi, c)
	return mag{hi, lo, a.neg}.value()
}

// mulMags returns the product; no value if it may have more than 128 bits.
func mulMags(a, b mag) Value {
	if a.hi != 0 {
		a, b = b, a
	}
	if a.hi != 0 {
		return Value{}
	}
	hi, lo := bits.Mul64(a.lo, b.lo)
	if b.hi != 0 {
		over, h := bits.Mul64(a.lo, b.hi)
		var c uint64
		if hi, c = bits.Add64(hi, h, 0); over+c != 0 {
			return Value{}
		}
	}
	return mag{hi, lo, a.neg != b.neg}.value()
}

// bitMags returns a op b; no value if one is negative.
func bitMags(a, b mag, op byte) Value {
	if a.neg || b.neg {
		return Value{}
	}
	switch op {
	case '&':
		return mag{a.hi & b.hi, a.lo & b.lo, false}.value()
	case '|':
		return mag{a.hi | b.hi, a.lo | b.lo, false}.value()
	}
	return mag{a.hi ^ b.hi, a.lo ^ b.lo, false}.value()
}

// maskBig returns z & m for any z, where m has one word; it needs the lowest word of z only.
func maskBig(z *big.Int, m uint64) Value {
	lo := uint64(z.Bits()[0])
	if z.Sign() < 0 {
		lo = -lo
	}
	return mag{0, lo & m, false}.value()
}

// divMags is floor division by a divisor of one word; no value if it has more, and when the quotient would overflow.
func divMags(a, b mag, wantDiv, wantMod bool) (d, m Value) {
	if b.hi != 0 {
		return Value{}, Value{}
	}
	qhi, rem := a.hi/b.lo, a.hi%b.lo
	qlo, rem := bits.Div64(rem, a.lo, b.lo)
	neg := a.neg != b.neg
	if rem != 0 && neg {
		var c uint64
		qlo, c = bits.Add64(qlo, 1, 0)
		if qhi, c = bits.Add64(qhi, 0, c); c != 0 {
			return Value{}, Value{}
		}
		rem = b.lo - rem
	}
	d, m = None, None
	if wantDiv {
		d = mag{qhi, qlo, neg}.value()
	}
	if wantMod {
		m = mag{0, rem, b.neg}.value()
	}
	return d, m
}

// rshift is m >> n for m that is not negative.
func (m mag) rshift(n uint64) Value {
	switch {
	case n >= 128:
		return MakeInt(0)
	case n >= 64:
		return mag{0, m.hi >> (n - 64), false}.value()
	}
	return mag{m.hi >> n, m.lo>>n | m.hi<<(64-n), false}.value()
}

// lshift is m << n; no value if it has more than 128 bits.
func (m mag) lshift(n uint64) Value {
	length := bits.Len64(m.lo)
	if m.hi != 0 {
		length = 64 + bits.Len64(m.hi)
	}
	if n >= 128 || uint64(length)+n > 128 {
		return Value{}
	}
	if n >= 64 {
		return mag{m.lo << (n - 64), 0, m.neg}.value()
	}
	return mag{m.hi<<n | m.lo>>(64-n), m.lo << n, m.neg}.value()
}
