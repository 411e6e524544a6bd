package object

import (
	"slices"
	"unsafe"
)

// Dict is a dict: entries in order of insertion, and an open-addressing index into them.
type Dict struct {
	Head
	// Keys counts changes: a key is added or removed, or entries move; not that a value is replaced.
	Keys uint64
	// Version is 0 after each such change, until Thread.DictVersion gives the dict a new one: what inline caches compare.
	Version uint64
	// Entries are the items, some of them deleted. Who replaces a value uses SetAt, unless the key is a str.
	Entries []Entry
	index   unsafe.Pointer // see dictindex.go
	used    int32          // entries that are alive
	fill    int32          // slots of the index that are not empty
	first   int32          // entries before this one are deleted
	bits    uint8          // the index has 1<<bits slots; 0: there is none
	odd     bool           // some key may equal a str without being an exact one
	raw     bool           // Entries is memory that the collector does not scan
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

// NewDict returns an empty dict.
func NewDict() *Dict { return &Dict{Head: Head{&DictType}} }

// NewDictSize returns an empty dict with room for n items.
func NewDictSize(n int) *Dict {
	d := NewDict()
	if n > 0 {
		d.Entries = makeEntries(n, false)
		if n > smallDict {
			d.reindex(bitsFor(n))
		}
	}
	return d
}

// The dicts with their first entries in one allocation: those whose number of items is known, and small.
type (
	dict1 struct {
		Dict
		entries [1]Entry
	}
	dict2 struct {
		Dict
		entries [2]Entry
	}
	dict3 struct {
		Dict
		entries [3]Entry
	}
	dict4 struct {
		Dict
		entries [4]Entry
	}
	dict5 struct {
		Dict
		entries [5]Entry
	}
	dict6 struct {
		Dict
		entries [6]Entry
	}
	dict8 struct {
		Dict
		entries [8]Entry
	}
)

// newDictFor returns an empty dict that has memory for n items, raw memory if they all can be there.
func newDictFor(n int, raw bool) *Dict {
	var d *Dict
	switch {
	case n == 0 || n > smallDict || raw:
		d = &Dict{}
		if n > 0 {
			d.Entries, d.raw = makeEntries(n, raw), raw
		}
		if n > smallDict {
			d.reindex(bitsFor(n))
		}
	case n == 1:
		p := &dict1{}
		d, p.Entries = &p.Dict, p.entries[:0]
	case n == 2:
		p := &dict2{}
		d, p.Entries = &p.Dict, p.entries[:0]
	case n == 3:
		p := &dict3{}
		d, p.Entries = &p.Dict, p.entries[:0]
	case n == 4:
		p := &dict4{}
		d, p.Entries = &p.Dict, p.entries[:0]
	case n == 5:
		p := &dict5{}
		d, p.Entries = &p.Dict, p.entries[:0]
	case n == 6:
		p := &dict6{}
		d, p.Entries = &p.Dict, p.entries[:0]
	default:
		p := &dict8{}
		d, p.Entries = &p.Dict, p.entries[:0]
	}
	d.Type = &DictType
	return d
}

// MakeDict returns a dict of keys and values, which alternate; nil if one of the keys cannot be hashed.
func MakeDict(t *Thread, items []Value) *Dict {
	raw := true
	for i := 0; i < len(items) && raw; i++ {
		raw = isTag(items[i].P)
	}
	d := newDictFor(len(items)/2, raw)
	for i := 0; i+1 < len(items); i += 2 {
		if !d.Put(t, items[i], items[i+1]) {
			return nil
		}
	}
	return d
}

// Put is Set for keys that are most likely not there, as those that a display or a call writes out.
func (d *Dict) Put(t *Thread, k, v Value) bool {
	return k.Type() == &StrType && d.putNew((*Str)(k.P), v) || d.Set(t, k, v)
}

// putNew adds an exact str to a dict so small that it has no index, if there is room and no key with the same hash. Then it is not there, and nothing has to be
// compared.
func (d *Dict) putNew(k *Str, v Value) bool {
	n := len(d.Entries)
	if n == cap(d.Entries) || n >= smallDict || d.bits != 0 || d.raw {
		return false
	}
	h := k.HashOf()
	for i := range d.Entries {
		if d.Entries[i].key.b == h {
			return false
		}
	}
	d.Entries = d.Entries[:n+1]
	d.Entries[n] = Entry{hashedKey{unsafe.Pointer(k), h}, v}
	d.used++
	d.changed()
	return true
}

// NewDictFor returns an empty dict that has memory for n items.
func NewDictFor(n int) *Dict { return newDictFor(n, false) }

// makeEntries returns memory for n entries, or a few more if that is what is allocated. Raw memory is not scanned by the collector, which pays
// for dicts of numbers: it is for keys and values that are no objects. All that such entries point to are variables, the Tags.
func makeEntries(n int, raw bool) []Entry {
	if raw {
		b := append([]rawEntry(nil), make([]rawEntry, n)...)
		clear(b[n:cap(b)]) // what write barriers see must be no pointers
		return unsafe.Slice((*Entry)(unsafe.Pointer(unsafe.SliceData(b))), cap(b))[:0]
	}
	return slices.Grow([]Entry(nil), n)
}

// rawEntry is an Entry with numbers for pointers.
type rawEntry [unsafe.Sizeof(Entry{}) / 8]uint64

// moveEntries moves the entries to other memory, for n of them.
func (d *Dict) moveEntries(n int, raw bool) {
	e := makeEntries(n, raw)
	d.Entries, d.raw = append(e, d.Entries...), raw
}

// isRaw reports whether an entry with this key and value can be in raw memory.
func isRaw(k, v Value) bool { return isTag(k.P) && isTag(v.P) }

// Grow makes room for n more items.
func (d *Dict) Grow(n int) {
	all := len(d.Entries) + n
	if all <= cap(d.Entries) && all <= d.limit() {
		return
	}
	bits := d.bits
	if int(d.used) < len(d.Entries) {
		d.compact()
		all = len(d.Entries) + n
		d.bits = 0 // its places are no longer right
	}
	if all > cap(d.Entries) {
		d.moveEntries(all, d.raw)
	}
	if bits != d.bits || all > d.limit() {
		d.reindex(max(bits, bitsFor(all)))
	}
}

// SetAt replaces the value of the item at index x in Entries.
func (d *Dict) SetAt(x int, v Value) {
	if d.raw && !isTag(v.P) {
		d.moveEntries(cap(d.Entries), false)
	}
	d.Entries[x].Value = v
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

// GetStr returns the value of an exact string key, or no value.
func (d *Dict) GetStr(k *Str) Value {
	if x, _ := d.findStr(k, k.HashOf()); x >= 0 {
		return d.Entries[x].Value
	}
	return Value{}
}

// GetInt returns the value of a small int as a key. It is no value if there is none, or if that is not so quickly said.
func (d *Dict) GetInt(k Value) Value {
	if x, _ := d.near(hashedKey{k.P, k.B}, uint64(HashInt64(int64(k.B)))); x >= 0 {
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
		d.Entries[x].Value = v // never raw: it has a str for a key
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

// insertAt adds a key that is not there; slot is the place of the index that the search for it has returned.
func (d *Dict) insertAt(k Value, h uint64, v Value, slot uint64) {
	if s := k.Type(); s != &StrType && s.Flags&(FlagHeap|FlagStr) != 0 {
		d.odd = true
	}
	n := len(d.Entries)
	if n == cap(d.Entries) || n >= d.limit() || int(d.fill) >= d.limit() || d.raw && !isRaw(k, v) {
		slot = d.makeRoom(h, isRaw(k, v))
		n = len(d.Entries)
	}
	if d.bits != 0 {
		d.setSlot(slot, n)
	}
	d.Entries = d.Entries[:n+1]
	d.Entries[n] = Entry{makeHashedKey(k, h), v}
	d.used++
	d.changed()
}

// makeRoom makes room for one more entry, by dropping deleted ones if they are many, else by taking more memory. It returns the place
// of the index for the key with hash h. If raw is false, the entry cannot be in raw memory.
func (d *Dict) makeRoom(h uint64, raw bool) uint64 {
	n := len(d.Entries)
	switch limit := d.limit(); {
	case d.bits == 0 && n >= limit && int(d.used) < n:
		d.compact()
	case n >= limit || int(d.fill) >= limit, n == cap(d.Entries) && n >= smallDict && int(d.used)*2 < n:
		d.compact()
		if d.used >= smallDict || d.bits != 0 {
			d.reindex(bitsFor(int(d.used) + int(d.used)/2 + 1))
		}
	}
	n = len(d.Entries)
	raw = raw && (d.raw || cap(d.Entries) == 0)
	switch {
	case n == cap(d.Entries):
		size := 3
		switch {
		case n >= 1<<16:
			size = n + n/2
		case n >= smallDict:
			size = n * 2
		case n >= 3:
			size = smallDict
		}
		d.moveEntries(size, raw)
	case raw != d.raw:
		d.moveEntries(cap(d.Entries), raw)
	}
	return d.freeSlot(h)
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

// remove deletes entry x.
func (d *Dict) remove(x int) {
	if d.bits != 0 {
		d.renameSlot(d.Entries[x].Hash(), x, -1)
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

// Clear removes all items.
func (d *Dict) Clear() {
	d.Entries, d.index, d.used, d.fill, d.first, d.bits, d.odd, d.raw = nil, nil, 0, 0, 0, 0, false, false
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
	} else if k.Type() == &TupleType {
		if x, slot, known := d.nearTuple(k, h); known {
			return x, slot, true
		}
	}
	for {
		switch {
		case d.bits == 0:
			x, slot, ok = d.scan(t, k, h)
		case d.bits <= byteBits:
			x, slot, ok = searchIn[uint8](d, t, k, h)
		case d.bits <= shortBits:
			x, slot, ok = searchIn[uint16](d, t, k, h)
		default:
			x, slot, ok = searchIn[uint32](d, t, k, h)
		}
		if x != keysChanged {
			return x, slot, ok
		}
	}
}

// keysChanged is what a search returns instead of an entry if a comparison has changed the dict.
const keysChanged = -2

// scan is search in a dict without an index.
func (d *Dict) scan(t *Thread, k Value, h uint64) (x int, slot uint64, ok bool) {
	hk, keys := makeHashedKey(k, h), d.Keys
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
			return keysChanged, noSlot, true
		}
		if eq {
			return i, noSlot, true
		}
	}
	return -1, noSlot, true
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
	if x, _, _, known := d.quick(k); known {
		if x < 0 {
			return Value{}, true
		}
		return d.Entries[x].Value, true
	}
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
	if x, slot, h, known := d.quick(k); known {
		if x >= 0 {
			d.SetAt(x, v)
		} else {
			d.insertAt(k, h, v, slot)
		}
		return true
	}
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
		d.SetAt(x, v)
		return true
	}
	d.insertAt(k, h, v, slot)
	return true
}

// Delete removes key k. found is false if it was not there.
func (d *Dict) Delete(t *Thread, k Value) (found, ok bool) {
	x, _, _, ok := d.place(t, k)
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
	if hasPlainHash(k.Type()) {
		return uint64(pointerHash(k)), true
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
	if n := int(d.used); n < smallDict && n > 0 {
		c := newDictFor(n+1, d.raw)
		c.appendItems(d)
		return c
	}
	c := NewDict()
	c.CopyFrom(d, roomInCopy)
	return c
}

// roomInCopy is for how many more items a copy has room: many copies get one item more.
const roomInCopy = 1

// CopyFrom makes c, which is empty, a copy of d with room for some items more.
func (c *Dict) CopyFrom(d *Dict, more int) {
	if d.used == 0 {
		return
	}
	n := int(d.used) + more
	if cap(c.Entries) < n || c.raw && !d.raw {
		c.Entries, c.raw = makeEntries(n, d.raw), d.raw
	}
	c.bits, c.index, c.fill, c.first = 0, nil, 0, 0
	c.appendItems(d)
	if int(d.used) == len(d.Entries) && n <= d.limit() {
		c.copyIndex(d)
	} else if n > smallDict {
		c.reindex(bitsFor(n))
	}
}

// appendItems puts the items of d into the entries of an empty dict that have room for them, not into its index.
func (c *Dict) appendItems(d *Dict) {
	if int(d.used) == len(d.Entries) {
		c.Entries = append(c.Entries[:0], d.Entries...)
	} else {
		c.Entries = c.Entries[:0]
		for i := range d.Entries {
			if d.Entries[i].Used() {
				c.Entries = append(c.Entries, d.Entries[i])
			}
		}
	}
	c.used, c.odd = d.used, d.odd
	c.changed()
}

// All yields the items in order. The dict must not change meanwhile.
func (d *Dict) All(yield func(k, v Value) bool) {
	for i := range d.Entries {
		if e := &d.Entries[i]; e.Used() && !yield(e.Key(), e.Value) {
			return
		}
	}
}
