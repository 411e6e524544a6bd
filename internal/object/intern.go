package object

// internTable has interned strings: open addressing with linear probing, at most three quarters full. They are never given up.
type internTable struct {
	slots []*Str
	tags  []uint8 // of the strings, 0 for none: most that are not there are not compared, and strings are all over the memory
	n     int
	free  []Str // for the next strings: a start makes thousands
}

// tagOf returns the tag of a string with hash h, made of bits that are no part of its place.
func tagOf(h uint64) uint8 { return uint8(h>>56) | 1 }

// internedTogether is how many strings are allocated at once.
const internedTogether = 32

// newInternTable returns a table with n slots, n a power of two.
func newInternTable(n int) internTable {
	return internTable{slots: make([]*Str, n), tags: make([]uint8, n)}
}

// find returns the string with that text, or nil. h is its hash.
func (x *internTable) find(s string, h uint64) *Str {
	m := uint64(len(x.tags) - 1)
	tag := tagOf(h)
	for i := h & m; ; i = (i + 1) & m {
		switch x.tags[i] {
		case 0:
			return nil
		case tag:
			if e := x.slots[i]; e.Hash == h && e.S == s {
				return e
			}
		}
	}
}

// add adds a string that is not there. Its hash is known.
func (x *internTable) add(s *Str) {
	if x.n++; 4*x.n > 3*len(x.slots) {
		old := x.slots
		x.slots, x.tags = make([]*Str, 2*len(old)), make([]uint8, 2*len(old))
		for _, e := range old {
			if e != nil {
				x.place(e)
			}
		}
	}
	x.place(s)
}

// make returns the new interned string with a text that is not there; h is its hash.
func (x *internTable) make(text string, h uint64) *Str {
	n := CountPoints(text)
	var s *Str
	if n == len(text) {
		if len(x.free) == 0 {
			x.free = make([]Str, internedTogether)
		}
		s = &x.free[0]
		x.free = x.free[1:]
		s.Type, s.S, s.n = &StrType, text, uint32(n)
	} else {
		s = NewStrN(text, n)
	}
	s.Hash, s.Interned = h, true
	x.add(s)
	return s
}

func (x *internTable) place(s *Str) {
	m := uint64(len(x.tags) - 1)
	i := s.Hash & m
	for x.tags[i] != 0 {
		i = (i + 1) & m
	}
	x.slots[i], x.tags[i] = s, tagOf(s.Hash)
}

// staticNames are interned strings that every interpreter shares: names of builtin types' attributes and such.
// It is written while packages are initialised only.
var staticNames = newInternTable(1 << 12)

// StaticName returns the interned string with the given text. It may be called while packages are
// initialised, never afterwards: threads use Intern.
func StaticName(s string) *Str {
	h := hashText(s)
	if x := staticNames.find(s, h); x != nil {
		return x
	}
	return staticNames.make(s, h)
}

// StaticLookup returns the shared interned string, which exists for all special names, or nil.
func StaticLookup(s string) *Str { return staticNames.find(s, hashText(s)) }

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

// InternStr returns the interned string equal to x, which becomes it if there is none. x must be an exact str.
func (in *Interp) InternStr(x *Str) *Str {
	if x.Interned {
		return x
	}
	if y := in.internedStr(x.S, x.HashOf()); y != nil {
		return y
	}
	x.Interned = true
	in.interned.add(x)
	return x
}
