package flowgraph

import (
	"math"

	"github.com/krait-py/krait/code"
)

func complexOf(v code.Value) (complex128, bool) {
	if c, ok := v.(*code.Complex); ok {
		return complex(c.Re, c.Im), true
	}
	f, ok := floatOf(v)
	return complex(f, 0), ok
}

// complexOp returns a op b, one of which is complex. Since 3.14 a real operand is
// not made complex first: it has no imaginary part whose sign or NaN could show.
func complexOp(op int32, a, b code.Value) code.Value {
	v, ok1 := complexOf(a)
	w, ok2 := complexOf(b)
	if !ok1 || !ok2 {
		return nil
	}
	re, im := real(v), imag(v)
	x, y := real(w), imag(w)
	ra, rb := rank(a) != rankComplex, rank(b) != rankComplex
	var r complex128
	switch op {
	case opAdd:
		switch {
		case ra:
			r = complex(settle(x+re, x, re), y)
		case rb:
			r = complex(settle(re+x, re, x), im)
		default:
			r = complex(settle(re+x, re, x), settle(im+y, im, y))
		}
	case opSubtract:
		switch {
		case ra:
			r = complex(settle(re-x, re, x), -y)
		case rb:
			r = complex(settle(re-x, re, x), im)
		default:
			r = complex(settle(re-x, re, x), settle(im-y, im, y))
		}
	case opMultiply:
		switch {
		case ra:
			r = complex(settle(x*re, x, re), settle(y*re, y, re))
		case rb:
			r = complex(settle(re*x, re, x), settle(im*x, im, x))
		default:
			r = multiply(v, w)
		}
	case opTrueDivide:
		if w == 0 {
			return nil
		}
		switch {
		case ra:
			r = divideReal(re, w)
		case rb:
			r = complex(settle(re/x, re, x), settle(im/x, im, x))
		default:
			r = divide(v, w)
		}
	case opPower:
		return complexPower(v, w)
	default:
		return nil
	}
	return &code.Complex{Re: real(r), Im: imag(r)}
}

// noNumber is the NaN of C's header files.
var noNumber = math.Float64frombits(0x7ff8000000000000)

// boxed returns 1 or 0, with the sign of v: whether it is infinite.
func boxed(v float64) float64 {
	if math.IsInf(v, 0) {
		return math.Copysign(1, v)
	}
	return math.Copysign(0, v)
}

func isInf(v complex128) bool { return math.IsInf(real(v), 0) || math.IsInf(imag(v), 0) }

func isFinite(v complex128) bool {
	return !isInf(v) && real(v) == real(v) && imag(v) == imag(v)
}

func isNaN(v complex128) bool { return real(v) != real(v) && imag(v) != imag(v) }

// noNaN returns v with a zero of the same sign in place of a NaN.
func noNaN(v float64) float64 {
	if v != v {
		return math.Copysign(0, v)
	}
	return v
}

// multiply returns the product; infinities that come out as NaN are recovered as
// Annex G of C11 has it. The conversions keep machines from fusing operations.
func multiply(v, w complex128) complex128 {
	a, b, c, d := real(v), imag(v), real(w), imag(w)
	ac, bd, ad, bc := float64(a*c), float64(b*d), float64(a*d), float64(b*c)
	r := complex(ac-bd, ad+bc)
	if !isNaN(r) {
		return quiet(r)
	}
	again := false
	if isInf(v) {
		a, b, c, d = boxed(a), boxed(b), noNaN(c), noNaN(d)
		again = true
	}
	if math.IsInf(c, 0) || math.IsInf(d, 0) {
		c, d, a, b = boxed(c), boxed(d), noNaN(a), noNaN(b)
		again = true
	}
	if !again && (math.IsInf(ac, 0) || math.IsInf(bd, 0) || math.IsInf(ad, 0) || math.IsInf(bc, 0)) {
		a, b, c, d = noNaN(a), noNaN(b), noNaN(c), noNaN(d)
		again = true
	}
	if again {
		inf := math.Inf(1)
		r = complex(inf*(float64(a*c)-float64(b*d)), inf*(float64(a*d)+float64(b*c)))
	}
	return quiet(r)
}

// quiet gives NaNs the usual bits.
func quiet(v complex128) complex128 {
	return complex(settle(real(v), 0, 0), settle(imag(v), 0, 0))
}

// divide returns the quotient by Smith's method.
func divide(v, w complex128) complex128 {
	a, b, c, d := real(v), imag(v), real(w), imag(w)
	var r complex128
	switch abs, abd := math.Abs(c), math.Abs(d); {
	case abs >= abd:
		ratio := d / c
		denom := c + float64(d*ratio)
		r = complex((a+float64(b*ratio))/denom, (b-float64(a*ratio))/denom)
	case abd >= abs:
		ratio := c / d
		denom := float64(c*ratio) + d
		r = complex((float64(a*ratio)+b)/denom, (float64(b*ratio)-a)/denom)
	default:
		r = complex(noNumber, noNumber)
	}
	if isNaN(r) {
		switch {
		case isInf(v) && isFinite(w):
			x, y, inf := boxed(a), boxed(b), math.Inf(1)
			r = complex(inf*(float64(x*c)+float64(y*d)), inf*(float64(y*c)-float64(x*d)))
		case isInf(w) && isFinite(v):
			x, y := boxed(c), boxed(d)
			r = complex(0*(float64(a*x)+float64(b*y)), 0*(float64(b*x)-float64(a*y)))
		}
	}
	return quiet(r)
}

// divideReal is divide for a real dividend.
func divideReal(a float64, w complex128) complex128 {
	c, d := real(w), imag(w)
	var r complex128
	switch abs, abd := math.Abs(c), math.Abs(d); {
	case abs >= abd:
		ratio := d / c
		denom := c + float64(d*ratio)
		r = complex(a/denom, float64(-a*ratio)/denom)
	case abd >= abs:
		ratio := c / d
		denom := float64(c*ratio) + d
		r = complex(float64(a*ratio)/denom, -a/denom)
	default:
		r = complex(noNumber, noNumber)
	}
	if isNaN(r) && isFinite(complex(a, 0)) && isInf(w) {
		r = complex(0*float64(a*boxed(c)), 0*float64(-a*boxed(d)))
	}
	return quiet(r)
}

// complexPower returns v ** w: by multiplication for small whole exponents,
// otherwise by way of polar coordinates.
func complexPower(v, w complex128) code.Value {
	var r complex128
	n := real(w)
	switch {
	case imag(w) == 0 && n == math.Floor(n) && math.Abs(n) <= 100:
		power := int(math.Abs(n))
		r = complex(1, 0)
		for p, bit := v, 1; power >= bit; bit <<= 1 {
			if power&bit != 0 {
				r = multiply(r, p)
			}
			p = multiply(p, p)
		}
		if n <= 0 {
			if r == 0 {
				return nil
			}
			r = divide(complex(1, 0), r)
		}
	case w == 0:
		r = 1
	case v == 0:
		if imag(w) != 0 || n < 0 {
			return nil
		}
		r = 0
	default:
		var ok bool
		if r, ok = polarPower(v, w); !ok {
			return nil
		}
	}
	if isInf(r) {
		return nil
	}
	return &code.Complex{Re: real(r), Im: imag(r)}
}

// polarPower fails where an angle is infinite.
func polarPower(v, w complex128) (complex128, bool) {
	abs := hypot(real(v), imag(v))
	size := power(abs, real(w))
	at := arctan(imag(v), real(v))
	phase := float64(at * real(w))
	if imag(w) != 0 {
		size *= exp(float64(-at * imag(w)))
		phase += float64(imag(w) * log(abs))
	}
	if math.IsInf(phase, 0) {
		return 0, false
	}
	sin, cos := sincos(phase)
	return quiet(complex(size*cos, size*sin)), true
}
