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

// value returns the int. The thread may be nil.
func (m mag) value(t *Thread) Value {
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
	var x *Int
	if t != nil {
		x = t.reuseBig(2)
	} else {
		x = allocBig(2)
	}
	w := x.V.Bits()[:2]
	w[0], w[1] = big.Word(m.lo), big.Word(m.hi)
	if m.hi == 0 {
		w = w[:1]
	}
	setWords(&x.V, w, m.neg)
	return Of(x)
}

// addMags returns the sum; no value if it has more than 128 bits.
func addMags(t *Thread, a, b mag) Value {
	if a.neg == b.neg {
		lo, c := bits.Add64(a.lo, b.lo, 0)
		hi, c := bits.Add64(a.hi, b.hi, c)
		if c != 0 {
			return Value{}
		}
		return mag{hi, lo, a.neg}.value(t)
	}
	if a.hi < b.hi || a.hi == b.hi && a.lo < b.lo {
		a, b = b, a
	}
	lo, c := bits.Sub64(a.lo, b.lo, 0)
	hi, _ := bits.Sub64(a.hi, b.hi, c)
	return mag{hi, lo, a.neg}.value(t)
}

// mulMags returns the product; no value if it may have more than 128 bits.
func mulMags(t *Thread, a, b mag) Value {
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
	return mag{hi, lo, a.neg != b.neg}.value(t)
}

// bitMags returns a op b; no value if one is negative.
func bitMags(t *Thread, a, b mag, op byte) Value {
	if a.neg || b.neg {
		return Value{}
	}
	switch op {
	case '&':
		return mag{a.hi & b.hi, a.lo & b.lo, false}.value(t)
	case '|':
		return mag{a.hi | b.hi, a.lo | b.lo, false}.value(t)
	}
	return mag{a.hi ^ b.hi, a.lo ^ b.lo, false}.value(t)
}

// maskBig returns z & m for any z, where m has one word; it needs the lowest word of z only.
func maskBig(t *Thread, z *big.Int, m uint64) Value {
	lo := uint64(z.Bits()[0])
	if z.Sign() < 0 {
		lo = -lo
	}
	return mag{0, lo & m, false}.value(t)
}

// divMags is floor division; no value when the quotient would overflow.
func divMags(t *Thread, a, b mag, wantDiv, wantMod bool) (d, m Value) {
	var q, r mag
	if b.hi == 0 {
		q.hi, r.lo = a.hi/b.lo, a.hi%b.lo
		q.lo, r.lo = bits.Div64(r.lo, a.lo, b.lo)
	} else {
		q.lo, r = divWide(a, b)
	}
	q.neg, r.neg = a.neg != b.neg, b.neg
	if r.hi|r.lo != 0 && q.neg {
		var c uint64
		q.lo, c = bits.Add64(q.lo, 1, 0)
		if q.hi, c = bits.Add64(q.hi, 0, c); c != 0 {
			return Value{}, Value{}
		}
		r.lo, c = bits.Sub64(b.lo, r.lo, 0)
		r.hi, _ = bits.Sub64(b.hi, r.hi, c)
	}
	d, m = None, None
	if wantDiv {
		d = q.value(t)
	}
	if wantMod {
		m = r.value(t)
	}
	return d, m
}

// divWide divides magnitudes, of which the divisor has two words.
func divWide(a, b mag) (q uint64, r mag) {
	// The quotient by the highest bits of b, half of a before them, is right or one too large.
	s := uint(bits.LeadingZeros64(b.hi))
	top := b.hi<<s | b.lo>>1>>(63-s)
	q, _ = bits.Div64(a.hi>>1, a.hi<<63|a.lo>>1, top)
	if q >>= 63 - s; q != 0 {
		q--
	}
	hi, lo := bits.Mul64(q, b.lo)
	hi += q * b.hi
	var c uint64
	r.lo, c = bits.Sub64(a.lo, lo, 0)
	r.hi, _ = bits.Sub64(a.hi, hi, c)
	if lo, c := bits.Sub64(r.lo, b.lo, 0); true {
		if hi, c := bits.Sub64(r.hi, b.hi, c); c == 0 {
			q++
			r.lo, r.hi = lo, hi
		}
	}
	return q, r
}

// rshift is m >> n for m that is not negative.
func (m mag) rshift(t *Thread, n uint64) Value {
	switch {
	case n >= 128:
		return MakeInt(0)
	case n >= 64:
		return mag{0, m.hi >> (n - 64), false}.value(t)
	}
	return mag{m.hi >> n, m.lo>>n | m.hi<<(64-n), false}.value(t)
}

// lshift is m << n; no value if it has more than 128 bits.
func (m mag) lshift(t *Thread, n uint64) Value {
	length := bits.Len64(m.lo)
	if m.hi != 0 {
		length = 64 + bits.Len64(m.hi)
	}
	if n >= 128 || uint64(length)+n > 128 {
		return Value{}
	}
	if n >= 64 {
		return mag{m.lo << (n - 64), 0, m.neg}.value(t)
	}
	return mag{m.hi<<n | m.lo>>(64-n), m.lo << n, m.neg}.value(t)
}
