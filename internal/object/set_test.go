package object

import (
	"math/rand/v2"
	"testing"
)

// TestSetTable checks sets of all kinds of tables against a map: while they grow, lose elements, shrink and are copied.
func TestSetTable(t *testing.T) {
	th := NewInterp().Main
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 60 {
		s, want := NewSet(), map[int64]bool{}
		check := func(what string) {
			t.Helper()
			if s.Len() != len(want) {
				t.Fatalf("round %d, %s: %d elements, want %d", round, what, s.Len(), len(want))
			}
			n := 0
			for e, i := s.next(0); e != nil; e, i = s.next(i) {
				if v := e.value(); v.P == nil || !v.IsInt() || !want[v.Int()] {
					t.Fatalf("round %d, %s: element %v", round, what, v)
				}
				n++
			}
			if n != len(want) {
				t.Fatalf("round %d, %s: the table has %d elements, want %d", round, what, n, len(want))
			}
			for k := range want {
				if has, ok := s.Contains(th, MakeInt(k)); !has || !ok {
					t.Fatalf("round %d, %s: %d is missing", round, what, k)
				}
			}
		}
		limit := int64(2) << (round % 10)
		for range 12 {
			for range r.IntN(int(limit)) {
				k := r.Int64N(limit)
				s.Add(th, MakeInt(k))
				want[k] = true
			}
			check("added")
			o := NewSet()
			for range r.IntN(int(limit) * 2) {
				k := r.Int64N(limit)
				o.Add(th, MakeInt(k))
			}
			switch r.IntN(4) {
			case 0:
				s.removeAll(th, Of(o))
				for _, k := range o.Items() {
					delete(want, k.Int())
				}
				check("removed")
			case 1:
				s = s.copySet(th)
				check("copied")
			case 2:
				s.toggleAll(th, Of(o))
				for _, k := range o.Items() {
					if want[k.Int()] {
						delete(want, k.Int())
					} else {
						want[k.Int()] = true
					}
				}
				check("toggled")
			case 3:
				for s.Len() > r.IntN(5) {
					delete(want, setPop(th, []Value{Of(s)}).Int())
				}
				check("popped")
			}
		}
	}
}
