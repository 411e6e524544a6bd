package marshal

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/slab"
)

// identities maps values, by pointer, to ordinals. It is a hash table of its own
// because writing a fresh code object consists of little else than asking it, and a
// Go map of interfaces takes five times as long. Pointers are kept as numbers: the
// values hang below a code object that the writer holds, and Go's collector does not
// move what is on the heap.
type identities struct {
	slots []slot // a power of two, no more than the values at hand want
	known []identity
}

// slot has the hash of a pointer in its high half and the index of its identity, plus 1, in
// the low one; 0 if it is free. It is as small as can be, because tables of many values are
// not in the nearest cache of the processor.
type slot uint64

type identity struct {
	pointer uintptr
	ordinal int32
}

// fewest is how many slots there are at first.
const fewest = 1024

// reset empties the table. It starts small again, whatever came before: what is spread
// over a large table is in no cache of the processor.
func (t *identities) reset() {
	t.known = t.known[:0]
	t.resize(fewest)
}

// resize makes the table one of n slots.
func (t *identities) resize(n int) {
	if cap(t.slots) < n {
		t.slots = make([]slot, n)
	}
	t.slots = t.slots[:n]
	// New memory, too: if it is read first it costs two page faults, the second of which
	// every processor hears of.
	clear(t.slots)
	mask := uint32(n - 1)
	for i := range t.known {
		h := hashPointer(t.known[i].pointer)
		at := h & mask
		for t.slots[at] != 0 {
			at = (at + 1) & mask
		}
		t.slots[at] = slot(h)<<32 | slot(i+1)
	}
}

// hashPointer returns a hash of a pointer. Heap objects are aligned: the low bits tell
// little, the product's high ones all.
func hashPointer(p uintptr) uint32 { return uint32(uint64(p) * 0x9e3779b97f4a7c15 >> 32) }

// find returns the ordinal of v and true; if v is new it gets the one given.
func (t *identities) find(v code.Value, ordinal int32) (int32, bool) {
	if 2*len(t.known) >= len(t.slots) {
		t.resize(max(fewest, 2*len(t.slots)))
	}
	p := slab.Address(&v)
	h, mask := hashPointer(p), uint32(len(t.slots)-1)
	for i := h & mask; ; i = (i + 1) & mask {
		s := &t.slots[i]
		if *s == 0 {
			t.known = append(t.known, identity{p, ordinal})
			*s = slot(h)<<32 | slot(len(t.known))
			return ordinal, false
		}
		if uint32(*s>>32) == h {
			if k := &t.known[uint32(*s)-1]; k.pointer == p {
				return k.ordinal, true
			}
		}
	}
}
