package object

import "unsafe"

// Most keys are exact strs and small ints: their hash is at hand, and to compare them with each other runs nothing. So they need neither the
// slots of a type nor a search that may be interrupted.

// isQuick reports whether k is such a key.
func isQuick(k Value) bool { return k.P == unsafe.Pointer(&Tags.Int) || k.Type() == &StrType }

// quick looks for such a key: x is its entry, or -1, and then slot is the place of the index for it. It is not known if the key has to be
// compared with one of another type.
func (d *Dict) quick(k Value) (x int, slot, h uint64, known bool) {
	if k.P == unsafe.Pointer(&Tags.Int) {
		h = uint64(HashInt64(int64(k.B)))
		x, slot = d.findInt(k, h)
		return x, slot, h, x != mustCompare
	}
	h = (*Str)(k.P).HashOf()
	x, slot = d.findStr((*Str)(k.P), h)
	return x, slot, h, x >= 0 || !d.odd
}

// place looks for any key: x is its entry, or -1, and then slot is the place of the index for it; h is its hash. Not ok: an exception is set.
func (d *Dict) place(t *Thread, k Value) (x int, slot, h uint64, ok bool) {
	if isQuick(k) {
		if x, slot, h, known := d.quick(k); known {
			return x, slot, h, true
		}
	}
	if h, ok = t.hashDictKey(k); !ok {
		return -1, noSlot, h, false
	}
	x, slot, ok = d.search(t, k, h)
	return x, slot, h, ok
}

// mustCompare is what findInt returns where a key that is no int has the hash of one.
const mustCompare = -2

// findInt returns the entry of a small int, or -1 and the place of the index for it, or mustCompare.
func (d *Dict) findInt(k Value, h uint64) (int, uint64) {
	switch {
	case d.bits == 0:
		hk := hashedKey{k.P, k.B}
		for i := range d.Entries {
			e := &d.Entries[i]
			if e.key == hk {
				return i, noSlot
			}
			if e.Used() && e.key.mayEqual(&hk, h) {
				return mustCompare, noSlot
			}
		}
		return -1, noSlot
	case d.bits <= byteBits:
		return findIntIn[uint8](d, k, h)
	case d.bits <= shortBits:
		return findIntIn[uint16](d, k, h)
	}
	return findIntIn[uint32](d, k, h)
}

func findIntIn[S slotInt](d *Dict, k Value, h uint64) (int, uint64) {
	hk := hashedKey{k.P, k.B}
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
			if e.key == hk {
				return int(x) - 1, i
			}
			if e.key.mayEqual(&hk, h) {
				return mustCompare, noSlot
			}
		}
		step >>= 5
		i = (i*5 + step + 1) & m
	}
}
