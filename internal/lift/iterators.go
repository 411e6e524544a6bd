package lift

// What a loop walks along. A list, a tuple, a set or a range that is iterated over by a for statement or a comprehension needs no iterator, if nobody sees it: the
// place of the iterator has the list itself, and how far the loop is in the payload, which objects do not use. GetIter does so if its x has Walks.
//
// GET_ITER before FOR_ITER begins such a loop. Its entry of the stack may be dropped, swapped with others and stepped. If an instruction takes it for
// anything else, or control comes to a place in two ways and it is an iterator in one of them only, as in no code that CPython's compiler
// writes, the whole code is lifted again without such entries.

// What GetIter knows, in x.
const (
	// Walks says that a loop is all that its result is for.
	Walks = 1
	// Sole says that what it iterates over has been made by the word before, and is nowhere else.
	Sole = 2
	// Given says that what it makes is the only argument of a generator expression, called right where it stands, and that nothing else knows it.
	Given = 4
)

// LoopLone in x of DropIter says that the loop is over what may have been noted as Lone, and that it may have come to its end.
const LoopLone = 1

// beginsLoop reports whether the instruction behind the one at hand is FOR_ITER.
func (l *lifter) beginsLoop() bool {
	r, _, _ := l.look(l.next)
	return r.do == forIter
}

// walk makes the last word, a GetIter whose result is entry p, one that makes no iterator of a list, a tuple, a set or a range.
func (l *lifter) walk(p int) { l.walkBy(len(l.words)-1, p) }

// walkBy is walk for another word.
func (l *lifter) walkBy(word, p int) {
	if !l.boxed && p < 64 {
		l.words[word] |= Walks << 8
		l.iters |= 1 << p
		l.called &^= 1 << p
		l.lone &^= 1 << p
		if w := l.words[word]; Op(w) != GetIter || fieldX(w)&Sole != 0 {
			l.called |= 1 << p
		}
	}
}

// leaveLoop emits the word that leaves a loop before its end, if what the loop walks along may be a generator that nothing else knows: one that a call gives.
// Python ends such a generator there.
func (l *lifter) leaveLoop() {
	p := len(l.stack) - 1
	if l.faithful || p >= 64 || l.iters&(l.called|l.lone)>>p&1 == 0 || l.stack[p].kind != inSlot {
		return
	}
	var known uint8
	if l.lone>>p&1 != 0 {
		known = LoopLone
	} else if at := l.at - 1; at >= 0 && rules[l.text[2*at]].do == popEnd {
		return // it has come to its end
	}
	l.emit(MakeWord(DropIter, known, uint16(l.stack[p].v)*RegSize, 0, 0))
}

// observe notes that n entries from i on are used.
func (l *lifter) observe(i, n int) {
	if lowest64(l.iters, i+n)>>i != 0 {
		l.observed = true
	}
	l.own &^= lowest64(l.own, i+n) >> i << i
	if len(l.parts) > 0 {
		l.forgetParts(i, n)
	}
}

func (l *lifter) swapIters(i, j int) {
	if len(l.parts) > 0 {
		l.forgetParts(i, 1)
		l.forgetParts(j, 1)
	}
	a, b := l.iters>>i&1, l.iters>>j&1
	if i < 64 && j < 64 {
		l.iters = l.iters&^(1<<i|1<<j) | b<<i | a<<j
		a, b = l.called>>i&1, l.called>>j&1
		l.called = l.called&^(1<<i|1<<j) | b<<i | a<<j
		a, b = l.lone>>i&1, l.lone>>j&1
		l.lone = l.lone&^(1<<i|1<<j) | b<<i | a<<j
		a, b = l.own>>i&1, l.own>>j&1
		l.own = l.own&^(1<<i|1<<j) | b<<i | a<<j
		l.ownUnit[i], l.ownUnit[j] = l.ownUnit[j], l.ownUnit[i]
	} else {
		l.observed = l.observed || a|b != 0
		l.own = lowest64(l.own, min(i, j))
	}
}

// lowest64 returns the lowest n bits of x, all if there are more.
func lowest64(x uint64, n int) uint64 {
	if n >= 64 {
		return x
	}
	return x & (1<<n - 1)
}
