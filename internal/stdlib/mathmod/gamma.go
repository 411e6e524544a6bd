package mathmod

import (
	"math"

	"github.com/krait-py/krait/internal/libm"
)

// Gamma by Lanczos's approximation with the parameters that CPython uses: N = 13 and this g.
const (
	lanczosG     = 6.024680040776729583740234375
	lanczosGHalf = 5.524680040776729583740234375 // g - 1/2
)

// The coefficients of the approximation's quotient of polynomials, constants first.
var (
	lanczosTop = [13]float64{
		23531376880.410759688572007674451636754734846804940, 42919803642.649098768957899047001988850926355848959,
		35711959237.355668049440185451547166705960488635843, 17921034426.037209699919755754458931112671403265390,
		6039542586.3520280050642916443072979210699388420708, 1439720407.3117216736632230727949123939715485786372,
		248874557.86205415651146038641322942321632125127801, 31426415.585400194380614231628318205362874684987640,
		2876370.6289353724412254090516208496135991145378768, 186056.26539522349504029498971604569928220784236328,
		8071.6720023658162106380029022722506138218516325024, 210.82427775157934587250973392071336271166969580291,
		2.5066282746310002701649081771338373386264310793408,
	}
	lanczosBottom = [13]float64{0, 39916800, 120543840, 150917976, 105258076, 45995730, 13339535, 2637558, 357423, 32670, 1925, 66, 1}
)

func lanczosSum(x float64) float64 {
	top, bottom := 0.0, 0.0
	if x < 5 {
		for i := 12; i >= 0; i-- {
			top = float64(top*x) + lanczosTop[i]
			bottom = float64(bottom*x) + lanczosBottom[i]
		}
	} else {
		for i := range lanczosTop {
			top = top/x + lanczosTop[i]
			bottom = bottom/x + lanczosBottom[i]
		}
	}
	return top / bottom
}

// sinPi is sin(πx) without the error of π times a large number.
func sinPi(x float64) float64 {
	y := math.Mod(math.Abs(x), 2)
	var r float64
	switch int(math.Round(2 * y)) {
	case 0:
		r = libm.Sin(math.Pi * y)
	case 1:
		r = libm.Cos(math.Pi * (y - 0.5))
	case 2:
		r = libm.Sin(math.Pi * (1 - y))
	case 3:
		r = -libm.Cos(math.Pi * (y - 1.5))
	default:
		r = libm.Sin(math.Pi * (y - 2))
	}
	return math.Copysign(1, x) * r
}

// factorials are those that a float has exactly, 0! first.
var factorials = func() (f [23]float64) {
	f[0] = 1
	for i := 1; i < len(f); i++ {
		f[i] = f[i-1] * float64(i)
	}
	return
}()

// gamma returns NaN, from a number, for an argument outside the domain.
func gamma(x float64) float64 {
	switch {
	case x-x != 0:
		if math.IsInf(x, -1) {
			return math.NaN()
		}
		return x
	case x == 0:
		return math.NaN()
	case x == math.Floor(x):
		if x < 0 {
			return math.NaN()
		}
		if x <= float64(len(factorials)) {
			return factorials[int(x)-1]
		}
	}
	a := math.Abs(x)
	if a < 1e-20 {
		return 1 / x
	}
	if a > 200 {
		if x < 0 {
			return 0 / sinPi(x)
		}
		return math.Inf(1)
	}
	y := a + lanczosGHalf
	// z is the error that rounding y has made.
	var z float64
	if a > lanczosGHalf {
		z = (y - a) - lanczosGHalf
	} else {
		z = (y - lanczosGHalf) - a
	}
	z = z * lanczosG / y
	var r float64
	if x < 0 {
		r = -math.Pi / sinPi(a) / a * libm.Exp(y) / lanczosSum(a)
		r -= float64(z * r)
		if a < 140 {
			return r / libm.Pow(y, a-0.5)
		}
		s := libm.Pow(y, a/2-0.25)
		return r / s / s
	}
	r = lanczosSum(a) / libm.Exp(y)
	r += float64(z * r)
	if a < 140 {
		return r * libm.Pow(y, a-0.5)
	}
	s := libm.Pow(y, a/2-0.25)
	return r * s * s
}

// logPi is log(π).
const logPi = 1.144729885849400174143427351353058711647

func lgamma(x float64) float64 {
	switch {
	case x != x:
		return x
	case math.IsInf(x, 0):
		return math.Inf(1)
	case x == math.Floor(x) && x <= 2:
		if x <= 0 {
			return math.NaN()
		}
		return 0
	}
	a := math.Abs(x)
	if a < 1e-20 {
		return -libm.Log(a)
	}
	r := libm.Log(lanczosSum(a)) - lanczosG
	r += float64((a - 0.5) * (libm.Log(a+lanczosG-0.5) - 1))
	if x < 0 {
		r = logPi - libm.Log(math.Abs(sinPi(a))) - libm.Log(a) - r
	}
	return r
}
