package object

import (
	"math"
	"math/big"
	"math/rand"
	"testing"
)

// edges are ints where representations change.
func edges(r *rand.Rand) *big.Int {
	z := new(big.Int)
	switch r.Intn(4) {
	case 0:
		return z.SetInt64(r.Int63n(41) - 20)
	case 1:
		z.Lsh(big.NewInt(1), uint(r.Intn(200)))
		z.Add(z, big.NewInt(r.Int63n(5)-2))
	case 2:
		z.SetInt64(int64(r.Uint64()))
	default:
		z.Rand(r, new(big.Int).Lsh(big.NewInt(1), uint(r.Intn(400))))
	}
	if r.Intn(2) == 0 {
		z.Neg(z)
	}
	return z
}

// TestIntModel compares operators with package big, and holds that an int that fits an int64 is no big one.
func TestIntModel(t *testing.T) {
	th := NewInterp().Main
	r := rand.New(rand.NewSource(1))
	floor := func(x, y *big.Int) (q, m *big.Int) {
		q, m = new(big.Int).DivMod(x, y, new(big.Int))
		if m.Sign() != 0 && y.Sign() < 0 {
			// DivMod is Euclid's: the remainder is positive always.
			q.Sub(q, big.NewInt(1))
			m.Add(m, y)
		}
		return q, m
	}
	for range 200000 {
		x, y := edges(r), edges(r)
		a, b := MakeBig(new(big.Int).Set(x)), MakeBig(new(big.Int).Set(y))
		check := func(name string, v Value, want *big.Int) {
			t.Helper()
			if v.P == nil {
				t.Fatalf("%v %s %v failed", x, name, y)
			}
			if got := AsBig(v); got.Cmp(want) != 0 || v.IsInt() != want.IsInt64() {
				t.Fatalf("%v %s %v: got %v, want %v", x, name, y, got, want)
			}
		}
		check("+", intAdd(th, a, b), new(big.Int).Add(x, y))
		check("-", intSub(th, a, b), new(big.Int).Sub(x, y))
		check("*", intMul(th, a, b), new(big.Int).Mul(x, y))
		check("&", intAnd(th, a, b), new(big.Int).And(x, y))
		check("|", intOr(th, a, b), new(big.Int).Or(x, y))
		check("^", intXor(th, a, b), new(big.Int).Xor(x, y))
		check("neg", intNeg(th, a), new(big.Int).Neg(x))
		check("abs", intAbs(th, a), new(big.Int).Abs(x))
		check("invert", intInvert(th, a), new(big.Int).Not(x))
		if y.Sign() != 0 {
			q, m := floor(x, y)
			check("//", intFloorDiv(th, a, b), q)
			check("%", intMod(th, a, b), m)
			d := To[Tuple](intDivmod(th, a, b)).Items()
			check("divmod", d[0], q)
			check("divmod", d[1], m)
			want, exact := new(big.Rat).SetFrac(x, y).Float64()
			_ = exact
			if v := intTrueDiv(th, a, b); v.P == nil || v.Float() != want {
				t.Fatalf("%v / %v: got %v, want %v", x, y, v.Float(), want)
			}
		}
		n := uint(r.Intn(130))
		s := MakeInt(int64(n))
		check("<<", intLshift(th, a, s), new(big.Int).Lsh(x, n))
		check(">>", intRshift(th, a, s), new(big.Int).Rsh(x, n))
		if got := compareParts2(a, b); got != x.Cmp(y) {
			t.Fatalf("comparing %v and %v: got %d", x, y, got)
		}
		f, _ := new(big.Float).SetInt(x).Float64()
		if g, ok := th.intFloat2(a); !ok || g != f {
			t.Fatalf("float(%v): got %v, want %v", x, g, f)
		}
		if h, _ := intHash(th, a); h != hashModel(x) {
			t.Fatalf("hash(%v): got %d, want %d", x, h, hashModel(x))
		}
		if math.Abs(f) < 1e300 {
			if h := HashFloat(f); h != hashModel(mustInt(f)) {
				t.Fatalf("hash(%v): got %d, want %d", f, h, hashModel(mustInt(f)))
			}
			if got, want := compareFloatInt(f, a.Int(), bigOrNil(a)), mustInt(f).Cmp(x); got != want {
				t.Fatalf("comparing %v and %v: got %d, want %d", f, x, got, want)
			}
		}
	}
}

func compareParts2(a, b Value) int {
	x, p, _ := intParts(a)
	y, q, _ := intParts(b)
	return compareParts(x, p, y, q)
}

func (t *Thread) intFloat2(a Value) (float64, bool) {
	x, p, _ := intParts(a)
	return t.intFloat(x, p)
}

func bigOrNil(v Value) *big.Int {
	_, z, _ := intParts(v)
	return z
}

func mustInt(f float64) *big.Int {
	z, _ := new(big.Float).SetFloat64(f).Int(nil)
	return z
}

// hashModel is the hash by its definition.
func hashModel(x *big.Int) int64 {
	m := big.NewInt(1<<61 - 1)
	h := new(big.Int).Mod(new(big.Int).Abs(x), m).Int64()
	if x.Sign() < 0 {
		h = -h
	}
	if h == -1 {
		h = -2
	}
	return h
}

// TestSetOrder compares the order of sets with what CPython's table gives, which the golden lists have.
func TestSetOrder(t *testing.T) {
	th := NewInterp().Main
	s := NewSet()
	for _, x := range []int64{5, 13, 21, 29, 37, 1 << 40, -1, -2, 100, 64} {
		s.Add(th, MakeInt(x))
	}
	if got, want := reprOf(th, Of(s)), "{1099511627776, 64, 100, 37, 5, 13, 21, -2, 29, -1}"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
