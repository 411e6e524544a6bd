package pycdiff

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// longest is the length of the longest common subsequence, the slow way.
func longest(a, b []string) int {
	table := make([][]int, len(a)+1)
	for i := range table {
		table[i] = make([]int, len(b)+1)
	}
	for i := range a {
		for j := range b {
			if a[i] == b[j] {
				table[i+1][j+1] = table[i][j] + 1
			} else {
				table[i+1][j+1] = max(table[i][j+1], table[i+1][j])
			}
		}
	}
	return table[len(a)][len(b)]
}

func TestAlign(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	random := func() []string {
		list := make([]string, r.IntN(12))
		for i := range list {
			list[i] = string("abcd"[r.IntN(4)])
		}
		return list
	}
	for range 3000 {
		a, b := random(), random()
		pairs, n, last := Align(a, b), 0, -1
		for i, j := range pairs {
			if j < 0 {
				continue
			}
			if a[i] != b[j] || j <= last {
				t.Fatalf("Align(%v, %v) = %v", a, b, pairs)
			}
			n, last = n+1, j
		}
		if want := longest(a, b); n != want {
			t.Fatalf("Align(%v, %v) = %v, %d pairs; want %d", a, b, pairs, n, want)
		}
	}
}

func TestAlignGivesUp(t *testing.T) {
	a, b := make([]string, 3*maxEdits), make([]string, 3*maxEdits)
	for i := range a {
		a[i], b[i] = strings.Repeat("a", i%7), strings.Repeat("b", 1+i%7)
	}
	a[0], b[0] = "same", "same"
	pairs := Align(a, b)
	if pairs[0] != 0 || slices.Max(pairs) != 0 {
		t.Error("lists too different are not taken for replaced")
	}
}

func TestStray(t *testing.T) {
	for _, n := range []int{0, 1, -1, 46, -48, 1 << 29, -1 << 29} {
		if i := stray(n); i >= 0 || offset(i) != n {
			t.Errorf("offset(stray(%d)) = offset(%d) = %d", n, i, offset(i))
		}
	}
}
