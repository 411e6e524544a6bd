package parser

import "github.com/krait-py/krait/ast"

// number parses the NUMBER that is the current token.
func (p *Parser) number() *ast.Constant {
	start := p.pos
	p.next()
	return p.arena.NewConstant(p.span(start))
}

// strings parses adjacent strings, f-strings or t-strings, the first of which
// begins at the current token (STRING, FSTRINGSTART or TSTRINGSTART).
func (p *Parser) strings() ast.Expr {
	return p.fail()
}
