package flowgraph

import (
	"math"
	"math/big"
	"math/bits"

	"github.com/krait-py/krait/code"
)

// intOf returns v, an int or bool, as an int.
func intOf(v code.Value) *code.Int {
	switch v := v.(type) {
	case *code.Int:
		return v
	case *code.Bool:
		if v.V {
			return &code.Int{V: 1}
		}
	}
	return &code.Int{}
}

func bigOf(i *code.Int) *big.Int {
	if i.Big != nil {
		return i.Big
	}
	return big.NewInt(i.V)
}

func intValue(v *big.Int) *code.Int {
	if v.IsInt64() {
		return &code.Int{V: v.Int64()}
	}
	return &code.Int{Big: v}
}

func bitLen(i *code.Int) int {
	if i.Big != nil {
		return i.Big.BitLen()
	}
	v := uint64(i.V)
	if i.V < 0 {
		v = -v
	}
	return bits.Len64(v)
}

func isZero(i *code.Int) bool { return i.Big == nil && i.V == 0 }

func isNegative(i *code.Int) bool {
	if i.Big != nil {
		return i.Big.Sign() < 0
	}
	return i.V < 0
}

// intOp returns a op b.
func intOp(op int32, a, b *code.Int) code.Value {
	switch op {
	case opMultiply:
		if !isZero(a) && !isZero(b) && bitLen(a)+bitLen(b) > maxIntBits {
			return nil
		}
	case opTrueDivide:
		return trueDivide(a, b)
	case opPower:
		return intPower(a, b)
	case opLeftShift:
		return leftShift(a, b)
	case opRightShift:
		return rightShift(a, b)
	case opFloorDivide, opRemainder:
		if isZero(b) {
			return nil
		}
	}
	if a.Big == nil && b.Big == nil {
		if v, ok := smallOp(op, a.V, b.V); ok {
			return &code.Int{V: v}
		}
	}
	x, y, z := bigOf(a), bigOf(b), new(big.Int)
	switch op {
	case opAdd:
		z.Add(x, y)
	case opSubtract:
		z.Sub(x, y)
	case opMultiply:
		z.Mul(x, y)
	case opAnd:
		z.And(x, y)
	case opOr:
		z.Or(x, y)
	case opXor:
		z.Xor(x, y)
	case opFloorDivide, opRemainder:
		// Python rounds down, QuoRem to zero.
		q, r := new(big.Int), new(big.Int)
		q.QuoRem(x, y, r)
		if r.Sign() != 0 && (r.Sign() < 0) != (y.Sign() < 0) {
			q.Sub(q, big.NewInt(1))
			r.Add(r, y)
		}
		if z = q; op == opRemainder {
			z = r
		}
	default:
		return nil
	}
	return intValue(z)
}

// smallOp is intOp where everything fits.
func smallOp(op int32, a, b int64) (int64, bool) {
	switch op {
	case opAdd:
		c := a + b
		return c, (c > a) == (b > 0)
	case opSubtract:
		c := a - b
		return c, (c < a) == (b > 0)
	case opMultiply:
		if a == 0 || b == 0 {
			return 0, true
		}
		c := a * b
		return c, c/b == a && !(a == -1 && b == math.MinInt64) && !(b == -1 && a == math.MinInt64)
	case opAnd:
		return a & b, true
	case opOr:
		return a | b, true
	case opXor:
		return a ^ b, true
	case opFloorDivide, opRemainder:
		if b == -1 {
			break // the one quotient that may not fit
		}
		q, r := a/b, a%b
		if r != 0 && (r < 0) != (b < 0) {
			q, r = q-1, r+b
		}
		if op == opRemainder {
			return r, true
		}
		return q, true
	}
	return 0, false
}

// trueDivide returns the quotient rounded once.
func trueDivide(a, b *code.Int) code.Value {
	if isZero(b) {
		return nil
	}
	const exact = 1 << 53
	if a.Big == nil && b.Big == nil && -exact <= a.V && a.V <= exact && -exact <= b.V && b.V <= exact {
		return &code.Float{V: float64(a.V) / float64(b.V)}
	}
	q, _ := new(big.Rat).SetFrac(bigOf(a), bigOf(b)).Float64()
	if math.IsInf(q, 0) {
		return nil
	}
	if q == 0 {
		q = 0
		if isNegative(a) != isNegative(b) {
			q = math.Copysign(0, -1)
		}
	}
	return &code.Float{V: q}
}

func intPower(a, b *code.Int) code.Value {
	if isNegative(b) {
		v, ok1 := floatOf(a)
		w, ok2 := floatOf(b)
		if !ok1 || !ok2 {
			return nil
		}
		return floatOp(opPower, v, w)
	}
	switch {
	case isZero(b):
		return &code.Int{V: 1}
	case isZero(a):
		return &code.Int{}
	case b.Big != nil || int64(bitLen(a)) > maxIntBits/b.V:
		return nil
	}
	return intValue(new(big.Int).Exp(bigOf(a), bigOf(b), nil))
}

func leftShift(a, b *code.Int) code.Value {
	if isNegative(b) {
		return nil
	}
	if isZero(a) || isZero(b) {
		return a
	}
	if b.Big != nil || b.V > maxIntBits || int64(bitLen(a)) > maxIntBits-b.V {
		return nil
	}
	return intValue(new(big.Int).Lsh(bigOf(a), uint(b.V)))
}

func rightShift(a, b *code.Int) code.Value {
	if isNegative(b) {
		return nil
	}
	if b.Big != nil || b.V >= int64(bitLen(a)) {
		if isNegative(a) {
			return &code.Int{V: -1}
		}
		return &code.Int{}
	}
	return intValue(new(big.Int).Rsh(bigOf(a), uint(b.V)))
}
