package codegen

import (
	"math"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
)

// unpack emits the assignment of an iterable to a list or tuple of targets.
func (g *generator) unpack(at source.Span, targets []ast.Expr) {
	star := -1
	for i, t := range targets {
		if _, ok := t.(*ast.Starred); !ok {
			continue
		}
		if star >= 0 {
			g.fail(at, "multiple starred expressions in assignment")
			return
		}
		if !g.unpackEx(at, i, len(targets)) {
			g.fail(at, "too many expressions in star-unpacking assignment")
			return
		}
		star = i
	}
	if star < 0 {
		g.opArg(at, opcode.UNPACK_SEQUENCE, len(targets))
	}
	for _, t := range targets {
		if s, ok := t.(*ast.Starred); ok {
			t = s.Value
		}
		g.expr(t)
	}
}

// unpackEx emits UNPACK_EX for n targets with a star at index i; it reports
// whether its oparg has room for them.
func (g *generator) unpackEx(at source.Span, i, n int) bool {
	after := n - i - 1
	if i >= 1<<8 || after >= math.MaxInt32>>8 {
		return false
	}
	g.opArg(at, opcode.UNPACK_EX, i|after<<8)
	return true
}
