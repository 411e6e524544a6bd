package vmtest

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/krait-py/krait/verify"
)

// TestRandomPrograms runs a few of the programs of which internal/cmd/vmfuzz runs many.
func TestRandomPrograms(t *testing.T) {
	r, err := NewRunner()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	r.Patience = 50 * time.Millisecond
	n := 60
	if testing.Short() {
		n = 15
	}
	for seed := uint64(0); n > 0; seed++ {
		o := RandomCode(rand.New(rand.NewPCG(seed, 9)))
		if !verify.Object(o).OK() {
			continue
		}
		n--
		for _, m := range []Mode{0, Faithful, Throw, Trace | Hostile, Monitor, Deep, Recode, Tidy} {
			if _, err := r.Run(o, m); err != nil {
				t.Errorf("seed %d, mode %#x: %v", seed, int(m), err)
			}
		}
	}
}

// TestAttack calls builtin functions and methods with odd arguments; see there for more.
func TestAttack(t *testing.T) {
	r, err := NewRunner()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	r.Patience = 2 * time.Second
	last := ""
	for seed := range int64(4) {
		if err := r.Attack(seed, 150, func(what string) { last = what }); err != nil {
			t.Fatalf("seed %d, %s: %v", seed, last, err)
		}
	}
}
