package object

import "unsafe"

// TupleBlock makes the tuples of one length that an iterator gives one after the other, a few in one allocation. One of them keeps the memory of all
// in its block, so blocks are small.
type TupleBlock struct {
	// Raw says that all items will be numbers, True, False or None: nothing that the collector has to know of.
	Raw  bool
	next uint8 // how many tuples the next block is for
	free []Value
}

// maxTuples is the size of the blocks in bytes, as that of maxPieces.
const maxTuples = 320

// AllTags reports whether TupleBlock.Raw may be set for tuples of some of the values.
func AllTags(values []Value) bool {
	for _, v := range values {
		if !isTag(v.P) {
			return false
		}
	}
	return true
}

// Make is MakeTuple.
func (b *TupleBlock) Make(n int) *Tuple {
	size := n + 1 // the head has the shape of a Value
	if len(b.free) < size {
		room := maxTuples / (size * int(unsafe.Sizeof(Value{})))
		if room < 2 && !b.Raw || n == 0 {
			return MakeTuple(n)
		}
		// The first blocks are smaller: there may be few tuples to come.
		k := max(1, min(int(b.next), room))
		b.next = uint8(2 * k)
		if b.Raw {
			b.free = RawSlice[Value](k * size)
		} else {
			b.free = make([]Value, k*size)
		}
	}
	x := (*Tuple)(unsafe.Pointer(unsafe.SliceData(b.free)))
	if b.free = b.free[size:]; len(b.free) == 0 {
		b.free = nil // an empty rest would point to what is next in memory, or keep the block
	}
	x.Type, x.n, x.off = &TupleType, uint32(n), uint32(TupleItems)
	return x
}

// pairBlocks makes the pairs of a collection: those of numbers in memory of their own, of which the collector need not know. Here they live, unlike
// those that a loop gets one by one.
type pairBlocks struct{ objects, numbers TupleBlock }

// pair is newPair.
func (b *pairBlocks) pair(x, y Value) *Tuple {
	from := &b.objects
	if isTag(x.P) && isTag(y.P) {
		from = &b.numbers
		from.Raw = true
	}
	p := from.Make(2)
	items := p.Items()
	items[0], items[1] = x, y
	return p
}
