package object

import (
	"strings"
	"unsafe"
)

// Set is a set or a frozenset: a table with open addressing whose probes are CPython's, because programs
// print sets and iterate over them.
type Set struct {
	Head
	used   int        // elements
	fill   int        // elements and deleted ones
	finger int        // where pop goes on
	table  []setEntry // its length is a power of two
	hash   int64      // of a frozenset, once hashed
	hashed bool
	small  [minSet]setEntry
}

// setEntry is a place of a set's table. Without a key it is free if its hash is 0, else deleted.
type setEntry struct {
	Key  Value
	Hash uint64
}

// deletedHash is the hash of places whose element has been deleted. No object has it.
const deletedHash = ^uint64(0)

const (
	minSet       = 8
	linearProbes = 9
	perturbShift = 5
)

// setSub is an instance of a subclass of set or frozenset.
type setSub struct {
	Set
	Attrs
}

func newSet(cls *Type) *Set {
	if cls.AttrOffset == 0 {
		s := &Set{}
		s.Type = cls
		s.table = s.small[:]
		return s
	}
	p := &setSub{}
	p.Type = cls
	InitAttrs(cls, Of(p))
	p.table = p.minimal()
	return &p.Set
}

// minimal returns an empty table of the smallest size. That is in the set itself, but not in instances of
// classes: what points into itself is never finalized.
func (s *Set) minimal() []setEntry {
	if s.Type.Flags&FlagHeap != 0 {
		return make([]setEntry, minSet)
	}
	s.small = [minSet]setEntry{}
	return s.small[:]
}

// NewSet returns an empty set.
func NewSet() *Set { return newSet(&SetType) }

// MakeSet returns a set, or a frozenset, of the items; no value if one of them cannot be hashed.
func MakeSet(t *Thread, items []Value, frozen bool) Value {
	cls := &SetType
	if frozen {
		cls = &FrozenSetType
	}
	s := newSet(cls)
	for _, x := range items {
		if !s.Add(t, x) {
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
func (s *Set) Len() int { return s.used }

// Items returns the elements in order.
func (s *Set) Items() []Value {
	r := make([]Value, 0, s.used)
	for i := range s.table {
		if k := s.table[i].Key; k.P != nil {
			r = append(r, k)
		}
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

// find returns the place of x, or the free one that ends the search for it, and the last deleted place on the way. A nil
// place: a comparison failed.
func (s *Set) find(t *Thread, x Value, h uint64) (e, deleted *setEntry) {
restart:
	base := unsafe.Pointer(unsafe.SliceData(s.table))
	mask := uint64(len(s.table) - 1)
	start := h & mask
	deleted = nil
	for perturb := h; ; {
		last := start
		if start+linearProbes <= mask {
			last += linearProbes
		}
		for i := start; i <= last; i++ {
			e := (*setEntry)(unsafe.Add(base, uintptr(i)*unsafe.Sizeof(setEntry{})))
			key := e.Key
			if key.P == nil {
				if e.Hash == 0 {
					return e, deleted
				}
				deleted = e
				continue
			}
			if e.Hash != h {
				continue
			}
			if key == x {
				return e, deleted
			}
			eq, ok := t.equalKeys(key, x)
			if !ok {
				return nil, nil
			}
			if unsafe.Pointer(unsafe.SliceData(s.table)) != base || e.Key != key {
				goto restart
			}
			if eq {
				return e, deleted
			}
		}
		perturb >>= perturbShift
		start = (start*5 + 1 + perturb) & mask
	}
}

// insert adds x with its hash unless it is there.
func (s *Set) insert(t *Thread, x Value, h uint64) bool {
	e, deleted := s.find(t, x, h)
	if e == nil {
		return false
	}
	if e.Key.P != nil {
		return true
	}
	s.used++
	if deleted != nil {
		deleted.Key, deleted.Hash = x, h
		return true
	}
	e.Key, e.Hash = x, h
	s.fill++
	if s.fill*5 >= (len(s.table)-1)*3 {
		s.resize(s.grown())
	}
	return true
}

// addNew adds x, which the set does not have; nothing has ever been deleted from it.
func (s *Set) addNew(x Value, h uint64) {
	insertClean(s.table, x, h)
	s.used++
	s.fill++
	if s.fill*5 >= (len(s.table)-1)*3 {
		s.resize(s.grown())
	}
}

// grown is how many elements a table that is too full gets room for.
func (s *Set) grown() int {
	if s.used > 50000 {
		return s.used * 2
	}
	return s.used * 4
}

// Add adds x.
func (s *Set) Add(t *Thread, x Value) bool {
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
	e, _ := s.find(t, x, h)
	return e != nil && e.Key.P != nil, e != nil
}

// discard removes x with its hash; found is false if it was not there.
func (s *Set) discard(t *Thread, x Value, h uint64) (found, ok bool) {
	e, _ := s.find(t, x, h)
	if e == nil || e.Key.P == nil {
		return false, e != nil
	}
	*e = setEntry{Hash: deletedHash}
	s.used--
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

// insertClean adds an element to a table that does not have it and has no deleted places.
func insertClean(table []setEntry, x Value, h uint64) {
	base := unsafe.Pointer(unsafe.SliceData(table))
	mask := uint64(len(table) - 1)
	start := h & mask
	for perturb := h; ; {
		last := start
		if start+linearProbes <= mask {
			last += linearProbes
		}
		for i := start; i <= last; i++ {
			if e := (*setEntry)(unsafe.Add(base, uintptr(i)*unsafe.Sizeof(setEntry{}))); e.Key.P == nil {
				e.Key, e.Hash = x, h
				return
			}
		}
		perturb >>= perturbShift
		start = (start*5 + 1 + perturb) & mask
	}
}

// resize makes a table for more than n elements, without deleted places.
func (s *Set) resize(n int) {
	size := minSet
	for size <= n {
		size *= 2
	}
	old := s.table
	if size == minSet {
		if len(old) == minSet && s.fill == s.used {
			return
		}
		if unsafe.SliceData(old) == &s.small[0] {
			copied := s.small
			old = copied[:]
		}
		s.table = s.minimal()
	} else {
		s.table = make([]setEntry, size)
	}
	for i := range old {
		if e := &old[i]; e.Key.P != nil {
			insertClean(s.table, e.Key, e.Hash)
		}
	}
	s.fill = s.used
	if size != minSet && unsafe.SliceData(old) == &s.small[0] {
		s.small = [minSet]setEntry{}
	}
}

// Clear removes all elements.
func (s *Set) Clear() {
	s.table = s.minimal()
	s.used, s.fill, s.hashed = 0, 0, false
}

// merge adds the elements of another set.
func (s *Set) merge(t *Thread, o *Set) bool {
	if o == s || o.used == 0 {
		return true
	}
	if (s.fill+o.used)*5 >= (len(s.table)-1)*3 {
		s.resize((s.used + o.used) * 2)
	}
	if s.fill == 0 {
		if len(s.table) == len(o.table) && o.fill == o.used {
			copy(s.table, o.table)
			s.fill, s.used = o.fill, o.used
			return true
		}
		s.fill, s.used = o.used, o.used
		for i := range o.table {
			if e := &o.table[i]; e.Key.P != nil {
				insertClean(s.table, e.Key, e.Hash)
			}
		}
		return true
	}
	for i := 0; i < len(o.table); i++ {
		if e := o.table[i]; e.Key.P != nil && !s.insert(t, e.Key, e.Hash) {
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
		if (s.fill+int(d.used))*5 >= (len(s.table)-1)*3 {
			s.resize((s.used + int(d.used)) * 2)
		}
		for i := 0; i < len(d.Entries); i++ {
			if e := d.Entries[i]; e.Key.P != nil && !s.insert(t, e.Key, e.Hash) {
				return false
			}
		}
		return true
	}
	return t.Each(v, func(x Value) bool { return s.Add(t, x) })
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
	r := newSet(setBase(s.Type))
	r.merge(t, s)
	return r
}

// take moves the elements of o, which nobody else has, into s.
func (s *Set) take(o *Set) {
	s.used, s.fill, s.hashed = o.used, o.fill, false
	s.small = [minSet]setEntry{}
	if len(o.table) == minSet {
		s.table = s.minimal()
		copy(s.table, o.table)
	} else {
		s.table = o.table
	}
}
