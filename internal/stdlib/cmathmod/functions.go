package cmathmod

import (
	"math"

	"github.com/krait-py/krait/internal/libm"
	"github.com/krait-py/krait/internal/object"
)

// trouble is what can be wrong with an argument.
type trouble uint8

const (
	fine trouble = iota
	domain
	tooLarge
)

const (
	large      = math.MaxFloat64 / 4
	sqrtLarge  = 6.703903964971299e+153 // its square root
	smallest   = 0x1p-1022
	sqrtLeast  = 0x1p-511
	logOfLarge = 708.3964185322641 // log(large)
	twoLn2     = 2 * math.Ln2
)

func finite(z complex128) bool {
	return real(z)-real(z) == 0 && imag(z)-imag(z) == 0
}

// looked is the result for an argument that is not finite.
func looked(s *specials, z complex128) (complex128, trouble) {
	r, ok := s.at(z)
	if !ok {
		return 0, domain
	}
	return r, fine
}

// half is |z/2|, which does not overflow.
func half(z complex128) float64 { return libm.Hypot(real(z)/2, imag(z)/2) }

func isLarge(z complex128) bool { return math.Abs(real(z)) > large || math.Abs(imag(z)) > large }

func sqrt(z complex128) (complex128, trouble) {
	if !finite(z) {
		return looked(&sqrtSpecials, z)
	}
	if z == 0 {
		return complex(0, imag(z)), fine
	}
	ax, ay := math.Abs(real(z)), math.Abs(imag(z))
	var s float64
	if ax < smallest && ay < smallest {
		// Subnormal numbers are scaled by an even power of two.
		ax = math.Ldexp(ax, 53)
		s = math.Ldexp(math.Sqrt(ax+libm.Hypot(ax, math.Ldexp(ay, 53))), -27)
	} else {
		ax /= 8
		s = 2 * math.Sqrt(ax+libm.Hypot(ax, ay/8))
	}
	d := ay / (2 * s)
	if real(z) >= 0 {
		return complex(s, math.Copysign(d, imag(z))), fine
	}
	return complex(d, math.Copysign(s, imag(z))), fine
}

func acos(z complex128) (complex128, trouble) {
	if !finite(z) {
		return looked(&acosSpecials, z)
	}
	x, y := real(z), imag(z)
	if isLarge(z) {
		l := libm.Log(half(z)) + twoLn2
		if x < 0 {
			return complex(libm.Atan2(math.Abs(y), x), -math.Copysign(l, y)), fine
		}
		return complex(libm.Atan2(math.Abs(y), x), math.Copysign(l, -y)), fine
	}
	p, _ := sqrt(complex(1-x, -y))
	q, _ := sqrt(complex(1+x, y))
	return complex(2*libm.Atan2(real(p), real(q)), libm.Asinh(float64(real(q)*imag(p))-float64(imag(q)*real(p)))), fine
}

func acosh(z complex128) (complex128, trouble) {
	if !finite(z) {
		return looked(&acoshSpecials, z)
	}
	x, y := real(z), imag(z)
	if isLarge(z) {
		return complex(libm.Log(half(z))+twoLn2, libm.Atan2(y, x)), fine
	}
	p, _ := sqrt(complex(x-1, y))
	q, _ := sqrt(complex(x+1, y))
	return complex(libm.Asinh(float64(real(p)*real(q))+float64(imag(p)*imag(q))), 2*libm.Atan2(imag(p), real(q))), fine
}

func asinh(z complex128) (complex128, trouble) {
	if !finite(z) {
		return looked(&asinhSpecials, z)
	}
	x, y := real(z), imag(z)
	if isLarge(z) {
		l := libm.Log(half(z)) + twoLn2
		if y >= 0 {
			l = math.Copysign(l, x)
		} else {
			l = -math.Copysign(l, -x)
		}
		return complex(l, libm.Atan2(y, math.Abs(x))), fine
	}
	p, _ := sqrt(complex(1+y, -x))
	q, _ := sqrt(complex(1-y, x))
	return complex(libm.Asinh(float64(real(p)*imag(q))-float64(real(q)*imag(p))),
		libm.Atan2(y, float64(real(p)*real(q))-float64(imag(p)*imag(q)))), fine
}

// turned makes f(z) of g by -i g(iz), as circular functions come from hyperbolic ones.
func turned(g func(z complex128) (complex128, trouble)) func(z complex128) (complex128, trouble) {
	return func(z complex128) (complex128, trouble) {
		r, e := g(complex(-imag(z), real(z)))
		return complex(imag(r), -real(r)), e
	}
}

func atanh(z complex128) (complex128, trouble) {
	if !finite(z) {
		return looked(&atanhSpecials, z)
	}
	x, y := real(z), imag(z)
	if x < 0 || x == 0 && math.Signbit(x) {
		r, e := atanh(-z)
		return -r, e
	}
	ay := math.Abs(y)
	switch {
	case x > sqrtLarge || ay > sqrtLarge:
		h := half(z)
		return complex(x/4/h/h, -math.Copysign(math.Pi/2, -y)), fine
	case x == 1 && ay < sqrtLeast:
		if ay == 0 {
			return complex(math.Inf(1), y), domain
		}
		return complex(-libm.Log(math.Sqrt(ay)/math.Sqrt(libm.Hypot(ay, 2))), math.Copysign(libm.Atan2(2, -ay)/2, y)), fine
	}
	sq := float64(ay * ay)
	return complex(libm.Log1p(4*x/(float64((1-x)*(1-x))+sq))/4, -libm.Atan2(-2*y, float64((1-x)*(1+x))-sq)/2), fine
}

// infinite completes a result of exp, cosh, sinh or rect that is infinite times (cos, sin) of a finite angle.
func infinite(re, im float64) (complex128, trouble) {
	return complex(math.Copysign(math.Inf(1), re), math.Copysign(math.Inf(1), im)), fine
}

func checked(re, im float64) (complex128, trouble) {
	if math.IsInf(re, 0) || math.IsInf(im, 0) {
		return complex(re, im), tooLarge
	}
	return complex(re, im), fine
}

func cosh(z complex128) (complex128, trouble) {
	x, y := real(z), imag(z)
	if !finite(z) {
		if math.IsInf(x, 0) && y-y == 0 && y != 0 {
			return infinite(libm.Cos(y), math.Copysign(1, x)*libm.Sin(y))
		}
		return looked(&coshSpecials, z)
	}
	if math.Abs(x) > logOfLarge {
		x -= math.Copysign(1, x)
		return checked(libm.Cos(y)*libm.Cosh(x)*math.E, libm.Sin(y)*libm.Sinh(x)*math.E)
	}
	return checked(libm.Cos(y)*libm.Cosh(x), libm.Sin(y)*libm.Sinh(x))
}

func sinh(z complex128) (complex128, trouble) {
	x, y := real(z), imag(z)
	if !finite(z) {
		if math.IsInf(x, 0) && y-y == 0 && y != 0 {
			return infinite(math.Copysign(1, x)*libm.Cos(y), libm.Sin(y))
		}
		return looked(&sinhSpecials, z)
	}
	if math.Abs(x) > logOfLarge {
		x -= math.Copysign(1, x)
		return checked(libm.Cos(y)*libm.Sinh(x)*math.E, libm.Sin(y)*libm.Cosh(x)*math.E)
	}
	return checked(libm.Cos(y)*libm.Sinh(x), libm.Sin(y)*libm.Cosh(x))
}

func cos(z complex128) (complex128, trouble) { return cosh(complex(-imag(z), real(z))) }

func exp(z complex128) (complex128, trouble) {
	x, y := real(z), imag(z)
	if !finite(z) {
		if math.IsInf(x, 0) && y-y == 0 && y != 0 {
			if x > 0 {
				return infinite(libm.Cos(y), libm.Sin(y))
			}
			return complex(math.Copysign(0, libm.Cos(y)), math.Copysign(0, libm.Sin(y))), fine
		}
		return looked(&expSpecials, z)
	}
	if x > logOfLarge {
		l := libm.Exp(x - 1)
		return checked(l*libm.Cos(y)*math.E, l*libm.Sin(y)*math.E)
	}
	l := libm.Exp(x)
	return checked(l*libm.Cos(y), l*libm.Sin(y))
}

func log(z complex128) (complex128, trouble) {
	if !finite(z) {
		return looked(&logSpecials, z)
	}
	x, y := real(z), imag(z)
	ax, ay := math.Abs(x), math.Abs(y)
	angle := libm.Atan2(y, x)
	switch {
	case ax > large || ay > large:
		return complex(libm.Log(half(z))+math.Ln2, angle), fine
	case ax < smallest && ay < smallest:
		if z == 0 {
			return complex(math.Inf(-1), angle), domain
		}
		return complex(libm.Log(libm.Hypot(math.Ldexp(ax, 53), math.Ldexp(ay, 53)))-53*math.Ln2, angle), fine
	}
	h := libm.Hypot(ax, ay)
	if h >= 0.71 && h <= 1.73 {
		if ax < ay {
			ax, ay = ay, ax
		}
		return complex(libm.Log1p(float64((ax-1)*(ax+1))+float64(ay*ay))/2, angle), fine
	}
	return complex(libm.Log(h), angle), fine
}

func log10(z complex128) (complex128, trouble) {
	r, e := log(z)
	return complex(real(r)/math.Ln10, imag(r)/math.Ln10), e
}

func tanh(z complex128) (complex128, trouble) {
	x, y := real(z), imag(z)
	if !finite(z) {
		if math.IsInf(x, 0) && y-y == 0 && y != 0 {
			return complex(math.Copysign(1, x), math.Copysign(0, 2*libm.Sin(y)*libm.Cos(y))), fine
		}
		return looked(&tanhSpecials, z)
	}
	if math.Abs(x) > logOfLarge {
		return complex(math.Copysign(1, x), 4*libm.Sin(y)*libm.Cos(y)*libm.Exp(-2*math.Abs(x))), fine
	}
	tx, ty, cx := libm.Tanh(x), libm.Tan(y), 1/libm.Cosh(x)
	m := float64(tx * ty)
	d := 1 + float64(m*m)
	return complex(tx*(1+float64(ty*ty))/d, ty/d*cx*cx), fine
}

func rect(t *thread, a []value) value {
	r, ok := t.RealNumber(a[0])
	if !ok {
		return value{}
	}
	phi, ok := t.RealNumber(a[1])
	if !ok {
		return value{}
	}
	z := complex(r, phi)
	switch {
	case !finite(z) && math.IsInf(r, 0) && phi-phi == 0 && phi != 0:
		s := math.Copysign(1, r)
		c, _ := infinite(s*libm.Cos(phi), s*libm.Sin(phi))
		return object.MakeComplex(c)
	case !finite(z):
		return outcome(t, complexOf(looked(&rectSpecials, z)))
	case phi == 0:
		return object.MakeComplex(complex(r, float64(r*phi)))
	}
	return object.MakeComplex(complex(r*libm.Cos(phi), r*libm.Sin(phi)))
}
