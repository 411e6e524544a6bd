package mathmod

import (
	"math"

	"github.com/krait-py/krait/internal/object"
)

// fsum keeps the sum in floats that do not overlap, the least first.
func fsum(t *thread, a []value) value {
	var partials []float64
	special, infinite := 0.0, 0.0 // sums of what is no finite number
	hasSpecial := false
	ok := t.Each(a[0], func(v value) bool {
		x, ok := t.RealNumber(v)
		if !ok {
			return false
		}
		given := x
		n := 0
		for _, y := range partials {
			if math.Abs(x) < math.Abs(y) {
				x, y = y, x
			}
			hi := x + y
			if lo := y - (hi - x); lo != 0 {
				partials[n] = lo
				n++
			}
			x = hi
		}
		partials = partials[:n]
		if x == 0 {
			return true
		}
		if x-x != 0 {
			if given-given == 0 {
				t.OverflowErrorf("intermediate overflow in fsum")
				return false
			}
			if math.IsInf(given, 0) {
				infinite += given
			}
			special += given
			hasSpecial = true
			partials = partials[:0]
			return true
		}
		partials = append(partials, x)
		return true
	})
	if !ok {
		return value{}
	}
	if hasSpecial {
		if infinite != infinite {
			return t.ValueErrorf("-inf + inf in fsum")
		}
		return object.MakeFloat(special)
	}
	n := len(partials)
	if n == 0 {
		return object.MakeFloat(0)
	}
	n--
	hi, lo := partials[n], 0.0
	for n > 0 {
		x := hi
		n--
		y := partials[n]
		hi = x + y
		if lo = y - (hi - x); lo != 0 {
			break
		}
	}
	// The sum is halfway between two floats only if nothing is left: else the rest decides.
	if n > 0 && (lo < 0 && partials[n-1] < 0 || lo > 0 && partials[n-1] > 0) {
		y := lo * 2
		x := hi + y
		if y == x-hi {
			hi = x
		}
	}
	return object.MakeFloat(hi)
}

func prod(t *thread, a []value) value {
	r := object.MakeInt(1)
	if a[1].P != nil {
		r = a[1]
	}
	if !t.Each(a[0], func(v value) bool {
		r = t.BinaryOp(r, v, object.OpMultiply)
		return r.P != nil
	}) {
		return value{}
	}
	return r
}

// triple is a sum of three floats.
type triple struct{ hi, lo, tiny float64 }

func twoSum(a, b float64) (s, e float64) {
	s = a + b
	z := s - a
	return s, (a - (s - z)) + (b - z)
}

// addProduct is s + x*y.
func (s triple) addProduct(x, y float64) triple {
	p := x * y
	pe := math.FMA(x, y, -p)
	hi, e1 := twoSum(s.hi, p)
	r1, e2 := twoSum(s.lo, pe)
	r2, e3 := twoSum(r1, e1)
	return triple{hi, r2, s.tiny + e2 + e3}
}

func (s triple) float() float64 {
	last, e := twoSum(s.lo, s.tiny)
	hi, lo := twoSum(s.hi, last)
	return hi + (lo + e)
}

// sumProd sums ints while all are ints, then floats while all are floats or ints, then whatever there is.
func sumProd(t *thread, a []value) value {
	p := t.Iter(a[0])
	if p.P == nil {
		return p
	}
	q := t.Iter(a[1])
	if q.P == nil {
		return q
	}
	total := object.MakeInt(0)
	ints, floats := true, true
	var sum triple
	inFloats := false
	flush := func() bool {
		if inFloats {
			inFloats = false
			total = t.BinaryOp(total, object.MakeFloat(sum.float()), object.OpAdd)
			sum = triple{}
		}
		return total.P != nil
	}
	for {
		x, y := t.Next(p), value{}
		if x.P == nil && t.Exc != nil {
			return value{}
		}
		if y = t.Next(q); y.P == nil && t.Exc != nil {
			return value{}
		}
		if x.P == nil || y.P == nil {
			if x.P != nil || y.P != nil {
				return t.ValueErrorf("Inputs are not the same length")
			}
			if !flush() {
				return value{}
			}
			return total
		}
		if ints && x.Is(&object.IntType) && y.Is(&object.IntType) {
			if m := t.BinaryOp(x, y, object.OpMultiply); m.P == nil {
				return m
			} else if total = t.BinaryOp(total, m, object.OpAdd); total.P == nil {
				return total
			}
			continue
		}
		ints = false
		if floats {
			f, okF := asFloat(x)
			g, okG := asFloat(y)
			if okF && okG && (x.IsFloat() || y.IsFloat()) {
				if s := sum.addProduct(f, g); s.hi-s.hi == 0 {
					sum, inFloats = s, true
					continue
				}
			}
			floats = false
			if !flush() {
				return value{}
			}
		}
		m := t.BinaryOp(x, y, object.OpMultiply)
		if m.P == nil {
			return m
		}
		if total = t.BinaryOp(total, m, object.OpAdd); total.P == nil {
			return total
		}
	}
}

// asFloat converts an exact float, int or bool.
func asFloat(v value) (float64, bool) {
	switch {
	case v.IsFloat():
		return v.Float(), true
	case v.IsInt() || v.IsBool():
		return float64(v.Int()), true
	case v.Is(&object.IntType):
		return object.BigFloat(object.AsBig(v))
	}
	return 0, false
}
