package object

import (
	"math"
	"math/big"

	"github.com/krait-py/krait/internal/libm"
)

// floatArg returns an operand of float arithmetic: a float, or an int of any kind converted.
// ok is false when it is neither, or when the int is too large, which has raised OverflowError then.
func (t *Thread) floatArg(v Value) (x float64, ok bool) {
	if v.IsFloat() {
		return v.Float(), true
	}
	if v.IsInt() {
		return float64(v.Int()), true
	}
	if v.Type().Flags&FlagFloat != 0 {
		return To[FloatSub](v).Value, true
	}
	n, z, ok := intParts(v)
	if !ok {
		return 0, false
	}
	return t.intFloat(n, z)
}

// notFloat is the result of a float operation with an operand that floatArg refused.
func (t *Thread) notFloat() Value {
	if t.Exc != nil {
		return Value{}
	}
	return NotImplemented
}

func floatAdd(t *Thread, a, b Value) Value {
	x, ok := t.floatArg(a)
	if !ok {
		return t.notFloat()
	}
	y, ok := t.floatArg(b)
	if !ok {
		return t.notFloat()
	}
	return MakeFloat(x + y)
}

func floatSub(t *Thread, a, b Value) Value {
	x, ok := t.floatArg(a)
	if !ok {
		return t.notFloat()
	}
	y, ok := t.floatArg(b)
	if !ok {
		return t.notFloat()
	}
	return MakeFloat(x - y)
}

func floatMul(t *Thread, a, b Value) Value {
	x, ok := t.floatArg(a)
	if !ok {
		return t.notFloat()
	}
	y, ok := t.floatArg(b)
	if !ok {
		return t.notFloat()
	}
	return MakeFloat(x * y)
}

func floatTrueDiv(t *Thread, a, b Value) Value {
	x, ok := t.floatArg(a)
	if !ok {
		return t.notFloat()
	}
	y, ok := t.floatArg(b)
	if !ok {
		return t.notFloat()
	}
	if y == 0 {
		return t.divisionByZero()
	}
	return MakeFloat(x / y)
}

// FloatMod is x % y with the sign of y; y is not 0.
func FloatMod(x, y float64) float64 {
	r := fmod(x, y)
	if r != 0 {
		if (y < 0) != (r < 0) {
			r += y
		}
		return r
	}
	return math.Copysign(0, y)
}

// fmod is math.Mod, with a short way for the common case: numbers that are whole and small.
func fmod(x, y float64) float64 {
	if x >= 0 && x < exactFloat && y > 0 && y < exactFloat {
		if i, j := int64(x), int64(y); float64(i) == x && float64(j) == y {
			return float64(i % j)
		}
	}
	return math.Mod(x, y)
}

// FloatFloorDiv is x // y; y is not 0.
func FloatFloorDiv(x, y float64) float64 {
	d, _ := FloatDivmod(x, y)
	return d
}

// FloatDivmod is divmod(x, y); y is not 0.
func FloatDivmod(x, y float64) (div, mod float64) {
	mod = fmod(x, y)
	// x - mod is a multiple of y in theory; in practice the division rounds.
	div = (x - mod) / y
	if mod != 0 {
		if (y < 0) != (mod < 0) {
			mod += y
			div--
		}
	} else {
		mod = math.Copysign(0, y)
	}
	if div == 0 {
		return math.Copysign(0, x/y), mod
	}
	f := math.Floor(div)
	if div-f > 0.5 {
		f++
	}
	return f, mod
}

func floatMod(t *Thread, a, b Value) Value {
	x, ok := t.floatArg(a)
	if !ok {
		return t.notFloat()
	}
	y, ok := t.floatArg(b)
	if !ok {
		return t.notFloat()
	}
	if y == 0 {
		return t.divisionByZero()
	}
	return MakeFloat(FloatMod(x, y))
}

func floatFloorDiv(t *Thread, a, b Value) Value {
	x, ok := t.floatArg(a)
	if !ok {
		return t.notFloat()
	}
	y, ok := t.floatArg(b)
	if !ok {
		return t.notFloat()
	}
	if y == 0 {
		return t.divisionByZero()
	}
	return MakeFloat(FloatFloorDiv(x, y))
}

func floatDivmod(t *Thread, a, b Value) Value {
	x, ok := t.floatArg(a)
	if !ok {
		return t.notFloat()
	}
	y, ok := t.floatArg(b)
	if !ok {
		return t.notFloat()
	}
	if y == 0 {
		return t.divisionByZero()
	}
	d, m := FloatDivmod(x, y)
	return Of(NewTuple(MakeFloat(d), MakeFloat(m)))
}

func floatPow(t *Thread, a, b Value) Value {
	x, ok := t.floatArg(a)
	if !ok {
		return t.notFloat()
	}
	y, ok := t.floatArg(b)
	if !ok {
		return t.notFloat()
	}
	return t.PowFloat(x, y)
}

// PowFloat is x ** y: a complex for a negative x and a y that is not whole.
func (t *Thread) PowFloat(x, y float64) Value {
	switch {
	case y == 0 || x == 1:
		return MakeFloat(1)
	case x != x:
		return MakeFloat(x)
	case y != y:
		return MakeFloat(y)
	case math.IsInf(y, 0):
		switch ax := math.Abs(x); {
		case ax == 1:
			return MakeFloat(1)
		case (y > 0) == (ax > 1):
			return MakeFloat(math.Abs(y))
		}
		return MakeFloat(0)
	}
	odd := math.Mod(math.Abs(y), 2) == 1
	if math.IsInf(x, 0) {
		switch {
		case y > 0 && odd:
			return MakeFloat(x)
		case y > 0:
			return MakeFloat(math.Abs(x))
		case odd:
			return MakeFloat(math.Copysign(0, x))
		}
		return MakeFloat(0)
	}
	if x == 0 {
		switch {
		case y < 0:
			return t.Raisef(&ZeroDivisionErrorType, "zero to a negative power")
		case odd:
			return MakeFloat(x)
		}
		return MakeFloat(0)
	}
	neg := false
	if x < 0 {
		if y != math.Floor(y) {
			return t.PowComplex(complex(x, 0), complex(y, 0))
		}
		x, neg = -x, odd
	}
	if x == 1 {
		if neg {
			return MakeFloat(-1)
		}
		return MakeFloat(1)
	}
	r := libm.Pow(x, y)
	if math.IsInf(r, 0) {
		return t.RaiseNew(&OverflowErrorType, MakeInt(34), MakeStr("Numerical result out of range"))
	}
	if neg {
		r = -r
	}
	return MakeFloat(r)
}

func floatPow3(t *Thread, a, b, c Value) Value {
	if !c.IsNone() {
		return t.TypeErrorf("pow() 3rd argument not allowed unless all arguments are integers")
	}
	return floatPow(t, a, b)
}

func floatNeg(t *Thread, v Value) Value {
	x, _ := AsFloat(v)
	return MakeFloat(-x)
}

func floatPos(t *Thread, v Value) Value {
	x, _ := AsFloat(v)
	return MakeFloat(x)
}

func floatAbs(t *Thread, v Value) Value {
	x, _ := AsFloat(v)
	return MakeFloat(math.Abs(x))
}

func floatBool(t *Thread, v Value) (res, ok bool) {
	x, _ := AsFloat(v)
	return x != 0, true
}

func floatToInt(t *Thread, v Value) Value {
	x, _ := AsFloat(v)
	return t.FloatToInt(x)
}

// floatCompare compares exactly, with ints of any size too.
func floatCompare(t *Thread, a, b Value, op CompareOp) Value {
	x, _ := AsFloat(a)
	y, ok := AsFloat(b)
	if !ok {
		n, z, isInt := intParts(b)
		if !isInt {
			return NotImplemented
		}
		switch {
		case x != x:
			return MakeBool(op == CmpNe)
		case z == nil && n <= exactFloat && n >= -exactFloat:
			y = float64(n)
		default:
			return compared(compareFloatInt(x, n, z), op)
		}
	}
	var r bool
	switch op {
	case CmpLt:
		r = x < y
	case CmpLe:
		r = x <= y
	case CmpEq:
		r = x == y
	case CmpNe:
		r = x != y
	case CmpGt:
		r = x > y
	case CmpGe:
		r = x >= y
	}
	return MakeBool(r)
}

// compareFloatInt orders a float that is no NaN and an int given by its parts.
func compareFloatInt(x float64, n int64, z *big.Int) int {
	if z == nil {
		// All floats in the range of int64 beyond exactFloat are whole, and so is the part before the point of others.
		switch {
		case x >= 1<<63:
			return 1
		case x < -1<<63:
			return -1
		}
		f := math.Floor(x)
		i := int64(f)
		switch {
		case i < n:
			return -1
		case i > n || x > f:
			return 1
		}
		return 0
	}
	if math.IsInf(x, 0) || math.Abs(x) < 1<<62 {
		if math.IsInf(x, 1) {
			return 1
		} else if math.IsInf(x, -1) {
			return -1
		}
		return -z.Sign()
	}
	w, _ := new(big.Float).SetFloat64(x).Int(nil)
	return w.Cmp(z)
}

// HashFloat is hash(x): that of the equal int, if there is one.
func HashFloat(x float64) int64 {
	if i := int64(x); float64(i) == x && i > -exactFloat && i < exactFloat {
		return HashInt64(i)
	}
	if math.IsInf(x, 0) {
		if x > 0 {
			return 314159
		}
		return -314159
	}
	if x != x {
		return 0
	}
	m, e := math.Frexp(math.Abs(x))
	// |x| is n * 2**(e-53), and 2**61 is 1 by the modulus.
	n := uint64(m * (1 << 53))
	r := (e - 53) % hashBits
	if r < 0 {
		r += hashBits
	}
	n = n<<r&hashModulus | n>>(hashBits-r)
	h := int64(n)
	if n == hashModulus {
		h = 0
	}
	if x < 0 {
		h = -h
	}
	if h == -1 {
		return -2
	}
	return h
}

func floatHash(t *Thread, v Value) (int64, bool) {
	x, _ := AsFloat(v)
	if x != x {
		return pointerHash(v), true
	}
	return HashFloat(x), true
}
