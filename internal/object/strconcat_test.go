package object

import (
	"runtime"
	"strings"
	"testing"
)

// TestChains lets texts grow in every way, keeps all of them, and sees whether one has changed in the end.
func TestChains(t *testing.T) {
	th := NewInterp().Main
	for _, step := range []string{"x", "ab", "ж", strings.Repeat("long ", 30), strings.Repeat("中", 50)} {
		var all []*Str
		var want []string
		keep := func(v Value, text string) *Str {
			s := v.Str()
			all, want = append(all, s), append(want, text)
			return s
		}
		s := NewStr("")
		x := NewStr(step)
		for i := range 300 {
			old := s
			s = keep(ConcatStr(th, s, x), s.S+step)
			if i%5 == 4 {
				// A branch that has the same beginning.
				b := keep(ConcatStr(th, old, NewStr("branch")), old.S+"branch")
				keep(ConcatStr(th, b, x), b.S+step)
			}
			if i%100 == 50 {
				runtime.GC()
			}
		}
		for i, s := range all {
			if s.S != want[i] || s.Len() != CountPoints(want[i]) || s.HashOf() != hashText(want[i]) {
				t.Fatalf("%.20q: text %d is %q with %d characters, want %q", step, i, s.S, s.Len(), want[i])
			}
		}
	}
}

// TestAddStrs adds texts as an expression does, with all sizes on the way; what others get to see stays as it is, and memory is used again.
func TestAddStrs(t *testing.T) {
	th := NewInterp().Main
	var all []Value
	var want []string
	for n := range 40 {
		x, y := NewStr(strings.Repeat("a", n)), NewStr(strings.Repeat("é", n*n/40))
		v, text := Of(x), x.S
		for k := range n {
			v = th.AddStrs(v.Str(), y, k < n-1)
			text += y.S
		}
		inner := th.AddStrs(y, x, true)
		v = th.AddStrs(v.Str(), inner.Str(), true)
		text += y.S + x.S
		if n%2 == 0 {
			Settle(v)
		} else {
			v = th.AddStrs(v.Str(), EmptyStr.Str(), false)
		}
		all, want = append(all, v), append(want, text)
	}
	for i, v := range all {
		if s := v.Str(); s.S != want[i] || s.Len() != CountPoints(want[i]) || s.grown == isFleeting {
			t.Errorf("text %d is %q with %d characters, want %q", i, s.S, s.Len(), want[i])
		}
	}
	a, b := NewStr("left"), NewStr("right")
	if n := testing.AllocsPerRun(100, func() {
		v := th.AddStrs(a, b, true)
		v = th.AddStrs(v.Str(), a, true)
		th.AddStrs(v.Str(), b, false)
	}); n > 1 {
		t.Errorf("%v allocations for three texts of which one is kept", n)
	}
}
