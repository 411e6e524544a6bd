package flowgraph

import (
	"math"
	"math/big"
)

// The functions here are those of C's math library that constant arithmetic needs,
// rounded once. Libraries do not promise that, but those in use rarely miss it, and
// Go's own miss it more often. Constants that need them are rare: time is no object.

// exactly is the precision in bits of what is rounded to 53 in the end.
const exactly = 384

func bigFloat(v float64) *big.Float { return new(big.Float).SetPrec(exactly).SetFloat64(v) }

func finite(v float64) bool { return v-v == 0 }

func round(v *big.Float) float64 {
	f, _ := v.Float64()
	return f
}

// power is C's pow.
func power(a, b float64) float64 {
	if a > 0 && finite(a) && finite(b) {
		return pow(a, b)
	}
	return math.Pow(a, b) // exact in all these cases
}

// pow returns a to the power of b, for finite a > 0 and finite b.
func pow(a, b float64) float64 {
	if a == 1 {
		return 1
	}
	switch size := b * math.Log2(a); {
	case size > 1100:
		return math.Inf(1)
	case size < -1200:
		return 0
	}
	whole, frac := math.Modf(math.Abs(b))
	r := bigFloat(1)
	// Squares of a for the bits of the whole exponent, from the lowest. An exponent
	// near 2**64, for a near 1, costs 64 bits of precision.
	n, _ := new(big.Float).SetFloat64(whole).Int(nil)
	p := bigFloat(a)
	for i := range n.BitLen() {
		if i > 0 {
			p.Mul(p, p)
		}
		if n.Bit(i) != 0 {
			r.Mul(r, p)
		}
	}
	// Roots for the bits behind the point, from the highest.
	p = bigFloat(a)
	for frac != 0 {
		p.Sqrt(p)
		if frac *= 2; frac >= 1 {
			r.Mul(r, p)
			frac--
		}
	}
	if b < 0 {
		r.Quo(bigFloat(1), r)
	}
	return round(r)
}

func hypot(a, b float64) float64 {
	if !finite(a) || !finite(b) {
		return math.Hypot(a, b)
	}
	x, y := bigFloat(a), bigFloat(b)
	s := new(big.Float).SetPrec(4*exactly).Mul(x, x)
	return round(s.Sqrt(s.Add(s, new(big.Float).SetPrec(4*exactly).Mul(y, y))))
}

// series returns the sum of next's terms until they no longer matter.
func series(prec uint, first *big.Float, next func(term *big.Float, i int64)) *big.Float {
	term := new(big.Float).SetPrec(prec).Set(first)
	sum := new(big.Float).SetPrec(prec).Set(first)
	for i := int64(1); term.Sign() != 0 && term.MantExp(nil) > sum.MantExp(nil)-int(prec); i++ {
		next(term, i)
		sum.Add(sum, term)
	}
	return sum
}

// arcTangent returns atan(t) for t of at most 1 to prec bits.
func arcTangent(t *big.Float, prec uint) *big.Float {
	if t.Sign() == 0 {
		return new(big.Float).SetPrec(prec)
	}
	// Halve the angle some times: atan(t) = 2 atan(t / (1 + sqrt(1 + t*t))).
	const halvings = 8
	t = new(big.Float).SetPrec(prec).Set(t)
	one := big.NewFloat(1)
	for range halvings {
		s := new(big.Float).SetPrec(prec).Mul(t, t)
		s.Sqrt(s.Add(s, one))
		t.Quo(t, s.Add(s, one))
	}
	square := new(big.Float).SetPrec(prec).Mul(t, t)
	odd := new(big.Float).SetPrec(prec).Set(t)
	sum := series(prec, t, func(term *big.Float, i int64) {
		odd.Mul(odd, square)
		term.Quo(odd, new(big.Float).SetPrec(prec).SetInt64(2*i+1))
		if i%2 != 0 {
			term.Neg(term)
		}
	})
	return sum.SetMantExp(sum, halvings)
}

// pi returns pi to prec bits.
func pi(prec uint) *big.Float {
	p := arcTangent(big.NewFloat(1), prec)
	return p.SetMantExp(p, 2)
}

// arctan is C's atan2.
func arctan(y, x float64) float64 {
	if !finite(x) || !finite(y) || y == 0 || x == 0 {
		return math.Atan2(y, x) // 0 or a multiple of pi/4
	}
	num, den := bigFloat(math.Abs(y)), bigFloat(math.Abs(x))
	steep := num.Cmp(den) > 0
	if steep {
		num, den = den, num
	}
	r := arcTangent(num.Quo(num, den), exactly)
	if steep {
		half := pi(exactly)
		r.Sub(half.SetMantExp(half, -1), r)
	}
	if x < 0 {
		r.Sub(pi(exactly), r)
	}
	return math.Copysign(round(r), y)
}

func exp(v float64) float64 {
	if !finite(v) || v > 800 || v < -800 {
		return math.Exp(v)
	}
	// exp(v) = exp(v / 2**20) ** 2**20
	const squarings = 20
	x := bigFloat(v)
	x.SetMantExp(x, -squarings)
	sum := series(exactly, bigFloat(1), func(term *big.Float, i int64) {
		term.Quo(term.Mul(term, x), new(big.Float).SetInt64(i))
	})
	for range squarings {
		sum.Mul(sum, sum)
	}
	return round(sum)
}

func log(v float64) float64 {
	if !finite(v) || v <= 0 || v == 1 {
		return math.Log(v)
	}
	// log(v) = 2 atanh((v-1) / (v+1)), after some roots that bring v near 1.
	const roots = 16
	x := bigFloat(v)
	for range roots {
		x.Sqrt(x)
	}
	one := big.NewFloat(1)
	z := new(big.Float).SetPrec(exactly).Sub(x, one)
	z.Quo(z, x.Add(x, one))
	square := new(big.Float).SetPrec(exactly).Mul(z, z)
	odd := new(big.Float).SetPrec(exactly).Set(z)
	sum := series(exactly, z, func(term *big.Float, i int64) {
		odd.Mul(odd, square)
		term.Quo(odd, new(big.Float).SetInt64(2*i+1))
	})
	return round(sum.SetMantExp(sum, roots+1))
}

func sincos(v float64) (sin, cos float64) {
	if !finite(v) || v == 0 {
		return math.Sincos(v)
	}
	// Take off as many quarters of the circle as there are; a big v wants pi to
	// many more bits.
	prec := uint(exactly)
	if _, e := math.Frexp(v); e > 0 {
		prec += uint(e)
	}
	x := new(big.Float).SetPrec(prec).SetFloat64(v)
	quarter := pi(prec)
	quarter.SetMantExp(quarter, -1)
	n, _ := new(big.Float).SetPrec(prec).Quo(x, quarter).Int(nil)
	x.Sub(x, new(big.Float).SetPrec(prec).Mul(quarter, new(big.Float).SetPrec(prec).SetInt(n)))
	square := new(big.Float).SetPrec(prec).Mul(x, x)
	alternate := func(first int64) func(*big.Float, int64) {
		return func(term *big.Float, i int64) {
			k := 2*i + first
			term.Quo(term.Mul(term, square), new(big.Float).SetInt64(k*(k-1)))
			term.Neg(term)
		}
	}
	s := round(series(prec, x, alternate(1)))
	c := round(series(prec, new(big.Float).SetPrec(prec).SetInt64(1), alternate(0)))
	switch new(big.Int).And(n, big.NewInt(3)).Int64() {
	case 1:
		return c, -s
	case 2:
		return -s, -c
	case 3:
		return -c, s
	}
	return s, c
}
