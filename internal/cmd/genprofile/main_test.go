package main

import (
	"testing"

	"github.com/google/pprof/profile"
)

// TestCut has stacks with the loop at each place.
func TestCut(t *testing.T) {
	place := func(id uint64, names ...string) *profile.Location {
		l := &profile.Location{ID: id}
		for _, n := range names {
			l.Line = append(l.Line, profile.Line{Function: &profile.Function{Name: n}})
		}
		return l
	}
	a, b := place(1, "a"), place(2, "b")
	eval, inlined := place(3, loop), place(4, "regs", loop)
	for _, test := range []struct {
		name  string
		stack []*profile.Location
		want  int
	}{
		{"no loop", []*profile.Location{a, b}, 2},
		{"below", []*profile.Location{a, eval, b}, 1},
		{"inlined into it", []*profile.Location{a, b, inlined, b, eval}, 2},
		{"itself", []*profile.Location{eval, b}, 2},
		{"itself and below", []*profile.Location{inlined, b, eval, a}, 2},
	} {
		s := &profile.Sample{Location: test.stack}
		cut(&profile.Profile{Sample: []*profile.Sample{s}}, loop)
		if len(s.Location) != test.want {
			t.Errorf("%s: %d places left of %d, want %d", test.name, len(s.Location), len(test.stack), test.want)
		}
	}
}

// TestProfile reads the profile that krait is built with: without calls from the loop, with others.
func TestProfile(t *testing.T) {
	p, err := read("../../../cmd/krait/default.pgo")
	if err != nil {
		t.Fatal(err)
	}
	calls := 0
	for _, s := range p.Sample {
		for i, l := range s.Location {
			if i > 0 && within(l, loop) {
				t.Fatalf("a stack with a call from %s", loop)
			}
		}
		if len(s.Location) > 1 {
			calls++
		}
	}
	if calls < 1000 {
		t.Errorf("%d stacks with calls: is that a profile of the programs of bench/?", calls)
	}
}
