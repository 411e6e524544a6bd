package codegen

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
)

// module compiles the unit of a file.
func (g *generator) module(root ast.Root) *code.Object {
	g.enter(moduleUnit, "<module>", g.table.Top, 1, parameters{})
	switch n := root.(type) {
	case *ast.Module:
		g.moduleBody(n.Body, true)
	case *ast.Interactive:
		g.interactive = true
		g.moduleBody(n.Body, false)
	case *ast.Expression:
		g.expr(n.Body)
		return g.leave(false)
	default:
		g.internal(source.Span{}, "no module: %T", root)
	}
	return g.leave(true)
}

func (g *generator) moduleBody(body []ast.Stmt, docstring bool) {
	// What sets up annotations belongs to the first statement.
	at := source.Span{Line: 1, EndLine: 1}
	if len(body) > 0 {
		at = body[0].Pos()
	}
	if g.u.scope.HasConditionalAnnotations {
		g.opArg(at, opcode.BUILD_SET, 0)
		g.opArg(at, opcode.STORE_NAME, g.nameIndex("__conditional_annotations__", 0))
	}
	g.scopeBody(at, body, docstring)
}

// scopeBody compiles the body of a module or class, with its docstring and
// annotations.
func (g *generator) scopeBody(at source.Span, body []ast.Stmt, docstring bool) {
	scope := g.u.scope
	// With annotations as strings there is always an __annotations__; otherwise
	// __annotate__ is made when there is something to it.
	if g.future && scope.AnnotationsUsed {
		g.op(at, opcode.SETUP_ANNOTATIONS)
	}
	if len(body) == 0 {
		return
	}
	if docstring && scope.HasDocstring {
		if doc := docstringOf(body); doc != nil {
			g.loadConst(doc.Span, g.cache.Text(cleanDoc(doc.Value.(*code.Str).S, &g.buf, g.cache.String)))
			g.fixed(none, token.NameDoc, ast.Store)
			body = body[1:]
		}
	}
	g.body(body)
	if !g.future {
		g.deferredAnnotations(at)
	}
}

// docstringOf returns the docstring that a body begins with, nil if there is none.
func docstringOf(body []ast.Stmt) *ast.Constant {
	if len(body) > 0 {
		if s, ok := body[0].(*ast.ExprStmt); ok {
			if c, ok := s.Value.(*ast.Constant); ok {
				if _, ok := c.Value.(*code.Str); ok {
					return c
				}
			}
		}
	}
	return nil
}
