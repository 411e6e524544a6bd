// Package cmathmod is the module cmath.
package cmathmod

import (
	"math"

	"github.com/krait-py/krait/internal/libm"
	"github.com/krait-py/krait/internal/object"
)

type (
	thread = object.Thread
	value  = object.Value
)

// Module is the module.
var Module = object.ModuleDef{
	Name:  "cmath",
	Doc:   "This module provides access to mathematical functions for complex\nnumbers.",
	Setup: func(d *object.ModuleDef) { d.Methods = methods() },
	Exec: func(t *thread, m *object.Module) bool {
		for _, c := range []struct {
			name string
			v    value
		}{
			{"pi", object.MakeFloat(math.Pi)}, {"e", object.MakeFloat(math.E)}, {"tau", object.MakeFloat(2 * math.Pi)},
			{"inf", object.MakeFloat(math.Inf(1))}, {"infj", object.MakeComplex(complex(0, math.Inf(1)))},
			{"nan", object.MakeFloat(math.NaN())}, {"nanj", object.MakeComplex(complex(0, math.NaN()))},
		} {
			m.Set(t, c.name, c.v)
		}
		return true
	},
}

type result struct {
	z complex128
	e trouble
}

func complexOf(z complex128, e trouble) result { return result{z, e} }

func outcome(t *thread, r result) value {
	switch r.e {
	case domain:
		return t.ValueErrorf("math domain error")
	case tooLarge:
		return t.OverflowErrorf("math range error")
	}
	return object.MakeComplex(r.z)
}

// one makes a function of one complex number.
func one(f func(z complex128) (complex128, trouble)) func(t *thread, a []value) value {
	return func(t *thread, a []value) value {
		z, ok := t.ComplexNumber(a[0])
		if !ok {
			return value{}
		}
		return outcome(t, complexOf(f(z)))
	}
}

func is(f func(x, y float64) bool) func(t *thread, a []value) value {
	return func(t *thread, a []value) value {
		z, ok := t.ComplexNumber(a[0])
		if !ok {
			return value{}
		}
		return object.MakeBool(f(real(z), imag(z)))
	}
}

func methods() []object.MethodDef {
	const sig = "(z, /)"
	return []object.MethodDef{
		{Name: "acos", Sig: sig, Fn: one(acos), Doc: "Return the arc cosine of z."},
		{Name: "acosh", Sig: sig, Fn: one(acosh), Doc: "Return the inverse hyperbolic cosine of z."},
		{Name: "asin", Sig: sig, Fn: one(turned(asinh)), Doc: "Return the arc sine of z."},
		{Name: "asinh", Sig: sig, Fn: one(asinh), Doc: "Return the inverse hyperbolic sine of z."},
		{Name: "atan", Sig: sig, Fn: one(turned(atanh)), Doc: "Return the arc tangent of z."},
		{Name: "atanh", Sig: sig, Fn: one(atanh), Doc: "Return the inverse hyperbolic tangent of z."},
		{Name: "cos", Sig: sig, Fn: one(cos), Doc: "Return the cosine of z."},
		{Name: "cosh", Sig: sig, Fn: one(cosh), Doc: "Return the hyperbolic cosine of z."},
		{Name: "exp", Sig: sig, Fn: one(exp), Doc: "Return the exponential value e**z."},
		{Name: "isclose", Sig: "(a, b, *, rel_tol=1e-09, abs_tol=0.0)", Fn: isClose, Doc: "Determine whether two complex numbers are close in value."},
		{Name: "isfinite", Sig: sig, Fn: is(func(x, y float64) bool { return x-x == 0 && y-y == 0 }), Doc: "Return True if both the real and imaginary parts of z are finite, else False."},
		{Name: "isinf", Sig: sig, Fn: is(func(x, y float64) bool { return math.IsInf(x, 0) || math.IsInf(y, 0) }), Doc: "Checks if the real or imaginary part of z is infinite."},
		{Name: "isnan", Sig: sig, Fn: is(func(x, y float64) bool { return x != x || y != y }), Doc: "Checks if the real or imaginary part of z not a number (NaN)."},
		{Name: "log", Sig: "(z, base=<unrepresentable>, /)", Fn: logBase, Doc: "log(z[, base]) -> the logarithm of z to the given base.\n\nIf the base is not specified, returns the natural logarithm (base e)\nof z."},
		{Name: "log10", Sig: sig, Fn: one(log10), Doc: "Return the base-10 logarithm of z."},
		{Name: "phase", Sig: sig, Fn: phase, Doc: "Return argument, also known as the phase angle, of a complex."},
		{Name: "polar", Sig: sig, Fn: polar, Doc: "Convert a complex from rectangular coordinates to polar coordinates.\n\nr is the distance from 0 and phi the phase angle."},
		{Name: "rect", Sig: "(r, phi, /)", Fn: rect, Doc: "Convert from polar coordinates to rectangular coordinates."},
		{Name: "sin", Sig: sig, Fn: one(turned(sinh)), Doc: "Return the sine of z."},
		{Name: "sinh", Sig: sig, Fn: one(sinh), Doc: "Return the hyperbolic sine of z."},
		{Name: "sqrt", Sig: sig, Fn: one(sqrt), Doc: "Return the square root of z."},
		{Name: "tan", Sig: sig, Fn: one(turned(tanh)), Doc: "Return the tangent of z."},
		{Name: "tanh", Sig: sig, Fn: one(tanh), Doc: "Return the hyperbolic tangent of z."},
	}
}

func logBase(t *thread, a []value) value {
	z, ok := t.ComplexNumber(a[0])
	if !ok {
		return value{}
	}
	if a[1].P == nil {
		return outcome(t, complexOf(log(z)))
	}
	b, ok := t.ComplexNumber(a[1])
	if !ok {
		return value{}
	}
	// As in CPython the base's logarithm decides: that of zero is then -inf.
	p, _ := log(z)
	q, e := log(b)
	if e != fine || q == 0 {
		return outcome(t, result{0, domain})
	}
	return object.MakeComplex(object.QuoComplex(p, q))
}

func phase(t *thread, a []value) value {
	z, ok := t.ComplexNumber(a[0])
	if !ok {
		return value{}
	}
	return object.MakeFloat(libm.Atan2(imag(z), real(z)))
}

func polar(t *thread, a []value) value {
	z, ok := t.ComplexNumber(a[0])
	if !ok {
		return value{}
	}
	r := libm.Hypot(real(z), imag(z))
	if math.IsInf(r, 0) && finite(z) {
		return t.OverflowErrorf("math range error")
	}
	return object.Of(object.NewTuple(object.MakeFloat(r), object.MakeFloat(libm.Atan2(imag(z), real(z)))))
}

func isClose(t *thread, a []value) value {
	x, ok := t.ComplexNumber(a[0])
	if !ok {
		return value{}
	}
	y, ok := t.ComplexNumber(a[1])
	if !ok {
		return value{}
	}
	tol := [2]float64{1e-09, 0}
	for i := range tol {
		if a[2+i].P != nil {
			if tol[i], ok = t.RealNumber(a[2+i]); !ok {
				return value{}
			}
		}
	}
	if tol[0] < 0 || tol[1] < 0 {
		return t.ValueErrorf("tolerances must be non-negative")
	}
	if x == y {
		return object.True
	}
	for _, z := range [...]float64{real(x), imag(x), real(y), imag(y)} {
		if math.IsInf(z, 0) {
			return object.False
		}
	}
	abs := func(z complex128) float64 { return libm.Hypot(real(z), imag(z)) }
	d := abs(x - y)
	return object.MakeBool(d <= tol[0]*abs(y) || d <= tol[0]*abs(x) || d <= tol[1])
}
