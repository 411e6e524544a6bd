package sre

import "strings"

// finder is a way of finding candidates for a match.
type finder uint8

const (
	findAll   finder = iota // everywhere
	findHere                // at the beginning of the subject only
	findLine                // at beginnings of lines
	findText                // where text is
	findRare                // where rare is so many bytes on, and the prefix fits
	findTable               // where the prefix fits, looking at its first byte
	findShift               // where the prefix fits, looking at all bytes at once
)

// search is what a program knows of where its matches begin.
type search struct {
	find finder
	// whole says that text is all there is to a match.
	whole bool
	// word says that no byte of a word, as bit 0 of words tells, stands before a match.
	word bool
	// rare is the byte of text or of the prefix that should be the least frequent, at offset at.
	rare  byte
	at    int
	text  string
	words *table
	// after is how many bytes behind the beginning of text a match begins: behind it, if text
	// is what a lookbehind asks for.
	after int
	// Of a prefix of size bytes, bit i of an element of fits says that
	// the byte may be its byte number i.
	size int
	fits *table
}

// maxPrefix is how many bytes of a prefix are looked at: bits of a table's element.
const maxPrefix = 8

// frequency is about how many of a thousand bytes of text are c.
func frequency(c byte) int {
	const common = " etaoinsrhldcumfpgwyb\n,.vk"
	const per = "\x96\x64\x4b\x41\x3e\x3a\x39\x35\x32\x2d\x23\x21\x17\x16\x14\x12\x10\x10\x10\x0f\x0c\x0f\x0a\x0a\x08\x06"
	if i := strings.IndexByte(common, c); i >= 0 {
		return int(per[i])
	}
	switch {
	case c-'0' < 10:
		return 8
	case c >= 0xC0:
		return 80
	case c >= 0x80:
		return 20
	case strings.IndexByte("\"'()-_=/:", c) >= 0:
		return 6
	}
	return 3
}

// finder decides how a search finds candidates.
func (e *emitter) finder() {
	p := &e.program.search
	nodes := e.tree.nodes
	skip := func() {
		for len(nodes) > 0 && nodes[0].kind == kindMark {
			nodes = nodes[1:]
		}
	}
	skip()
	if len(nodes) > 0 && nodes[0].kind == kindAt {
		switch nodes[0].n {
		case atBeginning, atBeginningString:
			p.find = findHere
			return
		case atBeginningLine:
			p.find = findLine
			return
		}
	}
	text, k := e.literals(nodes)
	switch {
	case k > 0:
		p.whole = k == len(e.tree.nodes)
		for k < len(nodes) && nodes[k].kind == kindMark {
			more, n := e.literals(nodes[k+1:])
			text += more
			k += 1 + n
		}
	case len(nodes) > 0 && nodes[0].kind == kindLook && !nodes[0].negative && nodes[0].n > 0:
		body := nodes[0].kids[0]
		if text, k = e.literals(body); k != len(body) || k != nodes[0].n {
			text = ""
		}
		p.after = len(text)
	}
	if text != "" {
		p.find, p.text = findText, text
		for i := range len(text) {
			if i == 0 || frequency(text[i]) < frequency(p.rare) {
				p.rare, p.at = text[i], i
			}
		}
		return
	}

	if !e.tree.refs {
		e.lead()
	}
	prefix, _ := e.prefix(nodes, nil)
	if len(prefix) == 0 {
		f := e.firstOfAll(nodes)
		if f.free() || f.end {
			return
		}
		prefix = []byteSet{f.bytes}
	}
	p.size = len(prefix)
	var fits table
	for c := range 256 {
		for i := range prefix {
			if prefix[i].has(byte(c)) {
				fits[c] |= 1 << i
			}
		}
	}
	p.fits = e.intern(fits)
	if nodes[0].kind == kindAt && nodes[0].n != atNonBoundary && nodes[0].n != atLocNonBoundary && nodes[0].n != atUniNonBoundary {
		word := e.bytesOf(e.word(nodes[0].n))
		other := word.inverse()
		if !prefix[0].meets(&other) && (!e.wide || !e.high(&prefix[0])) {
			p.word, p.words = true, e.itemTable(e.word(nodes[0].n))
		}
	}

	// What a byte of the subject costs, in tenths of nanoseconds or so.
	density := 0
	for c := range 256 {
		if prefix[0].has(byte(c)) {
			density += frequency(byte(c))
		}
	}
	p.find = findTable
	cost := 6 + density*50/1000
	if len(prefix) > 1 && !p.word && cost > 13 {
		p.find, cost = findShift, 13
	}
	for i := range prefix {
		if c, size := prefix[i].only(); size == 1 && frequency(c)*120/1000 < cost {
			p.find, p.rare, p.at = findRare, c, i
			cost = frequency(c) * 120 / 1000
		}
	}
}

// lead marks a run without limit that begins the pattern. If what follows it does not match behind any
// number of its items, then none of those items can begin a match.
func (e *emitter) lead() {
	for i := range e.program.code {
		in := &e.program.code[i]
		switch in.op {
		case opMark, opBoundary, opBoundaryUni:
			continue
		case opRun, opRunWide, opTake, opTakeWide:
			in.lead = in.max == noLimit
		}
		return
	}
}

// high reports whether b has bytes beyond ASCII.
func (e *emitter) high(b *byteSet) bool { return b[2]|b[3] != 0 }

// prefix appends to have what the bytes can be that each match of nodes begins with, at most
// maxPrefix of them altogether. It reports whether they are all the bytes a match has.
func (e *emitter) prefix(nodes []*node, have []byteSet) (sets []byteSet, whole bool) {
	for _, n := range nodes {
		whole := true
		switch n.kind {
		case kindMark, kindAt, kindLook:
		case kindItem:
			have, whole = e.prefixItem(n.item, have)
		case kindRun:
			for i := uint32(0); i < n.min && whole; i++ {
				have, whole = e.prefixItem(n.item, have)
			}
			whole = whole && n.max != noLimit && uint64(n.max) == uint64(n.min)
		case kindAtomic:
			have, whole = e.prefix(n.kids[0], have)
		case kindLoop:
			if n.min > 0 {
				have, whole = e.prefix(n.kids[0], have)
			}
			whole = whole && n.min == 1 && n.max == 1
		case kindBranch:
			have, whole = e.prefixBranch(n, have)
		default:
			whole = false
		}
		if !whole || len(have) == maxPrefix {
			return have, false
		}
	}
	return have, true
}

func (e *emitter) prefixItem(it *item, have []byteSet) ([]byteSet, bool) {
	if len(have) == maxPrefix {
		return have, false
	}
	if e.wide && it.code == codeLiteral && it.arg >= 0x80 && it.arg <= 0x10FFFF {
		for _, c := range appendPoint(nil, it.arg) {
			if len(have) == maxPrefix {
				return have, false
			}
			var b byteSet
			b.add(c)
			have = append(have, b)
		}
		return have, true
	}
	return append(have, e.bytesOf(it)), e.narrow(it)
}

func (e *emitter) prefixBranch(n *node, have []byteSet) ([]byteSet, bool) {
	var all []byteSet
	whole := true
	for i, kid := range n.kids {
		one, ok := e.prefix(kid, nil)
		whole = whole && ok && (i == 0 || len(one) == len(all))
		if i == 0 {
			all = one
			continue
		}
		all = all[:min(len(all), len(one))]
		for k := range all {
			all[k].join(&one[k])
		}
	}
	for _, b := range all {
		if len(have) == maxPrefix {
			return have, false
		}
		have = append(have, b)
	}
	return have, whole
}

// fitsAt reports whether the prefix is at i.
func (p *search) fitsAt(s string, i int) bool {
	if p.word && i > 0 && p.words[s[i-1]] != 0 {
		return false
	}
	for k := 0; k < p.size; k++ {
		if p.fits[s[i+k]]>>k&1 == 0 {
			return false
		}
	}
	return true
}

// candidate returns the first offset from i on where a match of at least width bytes may
// begin; -1 if there is none.
func (p *search) candidate(s string, i, width int) int {
	if len(s)-i < width {
		return -1
	}
	switch p.find {
	case findHere:
		if i > 0 {
			return -1
		}
	case findLine:
		if i > 0 && s[i-1] != '\n' {
			k := strings.IndexByte(s[i:], '\n')
			if k < 0 {
				return -1
			}
			return i + k + 1
		}
	case findText:
		if p.after == 0 {
			return p.indexText(s, i)
		}
		if i = p.indexText(s, max(i-p.after, 0)); i >= 0 {
			i += p.after
		}
	case findRare:
		// The candidate must have room for the prefix.
		for last := len(s) - p.size; i <= last; i++ {
			k := strings.IndexByte(s[i+p.at:last+p.at+1], p.rare)
			if k < 0 {
				return -1
			}
			i += k
			if p.fitsAt(s, i) {
				return i
			}
		}
		return -1
	case findTable:
		tab := p.fits
		for last := len(s) - p.size; i <= last; i++ {
			if tab[s[i]]&1 != 0 && p.fitsAt(s, i) {
				return i
			}
		}
		return -1
	case findShift:
		tab := p.fits
		top := uint8(1) << (p.size - 1)
		var seen uint8
		for ; i < len(s); i++ {
			seen = (seen<<1 | 1) & tab[s[i]]
			if seen&top != 0 {
				return i - p.size + 1
			}
		}
		return -1
	}
	return i
}

// indexText returns the offset of the first text from i on, -1 if there is none.
func (p *search) indexText(s string, i int) int {
	text := p.text
	last := len(s) - len(text)
	for misses := 0; misses < 16; misses++ {
		if i > last {
			return -1
		}
		k := strings.IndexByte(s[i+p.at:last+p.at+1], p.rare)
		if k < 0 {
			return -1
		}
		i += k
		if s[i:i+len(text)] == text {
			return i
		}
		i++
	}
	// The byte is not rare here.
	k := strings.Index(s[i:], text)
	if k < 0 {
		return -1
	}
	return i + k
}
