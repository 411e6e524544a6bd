// Package mathmod is the module math.
package mathmod

import (
	"math"

	"github.com/krait-py/krait/internal/libm"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/pyfmt"
)

type (
	thread = object.Thread
	value  = object.Value
)

// Module is the module.
var Module = object.ModuleDef{
	Name:  "math",
	Doc:   "This module provides access to the mathematical functions\ndefined by the C standard.",
	Setup: func(d *object.ModuleDef) { d.Methods = methods() },
	Exec: func(t *thread, m *object.Module) bool {
		for _, c := range []struct {
			name string
			x    float64
		}{{"pi", math.Pi}, {"e", math.E}, {"tau", 2 * math.Pi}, {"inf", math.Inf(1)}, {"nan", math.NaN()}} {
			m.Set(t, c.name, object.MakeFloat(c.x))
		}
		return true
	},
}

// methods returns the functions in the order of the module's dict.
func methods() []object.MethodDef {
	var defs []object.MethodDef
	add := func(name, sig, doc string, f func(t *thread, a []value) value) {
		defs = append(defs, object.MethodDef{Name: name, Sig: sig, Fn: f, Doc: doc})
	}
	// many adds a function of any number of arguments, which need no tuple.
	many := func(name, param, doc string, f func(t *thread, a []value) value) {
		defs = append(defs, object.MethodDef{Name: name, Sig: "(*" + param + ")", Doc: doc, Raw: func(t *thread, a []value, names *object.Tuple) value {
			if names != nil && names.Len() > 0 {
				return t.TypeErrorf("math.%s() takes no keyword arguments", name)
			}
			return f(t, a)
		}})
	}
	const x, xy = "(x, /)", "(x, y, /)"
	const (
		between  = "expected a number in range from -1 up to 1, got %s"
		finite   = "expected a finite input, got %s"
		positive = "expected a positive input, got %s"
		pole     = "expected a noninteger or positive integer, got %s"
	)
	add("acos", x, "Return the arc cosine (measured in radians) of x.\n\nThe result is between 0 and pi.", one(libm.Acos, false, between))
	add("acosh", x, "Return the inverse hyperbolic cosine of x.", one(libm.Acosh, false, "expected argument value not less than 1, got %s"))
	add("asin", x, "Return the arc sine (measured in radians) of x.\n\nThe result is between -pi/2 and pi/2.", one(libm.Asin, false, between))
	add("asinh", x, "Return the inverse hyperbolic sine of x.", one(libm.Asinh, false, ""))
	add("atan", x, "Return the arc tangent (measured in radians) of x.\n\nThe result is between -pi/2 and pi/2.", one(libm.Atan, false, ""))
	add("atan2", "(y, x, /)", "Return the arc tangent (measured in radians) of y/x.\n\nUnlike atan(y/x), the signs of both x and y are considered.", two(func(t *thread, y, x float64) value {
		return object.MakeFloat(libm.Atan2(y, x))
	}))
	add("atanh", x, "Return the inverse hyperbolic tangent of x.", one(libm.Atanh, false, "expected a number between -1 and 1, got %s"))
	add("cbrt", x, "Return the cube root of x.", one(libm.Cbrt, false, ""))
	add("ceil", x, "Return the ceiling of x as an Integral.\n\nThis is the smallest integer >= x.", whole("__ceil__", math.Ceil))
	add("copysign", xy, "Return a float with the magnitude (absolute value) of x but the sign of y.\n\nOn platforms that support signed zeros, copysign(1.0, -0.0)\nreturns -1.0.\n", two(func(t *thread, x, y float64) value {
		return object.MakeFloat(math.Copysign(x, y))
	}))
	add("cos", x, "Return the cosine of x (measured in radians).", one(libm.Cos, false, finite))
	add("cosh", x, "Return the hyperbolic cosine of x.", one(libm.Cosh, true, ""))
	add("degrees", x, "Convert angle x from radians to degrees.", plain(func(x float64) float64 { return x * (180 / math.Pi) }))
	add("dist", "(p, q, /)", "Return the Euclidean distance between two points p and q.\n\nThe points should be specified as sequences (or iterables) of\ncoordinates.  Both inputs must have the same dimension.", dist)
	add("erf", x, "Error function at x.", one(libm.Erf, false, ""))
	add("erfc", x, "Complementary error function at x.", one(libm.Erfc, false, ""))
	add("exp", x, "Return e raised to the power of x.", one(libm.Exp, true, ""))
	add("exp2", x, "Return 2 raised to the power of x.", one(libm.Exp2, true, ""))
	add("expm1", x, "Return exp(x)-1.\n\nThis function avoids the loss of precision involved in the direct evaluation of exp(x)-1 for small x.", one(libm.Expm1, true, ""))
	add("fabs", x, "Return the absolute value of the float x.", plain(math.Abs))
	add("factorial", "(n, /)", "Find n!.", factorial)
	add("floor", x, "Return the floor of x as an Integral.\n\nThis is the largest integer <= x.", whole("__floor__", math.Floor))
	add("fma", "(x, y, z, /)", "Fused multiply-add operation.\n\nCompute (x * y) + z with a single round.", fma)
	add("fmod", xy, "Return fmod(x, y), according to platform C.\n\nx % y may differ.", two(fmod))
	add("frexp", x, "Return the mantissa and exponent of x, as pair (m, e).\n\nIf x is a finite nonzero number, then m is a float with\n0.5 <= abs(m) < 1.0 and an integer e is such that\nx == m * 2**e exactly.  Else, return (x, 0).", frexp)
	add("fsum", "(seq, /)", "Return an accurate floating-point sum of values in the iterable seq.\n\nAssumes IEEE-754 floating-point arithmetic.", fsum)
	add("gamma", x, "Gamma function at x.", one(gamma, true, pole))
	many("gcd", "integers", "Greatest Common Divisor.", gcd)
	many("hypot", "coordinates", "Multidimensional Euclidean distance from the origin to a point.", hypot)
	add("isclose", "(a, b, *, rel_tol=1e-09, abs_tol=0.0)", "Determine whether two floating-point numbers are close in value.", isClose)
	add("isfinite", x, "Return True if x is neither an infinity nor a NaN, and False otherwise.", is(func(x float64) bool { return x-x == 0 }))
	add("isinf", x, "Return True if x is a positive or negative infinity, and False otherwise.", is(func(x float64) bool { return math.IsInf(x, 0) }))
	add("isnan", x, "Return True if x is a NaN (not a number), and False otherwise.", is(func(x float64) bool { return x != x }))
	add("isqrt", "(n, /)", "Return the integer part of the square root of the input.", isqrt)
	many("lcm", "integers", "Least Common Multiple.", lcm)
	add("ldexp", "(x, i, /)", "Return x * (2**i).\n\nThis is essentially the inverse of frexp().", ldexp)
	add("lgamma", x, "Natural logarithm of absolute value of Gamma function at x.", one(lgamma, true, pole))
	defs = append(defs, object.MethodDef{Name: "log", Raw: log, Doc: "log(x, [base=math.e])\nReturn the logarithm of x to the given base.\n\nIf the base is not specified, returns the natural logarithm (base e) of x."})
	add("log1p", x, "Return the natural logarithm of 1+x (base e).\n\nThe result is computed in a way which is accurate for x near zero.", one(libm.Log1p, false, "expected argument value > -1, got %s"))
	add("log10", x, "Return the base 10 logarithm of x.", func(t *thread, a []value) value { return logOf(t, a[0], libm.Log10, math.Log10(2), positive) })
	add("log2", x, "Return the base 2 logarithm of x.", func(t *thread, a []value) value { return logOf(t, a[0], libm.Log2, 1, positive) })
	add("modf", x, "Return the fractional and integer parts of x.\n\nBoth results carry the sign of x and are floats.", modf)
	add("pow", xy, "Return x**y (x to the power of y).", two(pow))
	add("radians", x, "Convert angle x from degrees to radians.", plain(func(x float64) float64 { return x * (math.Pi / 180) }))
	add("remainder", xy, "Difference between x and the closest integer multiple of y.\n\nReturn x - n*y where n*y is the closest integer multiple of y.", two(remainder))
	add("sin", x, "Return the sine of x (measured in radians).", one(libm.Sin, false, finite))
	add("sinh", x, "Return the hyperbolic sine of x.", one(libm.Sinh, true, ""))
	add("sqrt", x, "Return the square root of x.", one(math.Sqrt, false, "expected a nonnegative input, got %s"))
	add("tan", x, "Return the tangent of x (measured in radians).", one(libm.Tan, false, finite))
	add("tanh", x, "Return the hyperbolic tangent of x.", one(libm.Tanh, false, ""))
	add("sumprod", "(p, q, /)", "Return the sum of products of values from two iterables p and q.", sumProd)
	add("trunc", x, "Truncates the Real x to the nearest Integral toward 0.\n\nUses the __trunc__ magic method.", trunc)
	add("prod", "(iterable, /, *, start=1)", "Calculate the product of all the elements in the input iterable.\n\nThe default start value for the product is 1.", prod)
	add("perm", "(n, k=None, /)", "Number of ways to choose k items from n items without repetition and with order.\n\nEvaluates to n! / (n - k)! when k <= n and evaluates\nto zero when k > n.", perm)
	add("comb", "(n, k, /)", "Number of ways to choose k items from n items without repetition and without order.\n\nEvaluates to n! / (k! * (n - k)!) when k <= n and evaluates\nto zero when k > n.", comb)
	add("nextafter", "(x, y, /, *, steps=None)", "Return the floating-point value the given number of steps after x towards y.\n\nIf steps is not specified or is None, it defaults to 1.", nextAfter)
	add("ulp", x, "Return the value of the least significant bit of the float x.", plain(ulp))
	return defs
}

func domainError(t *thread) value { return t.ValueErrorf("math domain error") }
func rangeError(t *thread) value  { return t.OverflowErrorf("math range error") }

// text is x as a message shows it.
func text(x float64) string { return string(pyfmt.AppendRepr(nil, x)) }

// one makes a function of one real number. A NaN that comes from no NaN is a ValueError with the message domain; so is an
// infinity that comes from a finite number, unless overflows says that it is an OverflowError.
func one(f func(x float64) float64, overflows bool, domain string) func(t *thread, a []value) value {
	return func(t *thread, a []value) value {
		x, ok := t.RealNumber(a[0])
		if !ok {
			return value{}
		}
		return result(t, f(x), x, overflows, domain)
	}
}

func result(t *thread, r, x float64, overflows bool, domain string) value {
	if r-r == 0 || x-x != 0 && !(r != r && x == x) {
		return object.MakeFloat(r)
	}
	switch {
	case r == r && overflows && !isPole(r, domain, x):
		return rangeError(t)
	case domain == "":
		return domainError(t)
	}
	return t.ValueErrorf(domain, text(x))
}

// isPole reports whether an infinite result is not one that is too large but that of a pole of gamma.
func isPole(r float64, domain string, x float64) bool {
	return domain != "" && x <= 0 && x == math.Floor(x)
}

// plain makes a function of one real number that cannot fail.
func plain(f func(x float64) float64) func(t *thread, a []value) value {
	return func(t *thread, a []value) value {
		x, ok := t.RealNumber(a[0])
		if !ok {
			return value{}
		}
		return object.MakeFloat(f(x))
	}
}

func is(f func(x float64) bool) func(t *thread, a []value) value {
	return func(t *thread, a []value) value {
		x, ok := t.RealNumber(a[0])
		if !ok {
			return value{}
		}
		return object.MakeBool(f(x))
	}
}

// two makes a function of two real numbers.
func two(f func(t *thread, x, y float64) value) func(t *thread, a []value) value {
	return func(t *thread, a []value) value {
		x, ok := t.RealNumber(a[0])
		if !ok {
			return value{}
		}
		y, ok := t.RealNumber(a[1])
		if !ok {
			return value{}
		}
		return f(t, x, y)
	}
}

// whole makes ceil and floor.
func whole(special string, f func(x float64) float64) func(t *thread, a []value) value {
	name := object.StaticName(special)
	return func(t *thread, a []value) value {
		if a[0].IsFloat() {
			return t.FloatToInt(f(a[0].Float()))
		}
		if r, found := t.CallSpecial(a[0], name); found {
			return r
		}
		x, ok := t.RealNumber(a[0])
		if !ok {
			return value{}
		}
		return t.FloatToInt(f(x))
	}
}

var nameTrunc = object.StaticName("__trunc__")

func trunc(t *thread, a []value) value {
	if a[0].IsFloat() {
		return t.FloatToInt(a[0].Float())
	}
	if r, found := t.CallSpecial(a[0], nameTrunc); found {
		return r
	}
	return t.TypeErrorf("type %s doesn't define __trunc__ method", a[0].Type().Name)
}
