package codegen

import (
	"math"
	"math/big"

	"github.com/krait-py/krait/code"
)

// equalKeys reports whether two constants are the same key of a dict: numbers are
// if their values are equal, whatever their types.
func equalKeys(a, b code.Value) bool {
	switch a := a.(type) {
	case *code.Str:
		b, ok := b.(*code.Str)
		return ok && a.S == b.S
	case *code.Bytes:
		b, ok := b.(*code.Bytes)
		return ok && a.S == b.S
	case *code.NoneType:
		_, ok := b.(*code.NoneType)
		return ok
	case *code.EllipsisType:
		_, ok := b.(*code.EllipsisType)
		return ok
	}
	x, xim, ok := number(a)
	if !ok {
		return false
	}
	y, yim, ok := number(b)
	return ok && xim == yim && x.equal(y)
}

// real is a real number: an integer if n is not nil, else f.
type real struct {
	n *big.Int
	f float64
}

// number returns the real and imaginary parts of a number.
func number(v code.Value) (re real, im float64, ok bool) {
	switch v := v.(type) {
	case *code.Bool:
		if v.V {
			return real{n: big.NewInt(1)}, 0, true
		}
		return real{n: new(big.Int)}, 0, true
	case *code.Int:
		if v.Big != nil {
			return real{n: v.Big}, 0, true
		}
		return real{n: big.NewInt(v.V)}, 0, true
	case *code.Float:
		return real{f: v.V}, 0, true
	case *code.Complex:
		return real{f: v.Re}, v.Im, true
	}
	return real{}, 0, false
}

func (r real) equal(s real) bool {
	switch {
	case r.n != nil && s.n != nil:
		return r.n.Cmp(s.n) == 0
	case r.n == nil && s.n == nil:
		return r.f == s.f
	case s.n == nil:
		r, s = s, r
	}
	if math.IsNaN(r.f) || math.IsInf(r.f, 0) {
		return false
	}
	n, acc := big.NewFloat(r.f).Int(nil)
	return acc == big.Exact && n.Cmp(s.n) == 0
}
