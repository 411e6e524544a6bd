package object

import (
	"math/big"
	"math/rand"
	"testing"
)

// The words of operands are often at an end of their range: there the estimates of quotients are wrong.
func TestLongDivision(t *testing.T) {
	rnd := rand.New(rand.NewSource(1))
	number := func(words int) *big.Int {
		w := make([]big.Word, words)
		for i := range w {
			switch rnd.Intn(4) {
			case 0:
				w[i] = ^big.Word(0) - big.Word(rnd.Intn(2))
			case 1:
				w[i] = big.Word(rnd.Intn(2))
			case 2:
				w[i] = 1 << rnd.Intn(63)
			default:
				w[i] = big.Word(rnd.Uint64())
			}
		}
		z := new(big.Int).SetBits(w)
		if rnd.Intn(2) == 0 {
			z.Neg(z)
		}
		return z
	}
	th := NewInterp().Main
	for range 100_000 {
		p, q := number(1+rnd.Intn(longDividend+2)), number(1+rnd.Intn(longDivisor+2))
		if q.Sign() == 0 {
			continue
		}
		quo, rem := quoRem(th, p, q, true)
		wantQuo, wantRem := new(big.Int).QuoRem(p, q, new(big.Int))
		if quo.V.Cmp(wantQuo) != 0 || rem.V.Cmp(wantRem) != 0 {
			t.Fatalf("%#x, %#x: %#x, %#x; want %#x, %#x", p, q, &quo.V, &rem.V, wantQuo, wantRem)
		}
		th.dropBig(quo)
		if _, rem2 := quoRem(th, p, q, false); rem2.V.Cmp(wantRem) != 0 {
			t.Fatalf("%#x %% %#x: %#x; want %#x", p, q, &rem2.V, wantRem)
		}
		th.dropBig(rem)
	}
}
