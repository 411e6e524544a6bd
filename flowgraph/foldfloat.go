package flowgraph

import (
	"math"
	"math/big"

	"github.com/krait-py/krait/code"
)

// floatOf returns v, a real number, as a float, and whether it is in range.
func floatOf(v code.Value) (float64, bool) {
	if f, ok := v.(*code.Float); ok {
		return f.V, true
	}
	i := intOf(v)
	if i.Big == nil {
		return float64(i.V), true
	}
	f, _ := new(big.Float).SetInt(i.Big).Float64()
	return f, !math.IsInf(f, 0)
}

// invalid is what arithmetic without a result gives on the machines that most
// Pythons run on; elsewhere the sign differs.
var invalid = math.Float64frombits(0xfff8000000000000)

// settle returns r, or the NaN that a and b give if it is none in particular.
func settle(r, a, b float64) float64 {
	switch {
	case r == r:
		return r
	case a != a:
		return a
	case b != b:
		return b
	}
	return invalid
}

// floatOp returns a op b.
func floatOp(op int32, a, b float64) code.Value {
	var r float64
	switch op {
	case opAdd:
		r = a + b
	case opSubtract:
		r = a - b
	case opMultiply:
		r = a * b
	case opTrueDivide:
		if b == 0 {
			return nil
		}
		r = a / b
	case opFloorDivide:
		if b == 0 {
			return nil
		}
		r = floorDivide(a, b)
	case opRemainder:
		if b == 0 {
			return nil
		}
		r = remainder(a, b)
	case opPower:
		return floatPower(a, b)
	default:
		return nil
	}
	return &code.Float{V: settle(r, a, b)}
}

// remainder returns a % b, which has the sign of b.
func remainder(a, b float64) float64 {
	m := settle(math.Mod(a, b), a, b)
	switch {
	case m == 0:
		return math.Copysign(0, b)
	case (b < 0) != (m < 0):
		return m + b
	}
	return m
}

// floorDivide returns a // b as the interpreter computes it, by way of the
// remainder.
func floorDivide(a, b float64) float64 {
	m := settle(math.Mod(a, b), a, b)
	d := (a - m) / b
	if m != 0 && (b < 0) != (m < 0) {
		d--
	}
	if d == 0 {
		return math.Copysign(0, a/b)
	}
	f := math.Floor(d)
	if d-f > 0.5 {
		f++
	}
	return f
}

// floatPower returns a ** b, which may be complex.
func floatPower(a, b float64) code.Value {
	float := func(v float64) code.Value { return &code.Float{V: v} }
	odd := math.Abs(math.Mod(b, 2)) == 1
	switch {
	case b == 0:
		return float(1)
	case a != a:
		return float(a)
	case b != b:
		if a == 1 {
			return float(1)
		}
		return float(b)
	case math.IsInf(b, 0):
		switch abs := math.Abs(a); {
		case abs == 1:
			return float(1)
		case (b > 0) == (abs > 1):
			return float(math.Inf(1))
		}
		return float(0)
	case math.IsInf(a, 0):
		switch {
		case b > 0 && odd:
			return float(a)
		case b > 0:
			return float(math.Inf(1))
		case odd:
			return float(math.Copysign(0, a))
		}
		return float(0)
	case a == 0:
		if b < 0 {
			return nil
		}
		if odd {
			return float(a)
		}
		return float(0)
	}
	sign := 1.0
	if a < 0 {
		if b != math.Floor(b) {
			return complexPower(complex(a, 0), complex(b, 0))
		}
		if a = -a; odd {
			sign = -1
		}
	}
	r := pow(a, b)
	if math.IsInf(r, 0) {
		return nil
	}
	return float(sign * r)
}
