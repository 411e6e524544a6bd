package object

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unsafe"
)

// The table of a set: slots that hold places of elements, counted from 1. It has CPython's sizes, probes and growth, so that
// the elements come in CPython's order. A slot is a byte, or two or four bytes in tables too large for that.

const (
	minSet       = 8   // slots of the smallest table
	blockSlots   = 32  // slots for which there is room beside the elements of a setBlock
	byteSlots    = 256 // slots of the largest table of bytes: it is never so full that places do not fit
	shortSlots   = 1 << 16
	linearProbes = 9
	perturbShift = 5
)

type slotInt interface{ uint8 | uint16 | uint32 }

const keySize = unsafe.Sizeof(hashedKey{})

type (
	// setInline is a set with its first elements in one allocation.
	setInline struct {
		Set
		elems [inlineElems]hashedKey
	}
	// setWhole is a set that is made for up to ten elements.
	setWhole struct {
		Set
		setBlock
	}
	// setBlock and setBlock2 are elements and a table. A set has one of them if its room says so.
	setBlock struct {
		elems [blockElems]hashedKey
		slots [blockSlots]uint8
	}
	setBlock2 struct {
		elems [blockElems2]hashedKey
		slots [blockSlots]uint8
	}
)

// How many elements there are in an allocation. The first is what a table of 8 slots can have when it does not
// grow, the last the same for 32; the one between fits a size that the allocator has.
const (
	inlineElems = 4
	blockElems  = 10
	blockElems2 = 19
)

// maxElems is how many elements a table can have before it grows.
func maxElems(mask uint32) uint32 { return uint32((uint64(mask)*3 + 4) / 5) }

// tooFull reports whether the table has to grow.
func tooFull(fill int32, mask uint32) bool { return int(fill)*5 >= int(mask)*3 }

// slots returns the table.
func (s *Set) slots() unsafe.Pointer {
	if s.mask == minSet-1 {
		return unsafe.Pointer(&s.first)
	}
	return s.table
}

func slotAt[S slotInt](table unsafe.Pointer, i uint64) *S {
	return (*S)(unsafe.Add(table, uintptr(i)*unsafe.Sizeof(S(0))))
}

// at returns the element of a place.
func (s *Set) at(place uint32) *hashedKey {
	return (*hashedKey)(unsafe.Add(unsafe.Pointer(s.elems), uintptr(place-1)*keySize))
}

// find returns x and its slot, or nil and the slot where it is to be put. ok is false when a comparison failed.
// To add x it is enough that an element was equal: if the comparison has changed the set, that may be one no more, as in CPython.
func (s *Set) find(t *Thread, x Value, h uint64, toAdd bool) (e *hashedKey, slot uint64, ok bool) {
	if x.P != unsafe.Pointer(&Tags.Float) {
		var known bool
		if e, slot, known = s.near(makeHashedKey(x, h), h); known {
			return e, slot, true
		}
	}
	switch {
	case s.mask < byteSlots:
		return findSlot[uint8](s, t, x, h, toAdd)
	case s.mask < shortSlots:
		return findSlot[uint16](s, t, x, h, toAdd)
	}
	return findSlot[uint32](s, t, x, h, toAdd)
}

// near is find for an element of any exact type but float, by what a loop can see that calls nothing; known is false if more has to be compared.
func (s *Set) near(k hashedKey, h uint64) (e *hashedKey, slot uint64, known bool) {
	switch {
	case s.mask < byteSlots:
		e, slot = nearSlot[uint8](s, k, h)
	case s.mask < shortSlots:
		e, slot = nearSlot[uint16](s, k, h)
	default:
		e, slot = nearSlot[uint32](s, k, h)
	}
	if e == nil || e.p == k.p {
		return e, slot, true
	}
	if !isEqual(e, k, h) {
		return nil, 0, false
	}
	return e, slot, true
}

// isEqual reports whether e, which nearSlot has found for k, is surely equal.
func isEqual(e *hashedKey, k hashedKey, h uint64) bool {
	// What is found besides has the same hash, most often, and is equal.
	if e.b != h || isTag(e.p) || isTag(k.p) {
		return false
	}
	if (*Head)(k.p).Type == &StrType {
		return (*Head)(e.p).Type == &StrType && (*Str)(e.p).S == (*Str)(k.p).S
	}
	return sameTuples(e.p, k.p)
}

// nearSlot returns the first element that is the key, or may equal it, and its slot, or nil and the slot where the key is to be put.
func nearSlot[S slotInt](s *Set, k hashedKey, h uint64) (*hashedKey, uint64) {
	table, elems := s.slots(), unsafe.Pointer(s.elems)
	mask := uint64(s.mask)
	start := h & mask
	deleted := noSlot
	for perturb := h; ; {
		last := start
		if start+linearProbes <= mask {
			last += linearProbes
		}
		for i := start; i <= last; i++ {
			place := *slotAt[S](table, i)
			if place == 0 {
				if deleted != noSlot {
					i = deleted
				}
				return nil, i
			}
			if place == ^S(0) {
				deleted = i
				continue
			}
			e := (*hashedKey)(unsafe.Add(elems, uintptr(place-1)*keySize))
			if *e == k || e.likely(k.p, h) {
				return e, i
			}
		}
		perturb >>= perturbShift
		start = (start*5 + 1 + perturb) & mask
	}
}

func findSlot[S slotInt](s *Set, t *Thread, x Value, h uint64, toAdd bool) (e *hashedKey, slot uint64, ok bool) {
	k := makeHashedKey(x, h)
restart:
	table, elems := s.slots(), unsafe.Pointer(s.elems)
	mask := uint64(s.mask)
	start := h & mask
	deleted := noSlot
	for perturb := h; ; {
		last := start
		if start+linearProbes <= mask {
			last += linearProbes
		}
		for i := start; i <= last; i++ {
			p := slotAt[S](table, i)
			place := *p
			if place == 0 {
				if deleted != noSlot {
					i = deleted
				}
				return nil, i, true
			}
			if place == ^S(0) {
				deleted = i
				continue
			}
			e := (*hashedKey)(unsafe.Add(elems, uintptr(place-1)*keySize))
			key := *e
			if key == k {
				return e, i, true
			}
			if !key.mayEqual(&k, h) {
				continue
			}
			eq, ok := t.equalKeys(key.value(), x)
			if !ok {
				return nil, 0, false
			}
			if eq && toAdd {
				return e, i, true
			}
			if s.slots() != table || unsafe.Pointer(s.elems) != elems || uint64(s.mask) != mask || *p != place || *e != key {
				goto restart
			}
			if eq {
				return e, i, true
			}
		}
		perturb >>= perturbShift
		start = (start*5 + 1 + perturb) & mask
	}
}

// next returns the element in the first slot from i on that has one, and the slot behind it; nil if there is none.
func (s *Set) next(i int) (*hashedKey, int) {
	table := s.slots()
	switch {
	case s.mask >= shortSlots:
		return nextIn[uint32](s, i)
	case s.mask >= byteSlots:
		return nextIn[uint16](s, i)
	}
	for i <= int(s.mask) {
		// Eight slots at once, as most are empty.
		w := binary.LittleEndian.Uint64((*[8]byte)(unsafe.Add(table, i&^7))[:]) >> (i & 7 * 8)
		if w == 0 {
			i = i&^7 + 8
			continue
		}
		n := bits.TrailingZeros64(w) &^ 7
		i += n/8 + 1
		if place := uint8(w >> n); place != ^uint8(0) {
			return s.at(uint32(place)), i
		}
	}
	return nil, i
}

func nextIn[S slotInt](s *Set, i int) (*hashedKey, int) {
	atOnce := int(8 / unsafe.Sizeof(S(0)))
	for i <= int(s.mask) {
		if i&(atOnce-1) == 0 && *(*uint64)(unsafe.Pointer(slotAt[S](s.table, uint64(i)))) == 0 {
			i += atOnce
			continue
		}
		place := *slotAt[S](s.table, uint64(i))
		i++
		if place != 0 && place != ^S(0) {
			return s.at(uint32(place)), i
		}
	}
	return nil, i
}

// Next returns the element in the first slot from i on that has one, and the slot behind it; no value if there is none.
func (s *Set) Next(i int) (Value, int) {
	e, i := s.next(i)
	if e == nil {
		return Value{}, i
	}
	return e.value(), i
}

// put adds an element that is not there, in the slot that find has returned.
func (s *Set) put(x Value, h, slot uint64) {
	place := s.store(x, h)
	s.used++
	var was uint32
	switch {
	case s.mask < byteSlots:
		was = setPlace[uint8](s.slots(), slot, place)
	case s.mask < shortSlots:
		was = setPlace[uint16](s.table, slot, place)
	default:
		was = setPlace[uint32](s.table, slot, place)
	}
	if was == 0 {
		s.fill++
		if tooFull(s.fill, s.mask) {
			s.resize(s.grown())
		}
	}
}

// setPlace puts a place into a slot; it returns the one that was there.
func setPlace[S slotInt](table unsafe.Pointer, slot uint64, place uint32) uint32 {
	p := slotAt[S](table, slot)
	was := *p
	*p = S(place)
	return uint32(was)
}

// drop removes the element of a slot.
func (s *Set) drop(e *hashedKey, slot uint64) {
	var place uint32
	switch {
	case s.mask < byteSlots:
		place = setPlace[uint8](s.slots(), slot, ^uint32(0))
	case s.mask < shortSlots:
		place = setPlace[uint16](s.table, slot, ^uint32(0))
	default:
		place = setPlace[uint32](s.table, slot, ^uint32(0))
	}
	*e = hashedKey{b: uint64(s.hole)} // the holes are a list
	s.hole = place
	s.used--
}

// store puts an element in a free place, which it returns.
func (s *Set) store(x Value, h uint64) uint32 {
	if s.raw && !isTag(x.P) {
		s.moveElems(s.room, false)
	}
	place := s.hole
	if place != 0 {
		e := s.at(place)
		s.hole = uint32(e.b)
		*e = makeHashedKey(x, h)
		return place
	}
	// Without holes, the elements are in the first places.
	if uint32(s.used) == s.room {
		s.moreRoom(isTag(x.P))
	}
	place = uint32(s.used) + 1
	e := s.at(place)
	*e = makeHashedKey(x, h)
	return place
}

// moreRoom makes room for more elements, in the end for as many as the table can have; raw says that the next one is no object.
func (s *Set) moreRoom(raw bool) {
	n, most := s.room*2, maxElems(s.mask)
	if s.room >= 1<<16 {
		n = s.room + s.room/2
	}
	if s.room < most && n > most-most/8 {
		n = most
	}
	s.reserve(max(n, inlineElems), raw)
}

// reserve makes room for n elements, in memory that is not scanned if neither those that are there nor, as raw says, those to come are objects.
func (s *Set) reserve(n uint32, raw bool) {
	if n <= s.room {
		return
	}
	if raw && !s.raw {
		// That is known of few elements soon. Later on there would be more to look at, and it is less likely.
		raw = s.room <= blockElems2
		for i := uint32(1); raw && i <= min(uint32(s.used), s.room); i++ {
			raw = isTag(s.at(i).p)
		}
	}
	s.moveElems(n, raw)
}

// moveElems moves the elements to memory for n of them, at least as many as there was room for.
func (s *Set) moveElems(n uint32, raw bool) {
	elems, room := newElems(n, raw)
	copy(unsafe.Slice(elems, s.room), unsafe.Slice(s.elems, s.room))
	table := s.block()
	s.elems, s.room, s.raw = elems, room, raw
	if table != nil && s.table == unsafe.Pointer(table) {
		// The table was beside the elements.
		s.table = s.newTable(int(s.mask) + 1)
		*(*[blockSlots]uint8)(s.table) = *table
	}
}

// newElems returns memory for n elements or a few more.
func newElems(n uint32, raw bool) (elems *hashedKey, room uint32) {
	switch {
	case n <= inlineElems && raw:
		return &newRaw[[inlineElems]hashedKey]()[0], inlineElems
	case n <= inlineElems:
		return &new([inlineElems]hashedKey)[0], inlineElems
	case n <= blockElems && raw:
		return &newRaw[setBlock]().elems[0], blockElems
	case n <= blockElems:
		return &new(setBlock).elems[0], blockElems
	case n <= blockElems2 && raw:
		return &newRaw[setBlock2]().elems[0], blockElems2
	case n <= blockElems2:
		return &new(setBlock2).elems[0], blockElems2
	case raw:
		b := append([]rawKey(nil), make([]rawKey, n)...)
		clear(b[n:cap(b)]) // what write barriers see must be no pointers
		return (*hashedKey)(unsafe.Pointer(unsafe.SliceData(b))), uint32(cap(b))
	}
	b := slices.Grow([]hashedKey(nil), int(n))
	return unsafe.SliceData(b), uint32(cap(b))
}

// rawKey is a hashedKey with a number for the pointer.
type rawKey [unsafe.Sizeof(hashedKey{}) / 8]uint64

// block returns the table beside the elements, or nil.
func (s *Set) block() *[blockSlots]uint8 {
	switch s.room {
	case blockElems:
		return &(*setBlock)(unsafe.Pointer(s.elems)).slots
	case blockElems2:
		return &(*setBlock2)(unsafe.Pointer(s.elems)).slots
	}
	return nil
}

// newTable returns an empty table for s.table.
func (s *Set) newTable(size int) unsafe.Pointer {
	switch b := s.block(); {
	case size == minSet:
		s.first = [minSet]uint8{}
		return nil
	case size <= blockSlots && b != nil:
		*b = [blockSlots]uint8{}
		return unsafe.Pointer(b)
	case size <= blockSlots:
		return unsafe.Pointer(new([blockSlots]uint8))
	case size <= byteSlots:
		return unsafe.Pointer(unsafe.SliceData(make([]uint8, size)))
	case size <= shortSlots:
		return unsafe.Pointer(unsafe.SliceData(make([]uint16, size)))
	}
	return unsafe.Pointer(unsafe.SliceData(make([]uint32, size)))
}

// grown is how many elements a table that is too full gets slots for.
func (s *Set) grown() int {
	if s.used > 50000 {
		return int(s.used) * 2
	}
	return int(s.used) * 4
}

// resize makes a table for more than n elements, without deleted slots.
func (s *Set) resize(n int) {
	size := minSet
	for size <= n {
		size *= 2
	}
	if size == minSet && s.mask == minSet-1 && s.fill == s.used {
		return
	}
	if size > minSet && s.room < blockElems {
		s.reserve(blockElems, true)
	}
	old, oldMask := s.slots(), s.mask
	var buf [blockSlots]uint8
	if size <= blockSlots && oldMask < blockSlots {
		// The new table may be where the old one is.
		copy(buf[:], unsafe.Slice((*uint8)(old), oldMask+1))
		old = unsafe.Pointer(&buf)
	}
	mask := uint32(size - 1)
	if most := maxElems(mask); mask < oldMask && most < s.room/2 || slotSize(mask) < slotSize(oldMask) {
		// There is much more room than is needed, or places may not fit in slots that are less wide.
		n := min(most, uint32(s.used)*2)
		switch {
		case oldMask < byteSlots:
			compactElems[uint8](s, old, n)
		case oldMask < shortSlots:
			compactElems[uint16](s, old, n)
		default:
			compactElems[uint32](s, old, n)
		}
	}
	s.mask = mask
	s.table = s.newTable(size)
	s.rebuild(old, oldMask)
	s.fill = s.used
}

// slotSize is how many bytes a slot has in a table with a mask.
func slotSize(mask uint32) int {
	switch {
	case mask < byteSlots:
		return 1
	case mask < shortSlots:
		return 2
	}
	return 4
}

// compactElems moves the elements to memory for n of them, in the order of the table, which it changes.
func compactElems[S slotInt](s *Set, table unsafe.Pointer, n uint32) {
	elems, room := newElems(n, s.raw)
	to := unsafe.Slice(elems, room)
	j := 0
	for i := uint64(0); i <= uint64(s.mask); i++ {
		if p := slotAt[S](table, i); *p != 0 && *p != ^S(0) {
			to[j] = *s.at(uint32(*p))
			j++
			*p = S(j)
		}
	}
	s.elems, s.room, s.hole = elems, room, 0
}

// rebuild fills the new, empty table of s from another one of the same elements.
func (s *Set) rebuild(from unsafe.Pointer, mask uint32) {
	switch {
	case mask < byteSlots:
		rebuildFrom[uint8](s, from, mask)
	case mask < shortSlots:
		rebuildFrom[uint16](s, from, mask)
	default:
		rebuildFrom[uint32](s, from, mask)
	}
}

func rebuildFrom[O slotInt](s *Set, from unsafe.Pointer, mask uint32) {
	switch {
	case s.mask < byteSlots:
		rebuildAs[O, uint8](s, from, mask)
	case s.mask < shortSlots:
		rebuildAs[O, uint16](s, from, mask)
	default:
		rebuildAs[O, uint32](s, from, mask)
	}
}

func rebuildAs[O, N slotInt](s *Set, old unsafe.Pointer, oldMask uint32) {
	table, mask := s.slots(), uint64(s.mask)
	for i := uint64(0); i <= uint64(oldMask); i++ {
		if p := *slotAt[O](old, i); p != 0 && p != ^O(0) {
			*slotAt[N](table, emptyIn[N](table, mask, s.at(uint32(p)).hash())) = N(p)
		}
	}
}

// emptyIn returns the slot for a new element in a table that has no deleted slots.
func emptyIn[S slotInt](table unsafe.Pointer, mask, h uint64) uint64 {
	start := h & mask
	for perturb := h; ; {
		last := start
		if start+linearProbes <= mask {
			last += linearProbes
		}
		for i := start; i <= last; i++ {
			if *slotAt[S](table, i) == 0 {
				return i
			}
		}
		perturb >>= perturbShift
		start = (start*5 + 1 + perturb) & mask
	}
}

// Clear removes all elements.
func (s *Set) Clear() {
	if s.room <= blockElems2 {
		clear(unsafe.Slice(s.elems, s.room))
	} else {
		s.elems, s.room, s.raw = nil, 0, false
	}
	s.empty()
}

// Reuse empties a set that nobody knows any more, to be used again as a new one. It returns false for one that is too large for that.
func (s *Set) Reuse() bool {
	if s.room > blockElems2 {
		return false
	}
	s.Clear()
	s.more = 0
	return true
}

// empty makes the table the smallest one, for a set whose elements have been removed.
func (s *Set) empty() {
	s.mask, s.table, s.first = minSet-1, nil, [minSet]uint8{}
	s.used, s.fill, s.hole = 0, 0, 0
}

// copyElems makes s, whose table is empty and large enough, a set of the elements of o.
func (s *Set) copyElems(o *Set) {
	s.hole = 0
	if s.raw && !o.raw {
		s.moveElems(max(s.room, uint32(o.used)), false)
	}
	s.reserve(uint32(o.used), o.raw)
	same := s.mask == o.mask && o.fill == o.used
	s.used, s.fill = o.used, o.used
	if o.hole == 0 {
		copy(unsafe.Slice(s.elems, o.used), unsafe.Slice(o.elems, o.used))
		if same {
			n := (int(s.mask) + 1) * slotSize(s.mask)
			copy(unsafe.Slice((*uint8)(s.slots()), n), unsafe.Slice((*uint8)(o.slots()), n))
		} else {
			s.rebuild(o.slots(), o.mask)
		}
		return
	}
	switch {
	case same && s.mask < byteSlots:
		copySlots[uint8](s, o)
	case same && s.mask < shortSlots:
		copySlots[uint16](s, o)
	case same:
		copySlots[uint32](s, o)
	default:
		s.used, s.fill = 0, 0
		for e, i := o.next(0); e != nil; e, i = o.next(i) {
			s.addNew(*e, e.hash())
		}
	}
}

// copySlots puts the elements of o in the same slots of s, but in places without holes.
func copySlots[S slotInt](s, o *Set) {
	from, to := o.slots(), s.slots()
	n := uint32(0)
	for i := uint64(0); i <= uint64(o.mask); i++ {
		if place := *slotAt[S](from, i); place != 0 {
			n++
			*slotAt[S](to, i) = S(n)
			*s.at(n) = *o.at(uint32(place))
		}
	}
}
