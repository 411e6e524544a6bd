package slab

import (
	"strings"
	"testing"
)

func TestSlab(t *testing.T) {
	var s Slab[int]
	for round := range 3 {
		seen := map[*int]bool{}
		note := func(p *int) {
			if *p != 0 || seen[p] {
				t.Fatalf("round %d: value %d handed out, new %v; want 0, true", round, *p, !seen[p])
			}
			seen[p] = true
			*p = 7
		}
		for i := range 1000 {
			note(s.Next())
			list := s.Take(i % 200)
			if len(list) != i%200 || cap(list) != len(list) {
				t.Fatalf("Take(%d) has %d values, room for %d", i%200, len(list), cap(list))
			}
			for k := range list {
				list[k] = 0 // Take leaves that to others
				note(&list[k])
			}
		}
		s.Recycle()
	}
	p := s.Next()
	*p = 3
	s.Leave()
	s.Recycle()
	if s.Next(); *p != 3 {
		t.Errorf("a value that was left to its owner became %d", *p)
	}
}

func TestText(t *testing.T) {
	var s Text
	for range 3 {
		var got, want []string
		for i := range 500 {
			w := strings.Repeat(string(rune('a'+i%26)), i*i%9000)
			got, want = append(got, s.String([]byte(w))), append(want, w)
			half := len(w) / 3
			got, want = append(got, s.Strings([]byte(w[:half]), []byte(w[half:]))), append(want, w)
		}
		for i := range got {
			if got[i] != want[i] {
				t.Fatalf("string %d has %d bytes, want %d others", i, len(got[i]), len(want[i]))
			}
		}
		s.Recycle()
	}
	kept := s.String([]byte("kept"))
	s.Leave()
	s.Recycle()
	if s.String([]byte("lost")); kept != "kept" {
		t.Errorf("a string that was left to its owner became %q", kept)
	}
}

func TestAddress(t *testing.T) {
	type value interface{ Error() string }
	a, b := value(&testError{1}), value(&testError{1})
	again := a
	if Address(&a) != Address(&again) {
		t.Error("the same value has two addresses")
	}
	if Address(&a) == Address(&b) {
		t.Error("two values have the same address")
	}
}

type testError struct{ n int }

func (e *testError) Error() string { return "" }
