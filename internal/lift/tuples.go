package lift

// What the word that makes a tuple knows of its use, in x. No other register has the tuple.
const (
	// TupleCompared says that it is compared with another such tuple, and not used otherwise.
	TupleCompared = 1
	// TupleCalled says that it is the only argument of the call that is the next word.
	TupleCalled = 2
	// TupleKey says that it is what the next word looks for in something. Slices know that, too.
	TupleKey = 3
	// TupleHanded says that the next word returns or yields it.
	TupleHanded = 4
	// TupleSearched says that the next word looks for something in it.
	TupleSearched = 5
	// TupleSecond says that it is the second of two arguments of the call that is the next word, as in isinstance(x, (A, B)).
	TupleSecond = 6
)

// What Unpack2, UnpackTo and Unpack know, in x, of the register that they take apart: nothing else has what is there.
const (
	// UnpackLooped says that the ForIter before has put it there.
	UnpackLooped = 1
	// UnpackSole says that some other word has.
	UnpackSole = 2
)

// markCompared notes for the words that make the top two entries, if both are tuples made for the comparison that takes them, that this is so.
func (l *lifter) markCompared() {
	p := len(l.stack) - 2
	if l.faithful || !l.alone(p) || !l.alone(p+1) {
		return
	}
	right := l.tupleWord(l.base+p+1, len(l.words))
	left := l.tupleWord(l.base+p, right)
	if left < 0 {
		return
	}
	if l.caught(p, left) {
		return
	}
	l.words[left] |= TupleCompared << 8
	l.words[right] |= TupleCompared << 8
}

// alone reports whether entry i is in its place, and no other stands for that.
func (l *lifter) alone(i int) bool { return l.inPlace(i) && l.refs[l.base+i] == 0 }

// caught reports whether a handler may find entry i, which a word has made in this block, on the stack.
func (l *lifter) caught(i, word int) bool {
	for _, e := range l.entries {
		if e.Depth > i && e.Start <= l.here && e.End > int(l.origin[word]) {
			return true
		}
	}
	return false
}

// maxBetween is how many words there may be between one that makes something and another that uses it, so that looking for it takes no long time.
const maxBetween = 256

// maker returns the word before a given one that puts its result in a slot which, in the same block, no other touches meanwhile; -1: there is none.
func (l *lifter) maker(slot, before int) int {
	begin := max(int(l.points[len(l.points)-1].Word), before-maxBetween)
	for i := before - 1; i >= begin; i-- {
		w := l.words[i]
		row := &opTable[Op(w)]
		if row.Flags&Jumps != 0 {
			break
		}
		if row.A == Dest && int(fieldA(w)) == slot*RegSize {
			return i
		}
		if touches(w, slot) {
			break
		}
	}
	return -1
}

// tupleWord is maker for words that make tuples or slices.
func (l *lifter) tupleWord(slot, before int) int {
	if i := l.maker(slot, before); i >= 0 {
		switch Op(l.words[i]) {
		case Tuple2, BuildTuple, BuildSlice:
			return i
		}
	}
	return -1
}

// markNext notes for the last word, if it makes the tuple in a slot, what the next word uses it for.
func (l *lifter) markNext(slot int, use uint64) {
	if n := len(l.words) - 1; n >= 0 && !l.faithful && l.tupleWord(slot, n+1) == n {
		l.words[n] |= use << 8
	}
}

// BuiltForTuple in x of BuildList says that nothing but the loop behind, which appends to the list, and the word that makes a tuple of it gets the list:
// so the compiler does tuple(x for x in y).
const BuiltForTuple = 1

// fillsTuple reports whether the loop whose FOR_ITER is next appends all items to the list below the iterator, and makes a tuple of that then.
func (l *lifter) fillsTuple() bool {
	_, _, next := l.look(l.next)
	r, arg, next := l.look(next)
	if r.do != appendTo || r.op != ListAppend || arg != 2 {
		return false
	}
	if r, arg, next = l.look(next); r.do != jumpBack || next-arg != l.next {
		return false
	}
	if r, _, next = l.look(next); r.do != popEnd {
		return false
	}
	if r, _, next = l.look(next); r.do != pop {
		return false
	}
	r, arg, _ = l.look(next)
	return r.do == unaryArg && r.op == Intrinsic1 && arg == listToTuple
}

// listToTuple is the number of the intrinsic function that does that.
const listToTuple = 6

// markBuilt notes for the word that makes entry i, if that is an empty list, that it is made for a tuple.
func (l *lifter) markBuilt(i int) {
	if m := l.soleMaker(i); m >= 0 && Op(l.words[m]) == BuildList && fieldC(l.words[m]) == 0 {
		l.words[m] |= BuiltForTuple << 8
	}
}

// markHanded is markNext for the top entry, if the next word, which returns or yields it, is all that uses it.
func (l *lifter) markHanded() {
	if p := len(l.stack) - 1; l.alone(p) {
		l.markNext(l.base+p, TupleHanded)
	}
}

// markKey is markNext for entry i, if that is the key that the next word looks for, and nothing else.
func (l *lifter) markKey(i int) {
	if l.alone(i) {
		l.markNext(l.base+i, TupleKey)
	}
}

// markSearched is markNext for entry i, if the next word looks for something in that, and nothing else uses it.
func (l *lifter) markSearched(i int) {
	if l.alone(i) {
		l.markNext(l.base+i, TupleSearched)
	}
}

// firstPlaced puts the first of two arguments into its place before the word that makes the second, a tuple that begins at entry p: so that word can be the
// one before the call.
func (l *lifter) firstPlaced(p int) {
	if l.faithful || p < 3 || l.stack[p-2].kind != isNull {
		return
	}
	if r, arg, _ := l.following(); r.do == call && arg == 2 {
		l.place(p - 1)
	}
}
