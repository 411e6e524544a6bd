package marshal

import (
	"unsafe"

	"github.com/krait-py/krait/code"
)

// identities maps values, by pointer, to ordinals. It is a hash table of its own
// because writing a fresh code object consists of little else than asking it, and a
// Go map of interfaces takes five times as long. Pointers are kept as numbers: the
// values hang below a code object that the writer holds, and Go's collector does not
// move what is on the heap.
type identities struct {
	slots []identity
	used  int
	round uint32 // slots of earlier rounds count as free
}

type identity struct {
	pointer uintptr
	ordinal int32
	round   uint32
}

// reset empties the table.
func (t *identities) reset() {
	t.used = 0
	t.round++
	if t.round == 0 || t.slots == nil {
		t.slots, t.round = make([]identity, 1024), 1
	}
}

// pointerOf returns the address of the value in an interface: its second word.
func pointerOf(v code.Value) uintptr { return (*[2]uintptr)(unsafe.Pointer(&v))[1] }

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
	p := pointerOf(v)
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
	old := t.slots
	t.slots = make([]identity, 2*len(old))
	// New memory that is read first costs two page faults, the second of which every
	// processor hears of.
	clear(t.slots)
	for _, s := range old {
		if s.round == t.round {
			*t.slot(s.pointer) = s
		}
	}
}
