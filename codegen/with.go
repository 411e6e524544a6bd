package codegen

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
)

// The operands of LOAD_SPECIAL.
const (
	specialEnter  = 0
	specialExit   = 1
	specialAenter = 2
	specialAexit  = 3
)

// with emits a with statement.
func (g *generator) with(s *ast.With) { g.withItems(s.Items, s.Body) }

// asyncWith emits an async with statement.
func (g *generator) asyncWith(s *ast.AsyncWith) { g.asyncWithItems(s.Items, s.Body) }

// withItems emits a with statement; each item but the first is a statement inside that
// of the item before. __exit__, with its self, stays on the stack for the body.
func (g *generator) withItems(items []*ast.Withitem, body []ast.Stmt) {
	item := items[0]
	start, failed, exit, again := g.newLabel(), g.newLabel(), g.newLabel(), g.newLabel()
	g.expr(item.ContextExpr)
	at := item.ContextExpr.Pos()
	g.opArg(at, opcode.COPY, 1)
	g.opArg(at, opcode.LOAD_SPECIAL, specialExit)
	g.opArg(at, opcode.SWAP, 2)
	g.opArg(at, opcode.SWAP, 3)
	g.opArg(at, opcode.LOAD_SPECIAL, specialEnter)
	g.opArg(at, opcode.CALL, 0)
	g.jump(at, opcode.SETUP_WITH, failed)
	g.use(start)
	g.push(block{kind: withBlock, start: start, exit: failed, at: at})
	if item.OptionalVars != nil {
		g.expr(item.OptionalVars)
	} else {
		g.op(at, opcode.POP_TOP)
	}
	if len(items) > 1 {
		g.withItems(items[1:], body)
	} else {
		g.body(body)
	}
	g.op(none, opcode.POP_BLOCK)
	g.pop(withBlock)
	g.exitWithNones(at)
	g.op(at, opcode.POP_TOP)
	g.jump(at, opcode.JUMP, exit)

	g.use(failed)
	g.jump(at, opcode.SETUP_CLEANUP, again)
	g.op(at, opcode.PUSH_EXC_INFO)
	g.op(at, opcode.WITH_EXCEPT_START)
	g.withExceptFinish(again)
	g.use(exit)
}

// asyncWithItems is withItems for async with.
func (g *generator) asyncWithItems(items []*ast.Withitem, body []ast.Stmt) {
	item := items[0]
	start, failed, exit, again := g.newLabel(), g.newLabel(), g.newLabel(), g.newLabel()
	g.expr(item.ContextExpr)
	at := item.ContextExpr.Pos()
	g.opArg(at, opcode.COPY, 1)
	g.opArg(at, opcode.LOAD_SPECIAL, specialAexit)
	g.opArg(at, opcode.SWAP, 2)
	g.opArg(at, opcode.SWAP, 3)
	g.opArg(at, opcode.LOAD_SPECIAL, specialAenter)
	g.opArg(at, opcode.CALL, 0)
	g.awaitResult(at, 1)
	g.jump(at, opcode.SETUP_WITH, failed)
	g.use(start)
	g.push(block{kind: asyncWithBlock, start: start, exit: failed, at: at})
	if item.OptionalVars != nil {
		g.expr(item.OptionalVars)
	} else {
		g.op(at, opcode.POP_TOP)
	}
	if len(items) > 1 {
		g.asyncWithItems(items[1:], body)
	} else {
		g.body(body)
	}
	g.pop(asyncWithBlock)
	g.op(at, opcode.POP_BLOCK)
	g.exitWithNones(at)
	g.awaitResult(at, 2)
	g.op(at, opcode.POP_TOP)
	g.jump(at, opcode.JUMP, exit)

	g.use(failed)
	g.jump(at, opcode.SETUP_CLEANUP, again)
	g.op(at, opcode.PUSH_EXC_INFO)
	g.op(at, opcode.WITH_EXCEPT_START)
	g.awaitResult(at, 2)
	g.withExceptFinish(again)
	g.use(exit)
}

// awaitResult awaits what a call of __aenter__ (what is 1) or __aexit__ (2) has
// left.
func (g *generator) awaitResult(at source.Span, what int) {
	g.opArg(at, opcode.GET_AWAITABLE, what)
	g.loadNone(at)
	g.sendLoop(at, resumeAfterAwait)
}

// withExceptFinish emits what follows a call of __exit__ for an exception: it is
// raised again unless the result is true.
func (g *generator) withExceptFinish(again instruction.Label) {
	suppress, exit := g.newLabel(), g.newLabel()
	g.op(none, opcode.TO_BOOL)
	g.jump(none, opcode.POP_JUMP_IF_TRUE, suppress)
	g.exit(none, opcode.RERAISE, 2)
	g.use(suppress)
	g.op(none, opcode.POP_TOP) // the exception
	g.op(none, opcode.POP_BLOCK)
	g.op(none, opcode.POP_EXCEPT)
	g.op(none, opcode.POP_TOP)
	g.op(none, opcode.POP_TOP)
	g.op(none, opcode.POP_TOP)
	g.jump(none, opcode.JUMP_NO_INTERRUPT, exit)
	g.use(again)
	g.reraise(none)
	g.use(exit)
}
