package libm

import "math"

// expReduced returns e**r - 1 for |r| <= log(2)/256, to about 2**-75 of 1.
func expReduced(r pair) pair {
	h := r.hi
	sq := twoProd(h, h)
	// r + r²/2 in pairs, the rest, below 2**-27, in one float.
	rest := h * sq.hi * (1.0/6 + h*(1.0/24+h*(1.0/120+h*(1.0/720+h*(1.0/5040)))))
	s := quickSum(h, sq.hi/2)
	lo := s.lo + (sq.lo/2 + r.lo + h*r.lo + rest)
	return quickSum(s.hi, lo)
}

// expPair is e**(x.hi+x.lo) as a pair and a power of two. |x| < 1e4.
func expPair(x pair) (p pair, e int) {
	kf := math.RoundToEven(x.hi * (128 * 1.4426950408889634))
	k := int(kf)
	// The first products are exact, and so is the difference from x.
	r := twoSum(x.hi-float64(kf*expStep[0]), -float64(kf*expStep[1]))
	r = r.addFloat(x.lo)
	c := twoProd(kf, -expStep[2])
	r = r.add(c)
	t := expTable[k&127]
	q := expReduced(r)
	p = t.mul(q)
	s := quickSum(t.hi, p.hi)
	return quickSum(s.hi, s.lo+(p.lo+t.lo)), k >> 7
}

// Exp is e**x.
func Exp(x float64) float64 {
	switch {
	case x != x || x > 1e4:
		return x * math.Inf(1)
	case x < -1e4:
		return 0
	case x > -0x1p-54 && x < 0x1p-54:
		return 1 + x
	}
	p, e := expPair(pair{x, 0})
	return p.scale(e)
}

// Exp2 is 2**x.
func Exp2(x float64) float64 {
	switch {
	case x != x || x > 1e4:
		return x * math.Inf(1)
	case x < -1e4:
		return 0
	}
	kf := math.RoundToEven(x * 128)
	k := int(kf)
	r := ln2.mulFloat(x - kf/128)
	t := expTable[k&127]
	q := t.mul(expReduced(r))
	s := quickSum(t.hi, q.hi)
	return quickSum(s.hi, s.lo+(q.lo+t.lo)).scale(k >> 7)
}
