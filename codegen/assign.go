package codegen

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/opcode"
)

// assign emits an assignment, which may have several targets.
func (g *generator) assign(s *ast.Assign) {
	g.expr(s.Value)
	last := len(s.Targets) - 1
	for i, t := range s.Targets {
		if i < last {
			g.opArg(s.Span, opcode.COPY, 1)
		}
		g.expr(t)
	}
}

// augAssign emits an augmented assignment. What the target consists of is evaluated
// once and stays on the stack for the store.
func (g *generator) augAssign(s *ast.AugAssign) {
	switch t := s.Target.(type) {
	case *ast.Name:
		g.nameNum(t.Span, t.ID, t.IDNum, ast.Load)
		g.augValue(s)
		g.nameNum(t.Span, t.ID, t.IDNum, ast.Store)
	case *ast.Attribute:
		g.expr(t.Value)
		g.opArg(t.Span, opcode.COPY, 1)
		at := attrPos(t.Span, t)
		g.attr(at, opcode.LOAD_ATTR, t.Attr, t.AttrNum)
		g.augValue(s)
		g.opArg(at, opcode.SWAP, 2)
		g.attr(at, opcode.STORE_ATTR, t.Attr, t.AttrNum)
	case *ast.Subscript:
		g.expr(t.Value)
		if slice, ok := simpleSlice(t.Slice); ok {
			g.sliceEnds(slice)
			g.opArg(t.Span, opcode.COPY, 3)
			g.opArg(t.Span, opcode.COPY, 3)
			g.opArg(t.Span, opcode.COPY, 3)
			g.op(t.Span, opcode.BINARY_SLICE)
			g.augValue(s)
			g.opArg(t.Span, opcode.SWAP, 4)
			g.opArg(t.Span, opcode.SWAP, 3)
			g.opArg(t.Span, opcode.SWAP, 2)
			g.op(t.Span, opcode.STORE_SLICE)
			return
		}
		g.expr(t.Slice)
		g.opArg(t.Span, opcode.COPY, 2)
		g.opArg(t.Span, opcode.COPY, 2)
		g.opArg(t.Span, opcode.BINARY_OP, opargSubscr)
		g.augValue(s)
		g.opArg(t.Span, opcode.SWAP, 3)
		g.opArg(t.Span, opcode.SWAP, 2)
		g.op(t.Span, opcode.STORE_SUBSCR)
	}
}

// augValue emits the right side of an augmented assignment and the operation.
func (g *generator) augValue(s *ast.AugAssign) {
	g.expr(s.Value)
	g.opArg(s.Span, opcode.BINARY_OP, binaryOpargs[s.Op]+inplaceOffset)
}
