package parser

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/token"
)

// bracketed parses an atom that begins with an opening bracket.
func (p *Parser) bracketed() ast.Expr {
	depth := depthDisplay
	if p.kind == token.LPAR {
		depth = depthParens
	}
	if !p.enter(depth) {
		return p.bad
	}
	var e ast.Expr
	switch p.kind {
	case token.LPAR:
		e = p.parens()
	case token.LSQB:
		e = p.list()
	default:
		e = p.braces()
	}
	p.depth -= depth
	return e
}

// parens parses a tuple, a generator expression, or an expression in
// parentheses, which keeps the position it has without them.
func (p *Parser) parens() ast.Expr {
	start := p.pos
	p.next()
	switch p.kind {
	case token.RPAR:
		p.next()
		return p.arena.NewTuple(p.span(start))
	case token.YIELD:
		e := p.yield()
		p.want(token.RPAR)
		return e
	}
	names := p.uses.at()
	starred := p.kind == token.STAR
	e := p.starNamed()
	switch {
	case p.kind == token.COMMA:
		mark := len(p.exprs.stack)
		p.exprs.stack = append(p.exprs.stack, e)
		p.next()
		p.depth++ // a tuple's rules nest deeper than a list's
		p.starNamedList(token.RPAR)
		p.depth--
		p.want(token.RPAR)
		n := p.arena.NewTuple(p.span(start))
		n.Elts = p.exprs.take(mark)
		return n
	case starred:
		return p.fail()
	case p.kind == token.FOR || p.kind == token.ASYNC:
		gens := p.comprehensions()
		p.want(token.RPAR)
		n := p.arena.NewGeneratorExp(p.span(start))
		n.Elt, n.Generators = e, gens
		p.uses.expr(names, n)
		return n
	}
	p.want(token.RPAR)
	return e
}

// starNamedList puts expressions on the stack, up to the bracket that closes
// the list; there may be none.
func (p *Parser) starNamedList(closer token.Kind) {
	p.depth++
	for p.kind != closer {
		p.exprs.stack = append(p.exprs.stack, p.starNamed())
		if !p.got(token.COMMA) {
			break
		}
	}
	p.depth--
}

// list parses a list or a list comprehension.
func (p *Parser) list() ast.Expr {
	start := p.pos
	p.next()
	mark := len(p.exprs.stack)
	if p.kind != token.RSQB {
		names := p.uses.at()
		starred := p.kind == token.STAR
		e := p.starNamed()
		if (p.kind == token.FOR || p.kind == token.ASYNC) && !starred {
			gens := p.comprehensions()
			p.want(token.RSQB)
			n := p.arena.NewListComp(p.span(start))
			n.Elt, n.Generators = e, gens
			p.uses.expr(names, n)
			return n
		}
		p.exprs.stack = append(p.exprs.stack, e)
		if p.got(token.COMMA) {
			p.starNamedList(token.RSQB)
		}
	}
	p.want(token.RSQB)
	n := p.arena.NewList(p.span(start))
	n.Elts = p.exprs.take(mark)
	return n
}

// braces parses a dictionary, a set, or a comprehension of either.
func (p *Parser) braces() ast.Expr {
	start := p.pos
	p.next()
	switch p.kind {
	case token.RBRACE:
		p.next()
		return p.arena.NewDict(p.span(start))
	case token.DOUBLESTAR:
		return p.dict(start, p.uses.at(), nil)
	}
	names := p.uses.at()
	starred := p.kind == token.STAR
	e := p.starNamed()
	switch p.kind {
	case token.COLON:
		if starred || isNamed(e, p.tokens[start+1]) {
			return p.fail()
		}
		return p.dict(start, names, e)
	case token.FOR, token.ASYNC:
		if starred {
			return p.fail()
		}
		gens := p.comprehensions()
		p.want(token.RBRACE)
		n := p.arena.NewSetComp(p.span(start))
		n.Elt, n.Generators = e, gens
		p.uses.expr(names, n)
		return n
	}
	mark := len(p.exprs.stack)
	p.exprs.stack = append(p.exprs.stack, e)
	if p.got(token.COMMA) {
		p.starNamedList(token.RBRACE)
	}
	p.want(token.RBRACE)
	n := p.arena.NewSet(p.span(start))
	n.Elts = p.exprs.take(mark)
	return n
}

// isNamed reports whether e, which begins with the token first, is an
// assignment expression without parentheses.
func isNamed(e ast.Expr, first token.Token) bool {
	_, ok := e.(*ast.NamedExpr)
	return ok && first.Kind == token.NAME
}

// dict parses a dictionary, or the comprehension of one, that began at start,
// from behind its first key; key is nil if that is a **. Its names begin at names.
func (p *Parser) dict(start, names int, key ast.Expr) ast.Expr {
	keyMark, mark := len(p.keys.stack), len(p.exprs.stack)
	for {
		if key == nil {
			p.next()
			v := p.binary(precOr)
			p.keys.stack = append(p.keys.stack, nil)
			p.exprs.stack = append(p.exprs.stack, v)
		} else {
			p.want(token.COLON)
			v := p.expression()
			if (p.kind == token.FOR || p.kind == token.ASYNC) && len(p.keys.stack) == keyMark {
				gens := p.comprehensions()
				p.want(token.RBRACE)
				n := p.arena.NewDictComp(p.span(start))
				n.Key, n.Value, n.Generators = key, v, gens
				p.uses.expr(names, n)
				return n
			}
			p.keys.stack = append(p.keys.stack, key)
			p.exprs.stack = append(p.exprs.stack, v)
		}
		if !p.got(token.COMMA) || p.kind == token.RBRACE {
			break
		}
		key = nil
		if p.kind != token.DOUBLESTAR {
			key = p.expression()
		}
	}
	p.want(token.RBRACE)
	n := p.arena.NewDict(p.span(start))
	n.Keys, n.Values = p.keys.take(keyMark), p.exprs.take(mark)
	return n
}

// comprehensions parses the clauses of a comprehension:
// (['async'] 'for' star_targets 'in' disjunction ('if' disjunction)*)+.
func (p *Parser) comprehensions() []*ast.Comprehension {
	mark := len(p.gens.stack)
	for p.kind == token.FOR || p.kind == token.ASYNC {
		n := p.arena.NewComprehension()
		if p.got(token.ASYNC) {
			n.IsAsync = 1
			p.since(6)
		}
		p.want(token.FOR)
		n.Target = p.starTargets()
		p.want(token.IN)
		n.Iter = p.disjunction()
		ifs := len(p.exprs.stack)
		for p.got(token.IF) {
			p.exprs.stack = append(p.exprs.stack, p.disjunction())
		}
		n.Ifs = p.exprs.take(ifs)
		p.gens.stack = append(p.gens.stack, n)
	}
	return p.gens.take(mark)
}

// slices parses what stands between the brackets of a subscript.
func (p *Parser) slices() ast.Expr {
	start := p.pos
	if p.kind != token.STAR {
		e := p.slice()
		if p.kind != token.COMMA {
			return e
		}
		mark := len(p.exprs.stack)
		p.exprs.stack = append(p.exprs.stack, e)
		return p.slicesRest(start, mark)
	}
	mark := len(p.exprs.stack)
	p.exprs.stack = append(p.exprs.stack, p.starredExpression())
	return p.slicesRest(start, mark)
}

// slicesRest parses the rest of a tuple of slices, the first of which lies on
// the stack at mark and began at start.
func (p *Parser) slicesRest(start, mark int) ast.Expr {
	p.depth += depthMoreArgs
	for p.got(token.COMMA) && p.kind != token.RSQB {
		var e ast.Expr
		if p.kind == token.STAR {
			e = p.starredExpression()
		} else {
			e = p.slice()
		}
		p.exprs.stack = append(p.exprs.stack, e)
	}
	p.depth -= depthMoreArgs
	n := p.arena.NewTuple(p.span(start))
	n.Elts = p.exprs.take(mark)
	return n
}

// slice parses [expression] ':' [expression] [':' [expression]] or a
// named_expression.
func (p *Parser) slice() ast.Expr {
	start := p.pos
	var lower, upper, step ast.Expr
	if p.kind != token.COLON {
		lower = p.named()
		if p.kind != token.COLON {
			return lower
		}
		if isNamed(lower, p.tokens[start]) {
			return p.fail()
		}
	}
	p.next()
	if p.kind != token.COLON && p.kind != token.COMMA && p.kind != token.RSQB {
		upper = p.expression()
	}
	if p.got(token.COLON) && p.kind != token.COMMA && p.kind != token.RSQB {
		step = p.expression()
	}
	n := p.arena.NewSlice(p.span(start))
	n.Lower, n.Upper, n.Step = lower, upper, step
	return n
}

// starredExpression parses '*' expression, which is what arguments and
// subscripts have.
func (p *Parser) starredExpression() ast.Expr {
	start := p.pos
	p.next()
	v := p.expression()
	n := p.arena.NewStarred(p.span(start))
	n.Value = v
	return n
}
