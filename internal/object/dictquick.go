package object

import "unsafe"

// Most keys are exact strs, small ints, and tuples of them: their hash is at hand, and to compare them with each other runs nothing. So they need neither the
// slots of a type nor a search that may be interrupted.

// quickHash is the hash of such a key; not ok: it is another.
func quickHash(k Value) (h uint64, ok bool) {
	if k.P == unsafe.Pointer(&Tags.Int) {
		return uint64(HashInt64(int64(k.B))), true
	}
	switch k.Type() {
	case &StrType:
		return (*Str)(k.P).HashOf(), true
	case &TupleType:
		return (*Tuple)(k.P).quickHash()
	}
	return 0, false
}

// quickHash is the hash of a tuple of small ints and of exact strs that have been hashed; not ok: it is another tuple.
func (x *Tuple) quickHash() (h uint64, ok bool) {
	acc := uint64(tuplePrime5)
	for i := range int(x.n) {
		v := x.At(i)
		var h uint64
		if v.P == unsafe.Pointer(&Tags.Int) {
			// As HashInt64, but for numbers that have to be divided.
			n := int64(v.B)
			if n <= -hashModulus || n >= hashModulus {
				return 0, false
			}
			if h = v.B; n == -1 {
				h--
			}
		} else if v.Type() != &StrType {
			return 0, false
		} else if h = (*Str)(v.P).Hash; h == 0 {
			return 0, false
		}
		acc = addHash(acc, h)
	}
	return endHash(acc, int(x.n)), true
}

// GetQuick is Get as far as nothing runs; no value: nobody knows, or it is not there.
func (d *Dict) GetQuick(k Value) Value {
	if x, _, _, _ := d.quick(k); x >= 0 {
		return d.Entries[x].Value
	}
	return Value{}
}

// quick looks for a key: x is its entry, or -1, and then slot is the place of the index for it. It is not known if its hash is not at hand, or if the key has to be
// compared with one of another type.
func (d *Dict) quick(k Value) (x int, slot, h uint64, known bool) {
	h, ok := quickHash(k)
	switch {
	case !ok:
		return -1, noSlot, 0, false
	case k.P == unsafe.Pointer(&Tags.Int):
		x, slot = d.near(hashedKey{k.P, k.B}, h)
		return x, slot, h, x >= -1
	case k.Type() == &StrType:
		x, slot = d.findStr((*Str)(k.P), h)
		return x, slot, h, x >= 0 || !d.odd
	}
	if x, slot, known = d.nearTuple(k, h); !known {
		x = -1
	}
	return x, slot, h, known
}

// place looks for any key: x is its entry, or -1, and then slot is the place of the index for it; h is its hash. Not ok: an exception is set.
func (d *Dict) place(t *Thread, k Value) (x int, slot, h uint64, ok bool) {
	if x, slot, h, known := d.quick(k); known {
		return x, slot, h, true
	}
	if h, ok = t.hashDictKey(k); !ok {
		return -1, noSlot, h, false
	}
	x, slot, ok = d.search(t, k, h)
	return x, slot, h, ok
}

// near looks for a key of any exact type but float, whose hash is h, by what a loop can see that calls nothing, see [Dict.findStr]: x is the entry of the very
// key, or -1, and then slot is the place of the index for it. If there is another key that may equal it, x is what met makes of that one's entry.
func (d *Dict) near(k hashedKey, h uint64) (x int, slot uint64) {
	switch {
	case d.bits == 0:
		for i := range d.Entries {
			e := &d.Entries[i]
			if e.key == k {
				return i, noSlot
			}
			if e.key.likely(k.p, h) && e.Used() {
				return met(i), noSlot
			}
		}
		return -1, noSlot
	case d.bits <= byteBits:
		return nearIn[uint8](d, k, h)
	case d.bits <= shortBits:
		return nearIn[uint16](d, k, h)
	}
	return nearIn[uint32](d, k, h)
}

func nearIn[S slotInt](d *Dict, k hashedKey, h uint64) (int, uint64) {
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
			if e.key == k {
				return int(x) - 1, i
			}
			if e.key.likely(k.p, h) {
				return met(int(x) - 1), i
			}
		}
		step >>= 5
		i = (i*5 + step + 1) & m
	}
}

// met makes of entry x, which may be the key's, a number below -1, and of that the entry.
func met(x int) int { return -2 - x }

// nearTuple is near for a tuple that is often a new one with the items of the key: known is false if more has to be compared.
func (d *Dict) nearTuple(k Value, h uint64) (x int, slot uint64, known bool) {
	x, slot = d.near(hashedKey{k.P, h}, h)
	if x >= -1 {
		return x, slot, true
	}
	x = met(x)
	e := &d.Entries[x]
	return x, slot, e.key.b == h && sameTuples(e.key.p, k.P)
}

// sameTuples reports whether p is a tuple like q, which is one. If it says no, they have to be compared.
func sameTuples(p, q unsafe.Pointer) bool {
	if (*Head)(p).Type != &TupleType || (*Head)(q).Type != &TupleType {
		return false
	}
	a, b := (*Tuple)(p), (*Tuple)(q)
	if a.n != b.n {
		return false
	}
	for i := range int(a.n) {
		if x, y := a.At(i), b.At(i); *x != *y && (x.Type() != &StrType || y.Type() != &StrType || x.Str().S != y.Str().S) {
			return false
		}
	}
	return true
}
