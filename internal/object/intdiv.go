package object

import (
	"math"
	"math/big"
	"math/bits"
)

func (t *Thread) divisionByZero() Value {
	return t.Raisef(&ZeroDivisionErrorType, "division by zero")
}

// divMod64 is floor division; y is not 0 and the quotient fits.
func divMod64(x, y int64) (q, r int64) {
	q, r = x/y, x%y
	if r != 0 && r^y < 0 {
		q--
		r += y
	}
	return q, r
}

func intFloorDiv(t *Thread, a, b Value) Value {
	x, p, ok := intParts(a)
	y, q, ok2 := intParts(b)
	if !ok || !ok2 {
		return NotImplemented
	}
	if p == nil && q == nil {
		switch y {
		case 0:
			return t.divisionByZero()
		case -1:
			return intNeg(t, MakeInt(x))
		}
		d, _ := divMod64(x, y)
		return MakeInt(d)
	}
	d, _, ok := bigDivMod(t, x, p, y, q, true, false)
	if !ok {
		return Value{}
	}
	return d
}

func intMod(t *Thread, a, b Value) Value {
	x, p, ok := intParts(a)
	y, q, ok2 := intParts(b)
	if !ok || !ok2 {
		return NotImplemented
	}
	if p == nil && q == nil {
		switch y {
		case 0:
			return t.divisionByZero()
		case -1:
			return MakeInt(0)
		}
		_, r := divMod64(x, y)
		return MakeInt(r)
	}
	_, r, ok := bigDivMod(t, x, p, y, q, false, true)
	if !ok {
		return Value{}
	}
	return r
}

func intDivmod(t *Thread, a, b Value) Value {
	x, p, ok := intParts(a)
	y, q, ok2 := intParts(b)
	if !ok || !ok2 {
		return NotImplemented
	}
	r := MakeTuple(2)
	if p == nil && q == nil && y != -1 {
		if y == 0 {
			return t.divisionByZero()
		}
		d, m := divMod64(x, y)
		r.Items()[0], r.Items()[1] = MakeInt(d), MakeInt(m)
		return Of(r)
	}
	r.Items()[0], r.Items()[1], ok = bigDivMod(t, x, p, y, q, true, true)
	if !ok {
		return Value{}
	}
	return Of(r)
}

// bigDivMod is floor division of operands of which one may be big.
func bigDivMod(t *Thread, x int64, p *big.Int, y int64, q *big.Int, wantDiv, wantMod bool) (d, m Value, ok bool) {
	if q == nil && y == 0 {
		t.divisionByZero()
		return Value{}, Value{}, false
	}
	if a, ok := magOf(x, p); ok {
		if b, ok := magOf(y, q); ok {
			if d, m := divMags(t, a, b, wantDiv, wantMod); d.P != nil {
				return d, m, true
			}
		}
	}
	if p == nil {
		p = big.NewInt(x)
	}
	if q == nil {
		q = big.NewInt(y)
	}
	if d, m, ok := t.divByTop(p, q, wantDiv, wantMod); ok {
		return d, m, true
	}
	quo, rem := quoRem(t, p, q, wantDiv)
	if rem.V.Sign() != 0 && rem.V.Sign() != q.Sign() {
		if wantDiv {
			quo.V.Sub(&quo.V, big.NewInt(1))
		}
		if wantMod {
			rem.V.Add(&rem.V, q)
		}
	}
	d, m = None, None
	if wantDiv {
		d = quo.finish(t)
	} else if quo != nil {
		t.dropBig(quo)
	}
	if wantMod {
		if k := words(q); !rem.fits(k) {
			r := t.newBig(k)
			r.V.Set(&rem.V)
			t.dropBig(rem)
			rem = r
		}
		m = rem.finish(t)
	} else {
		t.dropBig(rem)
	}
	return d, m, true
}

// maxTopQuotient is how many bits a quotient may have more than one that divByTop finds.
const maxTopQuotient = 31

// divByTop is floor division where the quotient is so small that the highest bits of the operands, of any sign, nearly always say what it is. The remainder then takes
// a multiplication by one word. ok is false when this does not work.
func (t *Thread) divByTop(p, q *big.Int, wantDiv, wantMod bool) (d, m Value, ok bool) {
	low := q.BitLen() - 64 // the lowest bit of what is looked at
	grown := p.BitLen() - q.BitLen()
	if bits.UintSize != 64 || low < 0 || grown < 0 || grown > maxTopQuotient {
		return Value{}, Value{}, false
	}
	// The operands are between these, times 2**low, and one more.
	v := topBits(q, low)
	u := mag{topBits(p, low+64), topBits(p, low), false}
	if v == 1<<64-1 || u.lo == 1<<64-1 {
		return Value{}, Value{}, false
	}
	k, _ := bits.Div64(u.hi, u.lo, v+1)
	if k2, _ := bits.Div64(u.hi, u.lo+1, v); k2 != k {
		return Value{}, Value{}, false
	}
	neg := p.Sign() != q.Sign()
	d, m = None, None
	if wantMod || neg {
		r := t.newBig(words(q) + 1)
		x := int64(k)
		if neg {
			x = -x
		}
		r.V.Mul(q, big.NewInt(x))
		r.V.Sub(p, &r.V)
		if neg && r.V.Sign() != 0 {
			r.V.Add(&r.V, q)
			k++
		}
		if wantMod {
			m = r.finish(t)
		} else {
			t.dropBig(r)
		}
	}
	if wantDiv {
		d = MakeInt(int64(k))
		if neg {
			d = MakeInt(-int64(k))
		}
	}
	return d, m, true
}

// topBits returns 64 bits of the magnitude of z from bit i on. Words have 64 bits.
func topBits(z *big.Int, i int) uint64 {
	w := z.Bits()
	n, s := i/64, uint(i%64)
	if n >= len(w) {
		return 0
	}
	x := uint64(w[n]) >> s
	if s != 0 && n+1 < len(w) {
		x |= uint64(w[n+1]) << (64 - s)
	}
	return x
}

// exactFloat bounds the ints that a float64 represents exactly.
const exactFloat = 1 << 53

func intTrueDiv(t *Thread, a, b Value) Value {
	x, p, ok := intParts(a)
	y, q, ok2 := intParts(b)
	if !ok || !ok2 {
		return NotImplemented
	}
	if p == nil && q == nil && x <= exactFloat && x >= -exactFloat && y <= exactFloat && y >= -exactFloat {
		if y == 0 {
			return t.divisionByZero()
		}
		return MakeFloat(float64(x) / float64(y))
	}
	if q == nil && y == 0 {
		return t.divisionByZero()
	}
	if p == nil {
		p = big.NewInt(x)
	}
	if q == nil {
		q = big.NewInt(y)
	}
	f, ok := QuoFloat(p, q)
	if !ok {
		return t.OverflowErrorf("integer division result too large for a float")
	}
	return MakeFloat(f)
}

// QuoFloat returns p/q correctly rounded, q not 0. ok is false when that is beyond the range of floats.
func QuoFloat(p, q *big.Int) (f float64, ok bool) {
	if p.Sign() == 0 {
		if q.Sign() < 0 {
			return math.Copysign(0, -1), true
		}
		return 0, true
	}
	neg := p.Sign() != q.Sign()
	// The quotient is between 2**(e-1) and 2**(e+1).
	e := p.BitLen() - q.BitLen()
	if e > 1025 {
		return 0, false
	}
	if e < -1080 {
		if neg {
			return math.Copysign(0, -1), true
		}
		return 0, true
	}
	// Scale so that the integer quotient has at least 55 bits, and fold the remainder into its last bit: rounding that to
	// 53 bits, or to the fewer of a subnormal, is then correct.
	shift := 55 - e
	var n, d, r big.Int
	n.Abs(p)
	d.Abs(q)
	if shift > 0 {
		n.Lsh(&n, uint(shift))
	} else {
		d.Lsh(&d, uint(-shift))
	}
	n.QuoRem(&n, &d, &r)
	m := n.Uint64() // at most 57 bits
	if r.Sign() != 0 {
		m |= 1
	}
	f = ldexpRound(m, -shift)
	if math.IsInf(f, 0) {
		return 0, false
	}
	if neg {
		f = -f
	}
	return f, true
}

// ldexpRound returns m * 2**e rounded once, half to even. The last bit of m is sticky: it stands for all below.
func ldexpRound(m uint64, e int) float64 {
	if m == 0 {
		return 0
	}
	n := bits.Len64(m)
	// The value is below 2**(n+e); its last place is 2**(n+e-53), or 2**-1074 for subnormals.
	drop := n - 53
	if low := -1074 - e; low > drop {
		drop = low
	}
	if drop > 0 {
		if drop > 63 {
			return 0
		}
		half := uint64(1) << (drop - 1)
		rest := m & (half<<1 - 1)
		m >>= uint(drop)
		if rest > half || rest == half && m&1 != 0 {
			m++
		}
		e += drop
	}
	return math.Ldexp(float64(m), e)
}

// BigFloat returns the float nearest to z; ok is false if z is too large for one.
func BigFloat(z *big.Int) (f float64, ok bool) {
	n := z.BitLen()
	if n > 1024 {
		return 0, false
	}
	if n <= 64 {
		var m uint64
		for i, w := range z.Bits() {
			m |= uint64(w) << (i * bits.UintSize)
		}
		f = float64(m)
	} else {
		var top, rest big.Int
		top.Abs(z)
		shift := uint(n - 64)
		rest.Rsh(&top, shift)
		m := rest.Uint64()
		if top.TrailingZeroBits() < shift {
			m |= 1
		}
		f = ldexpRound(m, int(shift))
	}
	if math.IsInf(f, 0) {
		return 0, false
	}
	if z.Sign() < 0 {
		f = -f
	}
	return f, true
}
