package token

import (
	"hash/maphash"
	"math/bits"
)

// NameID stands for a name among the Names of a file: equal names have equal ids.
// 0 is no name.
type NameID int32

// Names that rules speak of have the same ids in all files: the keywords, in the
// order of their kinds, and these.
const (
	NameUnderscore NameID = iota + NameID(YIELD-FALSE) + 2
	NameCase
	NameMatch
	NameType
	NameDebug
	NameSuper
	NameClass
	NameClassDict
	NameConditionalAnnotations
	NameTypeParams
	// What classes and modules have beside that.
	NameName
	NameModule
	NameQualName
	NameFirstLineNo
	NameStaticAttributes
	NameClassDictCell
	NameClassCell
	NameDoc
	// What the compiler calls variables of its own.
	NameDotFormat
	NameDotTypeParams
	NameDotGenericBase
	NameDotDefaults
	NameDotKwDefaults
	NameDotZero

	// NumFixed is the id of the first name that another file may not have, or have
	// with another id.
	NumFixed
)

// fixed are the names with ids of their own.
var fixed = func() (list [NumFixed]string) {
	for k := FALSE; k <= YIELD; k++ {
		list[k-FALSE+1] = spellings[k]
	}
	for id, s := range map[NameID]string{
		NameUnderscore: "_", NameCase: "case", NameMatch: "match", NameType: "type",
		NameDebug: "__debug__", NameSuper: "super", NameClass: "__class__", NameClassDict: "__classdict__",
		NameConditionalAnnotations: "__conditional_annotations__", NameTypeParams: "__type_params__",
		NameName: "__name__", NameModule: "__module__", NameQualName: "__qualname__", NameFirstLineNo: "__firstlineno__",
		NameStaticAttributes: "__static_attributes__", NameClassDictCell: "__classdictcell__", NameClassCell: "__classcell__",
		NameDoc:       "__doc__",
		NameDotFormat: ".format", NameDotTypeParams: ".type_params", NameDotGenericBase: ".generic_base",
		NameDotDefaults: ".defaults", NameDotKwDefaults: ".kwdefaults", NameDotZero: ".0",
	} {
		list[id] = s
	}
	return list
}()

// fixedSlots has what is in the table for the fixed names, by id.
var fixedSlots = func() (list [NumFixed]slot) {
	for id, s := range fixed {
		list[id] = slot{pack(s), NameID(id), NameID(id).Keyword(), uint16(len(s))}
	}
	return list
}()

// Fixed returns the name with a fixed id.
func (id NameID) Fixed() string { return fixed[id] }

// Keyword returns the kind of the keyword with that id; NAME if it is of no keyword.
func (id NameID) Keyword() Kind {
	if uint32(id-1) <= uint32(YIELD-FALSE) {
		return FALSE + Kind(id-1)
	}
	return NAME
}

// Names numbers the names of a file, so that stages can use tables where they would
// have to hash names again. Reset makes it ready for use.
type Names struct {
	list  []string // by id
	slots []slot   // open addressing, at most half full
	spare []slot   // memory of a table that was too small or too large
	shift uint     // the highest 64-shift bits of a hash are the first slot to look at
	// underscored are the names that begin with two underscores, those with fixed ids left out.
	underscored []NameID
}

// slot is a name in the hash table: one of up to 16 bytes, which nearly all are, is compared
// without a look at its text.
type slot struct {
	words
	id     NameID // 0 if the slot is free
	kind   Kind   // of the keyword that it is, or NAME
	length uint16 // or longest, if it is more
}

// words is what a name is found by: its first eight bytes and the eight behind them, the first
// one lowest, with zeros for those that there are not. Fold has added to next what is behind.
type words struct{ first, next uint64 }

// exact is up to which length words tell all of a name.
const exact = 16

const longest = 1<<16 - 1

// keptSlots is how many slots at most are kept for other files.
const keptSlots = 1 << 14

// Reset forgets all names but those with fixed ids, and prepares for about n.
func (t *Names) Reset(n int) {
	size := 256
	for size < 4*(n+int(NumFixed)) && size < keptSlots {
		size *= 2
	}
	if cap(t.slots) > keptSlots {
		t.slots, t.list = nil, nil
	}
	if cap(t.spare) > keptSlots {
		t.spare = nil
	}
	clear(t.list)
	if cap(t.slots) < size {
		t.resize(size)
	} else {
		t.slots = t.slots[:size]
		clear(t.slots)
	}
	t.shift = uint(64 - bits.TrailingZeros(uint(size)))
	t.list = append(t.list[:0], fixed[:]...)
	t.underscored = t.underscored[:0]
	for id := 1; id < len(fixedSlots); id++ {
		t.place(&fixedSlots[id])
	}
}

// Len returns the number of ids, that of no name included.
func (t *Names) Len() int { return len(t.list) }

// List returns the names by id. It must not be changed.
func (t *Names) List() []string { return t.list }

// Underscored returns the ids of the names that begin with two underscores, but for fixed
// ones. It must not be changed.
func (t *Names) Underscored() []NameID { return t.underscored }

// Text returns the name with an id, "" for 0.
func (t *Names) Text(id NameID) string { return t.list[id] }

// Intern returns the id of s, a new one if need be.
func (t *Names) Intern(s string) NameID {
	w := pack(s)
	return t.Packed(w.first, w.next, s)
}

// Short returns the id of an ASCII name of up to 16 bytes, and the kind of the keyword that
// it is, or NAME. It does not look far, and may return the id 0 where Packed finds the name. See
// Packed for first and next.
func (t *Names) Short(first, next uint64) (NameID, Kind) {
	// Names that are longer or not ASCII have other words, with highest bits of bytes set;
	// those of a free slot are zero.
	e := &t.slots[words{first, next}.hash()>>(t.shift&63)]
	if e.first != first || e.next != next {
		return 0, 0
	}
	return e.id, e.kind
}

// Packed is Intern for a name of which the first eight bytes are known as a word, the
// first one lowest and zeros behind the last, and those behind as another one, or zero; if
// there are more than 16, Fold has added the words that follow to that.
func (t *Names) Packed(first, next uint64, s string) NameID {
	w := words{first, next}
	mask := uint64(len(t.slots) - 1)
	for i := w.hash() >> t.shift; ; i++ {
		e := &t.slots[i&mask]
		if t.is(e, w, s) {
			return e.id
		}
		if e.id == 0 {
			return t.add(w, s)
		}
	}
}

// Find returns the id of s; 0 if it has none.
func (t *Names) Find(s string) NameID {
	w := pack(s)
	mask := uint64(len(t.slots) - 1)
	for i := w.hash() >> t.shift; ; i++ {
		if e := &t.slots[i&mask]; e.id == 0 || t.is(e, w, s) {
			return e.id
		}
	}
}

// is reports whether e is s, which w are the words of.
func (t *Names) is(e *slot, w words, s string) bool {
	return e.words == w && int(e.length) == min(len(s), longest) && (len(s) <= exact || t.list[e.id] == s)
}

//go:noinline
func (t *Names) add(w words, s string) NameID {
	if s == "" {
		return 0
	}
	id := NameID(len(t.list))
	t.list = append(t.list, s)
	if uint16(w.first) == '_'|'_'<<8 {
		t.underscored = append(t.underscored, id)
	}
	if 2*len(t.list) > len(t.slots) {
		old := t.slots
		t.resize(2 * len(old))
		t.shift--
		for i := range old {
			if e := &old[i]; e.id != 0 {
				t.place(e)
			}
		}
	}
	t.place(&slot{w, id, NAME, uint16(min(len(s), longest))})
	return id
}

// resize makes the table an empty one of the size given. What it was becomes the spare
// one, which stays as it is until the next call.
func (t *Names) resize(size int) {
	t.slots, t.spare = t.spare, t.slots
	if cap(t.slots) < size {
		t.slots = make([]slot, size)
	}
	t.slots = t.slots[:size]
	clear(t.slots) // new ones, too: or their pages would be read first, and then copied
}

func (t *Names) place(e *slot) {
	mask := uint64(len(t.slots) - 1)
	i := e.hash() >> t.shift
	for t.slots[i&mask].id != 0 {
		i++
	}
	t.slots[i&mask] = *e
}

// keys make the hashes of each process others, so that no file can be made to have
// many names with the same one.
var keys = func() (k words) {
	seed := maphash.MakeSeed()
	return words{maphash.String(seed, "first") | 1, maphash.String(seed, "next") | 1}
}()

// hash returns a hash whose highest bits are the best.
func (w words) hash() uint64 { return w.first*keys.first + w.next*keys.next }

// folded is set in what Fold returns, and in no bytes of ASCII.
const folded = 1 << 63

// Fold adds the next eight bytes of a name longer than 16, or what is left of it and zeros, to
// what stands for the bytes behind the first eight.
func Fold(word, next uint64) uint64 {
	hi, lo := bits.Mul64(next^keys.first, word^0xe7037ed1a0b428db)
	return hi ^ lo | folded
}

// pack returns what s is found by.
func pack(s string) words {
	if len(s) <= 8 {
		return words{first: load(s)}
	}
	w := words{first: load(s[:8])}
	s = s[8:]
	w.next = load(s[:min(len(s), 8)])
	for len(s) > 8 {
		s = s[8:]
		w.next = Fold(w.next, load(s[:min(len(s), 8)]))
	}
	return w
}

// load makes a word of at most eight bytes, the first one lowest.
func load(s string) uint64 {
	switch n := len(s); {
	case n == 8:
		return uint64(load32(s)) | uint64(load32(s[4:]))<<32
	case n >= 4:
		return uint64(load32(s)) | uint64(load32(s[n-4:]))<<(8*uint(n-4)&63)
	}
	w := uint64(0)
	for i := len(s) - 1; i >= 0; i-- {
		w = w<<8 | uint64(s[i])
	}
	return w
}

func load32(s string) uint32 {
	_ = s[3]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}
