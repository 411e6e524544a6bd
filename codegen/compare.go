package codegen

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
)

// comparisons are the instructions of comparison operators.
var comparisons = [...]struct {
	op  opcode.Op
	arg int
}{
	ast.Lt:    {opcode.COMPARE_OP, compareLess},
	ast.LtE:   {opcode.COMPARE_OP, compareLessEqual},
	ast.Eq:    {opcode.COMPARE_OP, compareEqual},
	ast.NotEq: {opcode.COMPARE_OP, compareNotEqual},
	ast.Gt:    {opcode.COMPARE_OP, compareGreater},
	ast.GtE:   {opcode.COMPARE_OP, compareGreaterEqual},
	ast.Is:    {opcode.IS_OP, 0},
	ast.IsNot: {opcode.IS_OP, 1},
	ast.In:    {opcode.CONTAINS_OP, 0},
	ast.NotIn: {opcode.CONTAINS_OP, 1},
}

func (g *generator) compareOp(at source.Span, op ast.CmpOp) {
	c := &comparisons[op]
	g.opArg(at, c.op, c.arg)
}

// compare emits a comparison, or a chain of them, for its value.
func (g *generator) compare(e *ast.Compare) {
	g.checkIdentity(e)
	g.expr(e.Left)
	last := len(e.Ops) - 1
	if last == 0 {
		g.expr(e.Comparators[0])
		g.compareOp(e.Span, e.Ops[0])
		return
	}
	cleanup := g.newLabel()
	for i, op := range e.Ops[:last] {
		g.chained(e.Span, e.Comparators[i], op)
		g.opArg(e.Span, opcode.COPY, 1)
		g.op(e.Span, opcode.TO_BOOL)
		g.jump(e.Span, opcode.POP_JUMP_IF_FALSE, cleanup)
		g.op(e.Span, opcode.POP_TOP)
	}
	g.expr(e.Comparators[last])
	g.compareOp(e.Span, e.Ops[last])
	end := g.newLabel()
	g.jump(none, opcode.JUMP_NO_INTERRUPT, end)
	// The operand in the middle is below the result.
	g.use(cleanup)
	g.opArg(e.Span, opcode.SWAP, 2)
	g.op(e.Span, opcode.POP_TOP)
	g.use(end)
}

// jumpIfChain is jumpIf for a chain of comparisons.
func (g *generator) jumpIfChain(e *ast.Compare, target instruction.Label, cond bool) {
	g.checkIdentity(e)
	cleanup := g.newLabel()
	g.expr(e.Left)
	last := len(e.Ops) - 1
	for i, op := range e.Ops[:last] {
		g.chained(e.Span, e.Comparators[i], op)
		g.op(e.Span, opcode.TO_BOOL)
		g.jump(e.Span, opcode.POP_JUMP_IF_FALSE, cleanup)
	}
	g.expr(e.Comparators[last])
	g.compareOp(e.Span, e.Ops[last])
	g.op(e.Span, opcode.TO_BOOL)
	g.jump(e.Span, popJumpIf(cond), target)
	end := g.newLabel()
	g.jump(none, opcode.JUMP_NO_INTERRUPT, end)
	g.use(cleanup)
	g.op(e.Span, opcode.POP_TOP)
	if !cond {
		g.jump(none, opcode.JUMP_NO_INTERRUPT, target)
	}
	g.use(end)
}

// chained emits a comparison that is not the last of its chain: its right operand
// stays below the result, for the next one.
func (g *generator) chained(at source.Span, right ast.Expr, op ast.CmpOp) {
	g.expr(right)
	g.opArg(at, opcode.SWAP, 2)
	g.opArg(at, opcode.COPY, 2)
	g.compareOp(at, op)
}
