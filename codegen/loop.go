package codegen

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/opcode"
)

// forStmt emits a for loop.
func (g *generator) forStmt(s *ast.For) {
	start, cleanup, end := g.newLabel(), g.newLabel(), g.newLabel()
	g.push(block{kind: forLoop, start: start, exit: end, at: s.Span})
	g.expr(s.Iter)
	at := s.Iter.Pos()
	g.op(at, opcode.GET_ITER)
	g.use(start)
	g.jump(at, opcode.FOR_ITER, cleanup)
	// A target on a line of its own is traced as such; else this goes away.
	g.op(s.Target.Pos(), opcode.NOP)
	g.expr(s.Target)
	g.body(s.Body)
	g.jump(none, opcode.JUMP, start)
	// A generator that is exhausted goes on at END_FOR, other iterators behind it.
	g.use(cleanup)
	g.op(none, opcode.END_FOR)
	g.op(none, opcode.POP_ITER)
	g.pop(forLoop)
	g.body(s.Orelse)
	g.use(end)
}

// asyncFor emits an async for loop, which ends when __anext__ raises.
func (g *generator) asyncFor(s *ast.AsyncFor) {
	start, send, except, end := g.newLabel(), g.newLabel(), g.newLabel(), g.newLabel()
	g.expr(s.Iter)
	g.op(s.Iter.Pos(), opcode.GET_AITER)
	g.use(start)
	g.push(block{kind: forLoop, start: start, exit: end, at: s.Span})
	g.jump(s.Span, opcode.SETUP_FINALLY, except)
	g.op(s.Span, opcode.GET_ANEXT)
	g.loadNone(s.Span)
	g.use(send)
	g.sendLoop(s.Span, resumeAfterAwait)
	g.op(s.Span, opcode.POP_BLOCK)
	g.op(s.Span, opcode.NOT_TAKEN)
	g.expr(s.Target)
	g.body(s.Body)
	g.jump(none, opcode.JUMP, start)
	g.pop(forLoop)
	g.use(except)
	// The end is on the line of the iterator: it follows the head, not the body.
	g.jump(s.Iter.Pos(), opcode.END_ASYNC_FOR, send)
	g.body(s.Orelse)
	g.use(end)
}

// while emits a while loop.
func (g *generator) while(s *ast.While) {
	start, orelse, end := g.newLabel(), g.newLabel(), g.newLabel()
	g.use(start)
	g.push(block{kind: whileLoop, start: start, exit: end, at: s.Span})
	g.jumpIf(s.Span, s.Test, orelse, false)
	g.body(s.Body)
	g.jump(none, opcode.JUMP, start)
	g.pop(whileLoop)
	g.use(orelse)
	g.body(s.Orelse)
	g.use(end)
}

// breakStmt emits a break: it leaves all blocks inside the loop and the loop.
func (g *generator) breakStmt(s *ast.Break) {
	at := s.Span
	g.op(at, opcode.NOP)
	loop := g.unwind(&at, false, true)
	if loop == nil {
		g.fail(s.Span, "'break' outside loop")
		return
	}
	g.leaveBlock(&at, loop, false)
	g.jump(at, opcode.JUMP, loop.exit)
}

// continueStmt emits a continue: it leaves all blocks inside the loop.
func (g *generator) continueStmt(s *ast.Continue) {
	at := s.Span
	g.op(at, opcode.NOP)
	loop := g.unwind(&at, false, true)
	if loop == nil {
		g.fail(s.Span, "'continue' not properly in loop")
		return
	}
	g.jump(at, opcode.JUMP, loop.start)
}
