package parser

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/token"
)

// statement parses a compound statement or a line of simple ones, and puts them
// on the stack.
func (p *Parser) statement() {
	var s ast.Stmt
	switch p.kind {
	case token.NAME:
		if next := p.peek(); startsExpr[next] {
			if p.currentText() == "match" {
				if s = p.match(); s != nil {
					break
				}
			}
			if next == token.NAME {
				p.simpleLine() // it may be a type alias
				return
			}
		}
		p.lineRest(p.expressionOrAssignment())
		return
	case token.DEF:
		names := p.uses.open()
		s = p.function(p.pos, nil)
		p.uses.close(names, s)
	case token.IF:
		s = p.ifElse()
	case token.FOR:
		s = p.forLoop(p.pos)
	case token.WITH:
		s = p.with(p.pos)
	case token.CLASS:
		names := p.uses.open()
		s = p.class(nil)
		p.uses.close(names, s)
	case token.TRY:
		s = p.try()
	case token.WHILE:
		s = p.while()
	case token.AT:
		names := p.uses.open()
		s = p.decorated()
		p.uses.close(names, s)
	case token.ASYNC:
		start := p.pos
		p.next()
		p.since(5)
		switch p.kind {
		case token.DEF:
			names := p.uses.open()
			s = p.function(start, nil)
			p.uses.close(names, s)
		case token.FOR:
			s = p.forLoop(start)
		case token.WITH:
			s = p.with(start)
		default:
			p.fail()
			return
		}
	default:
		p.simpleLine()
		return
	}
	p.stmts.stack = append(p.stmts.stack, s)
}

// block parses an indented block, or simple statements on the same line.
func (p *Parser) block() []ast.Stmt {
	mark := len(p.stmts.stack)
	if p.kind != token.NEWLINE {
		p.simpleLine()
		return p.stmts.take(mark)
	}
	p.next()
	p.want(token.INDENT)
	if !p.enter(depthBlock) {
		return nil
	}
	for {
		p.statement()
		if p.kind == token.DEDENT || p.failed {
			break
		}
	}
	p.depth -= depthBlock
	p.want(token.DEDENT)
	return p.stmts.take(mark)
}

// colonBlock parses ':' block.
func (p *Parser) colonBlock() []ast.Stmt {
	p.want(token.COLON)
	return p.block()
}

// elseBlock parses ['else' ':' block].
func (p *Parser) elseBlock() []ast.Stmt {
	if !p.got(token.ELSE) {
		return nil
	}
	return p.colonBlock()
}

// ifElse parses an if statement, or from elif on the rest of one, which is a
// statement of its own in the tree.
func (p *Parser) ifElse() ast.Stmt {
	start := p.pos
	p.next()
	test := p.named()
	body := p.colonBlock()
	var orelse []ast.Stmt
	if p.kind == token.ELIF {
		if !p.enter(depthElif) {
			return p.arena.NewPass(p.span(start))
		}
		orelse = p.stmts.one(p.ifElse())
		p.depth -= depthElif
	} else {
		orelse = p.elseBlock()
	}
	n := p.arena.NewIf(p.wholeSpan(start))
	n.Test, n.Body, n.Orelse = test, body, orelse
	return n
}

// while parses a while loop.
func (p *Parser) while() ast.Stmt {
	start := p.pos
	p.next()
	test := p.named()
	body := p.colonBlock()
	orelse := p.elseBlock()
	n := p.arena.NewWhile(p.wholeSpan(start))
	n.Test, n.Body, n.Orelse = test, body, orelse
	return n
}

// forLoop parses a for loop from the word for on. It begins at start, which is
// elsewhere if it is an asynchronous one.
func (p *Parser) forLoop(start int) ast.Stmt {
	async := start != p.pos
	p.next()
	target := p.starTargets()
	p.want(token.IN)
	iter := p.starExpressions()
	p.want(token.COLON)
	comment := p.optTypeComment()
	body := p.block()
	orelse := p.elseBlock()
	if async {
		p.uses.has(awaits)
		n := p.arena.NewAsyncFor(p.wholeSpan(start))
		n.Target, n.Iter, n.Body, n.Orelse, n.TypeComment = target, iter, body, orelse, comment
		return n
	}
	n := p.arena.NewFor(p.wholeSpan(start))
	n.Target, n.Iter, n.Body, n.Orelse, n.TypeComment = target, iter, body, orelse, comment
	return n
}

// with parses a with statement from the word with on. It begins at start, which
// is elsewhere if it is an asynchronous one.
func (p *Parser) with(start int) ast.Stmt {
	async := start != p.pos
	p.next()
	mark := len(p.items.stack)
	if p.kind != token.LPAR || !p.withParens(async) {
		p.withItem()
		for p.got(token.COMMA) {
			p.withItem()
		}
	}
	items := p.items.take(mark)
	p.want(token.COLON)
	comment := p.optTypeComment()
	body := p.block()
	if async {
		p.uses.has(awaits)
		n := p.arena.NewAsyncWith(p.wholeSpan(start))
		n.Items, n.Body, n.TypeComment = items, body, comment
		return n
	}
	n := p.arena.NewWith(p.wholeSpan(start))
	n.Items, n.Body, n.TypeComment = items, body, comment
	return n
}

// withParens tries to take the parenthesis that is the current token for one
// around all items of a with statement. If it is not one, nothing is parsed.
func (p *Parser) withParens(async bool) bool {
	at := p.checkpoint()
	p.next()
	for {
		p.withItem()
		if !p.got(token.COMMA) || p.kind == token.RPAR {
			break
		}
	}
	// No type comment can follow here in an asynchronous statement.
	if p.got(token.RPAR) && p.kind == token.COLON && (!async || p.peek() != token.TYPECOMMENT) {
		return true
	}
	p.retry(at)
	return false
}

// withItem puts expression ['as' star_target] on the stack of items.
func (p *Parser) withItem() {
	e := p.expression()
	var vars ast.Expr
	if p.got(token.AS) {
		vars = p.starTarget()
		if p.kind != token.COMMA && p.kind != token.RPAR && p.kind != token.COLON {
			p.fail()
		}
	}
	n := p.arena.NewWithitem()
	n.ContextExpr, n.OptionalVars = e, vars
	p.items.stack = append(p.items.stack, n)
}

// try parses a try statement.
func (p *Parser) try() ast.Stmt {
	start := p.pos
	p.next()
	body := p.colonBlock()
	mark := len(p.handlers.stack)
	star := false
	if p.kind == token.EXCEPT {
		star = p.peek() == token.STAR
	}
	for p.kind == token.EXCEPT {
		p.handlers.stack = append(p.handlers.stack, p.handler(star))
	}
	handlers := p.handlers.take(mark)
	var orelse, final []ast.Stmt
	if handlers != nil {
		orelse = p.elseBlock()
	}
	if p.kind == token.FINALLY {
		p.next()
		p.finals++
		final = p.colonBlock()
		p.finals--
	} else if handlers == nil {
		p.fail()
	}
	if star {
		p.since(11)
		n := p.arena.NewTryStar(p.wholeSpan(start))
		n.Body, n.Handlers, n.Orelse, n.Finalbody = body, handlers, orelse, final
		return n
	}
	n := p.arena.NewTry(p.wholeSpan(start))
	n.Body, n.Handlers, n.Orelse, n.Finalbody = body, handlers, orelse, final
	return n
}

// handler parses an except clause, or an except* clause if star says so.
func (p *Parser) handler(star bool) *ast.ExceptHandler {
	start := p.pos
	p.next()
	var typ ast.Expr
	var name string
	var num token.NameID
	if star {
		p.want(token.STAR)
	}
	if star || p.kind != token.COLON {
		first := p.pos
		typ = p.expression()
		switch p.kind {
		case token.COMMA:
			p.since(14)
			typ = p.expressionsRest(first, typ)
		case token.AS:
			p.next()
			if p.kind == token.NAME {
				t := &p.tokens[p.pos]
				name, num = p.identifier(t), t.Name
				p.uses.bind(num)
				p.next()
			} else {
				p.fail()
			}
		}
	}
	body := p.colonBlock()
	n := p.arena.NewExceptHandler(p.wholeSpan(start))
	n.Type, n.Name, n.NameNum, n.Body = typ, name, num, body
	return n
}

// decorated parses decorators and what they decorate, which has a position
// without them.
func (p *Parser) decorated() ast.Stmt {
	mark := len(p.exprs.stack)
	for p.got(token.AT) {
		p.exprs.stack = append(p.exprs.stack, p.named())
		p.want(token.NEWLINE)
	}
	decorators := p.exprs.take(mark)
	start := p.pos
	if p.kind == token.CLASS {
		return p.class(decorators)
	}
	if p.got(token.ASYNC) {
		p.since(5)
	}
	if p.kind != token.DEF {
		p.fail()
		return p.arena.NewPass(p.span(start))
	}
	return p.function(start, decorators)
}

// class parses a class from the word class on.
func (p *Parser) class(decorators []ast.Expr) ast.Stmt {
	start := p.pos
	p.next()
	if p.kind != token.NAME {
		p.fail()
		return p.arena.NewPass(p.span(start))
	}
	t := &p.tokens[p.pos]
	name, num := p.identifier(t), t.Name
	p.next()
	params := p.typeParams()
	var bases []ast.Expr
	var keywords []*ast.Keyword
	if p.got(token.LPAR) {
		mark, kwMark := len(p.exprs.stack), len(p.keywords.stack)
		depth := p.depth
		p.arguments()
		p.depth = depth
		p.want(token.RPAR)
		bases, keywords = p.exprs.take(mark), p.keywords.take(kwMark)
	}
	names := p.uses.enter()
	body := p.colonBlock()
	n := p.arena.NewClassDef(p.wholeSpan(start))
	p.uses.leave(names, n, notClass)
	n.Name, n.NameNum = name, num
	n.Bases, n.Keywords, n.Body = bases, keywords, body
	n.DecoratorList, n.TypeParams = decorators, params
	return n
}

// function parses a function from the word def on. It begins at start, which is
// elsewhere if it is an asynchronous one.
func (p *Parser) function(start int, decorators []ast.Expr) ast.Stmt {
	async := start != p.pos
	p.next()
	if p.kind != token.NAME {
		p.fail()
		return p.arena.NewPass(p.span(start))
	}
	t := &p.tokens[p.pos]
	name, num := p.identifier(t), t.Name
	p.next()
	params := p.typeParams()
	p.want(token.LPAR)
	args := p.parameters(token.RPAR)
	p.want(token.RPAR)
	var returns ast.Expr
	if p.got(token.RARROW) {
		returns = p.expression()
	}
	p.want(token.COLON)
	comment := p.functionTypeComment()
	names := p.uses.enter()
	body := p.block()
	if async {
		n := p.arena.NewAsyncFunctionDef(p.wholeSpan(start))
		p.uses.leave(names, n, notCoroutine)
		n.Name, n.NameNum = name, num
		n.Args, n.Body, n.DecoratorList = args, body, decorators
		n.Returns, n.TypeComment, n.TypeParams = returns, comment, params
		return n
	}
	n := p.arena.NewFunctionDef(p.wholeSpan(start))
	p.uses.leave(names, n, notFunction)
	n.Name, n.NameNum = name, num
	n.Args, n.Body, n.DecoratorList = args, body, decorators
	n.Returns, n.TypeComment, n.TypeParams = returns, comment, params
	return n
}

// typeParams parses [type_params].
func (p *Parser) typeParams() []ast.TypeParam {
	if p.kind != token.LSQB {
		return nil
	}
	p.since(12)
	p.got(token.LSQB)
	mark := len(p.typeVars.stack)
	for {
		p.typeVars.stack = append(p.typeVars.stack, p.typeParam())
		if !p.got(token.COMMA) || p.kind == token.RSQB {
			break
		}
	}
	p.want(token.RSQB)
	return p.typeVars.take(mark)
}

// typeParam parses a type parameter: NAME [':' expression] ['=' expression],
// '*' NAME ['=' star_expression] or '**' NAME ['=' expression].
func (p *Parser) typeParam() ast.TypeParam {
	start := p.pos
	kind := p.kind
	if kind == token.STAR || kind == token.DOUBLESTAR {
		p.next()
	}
	var name string
	if p.kind == token.NAME {
		name = p.identifier(&p.tokens[p.pos])
		p.next()
	} else {
		p.fail()
	}
	var bound, def ast.Expr
	if kind == token.NAME && p.got(token.COLON) {
		bound = p.expression()
	}
	if p.got(token.EQUAL) {
		p.since(13)
		if kind == token.STAR {
			def = p.starExpression()
		} else {
			def = p.expression()
		}
	}
	switch kind {
	case token.STAR:
		n := p.arena.NewTypeVarTuple(p.span(start))
		n.Name, n.DefaultValue = name, def
		return n
	case token.DOUBLESTAR:
		n := p.arena.NewParamSpec(p.span(start))
		n.Name, n.DefaultValue = name, def
		return n
	}
	n := p.arena.NewTypeVar(p.span(start))
	n.Name, n.Bound, n.DefaultValue = name, bound, def
	return n
}
