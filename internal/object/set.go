package object

import (
	"strings"
	"unsafe"
)

// Set is a set or a frozenset. Its elements lie in no order that anyone sees; a table with open addressing has their places. The
// table is CPython's, because programs print sets and iterate over them: see settable.go.
type Set struct {
	Head
	more  uint64         // of a frozenset that has been hashed, its hash; of a set, the slot where pop goes on
	table unsafe.Pointer // the slots, if it is not first
	elems *hashedKey     // the first of the elements
	first [minSet]uint8  // the table of the smallest size
	used  int32          // elements
	fill  int32          // slots with elements and deleted ones
	mask  uint32         // slots of the table less 1
	room  uint32         // elements for which there is memory
	hole  uint32         // the first place that has been given up, or 0
	raw   bool           // the elements are in memory that the collector does not scan
}

// setSub is an instance of a subclass of set or frozenset.
type setSub struct {
	Set
	Attrs
}

// newSet returns an empty set.
func newSet(cls *Type) *Set { return newSetFor(cls, 0) }

// newSetFor returns an empty set that has memory for n elements. Its table is the smallest one all the same.
func newSetFor(cls *Type, n int) *Set {
	var s *Set
	switch {
	case cls.AttrOffset != 0:
		// What points into itself is never finalized, so that an instance of a class does not have elements inside.
		p := &setSub{}
		p.Type = cls
		InitAttrs(cls, Of(p))
		s = &p.Set
	case n <= inlineElems:
		p := &setInline{}
		s = &p.Set
		s.elems, s.room = &p.elems[0], inlineElems
	case n <= blockElems:
		p := &setWhole{}
		s = &p.Set
		s.elems, s.room = &p.setBlock.elems[0], blockElems
	default:
		s = &Set{}
		s.elems, s.room = newElems(uint32(n), false)
	}
	s.Type, s.mask = cls, minSet-1
	return s
}

// fewFor returns n, the number of elements that are to come at most, if they have their place beside the set, else 0.
func fewFor(n int) int {
	if n > blockElems {
		return 0
	}
	return n
}

// newSetOf returns an empty set that will get the elements of args, as a set's constructor has them. It has no memory beside itself if there will be more
// than that could hold.
func newSetOf(cls *Type, args []Value) *Set {
	n := 0
	if len(args) == 1 && cls.AttrOffset == 0 {
		switch v := args[0]; v.Type() {
		case &ListType:
			n = len(To[List](v).V)
		case &TupleType:
			n = To[Tuple](v).Len()
		case &SetType, &FrozenSetType:
			n = int(To[Set](v).used)
		case &DictType:
			n = int(To[Dict](v).used)
		case &StrType:
			n = min(v.Str().Len(), blockElems) // letters come again
		}
	}
	if n <= blockElems {
		return newSetFor(cls, n)
	}
	return &Set{Head: Head{cls}, mask: minSet - 1}
}

// NewSet returns an empty set.
func NewSet() *Set { return newSet(&SetType) }

// MakeSet returns a set, or a frozenset, of the items; no value if one of them cannot be hashed.
func MakeSet(t *Thread, items []Value, frozen bool) Value {
	cls := &SetType
	if frozen {
		cls = &FrozenSetType
	}
	s := newSetFor(cls, len(items))
	for i := s.addRun(items); i < len(items); i += 1 + s.addRun(items[i+1:]) {
		if !s.Add(t, items[i]) {
			return Value{}
		}
	}
	return Of(s)
}

// SetAdd adds x to a value that is a set.
func SetAdd(t *Thread, set, x Value) bool { return To[Set](set).Add(t, x) }

// IsSet reports whether v is a set, a frozenset, or an instance of a subclass.
func IsSet(v Value) bool { return v.Type().Flags&FlagSet != 0 }

// Len returns the number of elements.
func (s *Set) Len() int { return int(s.used) }

// Items returns the elements in order.
func (s *Set) Items() []Value {
	return s.appendItems(make([]Value, 0, s.used))
}

// appendItems appends the elements in order.
func (s *Set) appendItems(r []Value) []Value {
	for e, i := s.next(0); e != nil; e, i = s.next(i) {
		r = append(r, e.value())
	}
	return r
}

// hashElement is the hash of something that is to be an element.
func (t *Thread) hashElement(x Value) (uint64, bool) {
	h, ok := t.hashKey(x)
	if !ok {
		t.unhashable(x, "a set element")
	}
	return h, ok
}

// unhashable gives a TypeError from hash() the words for what x was to be.
func (t *Thread) unhashable(x Value, what string) {
	e := t.Exc
	if e == nil || e.Type != &TypeErrorType {
		return
	}
	t.Exc = nil
	s := t.Str(Of(e))
	if s != nil {
		name := t.QualName(x.Type())
		if x.Type().ModuleName() == "__main__" {
			name = strings.TrimPrefix(name, "__main__.")
		}
		t.TypeErrorf("cannot use '%s' as %s (%s)", name, what, s.S)
	}
}

// insert adds x with its hash unless it is there.
func (s *Set) insert(t *Thread, x Value, h uint64) bool {
	if s.addKey(makeHashedKey(x, h), h) {
		return true
	}
	e, slot, ok := s.find(t, x, h, true)
	if e == nil && ok {
		s.put(x, h, slot)
	}
	return ok
}

// Add adds x.
func (s *Set) Add(t *Thread, x Value) bool {
	if h, ok := quickHash(x); ok && s.addKey(makeHashedKey(x, h), h) {
		return true
	}
	h, ok := t.hashElement(x)
	return ok && s.insert(t, x, h)
}

// Contains reports whether x is an element.
func (s *Set) Contains(t *Thread, x Value) (res, ok bool) {
	h, ok := t.hashElement(x)
	if !ok {
		return false, false
	}
	return s.has(t, x, h)
}

func (s *Set) has(t *Thread, x Value, h uint64) (res, ok bool) {
	if x.P != unsafe.Pointer(&Tags.Float) {
		if e, _, known := s.near(makeHashedKey(x, h), h); known {
			return e != nil, true
		}
	}
	e, _, ok := s.find(t, x, h, false)
	return e != nil, ok
}

// Holds is x in s.
func (s *Set) Holds(t *Thread, x Value) (res, ok bool) {
	if h, ok := quickHash(x); ok {
		if e, _, known := s.near(makeHashedKey(x, h), h); known {
			return e != nil, true
		}
	}
	return setContains(t, Of(s), x)
}

// without is what discard and remove do.
func (s *Set) without(t *Thread, x Value) (found, ok bool) {
	h, ok := quickHash(x)
	if !ok {
		if h, ok = t.setKey(x); !ok {
			return false, false
		}
	}
	return s.discard(t, x, h)
}

// discard removes x with its hash; found is false if it was not there.
func (s *Set) discard(t *Thread, x Value, h uint64) (found, ok bool) {
	e, slot, ok := s.find(t, x, h, false)
	if e == nil {
		return false, ok
	}
	s.drop(e, slot)
	return true, true
}

// Discard removes x if it is an element.
func (s *Set) Discard(t *Thread, x Value) (found, ok bool) {
	h, ok := t.hashElement(x)
	if !ok {
		return false, false
	}
	return s.discard(t, x, h)
}

// merge adds the elements of another set.
func (s *Set) merge(t *Thread, o *Set) bool {
	if o == s || o.used == 0 {
		return true
	}
	if s.fill == 0 {
		s.reserve(uint32(o.used), o.raw)
	}
	if tooFull(s.fill+o.used, s.mask) {
		s.resize((int(s.used) + int(o.used)) * 2)
	}
	if s.fill == 0 {
		s.copyElems(o)
		return true
	}
	for e, i := o.next(0); e != nil; e, i = o.next(i) {
		if k, h := *e, e.hash(); !s.addKey(k, h) && !s.insert(t, k.value(), h) {
			return false
		}
	}
	return true
}

// SetUpdate adds the items of any iterable to a value that is a set.
func SetUpdate(t *Thread, set, items Value) bool { return To[Set](set).update(t, items) }

// update adds the items of any iterable.
func (s *Set) update(t *Thread, v Value) bool {
	switch {
	case IsSet(v):
		return s.merge(t, To[Set](v))
	case v.Is(&DictType):
		d := To[Dict](v)
		if tooFull(s.fill+d.used, s.mask) {
			s.resize((int(s.used) + int(d.used)) * 2)
		}
		if s.used == 0 && d.used > 0 {
			s.reserve(uint32(d.used), isTag(d.Entries[d.First()].key.p))
		}
		for i := 0; i < len(d.Entries); i++ {
			if e := d.Entries[i]; e.Used() && !s.insert(t, e.Key(), e.Hash()) {
				return false
			}
		}
		return true
	}
	return s.addItems(t, v)
}

// setBase returns the exact type of results of operations on a set of type cls.
func setBase(cls *Type) *Type {
	if cls.IsSubtype(&SetType) {
		return &SetType
	}
	return &FrozenSetType
}

// copySet returns a set of the exact type with the elements of s.
func (s *Set) copySet(t *Thread) *Set {
	cls := setBase(s.Type)
	var r *Set
	if s.raw && s.used > inlineElems {
		r = &Set{Head: Head{cls}, mask: minSet - 1} // merge makes room for numbers
	} else {
		r = newSetFor(cls, int(s.used))
	}
	r.merge(t, s)
	return r
}

// take moves the elements of o, which nobody else has, into s.
func (s *Set) take(o *Set) {
	head, more := s.Head, s.more
	*s = *o
	s.Head, s.more = head, more
}
