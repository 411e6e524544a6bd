package lift

// Collections that are seen by one word only. What a display or a comprehension makes and the next call gets, as in len({x for x in y}), is forgotten when
// that call is over, if the callee is a builtin that does not keep it; then its memory serves the next such collection.

// What the words that make collections know, in x.
const (
	// Own in x of BuildList, SizedList and BuildSet says that but for the words that put items into it, only one word sees the collection: it is likely to
	// come back. It is a hint: what counts is CallOwned, or that Lone is noted.
	Own = 2
	// Lone in x of BuildList, SizedList, BuildSet, and of Slice, Subscr and SubscrK, which may make lists, says that the one word that sees the collection, if it is a new one, is an operator, a StoreSlice or a loop
	// (LoopLone): it is to be noted that it is so. Operators whose result is Fleeting note that, too.
	Lone = 0x40
	// Told in x of Slice, SubscrK and operators says what CallGiven says of calls: the next word, but for a Move of what is called, is a call (CallTold)
	// with nothing else.
	Told = 0x80
	// Spent in x of Subscr and SubscrI, which are never Fleeting, says that what is indexed comes from a call, and that nothing else knows it.
	Spent = 0x20
)

// makesOwn notes that entry p, which the last word has made, is a new collection that nothing else knows.
func (l *lifter) makesOwn(p int) {
	if !l.faithful && !l.shared && p < 64 {
		l.own |= 1 << p
		l.ownUnit[p] = uint32(l.at)
	}
}

// owned reports whether entry i is a collection that nothing else knows.
func (l *lifter) owned(i int) bool { return i >= 0 && i < 64 && l.own>>i&1 != 0 }

// markOwn notes for the word that has made entry i, which is owned, that it is, and maybe that it is Lone.
func (l *lifter) markOwn(i int, lone uint64) {
	for n := len(l.words) - 1; n >= max(0, len(l.words)-maxBetween) && l.origin[n] >= l.ownUnit[i]; n-- {
		if l.origin[n] == l.ownUnit[i] {
			switch Op(l.words[n]) {
			case BuildList, SizedList, BuildSet:
				l.words[n] |= (Own | lone) << 8
				return
			}
		}
	}
}

// tells reports whether an operation may make a collection, and can know that the next word is a call with that alone. Subscr is left out, as it mostly gets
// items, and is fast then.
func tells(op Op) bool {
	switch op {
	case Slice, SubscrK, Add, Sub, And, Or, Xor:
		return true
	}
	return false
}

// markLone notes for the word that makes entry i, if that may be a collection that nothing else knows, that one word sees it.
func (l *lifter) markLone(i int) bool {
	if i < 0 || l.faithful || l.shared {
		return false
	}
	if l.owned(i) {
		l.markOwn(i, Lone)
		return true
	}
	if m := l.soleMaker(i); m >= 0 && slicing[Op(l.words[m])] {
		l.words[m] |= Lone << 8
		return true
	}
	return false
}

// walkLone is markLone for a loop of a comprehension, whose iterator, entry p, a GetIter makes of what the word before it has made.
func (l *lifter) walkLone(iter, p int) {
	if w := l.words[iter]; l.boxed || p >= 64 || iter == 0 || Op(w) != GetIter || fieldX(w)&Sole == 0 || fieldA(l.words[iter-1]) != fieldB(w) {
		return
	}
	if op := Op(l.words[iter-1]); op == BuildList || slicing[op] {
		l.words[iter-1] |= Lone << 8
		l.lone |= 1 << p
	} else if makesLists(op) {
		l.lone |= 1 << p
	}
}

// callMade reports whether entry i comes from a call, and nothing else knows it. If that is one that makes a list, it looks itself what is done with it.
func (l *lifter) callMade(i int) bool {
	if i < 0 || l.faithful || l.shared {
		return false
	}
	m := l.soleMaker(i)
	return m >= 0 && makesLists(Op(l.words[m]))
}

// makesLists reports whether an operation is a call that may make a list as str.split does.
func makesLists(op Op) bool { return op == CallMethod || op == Call || op == CallKw }

// slicing has the operations that may make slices of lists.
var slicing = [256]bool{Slice: true, Subscr: true, SubscrK: true}

// meetOwn notes that control comes to a leader with the lowest entries, kept of them, that there are now.
func (l *lifter) meetOwn(info *unit, kept int) {
	if more := info.own &^ lowest64(l.own, kept); more == 0 {
		return
	} else if info.word != 0 {
		l.mixed = true // too late
	} else {
		info.own &^= more
	}
}
