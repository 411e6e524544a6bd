package mathmod

import (
	"math"
	"math/big"

	"github.com/krait-py/krait/internal/libm"
	"github.com/krait-py/krait/internal/object"
)

func fmod(t *thread, x, y float64) value {
	if x == x && y == y && (math.IsInf(x, 0) || y == 0) {
		return domainError(t)
	}
	if math.IsInf(y, 0) && x-x == 0 {
		return object.MakeFloat(x)
	}
	return object.MakeFloat(math.Mod(x, y))
}

func remainder(t *thread, x, y float64) value {
	if x == x && y == y && (math.IsInf(x, 0) || y == 0) {
		return domainError(t)
	}
	r := math.Remainder(x, y)
	if r == 0 {
		r = math.Copysign(0, x)
	}
	return object.MakeFloat(r)
}

func pow(t *thread, x, y float64) value {
	r := libm.Pow(x, y)
	if r-r == 0 || x-x != 0 || y-y != 0 {
		return object.MakeFloat(r)
	}
	if r != r || x == 0 {
		return domainError(t)
	}
	return rangeError(t)
}

func fma(t *thread, a []value) value {
	var v [3]float64
	for i := range v {
		var ok bool
		if v[i], ok = t.RealNumber(a[i]); !ok {
			return value{}
		}
	}
	x, y, z := v[0], v[1], v[2]
	r := math.FMA(x, y, z)
	switch {
	case r-r == 0:
	case r != r:
		if x == x && y == y && z == z {
			return t.ValueErrorf("invalid operation in fma")
		}
	case x-x == 0 && y-y == 0 && z-z == 0:
		return t.OverflowErrorf("overflow in fma")
	}
	return object.MakeFloat(r)
}

func frexp(t *thread, a []value) value {
	x, ok := t.RealNumber(a[0])
	if !ok {
		return value{}
	}
	m, e := math.Frexp(x)
	return object.Of(object.NewTuple(object.MakeFloat(m), object.MakeInt(int64(e))))
}

func modf(t *thread, a []value) value {
	x, ok := t.RealNumber(a[0])
	if !ok {
		return value{}
	}
	i, f := math.Trunc(x), 0.0
	if x-x == 0 {
		f = x - i
	} else if x != x {
		f = x
	}
	return object.Of(object.NewTuple(object.MakeFloat(math.Copysign(f, x)), object.MakeFloat(i)))
}

func ldexp(t *thread, a []value) value {
	x, ok := t.RealNumber(a[0])
	if !ok {
		return value{}
	}
	if a[1].Type().Flags&object.FlagInt == 0 {
		return t.TypeErrorf("Expected an int as second argument to ldexp.")
	}
	e, ok := t.AsIndexErr(a[1], nil)
	if !ok {
		return value{}
	}
	if x == 0 || x-x != 0 {
		return object.MakeFloat(x)
	}
	e = min(max(e, -10000), 10000)
	r := math.Ldexp(x, e)
	if math.IsInf(r, 0) {
		return rangeError(t)
	}
	return object.MakeFloat(r)
}

func ulp(x float64) float64 {
	x = math.Abs(x)
	if x-x != 0 {
		return x
	}
	y := math.Nextafter(x, math.Inf(1))
	if math.IsInf(y, 0) {
		return x - math.Nextafter(x, 0)
	}
	return y - x
}

func nextAfter(t *thread, a []value) value {
	x, ok := t.RealNumber(a[0])
	if !ok {
		return value{}
	}
	y, ok := t.RealNumber(a[1])
	if !ok {
		return value{}
	}
	if a[2].P == nil || a[2].IsNone() {
		return object.MakeFloat(step(x, y))
	}
	sv := t.Index(a[2])
	if sv.P == nil {
		return sv
	}
	n := uint64(math.MaxUint64)
	if sv.IsInt() {
		if sv.Int() < 0 {
			return t.ValueErrorf("steps must be a non-negative integer")
		}
		n = uint64(sv.Int())
	} else if z := object.AsBig(sv); z.Sign() < 0 {
		return t.ValueErrorf("steps must be a non-negative integer")
	} else if z.IsUint64() {
		n = z.Uint64()
	}
	switch {
	case n == 0:
		return object.MakeFloat(x)
	case x != x || y != y:
		return object.MakeFloat(x + y)
	case x == y:
		return object.MakeFloat(y)
	}
	// Floats in order of their bits, those with a sign below 0.
	order := func(v float64) int64 {
		b := int64(math.Float64bits(v))
		if b < 0 {
			return math.MinInt64 - b
		}
		return b
	}
	from, to := order(x), order(y)
	if from < to {
		if uint64(to-from) <= n {
			return object.MakeFloat(y)
		}
		from += int64(n)
	} else {
		if uint64(from-to) <= n {
			return object.MakeFloat(y)
		}
		from -= int64(n)
	}
	if from < 0 {
		from = math.MinInt64 - from
	}
	return object.MakeFloat(math.Float64frombits(uint64(from)))
}

// step is the float next to x towards y.
func step(x, y float64) float64 {
	if x == y {
		return y
	}
	return math.Nextafter(x, y)
}

// logOf is a logarithm of a number, which may be an int beyond the floats: f(2) is then known to be of2.
func logOf(t *thread, v value, f func(x float64) float64, of2 float64, domain string) value {
	if v.Type().Flags&object.FlagInt != 0 {
		z := object.AsBig(v)
		if z.Sign() <= 0 {
			return t.ValueErrorf("expected a positive input")
		}
		if x, ok := object.BigFloat(z); ok {
			return object.MakeFloat(f(x))
		}
		e := z.BitLen()
		x, _ := object.BigFloat(new(big.Int).Rsh(z, uint(e-100)))
		return object.MakeFloat(f(math.Ldexp(x, -100)) + of2*float64(e))
	}
	x, ok := t.RealNumber(v)
	if !ok {
		return value{}
	}
	r := f(x)
	if x == 0 || r != r && x == x {
		return t.ValueErrorf(domain, text(x))
	}
	return object.MakeFloat(r)
}

func log(t *thread, args []value, names *object.Tuple) value {
	if object.NameCount(names) > 0 {
		return t.TypeErrorf("math.log() takes no keyword arguments")
	}
	if !t.ArgCount("log", len(args), 1, 2) {
		return value{}
	}
	const positive = "expected a positive input, got %s"
	x := logOf(t, args[0], libm.Log, math.Ln2, positive)
	if x.P == nil || len(args) == 1 {
		return x
	}
	b := logOf(t, args[1], libm.Log, math.Ln2, positive)
	if b.P == nil {
		return b
	}
	return t.BinaryOp(x, b, object.OpTrueDivide)
}

func isClose(t *thread, a []value) value {
	v := [4]float64{0, 0, 1e-09, 0}
	for i := range v {
		if a[i].P == nil {
			continue
		}
		var ok bool
		if v[i], ok = t.RealNumber(a[i]); !ok {
			return value{}
		}
	}
	x, y, rel, abs := v[0], v[1], v[2], v[3]
	if rel < 0 || abs < 0 {
		return t.ValueErrorf("tolerances must be non-negative")
	}
	if x == y {
		return object.True
	}
	if math.IsInf(x, 0) || math.IsInf(y, 0) {
		return object.False
	}
	d := math.Abs(y - x)
	return object.MakeBool(d <= math.Abs(rel*y) || d <= math.Abs(rel*x) || d <= abs)
}

// norm is the length of a vector; it changes v.
func norm(v []float64) float64 {
	nan := false
	for _, x := range v {
		if math.IsInf(x, 0) {
			return math.Inf(1)
		}
		nan = nan || x != x
	}
	if nan {
		return math.NaN()
	}
	switch len(v) {
	case 0:
		return 0
	case 1:
		return math.Abs(v[0])
	case 2:
		return libm.Hypot(v[0], v[1])
	}
	return libm.Norm(v)
}

func floats(t *thread, items []value) ([]float64, bool) {
	v := make([]float64, len(items))
	for i, x := range items {
		var ok bool
		if v[i], ok = t.RealNumber(x); !ok {
			return nil, false
		}
	}
	return v, true
}

func hypot(t *thread, a []value) value {
	v, ok := floats(t, a)
	if !ok {
		return value{}
	}
	return object.MakeFloat(norm(v))
}

func dist(t *thread, a []value) value {
	p := t.ToTuple(a[0])
	if p == nil {
		return value{}
	}
	q := t.ToTuple(a[1])
	if q == nil {
		return value{}
	}
	if p.Len() != q.Len() {
		return t.ValueErrorf("both points must have the same number of dimensions")
	}
	x, ok := floats(t, p.Items())
	if !ok {
		return value{}
	}
	y, ok := floats(t, q.Items())
	if !ok {
		return value{}
	}
	for i := range x {
		x[i] = math.Abs(x[i] - y[i])
	}
	return object.MakeFloat(norm(x))
}
