package parser

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/token"
)

// simpleLine parses simple statements up to the end of the line.
func (p *Parser) simpleLine() { p.lineRest(p.simple()) }

// lineRest goes on behind the first statement s of a line.
func (p *Parser) lineRest(s ast.Stmt) {
	p.stmts.stack = append(p.stmts.stack, s)
	for p.got(token.SEMI) && p.kind != token.NEWLINE {
		p.stmts.stack = append(p.stmts.stack, p.simple())
	}
	p.want(token.NEWLINE)
}

// simple parses one simple statement.
func (p *Parser) simple() ast.Stmt {
	start := p.pos
	switch p.kind {
	case token.NAME:
		if p.peek() == token.NAME && p.currentText() == "type" {
			return p.typeAlias()
		}
		return p.expressionOrAssignment()
	case token.RETURN:
		p.next()
		var v ast.Expr
		if startsExpr[p.kind] {
			v = p.starExpressions()
			p.uses.has(returns)
		}
		if p.finals > 0 {
			p.noteChange()
		}
		n := p.arena.NewReturn(p.span(start))
		n.Value = v
		return n
	case token.IMPORT:
		return p.importNames()
	case token.FROM:
		return p.importFrom()
	case token.RAISE:
		return p.raise()
	case token.PASS:
		p.next()
		return p.arena.NewPass(p.span(start))
	case token.BREAK:
		p.next()
		if p.finals > 0 {
			p.noteChange()
		}
		return p.arena.NewBreak(p.span(start))
	case token.CONTINUE:
		p.next()
		if p.finals > 0 {
			p.noteChange()
		}
		return p.arena.NewContinue(p.span(start))
	case token.DEL:
		return p.del()
	case token.YIELD:
		v := p.yield()
		n := p.arena.NewExprStmt(p.span(start))
		n.Value = v
		return n
	case token.ASSERT:
		return p.assert()
	case token.GLOBAL:
		names := p.scopeNames()
		n := p.arena.NewGlobal(p.span(start))
		n.Names = names
		p.uses.stmt(p.uses.at(), n)
		return n
	case token.NONLOCAL:
		names := p.scopeNames()
		n := p.arena.NewNonlocal(p.span(start))
		n.Names = names
		p.uses.stmt(p.uses.at(), n)
		return n
	}
	return p.expressionOrAssignment()
}

// expressionOrAssignment parses a statement that begins with an expression,
// which is a target if there is an assignment behind it.
func (p *Parser) expressionOrAssignment() ast.Stmt {
	start, names := p.pos, p.uses.at()
	var e ast.Expr
	if p.kind == token.STAR {
		e = p.starred()
	} else {
		e = p.expression()
	}
	if p.kind == token.COMMA {
		e = p.starExpressionsRest(start, e)
	}
	switch p.kind {
	case token.EQUAL:
		return p.assign(start, e)
	case token.COLON:
		s := p.annAssign(start, e)
		p.uses.has(annotates)
		p.uses.stmt(names, s)
		return s
	case token.PLUSEQUAL, token.MINEQUAL, token.STAREQUAL, token.SLASHEQUAL,
		token.PERCENTEQUAL, token.AMPEREQUAL, token.VBAREQUAL, token.CIRCUMFLEXEQUAL,
		token.LEFTSHIFTEQUAL, token.RIGHTSHIFTEQUAL, token.DOUBLESTAREQUAL,
		token.DOUBLESLASHEQUAL, token.ATEQUAL:
		return p.augAssign(start, e)
	}
	n := p.arena.NewExprStmt(p.span(start))
	n.Value = e
	return n
}

// assign parses an assignment whose first target is e.
func (p *Parser) assign(start int, e ast.Expr) ast.Stmt {
	mark := len(p.exprs.stack)
	for p.kind == token.EQUAL {
		p.store(e)
		if p.failed {
			break
		}
		p.exprs.stack = append(p.exprs.stack, e)
		p.next()
		e = p.annotatedRHS()
	}
	var comment string
	if p.kind == token.TYPECOMMENT {
		comment = p.typeComment()
	}
	n := p.arena.NewAssign(p.span(start))
	n.Targets, n.Value, n.TypeComment = p.exprs.take(mark), e, comment
	return n
}

// annAssign parses an annotation of e, and what is assigned to it.
func (p *Parser) annAssign(start int, e ast.Expr) ast.Stmt {
	simple := 0
	if _, ok := e.(*ast.Name); ok && p.tokens[start].Kind == token.NAME {
		simple = 1
	}
	if !isSingleTarget(e) || p.annotatesParens(start, e) {
		p.fail()
	} else if p.since(6) {
		p.setContext(e, ast.Store)
		p.want(token.COLON)
	}
	annotation := p.expression()
	var v ast.Expr
	if p.got(token.EQUAL) {
		v = p.annotatedRHS()
	}
	n := p.arena.NewAnnAssign(p.span(start))
	n.Target, n.Annotation, n.Value, n.Simple = e, annotation, v, simple
	return n
}

// annotatesParens reports whether e, which began at start, is a chain like
// (a).b: that would be all right, but the grammar stops looking for something to
// annotate at (a), as the only alternative that begins so.
func (p *Parser) annotatesParens(start int, e ast.Expr) bool {
	first := &p.tokens[start]
	if first.Kind != token.LPAR {
		return false
	}
	for chain := false; ; chain = true {
		if at := e.Pos(); at.Line != first.Line || at.Col != first.Col {
			return chain && isSingleTarget(e)
		}
		switch v := e.(type) {
		case *ast.Attribute:
			e = v.Value
		case *ast.Subscript:
			e = v.Value
		case *ast.Call:
			e = v.Func
		default:
			return false
		}
	}
}

// augAssign parses an assignment to e with an operator, which is the current
// token.
func (p *Parser) augAssign(start int, e ast.Expr) ast.Stmt {
	op := binaryOps[p.kind]
	if isSingleTarget(e) && (p.kind != token.ATEQUAL || p.since(5)) {
		p.setContext(e, ast.Store)
		p.next()
	} else {
		p.fail()
	}
	v := p.annotatedRHS()
	n := p.arena.NewAugAssign(p.span(start))
	n.Target, n.Op, n.Value = e, op, v
	return n
}

// typeAlias parses "type" NAME [type_params] '=' expression. A NAME behind the
// word type makes it the soft keyword.
func (p *Parser) typeAlias() ast.Stmt {
	start, names := p.pos, p.uses.at()
	p.next()
	if !p.since(12) {
		return p.arena.NewPass(p.span(start))
	}
	name := p.name()
	name.Ctx = ast.Store
	params := p.typeParams()
	p.want(token.EQUAL)
	v := p.expression()
	n := p.arena.NewTypeAlias(p.span(start))
	n.Name, n.TypeParams, n.Value = name, params, v
	p.uses.stmt(names, n)
	return n
}

// raise parses 'raise' [expression ['from' expression]].
func (p *Parser) raise() ast.Stmt {
	start := p.pos
	p.next()
	var exc, cause ast.Expr
	if startsExpr[p.kind] {
		exc = p.expression()
		if p.got(token.FROM) {
			cause = p.expression()
		}
	}
	n := p.arena.NewRaise(p.span(start))
	n.Exc, n.Cause = exc, cause
	return n
}

// assert parses 'assert' expression [',' expression].
func (p *Parser) assert() ast.Stmt {
	start := p.pos
	p.next()
	test := p.expression()
	var msg ast.Expr
	if p.got(token.COMMA) {
		msg = p.expression()
	}
	n := p.arena.NewAssert(p.span(start))
	n.Test, n.Msg = test, msg
	return n
}

// del parses 'del' and its targets, which are followed by the end of the
// statement.
func (p *Parser) del() ast.Stmt {
	start := p.pos
	p.next()
	mark := len(p.exprs.stack)
	for {
		e := p.primary()
		if !p.setContext(e, ast.Del) {
			p.fail()
		}
		p.exprs.stack = append(p.exprs.stack, e)
		if !p.got(token.COMMA) || !startsExpr[p.kind] {
			break
		}
	}
	if p.kind != token.SEMI && p.kind != token.NEWLINE {
		p.fail()
	}
	n := p.arena.NewDelete(p.span(start))
	n.Targets = p.exprs.take(mark)
	return n
}

// scopeNames parses the names of a global or nonlocal statement.
func (p *Parser) scopeNames() []string {
	mark := len(p.names.stack)
	for {
		p.next() // the keyword, or a comma
		if p.kind != token.NAME {
			p.fail()
			break
		}
		p.names.stack = append(p.names.stack, p.identifier(&p.tokens[p.pos]))
		p.next()
		if p.kind != token.COMMA {
			break
		}
	}
	return p.names.take(mark)
}

// importNames parses an import statement.
func (p *Parser) importNames() ast.Stmt {
	start := p.pos
	mark := len(p.aliases.stack)
	for {
		p.next() // the keyword, or a comma
		first := p.pos
		name, num := p.dottedName()
		p.alias(first, name, num, p.tokens[first].Name)
		if p.kind != token.COMMA {
			break
		}
	}
	n := p.arena.NewImport(p.span(start))
	n.Names = p.aliases.take(mark)
	return n
}

// alias puts an alias of name, which has the number num and began at start, on the stack,
// with the name it is imported as; without one it binds the name with the number bound,
// if that is not 0.
func (p *Parser) alias(start int, name string, num, bound token.NameID) {
	var as string
	var asNum token.NameID
	if p.got(token.AS) {
		if p.kind != token.NAME {
			p.fail()
			return
		}
		t := &p.tokens[p.pos]
		as, asNum = p.identifier(t), t.Name
		p.next()
		bound = asNum
	}
	if bound != 0 {
		p.uses.imports(bound)
	}
	n := p.arena.NewAlias(p.span(start))
	n.Name, n.NameNum, n.Asname, n.AsnameNum = name, num, as, asNum
	p.aliases.stack = append(p.aliases.stack, n)
}

// importFrom parses a from statement.
func (p *Parser) importFrom() ast.Stmt {
	start, names := p.pos, p.uses.at()
	p.next()
	level := 0
	for p.kind == token.DOT || p.kind == token.ELLIPSIS {
		level++
		if p.kind == token.ELLIPSIS {
			level += 2
		}
		p.next()
	}
	var module string
	if level == 0 || p.kind != token.IMPORT {
		module, _ = p.dottedName()
	}
	p.want(token.IMPORT)
	mark := len(p.aliases.stack)
	switch p.kind {
	case token.STAR:
		first := p.pos
		p.next()
		p.uses.has(stars)
		p.alias(first, "*", 0, 0)
		if p.tokens[p.pos-1].Kind != token.STAR {
			p.fail()
		}
	case token.LPAR:
		p.next()
		for {
			p.importedName()
			if !p.got(token.COMMA) || p.kind == token.RPAR {
				break
			}
		}
		p.want(token.RPAR)
	default:
		p.importedName()
		for p.got(token.COMMA) {
			p.importedName()
		}
	}
	n := p.arena.NewImportFrom(p.span(start))
	n.Module, n.Names, n.Level = module, p.aliases.take(mark), level
	if level == 0 && module == "__future__" {
		p.uses.stmt(names, n)
		for _, a := range n.Names {
			if a.Name == "barry_as_FLUFL" {
				p.barry = true
			}
		}
	}
	return n
}

// importedName puts NAME ['as' NAME] on the stack of aliases.
func (p *Parser) importedName() {
	if p.kind != token.NAME {
		p.fail()
		return
	}
	start := p.pos
	t := &p.tokens[p.pos]
	p.next()
	p.alias(start, p.identifier(t), t.Name, t.Name)
}

// dottedName parses names joined by dots and returns the number of the name, 0 if
// there are dots in it.
func (p *Parser) dottedName() (string, token.NameID) {
	start := p.pos
	if p.kind != token.NAME {
		p.fail()
		return "", 0
	}
	t := &p.tokens[p.pos]
	name := p.identifier(t)
	p.next()
	if p.kind != token.DOT {
		return name, t.Name
	}
	buf := append(p.buf[:0], name...)
	for p.got(token.DOT) {
		if len(buf) > len(name) { // what more names follow is a name, too
			p.dotted = append(p.dotted, string(buf))
		}
		if p.kind != token.NAME {
			p.fail()
			return "", 0
		}
		buf = append(buf, '.')
		buf = append(buf, p.identifier(&p.tokens[p.pos])...)
		p.next()
	}
	p.buf = buf
	// There is usually no space in such a name, so it stands in the text.
	s := p.text[p.tokens[start].Start:p.tokens[p.pos-1].End]
	if s != string(buf) {
		s = string(buf)
	}
	p.dotted = append(p.dotted, s)
	return s, 0
}
