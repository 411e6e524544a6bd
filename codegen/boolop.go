package codegen

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
)

// boolOp emits "and" and "or" for their value.
func (g *generator) boolOp(e *ast.BoolOp) {
	jump := opcode.JUMP_IF_FALSE
	if e.Op == ast.Or {
		jump = opcode.JUMP_IF_TRUE
	}
	end := g.newLabel()
	last := len(e.Values) - 1
	for i, v := range e.Values {
		g.expr(v)
		if i < last {
			g.jump(e.Span, jump, end)
			g.op(e.Span, opcode.POP_TOP)
		}
	}
	g.use(end)
}

// ifExp emits a conditional expression for its value.
func (g *generator) ifExp(e *ast.IfExp) {
	end, orelse := g.newLabel(), g.newLabel()
	g.jumpIf(e.Span, e.Test, orelse, false)
	g.expr(e.Body)
	g.jump(none, opcode.JUMP_NO_INTERRUPT, end)
	g.use(orelse)
	g.expr(e.Orelse)
	g.use(end)
}

// jumpIf emits a jump to target that is taken if the truth of e is cond. Operators
// that only pass truth on become jumps themselves, without a value in between. at
// is the position of the construct the condition belongs to.
func (g *generator) jumpIf(at source.Span, e ast.Expr, target instruction.Label, cond bool) {
	switch e := e.(type) {
	case *ast.UnaryOp:
		if e.Op == ast.Not {
			g.jumpIf(at, e.Operand, target, !cond)
			return
		}
	case *ast.BoolOp:
		g.jumpIfBoolOp(at, e, target, cond)
		return
	case *ast.IfExp:
		end, orelse := g.newLabel(), g.newLabel()
		g.jumpIf(at, e.Test, orelse, false)
		g.jumpIf(at, e.Body, target, cond)
		g.jump(none, opcode.JUMP_NO_INTERRUPT, end)
		g.use(orelse)
		g.jumpIf(at, e.Orelse, target, cond)
		g.use(end)
		return
	case *ast.Compare:
		if len(e.Ops) > 1 {
			g.jumpIfChain(e, target, cond)
			return
		}
	}
	g.expr(e)
	g.op(e.Pos(), opcode.TO_BOOL)
	g.jump(e.Pos(), popJumpIf(cond), target)
}

func popJumpIf(cond bool) opcode.Op {
	if cond {
		return opcode.POP_JUMP_IF_TRUE
	}
	return opcode.POP_JUMP_IF_FALSE
}

// jumpIfBoolOp is jumpIf for "and" and "or". A value that decides the result jumps
// to target if that result is the one wanted, else past the whole.
func (g *generator) jumpIfBoolOp(at source.Span, e *ast.BoolOp, target instruction.Label, cond bool) {
	decides := e.Op == ast.Or
	decided := target
	if decides != cond {
		decided = g.newLabel()
	}
	last := len(e.Values) - 1
	for _, v := range e.Values[:last] {
		g.jumpIf(at, v, decided, decides)
	}
	g.jumpIf(at, e.Values[last], target, cond)
	if decides != cond {
		g.use(decided)
	}
}
