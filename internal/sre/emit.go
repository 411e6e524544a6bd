package sre

// emitter translates a tree to a program.
type emitter struct {
	tree    *tree
	wide    bool
	program *program
	firsts  []first
	known   []bool
	bytes   map[*item]byteSet
	classes map[*item]*class
	tables  map[table]*table
	words   map[uint32]*item
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
		tables:  map[table]*table{},
		words:   map[uint32]*item{},
	}
	e.sequence(t.nodes, unknown, place{})
	e.add(inst{op: opAccept})
	e.finder()
	for i := range e.program.code {
		if in := &e.program.code[i]; in.op == opMark {
			in.full = e.program.loops
		}
	}
	e.add(inst{op: opBottom})
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

// table returns the table with bit 0 for a and bit 1 for b.
func (e *emitter) table(a, b *first) *table {
	var t table
	for i := range 256 {
		if a.bytes.has(byte(i)) {
			t[i] |= bitItem
		}
		if b.bytes.has(byte(i)) {
			t[i] |= bitRest
		}
	}
	if a.end {
		t[256] |= bitItem
	}
	if b.end {
		t[256] |= bitRest
	}
	return e.intern(t)
}

// intern returns the one table that is t.
func (e *emitter) intern(t table) *table {
	p := e.tables[t]
	if p == nil {
		p = &t
		e.tables[t] = p
	}
	return p
}

// itemTable returns the table of the bytes of an item.
func (e *emitter) itemTable(it *item) *table {
	return e.table(&first{bytes: e.bytesOf(it)}, &first{})
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
		n := nodes[i]
		if k := e.text(nodes[i:]); k > 0 {
			i += k - 1
			continue
		}
		if n.kind == kindRun {
			e.run(n, nodes[i+1:], rests[i+1], at)
			continue
		}
		e.one(n, rests[i+1], at)
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

// literals returns the text that the first of nodes are, and how many they are.
func (e *emitter) literals(nodes []*node) (string, int) {
	var text []byte
	k := 0
	for ; k < len(nodes); k++ {
		s, ok := e.literal(nodes[k])
		if !ok {
			break
		}
		text = append(text, s...)
	}
	return string(text), k
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
	s, k := e.literals(nodes)
	if len(s) > 1 {
		e.add(inst{op: opString, text: &s})
		return k
	}
	var text []byte
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
		s = string(text)
		e.add(inst{op: opFold, text: &s})
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
	if !e.narrow(it) {
		if it.code == codeAnyAll {
			e.add(inst{op: opAnyWide})
		} else {
			e.add(inst{op: opClass, tab: e.itemTable(it), class: e.class(it)})
		}
		return
	}
	b := e.bytesOf(it)
	inverse := b.inverse()
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
		e.add(inst{op: opTable, tab: e.itemTable(it)})
	}
}

// word returns an item for the characters of words in the sense of an AT.
func (e *emitter) word(at int) *item {
	cat := uint32(catWord)
	if at == atUniBoundary || at == atUniNonBoundary {
		cat = catUniWord
	}
	it := e.words[cat]
	if it == nil {
		it = &item{code: codeCategory, arg: cat}
		it.high = it.findHigh()
		e.words[cat] = it
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
		it := e.word(at)
		in := inst{op: opBoundary, tab: e.itemTable(it)}
		in.not = at == atNonBoundary || at == atLocNonBoundary || at == atUniNonBoundary
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
		firsts[i] = e.firstOfAll(kid).then(&rest)
		e.sequence(kid, rest, at)
		if i < len(n.kids)-1 {
			jumps = append(jumps, e.add(inst{op: opJump}))
		}
	}
	for _, i := range jumps {
		e.land(i)
	}
	w := &ways{}
	e.program.code[branch].branch = w
	seen := map[string]int32{}
	key := make([]byte, 0, 64)
	for c := range w.by {
		key = key[:0]
		for i := range firsts {
			f := &firsts[i]
			if f.free() || c < 256 && f.bytes.has(byte(c)) || c == 256 && f.end {
				key = append(key, byte(i), byte(i>>8), byte(i>>16), byte(i>>24))
			}
		}
		list, ok := seen[string(key)]
		if !ok {
			list = int32(len(w.targets))
			seen[string(key)] = list
			for k := 0; k < len(key); k += 4 {
				i := int(key[k]) | int(key[k+1])<<8 | int(key[k+2])<<16 | int(key[k+3])<<24
				w.targets = append(w.targets, starts[i])
			}
			w.targets = append(w.targets, -1)
		}
		w.by[c] = list
	}
}

// look translates an assertion.
func (e *emitter) look(n *node, at place) {
	body := n.kids[0]
	if len(body) == 1 && body[0].kind == kindItem && n.n <= 1 {
		it := body[0].item
		in := inst{op: opLookByte, not: n.negative, n: int32(n.n), tab: e.itemTable(it)}
		if !e.narrow(it) {
			in.op, in.class = opLookWide, e.class(it)
		}
		e.add(in)
		return
	}
	if s, k := e.literals(body); k > 0 && k == len(body) && (n.n == 0 || n.n == k) {
		in := inst{op: opLookText, not: n.negative, text: &s}
		if n.n > 0 {
			in.n = int32(len(s))
		}
		e.add(in)
		return
	}
	slot := e.slot()
	begin := e.add(inst{op: opLook, n: slot, min: uint32(n.n), not: n.negative, full: at.full && n.negative})
	e.own(body, at.full)
	e.add(inst{op: opLookEnd, n: slot, not: n.negative})
	e.land(begin)
}
