package sre

// byteSet is a set of bytes.
type byteSet [4]uint64

func (b *byteSet) add(c byte)      { b[c>>6] |= 1 << (c & 63) }
func (b *byteSet) has(c byte) bool { return b[c>>6]>>(c&63)&1 != 0 }

func (b *byteSet) join(c *byteSet) {
	for i := range b {
		b[i] |= c[i]
	}
}

func (b *byteSet) meets(c *byteSet) bool {
	return b[0]&c[0]|b[1]&c[1]|b[2]&c[2]|b[3]&c[3] != 0
}

// first says how a match of a part can begin.
type first struct {
	// bytes has each byte that can be the first one of a match that is not empty,
	// and maybe others.
	bytes byteSet
	// any says that bytes does not tell.
	any bool
	// empty says that a match may be empty: what follows decides then.
	empty bool
}

// then returns how a part that begins as f does and continues as g does can begin.
func (f first) then(g *first) first {
	if f.empty {
		f.bytes.join(&g.bytes)
		f.any = f.any || g.any
		f.empty = g.empty
	}
	return f
}

// or returns how one of two alternatives can begin.
func (f first) or(g *first) first {
	f.bytes.join(&g.bytes)
	f.any = f.any || g.any
	f.empty = f.empty || g.empty
	return f
}

// free reports whether nothing is known of what a match begins with.
func (f *first) free() bool { return f.any || f.empty }

// unknown is the beginning of what may be anything.
var unknown = first{any: true, empty: true}

// itemBytes returns the first bytes of the characters that an item accepts: in wide
// programs, those of all characters beyond ASCII if it accepts any of them.
func itemBytes(it *item, wide bool) (b byteSet) {
	if !wide {
		for c := uint32(0); c < 256; c++ {
			if it.accepts(c) {
				b.add(byte(c))
			}
		}
		return b
	}
	for c := uint32(0); c < 128; c++ {
		if it.accepts(c) {
			b.add(byte(c))
		}
	}
	switch {
	case it.code == codeLiteral && it.arg >= 0x80:
		if it.arg <= 0x10FFFF {
			b.add(appendPoint(nil, it.arg)[0])
		}
	case it.high != highNone:
		for c := 0xC2; c <= 0xF4; c++ {
			b.add(byte(c))
		}
	}
	return b
}

// firstOf returns how a node can begin, and remembers it.
func (e *emitter) firstOf(n *node) *first {
	f := &e.firsts[n.id]
	if e.known[n.id] {
		return f
	}
	e.known[n.id] = true
	switch n.kind {
	case kindItem:
		f.bytes = e.bytesOf(n.item)
	case kindFail:
	case kindAccept:
		*f = unknown
	case kindAt:
		f.empty = true
	case kindMark, kindLook:
		f.empty = true
		// Whether an attempt has set a mark before it failed can matter.
		f.any = e.tree.openRef
	case kindRef:
		*f = unknown
	case kindBranch, kindCond:
		for _, kid := range n.kids {
			g := e.firstOfAll(kid)
			*f = f.or(&g)
		}
	case kindRun:
		f.bytes = e.bytesOf(n.item)
		f.empty = n.min == 0
	case kindLoop:
		*f = e.firstOfAll(n.kids[0])
		f.empty = f.empty || n.min == 0
	case kindAtomic:
		*f = e.firstOfAll(n.kids[0])
	}
	return f
}

// firstOfAll returns how a sequence can begin.
func (e *emitter) firstOfAll(nodes []*node) first {
	f := first{empty: true}
	for _, n := range nodes {
		if !f.empty {
			break
		}
		f = f.then(e.firstOf(n))
	}
	return f
}
