package object

import "unsafe"

// Many map, zip, enumerate and filter objects are made for one call that uses them up, as in ",".join(map(str, l)). Nothing else knows these: when they have come to
// their end, the next ones are made of them.

// maxSpent is how many such iterators of a type a thread keeps.
const maxSpent = 16

// Spent are iterators of a type to be used again. They hold nothing.
type Spent[T any] []*T

// Take takes one of them, or makes a new one.
func (s *Spent[T]) Take() *T {
	k := len(*s) - 1
	if k < 0 {
		return new(T)
	}
	x := (*s)[k]
	(*s)[k] = nil
	*s = (*s)[:k]
	return x
}

// Keep keeps one that holds nothing any more.
func (s *Spent[T]) Keep(x *T) {
	if len(*s) < maxSpent {
		*s = append(*s, x)
	}
}

// spentIters are a thread's.
type spentIters struct {
	maps    Spent[map1]
	zips    Spent[zip2]
	enums   Spent[enumerateRoom]
	filters Spent[Filter]
}

// OwnIter says of an iterator that has just been made that what gets it next uses it up, and that nothing else knows it.
func OwnIter(v Value) {
	switch v.Type() {
	case &MapType, &ZipType:
		To[Zip](v).owned = true
	case &EnumerateType:
		To[Enumerate](v).owned = true
	case &FilterType:
		To[Filter](v).owned = true
	}
}

// over is called at the end of a zip or map object.
func (z *Zip) over(t *Thread) {
	if !z.owned || t.Exc != nil {
		return
	}
	switch {
	case len(z.Iters) == 1 && z.Type == &MapType:
		m := (*map1)(unsafe.Pointer(z))
		*m = map1{}
		t.spent.maps.Keep(m)
	case len(z.Iters) == 2:
		p := (*zip2)(unsafe.Pointer(z))
		*p = zip2{}
		t.spent.zips.Keep(p)
	}
}

// over is called at the end of an enumerate object, all of which are part of an enumerateRoom.
func (e *Enumerate) over(t *Thread) {
	if e.owned && t.Exc == nil {
		p := (*enumerateRoom)(unsafe.Pointer(e))
		*p = enumerateRoom{}
		t.spent.enums.Keep(p)
	}
}

func (f *Filter) over(t *Thread) {
	if f.owned && t.Exc == nil {
		*f = Filter{}
		t.spent.filters.Keep(f)
	}
}

// DropSpent drops the iterators that are kept to be used again.
func (t *Thread) DropSpent() { t.spent = spentIters{} }
