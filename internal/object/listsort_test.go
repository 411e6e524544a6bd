package object

import (
	"math/rand"
	"slices"
	"testing"
)

// TestSort compares with a stable sort of Go's, for runs of all kinds, by keys that are equal often.
func TestSort(t *testing.T) {
	th := NewInterp().Main
	r := rand.New(rand.NewSource(1))
	for n := 0; n < 2000; n = n*5/4 + 1 {
		for mode := range 16 {
			keys, vals := make([]Value, n), make([]Value, n)
			want := make([][2]int64, n)
			for i := range keys {
				x := int64(r.Intn(n/3 + 1))
				switch mode % 4 {
				case 1:
					x = int64(i / 3)
				case 2:
					x = int64(-i)
				case 3:
					if i%17 != 0 {
						x = int64(i % 100)
					}
				}
				want[i] = [2]int64{x, int64(i)}
				keys[i], vals[i] = MakeInt(x), MakeInt(int64(i))
				switch mode / 4 {
				case 1:
					keys[i] = Of(NewTuple(MakeInt(x), MakeInt(0)))
				case 2:
					keys[i] = MakeFloat(float64(x) + 0.5)
				case 3:
					b := []byte("some common text " + string(rune(200+x%50)) + "------" + string(rune(1000+x/50)))
					keys[i] = MakeStr(string(b))
					want[i][0] = x%50*100 + x/50
				}
			}
			slices.SortStableFunc(want, func(a, b [2]int64) int { return int(a[0] - b[0]) })
			if n > 0 && !sortItems(th, keys, vals) {
				t.Fatal("failed")
			}
			for i := range vals {
				if vals[i].Int() != want[i][1] {
					t.Fatalf("%d items, mode %d: item %d is %d, want %d", n, mode, i, vals[i].Int(), want[i][1])
				}
			}
		}
	}
}

// TestSortFailure holds that a list has all its items after a comparison has failed.
func TestSortFailure(t *testing.T) {
	th := NewInterp().Main
	r := rand.New(rand.NewSource(1))
	for n := 2; n < 500; n += 7 {
		items := make([]Value, n)
		for i := range items {
			items[i] = Of(NewTuple(MakeInt(int64(r.Intn(n)))))
		}
		items[r.Intn(n)] = Of(NewTuple(None))
		before := append([]Value(nil), items...)
		l := NewList(items)
		if Sort(th, l, None, n%2 == 0) {
			t.Fatal("did not fail")
		}
		th.Exc = nil
		for _, x := range before {
			if !slices.Contains(l.V, x) {
				t.Fatalf("%d items: one is lost", n)
			}
		}
	}
}

func BenchmarkSort(b *testing.B) {
	th := NewInterp().Main
	r := rand.New(rand.NewSource(1))
	const n = 100000
	kinds := map[string]func(i int) Value{
		"ints":   func(i int) Value { return MakeInt(r.Int63()) },
		"floats": func(i int) Value { return MakeFloat(r.Float64()) },
		"tuples": func(i int) Value { return Of(NewTuple(MakeInt(r.Int63()), MakeInt(0))) },
		"strs": func(i int) Value {
			return MakeStr(string(rune('a'+r.Intn(26))) + "bcdefg" + string(rune('a'+r.Intn(26))))
		},
	}
	for name, f := range kinds {
		items := make([]Value, n)
		for i := range items {
			items[i] = f(i)
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				l := NewList(append([]Value(nil), items...))
				Sort(th, l, None, false)
			}
		})
	}
}
