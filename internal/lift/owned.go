package lift

// Collections that are seen by one word only. What a display or a comprehension makes and the next call gets, as in len({x for x in y}), is forgotten when
// that call is over, if the callee is a builtin that does not keep it; then its memory serves the next such collection.

// Own in x of BuildList, SizedList and BuildSet says that but for the words that put items into it, only one word sees the collection: it is likely to come
// back. It is a hint: what counts is CallOwned.
const Own = 2

// makesOwn notes that entry p, which the last word has made, is a new collection that nothing else knows.
func (l *lifter) makesOwn(p int) {
	if !l.faithful && !l.shared && p < 64 {
		l.own |= 1 << p
		l.ownUnit[p] = uint32(l.at)
	}
}

// owned reports whether entry i is a collection that nothing else knows.
func (l *lifter) owned(i int) bool { return i >= 0 && i < 64 && l.own>>i&1 != 0 }

// markOwn notes for the word that has made entry i, which is owned, that it is.
func (l *lifter) markOwn(i int) {
	for n := len(l.words) - 1; n >= max(0, len(l.words)-maxBetween) && l.origin[n] >= l.ownUnit[i]; n-- {
		if l.origin[n] == l.ownUnit[i] {
			switch Op(l.words[n]) {
			case BuildList, SizedList, BuildSet:
				l.words[n] |= Own << 8
				return
			}
		}
	}
}

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
