package codegen

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
)

// subscript emits the load, store or deletion of an item or slice.
func (g *generator) subscript(e *ast.Subscript) {
	if e.Ctx == ast.Load {
		g.checkSubscripted(e.Value)
		g.checkIndex(e.Value, e.Slice)
	}
	g.expr(e.Value)
	if s, ok := simpleSlice(e.Slice); ok && e.Ctx != ast.Del {
		g.sliceEnds(s)
		if e.Ctx == ast.Load {
			g.op(e.Span, opcode.BINARY_SLICE)
		} else {
			g.op(e.Span, opcode.STORE_SLICE)
		}
		return
	}
	g.expr(e.Slice)
	switch e.Ctx {
	case ast.Load:
		g.opArg(e.Span, opcode.BINARY_OP, opargSubscr)
	case ast.Store:
		g.op(e.Span, opcode.STORE_SUBSCR)
	case ast.Del:
		g.op(e.Span, opcode.DELETE_SUBSCR)
	}
}

// simpleSlice returns e as a slice if it is one that needs no slice object: it has
// no step, and is not a constant.
func simpleSlice(e ast.Expr) (*ast.Slice, bool) {
	s, ok := e.(*ast.Slice)
	return s, ok && s.Step == nil && !isConstantSlice(s)
}

func isConstantSlice(s *ast.Slice) bool {
	return isConstantOrNil(s.Lower) && isConstantOrNil(s.Upper) && isConstantOrNil(s.Step)
}

func isConstantOrNil(e ast.Expr) bool {
	if e == nil {
		return true
	}
	_, ok := e.(*ast.Constant)
	return ok
}

// slice emits a slice object, as a constant where it is one.
func (g *generator) slice(s *ast.Slice) {
	if isConstantSlice(s) {
		g.loadConst(

			s.Span, &code.Slice{
				Start: constantOrNone(s.Lower),
				Stop:  constantOrNone(s.Upper),
				Step:  constantOrNone(s.Step),
			})

		return
	}
	g.sliceEnds(s)
	n := 2
	if s.Step != nil {
		n = 3
		g.expr(s.Step)
	}
	g.opArg(s.Span, opcode.BUILD_SLICE, n)
}

// sliceEnds emits where a slice starts and stops, None for what it does not say.
func (g *generator) sliceEnds(s *ast.Slice) {
	if s.Lower != nil {
		g.expr(s.Lower)
	} else {
		g.loadNone(s.Span)
	}
	if s.Upper != nil {
		g.expr(s.Upper)
	} else {
		g.loadNone(s.Span)
	}
}

func constantOrNone(e ast.Expr) code.Value {
	if c, ok := e.(*ast.Constant); ok {
		return c.Value
	}
	return code.None
}
