package mathmod

import (
	"math/big"
	"math/rand"
	"testing"
)

func TestSqrtBig(t *testing.T) {
	rnd := rand.New(rand.NewSource(1))
	one := big.NewInt(1)
	check := func(n *big.Int) {
		if n.BitLen() > 62 {
			if got, want := sqrtBig(n), new(big.Int).Sqrt(n); got.Cmp(want) != 0 {
				t.Fatalf("sqrtBig(%v) = %v; want %v", n, got, want)
			}
		}
	}
	for length := uint(32); length < 700; length++ {
		for range 20 {
			root := new(big.Int).Rand(rnd, new(big.Int).Lsh(one, length))
			n := new(big.Int).Mul(root, root)
			check(n)
			check(new(big.Int).Sub(n, one))
			check(new(big.Int).Add(n, root))
			check(new(big.Int).Rand(rnd, new(big.Int).Lsh(one, length)))
		}
		power := new(big.Int).Lsh(one, length*2)
		check(power)
		check(power.Sub(power, one))
	}
}

func BenchmarkSqrtBig(b *testing.B) {
	n := new(big.Int).Exp(big.NewInt(10), big.NewInt(60), nil)
	b.ReportAllocs()
	for b.Loop() {
		sqrtBig(n)
	}
}
