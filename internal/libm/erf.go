package libm

import "math"

// erfPair is erf(x) for 0 <= x < 3.
func erfPair(x float64) pair {
	i := int(x*16 + 0.5)
	a := float64(i) / 16
	d := x - a
	// The derivative is 2/sqrt(π) exp(-x²); its Taylor coefficients follow from g' = -2xg.
	p, e := expPair(neg(twoProd(a, a)))
	f := power2(e)
	t := twoOverSqrtPi.mul(pair{p.hi * f, p.lo * f})
	var before pair
	sum := erfTable[i]
	power := pair{d, 0}
	for n := 1; n < 30; n++ {
		term := t.mul(power).div(pair{float64(n), 0})
		sum = sum.add(term)
		if term.hi != 0 && math.Abs(term.hi) < math.Abs(sum.hi)*0x1p-80 || d == 0 {
			break
		}
		t, before = t.mulFloat(a).add(before).mulFloat(-2).div(pair{float64(n), 0}), t
		power = power.mulFloat(d)
	}
	return sum
}

// erfcPair is erfc(x) for 0.4 < x < 28, as a pair and a power of two.
func erfcPair(x float64) (pair, int) {
	i := int(x*16 + 0.5)
	a := float64(i) / 16
	d := x - a
	// w(x) = exp(x²) erfc(x) has w' = 2xw - 2/sqrt(π).
	t := erfcxTable[i]
	before := twoOverSqrtPi.mulFloat(-0.5)
	sum := t
	power := pair{1, 0}
	for n := 1; n < 30; n++ {
		t, before = t.mulFloat(a).add(before).mulFloat(2).div(pair{float64(n), 0}), t
		power = power.mulFloat(d)
		term := t.mul(power)
		sum = sum.add(term)
		if term.hi != 0 && math.Abs(term.hi) < sum.hi*0x1p-80 || d == 0 {
			break
		}
	}
	p, e := expPair(neg(twoProd(x, x)))
	return p.mul(sum), e
}

// Erf is the error function.
func Erf(x float64) float64 {
	a := math.Abs(x)
	switch {
	case x != x || x == 0:
		return x
	case a > 6:
		return math.Copysign(1, x)
	case a < 0x1p-30:
		return twoOverSqrtPi.mulFloat(x).float()
	case a < 3:
		return math.Copysign(erfPair(a).float(), x)
	}
	p, e := erfcPair(a)
	f := power2(e)
	return math.Copysign(neg(pair{p.hi * f, p.lo * f}).addFloat(1).float(), x)
}

// Erfc is 1 - Erf(x), without loss for a large x.
func Erfc(x float64) float64 {
	switch {
	case x != x:
		return x
	case x > 28:
		return 0
	case x < -6:
		return 2
	case x < 0.5:
		if x < -3 {
			p, e := erfcPair(-x)
			f := power2(e)
			return neg(pair{p.hi * f, p.lo * f}).addFloat(2).float()
		}
		r := erfPair(math.Abs(x))
		if x > 0 {
			r = neg(r)
		}
		return r.addFloat(1).float()
	}
	p, e := erfcPair(x)
	return p.scale(e)
}
