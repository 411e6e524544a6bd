package parser

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/token"
)

// match parses a match statement if there is one at the word match. If there is
// not, it parses nothing and returns nil: the word is a name like any other.
func (p *Parser) match() ast.Stmt {
	at := p.checkpoint()
	start, names := p.pos, p.uses.open()
	p.next()
	subject := p.subject()
	// Nothing else ends in a colon and a line break.
	if p.kind != token.COLON || p.peek() != token.NEWLINE {
		p.retry(at)
		return nil
	}
	p.since(10)
	p.want(token.COLON)
	p.want(token.NEWLINE)
	p.want(token.INDENT)
	mark := len(p.cases.stack)
	if !p.enter(depthBlock) {
		return nil
	}
	for {
		p.cases.stack = append(p.cases.stack, p.matchCase())
		if p.kind == token.DEDENT || p.failed {
			break
		}
	}
	p.depth -= depthBlock
	p.want(token.DEDENT)
	n := p.arena.NewMatch(p.wholeSpan(start))
	n.Subject, n.Cases = subject, p.cases.take(mark)
	p.uses.close(names, n)
	return n
}

// subject parses star_named_expression ',' [star_named_expressions] or a
// named_expression.
func (p *Parser) subject() ast.Expr {
	start := p.pos
	starred := p.kind == token.STAR
	e := p.starNamed()
	if p.kind != token.COMMA {
		if starred {
			return p.fail()
		}
		return e
	}
	mark := len(p.exprs.stack)
	p.exprs.stack = append(p.exprs.stack, e)
	for p.got(token.COMMA) && startsExpr[p.kind] {
		p.exprs.stack = append(p.exprs.stack, p.starNamed())
	}
	n := p.arena.NewTuple(p.span(start))
	n.Elts = p.exprs.take(mark)
	return n
}

// matchCase parses "case" patterns ['if' named_expression] ':' block.
func (p *Parser) matchCase() *ast.MatchCase {
	n := p.arena.NewMatchCase()
	if p.kind != token.NAME || p.currentText() != "case" {
		p.fail()
		return n
	}
	p.next()
	n.Pattern = p.patterns()
	if p.got(token.IF) {
		n.Guard = p.named()
	}
	n.Body = p.colonBlock()
	return n
}

// patterns parses a pattern, or a sequence of them without brackets.
func (p *Parser) patterns() ast.Pattern {
	start := p.pos
	starred := p.kind == token.STAR
	first := p.maybeStarPattern()
	if p.kind != token.COMMA {
		if starred {
			p.fail()
		}
		return first
	}
	mark := len(p.pats.stack)
	p.pats.stack = append(p.pats.stack, first)
	for p.got(token.COMMA) && p.kind != token.COLON && p.kind != token.IF {
		p.pats.stack = append(p.pats.stack, p.maybeStarPattern())
	}
	n := p.arena.NewMatchSequence(p.span(start))
	n.Patterns = p.pats.take(mark)
	return n
}

// maybeStarPattern parses star_pattern | pattern.
func (p *Parser) maybeStarPattern() ast.Pattern {
	if p.kind != token.STAR {
		return p.pattern()
	}
	start := p.pos
	p.next()
	var name string
	if p.kind == token.NAME && p.currentText() == "_" {
		p.next()
	} else {
		name = p.capture()
	}
	n := p.arena.NewMatchStar(p.span(start))
	n.Name = name
	return n
}

// capture parses the name that something matched is bound to.
func (p *Parser) capture() string {
	if p.kind != token.NAME || p.currentText() == "_" {
		p.fail()
		return ""
	}
	switch p.peek() {
	case token.DOT, token.LPAR, token.EQUAL:
		p.fail()
		return ""
	}
	name := p.identifier(&p.tokens[p.pos])
	p.next()
	return name
}

// pattern parses '|'.closed_pattern+ ['as' NAME].
func (p *Parser) pattern() ast.Pattern {
	start := p.pos
	e := p.closedPattern()
	if p.kind == token.VBAR {
		mark := len(p.pats.stack)
		p.pats.stack = append(p.pats.stack, e)
		for p.got(token.VBAR) {
			p.pats.stack = append(p.pats.stack, p.closedPattern())
		}
		n := p.arena.NewMatchOr(p.span(start))
		n.Patterns = p.pats.take(mark)
		e = n
	}
	if !p.got(token.AS) {
		return e
	}
	name := p.capture()
	n := p.arena.NewMatchAs(p.span(start))
	n.Pattern, n.Name = e, name
	return n
}

// closedPattern parses a pattern that needs no parentheses.
func (p *Parser) closedPattern() ast.Pattern {
	start := p.pos
	switch p.kind {
	case token.NAME:
		return p.namePattern()
	case token.NUMBER, token.MINUS:
		return p.matchValue(start, p.patternNumber())
	case token.STRING, token.FSTRINGSTART, token.TSTRINGSTART:
		return p.matchValue(start, p.strings())
	case token.NONE:
		return p.matchSingleton(code.None)
	case token.TRUE:
		return p.matchSingleton(code.True)
	case token.FALSE:
		return p.matchSingleton(code.False)
	case token.LPAR, token.LSQB, token.LBRACE:
		if !p.enter(depthPattern) {
			break
		}
		var n ast.Pattern
		switch p.kind {
		case token.LPAR:
			n = p.parenPattern()
		case token.LSQB:
			n = p.listPattern()
		default:
			n = p.mappingPattern()
		}
		p.depth -= depthPattern
		return n
	default:
		p.fail()
	}
	return p.arena.NewMatchAs(p.span(start))
}

func (p *Parser) matchValue(start int, e ast.Expr) ast.Pattern {
	n := p.arena.NewMatchValue(p.span(start))
	n.Value = e
	return n
}

func (p *Parser) matchSingleton(v code.Value) ast.Pattern {
	n := p.arena.NewMatchSingleton(spanOf(&p.tokens[p.pos]))
	n.Value = v
	p.next()
	return n
}

// patternNumber parses a number with a sign that may be there, or the sum of
// such a one and an imaginary number.
func (p *Parser) patternNumber() ast.Expr {
	start := p.pos
	minus := p.got(token.MINUS)
	if p.kind != token.NUMBER {
		return p.fail()
	}
	left := p.number()
	_, isComplex := left.Value.(*code.Complex)
	var e ast.Expr = left
	if minus {
		n := p.arena.NewUnaryOp(p.span(start))
		n.Op, n.Operand = ast.USub, left
		p.noteChange() // to a negative number
		e = n
	}
	if p.kind != token.PLUS && p.kind != token.MINUS {
		return e
	}
	op := binaryOps[p.kind]
	p.next()
	if isComplex || p.kind != token.NUMBER {
		return p.fail()
	}
	right := p.number()
	if _, ok := right.Value.(*code.Complex); !ok {
		return p.fail()
	}
	n := p.arena.NewBinOp(p.span(start))
	n.Left, n.Op, n.Right = e, op, right
	p.noteChange() // to a complex number
	return n
}

// namePattern parses a pattern that begins with a name: a wildcard, a capture,
// a value, or a class.
func (p *Parser) namePattern() ast.Pattern {
	start := p.pos
	if p.currentText() == "_" {
		p.next()
		return p.arena.NewMatchAs(p.span(start))
	}
	next := p.peek()
	if next != token.DOT && next != token.LPAR {
		name := p.capture()
		n := p.arena.NewMatchAs(p.span(start))
		n.Name = name
		return n
	}
	e := p.nameOrAttr()
	switch p.kind {
	case token.LPAR:
		return p.classPattern(start, e)
	case token.EQUAL:
		p.fail()
	}
	return p.matchValue(start, e)
}

// nameOrAttr parses names joined by dots.
func (p *Parser) nameOrAttr() ast.Expr {
	start := p.pos
	var e ast.Expr = p.name()
	for p.got(token.DOT) {
		if p.kind != token.NAME {
			return p.fail()
		}
		t := &p.tokens[p.pos]
		p.next()
		n := p.arena.NewAttribute(p.span(start))
		n.Value, n.Attr, n.AttrNum = e, p.identifier(t), t.Name
		e = n
	}
	return e
}

// parenPattern parses a pattern in parentheses, or a sequence.
func (p *Parser) parenPattern() ast.Pattern {
	start := p.pos
	p.next()
	mark := len(p.pats.stack)
	if p.kind != token.RPAR {
		starred := p.kind == token.STAR
		first := p.maybeStarPattern()
		if p.kind != token.COMMA {
			if starred {
				p.fail()
			}
			p.want(token.RPAR)
			return first
		}
		p.pats.stack = append(p.pats.stack, first)
		p.next()
		p.sequenceRest(token.RPAR)
	}
	p.want(token.RPAR)
	n := p.arena.NewMatchSequence(p.span(start))
	n.Patterns = p.pats.take(mark)
	return n
}

// listPattern parses a sequence in square brackets.
func (p *Parser) listPattern() ast.Pattern {
	start := p.pos
	p.next()
	mark := len(p.pats.stack)
	p.sequenceRest(token.RSQB)
	p.want(token.RSQB)
	n := p.arena.NewMatchSequence(p.span(start))
	n.Patterns = p.pats.take(mark)
	return n
}

// sequenceRest puts patterns on the stack up to closer; there may be none.
func (p *Parser) sequenceRest(closer token.Kind) {
	for p.kind != closer {
		p.pats.stack = append(p.pats.stack, p.maybeStarPattern())
		if !p.got(token.COMMA) {
			return
		}
	}
}

// mappingPattern parses a pattern in braces.
func (p *Parser) mappingPattern() ast.Pattern {
	start := p.pos
	p.next()
	mark, keyMark := len(p.pats.stack), len(p.exprs.stack)
	var rest string
	for p.kind != token.RBRACE {
		if p.got(token.DOUBLESTAR) {
			rest = p.capture()
			p.got(token.COMMA)
			break
		}
		k := p.mappingKey()
		p.want(token.COLON)
		v := p.pattern()
		p.exprs.stack = append(p.exprs.stack, k)
		p.pats.stack = append(p.pats.stack, v)
		if !p.got(token.COMMA) {
			break
		}
	}
	p.want(token.RBRACE)
	n := p.arena.NewMatchMapping(p.span(start))
	n.Keys, n.Patterns, n.Rest = p.exprs.take(keyMark), p.pats.take(mark), rest
	return n
}

// mappingKey parses literal_expr | attr.
func (p *Parser) mappingKey() ast.Expr {
	switch p.kind {
	case token.NAME:
		if p.peek() == token.DOT {
			return p.nameOrAttr()
		}
	case token.NUMBER, token.MINUS:
		return p.patternNumber()
	case token.STRING, token.FSTRINGSTART, token.TSTRINGSTART:
		return p.strings()
	case token.NONE:
		return p.constant(code.None)
	case token.TRUE:
		return p.constant(code.True)
	case token.FALSE:
		return p.constant(code.False)
	}
	return p.fail()
}

// classPattern parses the patterns in the parentheses behind the class cls,
// which began at start.
func (p *Parser) classPattern(start int, cls ast.Expr) ast.Pattern {
	if !p.enter(depthPattern) {
		return p.arena.NewMatchAs(p.span(start))
	}
	p.next()
	mark, attrMark := len(p.pats.stack), len(p.names.stack)
	positional := 0
	for p.kind != token.RPAR {
		if p.kind == token.NAME && p.peek() == token.EQUAL {
			if positional > 0 && len(p.names.stack) == attrMark && p.currentText() == "_" {
				// The grammar takes it for one more positional pattern, a wildcard.
				p.fail()
				break
			}
			p.names.stack = append(p.names.stack, p.identifier(&p.tokens[p.pos]))
			p.next()
			p.next()
		} else if len(p.names.stack) > attrMark {
			p.fail()
			break
		} else {
			positional++
		}
		p.pats.stack = append(p.pats.stack, p.pattern())
		if !p.got(token.COMMA) {
			break
		}
	}
	p.want(token.RPAR)
	p.depth -= depthPattern
	n := p.arena.NewMatchClass(p.span(start))
	n.Cls, n.KwdAttrs = cls, p.names.take(attrMark)
	n.KwdPatterns = p.pats.take(mark + positional)
	n.Patterns = p.pats.take(mark)
	return n
}
