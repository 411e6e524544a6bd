package cmathmod

import "math"

// specials has the results of a function for arguments with an infinity or a NaN: a row for each kind of real part, in it a place
// for each kind of imaginary part, in the order -inf, negative, -0, 0, positive, inf, nan. A place has a
// letter for each part of the result, !! for a domain error, .. where the function computes.
type specials [7]string

// The letters: n NaN, i infinity, 0, 1, p pi, h pi/2, q pi/4, t 3/4 pi; z, m and capital letters are negative.
var letters = map[byte]float64{
	'n': math.NaN(), 'i': math.Inf(1), 'I': math.Inf(-1), '0': 0, 'z': math.Copysign(0, -1), '1': 1, 'm': -1,
	'p': math.Pi, 'P': -math.Pi, 'h': math.Pi / 2, 'H': -math.Pi / 2, 'q': math.Pi / 4, 'Q': -math.Pi / 4, 't': 0.75 * math.Pi, 'T': -0.75 * math.Pi,
}

// kind is the index of x in a table.
func kind(x float64) int {
	switch {
	case x != x:
		return 6
	case math.IsInf(x, -1):
		return 0
	case math.IsInf(x, 1):
		return 5
	case x < 0:
		return 1
	case x > 0:
		return 4
	case math.Signbit(x):
		return 2
	}
	return 3
}

// at looks z up; ok is false for a domain error.
func (s *specials) at(z complex128) (r complex128, ok bool) {
	k := kind(imag(z)) * 3
	p := s[kind(real(z))][k : k+2]
	if p == "!!" {
		return 0, false
	}
	return complex(letters[p[0]], letters[p[1]]), true
}

var acosSpecials = specials{
	"ti pi pi pI pI tI ni",
	"hi .. .. .. .. hI nn",
	"hi .. .. .. .. hI hn",
	"hi .. .. .. .. hI hn",
	"hi .. .. .. .. hI nn",
	"qi 0i 0i 0I 0I qI ni",
	"ni nn nn nn nn nI nn",
}

var acoshSpecials = specials{
	"iT iP iP ip ip it in",
	"iH .. .. .. .. ih nn",
	"iH .. .. .. .. ih nh",
	"iH .. .. .. .. ih nh",
	"iH .. .. .. .. ih nn",
	"iQ iz iz i0 i0 iq in",
	"in nn nn nn nn in nn",
}

var asinhSpecials = specials{
	"IQ Iz Iz I0 I0 Iq In",
	"IH .. .. .. .. Ih nn",
	"IH .. .. .. .. Ih nn",
	"iH .. .. .. .. ih nn",
	"iH .. .. .. .. ih nn",
	"iQ iz iz i0 i0 iq in",
	"in nn nz n0 nn in nn",
}

var atanhSpecials = specials{
	"zH zH zH zh zh zh zn",
	"zH .. .. .. .. zh nn",
	"zH .. .. .. .. zh zn",
	"0H .. .. .. .. 0h 0n",
	"0H .. .. .. .. 0h nn",
	"0H 0H 0H 0h 0h 0h 0n",
	"0H nn nn nn nn 0h nn",
}

var coshSpecials = specials{
	"!! Ii i0 iz II !! in",
	"!! .. .. .. .. !! nn",
	"!! .. .. .. .. !! n0",
	"!! .. .. .. .. !! n0",
	"!! .. .. .. .. !! nn",
	"!! II iz i0 Ii !! in",
	"nn nn n0 n0 nn nn nn",
}

var expSpecials = specials{
	"00 zz 0z 00 z0 00 00",
	"!! .. .. .. .. !! nn",
	"!! .. .. .. .. !! nn",
	"!! .. .. .. .. !! nn",
	"!! .. .. .. .. !! nn",
	"!! II iz i0 Ii !! in",
	"nn nn nz n0 nn nn nn",
}

var logSpecials = specials{
	"iT iP iP ip ip it in",
	"iH .. .. .. .. ih nn",
	"iH .. .. .. .. ih nn",
	"iH .. .. .. .. ih nn",
	"iH .. .. .. .. ih nn",
	"iQ iz iz i0 i0 iq in",
	"in nn nn nn nn in nn",
}

var sinhSpecials = specials{
	"!! iI Iz I0 ii !! in",
	"!! .. .. .. .. !! nn",
	"!! .. .. .. .. !! 0n",
	"!! .. .. .. .. !! 0n",
	"!! .. .. .. .. !! nn",
	"!! II iz i0 Ii !! in",
	"nn nn nz n0 nn nn nn",
}

var sqrtSpecials = specials{
	"iI 0I 0I 0i 0i ii ni",
	"iI .. .. .. .. ii nn",
	"iI .. .. .. .. ii nn",
	"iI .. .. .. .. ii nn",
	"iI .. .. .. .. ii nn",
	"iI iz iz i0 i0 ii in",
	"iI nn nn nn nn ii nn",
}

var tanhSpecials = specials{
	"m0 m0 mz m0 mz m0 m0",
	"!! .. .. .. .. !! nn",
	"!! .. .. .. .. !! zn",
	"!! .. .. .. .. !! 0n",
	"!! .. .. .. .. !! nn",
	"10 10 1z 10 1z 10 10",
	"nn nn nz n0 nn nn nn",
}

var rectSpecials = specials{
	"!! ii I0 Iz iI !! in",
	"!! .. .. .. .. !! nn",
	"00 .. .. .. .. 00 00",
	"00 .. .. .. .. 00 00",
	"!! .. .. .. .. !! nn",
	"!! II iz i0 Ii !! in",
	"nn nn n0 n0 nn nn nn",
}
