package sre

// run translates a repeated item, behind which stand nodes of which rest says where they can match.
func (e *emitter) run(n *node, behind []*node, rest first, at place) {
	it := n.item
	accepted := e.bytesOf(it)
	in := inst{full: at.full, min: n.min, max: n.max}
	narrow := e.narrow(it)

	switch {
	case n.mode == possessive || n.max != noLimit && uint64(n.min) == uint64(n.max):
		in.op, in.only, in.free = opTake, true, true
	case n.mode == lazy:
		in.op = opLazy
	default:
		in.op = opRun
	}
	if in.op != opTake {
		in.free = rest.free()
		in.only = !in.free && !accepted.meets(&rest.bytes)
		if n.mode == greedy && n.min > 0 && e.endsWord(it, behind) {
			in.only = true
		}
	}

	b := accepted
	if !narrow {
		in.op++ // opTakeWide and so on
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
		inverse := b.inverse()
		switch c, size := inverse.only(); size {
		case 0:
			in.shape = shapeAll
		case 1:
			in.shape, in.c = shapeNotByte, c
		}
	}
	in.tab = e.table(&first{bytes: b}, &rest)
	e.add(in)
}

// endsWord reports whether the run of an item goes on where a word must end, in nodes behind it, so
// that it must be as long as it can.
func (e *emitter) endsWord(it *item, behind []*node) bool {
	for len(behind) > 0 && behind[0].kind == kindMark && !e.tree.openRef {
		behind = behind[1:]
	}
	if len(behind) == 0 || behind[0].kind != kindAt {
		return false
	}
	switch behind[0].n {
	case atBoundary, atLocBoundary, atUniBoundary:
	default:
		return false
	}
	word := e.word(behind[0].n)
	for c := range uint32(0x100) {
		if (c < 0x80 || !e.wide) && it.accepts(c) && !word.accepts(c) {
			return false
		}
	}
	if e.narrow(it) {
		return true
	}
	// All characters of the item must be known to belong to words.
	return word.arg == catUniWord && it.code == codeIn && len(it.set) == 2 && it.set[0] == codeCategory &&
		(it.set[1] == catUniWord || it.set[1] == catUniDigit)
}

// loop translates a repeat that can be backtracked into.
func (e *emitter) loop(n *node, rest first, at place) {
	body := e.firstOfAll(n.kids[0])
	end := inst{full: true, free: rest.free(), bodyFree: body.free(), min: n.min, max: n.max}
	end.tab = e.table(&body, &rest)
	inner := body.or(&rest)
	inner.open = rest.open
	in := place{full: true, accept: at.accept}

	if n.max == noLimit && n.min <= 1 && moves(n.kids[0]) {
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
