package mathmod

import (
	"math"
	"math/big"
	"math/bits"

	"github.com/krait-py/krait/internal/object"
)

// integer converts an argument with __index__: to small, or to z if it does not fit.
func integer(t *thread, v value) (small int64, z *big.Int, ok bool) {
	x := t.Index(v)
	if x.P == nil {
		return 0, nil, false
	}
	if x.IsInt() {
		return x.Int(), nil, true
	}
	return 0, object.AsBig(x), true
}

func abs64(x int64) uint64 {
	if x < 0 {
		return -uint64(x)
	}
	return uint64(x)
}

// gcd64 is the greatest common divisor, by halving.
func gcd64(a, b uint64) uint64 {
	if a == 0 || b == 0 {
		return a | b
	}
	shift := bits.TrailingZeros64(a | b)
	a >>= uint(bits.TrailingZeros64(a))
	for b != 0 {
		b >>= uint(bits.TrailingZeros64(b))
		if a > b {
			a, b = b, a
		}
		b -= a
	}
	return a << uint(shift)
}

func gcd(t *thread, a []value) value {
	var g uint64
	var zg *big.Int
	for _, v := range a {
		x, z, ok := integer(t, v)
		if !ok {
			return value{}
		}
		if z == nil && zg == nil {
			g = gcd64(g, abs64(x))
			continue
		}
		if z == nil {
			z = big.NewInt(x)
		}
		if zg == nil {
			zg = new(big.Int).SetUint64(g)
		}
		zg = new(big.Int).GCD(nil, nil, new(big.Int).Abs(zg), new(big.Int).Abs(z))
		if zg.IsInt64() {
			g, zg = uint64(zg.Int64()), nil
		}
	}
	if zg != nil {
		return object.MakeBig(zg)
	}
	return object.MakeUint(g)
}

func lcm(t *thread, a []value) value {
	r := big.NewInt(1)
	small := uint64(1)
	isSmall := true
	for _, v := range a {
		x, z, ok := integer(t, v)
		if !ok {
			return value{}
		}
		if isSmall && z == nil {
			u := abs64(x)
			if u == 0 || small == 0 {
				small = 0
				continue
			}
			hi, lo := bits.Mul64(small/gcd64(small, u), u)
			if hi == 0 {
				small = lo
				continue
			}
		}
		if isSmall {
			isSmall = false
			r.SetUint64(small)
		}
		if z == nil {
			z = big.NewInt(x)
		}
		if r.Sign() == 0 || z.Sign() == 0 {
			r.SetInt64(0)
			continue
		}
		y := new(big.Int).Abs(z)
		g := new(big.Int).GCD(nil, nil, r, y)
		r = new(big.Int).Mul(r.Quo(r, g), y)
	}
	if isSmall {
		return object.MakeUint(small)
	}
	return object.MakeBig(r)
}

func isqrt(t *thread, a []value) value {
	x, z, ok := integer(t, a[0])
	if !ok {
		return value{}
	}
	if x < 0 || z != nil && z.Sign() < 0 {
		return t.ValueErrorf("isqrt() argument must be nonnegative")
	}
	if z != nil {
		return object.MakeBig(sqrtBig(z))
	}
	r := int64(math.Sqrt(float64(x)))
	for r*r > x || r > 3037000499 {
		r--
	}
	for (r+1)*(r+1) <= x && r < 3037000499 {
		r++
	}
	return object.MakeInt(r)
}

// sqrtBig returns the integer square root of n, which has more than 62 bits. Each step doubles the bits of the root of n's highest ones, and divides by what it
// has so far: so only the last division is one of n's length. That of math/big divides n in each step.
func sqrtBig(n *big.Int) *big.Int {
	c := uint(n.BitLen()-1) / 2
	s := bits.Len(c)
	// root is that of n >> 2*(c-d), at most one too large or too small.
	var d uint
	var high big.Int
	first := uint64(1)
	for s > 0 && c>>(s-1) <= 31 {
		s--
		e := d
		d = c >> s
		first = first<<(d-e-1) + high.Rsh(n, 2*c-e-d+1).Uint64()/first
	}
	root := new(big.Int).SetUint64(first)
	var quo, rem big.Int
	for s > 0 {
		s--
		e := d
		d = c >> s
		quo.QuoRem(high.Rsh(n, 2*c-e-d+1), root, &rem)
		root.Add(root.Lsh(root, d-e-1), &quo)
	}
	if high.Mul(root, root).Cmp(n) > 0 {
		root.Sub(root, big.NewInt(1))
	}
	return root
}

// small factorials fit an int64.
var smallFactorials = func() (f [21]int64) {
	f[0] = 1
	for i := 1; i < len(f); i++ {
		f[i] = f[i-1] * int64(i)
	}
	return
}()

func factorial(t *thread, a []value) value {
	n, z, ok := integer(t, a[0])
	if !ok {
		return value{}
	}
	switch {
	case n < 0 || z != nil && z.Sign() < 0:
		return t.ValueErrorf("factorial() not defined for negative values")
	case z != nil:
		return t.OverflowErrorf("factorial() argument should not exceed %d", int64(math.MaxInt64))
	case n < int64(len(smallFactorials)):
		return object.MakeInt(smallFactorials[n])
	case n > 1<<31:
		return t.RaiseNew(&object.MemoryErrorType)
	}
	return object.MakeBig(factorialBig(n))
}

// factorialBig multiplies the odd parts of the numbers up to n and shifts by the powers of two.
func factorialBig(n int64) *big.Int {
	inner, outer := big.NewInt(1), big.NewInt(1)
	upper := int64(3)
	for i := bits.Len64(uint64(n)) - 2; i >= 0; i-- {
		v := n >> uint(i)
		if v <= 2 {
			continue
		}
		lower := upper
		upper = (v + 1) | 1
		inner.Mul(inner, oddProduct(lower, upper))
		outer.Mul(outer, inner)
	}
	return outer.Lsh(outer, uint(n-int64(bits.OnesCount64(uint64(n)))))
}

// oddProduct is the product of the odd numbers from lo, which is odd, to below hi.
func oddProduct(lo, hi int64) *big.Int {
	n := (hi - lo) / 2
	if n <= 16 {
		r := big.NewInt(1)
		acc := uint64(1)
		for x := lo; x < hi; x += 2 {
			h, l := bits.Mul64(acc, uint64(x))
			if h != 0 {
				r.Mul(r, new(big.Int).SetUint64(acc))
				l = uint64(x)
			}
			acc = l
		}
		return r.Mul(r, new(big.Int).SetUint64(acc))
	}
	mid := (lo + n) | 1
	l := oddProduct(lo, mid)
	return l.Mul(l, oddProduct(mid, hi))
}

// falling is n (n-1) ... (n-k+1) for a big n.
func falling(n *big.Int, k int64) *big.Int {
	if k == 0 {
		return big.NewInt(1)
	}
	if k == 1 {
		return new(big.Int).Set(n)
	}
	h := k / 2
	l := falling(n, h)
	return l.Mul(l, falling(new(big.Int).Sub(n, big.NewInt(h)), k-h))
}

func perm(t *thread, a []value) value {
	if a[1].P == nil || a[1].IsNone() {
		return factorial(t, a[:1])
	}
	n, zn, ok := integer(t, a[0])
	if !ok {
		return value{}
	}
	k, zk, ok := integer(t, a[1])
	if !ok {
		return value{}
	}
	switch {
	case n < 0 || zn != nil && zn.Sign() < 0:
		return t.ValueErrorf("n must be a non-negative integer")
	case k < 0 || zk != nil && zk.Sign() < 0:
		return t.ValueErrorf("k must be a non-negative integer")
	case zk != nil && (zn == nil || zn.Cmp(zk) < 0) || zk == nil && zn == nil && k > n:
		return object.MakeInt(0)
	case zk != nil:
		return t.OverflowErrorf("k must not exceed %d", int64(math.MaxInt64))
	case k > 1<<31:
		return t.RaiseNew(&object.MemoryErrorType)
	}
	if zn == nil {
		r := uint64(1)
		for i := int64(0); ; i++ {
			if i == k {
				return object.MakeUint(r)
			}
			hi, lo := bits.Mul64(r, uint64(n-i))
			if hi != 0 {
				break
			}
			r = lo
		}
		zn = big.NewInt(n)
	}
	return object.MakeBig(falling(zn, k))
}

func comb(t *thread, a []value) value {
	n, zn, ok := integer(t, a[0])
	if !ok {
		return value{}
	}
	k, zk, ok := integer(t, a[1])
	if !ok {
		return value{}
	}
	switch {
	case n < 0 || zn != nil && zn.Sign() < 0:
		return t.ValueErrorf("n must be a non-negative integer")
	case k < 0 || zk != nil && zk.Sign() < 0:
		return t.ValueErrorf("k must be a non-negative integer")
	case zk != nil && (zn == nil || zn.Cmp(zk) < 0) || zk == nil && zn == nil && k > n:
		return object.MakeInt(0)
	}
	if zn == nil {
		k = min(k, n-k)
		r := uint64(1)
		for i := int64(0); ; i++ {
			if i == k {
				return object.MakeUint(r)
			}
			hi, lo := bits.Mul64(r, uint64(n-i))
			if hi >= uint64(i+1) {
				break
			}
			r, _ = bits.Div64(hi, lo, uint64(i+1))
		}
		if k > 1<<31 {
			return t.RaiseNew(&object.MemoryErrorType)
		}
		return object.MakeBig(new(big.Int).Binomial(n, k))
	}
	if zk == nil {
		zk = big.NewInt(k)
	}
	if d := new(big.Int).Sub(zn, zk); d.Cmp(zk) < 0 {
		zk = d
	}
	if !zk.IsInt64() {
		return t.OverflowErrorf("min(n - k, k) must not exceed %d", int64(math.MaxInt64))
	}
	if k = zk.Int64(); k > 1<<31 {
		return t.RaiseNew(&object.MemoryErrorType)
	}
	r := falling(zn, k)
	return object.MakeBig(r.Quo(r, factorialBig(max(k, 1))))
}
