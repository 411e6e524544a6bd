package verify

import (
	"fmt"

	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// Up to 3.10 a frame has a stack of blocks: loops, and what to do with
// exceptions. To 3.7 return, break and continue also unwind it.
//
// The interpreter pushes three values when it enters a handler, and from 3.0
// on three more with the exception handled before, for which it opens another
// block, so that it can restore them (CPython: fast_block_end in ceval.c, from
// 3.8 on exception_unwind).

// The kinds of blocks.
const (
	blockLoop    blockKind = iota // SETUP_LOOP (to 3.7)
	blockExcept                   // SETUP_EXCEPT (to 3.7)
	blockFinally                  // SETUP_FINALLY, SETUP_WITH
	blockHandler                  // an exception is being handled (3.0 on)
	blockMaybe                    // as blockHandler, if that is why a finally block runs
)

var blockNames = [...]string{"loop", "except", "finally", "handler", "maybe handler"}

// String returns the kind in a word.
func (k blockKind) String() string { return blockNames[k] }

// maxBlocks is CPython's CO_MAXBLOCKS.
const maxBlocks = 20

// why is why the interpreter unwinds blocks.
type why uint8

const (
	whyException why = iota
	whyReturn
	whyBreak
	whyContinue
)

// isBlockOp reports whether stepBlock interprets op in place of its picture.
func isBlockOp(v pyver.Version, op opcode.Op) bool {
	switch op {
	case opcode.POP_BLOCK, opcode.BREAK_LOOP, opcode.CONTINUE_LOOP, opcode.END_FINALLY, opcode.BEGIN_FINALLY,
		opcode.CALL_FINALLY, opcode.POP_FINALLY, opcode.WITH_CLEANUP, opcode.WITH_CLEANUP_START, opcode.WITH_CLEANUP_FINISH:
		return v < pyver.Py311
	case opcode.RETURN_VALUE, opcode.POP_EXCEPT:
		return v < pyver.Py38
	}
	return false
}

// blockFault reports that blocks are out of order.
func (a *analysis) blockFault(i int, msg string) bool {
	a.faultAt(i, BlockStack, a.m.ops[a.ins[i].op].info.Name+": "+msg, "", "")
	return false
}

// openBlock pushes the block of a set-up instruction, whose picture has been
// applied: the handler finds on the stack what the jump's picture says, but
// for the exception.
func (a *analysis) openBlock(i int, op *operation) bool {
	st := &a.cur
	if len(st.blocks) == maxBlocks {
		return a.blockFault(i, fmt.Sprintf("more than %d blocks", maxBlocks))
	}
	b := block{kind: blockFinally, handler: a.ins[i].target}
	switch op.op {
	case opcode.SETUP_LOOP:
		b.kind = blockLoop
	case opcode.SETUP_EXCEPT:
		b.kind = blockExcept
	}
	level := len(st.stack) - op.stack.pushed
	for n := range op.jump.out {
		if op.jump.out[n].kind&kObject == kObject {
			level++
		}
	}
	b.level = int32(level)
	st.blocks = append(st.blocks, b)
	a.raised = false
	return true
}

// raiseBlocks joins the current state into the handler of an exception raised
// here. low is how high the stack is when the instruction has taken its values.
func (a *analysis) raiseBlocks(i, low int) bool {
	if len(a.cur.blocks) == 0 {
		return true
	}
	a.other.copyFrom(&a.cur)
	a.other.stack = a.other.stack[:low]
	return a.unwind(i, &a.other, whyException, -1)
}

// unwind unwinds the blocks of s as the interpreter does, and joins s into
// where that leads. It changes s.
func (a *analysis) unwind(i int, s *state, w why, target int32) bool {
	for len(s.blocks) > 0 {
		b := s.blocks[len(s.blocks)-1]
		if b.kind == blockLoop && w == whyContinue {
			return a.joinInto(a.ins[target].leader, s, i)
		}
		s.blocks = s.blocks[:len(s.blocks)-1]
		level := int(b.level)
		if b.kind == blockMaybe {
			if w == whyContinue {
				return a.blockFault(i, "continue in a finally block")
			}
			continue
		}
		if b.kind == blockHandler {
			if !a.savedException(s, level) {
				return a.blockFault(i, "the values to restore an exception are not on the stack")
			}
			s.stack = s.stack[:level]
			continue
		}
		if len(s.stack) < level {
			return a.blockFault(i, fmt.Sprintf("takes values that a block expects on the stack: %d are left, want %d", len(s.stack), level))
		}
		s.stack = s.stack[:level]
		switch {
		case b.kind == blockLoop && w == whyBreak:
			return a.joinInto(a.ins[b.handler].leader, s, i)
		case b.kind == blockLoop, b.kind == blockExcept && w != whyException:
			continue
		}
		switch w {
		case whyException:
			a.pushException(s, level)
		case whyReturn:
			s.stack = append(s.stack, a.reason(alternative{what: outcomeReturn}))
		case whyBreak:
			s.stack = append(s.stack, a.reason(alternative{what: outcomeBreak}))
		case whyContinue:
			s.stack = append(s.stack, a.reason(alternative{what: outcomeContinue, target: target}))
		}
		if n := a.height(s); n > a.o.StackSize {
			a.faultAt(i, Overflow, "a handler makes the stack higher than its size", fmt.Sprint(n), fmt.Sprint("at most ", a.o.StackSize))
			return false
		}
		return a.joinInto(a.ins[b.handler].leader, s, i)
	}
	if w == whyBreak || w == whyContinue {
		return a.blockFault(i, "not in a loop")
	}
	return true
}

// savedException reports whether the three values that a handler has to
// restore are on the stack at a level.
func (a *analysis) savedException(s *state, level int) bool {
	return len(s.stack) >= level+3 && s.stack[level].k == kPrevTb && s.stack[level+1].k == kPrevValue && s.stack[level+2].k == kPrevType
}

// pushException does what the interpreter does when it enters a handler.
func (a *analysis) pushException(s *state, level int) {
	if a.o.Version >= pyver.Py30 {
		s.stack = append(s.stack, plain(kPrevTb), plain(kPrevValue), plain(kPrevType))
		s.blocks = append(s.blocks, block{kind: blockHandler, level: int32(level)})
	}
	s.stack = append(s.stack, plain(kTb), plain(kValue), plain(kType))
}

// stepBlock interprets the instructions that work on blocks.
func (a *analysis) stepBlock(i int, op *operation) (next, ok bool) {
	st := &a.cur
	if a.work--; op.op != opcode.BEGIN_FINALLY && op.op != opcode.CALL_FINALLY &&
		op.op != opcode.POP_BLOCK && op.op != opcode.BREAK_LOOP && op.op != opcode.CONTINUE_LOOP && len(st.stack) == 0 {
		a.faultAt(i, Underflow, op.info.Name+" takes more than there is on the stack", "0", "")
		return false, false
	}
	switch op.op {
	case opcode.POP_BLOCK:
		return true, a.popBlock(i)
	case opcode.POP_EXCEPT:
		return true, a.popExcept(i)
	case opcode.BREAK_LOOP:
		return false, a.unwind(i, st, whyBreak, -1)
	case opcode.CONTINUE_LOOP:
		return false, a.unwind(i, st, whyContinue, a.ins[i].target)
	case opcode.RETURN_VALUE:
		v := st.stack[len(st.stack)-1]
		if v.k&^kObject != 0 {
			a.faultAt(i, Kind, "RETURN_VALUE takes a wrong retval", v.k.String(), kObject.String())
			return false, false
		}
		st.stack = st.stack[:len(st.stack)-1]
		return false, a.unwind(i, st, whyReturn, -1)
	}
	return a.stepReason(i, op)
}

// popBlock follows POP_BLOCK, which to 3.7 also cuts the stack down.
func (a *analysis) popBlock(i int) bool {
	st := &a.cur
	if len(st.blocks) == 0 {
		return a.blockFault(i, "there is no block")
	}
	b := st.blocks[len(st.blocks)-1]
	if b.kind == blockHandler || b.kind == blockMaybe || len(st.stack) < int(b.level) {
		return a.blockFault(i, "the innermost block is a "+b.kind.String())
	}
	st.blocks = st.blocks[:len(st.blocks)-1]
	if a.o.Version < pyver.Py38 {
		st.stack = st.stack[:b.level]
	}
	a.raised = false
	return true
}

// popExcept follows POP_EXCEPT to 3.7, which cuts the stack down.
func (a *analysis) popExcept(i int) bool {
	st := &a.cur
	if !a.popHandler(i) {
		return false
	}
	level := int(st.blocks[:len(st.blocks)+1][len(st.blocks)].level)
	if !a.savedException(st, level) {
		return a.blockFault(i, "the values to restore an exception are not on the stack")
	}
	st.stack = st.stack[:level]
	return true
}

// popHandler closes the block of an exception that is being handled.
func (a *analysis) popHandler(i int) bool {
	st := &a.cur
	n := len(st.blocks)
	if n == 0 || st.blocks[n-1].kind != blockHandler {
		return a.blockFault(i, "no exception is being handled")
	}
	st.blocks = st.blocks[:n-1]
	a.raised = false
	return true
}

// suspendBlocks checks what the interpreter takes for granted of the yielding
// instructions of versions up to 3.10.
func (a *analysis) suspendBlocks(i int, op *operation) bool {
	if op.op == opcode.YIELD_VALUE {
		if i+1 < len(a.ins) && a.m.ops[a.ins[i+1].op].op == opcode.YIELD_FROM {
			// It would take what is on the stack for an iterator that the
			// generator waits for.
			a.faultAt(i, Generator, "YIELD_VALUE right before YIELD_FROM", "", "")
			return false
		}
		// An exception that throw() brings finds the value sent on the stack.
		return a.raiseBlocks(i, len(a.cur.stack))
	}
	return true
}
