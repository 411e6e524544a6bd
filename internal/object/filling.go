package object

import (
	"sync/atomic"
	"unsafe"
)

// Loops that fill sets and dicts from iterables. Most iterables tell how many items are to come, so that there is room for all of them at once and
// nothing is left behind for the collector: what that costs is more than the filling. How many of the items are new nobody knows; as many as of
// those that have come is the guess.

const (
	// firstSet and firstDict are how many items come before there is a guess: as many as have a place in small ones.
	firstSet, firstDict = blockElems2, smallDict
	// maxFill is how many times as much as it has a collection gets by a guess.
	maxFill = 4
)

// guess returns for how many items to make room in a collection that has used, from the first done of all items.
func guess(used, done, all, first int) int {
	if used < first {
		return min(used+all-done, first)
	}
	most := used + all - done
	likely := used + int(float64(used)*float64(all-done)/float64(done+1))
	return min(max(likely+likely/16, used+1), most, used*maxFill)
}

// Full reports whether the next new element needs more memory than a small set gets anyway.
func (s *Set) Full() bool { return uint32(s.used) == s.room && s.hole == 0 && s.used != inlineElems }

// expect makes room for x, the next of the items when all but the last left have been added.
func (s *Set) expect(x Value, done, left int) {
	s.reserve(uint32(guess(int(s.used), done, min(done+left, 1<<30), firstSet)), isTag(x.P))
}

// Reserve makes room for n elements, of which x is the next.
func (s *Set) Reserve(n int, x Value) { s.reserve(uint32(min(n, 1<<30)), isTag(x.P)) }

// addItems adds the items of an iterable.
func (s *Set) addItems(t *Thread, v Value) bool {
	switch v.Type() {
	case &ListType:
		l := To[List](v)
		for i := s.addRun(l.V); i < len(l.V); i += 1 + s.addRun(l.V[i+1:]) {
			x := l.V[i]
			if s.Full() {
				s.expect(x, i, len(l.V)-i)
			}
			if !s.Add(t, x) {
				return false
			}
			if i >= len(l.V) {
				break // comparing has made the list shorter
			}
		}
	case &TupleType:
		items := To[Tuple](v).Items()
		for i := s.addRun(items); i < len(items); i += 1 + s.addRun(items[i+1:]) {
			x := items[i]
			if s.Full() {
				s.expect(x, i, len(items)-i)
			}
			if !s.Add(t, x) {
				return false
			}
		}
	default:
		it := t.Iter(v)
		if it.P == nil {
			return false
		}
		cls := it.Type()
		leaf := cls.Flags&FlagLeafIter != 0
		for {
			var x Value
			if leaf && atomic.LoadUint32(&t.Breaker) == 0 {
				x = cls.Next(t, it)
			} else {
				x = t.NextInto(it, (*setSink)(s))
			}
			if x.P == nil {
				s.trimRoom()
				return t.Exc == nil
			}
			if s.Full() {
				if done, left, ok := Progress(it); ok {
					s.expect(x, done-1, left+1)
				}
			}
			if !s.Add(t, x) {
				return false
			}
		}
	}
	s.trimRoom()
	return true
}

// Full reports whether the next new item needs more memory.
func (d *Dict) Full() bool { return len(d.Entries) == cap(d.Entries) }

// expect makes room for the next item, which has key k and value v, when done of all have been set and left are to come.
func (d *Dict) expect(k, v Value, done, left int) {
	n := guess(int(d.used), done, min(done+left, 1<<30), firstDict)
	d.Reserve(n, k, v)
}

// trimRoom gives back memory of which a guess has taken too much.
func (d *Dict) trimRoom() {
	if n := cap(d.Entries); n > 64 && n > 3*len(d.Entries) {
		d.moveEntries(len(d.Entries)+len(d.Entries)/8, d.raw)
	}
}

// trimRoom gives back memory of which a guess has taken too much.
func (s *Set) trimRoom() {
	if s.room > 64 && s.room > 3*uint32(s.used) && s.hole == 0 {
		elems, room := newElems(max(uint32(s.used)+uint32(s.used)/8, blockElems2+1), s.raw)
		copy(unsafe.Slice(elems, room), unsafe.Slice(s.elems, s.used))
		s.elems, s.room = elems, room
	}
}

// Reserve makes room for n items; the next one has key k and value v.
func (d *Dict) Reserve(n int, k, v Value) {
	if int(d.used) == len(d.Entries) {
		d.reserve(n, isRaw(k, v))
	}
}

// reserve makes room for n items, of which raw says whether all can be in memory that is not scanned.
func (d *Dict) reserve(n int, raw bool) {
	if n > cap(d.Entries) {
		d.moveEntries(n, raw && (d.raw || cap(d.Entries) == 0))
	}
	if n > d.limit() {
		d.reindex(bitsFor(n))
	}
}

// setKeys sets the value of each item of an iterable.
func (d *Dict) setKeys(t *Thread, keys, v Value) bool {
	switch keys.Type() {
	case &ListType:
		l := To[List](keys)
		for i := 0; i < len(l.V); i++ {
			k := l.V[i]
			if d.Full() {
				d.expect(k, v, i, len(l.V)-i)
			}
			if !d.Set(t, k, v) {
				return false
			}
		}
		d.trimRoom()
		return true
	case &TupleType:
		items := To[Tuple](keys).Items()
		for i, k := range items {
			if d.Full() {
				d.expect(k, v, i, len(items)-i)
			}
			if !d.Set(t, k, v) {
				return false
			}
		}
		d.trimRoom()
		return true
	}
	it := t.Iter(keys)
	if it.P == nil {
		return false
	}
	for {
		k := t.Next(it)
		if k.P == nil {
			d.trimRoom()
			return t.Exc == nil
		}
		if d.Full() {
			if done, left, ok := Progress(it); ok {
				d.expect(k, v, done-1, left+1)
			}
		}
		if !d.Set(t, k, v) {
			return false
		}
	}
}

// updatePairs sets the items that an iterable of pairs gives.
func (d *Dict) updatePairs(t *Thread, v Value) bool {
	taken := &pairSink{d: d}
	if v.Type() == &ListType {
		l := To[List](v)
		for i := 0; i < len(l.V); i++ {
			if !taken.set(t, l.V[i], i+1, len(l.V)-i-1) {
				return false
			}
		}
		d.trimRoom()
		return true
	}
	it := t.Iter(v)
	if it.P == nil {
		return false
	}
	for {
		if k, x, found := t.StepPair(it); found {
			if k.P == nil {
				if t.Exc != nil && t.Exc.Type.IsSubtype(&StopIterationType) {
					t.Exc = nil
				}
				d.trimRoom()
				return t.Exc == nil
			}
			taken.n++
			if d.Full() {
				if done, left, ok := Progress(it); ok {
					d.expect(k, x, done-1, left+1)
				}
			}
			if !d.Set(t, k, x) {
				return false
			}
			continue
		}
		x := t.NextInto(it, taken)
		if x.P == nil {
			d.trimRoom()
			return t.Exc == nil
		}
		if !taken.set(t, x, 0, 0) {
			return false
		}
	}
}

// set sets an item that is given as a sequence of two. It is one of done items, and left are to come; nobody knows if done is 0.
func (p *pairSink) set(t *Thread, x Value, done, left int) bool {
	var pair []Value
	switch x.Type() {
	case &TupleType:
		pair = To[Tuple](x).Items()
	case &ListType:
		pair = To[List](x).V
	default:
		items, ok := t.Collect(x)
		if !ok {
			if x.Type().Iter == nil && x.Type().GetItem == nil && t.Exc != nil && t.Exc.Type == &TypeErrorType {
				t.Exc = nil
				t.TypeErrorf("object is not iterable")
			}
			if t.Exc != nil && t.Exc.Type.IsSubtype(&TypeErrorType) {
				t.AddNote(t.Exc, sprintf("Cannot convert dictionary update sequence element #%d to a sequence", p.n))
			}
			return false
		}
		pair = items
	}
	if len(pair) != 2 {
		t.ValueErrorf("dictionary update sequence element #%d has length %d; 2 is required", p.n, len(pair))
		return false
	}
	p.n++
	if done > 0 && p.d.Full() {
		p.d.expect(pair[0], pair[1], done-1, left+1)
	}
	return p.d.Set(t, pair[0], pair[1])
}
