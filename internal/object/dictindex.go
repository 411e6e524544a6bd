package object

import "unsafe"

// The index of a dict: slots that hold places in its Entries, counted from 1. It is open addressing, with the sequence of slots that the
// hash gives. A dict of few entries has none: they are searched one by one. A slot is as wide as the places need, since most dicts are
// small, and an index of bytes is a third of a cache line where one of int32 is more than one.

const (
	// smallDict is the number of entries up to which a dict has no index.
	smallDict = 8
	// byteBits and shortBits are how large an index of bytes and one of two bytes can be: bits of the number of slots.
	byteBits, shortBits = 8, 16
	// maxBits is the size of an index that is always large enough.
	maxBits = 31
)

// noSlot says that a search has found no place in the index to use, because there is none.
const noSlot = ^uint64(0)

// limit is how many entries there can be, deleted ones included, before the index has to grow: two thirds of its slots.
func (d *Dict) limit() int {
	if d.bits == 0 {
		return smallDict
	}
	return 2 << (d.bits & 63) / 3
}

// bitsFor returns the size of an index for n entries.
func bitsFor(n int) uint8 {
	bits := uint8(5)
	for bits < maxBits && 2<<bits/3 < n {
		bits++
	}
	return bits
}

// mask is what leaves of a number the part that is a slot.
func (d *Dict) mask() uint64 { return 1<<(d.bits&63) - 1 }

// entry is the entry that a slot names. It does not check bounds: what the index holds is an entry.
func (d *Dict) entry(place uint64) *Entry {
	return (*Entry)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(d.Entries)), uintptr(place-1)*unsafe.Sizeof(Entry{})))
}

// findStr returns the entry of an exact str, or -1 and the place of the index for it. Of the keys only those of exact type
// str are looked at: see odd.
//
// Most often there is no more to do than to compare pointers and hashes, in a loop that calls nothing, so that nothing has to be kept for after a call. Where
// another key has the same hash, the search begins again in a function that is prepared for that.
func (d *Dict) findStr(k *Str, h uint64) (int, uint64) {
	switch {
	case d.bits == 0:
		for i := range d.Entries {
			e := &d.Entries[i]
			if e.Has(k) {
				return i, noSlot
			}
			if e.key.b == h && e.Used() {
				if e.isStr(k, h) {
					return i, noSlot
				}
				return d.scanStr(k, h)
			}
		}
		return -1, noSlot
	case d.bits <= byteBits:
		return findStrIn[uint8](d, k, h)
	case d.bits <= shortBits:
		return findStrIn[uint16](d, k, h)
	}
	return findStrIn[uint32](d, k, h)
}

func findStrIn[S slotInt](d *Dict, k *Str, h uint64) (int, uint64) {
	index, m := d.index, d.mask()
	i := h & m
	free := noSlot
	for step := h; ; {
		if x := *slotAt[S](index, i); x == ^S(0) {
			if free == noSlot {
				free = i
			}
		} else if x == 0 {
			if free != noSlot {
				i = free
			}
			return -1, i
		} else {
			e := d.entry(uint64(x))
			if e.Has(k) {
				return int(x) - 1, i
			}
			if e.key.b == h {
				if e.isStr(k, h) {
					return int(x) - 1, i
				}
				break
			}
		}
		step >>= 5
		i = (i*5 + step + 1) & m
	}
	return findStrAmong[S](d, k, h)
}

// scanStr is findStr in a dict without an index.
func (d *Dict) scanStr(k *Str, h uint64) (int, uint64) {
	for i := range d.Entries {
		e := &d.Entries[i]
		if e.Has(k) || e.Used() && e.isStr(k, h) {
			return i, noSlot
		}
	}
	return -1, noSlot
}

// findStrAmong is findStrIn for every case.
func findStrAmong[S slotInt](d *Dict, k *Str, h uint64) (int, uint64) {
	index, m := d.index, d.mask()
	i := h & m
	free := noSlot
	for step := h; ; {
		switch x := *slotAt[S](index, i); x {
		case 0:
			if free != noSlot {
				i = free
			}
			return -1, i
		case ^S(0):
			if free == noSlot {
				free = i
			}
		default:
			e := d.entry(uint64(x))
			if e.Has(k) || e.isStr(k, h) {
				return int(x) - 1, i
			}
		}
		step >>= 5
		i = (i*5 + step + 1) & m
	}
}

// searchIn is search in an index whose slots are of type S; x is keysChanged if it must be done again.
func searchIn[S slotInt](d *Dict, t *Thread, k Value, h uint64) (x int, slot uint64, ok bool) {
	hk, keys := makeHashedKey(k, h), d.Keys
	index, m := d.index, d.mask()
	i := h & m
	free := noSlot
	for step := h; ; {
		switch x := *slotAt[S](index, i); x {
		case 0:
			if free != noSlot {
				i = free
			}
			return -1, i, true
		case ^S(0):
			if free == noSlot {
				free = i
			}
		default:
			e := d.entry(uint64(x))
			if e.key == hk {
				return int(x) - 1, i, true
			}
			if e.key.mayEqual(&hk, h) {
				eq, ok := t.equalKeys(e.Key(), k)
				if !ok {
					return -1, noSlot, false
				}
				if d.Keys != keys {
					return keysChanged, noSlot, true
				}
				if eq {
					return int(x) - 1, i, true
				}
			}
		}
		step >>= 5
		i = (i*5 + step + 1) & m
	}
}

// freeSlot returns the place of the index for a key that is not there.
func (d *Dict) freeSlot(h uint64) uint64 {
	switch {
	case d.bits == 0:
		return noSlot
	case d.bits <= byteBits:
		return freeSlotIn[uint8](d.index, d.mask(), h)
	case d.bits <= shortBits:
		return freeSlotIn[uint16](d.index, d.mask(), h)
	}
	return freeSlotIn[uint32](d.index, d.mask(), h)
}

func freeSlotIn[S slotInt](index unsafe.Pointer, m, h uint64) uint64 {
	i := h & m
	for step := h; *slotAt[S](index, i)+1 > 1; { // neither empty nor deleted
		step >>= 5
		i = (i*5 + step + 1) & m
	}
	return i
}

// setSlot puts entry x into a slot that search or freeSlot has returned.
func (d *Dict) setSlot(slot uint64, x int) {
	switch {
	case d.bits <= byteBits:
		setSlotIn[uint8](d, slot, x)
	case d.bits <= shortBits:
		setSlotIn[uint16](d, slot, x)
	default:
		setSlotIn[uint32](d, slot, x)
	}
}

func setSlotIn[S slotInt](d *Dict, slot uint64, x int) {
	p := slotAt[S](d.index, slot)
	if *p == 0 {
		d.fill++
	}
	*p = S(x + 1)
}

// renameSlot replaces entry x, which has hash h, by another in the index, or by a deleted one if to is -1.
func (d *Dict) renameSlot(h uint64, x, to int) {
	switch {
	case d.bits <= byteBits:
		renameSlotIn[uint8](d, h, x, to)
	case d.bits <= shortBits:
		renameSlotIn[uint16](d, h, x, to)
	default:
		renameSlotIn[uint32](d, h, x, to)
	}
}

func renameSlotIn[S slotInt](d *Dict, h uint64, x, to int) {
	m := d.mask()
	i := h & m
	for step := h; *slotAt[S](d.index, i) != S(x+1); {
		step >>= 5
		i = (i*5 + step + 1) & m
	}
	p := slotAt[S](d.index, i)
	if *p = ^S(0); to >= 0 {
		*p = S(to + 1)
	}
}

// reindex makes a new index of 1<<bits slots.
func (d *Dict) reindex(bits uint8) {
	d.bits, d.index = bits, newIndex(bits)
	switch {
	case bits <= byteBits:
		reindexAs[uint8](d)
	case bits <= shortBits:
		reindexAs[uint16](d)
	default:
		reindexAs[uint32](d)
	}
	d.fill = d.used
	d.changed()
}

func reindexAs[S slotInt](d *Dict) {
	index, m := d.index, d.mask()
	for j := range d.Entries {
		e := &d.Entries[j]
		if !e.Used() {
			continue
		}
		h := e.Hash()
		i := h & m
		for step := h; *slotAt[S](index, i) != 0; {
			step >>= 5
			i = (i*5 + step + 1) & m
		}
		*slotAt[S](index, i) = S(j + 1)
	}
}

// newIndex returns an empty index of 1<<bits slots.
func newIndex(bits uint8) unsafe.Pointer {
	n := 1 << bits
	switch {
	case bits <= byteBits:
		return unsafe.Pointer(unsafe.SliceData(make([]uint8, n)))
	case bits <= shortBits:
		return unsafe.Pointer(unsafe.SliceData(make([]uint16, n)))
	}
	return unsafe.Pointer(unsafe.SliceData(make([]uint32, n)))
}

// copyIndex makes the index of d that of c, whose entries are the same.
func (c *Dict) copyIndex(d *Dict) {
	if c.bits = 0; d.bits == 0 {
		return
	}
	c.bits, c.fill, c.index = d.bits, d.fill, newIndex(d.bits)
	n := 1 << d.bits
	switch {
	case d.bits <= byteBits:
	case d.bits <= shortBits:
		n *= 2
	default:
		n *= 4
	}
	copy(unsafe.Slice((*byte)(c.index), n), unsafe.Slice((*byte)(d.index), n))
}
