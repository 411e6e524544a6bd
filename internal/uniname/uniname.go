// Package uniname finds characters by their names in Unicode 16.0, as the
// escape sequence \N{...} of Python 3.14 does: by names and by aliases, but not by
// the names of sequences. It also finds names of characters, and sequences.
//
// The names are in names.bin, which internal/cmd/genuniname makes, in the order of their
// bytes and in groups of [Group], so that one is found without unpacking the others. There
// are in it, as numbers of four bytes, the lowest first:
//
//   - the count of names
//   - where each group begins, and where the last one ends
//
// and then, as varints:
//
//   - for each name how many bytes it shares with the one before, how many follow, these,
//     and the difference of its character to that of the name before; the first of a
//     group is written as if it were the first of all
//   - the character that CPython numbers aliases from, their count, and for each of
//     them, in the order of that numbering, which of the names it is
//   - the same for sequences, but for each the length of its name and the name, the
//     count of its characters and these
package uniname

import (
	"bytes"
	"cmp"
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed names.bin
var packed string

// Group is how many names there are in a group, but for the last one.
const Group = 64

// word returns the number at place i of those that packed begins with.
func word(i int) int {
	s := packed[4*i:]
	return int(s[0]) | int(s[1])<<8 | int(s[2])<<16 | int(s[3])<<24
}

// reader reads varints from packed.
type reader string

func (r *reader) number() int {
	n, shift := 0, 0
	for i := range len(*r) {
		b := (*r)[i]
		n |= int(b&0x7f) << shift
		if shift += 7; b < 0x80 {
			*r = (*r)[i+1:]
			break
		}
	}
	return n
}

func (r *reader) text(n int) string {
	s := (*r)[:n]
	*r = (*r)[n:]
	return string(s)
}

// entry is a name that is read, after another one of its group.
type entry struct {
	name []byte
	r    rune
}

func (e *entry) read(r *reader) {
	shared := r.number()
	more := r.number()
	e.name = append(e.name[:shared], r.text(more)...)
	n := r.number()
	e.r += rune(n>>1 ^ -(n & 1)) // signed varints are zigzag
}

// table is the names in the order of their bytes: name i is
// text[starts[i]:starts[i+1]].
type table struct {
	text   string
	starts []uint32
	runes  []rune
	// aliases are places of names; CPython numbers them from firstAlias on, and
	// sequences from firstSequence on, as if these were characters.
	aliases       []uint32
	firstAlias    rune
	sequences     []sequence
	firstSequence rune
}

// sequence is several characters that have one name.
type sequence struct{ name, text string }

func (t *table) name(i uint32) string { return t.text[t.starts[i]:t.starts[i+1]] }

// unpack reads the table. It takes a millisecond or two, once for a program that wants
// more than the character of a name.
var unpack = sync.OnceValue(func() *table {
	count := word(0)
	t := &table{starts: make([]uint32, 1, count+1), runes: make([]rune, count)}
	var text strings.Builder
	text.Grow(count * meanLength)
	r := reader(packed[word(1):])
	var e entry
	for i := range t.runes {
		if i%Group == 0 {
			e = entry{name: e.name[:0]}
		}
		e.read(&r)
		text.Write(e.name)
		t.starts = append(t.starts, uint32(text.Len()))
		t.runes[i] = e.r
	}
	t.text = text.String()
	t.firstAlias = rune(r.number())
	t.aliases = make([]uint32, r.number())
	for i := range t.aliases {
		t.aliases[i] = uint32(r.number())
	}
	t.firstSequence = rune(r.number())
	t.sequences = make([]sequence, r.number())
	for i := range t.sequences {
		s := sequence{name: r.text(r.number())}
		for range r.number() {
			s.text += string(rune(r.number()))
		}
		t.sequences[i] = s
	}
	return t
})

// meanLength is at least the mean length of names.
const meanLength = 26

// families are the characters whose names end in their numbers.
var families = []struct {
	prefix string
	ranges [][2]rune
}{
	{"CJK UNIFIED IDEOGRAPH-", [][2]rune{
		{0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0x20000, 0x2A6DF}, {0x2A700, 0x2B739}, {0x2B740, 0x2B81D},
		{0x2B820, 0x2CEA1}, {0x2CEB0, 0x2EBE0}, {0x2EBF0, 0x2EE5D}, {0x30000, 0x3134A}, {0x31350, 0x323AF}}},
	{"CJK COMPATIBILITY IDEOGRAPH-", [][2]rune{{0xF900, 0xFA6D}, {0xFA70, 0xFAD9}, {0x2F800, 0x2FA1D}}},
	{"EGYPTIAN HIEROGLYPH-", [][2]rune{{0x13460, 0x143FA}}},
	{"KHITAN SMALL SCRIPT CHARACTER-", [][2]rune{{0x18B00, 0x18CD5}, {0x18CFF, 0x18CFF}}},
	{"NUSHU CHARACTER-", [][2]rune{{0x1B170, 0x1B2FB}}},
	{tangut, [][2]rune{{0x17000, 0x187F7}, {0x18D00, 0x18D08}}},
}

// The parts that the names of Hangul syllables are made of.
var (
	initials = []string{"G", "GG", "N", "D", "DD", "R", "M", "B", "BB", "S", "SS", "", "J", "JJ", "C", "K", "T", "P", "H"}
	vowels   = []string{"A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE", "OE", "YO", "U", "WEO", "WE", "WI", "YU", "EU", "YI", "I"}
	finals   = []string{"", "G", "GG", "GS", "N", "NJ", "NH", "D", "L", "LG", "LM", "LB", "LS", "LT", "LP", "LH", "M", "B", "BS", "S", "SS", "NG", "J", "C", "K", "T", "P", "H"}
)

// tangut is the family whose characters CPython finds by their names, but does not
// know the names of.
const tangut = "TANGUT IDEOGRAPH-"

// byRune returns the places of names, not of aliases, in the order of their
// characters.
var byRune = sync.OnceValue(func() []uint32 {
	t := unpack()
	isAlias := make([]bool, len(t.runes))
	for _, i := range t.aliases {
		isAlias[i] = true
	}
	places := make([]uint32, 0, len(t.runes))
	for i := range t.runes {
		if !isAlias[i] {
			places = append(places, uint32(i))
		}
	}
	slices.SortFunc(places, func(a, b uint32) int { return cmp.Compare(t.runes[a], t.runes[b]) })
	return places
})

// Name returns the name of a character, as unicodedata.name does, and whether it has
// one.
func Name(r rune) (string, bool) {
	if n := int(r) - 0xAC00; 0 <= n && n < len(initials)*len(vowels)*len(finals) {
		v := n / len(finals)
		return "HANGUL SYLLABLE " + initials[v/len(vowels)] + vowels[v%len(vowels)] + finals[n%len(finals)], true
	}
	for _, f := range families {
		for _, span := range f.ranges {
			if span[0] <= r && r <= span[1] {
				if f.prefix == tangut {
					return "", false
				}
				return f.prefix + strings.ToUpper(strconv.FormatInt(int64(r), 16)), true
			}
		}
	}
	t, places := unpack(), byRune()
	i, ok := slices.BinarySearchFunc(places, r, func(place uint32, r rune) int { return cmp.Compare(t.runes[place], r) })
	if !ok {
		return "", false
	}
	return t.name(places[i]), true
}

// Replacement returns the name that the error handler namereplace writes for a
// character. It differs from Name where CPython numbers aliases and sequences, in
// an area for private use.
func Replacement(r rune) (string, bool) {
	if name, ok := Name(r); ok {
		return name, true
	}
	t := unpack()
	if i := int(r - t.firstAlias); 0 <= i && i < len(t.aliases) {
		return t.name(t.aliases[i]), true
	}
	if i := int(r - t.firstSequence); 0 <= i && i < len(t.sequences) {
		return t.sequences[i].name, true
	}
	return "", false
}

// Lookup returns what unicodedata.lookup does: the characters with a name, an alias
// or the name of a sequence. Case does not matter.
func Lookup(name string) (string, bool) {
	if r, ok := Rune(name); ok {
		return string(r), true
	}
	for _, s := range unpack().sequences {
		if len(s.name) == len(name) && strings.EqualFold(s.name, name) {
			return s.text, true
		}
	}
	return "", false
}

// IsAlias reports whether a name that Rune knows is an alias, which
// unicodedata.ucd_3_2_0 does not know.
func IsAlias(name string) bool {
	t := unpack()
	for _, i := range t.aliases {
		if strings.EqualFold(t.name(i), name) {
			return true
		}
	}
	return false
}

// maxName is more than any name has bytes.
const maxName = 120

// Rune returns the character with the name given, and whether there is one. Case
// does not matter.
func Rune(name string) (rune, bool) {
	if len(name) > maxName {
		return 0, false
	}
	var space [maxName]byte
	up := space[:len(name)]
	for i := range up {
		c := name[i]
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		up[i] = c
	}
	if s, ok := bytes.CutPrefix(up, []byte("HANGUL SYLLABLE ")); ok {
		return syllable(string(s))
	}
	if i := bytes.LastIndexByte(up, '-'); i >= 0 {
		for _, f := range families {
			if string(up[:i+1]) == f.prefix {
				r := number(up[i+1:])
				for _, span := range f.ranges {
					if span[0] <= r && r <= span[1] {
						return r, true
					}
				}
				return 0, false
			}
		}
	}
	return find(up)
}

// find returns the character with a name or alias that is in packed.
func find(name []byte) (rune, bool) {
	e := entry{name: make([]byte, 0, maxName)}
	// The group is the last one that does not begin with a greater name.
	lo, hi := 0, (word(0)+Group-1)/Group
	for lo < hi-1 {
		mid := (lo + hi) / 2
		r := reader(packed[word(1+mid):word(2+mid)])
		e.read(&r)
		if bytes.Compare(e.name, name) <= 0 {
			lo = mid
		} else {
			hi = mid
		}
	}
	r := reader(packed[word(1+lo):word(2+lo)])
	for e = (entry{name: e.name[:0]}); r != ""; {
		e.read(&r)
		if c := bytes.Compare(e.name, name); c == 0 {
			return e.r, true
		} else if c > 0 {
			break
		}
	}
	return 0, false
}

// number returns the hexadecimal number s, or -1 if it is none or has zeros in
// front.
func number(s []byte) rune {
	if len(s) < 4 || len(s) > 5 || s[0] == '0' {
		return -1
	}
	r := rune(0)
	for _, c := range s {
		switch {
		case '0' <= c && c <= '9':
			r = r<<4 + rune(c-'0')
		case 'A' <= c && c <= 'F':
			r = r<<4 + rune(c-'A'+10)
		default:
			return -1
		}
	}
	return r
}

// syllable returns the Hangul syllable with the name s.
func syllable(s string) (rune, bool) {
	l, s := longest(initials, s)
	v, s := longest(vowels, s)
	t, s := longest(finals, s)
	if l < 0 || v < 0 || t < 0 || s != "" {
		return 0, false
	}
	return rune(0xAC00 + (l*len(vowels)+v)*len(finals) + t), true
}

// longest returns the index of the longest part that s begins with, -1 for none,
// and what comes after it.
func longest(parts []string, s string) (int, string) {
	best, n := -1, -1
	for i, part := range parts {
		if len(part) > n && strings.HasPrefix(s, part) {
			best, n = i, len(part)
		}
	}
	return best, s[max(n, 0):]
}
