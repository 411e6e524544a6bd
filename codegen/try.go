package codegen

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
)

// tryParts are the parts of a try statement.
type tryParts struct {
	at        source.Span
	body      []ast.Stmt
	handlers  []*ast.ExceptHandler
	orelse    []ast.Stmt
	finalbody []ast.Stmt
	star      bool // handlers are except*
}

// try emits a try statement.
func (g *generator) try(s *ast.Try) {
	g.tryFinally(&tryParts{s.Span, s.Body, s.Handlers, s.Orelse, s.Finalbody, false})
}

// tryStar emits a try statement with except* clauses.
func (g *generator) tryStar(s *ast.TryStar) {
	g.tryFinally(&tryParts{s.Span, s.Body, s.Handlers, s.Orelse, s.Finalbody, true})
}

// tryFinally emits a try statement. The body of finally is there twice: for when the
// rest ends without an exception, and for when it does not; jumps out of the
// statement make more copies of it.
//
//	        SETUP_FINALLY   failed
//	        body, handlers, else
//	        POP_BLOCK
//	        finally
//	        JUMP            end
//	failed: SETUP_CLEANUP   again
//	        PUSH_EXC_INFO
//	        finally
//	        RERAISE         0
//	again:  COPY 3, POP_EXCEPT, RERAISE 1
//	end:
func (g *generator) tryFinally(t *tryParts) {
	if len(t.finalbody) == 0 {
		g.tryExcept(t)
		return
	}
	body, failed, end, again := g.newLabel(), g.newLabel(), g.newLabel(), g.newLabel()
	g.jump(t.at, opcode.SETUP_FINALLY, failed)
	g.use(body)
	g.push(block{kind: finallyTry, start: body, exit: failed, at: t.at, finally: t.finalbody})
	if len(t.handlers) > 0 {
		g.tryExcept(t)
	} else {
		g.body(t.body)
	}
	g.op(none, opcode.POP_BLOCK)
	g.pop(finallyTry)
	g.body(t.finalbody)
	g.jump(none, opcode.JUMP_NO_INTERRUPT, end)

	g.use(failed)
	g.jump(none, opcode.SETUP_CLEANUP, again)
	g.op(none, opcode.PUSH_EXC_INFO)
	g.push(block{kind: finallyEnd, start: failed, exit: instruction.NoLabel, at: none})
	g.body(t.finalbody)
	g.pop(finallyEnd)
	g.exit(none, opcode.RERAISE, 0)
	g.use(again)
	g.reraise(none)
	g.use(end)
}

// tryExcept emits a try statement without its finally.
func (g *generator) tryExcept(t *tryParts) {
	if t.star {
		g.tryExceptStar(t)
		return
	}
	body, failed, end, again := g.newLabel(), g.newLabel(), g.newLabel(), g.newLabel()
	g.jump(t.at, opcode.SETUP_FINALLY, failed)
	g.use(body)
	g.push(block{kind: tryExcept, start: body, exit: instruction.NoLabel, at: t.at})
	g.body(t.body)
	g.pop(tryExcept)
	g.op(none, opcode.POP_BLOCK)
	g.body(t.orelse)
	g.jump(none, opcode.JUMP_NO_INTERRUPT, end)

	g.use(failed)
	g.jump(none, opcode.SETUP_CLEANUP, again)
	g.op(none, opcode.PUSH_EXC_INFO)
	g.push(block{kind: exceptionHandler, start: instruction.NoLabel, exit: instruction.NoLabel, at: t.at})
	for i, h := range t.handlers {
		if h.Type == nil && i < len(t.handlers)-1 {
			g.fail(h.Span, "default 'except:' must be last")
			break
		}
		next := g.newLabel()
		if h.Type != nil {
			g.expr(h.Type)
			g.op(h.Span, opcode.CHECK_EXC_MATCH)
			g.jump(h.Span, opcode.POP_JUMP_IF_FALSE, next)
		}
		g.handler(h, end)
		g.use(next)
	}
	g.pop(exceptionHandler)
	g.exit(none, opcode.RERAISE, 0)
	g.use(again)
	g.reraise(none)
	g.use(end)
}

// handler emits the body of an except clause, with the exception on the stack. A
// name it is bound to is unbound afterwards, whatever happens.
func (g *generator) handler(h *ast.ExceptHandler, end instruction.Label) {
	if h.Name == "" {
		body := g.newLabel()
		g.op(h.Span, opcode.POP_TOP)
		g.use(body)
		g.push(block{kind: handlerCleanup, start: body, exit: instruction.NoLabel, at: h.Span})
		g.body(h.Body)
		g.pop(handlerCleanup)
		g.op(none, opcode.POP_BLOCK)
		g.op(none, opcode.POP_EXCEPT)
		g.jump(none, opcode.JUMP_NO_INTERRUPT, end)
		return
	}
	body, failed := g.newLabel(), g.newLabel()
	g.nameNum(h.Span, h.Name, h.NameNum, ast.Store)
	g.jump(h.Span, opcode.SETUP_CLEANUP, failed)
	g.use(body)
	g.push(block{kind: handlerCleanup, start: body, exit: instruction.NoLabel, at: h.Span, name: h.Name, num: h.NameNum})
	g.body(h.Body)
	g.pop(handlerCleanup)
	g.op(none, opcode.POP_BLOCK)
	g.op(none, opcode.POP_BLOCK)
	g.op(none, opcode.POP_EXCEPT)
	g.unbind(none, h.Name, h.NameNum)
	g.jump(none, opcode.JUMP_NO_INTERRUPT, end)

	g.use(failed)
	g.unbind(none, h.Name, h.NameNum)
	g.exit(none, opcode.RERAISE, 1)
}

// unbind emits "name = None; del name", which does not fail if name is unbound. num is the
// number of the name in the tree.
func (g *generator) unbind(at source.Span, name string, num token.NameID) {
	g.loadNone(at)
	g.nameNum(at, name, num, ast.Store)
	g.nameNum(at, name, num, ast.Del)
}

// tryExceptStar emits a try statement with except* clauses, without its finally.
// Each clause takes its part of the exception group; what clauses raise is
// collected in a list and raised in the end, with the part that none has taken.
// The stack in the clauses:
//
//	[group, raised, rest]
//	[group, raised, rest, match]	behind CHECK_EG_MATCH; match is None if there is none
func (g *generator) tryExceptStar(t *tryParts) {
	body, failed, orelse, end, again, done := g.newLabel(), g.newLabel(), g.newLabel(), g.newLabel(), g.newLabel(), g.newLabel()
	g.jump(t.at, opcode.SETUP_FINALLY, failed)
	g.use(body)
	g.push(block{kind: tryExcept, start: body, exit: instruction.NoLabel, at: t.at})
	g.body(t.body)
	g.pop(tryExcept)
	g.op(none, opcode.POP_BLOCK)
	g.jump(none, opcode.JUMP_NO_INTERRUPT, orelse)

	g.use(failed)
	g.jump(none, opcode.SETUP_CLEANUP, again)
	g.op(none, opcode.PUSH_EXC_INFO)
	g.push(block{kind: exceptionGroupHandler, start: instruction.NoLabel, exit: instruction.NoLabel, at: t.at})
	for i, h := range t.handlers {
		if i == 0 {
			g.opArg(h.Span, opcode.BUILD_LIST, 0)
			g.opArg(h.Span, opcode.COPY, 2)
		}
		g.starHandler(h)
		if i == len(t.handlers)-1 {
			g.opArg(none, opcode.LIST_APPEND, 1)
			g.jump(none, opcode.JUMP_NO_INTERRUPT, done)
		}
	}
	g.pop(exceptionGroupHandler)

	reraise := g.newLabel()
	g.use(done)
	g.opArg(none, opcode.CALL_INTRINSIC_2, intrinsicPrepReraiseStar)
	g.opArg(none, opcode.COPY, 1)
	g.jump(none, opcode.POP_JUMP_IF_NOT_NONE, reraise)
	g.op(none, opcode.POP_TOP)
	g.op(none, opcode.POP_BLOCK)
	g.op(none, opcode.POP_EXCEPT)
	g.jump(none, opcode.JUMP_NO_INTERRUPT, end)
	g.use(reraise)
	g.op(none, opcode.POP_BLOCK)
	g.opArg(none, opcode.SWAP, 2)
	g.op(none, opcode.POP_EXCEPT)
	g.exit(none, opcode.RERAISE, 0)
	g.use(again)
	g.reraise(none)
	g.use(orelse)
	g.body(t.orelse)
	g.use(end)
}

// starHandler emits an except* clause.
func (g *generator) starHandler(h *ast.ExceptHandler) {
	finished, next, noMatch := g.newLabel(), g.newLabel(), g.newLabel()
	if h.Type != nil {
		g.expr(h.Type)
		g.op(h.Span, opcode.CHECK_EG_MATCH)
		g.opArg(h.Span, opcode.COPY, 1)
		g.jump(h.Span, opcode.POP_JUMP_IF_NONE, noMatch)
	}
	body, failed := g.newLabel(), g.newLabel()
	if h.Name != "" {
		g.nameNum(h.Span, h.Name, h.NameNum, ast.Store)
	} else {
		g.op(h.Span, opcode.POP_TOP)
	}
	g.jump(h.Span, opcode.SETUP_CLEANUP, failed)
	g.use(body)
	g.push(block{kind: handlerCleanup, start: body, exit: instruction.NoLabel, at: h.Span, name: h.Name, num: h.NameNum})
	g.body(h.Body)
	g.pop(handlerCleanup)
	g.op(none, opcode.POP_BLOCK)
	if h.Name != "" {
		g.unbind(none, h.Name, h.NameNum)
	}
	g.jump(none, opcode.JUMP_NO_INTERRUPT, finished)

	g.use(failed)
	if h.Name != "" {
		g.unbind(none, h.Name, h.NameNum)
	}
	g.opArg(none, opcode.LIST_APPEND, 3) // the exception, to those raised
	g.op(none, opcode.POP_TOP)           // lasti
	g.jump(none, opcode.JUMP_NO_INTERRUPT, next)

	g.use(finished)
	// The NOP is there to take over a position.
	g.op(none, opcode.NOP)
	g.jump(none, opcode.JUMP_NO_INTERRUPT, next)

	g.use(noMatch)
	g.op(h.Span, opcode.POP_TOP)
	g.use(next)
}
