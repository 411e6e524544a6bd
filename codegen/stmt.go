package codegen

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/opcode"
)

// exprStmt emits an expression statement: printed at the prompt, nothing but a line
// to stop at if it is a constant.
func (g *generator) exprStmt(s *ast.ExprStmt) {
	if g.interactive && g.u.kind == moduleUnit {
		g.expr(s.Value)
		g.opArg(s.Span, opcode.CALL_INTRINSIC_1, intrinsicPrint)
		g.op(none, opcode.POP_TOP)
		return
	}
	if _, ok := s.Value.(*ast.Constant); ok {
		g.op(s.Span, opcode.NOP)
		return
	}
	g.expr(s.Value)
	g.op(none, opcode.POP_TOP)
}

// ifStmt emits an if statement.
func (g *generator) ifStmt(s *ast.If) {
	end := g.newLabel()
	orelse := end
	if len(s.Orelse) > 0 {
		orelse = g.newLabel()
	}
	g.jumpIf(s.Span, s.Test, orelse, false)
	g.body(s.Body)
	if len(s.Orelse) > 0 {
		g.jump(none, opcode.JUMP_NO_INTERRUPT, end)
		g.use(orelse)
		g.body(s.Orelse)
	}
	g.use(end)
}

// raise emits a raise statement.
func (g *generator) raise(s *ast.Raise) {
	n := 0
	if s.Exc != nil {
		g.expr(s.Exc)
		n++
		if s.Cause != nil {
			g.expr(s.Cause)
			n++
		}
	}
	g.exit(s.Span, opcode.RAISE_VARARGS, n)
}

// assert emits an assertion, unless optimization drops them.
func (g *generator) assert(s *ast.Assert) {
	g.checkAssert(s)
	if g.optimize > 0 {
		return
	}
	end := g.newLabel()
	g.jumpIf(s.Span, s.Test, end, true)
	g.opArg(s.Span, opcode.LOAD_COMMON_CONSTANT, commonAssertionError)
	if s.Msg != nil {
		g.expr(s.Msg)
		g.opArg(s.Span, opcode.CALL, 0)
	}
	g.exit(s.Test.Pos(), opcode.RAISE_VARARGS, 1)
	g.use(end)
}
