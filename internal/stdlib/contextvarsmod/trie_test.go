package contextvarsmod

import (
	"math/rand/v2"
	"testing"

	"github.com/krait-py/krait/internal/object"
)

// TestTrie compares the map with one of Go's, and checks that older versions stay what they were.
func TestTrie(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	vars := make([]*variable, 200)
	for i := range vars {
		// Hashes that agree in many bits make deep trees.
		vars[i] = &variable{hash: uint64(i) << (5 * (i % 12)) * 0x100000001}
		for j := range i {
			if vars[j].hash == vars[i].hash {
				vars[i].hash = r.Uint64()
			}
		}
	}
	var m trie
	e := edit(0)
	want := map[*variable]int64{}
	type version struct {
		m    trie
		want map[*variable]int64
	}
	var old []version
	check := func(m trie, want map[*variable]int64) {
		t.Helper()
		if m.size != len(want) {
			t.Fatalf("size: got %d, want %d", m.size, len(want))
		}
		for _, k := range vars {
			v, ok := want[k]
			got := m.get(k)
			if ok != (got.P != nil) || ok && got.Int() != v {
				t.Fatalf("got %v, want %d (%v)", got, v, ok)
			}
		}
		n := 0
		m.all(func(k *variable, v Value) bool { n++; return want[k] == v.Int() })
		if n != len(want) {
			t.Fatalf("all: got %d, want %d", n, len(want))
		}
	}
	for i := range int64(3000) {
		k := vars[r.IntN(len(vars))]
		if i%300 > 150 && e == 0 {
			e = newEdit()
		}
		if r.IntN(3) == 0 {
			m = m.remove(k, e)
			delete(want, k)
		} else {
			m = m.set(k, object.MakeInt(i), e)
			want[k] = i
		}
		if i%300 == 0 {
			c := map[*variable]int64{}
			for k, v := range want {
				c[k] = v
			}
			old = append(old, version{m, c})
			e = 0 // as contexts do when they are copied
			check(m, want)
		}
	}
	for _, v := range old {
		check(v.m, v.want)
	}
}
