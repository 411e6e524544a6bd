package codegen

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
)

// blockKind says what leaving a block takes. CPython calls blocks frame blocks.
type blockKind uint8

const (
	whileLoop             blockKind = iota
	forLoop                         // an iterator is on the stack, in async for too
	tryExcept                       // the body of try with handlers
	finallyTry                      // the body of try with finally
	finallyEnd                      // the finally body that runs for an exception
	withBlock                       // the body of with
	asyncWithBlock                  // the body of async with
	handlerCleanup                  // the body of an except clause
	popValue                        // a value to be returned is on the stack
	exceptionHandler                // around the except clauses
	exceptionGroupHandler           // around the except* clauses
	asyncComprehension              // of an asynchronous comprehension
	stopIteration                   // the body of a generator or coroutine
)

// maxBlocks is how deep blocks can nest in a unit (CPython: CO_MAXBLOCKS).
const maxBlocks = 21

// block is an open block of a unit.
type block struct {
	kind blockKind
	// start is where continue goes, exit where break does.
	start, exit instruction.Label
	at          source.Span
	finally     []ast.Stmt // of finallyTry: the body to run on the way out
	name        string     // of handlerCleanup: the variable to delete, if any
	num         token.NameID
}

// push opens a block in the current unit.
func (g *generator) push(b block) {
	u := g.u
	if len(u.blocks) >= maxBlocks {
		g.fail(b.at, "too many statically nested blocks")
	}
	u.blocks = append(u.blocks, b)
	if b.kind == finallyEnd {
		g.quiet++
	}
}

// pop closes the innermost block, which is of the kind given.
func (g *generator) pop(kind blockKind) {
	u := g.u
	u.blocks = u.blocks[:len(u.blocks)-1]
	if kind == finallyEnd {
		g.quiet--
	}
}

// unwind emits what it takes to leave the blocks of the unit from the innermost
// outwards; up to, and not including, the first loop if toLoop is set, which it
// returns, or nil if there is none. The value on top of the stack is kept if keep
// is set. at becomes the position of what follows: none behind code that is
// to look as if it ran after the statement.
func (g *generator) unwind(at *source.Span, keep, toLoop bool) *block {
	u := g.u
	n := len(u.blocks)
	if n == 0 || g.err != nil {
		return nil
	}
	top := &u.blocks[n-1]
	if top.kind == exceptionGroupHandler {
		g.fail(*at, "'break', 'continue' and 'return' cannot appear in an except* block")
		return nil
	}
	if toLoop && (top.kind == whileLoop || top.kind == forLoop) {
		return top
	}
	b := *top
	g.pop(b.kind)
	g.leaveBlock(at, &b, keep)
	loop := g.unwind(at, keep, toLoop)
	g.push(b)
	return loop
}

// leaveBlock emits what it takes to leave one block, which is no longer open.
func (g *generator) leaveBlock(at *source.Span, b *block, keep bool) {
	switch b.kind {
	case forLoop, popValue:
		if keep {
			g.opArg(*at, opcode.SWAP, 2)
		}
		g.op(*at, opcode.POP_TOP)

	case tryExcept:
		g.op(*at, opcode.POP_BLOCK)

	case finallyTry:
		g.op(*at, opcode.POP_BLOCK)
		if keep {
			g.push(block{kind: popValue, at: *at, start: instruction.NoLabel, exit: instruction.NoLabel})
		}
		g.body(b.finally)
		if keep {
			g.pop(popValue)
		}
		*at = none

	case finallyEnd:
		if keep {
			g.opArg(*at, opcode.SWAP, 2)
		}
		g.op(*at, opcode.POP_TOP)
		if keep {
			g.opArg(*at, opcode.SWAP, 2)
		}
		g.op(*at, opcode.POP_BLOCK)
		g.op(*at, opcode.POP_EXCEPT)

	case withBlock, asyncWithBlock:
		*at = b.at
		g.op(*at, opcode.POP_BLOCK)
		if keep {
			g.opArg(*at, opcode.SWAP, 3)
			g.opArg(*at, opcode.SWAP, 2)
		}
		g.exitWithNones(*at)
		if b.kind == asyncWithBlock {
			g.opArg(*at, opcode.GET_AWAITABLE, 2)
			g.loadNone(*at)
			g.sendLoop(*at, resumeAfterAwait)
		}
		g.op(*at, opcode.POP_TOP)
		*at = none

	case handlerCleanup:
		if b.name != "" {
			g.op(*at, opcode.POP_BLOCK)
		}
		if keep {
			g.opArg(*at, opcode.SWAP, 2)
		}
		g.op(*at, opcode.POP_BLOCK)
		g.op(*at, opcode.POP_EXCEPT)
		if b.name != "" {
			g.unbind(*at, b.name, b.num)
		}
	}
}

// exitWithNones calls __exit__ with None three times.
func (g *generator) exitWithNones(at source.Span) {
	g.loadNone(at)
	g.loadNone(at)
	g.loadNone(at)
	g.opArg(at, opcode.CALL, 3)
}

// reraise ends the handling of an exception and raises it again. On the stack:
// the exception before, the offset of the raising instruction, the exception.
func (g *generator) reraise(at source.Span) {
	g.opArg(at, opcode.COPY, 3)
	g.op(at, opcode.POP_EXCEPT)
	g.exit(at, opcode.RERAISE, 1)
}

// sendLoop delegates to the iterator below the None on the stack, for await and
// yield from; resume is the oparg of RESUME. close() and throw() raise at the
// YIELD_VALUE, which the handler turns into the iterator's answer.
func (g *generator) sendLoop(at source.Span, resume int) {
	send, fail, exit := g.newLabel(), g.newLabel(), g.newLabel()
	g.use(send)
	g.jump(at, opcode.SEND, exit)
	g.jump(at, opcode.SETUP_FINALLY, fail)
	g.opArg(at, opcode.YIELD_VALUE, 1)
	g.op(none, opcode.POP_BLOCK)
	g.opArg(at, opcode.RESUME, resume)
	g.jump(at, opcode.JUMP_NO_INTERRUPT, send)
	g.use(fail)
	g.op(at, opcode.CLEANUP_THROW)
	g.use(exit)
	g.op(at, opcode.END_SEND)
}
