package vmtest

import (
	"math/rand/v2"
	"testing"

	"github.com/krait-py/krait/verify"
)

func TestRandomCodeIsVerified(t *testing.T) {
	n, ok := 2000, 0
	why := map[string]int{}
	for seed := range n {
		o := RandomCode(rand.New(rand.NewPCG(uint64(seed), 1)))
		r := verify.Object(o)
		if r.OK() {
			ok++
		} else {
			why[string(r.Findings[0].Rule)+r.Findings[0].Message]++
		}
	}
	for k, v := range why {
		if v > 3 {
			t.Log(v, k)
		}
	}
	t.Log(ok, "of", n)
	if ok < n/2 {
		t.Error("too few random programs are verified")
	}
}
