package object

import (
	"math/rand"
	"runtime"
	"strconv"
	"testing"
	"unsafe"
)

// TestDict runs random operations beside a model: a map and the keys in order.
func TestDict(t *testing.T) {
	th := NewInterp().Main
	r := rand.New(rand.NewSource(1))
	for round := range 300 {
		d := NewDict()
		model := map[int64]int64{}
		var order []int64
		drop := func(k int64) {
			delete(model, k)
			for i, x := range order {
				if x == k {
					order = append(order[:i:i], order[i+1:]...)
					break
				}
			}
		}
		key := func(k int64) Value {
			if round%2 == 0 && (round%3 > 0 || k%16 > 0) {
				return MakeInt(k)
			}
			return MakeStr(strconv.Itoa(int(k)))
		}
		width := int64(3 + round)
		for step := range 400 {
			k := r.Int63n(width)
			switch op := r.Intn(10); {
			case op < 5:
				if _, ok := model[k]; !ok {
					order = append(order, k)
				}
				model[k] = int64(step)
				x := MakeInt(int64(step))
				if round%4 == 0 && k%16 == 3 {
					x = MakeStr(strconv.Itoa(step))
				}
				d.Set(th, key(k), x)
			case op < 8:
				_, want := model[k]
				if got, _ := d.Delete(th, key(k)); got != want {
					t.Fatalf("round %d: deleting %d: got %v, want %v", round, k, got, want)
				}
				drop(k)
			case op == 8 && len(order) > 0:
				x, _ := d.Find(th, key(k))
				if v, ok := model[k]; ok {
					drop(k)
					model[k] = v
					if r.Intn(2) == 0 {
						d.MoveLast(x)
						order = append(order, k)
					} else {
						d.MoveFirst(x)
						order = append([]int64{k}, order...)
					}
				}
			case op == 9 && r.Intn(2) == 0:
				d = d.Copy()
			case op == 9:
				d.Grow(r.Intn(40))
				if step%50 == 0 {
					runtime.GC()
				}
			}
			v, _ := d.Get(th, key(k))
			if v.P != nil && v.IsStr() {
				n, _ := strconv.Atoi(v.Str().S)
				v = MakeInt(int64(n))
			}
			if want, ok := model[k]; ok != (v.P != nil) || ok && v.Int() != want {
				t.Fatalf("round %d: getting %d failed", round, k)
			}
			i := 0
			for k := range d.All {
				if eq, _ := th.Equal(k, key(order[i])); !eq {
					t.Fatalf("round %d, step %d: item %d is another", round, step, i)
				}
				i++
			}
			if i != len(order) || d.Len() != i {
				t.Fatalf("round %d: %d items and length %d, want %d", round, i, d.Len(), len(order))
			}
			if x := d.First(); len(order) > 0 && !d.Entries[x].Used() {
				t.Fatalf("round %d: no first item", round)
			}
		}
	}
}

// TestRawDict sees that what the collector does not scan has no objects in it.
func TestRawDict(t *testing.T) {
	th := NewInterp().Main
	check := func(what string, d *Dict, raw bool) {
		t.Helper()
		if d.raw != raw {
			t.Errorf("%s: raw is %v", what, d.raw)
		}
		for k, v := range d.All {
			if d.raw && !isRaw(k, v) {
				t.Errorf("%s: an object in raw memory", what)
			}
		}
	}
	for _, n := range []int64{1, 3, 8, 9, 200} {
		make := func() *Dict {
			d := NewDict()
			for i := range n {
				d.Set(th, MakeInt(i), MakeFloat(1))
			}
			check("numbers", d, true)
			return d
		}
		d := make()
		d.Set(th, MakeInt(0), MakeStr("x"))
		check("another value", d, false)
		d = make()
		d.Set(th, MakeStr("x"), None)
		check("another key", d, false)
		d = make()
		d.SetStr(NewASCII("x"), None)
		check("a str", d, false)
		d = make()
		d.SetDefault(th, MakeStr("x"), None)
		check("setdefault", d, false)
		o := NewDict()
		o.Set(th, MakeStr("x"), None)
		d = make()
		d.Merge(th, o)
		check("merged", d, false)
		o.Merge(th, make())
		check("merged into another", o, false)
		d = make().Copy()
		check("copied", d, true)
		d.MoveFirst(d.Last())
		check("moved", d, n == 1)
		d.Clear()
		d.Set(th, MakeInt(0), Of(d))
		check("cleared", d, false)
	}
}

func TestDictSize(t *testing.T) {
	if got := unsafe.Sizeof(Dict{}); got > 80 {
		t.Errorf("a dict takes %d bytes", got)
	}
}

func BenchmarkDictSetInt(b *testing.B) {
	th := NewInterp().Main
	for b.Loop() {
		d := NewDict()
		for i := range int64(50000) {
			d.Set(th, MakeInt(i), None)
		}
	}
}

func BenchmarkDictGetStr(b *testing.B) {
	th := NewInterp().Main
	d := NewDict()
	keys := make([]*Str, 1000)
	for i := range keys {
		keys[i] = th.Interp.Intern("key" + strconv.Itoa(i))
		d.SetStr(keys[i], None)
	}
	for b.Loop() {
		for _, k := range keys {
			d.GetStr(k)
		}
	}
}
