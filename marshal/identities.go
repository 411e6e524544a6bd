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
	slots []identity // a power of two, no more than the values at hand want
	spare []identity // what grow moves values out of
	used  int
	round uint32 // slots of earlier rounds count as free
}

type identity struct {
	pointer uintptr
	ordinal int32
	round   uint32
}

// fewest is how many slots there are at first.
const fewest = 1024

// reset empties the table. It starts small again, whatever came before: what is spread
// over a large table is in no cache of the processor.
func (t *identities) reset() {
	t.used = 0
	if t.slots == nil {
		t.slots = make([]identity, fewest)
	}
	t.slots = t.slots[:fewest]
	t.nextRound()
}

// nextRound frees all slots.
func (t *identities) nextRound() {
	if t.round++; t.round == 0 {
		clear(t.slots[:cap(t.slots)])
		t.round = 1
	}
}

// slot returns the slot of a pointer, or the free one where it belongs.
func (t *identities) slot(p uintptr) *identity {
	mask := uintptr(len(t.slots) - 1)
	// Heap objects are aligned: the low bits tell little, the product's high ones all.
	for i := uintptr(uint64(p)*0x9e3779b97f4a7c15>>32) & mask; ; i = (i + 1) & mask {
		if s := &t.slots[i]; s.round != t.round || s.pointer == p {
			return s
		}
	}
}

// find returns the ordinal of v and true; if v is new it gets the one given.
func (t *identities) find(v code.Value, ordinal int32) (int32, bool) {
	if t.slots == nil {
		t.reset()
	}
	p := slab.Address(&v)
	s := t.slot(p)
	if s.round == t.round {
		return s.ordinal, true
	}
	*s = identity{p, ordinal, t.round}
	if t.used++; t.used > len(t.slots)/2 {
		t.grow()
	}
	return ordinal, false
}

func (t *identities) grow() {
	n, round := len(t.slots), t.round
	old := append(t.spare[:0], t.slots...)
	t.spare = old
	if cap(t.slots) < 2*n {
		t.slots = make([]identity, 2*n)
		// New memory that is read first costs two page faults, the second of which every
		// processor hears of.
		clear(t.slots)
	}
	t.slots = t.slots[:2*n]
	t.nextRound()
	for _, s := range old {
		if s.round == round {
			s.round = t.round
			*t.slot(s.pointer) = s
		}
	}
}
