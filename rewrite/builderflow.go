package rewrite

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// NewLabel returns a label for this and only this Builder. It belongs to the
// innermost [Builder.Try] that is open: it can be marked there, and jumped to
// from there and from further inside.
func (b *Builder) NewLabel() *Label {
	l := &Label{}
	b.labels[l] = b.open
	return l
}

// Mark puts a label here.
func (b *Builder) Mark(l *Label) *Builder {
	b.begin("Mark", l)
	blk, ok := b.labels[l]
	switch {
	case !ok:
		b.fail("a label from elsewhere", "one that NewLabel returned")
	case b.marked[l]:
		b.fail("a label that is marked", "each marked once")
	case blk != b.open:
		b.fail("a label made in another Try or outside of this one", "one made in it")
	default:
		b.mark(l)
	}
	return b
}

func (b *Builder) mark(l *Label) {
	b.marked[l] = true
	b.list = append(b.list, built{
		Instr: Instr{Label: l, Pos: code.NoPosition}, block: b.open, call: b.calls,
	})
}

// undoing returns the block that l is in, and whether instructions are needed
// to leave those between here and there.
func (b *Builder) undoing(l *Label) (to *block, needed, ok bool) {
	to, ok = b.labels[l]
	if !ok {
		b.fail("a label from elsewhere", "one that NewLabel returned")
		return nil, false, false
	}
	for blk := b.open; blk != to; blk = blk.parent {
		if blk == nil {
			b.fail("a jump into a Try", "one inside or out of it")
			return nil, false, false
		}
		needed = needed || b.version < pyver.Py311 || blk.handling
	}
	return to, needed, true
}

// undo leaves the blocks up to one around them. With value set the top stays
// on the stack. It changes b.open.
func (b *Builder) undo(to *block, value bool) {
	for b.open != to {
		blk := b.open
		b.open = blk.parent
		switch {
		case value && b.version < pyver.Py38:
			// RETURN_VALUE does it itself.
		case blk.handling && b.version.Major() > 2:
			if value && b.version >= pyver.Py311 {
				b.emit(opcode.SWAP, 2)
			} else if value {
				b.emit(opcode.ROT_FOUR, 0)
			}
			b.emit(opcode.POP_EXCEPT, 0)
		case !blk.handling && b.version < pyver.Py311:
			b.emit(opcode.POP_BLOCK, 0)
		}
	}
}

// jumpTo adds an instruction with a label as its operand. If that leads out of
// a Try whose blocks are to be undone, the jump has to be unconditional.
func (b *Builder) jumpTo(op opcode.Op, l *Label) {
	to, needed, ok := b.undoing(l)
	if !ok {
		return
	}
	open := b.open
	if needed {
		if op != opcode.JUMP_FORWARD {
			b.fail(op.String()+" out of a Try", "Jump, JumpIfFalse or JumpIfTrue")
			return
		}
		b.undo(to, false)
	}
	b.put(built{Instr: Instr{Op: op, Target: l}})
	b.open = open
}

// Jump goes on at a label.
func (b *Builder) Jump(l *Label) *Builder {
	b.begin("Jump", l)
	b.jumpTo(opcode.JUMP_FORWARD, l)
	return b
}

// JumpIfFalse pops a value and goes on at a label if it is false.
func (b *Builder) JumpIfFalse(l *Label) *Builder {
	b.begin("JumpIfFalse", l)
	b.toBool()
	b.branch(false, l)
	return b
}

// JumpIfTrue pops a value and goes on at a label if it is true.
func (b *Builder) JumpIfTrue(l *Label) *Builder {
	b.begin("JumpIfTrue", l)
	b.toBool()
	b.branch(true, l)
	return b
}

func (b *Builder) branch(when bool, l *Label) {
	_, needed, ok := b.undoing(l)
	if !ok {
		return
	}
	if needed {
		around := &Label{}
		b.labels[around] = b.open
		b.branch(!when, around)
		b.jumpTo(opcode.JUMP_FORWARD, l)
		b.mark(around)
		return
	}
	op := opcode.POP_JUMP_IF_FALSE
	switch {
	case b.version == pyver.Py311 && when:
		op = opcode.POP_JUMP_FORWARD_IF_TRUE
	case b.version == pyver.Py311:
		op = opcode.POP_JUMP_FORWARD_IF_FALSE
	case when:
		op = opcode.POP_JUMP_IF_TRUE
	}
	b.jumpTo(op, l)
	if b.has(opcode.NOT_TAKEN) {
		b.emit(opcode.NOT_TAKEN, 0)
	}
}

// Return returns the top from the function. In a [Builder.Try] there must be
// nothing else on the stack that was not there when it began.
func (b *Builder) Return() *Builder {
	b.begin("Return")
	open := b.open
	b.undo(nil, true)
	b.emit(opcode.RETURN_VALUE, 0)
	b.open = open
	return b
}

// GetIter replaces an iterable by its iterator, for [Builder.ForIter].
func (b *Builder) GetIter() *Builder {
	b.begin("GetIter")
	b.emit(opcode.GET_ITER, 0)
	return b
}

// ForIter pushes the next value of the iterator on the top. When there is none
// the loop goes on at done, which is marked by [Builder.EndFor] and not led to
// by anything else.
func (b *Builder) ForIter(done *Label) *Builder {
	b.begin("ForIter", done)
	b.jumpTo(opcode.FOR_ITER, done)
	return b
}

// EndFor marks the label at which a loop's ForIter ends. The iterator is gone
// then.
func (b *Builder) EndFor(done *Label) *Builder {
	b.Mark(done)
	if b.version >= pyver.Py312 {
		b.emit(opcode.END_FOR, 0)
	}
	if b.version >= pyver.Py313 {
		b.popIter()
	}
	return b
}

// PopIter drops the iterator of a loop that is left in the middle.
func (b *Builder) PopIter() *Builder {
	b.begin("PopIter")
	b.popIter()
	return b
}

func (b *Builder) popIter() {
	if b.has(opcode.POP_ITER) {
		b.emit(opcode.POP_ITER, 0)
	} else {
		b.emit(opcode.POP_TOP, 0)
	}
}

// Try adds what body adds, and has exceptions raised there go to what handler
// adds. A handler starts with the exception on the top and must drop it before
// it ends, jumps away or returns; it may ask for its class with
// [Builder.JumpIfNoMatch] and raise it again with [Builder.Reraise]. Without an
// exception, and when the handler ends, things go on behind it. Jumps and
// returns out of both are all right; they leave the stack below alone.
func (b *Builder) Try(body, handler func()) *Builder {
	b.begin("Try")
	if b.table == nil {
		return b
	}
	if b.into != nil {
		b.fail("a Try in a snippet", "none: the depth of the stack is not known")
		return b
	}
	outer := b.open
	start, target, cleanup, after := &Label{}, &Label{}, &Label{}, &Label{}
	b.labels[after] = outer
	b.labels[target] = outer
	b.mark(start)
	old := b.version < pyver.Py311
	if old {
		op := opcode.SETUP_FINALLY
		if b.version < pyver.Py38 {
			op = opcode.SETUP_EXCEPT
		}
		b.put(built{Instr: Instr{Op: op, Target: target}})
	}
	b.open = &block{parent: outer, start: start, target: target}
	body()
	b.open = outer
	joined := false
	if !b.ends() {
		joined = true
		if old {
			b.emit(opcode.POP_BLOCK, 0)
		}
		b.jumpTo(opcode.JUMP_FORWARD, after)
	}
	b.mark(target)
	if old {
		// From three values to one, the one in the middle.
		b.emit(opcode.POP_TOP, 0)
		b.emit(opcode.ROT_TWO, 0)
		b.emit(opcode.POP_TOP, 0)
	} else {
		b.emit(opcode.PUSH_EXC_INFO, 0)
	}
	b.open = &block{parent: outer, handling: true, start: start, extra: 1, target: cleanup, lasti: true}
	handler()
	b.open = outer
	if !b.ends() {
		if b.version.Major() > 2 {
			b.emit(opcode.POP_EXCEPT, 0)
		}
		joined = true
		b.jumpTo(opcode.JUMP_FORWARD, after)
	}
	if !old {
		pos := b.pos
		b.pos = code.NoPosition
		b.mark(cleanup)
		b.emit(opcode.COPY, 3)
		b.emit(opcode.POP_EXCEPT, 0)
		b.emit(opcode.RERAISE, 1)
		b.pos = pos
	}
	if joined {
		b.mark(after)
	}
	return b
}

// JumpIfNoMatch pops a class, or tuple of classes, and goes on at a label if
// the exception below is of another. The exception stays.
func (b *Builder) JumpIfNoMatch(l *Label) *Builder {
	b.begin("JumpIfNoMatch", l)
	if b.table == nil {
		return b
	}
	if b.version >= pyver.Py311 {
		b.emit(opcode.CHECK_EXC_MATCH, 0)
		b.branch(false, l)
		return b
	}
	b.emit(opcode.ROT_TWO, 0)
	b.emit(opcode.DUP_TOP, 0)
	b.emit(opcode.ROT_THREE, 0)
	b.emit(opcode.ROT_TWO, 0)
	if b.has(opcode.JUMP_IF_NOT_EXC_MATCH) {
		b.jumpTo(opcode.JUMP_IF_NOT_EXC_MATCH, l)
		return b
	}
	for i, name := range b.table.CmpOps {
		if name == "exception match" {
			b.emit(opcode.COMPARE_OP, i)
		}
	}
	b.branch(false, l)
	return b
}

// Reraise raises the exception on the top, which is the one that the innermost
// handler around is for, once more.
func (b *Builder) Reraise() *Builder {
	b.begin("Reraise")
	if b.version >= pyver.Py311 {
		b.emit(opcode.RERAISE, 0)
	} else {
		b.emit(opcode.POP_TOP, 0)
		b.emit(opcode.RAISE_VARARGS, 0)
	}
	return b
}
