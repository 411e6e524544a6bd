package libm

import "math"

// logEntry is a factor with few bits that is near the reciprocal of what it is for, and minus its logarithm.
type logEntry struct {
	c   float64
	log pair
}

// logPair is log(x) for a finite x > 0, to about 2**-78 of the result.
func logPair(x float64) pair { return logSum(pair{x, 0}) }

// logSum is log(x) for a finite x > 0.
func logSum(x pair) pair {
	e := 0
	b := math.Float64bits(x.hi)
	if b < 1<<52 { // subnormal
		b = math.Float64bits(x.hi * 0x1p54)
		e = -54
	}
	e += int(b>>52) - 1023
	m := math.Float64frombits(b&(1<<52-1) | 1023<<52)
	i := b >> 45 & 127
	if i >= 64 {
		// Numbers below 1 are seen from 1, not from a half.
		m /= 2
		e++
	}
	var sum pair
	// Two factors bring m so near to 1 that a short series is left.
	t := &logTable[i]
	c := t.c
	if i >= 64 {
		c *= 2
	}
	p := twoProd(m, c)
	z := quickSum(p.hi-1, p.lo)
	if x.lo != 0 {
		q := twoSum(z.hi, x.lo/x.hi*m*c)
		z = quickSum(q.hi, q.lo+z.lo)
	}
	if c != 1 {
		sum = t.log
		if i >= 64 {
			sum = sum.add(neg(ln2))
		}
	}
	sum = sum.add(log1pSmall(z))
	if e != 0 {
		sum = ln2.mulFloat(float64(e)).add(sum)
	}
	return sum
}

// log1pSmall is log(1+z) for |z| < 2**-7, to about 2**-78 of the result.
func log1pSmall(z pair) pair {
	var sum pair
	j := int(math.RoundToEven(z.hi*8192)) + 64
	if j != 64 {
		f := &logFine[j]
		// (1+z)*f.c - 1
		d := f.c - 1
		q := z.mulFloat(f.c)
		z = twoSum(d, q.hi)
		z = quickSum(z.hi, z.lo+q.lo)
		sum = f.log
	}
	h := z.hi
	sq := twoProd(h, h)
	sq.lo += 2 * h * z.lo
	// z - z²/2 in pairs, the rest in one float: z is below 2**-13, or the result is that small itself.
	rest := h * sq.hi * (1.0/3 - h*(1.0/4-h*(1.0/5-h*(1.0/6-h*(1.0/7-h*(1.0/8))))))
	s := quickSum(h, -sq.hi/2)
	return sum.add(quickSum(s.hi, s.lo+(z.lo-sq.lo/2+rest)))
}

// Log is the natural logarithm of x.
func Log(x float64) float64 {
	if !(x > 0) || x > math.MaxFloat64 {
		return math.Log(x)
	}
	return logPair(x).float()
}

// Log2 is the logarithm of x to base 2.
func Log2(x float64) float64 {
	if !(x > 0) || x > math.MaxFloat64 {
		return math.Log(x)
	}
	if f, e := math.Frexp(x); f == 0.5 {
		return float64(e - 1)
	}
	return logPair(x).mul(invLn2).float()
}

// Log10 is the logarithm of x to base 10, with the errors of the formula that C libraries share.
func Log10(x float64) float64 {
	if !(x > 0) || x > math.MaxFloat64 {
		return math.Log(x)
	}
	e := 0
	b := math.Float64bits(x)
	if b < 1<<52 {
		b = math.Float64bits(x * 0x1p54)
		e = -54
	}
	e += int(b>>52) - 1023
	one := uint64(1023)
	if e < 0 {
		one--
		e++
	}
	y := float64(e)
	const (
		invLn10 = 4.34294481903251816668e-01
		high    = 3.01029995663611771306e-01 // of log10(2)
		low     = 3.69423907715893078616e-13
	)
	z := float64(y*low) + float64(invLn10*Log(math.Float64frombits(b&(1<<52-1)|one<<52)))
	return z + float64(y*high)
}
