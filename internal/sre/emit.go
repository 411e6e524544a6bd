package sre

import "math/bits"

// emitter translates a tree to a program.
type emitter struct {
	tree    *tree
	wide    bool
	program *program
	firsts  []first
	known   []bool
	bytes   map[*item]byteSet
	classes map[*item]*class
	tables  map[[256]uint8]*[256]uint8
	word    map[uint32]*item
}

// place is where in the pattern a part stands.
type place struct {
	// full says that it is inside of a repeat.
	full bool
	// accept collects jumps to the end of the innermost group of its own, for parts
	// that accept in the middle. It is nil outside of such groups.
	accept *[]int
}

// emit returns the program for narrow or wide subjects.
func (t *tree) emit(wide bool) *program {
	e := &emitter{
		tree:    t,
		wide:    wide,
		program: &program{wide: wide, marks: t.marks, width: t.width},
		firsts:  make([]first, t.count),
		known:   make([]bool, t.count),
		bytes:   map[*item]byteSet{},
		classes: map[*item]*class{},
		tables:  map[[256]uint8]*[256]uint8{},
		word:    map[uint32]*item{},
	}
	e.sequence(t.nodes, unknown, place{})
	e.add(inst{op: opAccept})
	e.finder()
	return e.program
}

// add appends an instruction and returns where it is.
func (e *emitter) add(in inst) int {
	if in.full {
		e.program.loops = true
	}
	e.program.code = append(e.program.code, in)
	return len(e.program.code) - 1
}

func (e *emitter) here() int32 { return int32(len(e.program.code)) }

// land makes the instruction at i lead here.
func (e *emitter) land(i int) { e.program.code[i].x = e.here() }

func (e *emitter) slot() int32 {
	e.program.slots++
	return int32(e.program.slots - 1)
}

func (e *emitter) bytesOf(it *item) byteSet {
	b, ok := e.bytes[it]
	if !ok {
		b = itemBytes(it, e.wide)
		e.bytes[it] = b
	}
	return b
}

// table returns the table with bit 0 for the members of a and bit 1 for those of b.
func (e *emitter) table(a, b *byteSet) *[256]uint8 {
	var t [256]uint8
	for i := range t {
		if a.has(byte(i)) {
			t[i] |= bitItem
		}
		if b.has(byte(i)) {
			t[i] |= bitRest
		}
	}
	p := e.tables[t]
	if p == nil {
		p = &t
		e.tables[t] = p
	}
	return p
}

// class returns the class for characters beyond ASCII, nil if all of them belong to the item.
func (e *emitter) class(it *item) *class {
	if it.high == highAll {
		return nil
	}
	c := e.classes[it]
	if c == nil {
		c = &class{item: it}
		e.classes[it] = c
	}
	return c
}

// narrow reports whether what the item accepts is single bytes.
func (e *emitter) narrow(it *item) bool { return !e.wide || it.high == highNone }

// sequence translates nodes, behind which stands what rest says.
func (e *emitter) sequence(nodes []*node, rest first, at place) {
	rests := make([]first, len(nodes)+1)
	rests[len(nodes)] = rest
	for i := len(nodes) - 1; i > 0; i-- {
		rests[i] = e.firstOf(nodes[i]).then(&rests[i+1])
	}
	for i := 0; i < len(nodes); i++ {
		if k := e.text(nodes[i:]); k > 0 {
			i += k - 1
			continue
		}
		e.one(nodes[i], rests[i+1], at)
	}
}

// literal returns the UTF-8 or byte that is all an item accepts.
func (e *emitter) literal(n *node) (string, bool) {
	if n.kind != kindItem {
		return "", false
	}
	if e.wide && n.item.code == codeLiteral && n.item.arg >= 0x80 && n.item.arg <= 0x10FFFF {
		return string(appendPoint(nil, n.item.arg)), true
	}
	if !e.narrow(n.item) {
		return "", false
	}
	b := e.bytesOf(n.item)
	c, size := b.only()
	return string([]byte{c}), size == 1
}

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

// folded returns the lower case of the letter whose cases are all an item accepts, or the byte
// that is no letter.
func (e *emitter) folded(n *node) (c byte, pair, ok bool) {
	if n.kind != kindItem || !e.narrow(n.item) {
		return 0, false, false
	}
	b := e.bytesOf(n.item)
	c, size := b.only()
	switch {
	case size == 1 && !ASCIICased(uint32(c)):
		return c, false, true
	case size == 2 && c-'A' < 26 && b.has(c|0x20):
		return c | 0x20, true, true
	}
	return 0, false, false
}

// text translates the literal or folded text at the beginning of nodes and returns of how many nodes
// it is made; 0 if there is none.
func (e *emitter) text(nodes []*node) int {
	var text []byte
	k := 0
	for ; k < len(nodes); k++ {
		s, ok := e.literal(nodes[k])
		if !ok {
			break
		}
		text = append(text, s...)
	}
	if k > 1 || k == 1 && len(text) > 1 {
		e.add(inst{op: opString, text: string(text)})
		return k
	}
	text = text[:0]
	pairs := 0
	for k = 0; k < len(nodes); k++ {
		c, pair, ok := e.folded(nodes[k])
		if !ok {
			break
		}
		text = append(text, c)
		if pair {
			pairs++
		}
	}
	if k > 1 && pairs > 0 {
		e.add(inst{op: opFold, text: string(text)})
		return k
	}
	return 0
}

// one translates a node, behind which stands what rest says.
func (e *emitter) one(n *node, rest first, at place) {
	switch n.kind {
	case kindItem:
		e.item(n.item)
	case kindFail:
		e.add(inst{op: opFail})
	case kindAccept:
		if at.accept == nil {
			e.add(inst{op: opAccept})
		} else {
			*at.accept = append(*at.accept, e.add(inst{op: opJump}))
		}
	case kindMark:
		e.add(inst{op: opMark, n: int32(n.n)})
	case kindAt:
		e.position(n.n)
	case kindBranch:
		e.branch(n, rest, at)
	case kindRun:
		e.run(n, rest, at)
	case kindLoop:
		if n.mode == possessive {
			e.possessive(n)
		} else {
			e.loop(n, rest, at)
		}
	case kindAtomic:
		slot := e.slot()
		e.add(inst{op: opAtomic, n: slot})
		e.own(n.kids[0], at.full)
		e.add(inst{op: opAtomicEnd, n: slot})
	case kindLook:
		e.look(n, at)
	case kindRef:
		op := opRef
		switch n.code {
		case codeGroupRefIgnore, codeGroupRefLocIgnore:
			op = opRefIgnore
		case codeGroupRefUniIgnore:
			op = opRefUnicode
		}
		e.add(inst{op: op, n: int32(n.n)})
	case kindCond:
		cond := e.add(inst{op: opCond, n: int32(n.n)})
		e.sequence(n.kids[0], rest, at)
		if len(n.kids[1]) == 0 {
			e.land(cond)
			return
		}
		jump := e.add(inst{op: opJump})
		e.land(cond)
		e.sequence(n.kids[1], rest, at)
		e.land(jump)
	}
}

// own translates a group of its own: what stands behind it has no influence on how
// it matches.
func (e *emitter) own(nodes []*node, full bool) {
	var accepts []int
	e.sequence(nodes, unknown, place{full: full, accept: &accepts})
	for _, i := range accepts {
		e.land(i)
	}
}

// item translates an item that is not repeated.
func (e *emitter) item(it *item) {
	b := e.bytesOf(it)
	if !e.narrow(it) {
		if it.code == codeAnyAll {
			e.add(inst{op: opAnyWide})
		} else {
			e.add(inst{op: opClass, tab: e.table(&b, &byteSet{}), class: e.class(it)})
		}
		return
	}
	inverse := byteSet{^b[0], ^b[1], ^b[2], ^b[3]}
	c, size := b.only()
	switch {
	case size == 0:
		e.add(inst{op: opFail})
	case size == 1:
		e.add(inst{op: opByte, c: c})
	case size == 255:
		c, _ = inverse.only()
		e.add(inst{op: opNotByte, c: c})
	default:
		e.add(inst{op: opTable, tab: e.table(&b, &byteSet{})})
	}
}

// category returns an item for a category.
func (e *emitter) category(cat uint32) *item {
	it := e.word[cat]
	if it == nil {
		it = &item{code: codeCategory, arg: cat}
		it.high = it.findHigh()
		e.word[cat] = it
	}
	return it
}

// position translates an AT.
func (e *emitter) position(at int) {
	switch at {
	case atBeginning, atBeginningString:
		e.add(inst{op: opBegin})
	case atBeginningLine:
		e.add(inst{op: opBeginLine})
	case atEnd:
		e.add(inst{op: opEnd})
	case atEndLine:
		e.add(inst{op: opEndLine})
	case atEndString:
		e.add(inst{op: opEndText})
	default:
		not := at == atNonBoundary || at == atLocNonBoundary || at == atUniNonBoundary
		cat := uint32(catWord)
		if at == atUniBoundary || at == atUniNonBoundary {
			cat = catUniWord
		}
		it := e.category(cat)
		b := e.bytesOf(it)
		in := inst{op: opBoundary, not: not, tab: e.table(&b, &byteSet{})}
		if !e.narrow(it) {
			in.op, in.class = opBoundaryUni, e.class(it)
		}
		e.add(in)
	}
}

// branch translates alternatives.
func (e *emitter) branch(n *node, rest first, at place) {
	branch := e.add(inst{op: opBranch, full: at.full})
	starts := make([]int32, len(n.kids))
	firsts := make([]first, len(n.kids))
	var jumps []int
	for i, kid := range n.kids {
		starts[i] = e.here()
		firsts[i] = e.firstOfAll(kid)
		firsts[i] = firsts[i].then(&rest)
		e.sequence(kid, rest, at)
		if i < len(n.kids)-1 {
			jumps = append(jumps, e.add(inst{op: opJump}))
		}
	}
	for _, i := range jumps {
		e.land(i)
	}
	in := &e.program.code[branch]
	in.lists = new([257]int32)
	seen := map[string]int32{}
	key := make([]byte, 0, 64)
	for c := range in.lists {
		key = key[:0]
		for i := range firsts {
			if f := &firsts[i]; f.free() || c < 256 && f.bytes.has(byte(c)) {
				key = append(key, byte(i), byte(i>>8), byte(i>>16), byte(i>>24))
			}
		}
		list, ok := seen[string(key)]
		if !ok {
			list = int32(len(in.targets))
			seen[string(key)] = list
			for k := 0; k < len(key); k += 4 {
				i := int(key[k]) | int(key[k+1])<<8 | int(key[k+2])<<16 | int(key[k+3])<<24
				in.targets = append(in.targets, starts[i])
			}
			in.targets = append(in.targets, -1)
		}
		in.lists[c] = list
	}
}

// run translates a repeated item.
func (e *emitter) run(n *node, rest first, at place) {
	it := n.item
	accepted := e.bytesOf(it)
	free := rest.free()
	in := inst{full: at.full, free: free, min: n.min, max: n.max}
	in.only = n.min == n.max || n.mode == possessive || !free && !accepted.meets(&rest.bytes)
	if n.mode == possessive {
		in.free = true
	}
	b := accepted
	if e.narrow(it) {
		in.op = [...]opcode{opRun, opLazy, opTake}[n.mode]
	} else {
		in.op = [...]opcode{opRunWide, opLazyWide, opTakeWide}[n.mode]
		in.shape, in.class = shapeClass, e.class(it)
		if it.high == highAll {
			in.shape = shapeText
			if n.max == noLimit && n.min <= 1 && n.mode != lazy {
				// Nobody needs to know how many characters there are.
				in.shape = shapeTable
				for c := 0x80; c < 0x100; c++ {
					b.add(byte(c))
				}
			}
		}
	}
	if in.shape == shapeTable {
		inverse := byteSet{^b[0], ^b[1], ^b[2], ^b[3]}
		switch c, size := inverse.only(); size {
		case 0:
			in.shape = shapeAll
		case 1:
			in.shape, in.c = shapeNotByte, c
		}
	}
	if n.min == n.max && n.mode != possessive {
		in.op = opTake
		if !e.narrow(it) {
			in.op = opTakeWide
		}
		in.free = true
	}
	in.tab = e.table(&b, &rest.bytes)
	e.add(in)
}

// loop translates a repeat that can be backtracked into.
func (e *emitter) loop(n *node, rest first, at place) {
	body := e.firstOfAll(n.kids[0])
	end := inst{full: true, free: rest.free(), bodyFree: body.free(), min: n.min, max: n.max}
	end.tab = e.table(&body.bytes, &rest.bytes)
	inner := body.or(&rest)
	inner.empty = rest.empty
	in := place{full: true, accept: at.accept}

	if n.max == noLimit && n.min <= 1 && !body.empty {
		// Neither has it to be counted, nor can it go round without moving.
		end.op = opMaxLoop
		if n.mode == lazy {
			end.op, end.full = opMinLoop, at.full
		}
		jump := -1
		if n.min == 0 {
			jump = e.add(inst{op: opJump})
		}
		end.x = e.here()
		e.sequence(n.kids[0], inner, in)
		if jump >= 0 {
			e.land(jump)
		}
		e.add(end)
		return
	}

	end.op = opMaxUntil
	if n.mode == lazy {
		end.op, end.full = opMinUntil, at.full
	}
	end.n = e.slot()
	repeat := e.add(inst{op: opRepeat, n: end.n, full: at.full})
	end.x = e.here()
	e.sequence(n.kids[0], inner, in)
	e.land(repeat)
	e.add(end)
}

// possessive translates a repeat without a way back.
func (e *emitter) possessive(n *node) {
	slot := e.slot()
	e.add(inst{op: opPossessive, n: slot})
	test := e.add(inst{op: opPossessiveTest, n: slot, full: true, min: n.min, max: n.max})
	e.own(n.kids[0], true)
	e.add(inst{op: opPossessiveEnd, n: slot, x: int32(test)})
	e.land(test)
}

// look translates an assertion.
func (e *emitter) look(n *node, at place) {
	body := n.kids[0]
	if len(body) == 1 && body[0].kind == kindItem && n.n <= 1 {
		it := body[0].item
		b := e.bytesOf(it)
		in := inst{op: opLookByte, not: n.negative, n: int32(n.n), tab: e.table(&b, &byteSet{})}
		if !e.narrow(it) {
			in.op, in.class = opLookWide, e.class(it)
		}
		e.add(in)
		return
	}
	slot := e.slot()
	begin := e.add(inst{op: opLook, n: slot, min: n.n, not: n.negative, full: at.full && n.negative})
	e.own(body, at.full)
	e.add(inst{op: opLookEnd, n: slot, not: n.negative})
	e.land(begin)
}

// finder decides how a search finds candidates.
func (e *emitter) finder() {
	p := e.program
	nodes := e.tree.nodes
	marked := false
	for len(nodes) > 0 && nodes[0].kind == kindMark {
		nodes = nodes[1:]
		marked = true
	}
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
	var text []byte
	for len(nodes) > 0 {
		if nodes[0].kind == kindMark {
			marked = true
		} else if s, ok := e.literal(nodes[0]); ok {
			text = append(text, s...)
		} else {
			break
		}
		nodes = nodes[1:]
	}
	if len(text) > 0 {
		p.find, p.findText, p.findByte = findPlain, string(text), text[0]
		if len(text) == 1 {
			p.find = findChar
		}
		p.whole = !marked && len(nodes) == 0
		return
	}
	f := e.firstOfAll(e.tree.nodes)
	if f.free() {
		return
	}
	p.find, p.findTab = findTable, e.table(&f.bytes, &byteSet{})
	if c, size := f.bytes.only(); size == 1 {
		p.find, p.findByte = findChar, c
	}
}
