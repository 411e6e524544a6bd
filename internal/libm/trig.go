package libm

import (
	"math"
	"math/bits"
)

// sinEntry has the sine and cosine of a number.
type sinEntry struct{ sin, cos pair }

// reduce returns x minus a multiple of π/2, which is in [-π/4, π/4] or hardly beyond, and the multiple's
// last two bits. x is finite.
func reduce(x float64) (pair, int) {
	if x >= -0.785 && x <= 0.785 {
		return pair{x, 0}, 0
	}
	if x < 1e7 && x > -1e7 {
		kf := math.RoundToEven(x * 0.6366197723675814)
		// The products of the first two parts are exact.
		r := twoSum(x-float64(kf*halfPiParts[0]), -float64(kf*halfPiParts[1]))
		r = r.add(twoProd(kf, -halfPiParts[2]))
		r = r.addFloat(-kf * halfPiParts[3])
		return r, int(int64(kf)) & 3
	}
	return reduceLarge(x)
}

// reduceLarge multiplies the number's 53 bits with those bits of 2/π that matter.
func reduceLarge(x float64) (pair, int) {
	b := math.Float64bits(x)
	e := int(b>>52&0x7ff) - 1023 - 52
	m := b&(1<<52-1) | 1<<52
	// x is m * 2**e. Bits of 2/π before place e-2 give multiples of 4.
	at := e - 2 // bits of 2/π to skip
	var w [4]uint64
	word, shift := at/64, uint(at%64)
	if at < 0 {
		word, shift = 0, 0
	}
	for i := range w {
		w[i] = invHalfPi[word+i] << shift
		if shift > 0 {
			w[i] |= invHalfPi[word+i+1] >> (64 - shift)
		}
	}
	if at < 0 {
		// The number is so small that places before the point of 2/π count: shift the other way.
		n := uint(-at)
		for i := 3; i > 0; i-- {
			w[i] = w[i]>>n | w[i-1]<<(64-n)
		}
		w[0] >>= n
	}
	// m * w / 2**254: the top two bits of p count quarters, the others are the fraction.
	var p [4]uint64
	hi3, lo3 := bits.Mul64(m, w[3])
	hi2, lo2 := bits.Mul64(m, w[2])
	hi1, lo1 := bits.Mul64(m, w[1])
	var c uint64
	p[3] = lo3
	p[2], c = bits.Add64(lo2, hi3, 0)
	p[1], c = bits.Add64(lo1, hi2, c)
	p[0], _ = bits.Add64(m*w[0], hi1, c)
	k := int(p[0] >> 62)
	f0, f1, f2 := p[0]<<2|p[1]>>62, p[1]<<2|p[2]>>62, p[2]<<2|p[3]>>62
	negative := f0>>63 != 0
	if negative {
		// More than a half: count on, and go back.
		k++
		f2, c = bits.Sub64(0, f2, 0)
		f1, c = bits.Sub64(0, f1, c)
		f0, _ = bits.Sub64(0, f0, c)
	}
	s := 0
	for f0 == 0 && s < 128 {
		f0, f1, f2 = f1, f2, 0
		s += 64
	}
	if f0 == 0 {
		return pair{0, 0}, k & 3
	}
	n := uint(bits.LeadingZeros64(f0))
	if n > 0 {
		f0 = f0<<n | f1>>(64-n)
		f1 = f1<<n | f2>>(64-n)
	}
	s += int(n)
	// f0 and f1 are 128 bits of the fraction, times 2**-s.
	hi := float64(f0>>11) * 0x1p-53
	lo := (float64(f0&0x7ff)*0x1p53 + float64(f1>>11)) * 0x1p-117
	r := quickSum(hi, lo).mul(halfPi)
	r.hi, r.lo = math.Ldexp(r.hi, -s), math.Ldexp(r.lo, -s)
	if negative {
		r = neg(r)
	}
	if x < 0 {
		r = neg(r)
		k = -k
	}
	return r, k & 3
}

// sinCos is the sine and the cosine of r, |r| < 0.8.
func sinCos(r pair) (s, c pair) {
	flip := r.hi < 0
	if flip {
		r = neg(r)
	}
	i := int(r.hi*64 + 0.5)
	d := r.addFloat(-float64(i) / 64)
	h := d.hi
	q := twoProd(h, h)
	q.lo += 2 * h * d.lo
	// sin d = d - d³/6 + ..., cos d = 1 - d²/2 + ...; d is at most 1/128.
	u := h * q.hi * (-1.0/6 + q.hi*(1.0/120-q.hi*(1.0/5040-q.hi*(1.0/362880))))
	s = quickSum(h, d.lo*(1-q.hi/2)+u)
	v := q.hi * q.hi * (1.0/24 - q.hi*(1.0/720-q.hi*(1.0/40320)))
	t := quickSum(-q.hi/2, v-q.lo/2)
	c = quickSum(1, t.hi)
	c.lo += t.lo
	if i != 0 {
		e := &sinTable[i]
		a := e.sin.mul(c).add(e.cos.mul(s))
		c = e.cos.mul(c).add(neg(e.sin.mul(s)))
		s = a
	}
	if flip {
		s = neg(s)
	}
	return s, c
}

// Sin is the sine of x.
func Sin(x float64) float64 {
	if x-x != 0 {
		return math.NaN()
	}
	if x > -0x1p-27 && x < 0x1p-27 {
		if x == 0 {
			return x
		}
		return x - x*x*x/6
	}
	r, k := reduce(x)
	s, c := sinCos(r)
	if k&1 != 0 {
		s = c
	}
	if k&2 != 0 {
		s = neg(s)
	}
	return s.float()
}

// Cos is the cosine of x.
func Cos(x float64) float64 {
	if x-x != 0 {
		return math.NaN()
	}
	r, k := reduce(x)
	s, c := sinCos(r)
	if k&1 != 0 {
		c = neg(s)
	}
	if k&2 != 0 {
		c = neg(c)
	}
	return c.float()
}

// Tan is the tangent of x.
func Tan(x float64) float64 {
	if x-x != 0 {
		return math.NaN()
	}
	if x > -0x1p-27 && x < 0x1p-27 {
		if x == 0 {
			return x
		}
		return x + x*x*x/3
	}
	r, k := reduce(x)
	s, c := sinCos(r)
	if k&1 != 0 {
		s, c = c, neg(s)
	}
	return s.div(c).float()
}

// atanPair is the arc tangent of t, 0 <= t <= 1.
func atanPair(t pair) pair {
	i := int(t.hi*64 + 0.5)
	d := t
	if i > 0 {
		// atan t = atan a + atan((t-a)/(1+t*a))
		a := float64(i) / 64
		d = t.addFloat(-a).div(t.mulFloat(a).addFloat(1))
	}
	h := d.hi
	q := h * h
	u := h * q * (-1.0/3 + q*(1.0/5-q*(1.0/7-q*(1.0/9-q*(1.0/11)))))
	d = quickSum(h, d.lo*(1-q)+u)
	if i > 0 {
		return atanTable[i].add(d)
	}
	return d
}

// atan2Pair is the angle of the point (x, y) for x, y >= 0 that are not both 0.
func atan2Pair(y, x pair) pair {
	if y.hi <= x.hi {
		return atanPair(y.div(x))
	}
	return halfPi.add(neg(atanPair(x.div(y))))
}

// Atan is the arc tangent of x.
func Atan(x float64) float64 {
	a := math.Abs(x)
	switch {
	case x != x:
		return x
	case a > 0x1p60:
		return math.Copysign(halfPi.hi, x)
	case a < 0x1p-27:
		if x == 0 {
			return x
		}
		return x - x*x*x/3
	}
	return math.Copysign(atan2Pair(pair{a, 0}, pair{1, 0}).float(), x)
}

// Atan2 is the angle of the point (x, y).
func Atan2(y, x float64) float64 {
	if x != x || y != y || x == 0 || y == 0 || math.IsInf(x, 0) || math.IsInf(y, 0) {
		return math.Atan2(y, x)
	}
	ax, ay := math.Abs(x), math.Abs(y)
	_, ex := math.Frexp(ax)
	_, ey := math.Frexp(ay)
	var r pair
	switch {
	case ey-ex > 70:
		r = halfPi
	case ey-ex < -70:
		if x < 0 {
			r = pi
			break
		}
		q := ay / ax
		if q < 0x1p-1022 {
			// Dividing is rounding already.
			return math.Copysign(q, y)
		}
		r = pair{q, math.FMA(-q, ax, ay) / ax}
		return math.Copysign(r.float(), y)
	default:
		ax, ay = math.Ldexp(ax, -ex), math.Ldexp(ay, -ex)
		r = atan2Pair(pair{ay, 0}, pair{ax, 0})
		if x < 0 {
			r = pi.add(neg(r))
		}
	}
	return math.Copysign(r.float(), y)
}

// cosOf is the square root of 1 - x², for |x| <= 1.
func cosOf(x float64) pair {
	a := twoSum(1, -x)
	b := twoSum(1, x)
	return a.mul(b).sqrt()
}

// Asin is the arc sine of x.
func Asin(x float64) float64 {
	a := math.Abs(x)
	switch {
	case !(a <= 1):
		return math.NaN()
	case a == 1:
		return math.Copysign(halfPi.hi, x)
	case a < 0x1p-27:
		if x == 0 {
			return x
		}
		return x + x*x*x/6
	}
	return math.Copysign(atan2Pair(pair{a, 0}, cosOf(a)).float(), x)
}

// Acos is the arc cosine of x.
func Acos(x float64) float64 {
	a := math.Abs(x)
	switch {
	case !(a <= 1):
		return math.NaN()
	case x == 1:
		return 0
	case x == -1:
		return pi.hi
	}
	r := atan2Pair(cosOf(a), pair{a, 0})
	if x < 0 {
		r = pi.add(neg(r))
	}
	return r.float()
}
