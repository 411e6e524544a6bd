package object

import (
	"sync/atomic"
	"unsafe"
)

// internTable has interned strings: open addressing with linear probing, at most three quarters full. They are never given up.
//
// A start makes thousands, which each collection would look at: so they lie in blocks that the collector does not scan, and the table has them as numbers.
type internTable struct {
	slots  []uintptr // where the strings are, 0 for none
	tags   []uint8   // of the strings, 0 for none: most that are not there are not compared, and strings are all over the memory
	n      int
	blocks []unsafe.Pointer // of strings that the table has made
	rest   uintptr          // what is left of the last of them
	others []*Str           // strings that lie elsewhere
}

// tagOf returns the tag of a string with hash h, made of bits that are no part of its place.
func tagOf(h uint64) uint8 { return uint8(h>>56) | 1 }

const (
	// internBlock is the size of the blocks of interned strings.
	internBlock = 4 << 10
	// internLong is the size from which on an interned string is no part of a block.
	internLong = internBlock / 8
)

// newInternTable returns a table with n slots, n a power of two.
func newInternTable(n int) internTable {
	return internTable{slots: make([]uintptr, n), tags: make([]uint8, n)}
}

// at returns the string at an address in slots, which blocks or others keep.
func (x *internTable) at(i uint64) *Str { return *(**Str)(unsafe.Pointer(&x.slots[i])) }

// find returns the string with that text, or nil. h is its hash.
func (x *internTable) find(s string, h uint64) *Str {
	m := uint64(len(x.tags) - 1)
	tag := tagOf(h)
	for i := h & m; ; i = (i + 1) & m {
		switch x.tags[i] {
		case 0:
			return nil
		case tag:
			if e := x.at(i); e.Hash == h && e.S == s {
				return e
			}
		}
	}
}

// add adds a string that is not there. Its hash is known.
func (x *internTable) add(s *Str) {
	x.others = append(x.others, s)
	x.insert(s)
}

// insert is add for a string that blocks or others have.
func (x *internTable) insert(s *Str) {
	if x.n++; 4*x.n > 3*len(x.slots) {
		x.resize(2 * len(x.slots))
	}
	x.place(s)
}

// resize gives the table n slots, n a power of two.
func (x *internTable) resize(n int) {
	old := *x
	x.slots, x.tags = make([]uintptr, n), make([]uint8, n)
	for i, tag := range old.tags {
		if tag != 0 {
			x.place(old.at(uint64(i)))
		}
	}
}

// make returns the new interned string with a text that is not there; h is its hash.
func (x *internTable) make(text string, h uint64) *Str {
	s := x.inBlock(text)
	if s == nil {
		s = NewStr(text)
		x.others = append(x.others, s)
	}
	s.Hash, s.Interned = h, true
	x.insert(s)
	return s
}

// inBlock returns a str that lies with its text in a block, or nil if the text is long or not ASCII.
func (x *internTable) inBlock(text string) *Str {
	size := (unsafe.Sizeof(rawStr{}) + uintptr(max(len(text), 1)) + 7) &^ 7
	if size >= internLong || CountPoints(text) != len(text) {
		return nil
	}
	if x.rest < size {
		x.blocks = append(x.blocks, rawBlock(internBlock))
		x.rest = internBlock
	}
	s, to := rawStrAt(unsafe.Add(x.blocks[len(x.blocks)-1], internBlock-x.rest), len(text), len(text))
	copy(to, text)
	x.rest -= size
	return s
}

func (x *internTable) place(s *Str) {
	m := uint64(len(x.tags) - 1)
	i := s.Hash & m
	for x.tags[i] != 0 {
		i = (i + 1) & m
	}
	x.slots[i], x.tags[i] = uintptr(unsafe.Pointer(s)), tagOf(s.Hash)
}

// staticNames are interned strings that every interpreter shares: names of builtin types' attributes and such.
// It is written until there is an interpreter. The names of variables of packages, which are there until types are made, have room in the table.
var staticNames = newInternTable(1 << 10)

// started says that there is an interpreter, or was.
var started atomic.Bool

// StaticName returns the interned string with the given text. It may be called while packages are initialised; threads use Intern. Types that are
// defined later, when their module is imported, get a string that is not interned unless it had been before: an interpreter may have one with the same text,
// another one a different one. As keys of a type's dict such strings do.
func StaticName(s string) *Str {
	h := hashText(s)
	if x := staticNames.find(s, h); x != nil {
		return x
	}
	if started.Load() {
		return newShared(s, h)
	}
	return staticNames.make(s, h)
}

// newShared returns a str of ASCII characters that several interpreters may have. They read it only: its hash is known, it is never interned itself,
// and is not used again for a longer one.
func newShared(s string, hash uint64) *Str {
	return &Str{Head: Head{&StrType}, S: s, n: uint32(len(s)), Hash: hash, shared: true}
}

// sharedText returns a text that a builtin type has, for all interpreters.
func sharedText(s string) Value { return Of(newShared(s, hashText(s))) }

// Intern returns the interpreter's one string with the given text.
func (in *Interp) Intern(s string) *Str {
	h := hashText(s)
	if x := in.internedStr(s, h); x != nil {
		return x
	}
	return in.interned.make(s, h)
}

func (in *Interp) internedStr(s string, h uint64) *Str {
	if x := staticNames.find(s, h); x != nil {
		return x
	}
	return in.interned.find(s, h)
}

// InternStr returns the interned string equal to x, which becomes it if there is none and it is of no subclass.
func (in *Interp) InternStr(x *Str) *Str {
	if x.Interned {
		return x
	}
	if x.Type != &StrType {
		return in.Intern(x.S)
	}
	if y := in.internedStr(x.S, x.HashOf()); y != nil {
		return y
	}
	if x.shared {
		// It would be interned in other interpreters as well, where another may be.
		return in.interned.make(x.S, x.Hash)
	}
	x.Interned = true
	in.interned.add(x)
	return x
}
