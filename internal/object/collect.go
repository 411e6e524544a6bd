package object

import (
	"slices"
	"sync/atomic"
)

// What is made of all the items of an iterable: list(v), [*v], sorted(v), tuple(v), a, *b = v.

// bulk appends the items of containers that can be read without stepping an iterator. ok is false for anything
// else, which is left alone.
func bulk(items []Value, v Value) (r []Value, ok bool) {
	switch v.Type() {
	case &ListType:
		return append(items, To[List](v).V...), true
	case &TupleType:
		return append(items, To[Tuple](v).Items()...), true
	case &SetType, &FrozenSetType:
		s := To[Set](v)
		return s.appendItems(room(items, int(s.used))), true
	case &DictType:
		return bulkEntries(items, To[Dict](v), &DictKeysType), true
	case &DictKeysType, &DictValuesType, &DictItemsType:
		return bulkEntries(items, viewDict(v), v.Type()), true
	case &StrType:
		x := v.Str()
		items = room(items, x.Len())
		if x.IsASCII() {
			for i := range len(x.S) {
				items = append(items, Of(&charStrs[x.S[i]]))
			}
			return items, true
		}
		for i := 0; i < len(x.S); {
			r, n := DecodePoint(x.S[i:])
			items = append(items, MakeChar(r))
			i += n
		}
		return items, true
	case &BytesType:
		x := To[Bytes](v)
		items = room(items, len(x.S))
		for i := range len(x.S) {
			items = append(items, MakeInt(int64(x.S[i])))
		}
		return items, true
	case &RangeType:
		r := To[Range](v)
		if !r.Start.IsInt() || !r.Stop.IsInt() || !r.Step.IsInt() || !r.Len.IsInt() || r.Len.Int() > maxBulkRange {
			break
		}
		n, x, step := int(r.Len.Int()), r.Start.Int(), r.Step.Int()
		items = room(items, n)
		for range n {
			items = append(items, MakeInt(x))
			x += step
		}
		return items, true
	}
	return items, false
}

// maxBulkRange keeps list(range(10**15)) from taking memory that is not there before anything could notice.
const maxBulkRange = 1 << 28

func bulkEntries(items []Value, d *Dict, view *Type) []Value {
	items = room(items, int(d.used))
	switch view {
	case &DictKeysType:
		for i := range d.Entries {
			if e := &d.Entries[i]; e.Used() {
				items = append(items, e.Key())
			}
		}
	case &DictValuesType:
		for i := range d.Entries {
			if e := &d.Entries[i]; e.Used() {
				items = append(items, e.Value)
			}
		}
	default:
		var pairs pairBlocks
		for i := range d.Entries {
			if e := &d.Entries[i]; e.Used() {
				items = append(items, Of(pairs.pair(e.Key(), e.Value)))
			}
		}
	}
	return items
}

// room returns items with room for n more, and more than that if they have grown before.
func room(items []Value, n int) []Value {
	if cap(items)-len(items) >= n {
		return items
	}
	size := len(items) + n
	if len(items) > 0 {
		size = max(size, len(items)*2)
	}
	r := make([]Value, len(items), size)
	copy(r, items)
	return r
}

// maxHint is how many items memory is taken for because something has said that they will come.
const maxHint = 1 << 20

// maxRun is how many items a collector keeps together before it knows how many there are: memory for many that is copied to more memory as they grow is
// two to three times as much as they need in the end.
const maxRun = 1 << 13

// fewItems is how many items a collector has room for that is not in use, maxCollectors how many of those a thread keeps.
const (
	fewItems      = 32
	maxCollectors = 32
)

// collector gathers items of which nobody says how many there will be. It is a thread's, so that a few of them take memory once, when all are there.
type collector struct {
	items []Value
	runs  [][]Value // full ones, which came before
	total int       // items in runs
}

// Take implements [Sink].
func (c *collector) Take(t *Thread, x Value) bool {
	if len(c.items) == cap(c.items) {
		c.grow()
	}
	c.items = append(c.items, x)
	return true
}

func (c *collector) grow() {
	if n := len(c.items); n < maxRun && c.runs == nil {
		c.items = append(make([]Value, 0, max(2*n, 4)), c.items...)
	} else {
		c.runs, c.total = append(c.runs, c.items), c.total+n
		c.items = make([]Value, 0, maxRun)
	}
}

// gather takes all that an iterator gives. False: an exception is set.
func (c *collector) gather(t *Thread, it Value) bool {
	cls := it.Type()
	switch {
	case cls == &ZipType || cls == &EnumerateType || cls == &DictItemIterType:
		return c.gatherPairs(t, it)
	case cls.Flags&FlagLeafIter != 0:
		for atomic.LoadUint32(&t.Breaker) == 0 {
			x := cls.Next(t, it)
			if x.P == nil {
				return t.Exc == nil
			}
			c.Take(t, x)
		}
	}
	for {
		x := t.NextInto(it, c)
		if x.P == nil {
			return t.Exc == nil
		}
		c.Take(t, x)
	}
}

// gatherPairs is gather for an iterator that may give pairs, and has no blocks of its own for them.
func (c *collector) gatherPairs(t *Thread, it Value) bool {
	var pairs pairBlocks
	for {
		x, y, found := t.StepPair(it)
		switch {
		case !found:
			if x = t.Next(it); x.P != nil {
				c.Take(t, x)
				continue
			}
			return t.Exc == nil
		case x.P != nil:
			c.Take(t, Of(pairs.pair(x, y)))
		default:
			if t.Exc != nil && t.Exc.Type.IsSubtype(&StopIterationType) {
				t.Exc = nil
			}
			return t.Exc == nil
		}
	}
}

// collector returns one that is empty.
func (t *Thread) collector() *collector {
	n := len(t.collectors) - 1
	if n < 0 {
		return &collector{items: make([]Value, 0, fewItems)}
	}
	c := t.collectors[n]
	t.collectors = t.collectors[:n]
	return c
}

// release gives a collector back, and returns its items if keep is set.
func (c *collector) release(t *Thread, keep bool) (items []Value) {
	few := c.runs == nil && cap(c.items) == fewItems
	switch {
	case !keep, len(c.items) == 0:
	case c.runs != nil:
		items = make([]Value, 0, c.total+len(c.items))
		for _, r := range c.runs {
			items = append(items, r...)
		}
		items = append(items, c.items...)
	case few:
		items = slices.Clone(c.items[:len(c.items):len(c.items)])
	default:
		items = c.items
	}
	if few && len(t.collectors) < maxCollectors {
		clear(c.items)
		c.items = c.items[:0]
		t.collectors = append(t.collectors, c)
	}
	return items
}

// drain appends what an iterator gives.
func (t *Thread) drain(items []Value, it Value) ([]Value, bool) {
	c := collector{items: items}
	ok := c.gather(t, it)
	return c.release(t, ok), ok
}

// Collect returns the items of an iterable in a new slice, as the language does where it needs a sequence: the
// iterator is asked how many there are.
func (t *Thread) Collect(v Value) ([]Value, bool) {
	if items, ok := bulk(nil, v); ok {
		return items, true
	}
	it := t.Iter(v)
	if it.P == nil {
		return nil, false
	}
	return t.collectAs(it, it)
}

// collectAs returns the items of an iterator; asked tells how many there are.
func (t *Thread) collectAs(it, asked Value) ([]Value, bool) {
	n, ok := t.LengthHint(asked, 0)
	if !ok {
		return nil, false
	}
	if n == 0 {
		return t.gather(it)
	}
	return t.drain(make([]Value, 0, min(n, maxHint)), it)
}

// gather returns what an iterator gives that does not say how much that is.
func (t *Thread) gather(it Value) ([]Value, bool) {
	c := t.collector()
	ok := c.gather(t, it)
	return c.release(t, ok), ok
}

// ListOf makes a list of the items of an iterable as list() does it, which asks the iterable how many there are. A few items go to a collector first, so that
// the list is one allocation. nil: an exception is set.
func (t *Thread) ListOf(v Value) *List {
	lent := t.LentList
	if lent == nil {
		return t.listOf(v, nil)
	}
	if items, ok := bulk(lent.V, v); ok {
		if cap(items) != cap(lent.V) {
			return NewList(items)
		}
		lent.V, t.LentList = items, nil
		return lent
	}
	t.LentList = nil // stepping an iterator may run what makes lists: to that it is not lent
	l := t.listOf(v, lent)
	if l != lent {
		t.LentList = lent
	}
	return l
}

// listOf is ListOf, with a list for what an iterator gives if that has room there, or nil.
func (t *Thread) listOf(v Value, lent *List) *List {
	switch v.Type() {
	case &ListType:
		return CopyList(To[List](v).V)
	case &TupleType:
		return CopyList(To[Tuple](v).Items())
	}
	c := t.collector()
	if items, ok := bulk(c.items, v); ok {
		if cap(items) != cap(c.items) {
			c.release(t, false)
			return NewList(items)
		}
		c.items = items
		l := CopyList(items)
		c.release(t, false)
		return l
	}
	var l *List
	if it := t.Iter(v); it.P == nil {
	} else if n, ok := t.LengthHint(v, 0); !ok {
	} else if n > fewItems {
		if !t.HasItems(n) {
		} else if items, ok := t.drain(make([]Value, 0, min(n, maxHint)), it); ok {
			l = NewList(items)
		}
	} else if c.gather(t, it) {
		if cap(c.items) != fewItems || c.runs != nil {
			return NewList(c.release(t, true))
		}
		if l = lent; l != nil && len(c.items) <= cap(l.V) {
			l.V = append(l.V, c.items...)
		} else {
			l = CopyList(c.items)
		}
	}
	c.release(t, false)
	return l
}

// collectTuple returns the items of an iterable in an instance of cls, tuple or a subclass, as tuple() does it, which asks nobody how many there are.
func (t *Thread) collectTuple(cls *Type, v Value) Value {
	if v.Type() == &ListType {
		return MakeTupleOf(cls, To[List](v).V)
	}
	c := t.collector()
	if items, ok := bulk(c.items, v); ok {
		r := MakeTupleOf(cls, items)
		if cap(items) == cap(c.items) {
			c.items = items
		}
		c.release(t, false)
		return r
	}
	it := t.Iter(v)
	if it.P == nil {
		c.release(t, false)
		return Value{}
	}
	var r Value
	if c.gather(t, it) {
		if c.runs != nil {
			return MakeTupleOf(cls, c.release(t, true))
		}
		r = MakeTupleOf(cls, c.items)
	}
	c.release(t, false)
	return r
}

// ListExtend is l.extend(v).
func ListExtend(t *Thread, l *List, v Value) bool { return l.extend(t, v) }

// extend appends the items of an iterable.
func (l *List) extend(t *Thread, v Value) bool {
	if v.Type() == &ListType && len(l.V)+len(To[List](v).V) > cap(l.V) && !t.HasItems((len(l.V)+len(To[List](v).V))*5/4) {
		return false
	}
	if l.AppendAll(v) {
		return true
	}
	it := t.Iter(v)
	if it.P == nil {
		return false
	}
	n, ok := t.LengthHint(v, 0)
	if !ok {
		return false
	}
	if n > 0 {
		l.V = room(l.V, min(n, maxHint))
	}
	return l.drain(t, it)
}

// AppendAll appends the items of an iterable for which no code of the program has to run, as a dict. False: v is none.
func (l *List) AppendAll(v Value) bool {
	items, ok := bulk(l.V, v)
	if ok {
		l.V = items
	}
	return ok
}

// ListFill appends the items of an iterable as tuple() takes them, which asks nobody how many there are. False: an exception is set.
func ListFill(t *Thread, l *List, v Value) bool {
	if l.AppendAll(v) {
		return true
	}
	it := t.Iter(v)
	return it.P != nil && l.drain(t, it)
}

// drain appends what an iterator gives.
func (l *List) drain(t *Thread, it Value) bool {
	for {
		x := t.NextInto(it, (*listSink)(l))
		if x.P == nil {
			return t.Exc == nil
		}
		l.Append(x)
	}
}

// OwnItems returns the items of an instance of a subclass of tuple whose iterator is a tuple's. ok is false for anything else.
func (t *Thread) OwnItems(v Value) (items []Value, ok bool) {
	cls := v.Type()
	if cls.Flags&FlagTuple == 0 || cls.Lookup(t, nameIterSlot) != TupleType.Dict().GetStr(nameIterSlot) {
		return nil, false
	}
	return To[Tuple](v).Items(), true
}
