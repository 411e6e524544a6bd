package instruction

import "hash/maphash"

// hashed is the index of a list in which values are found by their hashes: a hash
// table of positions in the list. The zero value is empty.
type hashed struct {
	slots  []uint32 // positions plus 1, a power of two of them; empty for short lists
	hashes []uint32 // of the values in the list
}

// short is up to how many values a list is searched without a table.
const short = 8

// reset forgets the list but keeps memory, unless the list before was much longer
// than most are.
func (t *hashed) reset() {
	if n := len(t.slots); n > 0 {
		if n > 1<<12 && len(t.hashes) < n/16 {
			t.slots = make([]uint32, 0, n/8)
		} else {
			clear(t.slots)
			t.slots = t.slots[:0]
		}
	}
	t.hashes = t.hashes[:0]
}

// add notes the hash of the value that is appended to the list.
func (t *hashed) add(h uint32) {
	t.hashes = append(t.hashes, h)
	n := len(t.hashes)
	if n <= short {
		return
	}
	if 2*n > len(t.slots) {
		t.grow()
		return
	}
	t.insert(h, uint32(n))
}

func (t *hashed) insert(h, position uint32) {
	mask := uint32(len(t.slots) - 1)
	i := h & mask
	for t.slots[i] != 0 {
		i = (i + 1) & mask
	}
	t.slots[i] = position
}

func (t *hashed) grow() {
	size := max(8*short, 2*len(t.slots))
	for size < 2*len(t.hashes) {
		size *= 2
	}
	clear(t.slots)
	if cap(t.slots) >= size {
		// What lies behind a shrunk table is empty: it is cleared before.
		t.slots = t.slots[:size]
	} else {
		t.slots = make([]uint32, size)
	}
	for i, h := range t.hashes {
		t.insert(h, uint32(i+1))
	}
}

// probe is a search that is under way: the next slot or, in a short list, position.
type probe uint32

// start begins a search for a value with hash h.
func (t *hashed) start(h uint32) probe {
	if len(t.slots) == 0 {
		return 0
	}
	return probe(h & uint32(len(t.slots)-1))
}

// next returns the position of a value with hash h; -1 if there is none any more.
func (t *hashed) next(p *probe, h uint32) int {
	if len(t.slots) == 0 {
		for i := int(*p); i < len(t.hashes); i++ {
			if t.hashes[i] == h {
				*p = probe(i + 1)
				return i
			}
		}
		return -1
	}
	mask := uint32(len(t.slots) - 1)
	for i := uint32(*p); ; {
		k := t.slots[i&mask]
		if k == 0 {
			return -1
		}
		i = (i + 1) & mask
		if t.hashes[k-1] == h {
			*p = probe(i)
			return int(k - 1)
		}
	}
}

var seed = maphash.MakeSeed()

// hashText returns a hash of s.
func hashText(s string) uint32 { return uint32(maphash.String(seed, s)) }
