package sre

import "math/bits"

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

// inverse returns all other bytes.
func (b *byteSet) inverse() byteSet { return byteSet{^b[0], ^b[1], ^b[2], ^b[3]} }

// only returns the least member of b, and how many there are.
func (b *byteSet) only() (byte, int) {
	size := 0
	least := byte(0)
	for i := len(b) - 1; i >= 0; i-- {
		size += bits.OnesCount64(b[i])
		if b[i] != 0 {
			least = byte(i*64 + bits.TrailingZeros64(b[i]))
		}
	}
	return least, size
}

// first says where a part can match.
type first struct {
	// bytes has each byte in front of which the part can match, and maybe others.
	bytes byteSet
	// end says that it may match at the end of the subject.
	end bool
	// any says that bytes and end do not tell.
	any bool
	// open says that it may match anywhere without a character, so that what follows decides.
	open bool
}

// then returns where a part can match that is f and behind it g.
func (f first) then(g *first) first {
	if f.open {
		f.bytes.join(&g.bytes)
		f.end = f.end || g.end
		f.any = f.any || g.any
		f.open = g.open
	}
	return f
}

// or returns where one of two alternatives can match.
func (f first) or(g *first) first {
	f.bytes.join(&g.bytes)
	f.end = f.end || g.end
	f.any = f.any || g.any
	f.open = f.open || g.open
	return f
}

// free reports whether f excludes nothing.
func (f *first) free() bool { return f.any || f.open }

// unknown is what can match anywhere.
var unknown = first{any: true, open: true}

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

// bytesOf returns itemBytes for the program being made.
func (e *emitter) bytesOf(it *item) byteSet {
	b, ok := e.bytes[it]
	if !ok {
		b = itemBytes(it, e.wide)
		e.bytes[it] = b
	}
	return b
}

// firstOf returns where a node can match, and remembers it.
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
	case kindAccept, kindRef:
		*f = unknown
	case kindMark:
		f.open = true
		// Whether an attempt has set a mark before it failed can matter.
		f.any = e.tree.openRef
	case kindAt:
		switch n.n {
		case atEnd, atEndLine:
			f.bytes.add('\n')
			f.end = true
		case atEndString:
			f.end = true
		default:
			f.open = true
		}
	case kindLook:
		if !n.negative && n.n == 0 {
			*f = e.firstOfAll(n.kids[0])
		} else {
			f.open = true
		}
		f.any = f.any || e.tree.openRef
	case kindBranch, kindCond:
		for _, kid := range n.kids {
			g := e.firstOfAll(kid)
			*f = f.or(&g)
		}
	case kindRun:
		f.bytes = e.bytesOf(n.item)
		f.open = n.min == 0
	case kindLoop:
		*f = e.firstOfAll(n.kids[0])
		f.open = f.open || n.min == 0
	case kindAtomic:
		*f = e.firstOfAll(n.kids[0])
	}
	return f
}

// firstOfAll returns where a sequence can match.
func (e *emitter) firstOfAll(nodes []*node) first {
	f := first{open: true}
	for _, n := range nodes {
		if !f.open {
			break
		}
		f = f.then(e.firstOf(n))
	}
	return f
}
