package unicodedb

import (
	"slices"
	"unicode/utf8"
)

// decomp is the decomposition of a character: where in decompTexts the mapping of
// the database and its full forms begin, their lengths in bytes, and the mapping's tag.
// The canonical length is 0 if the character has no canonical decomposition.
type decomp struct {
	raw, canonical, compat          uint16
	rawLen, canonicalLen, compatLen uint8
	tag                             uint8
}

// decompOf returns r's decomposition. Hangul syllables have none here.
func decompOf(r rune) *decomp {
	if uint32(r) > maxRune {
		return &decomps[0]
	}
	return &decomps[decompIndex[uint(decompPages[r>>7])<<7|uint(r&127)]]
}

// The arithmetic of Hangul syllables: a syllable is a leading consonant, a vowel
// and perhaps a trailing consonant.
const (
	hangulBase   = 0xAC00
	leadBase     = 0x1100
	vowelBase    = 0x1161
	trailBase    = 0x11A7 // of which the first stands for none
	leads        = 19
	vowels       = 21
	trails       = 28
	hangulBlock  = vowels * trails
	hangulNumber = leads * hangulBlock
)

// Decomposition returns r's decomposition as the database has it: a tag in angle
// brackets unless it is canonical, and code points in hexadecimal; "" if there is
// none.
func (v Version) Decomposition(r rune) string {
	if n := uint32(r) - hangulBase; n < hangulNumber {
		b := appendHex(make([]byte, 0, 16), leadBase+n/hangulBlock)
		b = appendHex(append(b, ' '), vowelBase+n%hangulBlock/trails)
		if n%trails != 0 {
			b = appendHex(append(b, ' '), trailBase+n%trails)
		}
		return string(b)
	}
	d := decompOf(r)
	if d.rawLen == 0 || v == V32 && unassigned(r) {
		return ""
	}
	b := append(make([]byte, 0, 48), decompTags[d.tag]...)
	for _, r := range decompTexts[d.raw:][:d.rawLen] {
		if len(b) > 0 {
			b = append(b, ' ')
		}
		b = appendHex(b, uint32(r))
	}
	return string(b)
}

// appendHex appends a number in hexadecimal, of four digits at least.
func appendHex(b []byte, n uint32) []byte {
	shift := 12
	for n>>shift > 15 {
		shift += 4
	}
	for ; shift >= 0; shift -= 4 {
		b = append(b, "0123456789ABCDEF"[n>>shift&15])
	}
	return b
}

// Form is a normalization form.
type Form uint8

// The normalization forms.
const (
	NFC Form = iota
	NFD
	NFKC
	NFKD
)

// FormOf returns the form with a name, "NFKC" for instance, and whether there is one.
func FormOf(name string) (Form, bool) {
	switch name {
	case "NFC":
		return NFC, true
	case "NFD":
		return NFD, true
	case "NFKC":
		return NFKC, true
	case "NFKD":
		return NFKD, true
	}
	return 0, false
}

// changed holds for each form the flags of characters that need work.
var changed = [...]uint8{NFC: notNFC | maybeJoins, NFD: notNFD, NFKC: notNFKC | maybeJoins, NFKD: notNFKD}

// compat reports whether the form replaces compatibility characters.
func (f Form) compat() bool { return f >= NFKC }

// composes reports whether the form puts characters together again.
func (f Form) composes() bool { return f == NFC || f == NFKC }

// trouble returns the part of s, from at on, that has to be looked at closely to bring
// it into a form: it begins and ends where parts do not influence each other.
// Both are len(s) if all is well.
func (f Form) trouble(s string, at int) (start, end int) {
	mask := changed[f]
	start = at
	last := uint8(0)
	for i := at; i < len(s); {
		if s[i] < utf8.RuneSelf {
			start, last = i, 0
			i++
			continue
		}
		r, size := decode(s[i:])
		p := propertyOf(r)
		if p.flags&mask == 0 && p.combining == 0 {
			start, last = i, 0
			i += size
			continue
		}
		if p.flags&mask == 0 && last <= p.combining {
			last = p.combining
			i += size
			continue
		}
		for i += size; i < len(s); i += size {
			r, size = decode(s[i:])
			if p := propertyOf(r); p.flags&mask == 0 && p.combining == 0 {
				break
			}
		}
		return start, i
	}
	return len(s), len(s)
}

// Normalize returns s in a form. It returns s itself if that is in it already.
func (v Version) Normalize(f Form, s string) string {
	var n normalizer
	if v == V32 {
		// What is in order today need not have been.
		if ascii(s) {
			return s
		}
		n.old = true
		n.segment(f, s)
		return string(n.out)
	}
	start, end := f.trouble(s, 0)
	if start == len(s) {
		return s
	}
	n.out = make([]byte, 0, len(s)+len(s)/4+16)
	done := 0
	for start < len(s) {
		n.out = append(n.out, s[done:start]...)
		n.segment(f, s[start:end])
		done = end
		start, end = f.trouble(s, end)
	}
	return string(append(n.out, s[done:]...))
}

// IsNormalized reports whether s is in a form.
func (v Version) IsNormalized(f Form, s string) bool {
	if v == V32 {
		return v.Normalize(f, s) == s
	}
	var n normalizer
	for done := 0; ; {
		start, end := f.trouble(s, done)
		if start == len(s) {
			return true
		}
		n.out = n.out[:0]
		n.segment(f, s[start:end])
		if string(n.out) != s[start:end] {
			return false
		}
		done = end
	}
}

// normalizer has the memory for work on one string.
type normalizer struct {
	old bool     // Unicode 3.2
	out []byte   // what is done
	buf []uint32 // characters of a segment, their combining classes above bit 24
}

const runeBits = 1<<24 - 1

// segment appends s, which has to be worked on, in its form.
func (n *normalizer) segment(f Form, s string) {
	n.buf = n.buf[:0]
	for i := 0; i < len(s); {
		r, size := decode(s[i:])
		i += size
		n.decompose(f, r)
	}
	n.order()
	if f.composes() {
		n.compose()
	}
	for _, c := range n.buf {
		n.out = AppendRune(n.out, rune(c&runeBits))
	}
}

func (n *normalizer) add(r rune) {
	n.buf = append(n.buf, uint32(r)|uint32(propertyOf(r).combining)<<24)
}

func (n *normalizer) decompose(f Form, r rune) {
	if h := r - hangulBase; 0 <= h && h < hangulNumber {
		n.buf = append(n.buf, uint32(leadBase+h/hangulBlock), uint32(vowelBase+h%hangulBlock/trails))
		if h%trails != 0 {
			n.buf = append(n.buf, uint32(trailBase+h%trails))
		}
		return
	}
	d := decompOf(r)
	text := ""
	if f.compat() {
		text = decompTexts[d.compat:][:d.compatLen]
	} else {
		text = decompTexts[d.canonical:][:d.canonicalLen]
	}
	if n.old && text != "" {
		if unassigned(r) {
			text = ""
		}
		for i := range corrections {
			if corrections[i].code == r {
				text = corrections[i].was
			}
		}
	}
	if text == "" {
		n.add(r)
		return
	}
	for _, r := range text {
		n.add(r)
	}
}

// order puts marks in the order of their combining classes.
func (n *normalizer) order() {
	b := n.buf
	for i := 0; i < len(b); {
		if b[i] <= runeBits {
			i++
			continue
		}
		start := i
		for i < len(b) && b[i] > runeBits {
			i++
		}
		sortMarks(b[start:i])
	}
}

// sortMarks sorts by combining class and keeps the order of equal ones. There are
// few, unless somebody is up to something.
func sortMarks(b []uint32) {
	if len(b) > 20 {
		slices.SortStableFunc(b, func(x, y uint32) int { return int(x>>24) - int(y>>24) })
		return
	}
	for i := 1; i < len(b); i++ {
		c := b[i]
		j := i
		for ; j > 0 && b[j-1]>>24 > c>>24; j-- {
			b[j] = b[j-1]
		}
		b[j] = c
	}
}

// compose joins characters, in place.
func (n *normalizer) compose() {
	b := n.buf
	w := 0          // b[:w] is done
	starter := -1   // where in it the last character is that others may join
	const none = -1 // nothing is between the starter and what follows
	last := none    // the combining class of the last one in between
	for _, c := range b {
		class := int(c >> 24)
		if starter >= 0 && last < class {
			if r := compose(rune(b[starter]), rune(c&runeBits)); r != 0 {
				b[starter] = uint32(r)
				continue
			}
		}
		if class == 0 {
			starter, last = w, none
		} else {
			last = class
		}
		b[w] = c
		w++
	}
	n.buf = b[:w]
}

// compose returns the character that a and b make, or 0.
func compose(a, b rune) rune {
	if propertyOf(b).flags&maybeJoins == 0 {
		return 0
	}
	if l, v := a-leadBase, b-vowelBase; 0 <= l && l < leads && 0 <= v && v < vowels {
		return hangulBase + (l*vowels+v)*trails
	}
	if s, t := a-hangulBase, b-trailBase; 0 <= s && s < hangulNumber && s%trails == 0 && 0 < t && t < trails {
		return a + t
	}
	if i, ok := slices.BinarySearch(pairs[:], uint64(a)<<32|uint64(b)); ok {
		return composed[i]
	}
	return 0
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// decode returns the first character of s, which is not empty, and its length.
// Surrogates are three bytes; another byte that is no UTF-8 stands for U+FFFD.
func decode(s string) (rune, int) {
	r, size := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && size == 1 && len(s) >= 3 && s[0] == 0xED && s[1]&0xE0 == 0xA0 && s[2]&0xC0 == 0x80 {
		return 0xD000 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
	}
	return r, size
}
