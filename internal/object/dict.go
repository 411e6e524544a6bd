package object

import "unsafe"

// Dict is a dict: entries in order of insertion, and an open-addressing index into them.
type Dict struct {
	Head
	// Keys counts changes: a key is added or removed, or entries move; not that a value is replaced.
	Keys uint64
	// Version is 0 after each such change, until Thread.DictVersion gives the dict a new one: what inline caches compare.
	Version uint64
	// Entries are the items, some of them deleted.
	Entries []Entry
	// index has places in Entries, counted from 1; emptySlot or deletedSlot. Its length is a power of two. It is
	// empty as long as there are few entries: then these are searched one by one.
	index []int32
	used  int32 // entries that are alive
	fill  int32 // index slots that are not empty
	first int32 // entries before this one are deleted
	odd   bool  // some key may equal a str without being an exact one
}

// Entry is an item of a dict.
type Entry struct {
	key   hashedKey
	Value Value
}

// Used reports whether the item has not been deleted.
func (e *Entry) Used() bool { return e.key.p != nil }

// Key returns the key, or no value if the item has been deleted.
func (e *Entry) Key() Value { return e.key.value() }

// Hash returns the hash of the key of an item that has not been deleted.
func (e *Entry) Hash() uint64 { return e.key.hash() }

// Has reports whether the key is this very str.
func (e *Entry) Has(k *Str) bool { return e.key.p == unsafe.Pointer(k) }

// isStr reports whether the key is an exact str with hash h and the text of k. The item has not been deleted.
func (e *Entry) isStr(k *Str, h uint64) bool {
	return e.key.b == h && (*Head)(e.key.p).Type == &StrType && (*Str)(e.key.p).S == k.S
}

const (
	emptySlot   = 0
	deletedSlot = -1
)

// NewDict returns an empty dict.
func NewDict() *Dict { return &Dict{Head: Head{&DictType}} }

// NewDictSize returns an empty dict with room for n items.
func NewDictSize(n int) *Dict {
	d := NewDict()
	if n > 0 {
		d.Entries = make([]Entry, 0, n)
		if size := indexSize(n); size > 0 {
			d.index = make([]int32, size)
		}
	}
	return d
}

// Grow makes room for n more items.
func (d *Dict) Grow(n int) {
	if n += len(d.Entries); n <= cap(d.Entries) {
		return
	}
	e := make([]Entry, len(d.Entries), n)
	copy(e, d.Entries)
	d.Entries = e
	if size := indexSize(n); size > len(d.index) {
		d.reindex(size)
	}
}

// indexSize returns how large the index of n entries is.
func indexSize(n int) int {
	if n <= smallDict {
		return 0
	}
	size := 8
	for size*2 < n*3 {
		size *= 2
	}
	return size
}

// Len returns the number of items.
func (d *Dict) Len() int { return int(d.used) }

func (d *Dict) changed() {
	d.Keys++
	d.Version = 0
}

// DictVersion returns the version of the dict, a new one if it has changed: no other dict of the interpreter has ever had it.
func (t *Thread) DictVersion(d *Dict) uint64 {
	if d.Version == 0 {
		t.Interp.lastVersion++
		d.Version = t.Interp.lastVersion
	}
	return d.Version
}

// smallDict is the number of entries up to which a dict has no index.
const smallDict = 8

// slot returns a place of the index, entry the entry that a place of the index names. Neither checks bounds: the
// place is masked, and what the index holds is an entry.
func (d *Dict) slot(i uint64) *int32 {
	return (*int32)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(d.index)), uintptr(i)*unsafe.Sizeof(int32(0))))
}

func (d *Dict) entry(x int32) *Entry {
	return (*Entry)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(d.Entries)), uintptr(x-1)*unsafe.Sizeof(Entry{})))
}

// noSlot says that a search has found no place in the index to use, because there is none.
const noSlot = ^uint64(0)

// findStr returns the entry of an exact str, or -1 and the place of the index for it. Of the keys only those of exact type
// str are looked at: see odd.
func (d *Dict) findStr(k *Str, h uint64) (int, uint64) {
	if len(d.index) == 0 {
		for i := range d.Entries {
			e := &d.Entries[i]
			if e.Has(k) || e.Used() && e.isStr(k, h) {
				return i, noSlot
			}
		}
		return -1, noSlot
	}
	m := uint64(len(d.index) - 1)
	i := h & m
	free := noSlot
	for step := h; ; {
		x := *d.slot(i)
		if x > 0 {
			e := d.entry(x)
			if e.Has(k) || e.isStr(k, h) {
				return int(x) - 1, i
			}
		} else {
			if free == noSlot {
				free = i
			}
			if x == emptySlot {
				return -1, free
			}
		}
		step >>= 5
		i = (i*5 + step + 1) & m
	}
}

// GetStr returns the value of an exact string key, or no value.
func (d *Dict) GetStr(k *Str) Value {
	if x, _ := d.findStr(k, k.HashOf()); x >= 0 {
		return d.Entries[x].Value
	}
	return Value{}
}

// FindStr returns the index in Entries of an exact string key, or -1.
func (d *Dict) FindStr(k *Str) int {
	x, _ := d.findStr(k, k.HashOf())
	return x
}

// GetName is GetStr for a key given as text.
func (d *Dict) GetName(name string) Value {
	k := Str{S: name, Hash: hashText(name)}
	if x, _ := d.findStr(&k, k.Hash); x >= 0 {
		return d.Entries[x].Value
	}
	return Value{}
}

// SetStr sets the value of an exact string key.
func (d *Dict) SetStr(k *Str, v Value) {
	h := k.HashOf()
	x, slot := d.findStr(k, h)
	if x >= 0 {
		d.Entries[x].Value = v
		return
	}
	d.insertAt(Of(k), h, v, slot)
}

// SetName is SetStr for a key given as text.
func (d *Dict) SetName(t *Thread, name string, v Value) { d.SetStr(t.Interp.Intern(name), v) }

// DelStr deletes an exact string key; false: it was not there.
func (d *Dict) DelStr(k *Str) bool {
	x, _ := d.findStr(k, k.HashOf())
	if x < 0 {
		return false
	}
	d.remove(x)
	return true
}

// insert adds a key that is not there.
func (d *Dict) insert(k Value, h uint64, v Value) { d.insertAt(k, h, v, d.freeSlot(h)) }

// freeSlot returns the place of the index for a key that is not there.
func (d *Dict) freeSlot(h uint64) uint64 {
	if len(d.index) == 0 {
		return noSlot
	}
	m := uint64(len(d.index) - 1)
	i := h & m
	for step := h; *d.slot(i) > 0; {
		step >>= 5
		i = (i*5 + step + 1) & m
	}
	return i
}

// insertAt adds a key that is not there; slot is the place of the index that the search for it has returned.
func (d *Dict) insertAt(k Value, h uint64, v Value, slot uint64) {
	if s := k.Type(); s != &StrType && s.Flags&(FlagHeap|FlagStr) != 0 {
		d.odd = true
	}
	if len(d.Entries) == cap(d.Entries) || len(d.index) == 0 && len(d.Entries) >= smallDict {
		if d.grow() {
			slot = d.freeSlot(h)
		}
	}
	if len(d.index) > 0 {
		if int(d.fill+1)*3 > len(d.index)*2 {
			d.resize(int(d.used) * 2)
			slot = d.freeSlot(h)
		}
		p := d.slot(slot)
		if *p == emptySlot {
			d.fill++
		}
		*p = int32(len(d.Entries)) + 1
	}
	d.Entries = append(d.Entries, Entry{makeHashedKey(k, h), v})
	d.used++
	d.changed()
}

// grow makes room for one more entry: by dropping deleted ones if they are many, else by taking more memory. It returns true
// if the index has changed.
func (d *Dict) grow() bool {
	n := len(d.Entries)
	if int(d.used)*2 < n || len(d.index) == 0 && int(d.used) < n && n >= smallDict {
		d.compact()
		if len(d.index) == 0 {
			return false
		}
		d.reindex(len(d.index))
		return true
	}
	changed := false
	if len(d.index) == 0 && n >= smallDict {
		d.reindex(4 * smallDict)
		changed = true
	}
	if n < cap(d.Entries) {
		return changed
	}
	size := 3
	switch {
	case n >= 1<<16:
		size = n + n/2
	case n >= smallDict:
		size = n * 2
	case n >= 3:
		size = smallDict
	}
	e := make([]Entry, n, size)
	copy(e, d.Entries)
	d.Entries = e
	return changed
}

// compact drops deleted entries.
func (d *Dict) compact() {
	d.first = 0
	if int(d.used) == len(d.Entries) {
		return
	}
	j := 0
	for i := range d.Entries {
		if d.Entries[i].Used() {
			d.Entries[j] = d.Entries[i]
			j++
		}
	}
	clear(d.Entries[j:])
	d.Entries = d.Entries[:j]
}

// resize makes an index for at least n items and drops deleted entries.
func (d *Dict) resize(n int) {
	size := 16
	for size*2 < n*3 && size < 1<<30 {
		size *= 2
	}
	d.compact()
	d.reindex(size)
}

// reindex makes a new index.
func (d *Dict) reindex(size int) {
	d.index = make([]int32, size)
	m := uint64(size - 1)
	for j := range d.Entries {
		if !d.Entries[j].Used() {
			continue
		}
		h := d.Entries[j].Hash()
		i := h & m
		for step := h; *d.slot(i) != emptySlot; {
			step >>= 5
			i = (i*5 + step + 1) & m
		}
		*d.slot(i) = int32(j) + 1
	}
	d.fill = d.used
	d.changed()
}

// remove deletes entry x.
func (d *Dict) remove(x int) {
	if len(d.index) > 0 {
		*d.indexOf(d.Entries[x].Hash(), x) = deletedSlot
	}
	d.Entries[x] = Entry{}
	d.used--
	if x == int(d.first) {
		d.first++
	}
	d.changed()
}

// trim drops deleted entries at the end, behind the last item that popitem has taken. Other deletions leave them: iterators
// see then that keys have changed.
func (d *Dict) trim() {
	n := len(d.Entries)
	for n > 0 && !d.Entries[n-1].Used() {
		n--
	}
	d.Entries = d.Entries[:n]
	d.first = min(d.first, int32(n))
}

// indexOf returns the place of the index that names entry x, whose hash is h.
func (d *Dict) indexOf(h uint64, x int) *int32 {
	m := uint64(len(d.index) - 1)
	i := h & m
	for step := h; *d.slot(i) != int32(x)+1; {
		step >>= 5
		i = (i*5 + step + 1) & m
	}
	return d.slot(i)
}

// Clear removes all items.
func (d *Dict) Clear() {
	d.Entries, d.index, d.used, d.fill, d.first, d.odd = nil, nil, 0, 0, 0, false
	d.changed()
}

// find returns the entry of any key with the given hash, or -1. ok is false when a comparison failed.
func (d *Dict) find(t *Thread, k Value, h uint64) (x int, ok bool) {
	x, _, ok = d.search(t, k, h)
	return x, ok
}

// search is find that returns the place of the index for a key that is not there, too.
func (d *Dict) search(t *Thread, k Value, h uint64) (x int, slot uint64, ok bool) {
	if k.Type() == &StrType {
		if x, slot := d.findStr((*Str)(k.P), h); x >= 0 || !d.odd {
			return x, slot, true
		}
	}
	hk := makeHashedKey(k, h)
restart:
	keys := d.Keys
	if len(d.index) == 0 {
		for i := 0; i < len(d.Entries); i++ {
			e := &d.Entries[i]
			if e.key == hk {
				return i, noSlot, true
			}
			if !e.Used() || !e.key.mayEqual(&hk, h) {
				continue
			}
			eq, ok := t.equalKeys(e.Key(), k)
			if !ok {
				return -1, noSlot, false
			}
			if d.Keys != keys {
				goto restart
			}
			if eq {
				return i, noSlot, true
			}
		}
		return -1, noSlot, true
	}
	m := uint64(len(d.index) - 1)
	i := h & m
	free := noSlot
	for step := h; ; {
		x := *d.slot(i)
		if x > 0 {
			e := d.entry(x)
			if e.key == hk {
				return int(x) - 1, i, true
			}
			if e.key.mayEqual(&hk, h) {
				eq, ok := t.equalKeys(e.Key(), k)
				if !ok {
					return -1, noSlot, false
				}
				if d.Keys != keys {
					goto restart
				}
				if eq {
					return int(x) - 1, i, true
				}
			}
		} else {
			if free == noSlot {
				free = i
			}
			if x == emptySlot {
				return -1, free, true
			}
		}
		step >>= 5
		i = (i*5 + step + 1) & m
	}
}

// equalKeys compares two keys, quickly for the common types. Not ok: an exception is set, or it is not to be done, see [Thread.quietKeys].
func (t *Thread) equalKeys(a, b Value) (eq, ok bool) {
	ta, tb := a.Type(), b.Type()
	if ta == tb {
		switch ta {
		case &StrType:
			return (*Str)(a.P).S == (*Str)(b.P).S, true
		case &IntType:
			if a.IsInt() || b.IsInt() {
				return a == b, true
			}
		}
		if !t.quietKeys(a, b) {
			return false, false
		}
		if ta.itemsCompare {
			return t.equalItems(To[Tuple](a).Items(), To[Tuple](b).Items())
		}
		if a != b {
			if r, done := t.compareOwn(ta, a, b, CmpEq); done {
				if r.P == nil {
					return false, false
				}
				return t.IsTrue(r)
			}
		}
	} else if !t.quietKeys(a, b) {
		return false, false
	}
	return t.Equal(a, b)
}

// equalItems compares the items of two tuples.
func (t *Thread) equalItems(x, y []Value) (eq, ok bool) {
	if len(x) != len(y) {
		return false, true
	}
	for i, a := range x {
		b := y[i]
		if a == b {
			continue
		}
		if a.IsInt() && b.IsInt() {
			return false, true
		}
		if a.Type() == &StrType && b.Type() == &StrType {
			if a.Str().S != b.Str().S {
				return false, true
			}
			continue
		}
		if !t.deeper(" in comparison") {
			return false, false
		}
		eq, ok := t.equalKeys(a, b)
		t.Depth--
		if !eq || !ok {
			return false, ok
		}
	}
	return true, true
}

// Odd reports whether a key that is no exact str may equal one: then only Get and such find it.
func (d *Dict) Odd() bool { return d.odd }

// Get returns the value of key k, or no value. ok is false when hashing or comparing failed.
func (d *Dict) Get(t *Thread, k Value) (v Value, ok bool) {
	h, ok := t.hashDictKey(k)
	if !ok {
		return Value{}, false
	}
	x, ok := d.find(t, k, h)
	if x < 0 {
		return Value{}, ok
	}
	return d.Entries[x].Value, true
}

// Set sets the value of key k.
func (d *Dict) Set(t *Thread, k, v Value) bool {
	h, ok := t.hashDictKey(k)
	if !ok {
		return false
	}
	return d.setHashed(t, k, h, v)
}

// setHashed is Set for a key whose hash is known.
func (d *Dict) setHashed(t *Thread, k Value, h uint64, v Value) bool {
	x, slot, ok := d.search(t, k, h)
	if !ok {
		return false
	}
	if x >= 0 {
		d.Entries[x].Value = v
		return true
	}
	d.insertAt(k, h, v, slot)
	return true
}

// Delete removes key k. found is false if it was not there.
func (d *Dict) Delete(t *Thread, k Value) (found, ok bool) {
	h, ok := t.hashDictKey(k)
	if !ok {
		return false, false
	}
	x, ok := d.find(t, k, h)
	if x < 0 {
		return false, ok
	}
	d.remove(x)
	return true, true
}

// hashKey returns the hash of a key, quickly for the common exact types.
func (t *Thread) hashKey(k Value) (uint64, bool) {
	if k.Type() == &StrType {
		return (*Str)(k.P).HashOf(), true
	}
	if k.IsInt() {
		return uint64(HashInt64(k.Int())), true
	}
	if k.Type().itemsHash {
		h, ok := t.hashTuple(To[Tuple](k))
		return uint64(h), ok
	}
	h, ok := t.Hash(k)
	return uint64(h), ok
}

// hashDictKey is the hash of something that is to be a key.
func (t *Thread) hashDictKey(k Value) (uint64, bool) {
	h, ok := t.hashKey(k)
	if !ok {
		t.unhashable(k, "a dict key")
	}
	return h, ok
}

// Copy returns a dict with the same items.
func (d *Dict) Copy() *Dict {
	c := NewDict()
	if d.used == 0 {
		return c
	}
	c.Entries = make([]Entry, len(d.Entries), cap(d.Entries))
	copy(c.Entries, d.Entries)
	if len(d.index) > 0 {
		c.index = make([]int32, len(d.index))
		copy(c.index, d.index)
	}
	c.used, c.fill, c.first, c.odd = d.used, d.fill, d.first, d.odd
	c.changed()
	return c
}

// All yields the items in order. The dict must not change meanwhile.
func (d *Dict) All(yield func(k, v Value) bool) {
	for i := range d.Entries {
		if e := &d.Entries[i]; e.Used() && !yield(e.Key(), e.Value) {
			return
		}
	}
}
