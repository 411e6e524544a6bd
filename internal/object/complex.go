package object

import (
	"math"
	"unsafe"

	"github.com/krait-py/krait/internal/libm"
	"github.com/krait-py/krait/internal/pyfmt"
)

// Complex is a complex number.
type Complex struct {
	Head
	V complex128
}

// complexSub is an instance of a subclass of complex.
type complexSub struct {
	Complex
	Attrs
}

// MakeComplex returns the complex number c.
func MakeComplex(c complex128) Value {
	x := newRaw[Complex]()
	x.Type, x.V = &ComplexType, c
	return Of(x)
}

// AsComplex returns the value of a complex number or an instance of a subclass.
func AsComplex(v Value) (complex128, bool) {
	if v.IsA(&ComplexType) {
		return To[Complex](v).V, true
	}
	return 0, false
}

func setupComplex() {
	self := func(v Value) complex128 { return To[Complex](v).V }
	Define(&ComplexType, TypeSpec{
		Name: "complex", Sig: "(real=0, imag=0)", Flags: FlagBase, SubOffset: unsafe.Offsetof(complexSub{}.Attrs),
		Doc: "Create a complex number from a string or numbers.\n\nIf a string is given, parse it as a complex number.\nIf a single number is given, convert it to a complex number.\nIf the 'real' or 'imag' arguments are given, create a complex number\nwith the specified real and imaginary components.",
		Slots: Slots{
			NumberSlots: NumberSlots{
				Binary: [NumBinary]BinaryFunc{
					OpAdd: complexAdd, OpSubtract: complexSubtract, OpMultiply: complexMul, OpTrueDivide: complexTrueDiv, OpPower: complexPow,
				},
				Pow3: complexPow3,
				Neg:  func(t *Thread, v Value) Value { return MakeComplex(-self(v)) },
				Pos:  func(t *Thread, v Value) Value { return MakeComplex(self(v)) },
				Abs:  complexAbs,
			},
			Repr: func(t *Thread, v Value) Value {
				c := self(v)
				return MakeStr(string(pyfmt.AppendComplex(nil, real(c), imag(c))))
			},
			Hash: complexHash, Compare: complexCompare, New: complexNew,
			Bool: func(t *Thread, v Value) (res, ok bool) { return self(v) != 0, true },
		},
		Methods: []MethodDef{
			{Name: "from_number", Sig: "($type, number, /)", Fn: complexFromNumber, Doc: "Convert number to a complex floating-point number."},
			{Name: "conjugate", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				c := self(a[0])
				return MakeComplex(complex(real(c), -imag(c)))
			}, Doc: "Return the complex conjugate of its argument. (3-4j).conjugate() == 3+4j."},
			{Name: "__complex__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				if a[0].Is(&ComplexType) {
					return a[0]
				}
				return MakeComplex(self(a[0]))
			}, Doc: "Convert this value to exact type complex."},
			{Name: "__getnewargs__", Sig: "($self, /)", Fn: func(t *Thread, a []Value) Value {
				c := self(a[0])
				return Of(NewTuple(MakeFloat(real(c)), MakeFloat(imag(c))))
			}},
			{Name: "__format__", Sig: "($self, format_spec, /)", Fn: func(t *Thread, a []Value) Value {
				if !a[1].IsStr() {
					return t.TypeErrorf("__format__() argument must be str, not %s", ArgName(a[1]))
				}
				spec := a[1].Str().S
				if spec == "" {
					return strOrNil(t.Str(a[0]))
				}
				c := self(a[0])
				b, err := t.specs.FormatComplex(nil, real(c), imag(c), spec, a[0].Type().Name)
				if err != nil {
					return t.raiseFmt(err)
				}
				return MakeStr(string(b))
			}, Doc: "Convert to a string according to format_spec."},
		},
		GetSets: []GetSetDef{
			{Name: "real", Get: func(t *Thread, v Value) Value { return MakeFloat(real(self(v))) }, Member: true, Doc: "the real part of a complex number"},
			{Name: "imag", Get: func(t *Thread, v Value) Value { return MakeFloat(imag(self(v))) }, Member: true, Doc: "the imaginary part of a complex number"},
		},
	})
}

// complexArg returns an operand of complex arithmetic. isReal says that it had no imaginary part to begin with. ok is false when it is
// no number, or an int too large, which has raised OverflowError then.
func (t *Thread) complexArg(v Value) (c complex128, isReal, ok bool) {
	if v.Type() == &ComplexType {
		return To[Complex](v).V, false, true
	}
	if c, ok := AsComplex(v); ok {
		return c, false, true
	}
	x, ok := t.floatArg(v)
	return complex(x, 0), true, ok
}

func complexAdd(t *Thread, a, b Value) Value {
	x, xr, ok := t.complexArg(a)
	if !ok {
		return t.notFloat()
	}
	y, yr, ok := t.complexArg(b)
	if !ok {
		return t.notFloat()
	}
	// A real operand has no imaginary part at all: it leaves the sign of a zero alone.
	switch {
	case xr:
		return MakeComplex(complex(real(x)+real(y), imag(y)))
	case yr:
		return MakeComplex(complex(real(x)+real(y), imag(x)))
	}
	return MakeComplex(x + y)
}

func complexSubtract(t *Thread, a, b Value) Value {
	x, xr, ok := t.complexArg(a)
	if !ok {
		return t.notFloat()
	}
	y, yr, ok := t.complexArg(b)
	if !ok {
		return t.notFloat()
	}
	switch {
	case xr:
		return MakeComplex(complex(real(x)-real(y), -imag(y)))
	case yr:
		return MakeComplex(complex(real(x)-real(y), imag(x)))
	}
	return MakeComplex(x - y)
}

func complexMul(t *Thread, a, b Value) Value {
	x, xr, ok := t.complexArg(a)
	if !ok {
		return t.notFloat()
	}
	y, yr, ok := t.complexArg(b)
	if !ok {
		return t.notFloat()
	}
	switch {
	case xr:
		return MakeComplex(complex(real(x)*real(y), real(x)*imag(y)))
	case yr:
		return MakeComplex(complex(real(x)*real(y), imag(x)*real(y)))
	}
	return MakeComplex(MulComplex(x, y))
}

// MulComplex is x * y. Where the plain formula gives NaNs for infinite operands, C99's annex G has the result.
func MulComplex(x, y complex128) complex128 {
	a, b, c, d := real(x), imag(x), real(y), imag(y)
	// The conversions keep the compiler from fusing: each product is rounded.
	ac, bd, ad, bc := float64(a*c), float64(b*d), float64(a*d), float64(b*c)
	re, im := ac-bd, ad+bc
	if re == re || im == im {
		return complex(re, im)
	}
	again := false
	if math.IsInf(a, 0) || math.IsInf(b, 0) {
		a, b = unitIfInf(a), unitIfInf(b)
		c, d = zeroIfNaN(c), zeroIfNaN(d)
		again = true
	}
	if math.IsInf(c, 0) || math.IsInf(d, 0) {
		c, d = unitIfInf(c), unitIfInf(d)
		a, b = zeroIfNaN(a), zeroIfNaN(b)
		again = true
	}
	if !again && (math.IsInf(ac, 0) || math.IsInf(bd, 0) || math.IsInf(ad, 0) || math.IsInf(bc, 0)) {
		a, b, c, d = zeroIfNaN(a), zeroIfNaN(b), zeroIfNaN(c), zeroIfNaN(d)
		again = true
	}
	if again {
		return complex(math.Inf(1)*(float64(a*c)-float64(b*d)), math.Inf(1)*(float64(a*d)+float64(b*c)))
	}
	return complex(re, im)
}

func unitIfInf(x float64) float64 {
	if math.IsInf(x, 0) {
		return math.Copysign(1, x)
	}
	return math.Copysign(0, x)
}

func zeroIfNaN(x float64) float64 {
	if x != x {
		return math.Copysign(0, x)
	}
	return x
}

func complexTrueDiv(t *Thread, a, b Value) Value {
	x, xr, ok := t.complexArg(a)
	if !ok {
		return t.notFloat()
	}
	y, yr, ok := t.complexArg(b)
	if !ok {
		return t.notFloat()
	}
	if y == 0 {
		return t.divisionByZero()
	}
	switch {
	case xr:
		return MakeComplex(quoReal(real(x), y))
	case yr:
		return MakeComplex(complex(real(x)/real(y), imag(x)/real(y)))
	}
	return MakeComplex(QuoComplex(x, y))
}

// QuoComplex is x / y for a y that is not 0, by Smith's method.
func QuoComplex(x, y complex128) complex128 {
	a, b, c, d := real(x), imag(x), real(y), imag(y)
	var re, im float64
	switch {
	case math.Abs(c) >= math.Abs(d):
		r := d / c
		den := c + float64(d*r)
		re, im = (a+float64(b*r))/den, (b-float64(a*r))/den
	case math.Abs(d) >= math.Abs(c):
		r := c / d
		den := float64(c*r) + d
		re, im = (float64(a*r)+b)/den, (float64(b*r)-a)/den
	default: // A part of y is NaN.
		re, im = math.NaN(), math.NaN()
	}
	if re != re && im != im {
		switch {
		case (math.IsInf(a, 0) || math.IsInf(b, 0)) && isFinite(c) && isFinite(d):
			p, q := unitIfInf(a), unitIfInf(b)
			re = math.Inf(1) * (float64(p*c) + float64(q*d))
			im = math.Inf(1) * (float64(q*c) - float64(p*d))
		case (math.IsInf(c, 0) || math.IsInf(d, 0)) && isFinite(a) && isFinite(b):
			p, q := unitIfInf(c), unitIfInf(d)
			re = 0 * (float64(a*p) + float64(b*q))
			im = 0 * (float64(b*p) - float64(a*q))
		}
	}
	return complex(re, im)
}

func isFinite(x float64) bool { return x-x == 0 }

// quoReal is x / y for a real x.
func quoReal(a float64, y complex128) complex128 {
	c, d := real(y), imag(y)
	var re, im float64
	switch {
	case math.Abs(c) >= math.Abs(d):
		r := d / c
		den := c + float64(d*r)
		re, im = a/den, -float64(a*r)/den
	case math.Abs(d) >= math.Abs(c):
		r := c / d
		den := float64(c*r) + d
		re, im = float64(a*r)/den, -a/den
	default:
		re, im = math.NaN(), math.NaN()
	}
	if re != re && im != im {
		switch {
		case math.IsInf(a, 0) && isFinite(c) && isFinite(d):
			p := unitIfInf(a)
			re, im = math.Inf(1)*float64(p*c), math.Inf(1)*-float64(p*d)
		case (math.IsInf(c, 0) || math.IsInf(d, 0)) && isFinite(a):
			p, q := unitIfInf(c), unitIfInf(d)
			re, im = 0*float64(a*p), 0*-float64(a*q)
		}
	}
	return complex(re, im)
}

func complexPow(t *Thread, a, b Value) Value { return complexPow3(t, a, b, None) }

func complexPow3(t *Thread, a, b, c Value) Value {
	x, _, ok := t.complexArg(a)
	if !ok {
		return t.notFloat()
	}
	y, _, ok := t.complexArg(b)
	if !ok {
		return t.notFloat()
	}
	if !c.IsNone() {
		return t.ValueErrorf("complex modulo")
	}
	return t.PowComplex(x, y)
}

// PowComplex is x ** y.
func (t *Thread) PowComplex(x, y complex128) Value {
	var r complex128
	if imag(y) == 0 && real(y) == math.Floor(real(y)) && math.Abs(real(y)) <= 100 {
		n := int(real(y))
		r = powUnsigned(x, max(n, -n))
		if n < 0 {
			if r == 0 && x == 0 {
				return t.Raisef(&ZeroDivisionErrorType, "zero to a negative or complex power")
			}
			r = quoReal(1, r)
		}
	} else {
		var ok bool
		if r, ok = powPolar(x, y); !ok {
			return t.Raisef(&ZeroDivisionErrorType, "zero to a negative or complex power")
		}
	}
	if math.IsInf(real(r), 0) || math.IsInf(imag(r), 0) {
		return t.OverflowErrorf("complex exponentiation")
	}
	return MakeComplex(r)
}

// powUnsigned is x**n by squaring, n >= 0.
func powUnsigned(x complex128, n int) complex128 {
	r, p := complex(1, 0), x
	for mask := 1; mask > 0 && n >= mask; mask <<= 1 {
		if n&mask != 0 {
			r = MulComplex(r, p)
		}
		p = MulComplex(p, p)
	}
	return r
}

// powPolar is x**y by logarithms; ok is false for a power of zero that has no value.
func powPolar(x, y complex128) (r complex128, ok bool) {
	if y == 0 {
		return 1, true
	}
	if x == 0 {
		if imag(y) != 0 || real(y) < 0 {
			return 0, false
		}
		return 0, true
	}
	abs := libm.Hypot(real(x), imag(x))
	n := libm.Pow(abs, real(y))
	at := libm.Atan2(imag(x), real(x))
	phase := at * real(y)
	if imag(y) != 0 {
		n *= libm.Exp(-at * imag(y))
		phase += float64(imag(y) * libm.Log(abs))
	}
	return complex(n*libm.Cos(phase), n*libm.Sin(phase)), true
}

func complexAbs(t *Thread, v Value) Value {
	c := To[Complex](v).V
	r := libm.Hypot(real(c), imag(c))
	if math.IsInf(r, 0) && !math.IsInf(real(c), 0) && !math.IsInf(imag(c), 0) {
		return t.OverflowErrorf("absolute value too large")
	}
	return MakeFloat(r)
}

func complexHash(t *Thread, v Value) (int64, bool) {
	c := To[Complex](v).V
	h := HashFloat(real(c)) + 1000003*HashFloat(imag(c))
	if h == -1 {
		return -2, true
	}
	return h, true
}

func complexCompare(t *Thread, a, b Value, op CompareOp) Value {
	if op != CmpEq && op != CmpNe {
		return NotImplemented
	}
	x := To[Complex](a).V
	var eq bool
	if y, ok := AsComplex(b); ok {
		eq = x == y
	} else if f, ok := AsFloat(b); ok {
		eq = imag(x) == 0 && real(x) == f
	} else if n, z, ok := intParts(b); ok {
		re := real(x)
		eq = imag(x) == 0 && re == re && compareFloatInt(re, n, z) == 0
	} else {
		return NotImplemented
	}
	return MakeBool(eq == (op == CmpEq))
}
