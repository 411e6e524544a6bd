package libm

import (
	"math"
	"math/big"
	"math/rand"
	"testing"
)

// bigExp is e**x to 200 bits.
func bigExp(x float64) *big.Float {
	const prec = 200
	n := 0
	for math.Abs(x) > 0.1 {
		x /= 2
		n++
	}
	b := new(big.Float).SetPrec(prec).SetFloat64(x)
	s := new(big.Float).SetPrec(prec).SetInt64(1)
	t := new(big.Float).SetPrec(prec).SetInt64(1)
	for k := int64(1); k < 60; k++ {
		t.Mul(t, b).Quo(t, new(big.Float).SetInt64(k))
		s.Add(s, t)
	}
	for range n {
		s.Mul(s, s)
	}
	return s
}

// bigLog is the logarithm of x, by Newton's method from an approximation.
func bigLog(x float64) *big.Float {
	y := new(big.Float).SetPrec(200).SetFloat64(math.Log(x))
	for range 4 {
		// y += x/e**y - 1, with e**y of the float and the rest apart.
		f, _ := y.Float64()
		rest := new(big.Float).SetPrec(200).Sub(y, new(big.Float).SetFloat64(f))
		e := bigExp(f)
		r, _ := rest.Float64()
		one := new(big.Float).SetPrec(200).SetInt64(1)
		er := new(big.Float).SetPrec(200).Add(one, rest)
		er.Add(er, new(big.Float).SetPrec(200).Mul(rest, new(big.Float).SetFloat64(r/2)))
		e.Mul(e, er)
		q := new(big.Float).SetPrec(200).Quo(new(big.Float).SetFloat64(x), e)
		y.Add(y, q.Sub(q, one))
	}
	return y
}

// TestRounding holds that results are the floats nearest to the exact ones.
func TestRounding(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 3000 {
		x := r.Float64()*40 - 20
		want, _ := bigExp(x).Float64()
		if got := Exp(x); got != want {
			t.Errorf("Exp(%v): got %v, want %v", x, got, want)
		}
	}
	for range 1000 {
		x := math.Exp(r.Float64()*20 - 10)
		want, _ := bigLog(x).Float64()
		if got := Log(x); got != want {
			t.Errorf("Log(%v): got %v, want %v", x, got, want)
		}
	}
}

// TestIdentities checks functions against each other where both sides have small errors.
func TestIdentities(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	near := func(what string, x, got, want float64, ulps float64) {
		if d := math.Abs(got - want); d > ulps*math.Abs(want)*0x1p-52 {
			t.Errorf("%s(%v): got %v, want %v", what, x, got, want)
		}
	}
	for range 5000 {
		x := math.Exp(r.Float64()*1300 - 650)
		s, c := Sin(x), Cos(x)
		near("Sin²+Cos²", x, s*s+c*c, 1, 4)
		near("Tan", x, Tan(x), s/c, 4)
		y := r.Float64()*2 - 1
		near("Sin(Asin)", y, Sin(Asin(y)), y, 4)
		near("Asin+Acos", y, Asin(y)+Acos(y), math.Pi/2, 4)
		near("Tan(Atan)", y, Tan(Atan(y)), y, 4)
		near("Pow", x, Pow(Pow(x, 0.3), 1/0.3), x, 400)
		near("Cbrt", x, Cbrt(x), Pow(x, 1.0/3), 400)
		z := r.Float64() * 3
		near("Erf+Erfc", z, Erf(z)+Erfc(z), 1, 4)
		near("Erf", z, Erf(z), math.Erf(z), 4)
	}
}

func TestExact(t *testing.T) {
	for i := -300; i <= 300; i++ {
		p := math.Pow10(i)
		if got := Log10(p); got != float64(i) {
			t.Errorf("Log10(1e%d): got %v", i, got)
		}
		if got := Log2(math.Ldexp(1, i)); got != float64(i) {
			t.Errorf("Log2(2**%d): got %v", i, got)
		}
		if got := Exp2(float64(i)); got != math.Ldexp(1, i) {
			t.Errorf("Exp2(%d): got %v", i, got)
		}
	}
	// Squares that are halfway between two floats are rounded to even.
	for x := 1<<26 + 1.0; x < 1<<27; x += 1<<16 + 2 {
		if got := Pow(x, 2); got != x*x {
			t.Errorf("Pow(%v, 2): got %v, want %v", x, got, x*x)
		}
	}
	for x := 1.0; x < 1000; x++ {
		if got := Pow(x, 0.5); got != math.Sqrt(x) {
			t.Errorf("Pow(%v, 0.5): got %v, want %v", x, got, math.Sqrt(x))
		}
		if got := Hypot(3*x, 4*x); got != 5*x {
			t.Errorf("Hypot(%v, %v): got %v", 3*x, 4*x, got)
		}
	}
}

// TestHypot compares the short way of Hypot with the one for all numbers.
func TestHypot(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 300000 {
		x, y := math.Ldexp(r.Float64()+0.5, r.Intn(700)-350), r.Float64()+0.5
		y *= x * math.Ldexp(1, -r.Intn(40))
		x, y = max(x, y), min(x, y)
		if y < 0x1p-399 {
			continue
		}
		if got, want := Hypot(y, x), hypotScaled(x, y); got != want {
			t.Fatalf("Hypot(%v, %v): got %v, want %v", x, y, got, want)
		}
	}
}

func FuzzFinite(f *testing.F) {
	f.Add(1.0, 2.0)
	f.Fuzz(func(t *testing.T, x, y float64) {
		// Whatever the arguments: no panic, and NaN only where it has a reason.
		for _, g := range []func(float64) float64{Exp, Exp2, Log, Log2, Log10, Sin, Cos, Tan, Asin, Acos, Atan, Sinh, Cosh, Tanh, Asinh, Acosh, Atanh, Erf, Erfc, Cbrt} {
			g(x)
		}
		if r := Atan2(y, x); r != r && x == x && y == y {
			t.Errorf("Atan2(%v, %v) is NaN", y, x)
		}
		if r, want := Pow(x, y), math.Pow(x, y); (r != r) != (want != want) {
			t.Errorf("Pow(%v, %v): got %v, want %v", x, y, r, want)
		}
		Hypot(x, y)
	})
}

func BenchmarkPow(b *testing.B) {
	x := 1.5
	for b.Loop() {
		x = Pow(x, 1.0000001)
	}
}

func BenchmarkExp(b *testing.B) {
	x := 1.5
	for b.Loop() {
		x = Exp(x) - 3.1
	}
}

func BenchmarkSin(b *testing.B) {
	x := 1.5
	for b.Loop() {
		x = Sin(x) + 1
	}
}

func BenchmarkLog(b *testing.B) {
	x := 1.5
	for b.Loop() {
		x = Log(x) + 1.5
	}
}
