package codegen

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/opcode"
)

// joinedStr emits an f-string. One of very many parts is joined from a list.
func (g *generator) joinedStr(e *ast.JoinedStr) {
	n := len(e.Values)
	if n > stackGuideline {
		g.loadConst(e.Span, g.cache.Text(""))
		g.loadMethod(e.Span, "join", 0)
		g.opArg(e.Span, opcode.BUILD_LIST, 0)
		for _, v := range e.Values {
			g.expr(v)
			g.opArg(e.Span, opcode.LIST_APPEND, 1)
		}
		g.opArg(e.Span, opcode.CALL, 1)
		return
	}
	g.exprs(e.Values)
	switch {
	case n > 1:
		g.opArg(e.Span, opcode.BUILD_STRING, n)
	case n == 0:
		g.loadConst(e.Span, g.cache.Text(""))
	}
}

// formattedValue emits a replacement field of an f-string.
func (g *generator) formattedValue(e *ast.FormattedValue) {
	g.expr(e.Value)
	if c := conversion(e.Conversion); c != 0 {
		g.opArg(e.Span, opcode.CONVERT_VALUE, c)
	}
	if e.FormatSpec != nil {
		g.expr(e.FormatSpec)
		g.op(e.Span, opcode.FORMAT_WITH_SPEC)
	} else {
		g.op(e.Span, opcode.FORMAT_SIMPLE)
	}
}

// conversion returns the number that instructions have for a conversion, 0 for
// none.
func conversion(c int) int {
	switch c {
	case 's':
		return 1
	case 'r':
		return 2
	case 'a':
		return 3
	}
	return 0
}

// templateStr emits a t-string: a tuple of the strings before, between and behind
// the interpolations, the empty one where there is none, and a tuple of the
// interpolations.
func (g *generator) templateStr(e *ast.TemplateStr) {
	var strings, interpolations int
	needsString := true
	for _, v := range e.Values {
		if _, ok := v.(*ast.Interpolation); !ok {
			g.expr(v)
			strings++
			needsString = false
			continue
		}
		if needsString {
			g.loadConst(e.Span, g.cache.Text(""))
			strings++
		}
		needsString = true
	}
	if needsString {
		g.loadConst(e.Span, g.cache.Text(""))
		strings++
	}
	g.opArg(e.Span, opcode.BUILD_TUPLE, strings)
	for _, v := range e.Values {
		if v, ok := v.(*ast.Interpolation); ok {
			g.interpolation(v)
			interpolations++
		}
	}
	g.opArg(e.Span, opcode.BUILD_TUPLE, interpolations)
	g.op(e.Span, opcode.BUILD_TEMPLATE)
}

// interpolation emits a replacement field of a t-string. Bit 0 of the oparg says
// whether there is a format specification, bit 1 is always set.
func (g *generator) interpolation(e *ast.Interpolation) {
	g.expr(e.Value)
	g.loadConst(e.Span, e.Str)
	arg := 2 | conversion(e.Conversion)<<2
	if e.FormatSpec != nil {
		arg |= 1
		g.expr(e.FormatSpec)
	}
	g.opArg(e.Span, opcode.BUILD_INTERPOLATION, arg)
}
