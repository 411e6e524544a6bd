package object

import "unsafe"

// Dict is a dict: entries in order of insertion, and an open-addressing index into them.
type Dict struct {
	Head
	// Keys counts changes: a key is added or removed, or entries move; not that a value is replaced.
	Keys uint64
	// Version is 0 after each such change, until Thread.DictVersion gives the dict a new one: what inline caches compare.
	Version uint64
	// Entries are the items; a deleted one has a Key that is no value.
	Entries []Entry
	// index is empty as long as there are few entries: then these are searched one by one.
	index []int32 // power of two; emptySlot, deletedSlot or an index into Entries
	used  int     // entries that are alive
	fill  int     // index slots that are not empty
	first int     // entries before this one are deleted
	odd   bool    // some key may equal a str without being an exact one
}

// Entry is an item of a dict.
type Entry struct {
	Hash  uint64
	Key   Value
	Value Value
}

const (
	emptySlot   = -1
	deletedSlot = -2
)

// NewDict returns an empty dict.
func NewDict() *Dict { return &Dict{Head: Head{&DictType}} }

// NewDictSize returns an empty dict with room for n items.
func NewDictSize(n int) *Dict {
	d := NewDict()
	if n > 0 {
		d.Entries = make([]Entry, 0, n)
		if n <= smallDict {
			return d
		}
		size := 8
		for size*2 < n*3 {
			size *= 2
		}
		d.index = newIndex(size)
	}
	return d
}

func newIndex(n int) []int32 {
	x := make([]int32, n)
	for i := range x {
		x[i] = emptySlot
	}
	return x
}

// Len returns the number of items.
func (d *Dict) Len() int { return d.used }

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

// findStr returns the entry of an interned or any exact string, or -1. The dict's keys may be of any type; those
// of exact str type compare by text, and all others are not equal unless of a subclass, see hasOddKeys.
func (d *Dict) findStr(k *Str, h uint64) int {
	idx := d.index
	if len(idx) == 0 {
		for i := range d.Entries {
			e := &d.Entries[i]
			if e.Key.P == unsafe.Pointer(k) || e.Hash == h && e.Key.P != nil && e.Key.Type() == &StrType && (*Str)(e.Key.P).S == k.S {
				return i
			}
		}
		return -1
	}
	m := uint64(len(idx) - 1)
	i := h & m
	for step := h; ; {
		x := idx[i]
		if x >= 0 {
			e := &d.Entries[x]
			if e.Key.P == unsafe.Pointer(k) {
				return int(x)
			}
			if e.Hash == h && e.Key.Type() == &StrType && (*Str)(e.Key.P).S == k.S {
				return int(x)
			}
		} else if x == emptySlot {
			return -1
		}
		step >>= 5
		i = (i*5 + step + 1) & m
	}
}

// GetStr returns the value of an exact string key, or no value.
func (d *Dict) GetStr(k *Str) Value {
	if x := d.findStr(k, k.HashOf()); x >= 0 {
		return d.Entries[x].Value
	}
	return Value{}
}

// FindStr returns the index in Entries of an exact string key, or -1.
func (d *Dict) FindStr(k *Str) int { return d.findStr(k, k.HashOf()) }

// GetName is GetStr for a key given as text.
func (d *Dict) GetName(name string) Value {
	k := Str{S: name, Hash: hashText(name)}
	if x := d.findStr(&k, k.Hash); x >= 0 {
		return d.Entries[x].Value
	}
	return Value{}
}

// SetStr sets the value of an exact string key.
func (d *Dict) SetStr(k *Str, v Value) {
	h := k.HashOf()
	if x := d.findStr(k, h); x >= 0 {
		d.Entries[x].Value = v
		return
	}
	d.insert(Of(k), h, v)
}

// SetName is SetStr for a key given as text.
func (d *Dict) SetName(t *Thread, name string, v Value) { d.SetStr(t.Interp.Intern(name), v) }

// DelStr deletes an exact string key; false: it was not there.
func (d *Dict) DelStr(k *Str) bool {
	x := d.findStr(k, k.HashOf())
	if x < 0 {
		return false
	}
	d.remove(x)
	return true
}

// insert adds a key that is not there.
func (d *Dict) insert(k Value, h uint64, v Value) {
	if s := k.Type(); s != &StrType && s.Flags&(FlagHeap|FlagStr) != 0 {
		d.odd = true
	}
	if len(d.index) == 0 && len(d.Entries) < smallDict {
		if cap(d.Entries) == len(d.Entries) && len(d.Entries) < 3 {
			e := make([]Entry, len(d.Entries), 3)
			copy(e, d.Entries)
			d.Entries = e
		} else if cap(d.Entries) == len(d.Entries) {
			e := make([]Entry, len(d.Entries), smallDict)
			copy(e, d.Entries)
			d.Entries = e
		}
		d.Entries = append(d.Entries, Entry{h, k, v})
		d.used++
		d.changed()
		return
	}
	if len(d.index) == 0 || (d.fill+1)*3 > len(d.index)*2 || len(d.Entries) == cap(d.Entries) && d.used*2 < len(d.Entries) {
		d.resize(d.used*2 + 1)
	}
	m := uint64(len(d.index) - 1)
	i := h & m
	for step := h; d.index[i] >= 0; {
		step >>= 5
		i = (i*5 + step + 1) & m
	}
	if d.index[i] == emptySlot {
		d.fill++
	}
	d.index[i] = int32(len(d.Entries))
	d.Entries = append(d.Entries, Entry{h, k, v})
	d.used++
	d.changed()
}

// resize rebuilds the index for at least n items and drops deleted entries.
func (d *Dict) resize(n int) {
	size := 8
	for size*2 < n*3 && size < 1<<30 {
		size *= 2
	}
	if d.used != len(d.Entries) {
		j := 0
		for i := range d.Entries {
			if d.Entries[i].Key.P != nil {
				d.Entries[j] = d.Entries[i]
				j++
			}
		}
		clear(d.Entries[j:])
		d.Entries = d.Entries[:j]
	}
	if cap(d.Entries) < size*2/3+1 {
		e := make([]Entry, len(d.Entries), size*2/3+1)
		copy(e, d.Entries)
		d.Entries = e
	}
	d.first = 0
	d.reindex(size)
}

// reindex makes a new index.
func (d *Dict) reindex(size int) {
	d.index = newIndex(size)
	m := uint64(size - 1)
	for j := range d.Entries {
		if d.Entries[j].Key.P == nil {
			continue
		}
		h := d.Entries[j].Hash
		i := h & m
		for step := h; d.index[i] >= 0; {
			step >>= 5
			i = (i*5 + step + 1) & m
		}
		d.index[i] = int32(j)
	}
	d.fill = d.used
	d.changed()
}

// remove deletes entry x.
func (d *Dict) remove(x int) {
	if len(d.index) > 0 {
		h := d.Entries[x].Hash
		m := uint64(len(d.index) - 1)
		i := h & m
		for step := h; d.index[i] != int32(x); {
			step >>= 5
			i = (i*5 + step + 1) & m
		}
		d.index[i] = deletedSlot
	}
	d.Entries[x] = Entry{}
	d.used--
	if x == len(d.Entries)-1 {
		n := x
		for n > 0 && d.Entries[n-1].Key.P == nil {
			n--
		}
		d.Entries = d.Entries[:n]
		d.first = min(d.first, n)
	} else if x == d.first {
		d.first++
	}
	d.changed()
}

// Clear removes all items.
func (d *Dict) Clear() {
	d.Entries, d.index, d.used, d.fill, d.first, d.odd = nil, nil, 0, 0, 0, false
	d.changed()
}

// find returns the entry of any key with the given hash, or -1. ok is false when a comparison failed.
func (d *Dict) find(t *Thread, k Value, h uint64) (x int, ok bool) {
	if k.P != nil && k.Type() == &StrType {
		if x := d.findStr((*Str)(k.P), h); x >= 0 {
			return x, true
		}
		if !d.odd {
			return -1, true
		}
	}
restart:
	idx := d.index
	keys := d.Keys
	if len(idx) == 0 {
		for i := 0; i < len(d.Entries); i++ {
			e := &d.Entries[i]
			if e.Hash != h || e.Key.P == nil {
				continue
			}
			if e.Key == k {
				return i, true
			}
			eq, ok := t.equalKeys(e.Key, k)
			if !ok {
				return -1, false
			}
			if d.Keys != keys {
				goto restart
			}
			if eq {
				return i, true
			}
		}
		return -1, true
	}
	m := uint64(len(idx) - 1)
	i := h & m
	for step := h; ; {
		x := idx[i]
		if x >= 0 {
			e := &d.Entries[x]
			if e.Hash == h {
				if e.Key == k {
					return int(x), true
				}
				eq, ok := t.equalKeys(e.Key, k)
				if !ok {
					return -1, false
				}
				if d.Keys != keys {
					goto restart
				}
				if eq {
					return int(x), true
				}
			}
		} else if x == emptySlot {
			return -1, true
		}
		step >>= 5
		i = (i*5 + step + 1) & m
	}
}

// equalKeys compares two keys, quickly for the common exact types.
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
	}
	return t.Equal(a, b)
}

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
	x, ok := d.find(t, k, h)
	if !ok {
		return false
	}
	if x >= 0 {
		d.Entries[x].Value = v
		return true
	}
	d.insert(k, h, v)
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
		if e := &d.Entries[i]; e.Key.P != nil && !yield(e.Key, e.Value) {
			return
		}
	}
}
