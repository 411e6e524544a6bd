package object

import "unsafe"

// Adding what needs no comparisons that run anything: see near.

// addKey adds k, which has hash h, unless it is there. False: that is not known, as near says, and nothing is done.
func (s *Set) addKey(k hashedKey, h uint64) (known bool) {
	if k.p == unsafe.Pointer(&Tags.Float) {
		return false
	}
	switch {
	case s.mask < byteSlots:
		return addKeyIn[uint8](s, s.slots(), k, h)
	case s.mask < shortSlots:
		return addKeyIn[uint16](s, s.table, k, h)
	}
	return addKeyIn[uint32](s, s.table, k, h)
}

func addKeyIn[S slotInt](s *Set, table unsafe.Pointer, k hashedKey, h uint64) (known bool) {
	slot := h & uint64(s.mask)
	if *slotAt[S](table, slot) != 0 {
		var e *hashedKey
		if e, slot = nearSlot[S](s, k, h); e != nil {
			return e.p == k.p || isEqual(e, k, h)
		}
	}
	putIn[S](s, table, slot, k, h)
	return true
}

// addRun adds items from the first on until one needs more than that: to be compared, or more room. It returns how many it has added.
func (s *Set) addRun(items []Value) int {
	switch {
	case s.mask < byteSlots:
		return addRunIn[uint8](s, s.slots(), items)
	case s.mask < shortSlots:
		return addRunIn[uint16](s, s.table, items)
	}
	return addRunIn[uint32](s, s.table, items)
}

func addRunIn[S slotInt](s *Set, table unsafe.Pointer, items []Value) int {
	if s.hole != 0 {
		return 0
	}
	elems, mask := unsafe.Pointer(s.elems), uint64(s.mask)
	for i, x := range items {
		var k hashedKey
		var h uint64
		switch {
		case x.P == unsafe.Pointer(&Tags.Int):
			k, h = hashedKey{x.P, x.B}, uint64(HashInt64(int64(x.B)))
		case s.raw:
			return i
		default:
			var ok bool
			if h, ok = quickHash(x); !ok {
				return i
			}
			k = hashedKey{x.P, h}
		}
		slot := h & mask
		if *slotAt[S](table, slot) != 0 {
			e, free := nearSlot[S](s, k, h)
			if e != nil {
				if e.p != k.p && !isEqual(e, k, h) {
					return i
				}
				continue
			}
			slot = free
		}
		if uint32(s.used) >= s.room {
			return i
		}
		*(*hashedKey)(unsafe.Add(elems, uintptr(s.used)*keySize)) = k
		s.used++
		p := slotAt[S](table, slot)
		was := *p
		if *p = S(s.used); was == 0 {
			if s.fill++; tooFull(s.fill, s.mask) {
				s.resize(s.grown())
				return i + 1
			}
		}
	}
	return len(items)
}

// putIn is put for one kind of table.
func putIn[S slotInt](s *Set, table unsafe.Pointer, slot uint64, k hashedKey, h uint64) {
	place := uint32(s.used) + 1
	if s.hole != 0 || place > s.room || s.raw && !isTag(k.p) {
		s.put(k.value(), h, slot)
		return
	}
	*s.at(place) = k
	s.used++
	p := slotAt[S](table, slot)
	was := *p
	if *p = S(place); was == 0 {
		if s.fill++; tooFull(s.fill, s.mask) {
			s.resize(s.grown())
		}
	}
}

// addNew adds k, which has hash h and is not there; nothing has ever been deleted from the set.
func (s *Set) addNew(k hashedKey, h uint64) {
	switch {
	case s.mask < byteSlots:
		table := s.slots()
		putIn[uint8](s, table, emptyIn[uint8](table, uint64(s.mask), h), k, h)
	case s.mask < shortSlots:
		putIn[uint16](s, s.table, emptyIn[uint16](s.table, uint64(s.mask), h), k, h)
	default:
		putIn[uint32](s, s.table, emptyIn[uint32](s.table, uint64(s.mask), h), k, h)
	}
}

// addSome is addNew for what is left over of done elements of another set, of which left more are to come.
func (s *Set) addSome(k hashedKey, h uint64, done, left int) {
	if s.Full() {
		s.expect(k.value(), done, left)
	}
	s.addNew(k, h)
}
