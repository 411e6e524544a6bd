package decimalmod

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

// random returns a number of up to 128 bits, small and odd ones as often as others.
func random(r *rand.Rand) wide {
	x := wide{r.Uint64(), r.Uint64()}
	switch r.IntN(4) {
	case 0:
		x.hi = 0
	case 1:
		x.hi >>= r.IntN(64)
		x.lo |= -(x.lo & 1)
	case 2:
		x = tens[r.IntN(len(tens))].minus(wide{lo: uint64(r.IntN(2))})
	}
	return x
}

// TestWide reckons beside package big.
func TestWide(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300000 {
		x, y := random(r), random(r)
		p, q := x.long(), y.long()
		if s := p.String(); x.String() != s || x.digits() != len(s) {
			t.Fatalf("%s is %s with %d digits", s, x, x.digits())
		}
		if s := x.String(); len(s) <= maxDigits {
			if got, ok := parse(s); !ok || got != x {
				t.Fatalf("%s is read as %s", s, got)
			}
		}
		if x.compare(y) != p.Cmp(q) {
			t.Fatalf("%s and %s compare as %d", x, y, x.compare(y))
		}
		z := new(big.Int).Mul(p, q)
		if got, ok := x.times(y); ok != (z.BitLen() <= 128) || ok && got.long().Cmp(z) != 0 {
			t.Fatalf("%s * %s = %s, %v", x, y, got, ok)
		}
		n := r.IntN(60)
		over, lost := new(big.Int).QuoRem(z, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil), new(big.Int))
		if got, more, ok := x.timesOver(y, n); ok != (over.BitLen() <= 128) || ok && (got.long().Cmp(over) != 0 || more != (lost.Sign() != 0)) {
			t.Fatalf("%s * %s without %d digits = %s, %v, %v", x, y, n, got, more, ok)
		}
		if y.zero() {
			continue
		}
		rest := new(big.Int)
		z.QuoRem(p, q, rest)
		if got, left := x.divide(y); got.long().Cmp(z) != 0 || left.long().Cmp(rest) != 0 {
			t.Fatalf("%s / %s = %s, %s", x, y, got, left)
		}
	}
	for _, s := range []string{"", "1x", "-1", "123456789012345678901234567890123456789", "12345678901234567890123456789012345/"} {
		if x, ok := parse(s); ok {
			t.Errorf("%q is read as %s", s, x)
		}
	}
}

// TestDrop rounds in all ways.
func TestDrop(t *testing.T) {
	digits := []uint64{10, 11, 15, 19, 20, 21, 25, 26, 50, 51, 55, 59, 0, 1, 5, 9, 94, 95, 99}
	for m, want := range map[mode][2][]uint64{ // of numbers that are not negative, and of negative ones
		down:       {{1, 1, 1, 1, 2, 2, 2, 2, 5, 5, 5, 5, 0, 0, 0, 0, 9, 9, 9}, {1, 1, 1, 1, 2, 2, 2, 2, 5, 5, 5, 5, 0, 0, 0, 0, 9, 9, 9}},
		up:         {{1, 2, 2, 2, 2, 3, 3, 3, 5, 6, 6, 6, 0, 1, 1, 1, 10, 10, 10}, {1, 2, 2, 2, 2, 3, 3, 3, 5, 6, 6, 6, 0, 1, 1, 1, 10, 10, 10}},
		ceiling:    {{1, 2, 2, 2, 2, 3, 3, 3, 5, 6, 6, 6, 0, 1, 1, 1, 10, 10, 10}, {1, 1, 1, 1, 2, 2, 2, 2, 5, 5, 5, 5, 0, 0, 0, 0, 9, 9, 9}},
		floor:      {{1, 1, 1, 1, 2, 2, 2, 2, 5, 5, 5, 5, 0, 0, 0, 0, 9, 9, 9}, {1, 2, 2, 2, 2, 3, 3, 3, 5, 6, 6, 6, 0, 1, 1, 1, 10, 10, 10}},
		halfUp:     {{1, 1, 2, 2, 2, 2, 3, 3, 5, 5, 6, 6, 0, 0, 1, 1, 9, 10, 10}, {1, 1, 2, 2, 2, 2, 3, 3, 5, 5, 6, 6, 0, 0, 1, 1, 9, 10, 10}},
		halfDown:   {{1, 1, 1, 2, 2, 2, 2, 3, 5, 5, 5, 6, 0, 0, 0, 1, 9, 9, 10}, {1, 1, 1, 2, 2, 2, 2, 3, 5, 5, 5, 6, 0, 0, 0, 1, 9, 9, 10}},
		halfEven:   {{1, 1, 2, 2, 2, 2, 2, 3, 5, 5, 6, 6, 0, 0, 0, 1, 9, 10, 10}, {1, 1, 2, 2, 2, 2, 2, 3, 5, 5, 6, 6, 0, 0, 0, 1, 9, 10, 10}},
		zeroFiveUp: {{1, 1, 1, 1, 2, 2, 2, 2, 5, 6, 6, 6, 0, 1, 1, 1, 9, 9, 9}, {1, 1, 1, 1, 2, 2, 2, 2, 5, 6, 6, 6, 0, 1, 1, 1, 9, 9, 9}},
	} {
		for side, want := range want {
			for i, d := range digits {
				got, changed := drop(wide{lo: d}, 1, false, side == 1, m)
				if got != (wide{lo: want[i]}) || changed != (d%10 != 0) {
					t.Errorf("way %d, side %d: %d becomes %s, %v", m, side, d, got, changed)
				}
			}
		}
	}
	if q, _ := drop(wide{lo: 25}, 1, true, false, halfDown); q.lo != 3 {
		t.Errorf("more than a half becomes %s", q)
	}
	if q, changed := drop(wide{lo: 25}, 1<<40, false, false, up); q.lo != 1 || !changed {
		t.Errorf("far below the last digit is %s, %v", q, changed)
	}
}
