package libm

import "math"

// Pow is x**y. Special cases are those of C99.
func Pow(x, y float64) float64 {
	ax := math.Abs(x)
	if y == 0 || x == 1 || x != x || y != y || x == 0 || ax > math.MaxFloat64 || math.Abs(y) > math.MaxFloat64 || x == -1 {
		return math.Pow(x, y)
	}
	sign := 1.0
	if x < 0 {
		f := math.Floor(y)
		if f != y {
			return math.NaN()
		}
		if math.Abs(y) < 1<<53 && int64(y)&1 != 0 {
			sign = -1
		}
	}
	if y == 1 {
		return x
	}
	if n := y * 2; n == math.Floor(n) && n >= -128 && n <= 128 {
		// Results that are halfway between two floats come from whole exponents, or from squares: here they are exact.
		if p, e, ok := smallPower(ax, int(n)); ok {
			return sign * p.scale(e)
		}
	}
	l := logPair(ax)
	if h := l.hi * y; h > 800 || h < -800 {
		if h > 0 {
			return sign * math.Inf(1)
		}
		return sign * 0
	}
	m := twoProd(l.hi, y)
	m.lo += l.lo * y
	if m.hi > -0x1p-60 && m.hi < 0x1p-60 {
		return sign * (1 + m.hi)
	}
	p, e := expPair(quickSum(m.hi, m.lo))
	return sign * p.scale(e)
}

// smallPower is x**(n/2) as a pair and a power of two. ok is false if n is odd and x no square.
func smallPower(x float64, n int) (p pair, e int, ok bool) {
	f, k := math.Frexp(x)
	if n&1 != 0 {
		if k&1 != 0 {
			f, k = f*2, k-1
		}
		s := math.Sqrt(f)
		if q := twoProd(s, s); q.hi != f || q.lo != 0 {
			return pair{}, 0, false
		}
		f, k = s, k/2
	} else {
		n /= 2
	}
	u := n
	if u < 0 {
		u = -u
	}
	// f is at least a half: u is small enough that nothing underflows.
	p = pair{1, 0}
	q := pair{f, 0}
	for i := u; i != 0; i >>= 1 {
		if i&1 != 0 {
			p = p.mul(q)
		}
		q = q.mul(q)
	}
	if n < 0 {
		p = pair{1, 0}.div(p)
	}
	return p, k * n, true
}

// Cbrt is the cube root of x: a polynomial, and one step of Halley's method, as in glibc.
func Cbrt(x float64) float64 {
	if x == 0 || x-x != 0 {
		return x
	}
	m, e := math.Frexp(math.Abs(x))
	u := 0.784932344976639262 - float64(0.145263899385486367*m)
	for _, c := range [...]float64{1.83469277483613086, 2.44693122563534430, 2.11499494167371287, 1.50819193781584896} {
		u = c - float64(u*m)
	}
	u = 0.354895765043919860 + float64(u*m)
	cube := float64(float64(u*u) * u)
	y := u * (cube + float64(2*m)) / (float64(2*cube) + m)
	// 2**(k/3) for k = -2, ..., 2
	y *= [...]float64{1 / 1.5874010519681994748, 1 / 1.2599210498948731648, 1, 1.2599210498948731648, 1.5874010519681994748}[2+e%3]
	return math.Copysign(math.Ldexp(y, e/3), x)
}

// Hypot is the square root of x² + y².
func Hypot(x, y float64) float64 {
	x, y = math.Abs(x), math.Abs(y)
	switch {
	case x > math.MaxFloat64 || y > math.MaxFloat64:
		return math.Inf(1)
	case x != x || y != y:
		return math.NaN()
	case x == 0 || y == 0:
		return x + y
	}
	if x < y {
		x, y = y, x
	}
	if y < x*0x1p-60 {
		return x
	}
	if x < 0x1p400 && y > 0x1p-400 {
		// Neither the squares nor what is lost of them leaves the range of floats. The sum is that of the pairs below but for what would be lost of the result, too.
		p, q := twoProd(x, x), twoProd(y, y)
		s := quickSum(p.hi, q.hi)
		h := math.Sqrt(s.hi)
		t := twoProd(h, h)
		return h + ((s.hi-t.hi)-t.lo+(s.lo+(p.lo+q.lo)))/(2*h)
	}
	return hypotScaled(x, y)
}

// hypotScaled is Hypot for 0 < y <= x.
func hypotScaled(x, y float64) float64 {
	_, e := math.Frexp(x)
	x, y = math.Ldexp(x, -e), math.Ldexp(y, -e)
	return twoProd(x, x).add(twoProd(y, y)).sqrt().scale(e)
}

// Norm is the square root of the sum of the squares of v, which are finite; it changes v.
func Norm(v []float64) float64 {
	most := 0.0
	for i, x := range v {
		v[i] = math.Abs(x)
		most = max(most, v[i])
	}
	if most == 0 {
		return 0
	}
	_, e := math.Frexp(most)
	var sum pair
	for _, x := range v {
		x = math.Ldexp(x, -e)
		sum = sum.add(twoProd(x, x))
	}
	return sum.sqrt().scale(e)
}
