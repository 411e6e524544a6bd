package lift

import "github.com/krait-py/krait/code"

// constInt returns constant i if it is an int.
func (l *lifter) constInt(i int) (int64, bool) {
	if v, ok := l.o.Consts.Items[i].(*code.Int); ok && v.Big == nil {
		return v.V, true
	}
	return 0, false
}

func (l *lifter) binaryOp(arg int) {
	p := len(l.stack) - 2
	if arg < len(ariths) && ariths[arg].op != Subscr {
		l.markLone(p)
		l.markLone(p + 1)
	}
	if arg >= len(ariths) || !l.need(2) {
		l.fail()
		return
	}
	a := &ariths[arg]
	to, x := l.placeReg(p), uint8(arg)
	if a.op == Binary {
		l.twoInOne(Binary, x)
		return
	}
	if a.op != Subscr {
		l.markFleeting(p)
		l.markFleeting(p + 1)
	} else if l.callMade(p) {
		x |= Spent
	}
	imm, ok := l.imm(p + 1)
	if ok && a.right != Nop {
		l.oneInOne(p)
		l.result(2, MakeWord(a.right, x, to, l.reg(p, 0), imm))
		return
	}
	if k, ok := l.konst(p + 1); ok && a.konst != Nop {
		l.oneInOne(p)
		l.result(2, MakeWord(a.konst, x, to, l.reg(p, 0), k))
		return
	}
	if imm, ok := l.imm(p); ok && a.left != Nop {
		l.oneInOne(p + 1)
		l.result(2, MakeWord(a.left, x|reversed, to, l.reg(p+1, 0), imm))
		return
	}
	l.twoInOne(a.op, x)
}

// markFleeting notes for the word that makes entry i, if that is an operator or BuildString and nobody else may see its result, that an operator takes it.
func (l *lifter) markFleeting(i int) {
	if l.faithful || !l.alone(i) {
		return
	}
	if n := l.maker(l.base+i, len(l.words)); n >= 0 && makesFleeting[Op(l.words[n])] && !l.caught(i, n) {
		l.words[n] |= Fleeting << 8
	}
}

// makesFleeting says which operations are operators of numbers and texts, or make a text anew.
var makesFleeting = func() (m [256]bool) {
	for i := range ariths {
		if a := &ariths[i]; a.op != Binary && a.op != Subscr {
			m[a.op], m[a.right], m[a.left], m[a.konst] = true, true, true, true
		}
	}
	m[Nop] = false
	m[BuildString] = true
	return m
}()

// oneInOne is ready for a word with two operands, one of them, i, in a
// register.
func (l *lifter) oneInOne(i int) {
	p := len(l.stack) - 2
	l.operand(i)
	l.guard()
	l.evict(l.base+p, p)
}

// twoInOne emits the word of a binary operation.
func (l *lifter) twoInOne(op Op, x uint8) {
	if l.ready(2) {
		p := len(l.stack) - 2
		if op == Subscr {
			l.markKey(p + 1)
		}
		b, c := l.reg(p, 0), l.reg(p+1, 1)
		l.result(2, MakeWord(op, x, l.placeReg(p), b, c))
	}
}

// branch looks whether the next instruction is a conditional jump that takes
// the result of this one. If so it becomes part of this one, and the entries
// below the top n are put in their places.
func (l *lifter) branch(n int) (target int, onTrue, ok bool) {
	r, arg, next := l.following()
	if r.do != jumpIf || r.op != JumpTrue && r.op != JumpFalse {
		return 0, false, false
	}
	target = next + arg
	l.next = next
	l.flush(len(l.stack) - n)
	return target, r.op == JumpTrue, true
}

// jumpTo ends an instruction whose last word jumps.
func (l *lifter) jumpTo(target int) {
	if !l.setDepth(target, len(l.stack), len(l.stack)) {
		target = l.n // where a Trap will be
	}
	l.fix(target)
}

func (b branches) pick(yes bool) Op {
	if yes {
		return b.yes
	}
	return b.no
}

func (l *lifter) compare(arg int) {
	if arg>>5 >= len(compares) || !l.need(2) {
		l.fail()
		return
	}
	l.markCompared()
	c := &compares[arg>>5]
	p := len(l.stack) - 2
	x := uint8(arg >> 4 & 1)
	if x == 1 {
		if target, yes, ok := l.branch(2); ok {
			imm, isImm := l.imm(p + 1)
			k, isK := l.konst(p + 1)
			isK = isK && c.k.yes != Nop
			l.operand(p)
			if !isImm && !isK {
				l.operand(p + 1)
			}
			l.guard()
			a := l.reg(p, 0)
			switch {
			case isImm:
				l.effect(2, MakeWord(c.imm.pick(yes), 0, a, imm, 0))
			case isK:
				l.effect(2, MakeWord(c.k.pick(yes), 0, a, k, 0))
			default:
				l.effect(2, MakeWord(c.reg.pick(yes), 0, a, l.reg(p+1, 1), 0))
			}
			l.jumpTo(target)
			return
		}
	}
	l.twoInOne(c.op, x)
}

func (l *lifter) isOp(arg int) {
	if !l.need(2) {
		return
	}
	if target, yes, ok := l.branch(2); ok {
		if l.ready(2) {
			p := len(l.stack) - 2
			a, b := l.reg(p, 0), l.reg(p+1, 1)
			l.effect(2, MakeWord(branches{JumpIs, JumpNotIs}.pick(yes != (arg&1 != 0)), 0, a, b, 0))
			l.jumpTo(target)
		}
		return
	}
	l.twoInOne(Is, uint8(arg&1))
}

func (l *lifter) contains(arg int) {
	if !l.need(2) {
		return
	}
	p := len(l.stack) - 2
	k, isK := l.konst(p + 1)
	target, yes, fused := l.branch(2)
	yes = yes != (arg&1 != 0)
	l.operand(p)
	if !isK {
		l.operand(p + 1)
	}
	l.guard()
	l.evict(l.base+p, p)
	l.markKey(p)
	l.markSearched(p + 1)
	a := l.reg(p, 0)
	switch {
	case fused && isK:
		l.effect(2, MakeWord(branches{JumpInK, JumpNotInK}.pick(yes), 0, a, k, 0))
	case fused:
		l.effect(2, MakeWord(branches{JumpIn, JumpNotIn}.pick(yes), 0, a, l.reg(p+1, 1), 0))
	case isK:
		l.result(2, MakeWord(ContainsK, uint8(arg&1), l.placeReg(p), a, k))
	default:
		l.result(2, MakeWord(Contains, uint8(arg&1), l.placeReg(p), a, l.reg(p+1, 1)))
	}
	if fused {
		l.jumpTo(target)
	}
}

func (l *lifter) toBool() {
	if !l.need(1) {
		return
	}
	p := len(l.stack) - 1
	if target, yes, ok := l.branch(1); ok {
		if l.ready(1) {
			l.effect(1, MakeWord(branches{JumpTrue, JumpFalse}.pick(yes), 0, l.reg(p, 0), 0, 0))
			l.jumpTo(target)
		}
		return
	}
	op := ToBool
	if r, _, next := l.following(); r.op == Not {
		op = Not
		l.next = next
	}
	if l.ready(1) {
		l.result(1, MakeWord(op, 0, l.placeReg(p), l.reg(p, 0), 0))
	}
}

func (l *lifter) excMatch() {
	if !l.need(2) {
		return
	}
	p := len(l.stack) - 2
	if target, yes, ok := l.branch(1); ok {
		if l.ready(2) {
			a, b := l.reg(p, 0), l.reg(p+1, 1)
			l.effect(1, MakeWord(branches{JumpExc, JumpNotExc}.pick(yes), l.dropsNext(), a, b, 0))
			l.jumpTo(target)
		}
		return
	}
	l.operand(p)
	if l.ready(1) {
		b, c := l.reg(p, 0), l.reg(p+1, 1)
		l.result(1, MakeWord(ExcMatch, 0, l.placeReg(p+1), b, c))
	}
}
