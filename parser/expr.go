package parser

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/token"
)

// What a token does behind an operand: the precedence of binary operators, from
// the loosest; behind them what binds looser still.
const (
	precNone = iota
	precOr
	precXor
	precAnd
	precShift
	precSum
	precTerm
	precPower
	precCompare // also not in
	precBool
)

// operators has what each kind of token does behind an operand.
var operators = [256]uint8{
	token.VBAR:         precOr,
	token.CIRCUMFLEX:   precXor,
	token.AMPER:        precAnd,
	token.LEFTSHIFT:    precShift,
	token.RIGHTSHIFT:   precShift,
	token.PLUS:         precSum,
	token.MINUS:        precSum,
	token.STAR:         precTerm,
	token.SLASH:        precTerm,
	token.DOUBLESLASH:  precTerm,
	token.PERCENT:      precTerm,
	token.AT:           precTerm,
	token.DOUBLESTAR:   precPower,
	token.EQEQUAL:      precCompare,
	token.NOTEQUAL:     precCompare,
	token.LESS:         precCompare,
	token.LESSEQUAL:    precCompare,
	token.GREATER:      precCompare,
	token.GREATEREQUAL: precCompare,
	token.IN:           precCompare,
	token.NOT:          precCompare,
	token.IS:           precCompare,
	token.AND:          precBool,
	token.OR:           precBool,
}

// binaryOps has the operator of each kind of token, of those that have one;
// those of augmented assignments are there too.
var binaryOps = [256]ast.Operator{
	token.VBAR: ast.BitOr, token.VBAREQUAL: ast.BitOr,
	token.CIRCUMFLEX: ast.BitXor, token.CIRCUMFLEXEQUAL: ast.BitXor,
	token.AMPER: ast.BitAnd, token.AMPEREQUAL: ast.BitAnd,
	token.LEFTSHIFT: ast.LShift, token.LEFTSHIFTEQUAL: ast.LShift,
	token.RIGHTSHIFT: ast.RShift, token.RIGHTSHIFTEQUAL: ast.RShift,
	token.PLUS: ast.Add, token.PLUSEQUAL: ast.Add,
	token.MINUS: ast.Sub, token.MINEQUAL: ast.Sub,
	token.STAR: ast.Mult, token.STAREQUAL: ast.Mult,
	token.SLASH: ast.Div, token.SLASHEQUAL: ast.Div,
	token.DOUBLESLASH: ast.FloorDiv, token.DOUBLESLASHEQUAL: ast.FloorDiv,
	token.PERCENT: ast.Mod, token.PERCENTEQUAL: ast.Mod,
	token.AT: ast.MatMult, token.ATEQUAL: ast.MatMult,
	token.DOUBLESTAR: ast.Pow, token.DOUBLESTAREQUAL: ast.Pow,
}

// compareOps has the operator of the comparisons that are one token.
var compareOps = [256]ast.CmpOp{
	token.EQEQUAL:      ast.Eq,
	token.NOTEQUAL:     ast.NotEq,
	token.LESS:         ast.Lt,
	token.LESSEQUAL:    ast.LtE,
	token.GREATER:      ast.Gt,
	token.GREATEREQUAL: ast.GtE,
	token.IN:           ast.In,
}

// annotatedRHS parses what may stand to the right of = and in the braces of an
// f-string: yield_expr | star_expressions.
func (p *Parser) annotatedRHS() ast.Expr {
	if p.kind == token.YIELD {
		return p.yield()
	}
	if p.kind == token.STAR {
		return p.starExpressions()
	}
	start := p.pos
	e := p.expression()
	if p.kind != token.COMMA {
		return e
	}
	return p.starExpressionsRest(start, e)
}

// yield parses 'yield' 'from' expression | 'yield' [star_expressions].
func (p *Parser) yield() ast.Expr {
	p.uses.has(yields)
	start := p.pos
	p.next()
	if p.got(token.FROM) {
		v := p.expression()
		n := p.arena.NewYieldFrom(p.span(start))
		n.Value = v
		return n
	}
	var v ast.Expr
	if startsExpr[p.kind] {
		v = p.starExpressions()
	}
	n := p.arena.NewYield(p.span(start))
	n.Value = v
	return n
}

// startsExpr says of each kind of token whether star_expressions can begin with it.
var startsExpr = [256]bool{
	token.NAME: true, token.NUMBER: true, token.STRING: true,
	token.FSTRINGSTART: true, token.TSTRINGSTART: true, token.ELLIPSIS: true,
	token.TRUE: true, token.FALSE: true, token.NONE: true,
	token.LPAR: true, token.LSQB: true, token.LBRACE: true,
	token.PLUS: true, token.MINUS: true, token.TILDE: true, token.STAR: true,
	token.NOT: true, token.LAMBDA: true, token.AWAIT: true,
}

// endsExpr says of some kinds of tokens, the most frequent ones, that no expression
// goes on with them.
var endsExpr = [256]bool{
	token.COMMA: true, token.COLON: true, token.EQUAL: true, token.NEWLINE: true,
	token.RPAR: true, token.RSQB: true, token.RBRACE: true,
}

// starExpressions parses one star_expression, or a tuple of them without
// parentheses.
func (p *Parser) starExpressions() ast.Expr {
	start := p.pos
	var e ast.Expr
	if p.kind == token.STAR {
		e = p.starred()
	} else {
		e = p.expression()
	}
	if p.kind != token.COMMA {
		return e
	}
	return p.starExpressionsRest(start, e)
}

// starExpressionsRest parses the rest of a tuple without parentheses, whose first
// element is e and began at start; the current token is the comma behind it.
func (p *Parser) starExpressionsRest(start int, e ast.Expr) ast.Expr {
	mark := len(p.exprs.stack)
	p.exprs.stack = append(p.exprs.stack, e)
	for p.got(token.COMMA) && startsExpr[p.kind] {
		p.exprs.stack = append(p.exprs.stack, p.starExpression())
	}
	n := p.arena.NewTuple(p.span(start))
	n.Elts = p.exprs.take(mark)
	return n
}

// starExpression parses '*' bitwise_or | expression.
func (p *Parser) starExpression() ast.Expr {
	if p.kind == token.STAR {
		return p.starred()
	}
	return p.expression()
}

// starred parses '*' bitwise_or.
func (p *Parser) starred() ast.Expr {
	start := p.pos
	p.next()
	v := p.binary(precOr)
	n := p.arena.NewStarred(p.span(start))
	n.Value = v
	return n
}

// starNamed parses '*' bitwise_or | named_expression.
func (p *Parser) starNamed() ast.Expr {
	if p.kind == token.STAR {
		return p.starred()
	}
	// What named does, with a call less for each element of each list.
	start := p.pos
	e := p.expression()
	if p.kind != token.COLONEQUAL {
		return e
	}
	return p.namedRest(start, e)
}

// named parses an expression that may be an assignment expression.
func (p *Parser) named() ast.Expr {
	start := p.pos
	e := p.expression()
	if p.kind != token.COLONEQUAL {
		return e
	}
	return p.namedRest(start, e)
}

// namedRest goes on behind the expression e, which began at start, if it is the target of an
// assignment expression; the current token is :=.
func (p *Parser) namedRest(start int, e ast.Expr) ast.Expr {
	t, ok := e.(*ast.Name)
	if !ok || p.pos != start+1 {
		return e
	}
	p.pos = start // where it is too early for one
	if !p.since(8) {
		return p.bad
	}
	p.pos = start + 1
	t.Ctx = ast.Store
	p.uses.bind(t.IDNum)
	p.next()
	v := p.expression()
	n := p.arena.NewNamedExpr(p.span(start))
	n.Target, n.Value = t, v
	return n
}

// expressions parses one expression, or a tuple of them without parentheses.
func (p *Parser) expressions() ast.Expr {
	start := p.pos
	e := p.expression()
	if p.kind != token.COMMA {
		return e
	}
	return p.expressionsRest(start, e)
}

// expressionsRest parses the rest of a tuple without parentheses, whose first
// element is e and began at start; the current token is the comma behind it.
func (p *Parser) expressionsRest(start int, e ast.Expr) ast.Expr {
	mark := len(p.exprs.stack)
	p.exprs.stack = append(p.exprs.stack, e)
	for p.got(token.COMMA) && startsExpr[p.kind] {
		p.exprs.stack = append(p.exprs.stack, p.expression())
	}
	n := p.arena.NewTuple(p.span(start))
	n.Elts = p.exprs.take(mark)
	return n
}

// expression parses a conditional expression, a lambda, or what binds tighter. Most
// expressions are a name, a constant, or one with attributes and calls behind it: these do not
// go down through all that may come first.
func (p *Parser) expression() ast.Expr {
	start := p.pos
	var e ast.Expr
	switch p.kind {
	case token.NAME:
		e = p.name()
		if endsExpr[p.kind] {
			return e
		}
		e = p.primaryRest(start, e)
	case token.LAMBDA:
		return p.lambda()
	case token.NOT, token.PLUS, token.MINUS, token.TILDE, token.AWAIT:
		e = p.operand()
	default:
		e = p.primary()
	}
	if operators[p.kind] == precNone && p.kind != token.IF {
		return e
	}
	return p.expressionRest(start, e)
}

// expressionRest goes on behind the operand e, which began at start, as far as an expression
// goes.
func (p *Parser) expressionRest(start int, e ast.Expr) ast.Expr {
	if p.kind == token.DOUBLESTAR {
		e = p.power(start, e)
	}
	if operators[p.kind] != precNone {
		e = p.disjunctionRest(start, e)
	}
	if p.kind != token.IF {
		return e
	}
	p.next()
	if !p.enter(depthIfExp) {
		return p.bad
	}
	test := p.disjunction()
	p.want(token.ELSE)
	orelse := p.expression()
	p.depth -= depthIfExp
	n := p.arena.NewIfExp(p.span(start))
	n.Test, n.Body, n.Orelse = test, e, orelse
	return n
}

// disjunction parses operands joined by or, and what binds tighter.
func (p *Parser) disjunction() ast.Expr {
	start := p.pos
	e := p.operand()
	if operators[p.kind] == precNone {
		return e
	}
	return p.disjunctionRest(start, e)
}

// disjunctionRest goes on behind the operand e, which began at start.
func (p *Parser) disjunctionRest(start int, e ast.Expr) ast.Expr {
	e = p.conjunctionRest(start, e)
	if p.kind != token.OR {
		return e
	}
	mark := len(p.exprs.stack)
	p.exprs.stack = append(p.exprs.stack, e)
	p.depth += depthMore
	for p.got(token.OR) {
		start := p.pos
		v := p.operand()
		p.exprs.stack = append(p.exprs.stack, p.conjunctionRest(start, v))
	}
	p.depth -= depthMore
	n := p.arena.NewBoolOp(p.span(start))
	n.Op, n.Values = ast.Or, p.exprs.take(mark)
	return n
}

// conjunctionRest goes on behind the operand e, which began at start, as far as
// operands are joined by and, or by what binds tighter.
func (p *Parser) conjunctionRest(start int, e ast.Expr) ast.Expr {
	e = p.comparisonRest(start, e)
	if p.kind != token.AND {
		return e
	}
	mark := len(p.exprs.stack)
	p.exprs.stack = append(p.exprs.stack, e)
	p.depth += depthMore
	for p.got(token.AND) {
		start := p.pos
		v := p.operand()
		p.exprs.stack = append(p.exprs.stack, p.comparisonRest(start, v))
	}
	p.depth -= depthMore
	n := p.arena.NewBoolOp(p.span(start))
	n.Op, n.Values = ast.And, p.exprs.take(mark)
	return n
}

// operand parses the first thing of a disjunction: a negation as a whole, or
// what else can come before the first binary operator.
func (p *Parser) operand() ast.Expr {
	if p.kind == token.NOT {
		return p.inversion()
	}
	return p.factor()
}

// inversion parses 'not' inversion.
func (p *Parser) inversion() ast.Expr {
	start := p.pos
	p.next()
	if !p.enter(depthUnary) {
		return p.bad
	}
	first := p.pos
	v := p.operand()
	v = p.comparisonRest(first, v)
	p.depth -= depthUnary
	n := p.arena.NewUnaryOp(p.span(start))
	n.Op, n.Operand = ast.Not, v
	return n
}

// comparisonRest goes on behind the operand e, which began at start, with
// operators that bind at least as tight as comparisons do. A negation ends with
// its operand, so nothing such can come behind one.
func (p *Parser) comparisonRest(start int, e ast.Expr) ast.Expr {
	prec := operators[p.kind]
	if prec == precNone || prec == precBool || p.tokens[start].Kind == token.NOT {
		return e
	}
	if prec < precPower {
		e = p.binaryRest(start, e, precOr)
	}
	if operators[p.kind] != precCompare {
		return e
	}
	return p.compare(start, e)
}

// compare parses the comparisons behind the operand left.
func (p *Parser) compare(start int, left ast.Expr) ast.Expr {
	mark, opMark := len(p.exprs.stack), len(p.cmpOps.stack)
	p.depth += depthMoreCmp
	for operators[p.kind] == precCompare {
		op := compareOps[p.kind]
		switch p.kind {
		case token.NOT:
			if p.peek() != token.IN {
				p.fail()
				return p.bad
			}
			op = ast.NotIn
			p.next()
		case token.IS:
			op = ast.Is
			if p.peek() == token.NOT {
				op = ast.IsNot
				p.next()
			}
		case token.NOTEQUAL:
			t := &p.tokens[p.pos]
			if (p.text[t.Start] == '<') != p.barry {
				p.fail()
				return p.bad
			}
		}
		p.next()
		p.cmpOps.stack = append(p.cmpOps.stack, op)
		p.exprs.stack = append(p.exprs.stack, p.binary(precOr))
	}
	p.depth -= depthMoreCmp
	n := p.arena.NewCompare(p.span(start))
	n.Left, n.Ops, n.Comparators = left, p.cmpOps.take(opMark), p.exprs.take(mark)
	return n
}

// binary parses operands joined by operators that bind at least as tight as
// prec.
func (p *Parser) binary(prec uint8) ast.Expr {
	start := p.pos
	e := p.factor()
	if op := operators[p.kind]; op >= prec && op < precPower {
		return p.binaryRest(start, e, prec)
	}
	return e
}

// binaryRest goes on behind the operand e, which began at start, with operators
// that bind at least as tight as prec.
func (p *Parser) binaryRest(start int, e ast.Expr, prec uint8) ast.Expr {
	for n := 0; ; n++ {
		if n == longChain {
			p.noteChange()
		}
		op := operators[p.kind]
		if op < prec || op >= precPower {
			return e
		}
		kind := p.kind
		if kind == token.AT && !p.since(5) {
			return p.bad
		}
		p.next()
		right := p.binary(op + 1)
		n := p.arena.NewBinOp(p.span(start))
		n.Left, n.Op, n.Right = e, binaryOps[kind], right
		if kind == token.PERCENT {
			p.noteFormat(n)
		}
		e = n
	}
}

// noteFormat notes n if it may be formatting that can be written as an f-string.
func (p *Parser) noteFormat(n *ast.BinOp) {
	if _, ok := n.Left.(*ast.Constant); ok {
		if _, ok := n.Right.(*ast.Tuple); ok {
			p.noteChange()
		}
	}
}

// factor parses unary operators, powers, and what binds tighter.
func (p *Parser) factor() ast.Expr {
	var e ast.Expr
	start := p.pos
	switch p.kind {
	case token.PLUS, token.MINUS, token.TILDE:
		return p.unary()
	case token.AWAIT:
		e = p.await()
	default:
		e = p.primary()
	}
	if p.kind != token.DOUBLESTAR {
		return e
	}
	return p.power(start, e)
}

// power goes on behind the base e, which began at start; the current token is **.
func (p *Parser) power(start int, e ast.Expr) ast.Expr {
	p.next()
	if !p.enter(depthPower) {
		return p.bad
	}
	right := p.factor()
	p.depth -= depthPower
	n := p.arena.NewBinOp(p.span(start))
	n.Left, n.Op, n.Right = e, ast.Pow, right
	return n
}

// unary parses ('+' | '-' | '~') factor.
func (p *Parser) unary() ast.Expr {
	start := p.pos
	op := ast.UAdd
	switch p.kind {
	case token.MINUS:
		op = ast.USub
	case token.TILDE:
		op = ast.Invert
	}
	p.next()
	if !p.enter(depthUnary) {
		return p.bad
	}
	v := p.factor()
	p.depth -= depthUnary
	n := p.arena.NewUnaryOp(p.span(start))
	n.Op, n.Operand = op, v
	return n
}

// await parses 'await' primary.
func (p *Parser) await() ast.Expr {
	start := p.pos
	p.next()
	p.since(5)
	p.uses.has(awaits)
	v := p.primary()
	n := p.arena.NewAwait(p.span(start))
	n.Value = v
	return n
}

// primary parses an atom with the attributes, calls and subscripts behind it.
func (p *Parser) primary() ast.Expr {
	start := p.pos
	return p.primaryRest(start, p.atom())
}

// primaryRest goes on behind the atom e, which began at start.
func (p *Parser) primaryRest(start int, e ast.Expr) ast.Expr {
	for n := 0; ; n++ {
		if n == longChain {
			p.noteChange()
		}
		switch p.kind {
		case token.DOT:
			p.next()
			if p.kind != token.NAME {
				return p.fail()
			}
			t := &p.tokens[p.pos]
			p.next()
			n := p.arena.NewAttribute(p.span(start))
			n.Value, n.Attr, n.AttrNum = e, p.identifier(t), t.Name
			e = n
		case token.LPAR:
			e = p.call(start, e)
		case token.LSQB:
			p.next()
			if !p.enter(depthCall) {
				return p.bad
			}
			s := p.slices()
			p.depth -= depthCall
			p.want(token.RSQB)
			n := p.arena.NewSubscript(p.span(start))
			n.Value, n.Slice = e, s
			e = n
		default:
			return e
		}
	}
}

// name returns a Name of the current token, which must be a NAME, and goes past it.
func (p *Parser) name() *ast.Name {
	t := &p.tokens[p.pos]
	n := p.arena.NewName(spanOf(t))
	n.ID, n.IDNum = p.identifier(t), t.Name
	p.uses.names = append(p.uses.names, ast.NewNameUse(t.Name, ast.Reads))
	p.next()
	if t.Name == token.NameDebug {
		p.noteChange()
		p.uses.has(special)
	}
	return n
}

// atom parses a name, a literal, or something in brackets.
func (p *Parser) atom() ast.Expr {
	switch p.kind {
	case token.NAME:
		return p.name()
	case token.NUMBER:
		return p.number()
	case token.STRING:
		return p.strings()
	case token.FSTRINGSTART, token.TSTRINGSTART:
		if !p.enter(depthFString) {
			return p.bad
		}
		e := p.strings()
		p.depth -= depthFString
		return e
	case token.LPAR, token.LSQB, token.LBRACE:
		return p.bracketed()
	case token.TRUE:
		return p.constant(code.True)
	case token.FALSE:
		return p.constant(code.False)
	case token.NONE:
		return p.constant(code.None)
	case token.ELLIPSIS:
		return p.constant(code.Ellipsis)
	}
	return p.fail()
}

// constant returns a constant that is written as the current token, and goes
// past it.
func (p *Parser) constant(v code.Value) *ast.Constant {
	n := p.arena.NewConstant(spanOf(&p.tokens[p.pos]))
	n.Value = v
	p.next()
	return n
}
