package codegen

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
)

// returnStmt compiles return. The value is computed before the blocks around are
// left; a constant after that, with an instruction to keep its line.
func (g *generator) returnStmt(n *ast.Return) {
	at := n.Span
	constant, isConstant := n.Value.(*ast.Constant)
	keep := n.Value != nil && !isConstant
	scope := g.u.scope
	if !g.u.function {
		g.fail(at, "'return' outside function")
		return
	}
	if n.Value != nil && scope.Coroutine && scope.Generator {
		g.fail(at, "'return' with value in async generator")
		return
	}
	if keep {
		g.expr(n.Value)
	} else if n.Value != nil {
		at = constant.Span
		g.op(at, opcode.NOP)
	}
	if n.Value == nil || n.Value.Pos().Line != n.Line {
		at = n.Span
		g.op(at, opcode.NOP)
	}
	g.unwind(&at, keep, false)
	if n.Value == nil {
		g.loadNone(at)
	} else if !keep {
		g.loadConst(at, constant.Value)
	}
	g.exit(at, opcode.RETURN_VALUE, 0)
}

func (g *generator) yield(n *ast.Yield) {
	if !g.u.function {
		g.fail(n.Span, "'yield' outside function")
		return
	}
	if n.Value != nil {
		g.expr(n.Value)
	} else {
		g.loadNone(n.Span)
	}
	g.yieldValue(n.Span)
}

// yieldValue yields what is on the stack.
func (g *generator) yieldValue(at source.Span) {
	if s := g.u.scope; s.Generator && s.Coroutine {
		g.opArg(at, opcode.CALL_INTRINSIC_1, intrinsicAsyncGenWrap)
	}
	g.opArg(at, opcode.YIELD_VALUE, 0)
	g.opArg(at, opcode.RESUME, resumeAfterYield)
}

func (g *generator) yieldFrom(n *ast.YieldFrom) {
	if !g.u.function {
		g.fail(n.Span, "'yield from' outside function")
		return
	}
	if g.u.kind == asyncFunctionUnit {
		g.fail(n.Span, "'yield from' inside async function")
		return
	}
	g.expr(n.Value)
	g.op(n.Span, opcode.GET_YIELD_FROM_ITER)
	g.loadNone(n.Span)
	g.sendLoop(n.Span, resumeAfterYieldFrom)
}

func (g *generator) await(n *ast.Await) {
	g.expr(n.Value)
	g.opArg(n.Span, opcode.GET_AWAITABLE, 0)
	g.loadNone(n.Span)
	g.sendLoop(n.Span, resumeAfterAwait)
}
