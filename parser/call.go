package parser

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/token"
)

// call parses the arguments of a call of fn, which began at start; the opening
// parenthesis is the current token.
func (p *Parser) call(start int, fn ast.Expr) ast.Expr {
	open := p.pos
	p.next()
	if p.kind == token.RPAR {
		p.next()
		n := p.arena.NewCall(p.span(start))
		n.Func = fn
		return n
	}
	if !p.enter(depthCall) {
		return p.bad
	}
	depth := p.depth
	mark, kwMark := len(p.exprs.stack), len(p.keywords.stack)
	first, names := p.kind, p.uses.at()
	p.arguments()
	if len(p.exprs.stack) == mark+1 && (p.kind == token.FOR || p.kind == token.ASYNC) &&
		len(p.keywords.stack) == kwMark && first != token.STAR && p.tokens[p.pos-1].Kind != token.COMMA {
		elt := p.exprs.stack[mark]
		gens := p.comprehensions()
		p.want(token.RPAR)
		g := p.arena.NewGeneratorExp(p.span(open))
		g.Elt, g.Generators = elt, gens
		p.uses.expr(names, g)
		p.exprs.stack[mark] = g
	} else {
		p.want(token.RPAR)
	}
	p.depth = depth - depthCall
	n := p.arena.NewCall(p.span(start))
	n.Func, n.Args, n.Keywords = fn, p.exprs.take(mark), p.keywords.take(kwMark)
	return n
}

// arguments puts the arguments of a call or a class on the stacks, up to the
// closing parenthesis or whatever cannot follow an argument. It may leave the
// depth greater than it was.
func (p *Parser) arguments() {
	// What was there already decides what may come: behind a keyword no
	// positional argument, behind ** no * either.
	var keywords, mapping, more bool
	for p.kind != token.RPAR {
		start := p.pos
		switch {
		case p.kind == token.NAME && p.peek() == token.EQUAL:
			t := &p.tokens[p.pos]
			p.next()
			p.next()
			v := p.expression()
			n := p.arena.NewKeyword(p.span(start))
			n.Arg, n.ArgNum, n.Value = p.identifier(t), t.Name, v
			p.uses.attribute(t.Name)
			p.keywords.stack = append(p.keywords.stack, n)
			keywords = true
		case p.kind == token.STAR:
			if mapping {
				p.fail()
				return
			}
			p.exprs.stack = append(p.exprs.stack, p.starredExpression())
		case p.kind == token.DOUBLESTAR:
			p.next()
			v := p.expression()
			n := p.arena.NewKeyword(p.span(start))
			n.Value = v
			p.keywords.stack = append(p.keywords.stack, n)
			keywords, mapping = true, true
		default:
			if keywords {
				p.fail()
				return
			}
			e := p.expression()
			if p.kind == token.COLONEQUAL {
				e = p.namedRest(start, e)
			}
			p.exprs.stack = append(p.exprs.stack, e)
		}
		if !p.got(token.COMMA) {
			return
		}
		if !more {
			p.depth += depthMoreArgs
			more = true
		}
	}
}

// lambda parses a lambda expression.
func (p *Parser) lambda() ast.Expr {
	start, names, outer := p.pos, p.uses.at(), p.uses.traits
	p.next()
	if !p.enter(depthLambda) {
		return p.bad
	}
	args := p.parameters(token.COLON)
	p.want(token.COLON)
	body := p.expression()
	p.depth -= depthLambda
	n := p.arena.NewLambda(p.span(start))
	n.Args, n.Body = args, body
	p.uses.expr(names, n)
	p.uses.traits = outer | p.uses.traits&special
	return n
}

// parameters parses the parameters of a function (closer is RPAR), which may
// have annotations, or of a lambda (closer is COLON), up to closer.
func (p *Parser) parameters(closer token.Kind) *ast.Arguments {
	n := p.arena.NewArguments()
	if p.kind == closer {
		return n
	}
	if !p.enter(depthDefault) {
		return n
	}
	mark, defMark := len(p.args.stack), len(p.exprs.stack)
	more := true
	for more && (p.kind == token.NAME || p.kind == token.SLASH) {
		if p.kind == token.SLASH {
			if n.Posonlyargs != nil || len(p.args.stack) == mark {
				p.fail()
			}
			if p.failed || !p.since(8) {
				return n
			}
			n.Posonlyargs = p.args.take(mark)
			p.next()
			more = p.got(token.COMMA)
			continue
		}
		if next := p.peek(); len(p.exprs.stack) == defMark && (next == token.COMMA || next == closer) {
			// Nothing but a name, which most are.
			t := &p.tokens[p.pos]
			a := p.arena.NewArg(spanOf(t))
			a.Arg, a.ArgNum = p.identifier(t), t.Name
			p.args.stack = append(p.args.stack, a)
			p.next()
			more = p.got(token.COMMA)
			if p.kind == token.TYPECOMMENT && closer == token.RPAR {
				a.TypeComment = p.typeComment()
			}
			continue
		}
		a := p.parameter(closer)
		if p.got(token.EQUAL) {
			p.exprs.stack = append(p.exprs.stack, p.expression())
		} else if len(p.exprs.stack) > defMark {
			p.fail()
			return n
		}
		p.args.stack = append(p.args.stack, a)
		more = p.parameterEnd(a, closer)
	}
	n.Args, n.Defaults = p.args.take(mark), p.exprs.take(defMark)
	if more && p.got(token.STAR) {
		more = p.starEtc(n, closer)
	}
	if more && p.got(token.DOUBLESTAR) {
		n.Kwarg = p.parameter(closer)
		p.parameterEnd(n.Kwarg, closer)
	}
	if p.kind != closer {
		p.fail()
	}
	p.depth -= depthDefault
	return n
}

// starEtc parses what follows a * among parameters, as far as a **. It reports
// whether more parameters can come.
func (p *Parser) starEtc(n *ast.Arguments, closer token.Kind) bool {
	more := true
	if p.kind == token.COMMA {
		p.next()
		if p.kind != token.NAME {
			p.fail()
			return false
		}
	} else {
		n.Vararg = p.vararg(closer)
		more = p.parameterEnd(n.Vararg, closer)
	}
	mark, defMark := len(p.args.stack), len(p.exprs.stack)
	for more && p.kind == token.NAME {
		a := p.parameter(closer)
		var def ast.Expr
		if p.got(token.EQUAL) {
			def = p.expression()
		}
		p.exprs.stack = append(p.exprs.stack, def)
		p.args.stack = append(p.args.stack, a)
		more = p.parameterEnd(a, closer)
	}
	n.Kwonlyargs, n.KwDefaults = p.args.take(mark), p.exprs.take(defMark)
	return more
}

// parameter parses a name and its annotation, if the parameters may have one.
func (p *Parser) parameter(closer token.Kind) *ast.Arg {
	return p.parameterOf(closer, (*Parser).expression)
}

// vararg parses the parameter behind a *, whose annotation may be starred.
func (p *Parser) vararg(closer token.Kind) *ast.Arg {
	return p.parameterOf(closer, (*Parser).starExpression)
}

func (p *Parser) parameterOf(closer token.Kind, annotation func(*Parser) ast.Expr) *ast.Arg {
	start := p.pos
	if p.kind != token.NAME {
		p.fail()
		return p.arena.NewArg(p.span(start))
	}
	t := &p.tokens[p.pos]
	p.next()
	var e ast.Expr
	if closer == token.RPAR && p.got(token.COLON) {
		e = annotation(p)
	}
	n := p.arena.NewArg(p.span(start))
	n.Arg, n.ArgNum, n.Annotation = p.identifier(t), t.Name, e
	return n
}

// parameterEnd parses the comma behind a parameter, which only the last one
// needs not have, and its type comment. It reports whether more parameters can
// come.
func (p *Parser) parameterEnd(a *ast.Arg, closer token.Kind) bool {
	comma := p.got(token.COMMA)
	if !comma && p.kind != closer && p.kind != token.TYPECOMMENT {
		p.fail()
		return false
	}
	if p.kind == token.TYPECOMMENT && closer == token.RPAR {
		a.TypeComment = p.typeComment()
	}
	return comma
}
