package lift

import "github.com/krait-py/krait/code"

// The compiler begins some statements in ways that shuffle the stack. Here
// values are made where they will be wanted.

// fresh reports whether the top of the stack is in place, has just been made
// by the last word, which can make it elsewhere as well, and nobody stands for its
// place or the n places behind.
func (l *lifter) fresh(n int) bool {
	top := len(l.stack) - 1
	if top < 0 || l.faithful || l.def < 0 || l.def != len(l.words)-1 || !l.inPlace(top) || top+n >= l.limit {
		return false
	}
	for i := range n + 1 {
		if l.refs[l.base+top+i] != 0 {
			return false
		}
	}
	w := l.words[l.def]
	return movable[Op(w)] && Op(w) != Unpack2 && Op(w) != Into && Op(w) != Yield && fieldA(w) == l.placeReg(top)
}

// redirect makes the last word put its result in another register.
func (l *lifter) redirect(reg uint16) {
	l.words[l.def] = l.words[l.def]&^(0xffff<<16) | uint64(reg)<<16
	l.overlook(l.def)
}

// overlook notes that the last word, n, does what another instruction does, too: the state behind it is another one.
func (l *lifter) overlook(n int) {
	if l.watch == n+1 && !l.resumed {
		l.seen = false
	}
}

// relocate notes for Locate what redirect has changed.
func (l *lifter) relocate() {
	if len(l.words) == l.watch && !l.seen {
		l.locate()
	}
}

// comprehension lifts the beginning of a comprehension that is part of its
// function: LOAD_FAST_AND_CLEAR of v and maybe more variables behind GET_ITER,
// SWAP, the empty collection, SWAP 2.
func (l *lifter) comprehension(v int) bool {
	if l.faithful || len(l.stack) == 0 {
		return false
	}
	n := 1
	r, arg, next := l.following()
	for r.do == loadClear {
		n++
		r, arg, next = l.peek(next)
	}
	if r.do != swapEntries || arg != n+1 {
		return false
	}
	collection, count, behind := l.peek(next)
	last, depth, end := l.peek(behind)
	if collection.do != build && collection.do != buildMap || count != 0 || last.do != swapEntries || depth != 2 || !l.fresh(n+1) {
		return false
	}
	p := len(l.stack) - 1
	loop := Op(l.words[l.def]) == GetIter
	iter := l.def
	l.redirect(l.placeReg(p + n + 1))
	l.set(p, entry{inSlot, int32(l.base + p + n + 1)})
	l.relocate()
	l.drop(1)
	for i := 1; i <= n; i++ {
		// The last one goes where the iterator was.
		if !l.local(v) {
			return true
		}
		l.clearTo(l.placeReg(p+i%n), v)
		if i < n {
			r, v, l.next = l.peek(l.next)
			l.at = l.next - 1 - int(r.caches)
		}
	}
	for range n {
		l.pushPlace()
	}
	op := collection.op
	if collection.do == buildMap {
		op = BuildMap
	}
	from := l.placeReg(p + n)
	if op == BuildList && l.steady(end) {
		op, from = SizedList, from+RegSize
	}
	l.at = behind - 1 - int(collection.caches)
	l.emit(MakeWord(op, 0, l.placeReg(p+n), from, 0))
	l.pushPlace()
	if op != BuildMap {
		l.makesOwn(p + n)
	}
	l.pushPlace()
	if r, _, _ := l.look(end); loop && r.do == forIter {
		l.walkBy(iter, p+n+1)
		l.walkLone(iter, p+n+1)
	}
	l.next = end
	return true
}

// maxLoops is how many loops of a comprehension ListAppend, SetAdd and MapAdd look at.
const maxLoops = 3

// steady reports whether the loop whose FOR_ITER is at unit u appends an item to a list for each that it gets. Inner comprehensions, which have loops and
// appends of their own, are passed over.
func (l *lifter) steady(u int) bool {
	loop, inner := false, false
	for arg := 0; u < l.n; {
		r := &rules[l.text[2*u]]
		arg = arg<<8 | int(l.text[2*u+1])
		u += 1 + int(r.caches)
		if r.do == extend {
			continue
		}
		switch {
		case r.do == loadClear:
			inner = true
		case r.do == forIter && inner:
			inner = false
			u += arg
		case r.do == forIter && !loop:
			loop = true
		case r.op == ListAppend:
			return loop
		case r.jump != 0 || r.ends:
			return false
		}
		arg = 0
	}
	return false
}

// withExit lifts the beginning of a with statement: COPY of the context manager,
// LOAD_SPECIAL for its exit function and self, SWAP 2 and SWAP 3 to bring them below
// the manager.
func (l *lifter) withExit() bool {
	r, special, next := l.following()
	if r.do != loadSpecial {
		return false
	}
	at := next - 1 - int(r.caches)
	first, two, next := l.peek(next)
	second, three, next := l.peek(next)
	if first.do != swapEntries || two != 2 || second.do != swapEntries || three != 3 {
		return false
	}
	q := len(l.stack) - 1
	if l.stack[q].kind != inSlot {
		return false
	}
	// From here on the instruction is LOAD_SPECIAL, unless it fails to be.
	copying := l.at
	l.at, l.silent = at, false
	l.findRange()
	l.guard()
	if q+2 >= l.limit || l.refs[l.base+q] != 0 || l.refs[l.base+q+1] != 0 || l.refs[l.base+q+2] != 0 ||
		l.entry >= 0 && l.entries[l.entry].Depth > q {
		l.at, l.silent = copying, true
		l.findRange()
		return false
	}
	manager := l.stack[q]
	if l.inPlace(q) {
		if l.fresh(2) {
			l.redirect(l.placeReg(q + 2))
		} else {
			l.emit(MakeWord(Move, 0, l.placeReg(q+2), l.placeReg(q), 0))
		}
		l.set(q, entry{inSlot, int32(l.base + q + 2)})
		l.relocate()
		manager = l.stack[q]
	}
	l.emit(MakeWord(LoadSpecial, uint8(special), l.placeReg(q), l.reg(q, 0), l.cache(LoadSpecial, special)))
	l.drop(1)
	l.pushPlace()
	l.pushPlace()
	l.push(manager)
	l.def = -1
	l.next = next
	return true
}

// closure lifts the making of a function that has a closure: BUILD_TUPLE of n cells, LOAD_CONST of its code, MAKE_FUNCTION, and
// SET_FUNCTION_ATTRIBUTE.
func (l *lifter) closure(n int) bool {
	k, arg, next := l.following()
	if n < 1 || n > 255 || k.do != pushConst || arg > maxSlot || arg >= l.o.Consts.Len() {
		return false
	}
	if _, ok := l.o.Consts.Items[arg].(*code.Object); !ok {
		return false
	}
	function, _, next := l.peek(next)
	attr, which, end := l.peek(next)
	if function.op != MakeFunction || attr.do != setFuncAttr || which != closureAttr || !l.has(n) {
		return false
	}
	p := len(l.stack) - n
	var from uint16
	if n == 1 {
		if !l.ready(1) {
			return true
		}
		from = l.reg(p, 0)
	} else {
		if !l.group(n) {
			return true
		}
		from = l.placeReg(p)
	}
	l.result(n, MakeWord(MakeClosure, uint8(n), l.placeReg(p), uint16(arg*RegSize), from))
	l.next = end
	return true
}

// closureAttr is the oparg of SET_FUNCTION_ATTRIBUTE for the closure.
const closureAttr = 8
