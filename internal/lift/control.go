package lift

// control lifts the instructions that change the course of control.
func (l *lifter) control(r *rule, arg int) {
	switch r.do {
	case returnValue:
		l.returnValue()
	case jumpForward:
		l.jump(Jump, l.next+arg)
	case jumpQuietly:
		l.jump(JumpBack, l.next-arg)
		if n := len(l.words) - 1; n >= 0 && Op(l.words[n]) == JumpBack {
			l.words[n] |= 1 << 8
		}
	case jumpBack:
		l.jumpBack(l.next - arg)
	case jumpIf:
		if l.need(1) {
			l.flush(len(l.stack) - 1)
			if l.ready(1) {
				l.effect(1, MakeWord(r.op, 0, l.reg(len(l.stack)-1, 0), 0, 0))
				l.jumpTo(l.next + arg)
			}
		}
	case forIter:
		if l.has(1) {
			n := len(l.stack)
			l.flush(n)
			l.guard()
			l.emit(MakeWord(ForIter, 0, l.placeReg(n), l.placeReg(n-1), 0))
			l.jumpTo(l.next + arg + 1)
			l.pushResult()
		}
	case returnGen:
		l.flush(len(l.stack))
		l.zero(MakeWord(ReturnGen, 0, l.placeReg(len(l.stack)), 0, 0))
	case yieldValue:
		if l.need(1) {
			p := len(l.stack) - 1
			l.flush(p)
			if arg&1 != 0 {
				l.place(p)
			}
			if l.ready(1) {
				l.markHanded()
				l.result(1, MakeWord(Yield, uint8(arg), l.placeReg(p), l.reg(p, 0), 0))
			}
		}
	case send:
		if l.need(2) {
			n := len(l.stack)
			l.flush(n)
			l.guard()
			l.emit(MakeWord(Send, l.pure(arg), l.placeReg(n-2), 0, 0))
			l.jumpTo(l.next + arg)
		}
	case endSend:
		if l.need(2) {
			p := len(l.stack) - 2
			l.set(p, l.stack[p+1])
			l.drop(1)
		}
	case endAsyncFor:
		if l.ready(2) {
			p := len(l.stack) - 2
			a, b := l.reg(p, 0), l.reg(p+1, 1)
			l.effect(2, MakeWord(EndAsyncFor, 0, a, b, 0))
		}
	case cleanupThrow:
		if l.group(3) {
			p := len(l.stack) - 3
			l.evict(l.base+p+1, p)
			l.emit(MakeWord(CleanupThrow, 0, l.placeReg(p), 0, 0))
			l.drop(1)
		}
	case pushExc:
		if l.group(1) {
			p := len(l.stack) - 1
			l.evict(l.base+p+1, p)
			l.emit(MakeWord(PushExc, l.dropsNext(), l.placeReg(p), 0, 0))
			l.pushPlace()
		}
	case popExcept:
		if l.ready(1) {
			l.effect(1, MakeWord(PopExcept, 0, l.reg(len(l.stack)-1, 0), 0, 0))
		}
	case reraise:
		l.reraise(arg)
	case raise:
		l.raise(arg)
	case withExcept:
		if l.group(5) {
			p := len(l.stack) - 5
			l.evict(l.base+p+5, p)
			l.result(0, MakeWord(WithExceptStart, 0, l.placeReg(p+5), l.placeReg(p), 0))
		}
	case matchClass:
		if l.group(3) {
			p := len(l.stack) - 3
			l.result(3, MakeWord(MatchClass, 0, l.placeReg(p), l.placeReg(p), uint16(arg)))
		}
	default:
		l.fail()
	}
}

// dropsNext returns field x of a word that begins a handler, or sees whether a clause catches: 1 if the instruction behind takes the exception off the
// stack, as where a clause does not name it.
func (l *lifter) dropsNext() uint8 {
	r, _, next := l.following()
	if r.do == nothing {
		r, _, _ = l.peek(next)
	}
	if r.do == pop {
		return 1
	}
	return 0
}

// pure returns field x of a Send: 1 if the instruction is part of yield from or await as the compiler makes them. Then nothing but the
// frame's own Yield knows the receiver, and it is dropped where the jump leads, which is arg units on.
func (l *lifter) pure(arg int) uint8 {
	y, one, next := l.following()
	if y.do != yieldValue || one != 1 {
		return 0
	}
	r, _, next := l.peek(next)
	back, distance, end := l.peek(next)
	if r.do != resume || back.do != jumpQuietly || end-distance != l.at || l.next+arg >= l.n || rules[l.text[2*(l.next+arg)]].do != endSend {
		return 0
	}
	return 1
}

func (l *lifter) returnValue() {
	if !l.need(1) {
		return
	}
	p := len(l.stack) - 1
	switch e := l.stack[p]; {
	case l.faithful || e.kind == inSlot || e.kind == isNull || e.kind == isCommon:
		l.operand(p)
		l.markHanded()
		l.emit(MakeWord(Return, 0, l.reg(p, 0), 0, 0))
	case e.kind == isConst:
		l.emit(wide(ReturnK, 0, 0, uint32(e.v)*RegSize))
	case e.kind == isInt:
		l.emit(wide(ReturnInt, 0, 0, uint32(e.v)))
	}
	l.die()
}

func (l *lifter) reraise(arg int) {
	if !l.need(arg + 1) {
		return
	}
	p := len(l.stack) - 1
	l.operand(p)
	if arg > 0 {
		l.operand(p - arg)
	}
	l.guard()
	w := MakeWord(Reraise, 0, l.reg(p, 0), 0, 0)
	if arg > 0 {
		w |= uint64(l.reg(p-arg, 1))<<32 | 1<<8
	}
	l.emit(w)
	l.die()
}

func (l *lifter) raise(arg int) {
	if arg > 2 || !l.ready(arg) {
		l.fail()
		return
	}
	p := len(l.stack) - arg
	var a, b uint16
	if arg > 0 {
		a = l.reg(p, 0)
	}
	if arg > 1 {
		b = l.reg(p+1, 1)
	}
	l.emit(MakeWord(Raise, uint8(arg), a, b, 0))
	l.die()
}

// jump emits an unconditional jump.
func (l *lifter) jump(op Op, target int) {
	l.flush(len(l.stack))
	l.guard()
	l.emit(MakeWord(op, 0, 0, 0, 0))
	l.jumpTo(target)
	l.die()
}

// maxHead is how many words of a loop's head are repeated at its end.
const maxHead = 4

// jumpBack emits the end of a loop.
func (l *lifter) jumpBack(target int) {
	l.flush(len(l.stack))
	l.guard()
	if info := &l.units[target]; info.word != 0 && !l.faithful {
		if l.setDepth(target, len(l.stack), len(l.stack)) && l.loopEnd(int(info.word)-1) {
			return
		}
	}
	l.jump(JumpBack, target)
}

// loopEnd emits a copy of the words at the head of the loop, up to the branch
// that leaves it, as a branch that goes on with it.
func (l *lifter) loopEnd(head int) bool {
	k := head
	for ; ; k++ {
		if k == len(l.words) || k == head+maxHead {
			return false
		}
		op := Op(l.words[k])
		if op == ForIter && k == head || loops[op] != Nop {
			break
		}
		if opFlags[op]&(Jumps|Ends) != 0 || op == Yield {
			return false
		}
	}
	exit := l.fixupOf(k)
	if exit == nil || exit.toWord || exit.target <= l.at {
		return false
	}
	leave := exit.target
	if k > head {
		l.copies = append(l.copies, copied{head, len(l.words), k - head})
	}
	at := l.at
	for i := head; i < k; i++ {
		l.at = int(l.origin[i])
		l.emit(l.words[i])
	}
	l.at = int(l.origin[k])
	w := l.words[k]
	op := ForIterBack
	if Op(w) != ForIter {
		op = loops[Op(w)]
	}
	l.emit(w&^0xff | uint64(op))
	l.fixups = append(l.fixups, fixup{word: len(l.words) - 1, target: k + 1, toWord: true})
	l.at = at
	l.emit(MakeWord(Jump, 0, 0, 0, 0))
	l.fix(leave)
	l.die()
	return true
}

// fixupOf returns the fixup of a word.
func (l *lifter) fixupOf(word int) *fixup {
	i := lowest(len(l.fixups), func(i int) bool { return l.fixups[i].word >= word })
	if i < len(l.fixups) && l.fixups[i].word == word {
		return &l.fixups[i]
	}
	return nil
}
