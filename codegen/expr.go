package codegen

import (
	"unicode/utf8"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
)

// stackGuideline is how many values a display or call may have on the stack
// before it is built piece by piece (CPython: _PY_STACK_USE_GUIDELINE).
const stackGuideline = 30

// binOp emits a binary operator.
func (g *generator) binOp(e *ast.BinOp) {
	g.expr(e.Left)
	g.expr(e.Right)
	g.opArg(e.Span, opcode.BINARY_OP, binaryOpargs[e.Op])
}

// namedExpr emits an assignment expression.
func (g *generator) namedExpr(e *ast.NamedExpr) {
	g.expr(e.Value)
	g.opArg(e.Span, opcode.COPY, 1)
	g.expr(e.Target)
}

// starred refuses a starred expression. Where stars are allowed, the node around
// them does not come here.
func (g *generator) starred(e *ast.Starred) {
	if e.Ctx == ast.Store {
		g.fail(e.Span, "starred assignment target must be in a list or tuple")
	} else {
		g.fail(e.Span, "can't use starred expression here")
	}
}

// unaryOp emits a unary operator.
func (g *generator) unaryOp(e *ast.UnaryOp) {
	g.expr(e.Operand)
	switch e.Op {
	case ast.Not:
		g.op(e.Span, opcode.TO_BOOL)
		g.op(e.Span, opcode.UNARY_NOT)
	case ast.USub:
		g.op(e.Span, opcode.UNARY_NEGATIVE)
	case ast.Invert:
		g.op(e.Span, opcode.UNARY_INVERT)
	case ast.UAdd:
		g.opArg(e.Span, opcode.CALL_INTRINSIC_1, intrinsicUnaryPositive)
	}
}

// The operands of BINARY_OP: the operators in the order of ast.Operator, how far
// their in-place forms are from them, and subscripts.
var binaryOpargs = [...]int{
	ast.Add:      0,
	ast.Sub:      10,
	ast.Mult:     5,
	ast.MatMult:  4,
	ast.Div:      11,
	ast.Mod:      6,
	ast.Pow:      8,
	ast.LShift:   3,
	ast.RShift:   9,
	ast.BitOr:    7,
	ast.BitXor:   12,
	ast.BitAnd:   1,
	ast.FloorDiv: 2,
}

const (
	inplaceOffset = 13
	opargSubscr   = 26
)

// attribute emits the load, store or deletion of an attribute.
func (g *generator) attribute(e *ast.Attribute) {
	at := e.Span
	switch e.Ctx {
	case ast.Load:
		if super := g.superCall(e); super != nil {
			g.superArgs(super)
			g.loadSuper(at, e, false, len(super.Args) > 0)
			g.op(attrPos(at, e), opcode.NOP)
			return
		}
		g.expr(e.Value)
		g.attr(attrPos(at, e), opcode.LOAD_ATTR, e.Attr, e.AttrNum)
	case ast.Store:
		g.noteStaticAttr(e)
		g.expr(e.Value)
		g.attr(attrPos(at, e), opcode.STORE_ATTR, e.Attr, e.AttrNum)
	case ast.Del:
		g.expr(e.Value)
		g.attr(attrPos(at, e), opcode.DELETE_ATTR, e.Attr, e.AttrNum)
	}
}

// attrPos moves the start of at to the attribute's name if that is on another
// line, so that chained calls over several lines are traced line by line.
func attrPos(at source.Span, e *ast.Attribute) source.Span {
	if at.Line == e.EndLine {
		return at
	}
	at.Line = e.EndLine
	// The name is counted in characters, although columns are bytes.
	if n := int32(utf8.RuneCountInString(e.Attr)); n <= e.EndCol {
		at.Col = e.EndCol - n
	} else {
		at.Col, at.EndCol = -1, -1
	}
	at.EndLine = max(at.Line, at.EndLine)
	if at.Line == at.EndLine {
		at.EndCol = max(at.Col, at.EndCol)
	}
	return at
}
