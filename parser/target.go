package parser

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/token"
)

// Targets are parsed as expressions, which tell by their kind whether they can
// be targets: what a target may be is part of what an expression may be, and
// looks the same.

// store makes e a target of an assignment, with all that is in it.
func (p *Parser) store(e ast.Expr) {
	if !p.setContext(e, ast.Store) {
		p.fail()
	}
}

// setContext sets the context of e and what is assigned to or deleted with it.
// It reports whether e can be a target.
func (p *Parser) setContext(e ast.Expr, ctx ast.Context) bool {
	switch e := e.(type) {
	case *ast.Name:
		e.Ctx = ctx
		p.uses.bind(e.IDNum)
	case *ast.Attribute:
		e.Ctx = ctx
		p.uses.attribute(e.AttrNum)
	case *ast.Subscript:
		e.Ctx = ctx
	case *ast.Tuple:
		e.Ctx = ctx
		return p.setContexts(e.Elts, ctx)
	case *ast.List:
		e.Ctx = ctx
		return p.setContexts(e.Elts, ctx)
	case *ast.Starred:
		e.Ctx = ctx
		return ctx == ast.Store && p.setContext(e.Value, ctx)
	default:
		return false
	}
	return true
}

func (p *Parser) setContexts(elts []ast.Expr, ctx ast.Context) bool {
	for _, e := range elts {
		if !p.setContext(e, ctx) {
			return false
		}
	}
	return true
}

// starTargets parses the targets of a loop: one, or a tuple without
// parentheses.
func (p *Parser) starTargets() ast.Expr {
	start := p.pos
	e := p.starTarget()
	if p.kind != token.COMMA {
		return e
	}
	mark := len(p.exprs.stack)
	p.exprs.stack = append(p.exprs.stack, e)
	for p.got(token.COMMA) && startsExpr[p.kind] {
		p.exprs.stack = append(p.exprs.stack, p.starTarget())
	}
	n := p.arena.NewTuple(p.span(start))
	n.Elts, n.Ctx = p.exprs.take(mark), ast.Store
	return n
}

// starTarget parses a target that may have a * before it.
func (p *Parser) starTarget() ast.Expr {
	if p.kind == token.STAR {
		start := p.pos
		p.next()
		e := p.primary()
		p.store(e)
		n := p.arena.NewStarred(p.span(start))
		n.Value, n.Ctx = e, ast.Store
		return n
	}
	e := p.primary()
	p.store(e)
	return e
}

// isSingleTarget reports whether e can be annotated, or assigned to with an
// operator.
func isSingleTarget(e ast.Expr) bool {
	switch e.(type) {
	case *ast.Name, *ast.Attribute, *ast.Subscript:
		return true
	}
	return false
}
