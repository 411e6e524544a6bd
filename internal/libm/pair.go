package libm

import "math"

// pair is the exact sum of two floats; lo is at most half a unit in the last place of hi.
type pair struct{ hi, lo float64 }

// twoSum is a + b exactly.
func twoSum(a, b float64) pair {
	s := a + b
	t := s - a
	return pair{s, (a - (s - t)) + (b - t)}
}

// quickSum is a + b exactly, for |a| >= |b|.
func quickSum(a, b float64) pair {
	s := a + b
	return pair{s, b - (s - a)}
}

// add is p + q.
func (p pair) add(q pair) pair {
	s := twoSum(p.hi, q.hi)
	t := twoSum(p.lo, q.lo)
	s = quickSum(s.hi, s.lo+t.hi)
	return quickSum(s.hi, s.lo+t.lo)
}

// addFloat is p + x.
func (p pair) addFloat(x float64) pair {
	s := twoSum(p.hi, x)
	return quickSum(s.hi, s.lo+p.lo)
}

// mul is p * q.
func (p pair) mul(q pair) pair {
	m := twoProd(p.hi, q.hi)
	m.lo += float64(p.hi*q.lo) + float64(p.lo*q.hi)
	return quickSum(m.hi, m.lo)
}

// mulFloat is p * x.
func (p pair) mulFloat(x float64) pair {
	m := twoProd(p.hi, x)
	m.lo += float64(p.lo * x)
	return quickSum(m.hi, m.lo)
}

// div is p / q.
func (p pair) div(q pair) pair {
	d := p.hi / q.hi
	r := p.add(q.mulFloat(-d))
	e := r.hi / q.hi
	r = r.add(q.mulFloat(-e))
	s := quickSum(d, e)
	return quickSum(s.hi, s.lo+r.hi/q.hi)
}

// sqrt is the square root of p > 0.
func (p pair) sqrt() pair {
	s := math.Sqrt(p.hi)
	r := p.add(neg(twoProd(s, s)))
	return quickSum(s, (r.hi+r.lo)/(2*s))
}

func neg(p pair) pair { return pair{-p.hi, -p.lo} }

// float is p rounded.
func (p pair) float() float64 { return p.hi + p.lo }

// scale is p * 2**e rounded once, also where that is subnormal.
func (p pair) scale(e int) float64 {
	if p.hi == 0 {
		return p.hi
	}
	top := int(math.Float64bits(p.hi)>>52&0x7ff) - 1023 + e
	switch {
	case top > 1024:
		return math.Inf(1) * p.hi
	case top >= -1020:
		if e >= -1000 && e <= 1000 {
			return p.float() * power2(e)
		}
		return math.Ldexp(p.float(), e)
	case top < -1080:
		return 0 * p.hi
	}
	// The sum is rounded where 2**-1074 is after scaling.
	c := math.Ldexp(1.5, 52-1074-e)
	s := twoSum(c, p.hi)
	return math.Ldexp((s.hi+(s.lo+p.lo))-c, e)
}

// power2 is 2**e for -1022 <= e <= 1023.
func power2(e int) float64 { return math.Float64frombits(uint64(e+1023) << 52) }
