package object

import "unsafe"

// Many map, zip, enumerate and filter objects are made for one call that uses them up, as in ",".join(map(str, l)). Nothing else knows these: when they have come to
// their end, the next ones are made of them.

// maxSpent is how many such iterators of a type a thread keeps.
const maxSpent = 8

// spentIters are iterators to be used again. They hold nothing.
type spentIters struct {
	maps    []*map1
	zips    []*zip2
	enums   []*enumerateRoom
	filters []*Filter
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

// takeSpent takes one from those that are kept; nil: there is none.
func takeSpent[T any](kept *[]*T) *T {
	k := len(*kept) - 1
	if k < 0 {
		return nil
	}
	x := (*kept)[k]
	(*kept)[k] = nil
	*kept = (*kept)[:k]
	return x
}

// spend keeps one that has been cleared.
func spend[T any](kept *[]*T, x *T) {
	if len(*kept) < maxSpent {
		*kept = append(*kept, x)
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
		spend(&t.spent.maps, m)
	case len(z.Iters) == 2:
		p := (*zip2)(unsafe.Pointer(z))
		*p = zip2{}
		spend(&t.spent.zips, p)
	}
}

// over is called at the end of an enumerate object, all of which are part of an enumerateRoom.
func (e *Enumerate) over(t *Thread) {
	if e.owned && t.Exc == nil {
		p := (*enumerateRoom)(unsafe.Pointer(e))
		*p = enumerateRoom{}
		spend(&t.spent.enums, p)
	}
}

func (f *Filter) over(t *Thread) {
	if f.owned && t.Exc == nil {
		*f = Filter{}
		spend(&t.spent.filters, f)
	}
}

// DropSpent drops the iterators that are kept to be used again.
func (t *Thread) DropSpent() { t.spent = spentIters{} }
