package object

import (
	"math/big"
	"math/bits"
)

func intPow(t *Thread, a, b Value) Value {
	x, p, ok := intParts(a)
	y, q, ok2 := intParts(b)
	if !ok || !ok2 {
		return NotImplemented
	}
	if y < 0 || q != nil && q.Sign() < 0 {
		f, ok := t.intFloat(x, p)
		if !ok {
			return Value{}
		}
		g, ok := t.intFloat(y, q)
		if !ok {
			return Value{}
		}
		return floatPow(t, MakeFloat(f), MakeFloat(g))
	}
	if p == nil {
		switch {
		case x == 1 || x == 0 && (y != 0 || q != nil):
			return MakeInt(x)
		case x == -1:
			if q != nil && q.Bit(0) == 0 || q == nil && y&1 == 0 {
				return MakeInt(1)
			}
			return MakeInt(-1)
		}
		if q == nil {
			if r, ok := pow64(x, y); ok {
				return MakeInt(r)
			}
		}
	}
	if q != nil {
		return t.RaiseNew(&MemoryErrorType)
	}
	if p == nil {
		p = big.NewInt(x)
	}
	if hi, lo := bits.Mul64(uint64(p.BitLen()-1), uint64(y)); hi != 0 || lo/bits.UintSize > maxWords {
		return t.RaiseNew(&MemoryErrorType)
	}
	if len(p.Bits()) == 1 && bits.UintSize == 64 {
		return t.powWord(uint64(p.Bits()[0]), p.Sign() < 0 && y&1 != 0, y)
	}
	return MakeBig(powBig(p, y))
}

// powWord is base**y, or its negative, where base is above 1, y above 0, and memory for the result is no question. Words have 64 bits.
func (t *Thread) powWord(base uint64, neg bool, y int64) Value {
	twos := uint(bits.TrailingZeros64(base)) * uint(y)
	base >>= uint(bits.TrailingZeros64(base))
	room := (uint(bits.Len64(base))*uint(y)+twos)/64 + 2
	// The bits of y from the highest on: in a word as long as it goes.
	r, i := uint64(1), bits.Len64(uint64(y))-1
	for ; i >= 0; i-- {
		hi, lo := bits.Mul64(r, r)
		if y>>uint(i)&1 != 0 && hi == 0 {
			hi, lo = bits.Mul64(lo, base)
		}
		if hi != 0 {
			break
		}
		r = lo
	}
	x := t.newBig(int(room))
	x.V.SetUint64(r)
	if i >= 0 {
		var one big.Int
		one.SetUint64(base)
		square := t.newBig(int(room))
		for ; i >= 0; i-- {
			square.V.Mul(&x.V, &x.V)
			x, square = square, x
			if y>>uint(i)&1 != 0 {
				x.V.Mul(&x.V, &one)
			}
		}
		t.dropBig(square)
	}
	x.V.Lsh(&x.V, twos)
	if neg {
		x.V.Neg(&x.V)
	}
	return x.finish(t)
}

// powBig is p**y. Powers of two times something small are shifts.
func powBig(p *big.Int, y int64) *big.Int {
	z := new(big.Int)
	if s := p.TrailingZeroBits(); s > 0 {
		z.Rsh(p, s)
		z.Exp(z, big.NewInt(y), nil)
		return z.Lsh(z, s*uint(y))
	}
	return z.Exp(p, big.NewInt(y), nil)
}

// pow64 is x**y for y >= 0, if it fits.
func pow64(x, y int64) (int64, bool) {
	r := int64(1)
	ok := true
	for {
		if y&1 != 0 {
			if r, ok = mul64(r, x); !ok {
				return 0, false
			}
		}
		if y >>= 1; y == 0 {
			return r, true
		}
		if x, ok = mul64(x, x); !ok {
			return 0, false
		}
	}
}

func intPow3(t *Thread, a, b, c Value) Value {
	x, p, ok := intParts(a)
	y, q, ok2 := intParts(b)
	if !ok || !ok2 {
		return NotImplemented
	}
	if c.IsNone() {
		return intPow(t, a, b)
	}
	z, m, ok := intParts(c)
	if !ok {
		return NotImplemented
	}
	if m == nil && z == 0 {
		return t.ValueErrorf("pow() 3rd argument cannot be 0")
	}
	if p == nil && q == nil && m == nil && y >= 0 && z > 0 {
		return MakeInt(powMod64(x, uint64(y), uint64(z)))
	}
	if p == nil {
		p = big.NewInt(x)
	}
	if q == nil {
		q = big.NewInt(y)
	}
	if m == nil {
		m = big.NewInt(z)
	}
	var base, mod big.Int
	mod.Abs(m)
	if mod.IsInt64() && mod.Int64() == 1 {
		return MakeInt(0)
	}
	base.Mod(p, &mod)
	r := t.newBig(words(&mod))
	if q.Sign() < 0 {
		if base.ModInverse(&base, &mod) == nil {
			return t.ValueErrorf("base is not invertible for the given modulus")
		}
		q = new(big.Int).Neg(q)
	}
	r.V.Exp(&base, q, &mod)
	if m.Sign() < 0 && r.V.Sign() != 0 {
		r.V.Add(&r.V, m)
	}
	return r.finish(t)
}

// powMod64 is x**y % z for z > 0.
func powMod64(x int64, y, z uint64) int64 {
	_, m := divMod64(x, int64(z))
	b, r := uint64(m), uint64(1)%z
	for ; y != 0; y >>= 1 {
		if y&1 != 0 {
			r = mulMod(r, b, z)
		}
		b = mulMod(b, b, z)
	}
	return int64(r)
}

func mulMod(x, y, z uint64) uint64 {
	hi, lo := bits.Mul64(x, y)
	if hi == 0 {
		return lo % z
	}
	_, r := bits.Div64(hi, lo, z)
	return r
}

// intFloat converts an int given by its parts to a float.
func (t *Thread) intFloat(x int64, p *big.Int) (float64, bool) {
	if p == nil {
		return float64(x), true
	}
	f, ok := BigFloat(p)
	if !ok {
		t.OverflowErrorf("int too large to convert to float")
	}
	return f, ok
}
