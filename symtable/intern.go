package symtable

import (
	"math/bits"
	"strings"
)

// nameID stands for a name; equal names of a table have equal ids.
type nameID int32

// Names that the rules speak of have fixed ids.
const (
	idDebug nameID = iota
	idSuper
	idClass
	idClassDict
	idConditionalAnnotations
	idTypeParams
	idDotFormat
	idDotTypeParams
	idDotGenericBase
	idDotDefaults
	idDotKwDefaults
	idDotZero
	numFixed
)

var fixedNames = [numFixed]string{
	"__debug__", "super", "__class__", "__classdict__", "__conditional_annotations__", "__type_params__",
	".format", ".type_params", ".generic_base", ".defaults", ".kwdefaults", ".0",
}

// name is what the table knows of a name as such, whatever scope it is in.
type name struct {
	text string
	// sym is the symbol of the scope numbered serial, which was the last to look
	// the name up; a cache.
	sym    *Symbol
	serial int32
	// freeAt is the index of the topmost entry for the name in analyzer.free; it
	// counts only if that entry exists and is for this name.
	freeAt int32
	// bound: a function around the scope being analysed binds the name.
	// typeParam: the innermost one to do so binds it as a type parameter.
	bound, typeParam bool
	private          bool // of the form that is mangled
}

// names interns names.
type names struct {
	list  []name
	slots []nameSlot // open addressing, at most half full
	mask  uint32
}

type nameSlot struct {
	hash uint32
	id   nameID // plus 1; 0 is a free slot
}

// init empties the table and prepares for about n names.
func (t *names) init(n int) {
	size := 1 << bits.Len(uint(max(2*n, 4*int(numFixed))))
	clear(t.list)
	t.list = t.list[:0]
	t.resize(size)
	for _, s := range fixedNames {
		t.intern(s)
	}
}

// resize replaces the slots by size free ones.
func (t *names) resize(size int) {
	if size <= cap(t.slots) {
		t.slots = t.slots[:size]
		clear(t.slots)
	} else {
		t.slots = make([]nameSlot, size)
	}
	t.mask = uint32(size - 1)
}

// intern returns the id of s.
func (t *names) intern(s string) nameID {
	h := hashName(s)
	i := h & t.mask
	for {
		slot := t.slots[i]
		if slot.id == 0 {
			return t.add(s, h)
		}
		if slot.hash == h && t.list[slot.id-1].text == s {
			return slot.id - 1
		}
		i = (i + 1) & t.mask
	}
}

// find returns the id of s and whether there is one.
func (t *names) find(s string) (nameID, bool) {
	h := hashName(s)
	i := h & t.mask
	for {
		slot := t.slots[i]
		if slot.id == 0 {
			return 0, false
		}
		if slot.hash == h && t.list[slot.id-1].text == s {
			return slot.id - 1, true
		}
		i = (i + 1) & t.mask
	}
}

func (t *names) add(s string, h uint32) nameID {
	id := nameID(len(t.list))
	t.list = append(t.list, name{text: s, serial: -1, freeAt: -1, private: isPrivate(s)})
	if 2*len(t.list) > len(t.slots) {
		t.grow() // places the new one too
	} else {
		t.place(nameSlot{h, id + 1})
	}
	return id
}

func (t *names) place(s nameSlot) {
	i := s.hash & t.mask
	for t.slots[i].id != 0 {
		i = (i + 1) & t.mask
	}
	t.slots[i] = s
}

func (t *names) grow() {
	t.resize(2 * len(t.slots))
	for i := range t.list {
		n := &t.list[i]
		t.place(nameSlot{hashName(n.text), nameID(i + 1)})
	}
}

// hashName mixes all bytes of s, eight at a time.
func hashName(s string) uint32 {
	const k0, k1 = 0x9e3779b97f4a7c15, 0xe7037ed1a0b428db
	n := len(s)
	h := uint64(n) * k1
	if n < 8 {
		var a uint64
		if n >= 4 {
			a = uint64(load32(s)) | uint64(load32(s[n-4:]))<<32
		} else if n > 0 {
			a = uint64(s[0]) | uint64(s[n/2])<<8 | uint64(s[n-1])<<16
		}
		hi, lo := bits.Mul64(a^k0, h^k1)
		return uint32(hi ^ lo)
	}
	last := load64(s[n-8:])
	for len(s) > 8 {
		hi, lo := bits.Mul64(load64(s)^k0, h^k1)
		h = hi ^ lo
		s = s[8:]
	}
	hi, lo := bits.Mul64(last^k0, h^k1)
	return uint32(hi ^ lo)
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

// isPrivate reports whether a class mangles s: two underscores in front, but not at
// the end, and no dot.
func isPrivate(s string) bool {
	return len(s) > 2 && s[0] == '_' && s[1] == '_' && !strings.HasSuffix(s, "__") && strings.IndexByte(s, '.') < 0
}

// Mangle returns what a name is inside a class: private ones get an underscore and
// the name of the class without its leading underscores in front. class is "" outside of
// classes.
func Mangle(class, name string) string {
	if class == "" || !isPrivate(name) {
		return name
	}
	class = strings.TrimLeft(class, "_")
	if class == "" {
		return name
	}
	return "_" + class + name
}
