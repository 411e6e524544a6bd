package instruction

import (
	"hash/maphash"
	"math/bits"
)

// table is a list of values of a file that are found by their hashes. The zero value is empty.
type table[T any] struct {
	list  []*T
	index hashed
}

func (t *table[T]) reset() {
	clear(t.list)
	t.list = t.list[:0]
	t.index.reset()
}

func (t *table[T]) add(v *T, h uint32) {
	t.list = append(t.list, v)
	t.index.add(h)
}

// hashed is the index of a list in which values are found by their hashes: a hash
// table of positions in the list. The zero value is empty.
type hashed struct {
	slots  []slot   // a power of two of them; empty for short lists
	hashes []uint32 // of the values in the list
	seen   uint64   // bit h%64 for each hash h: most values that a short list is asked for are not there
}

// slot holds a hash in its high half and the position plus 1 in the low one; 0 if it is
// free. So a search has the hashes at hand that it goes past.
type slot uint64

// short is up to how many values a list is searched without a table.
const short = 8

// reset forgets the list but keeps memory, unless the list before was much longer
// than most are.
func (t *hashed) reset() {
	if n := len(t.slots); n > 0 {
		if n > 1<<12 && len(t.hashes) < n/16 {
			t.slots = make([]slot, 0, n/8)
		} else {
			clear(t.slots)
			t.slots = t.slots[:0]
		}
	}
	t.hashes, t.seen = t.hashes[:0], 0
}

// copy makes t, which is empty, a copy of other.
func (t *hashed) copy(other *hashed) {
	t.slots = append(t.slots[:0], other.slots...)
	t.hashes = append(t.hashes[:0], other.hashes...)
	t.seen = other.seen
}

// add notes the hash of the value that is appended to the list.
func (t *hashed) add(h uint32) {
	t.hashes = append(t.hashes, h)
	t.seen |= 1 << (h & 63)
	n := len(t.hashes)
	if n <= short && len(t.slots) == 0 {
		return
	}
	if 2*n > len(t.slots) {
		t.grow()
		return
	}
	t.insert(h, uint32(n))
}

// expect makes room for n values, unless there are any: a table that grows step by step is made anew, and filled again,
// seven times for a file of a thousand names. Lists of up to short values still go without.
func (t *hashed) expect(n int) {
	if n <= short || len(t.hashes) > 0 {
		return
	}
	t.resize(1 << bits.Len(uint(2*n-1)))
}

func (t *hashed) insert(h, position uint32) {
	mask := uint32(len(t.slots) - 1)
	i := h & mask
	for t.slots[i] != 0 {
		i = (i + 1) & mask
	}
	t.slots[i] = slot(h)<<32 | slot(position)
}

func (t *hashed) grow() {
	size := max(8*short, 2*len(t.slots))
	for size < 2*len(t.hashes) {
		size *= 2
	}
	t.resize(size)
}

// resize makes the table one of size slots.
func (t *hashed) resize(size int) {
	clear(t.slots)
	if cap(t.slots) >= size {
		// What lies behind a shrunk table is empty: it is cleared before.
		t.slots = t.slots[:size]
	} else {
		t.slots = make([]slot, size)
		clear(t.slots) // or its pages would be read first, and then copied
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
		if t.seen>>(h&63)&1 == 0 {
			return probe(len(t.hashes))
		}
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
		s := t.slots[i&mask]
		if s == 0 {
			return -1
		}
		i = (i + 1) & mask
		if uint32(s>>32) == h {
			*p = probe(i)
			return int(uint32(s) - 1)
		}
	}
}

// key makes the hashes of each process others, so that no file can be made to
// have many names with the same one.
var key = maphash.String(maphash.MakeSeed(), "key") | 1

// hashText returns a hash of s. It mixes eight bytes at a time, which for names is
// faster than maphash.
func hashText(s string) uint32 {
	const k = 0xE7037ED1A0B428DB
	n := len(s)
	h := uint64(n) * k
	if n < 8 {
		var a uint64
		if n >= 4 {
			a = uint64(load32(s)) | uint64(load32(s[n-4:]))<<32
		} else if n > 0 {
			a = uint64(s[0]) | uint64(s[n/2])<<8 | uint64(s[n-1])<<16
		}
		hi, lo := bits.Mul64(a^key, h^k)
		return uint32(hi ^ lo)
	}
	if n > 64 {
		return uint32(maphash.String(seed, s))
	}
	last := load64(s[n-8:])
	for len(s) > 8 {
		hi, lo := bits.Mul64(load64(s)^key, h^k)
		h = hi ^ lo
		s = s[8:]
	}
	hi, lo := bits.Mul64(last^key, h^k)
	return uint32(hi ^ lo)
}

var seed = maphash.MakeSeed()

// loadShort makes a word of fewer than eight bytes, the first one lowest.
func loadShort(s string) uint64 {
	n := len(s)
	if n >= 4 {
		return uint64(load32(s)) | uint64(load32(s[n-4:]))<<(8*uint(n-4)&63)
	}
	w := uint64(0)
	for i := n - 1; i >= 0; i-- {
		w = w<<8 | uint64(s[i])
	}
	return w
}

func load32(s string) uint32 {
	_ = s[3]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

func load64(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}
