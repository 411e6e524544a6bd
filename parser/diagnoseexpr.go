package parser

import "github.com/krait-py/krait/token"

// expressionRules are those of expressions, but for calls and strings.
func expressionRules() {
	def(rExpressions,
		alt(rExpression, some(token.COMMA, rExpression, pick(1)), opt(token.COMMA), mkOf(kindTuple, 0, 1)),
		alt(rExpression, token.COMMA, mkOf(kindTuple, 0)),
		alt(rExpression))
	conditional := []alternative{
		alt(rDisjunction, token.IF, rDisjunction, token.ELSE, rExpression, mk(kindConditional)),
		alt(rDisjunction),
		alt(rLambda),
	}
	def(rExpression, append([]alternative{bad(rBadExpression), bad(rBadLegacy)}, conditional...)...).memo = true
	def(rPlainExpression, conditional...).plain = true
	def(rYield,
		alt(token.YIELD, token.FROM, rExpression, mk(kindYield)),
		alt(token.YIELD, opt(rStarExpressions), mk(kindYield)))
	def(rStarExpressions,
		alt(rStarExpression, some(token.COMMA, rStarExpression, pick(1)), opt(token.COMMA), mkOf(kindTuple, 0, 1)),
		alt(rStarExpression, token.COMMA, mkOf(kindTuple, 0)),
		alt(rStarExpression))
	def(rStarExpression,
		alt(token.STAR, rBitOr, mkOf(kindStarred, 1)),
		alt(rExpression),
	).memo = true
	def(rStarNamedList, alt(list(rStarNamed), opt(token.COMMA), pick(0)))
	def(rStarNamed,
		alt(token.STAR, rBitOr, mkOf(kindStarred, 1)),
		alt(rNamed))
	def(rWalrus, alt(token.NAME, token.COLONEQUAL, cut, rExpression, since(8, "Assignment expressions are", mk(kindNamed))))
	def(rNamed,
		alt(rWalrus),
		bad(rBadNamed),
		alt(rExpression, not(token.COLONEQUAL)))

	operatorRules()
	badExpressionRules()
	atomRules()
}

func operatorRules() {
	def(rDisjunction,
		alt(rConjunction, some(token.OR, rConjunction), mk(kindOperation)),
		alt(rConjunction),
	).memo = true
	def(rConjunction,
		alt(rInversion, some(token.AND, rInversion), mk(kindOperation)),
		alt(rInversion),
	).memo = true
	def(rInversion,
		alt(token.NOT, rInversion, mk(kindOperation)),
		alt(rComparison),
	).memo = true
	def(rComparison,
		alt(rBitOr, some(rComparePair), comparison),
		alt(rBitOr))
	pair := func(operator ...any) alternative {
		return alt(or(alt(append(operator, rBitOr)...)))
	}
	def(rComparePair,
		pair(token.EQEQUAL),
		pair(or(alt(token.NOTEQUAL, notEqual))),
		pair(token.LESSEQUAL), pair(token.LESS), pair(token.GREATEREQUAL), pair(token.GREATER),
		pair(token.NOT, token.IN),
		alt(or(alt(token.IN, rBitOr, mk(kindIn)))),
		pair(token.IS, token.NOT), pair(token.IS))

	binary := func(r, operand rule, more []alternative, operators ...token.Kind) {
		var alts []alternative
		for _, o := range operators {
			act := mk(kindOperation)
			if o == token.AT {
				act = since(5, "The '@' operator is", act)
			}
			alts = append(alts, alt(r, o, operand, act))
		}
		def(r, append(append(alts, more...), alt(operand))...).left = true
	}
	binary(rBitOr, rBitXor, nil, token.VBAR)
	binary(rBitXor, rBitAnd, nil, token.CIRCUMFLEX)
	binary(rBitAnd, rShift, nil, token.AMPER)
	binary(rShift, rSum, []alternative{bad(rBadArithmetic)}, token.LEFTSHIFT, token.RIGHTSHIFT)
	binary(rSum, rTerm, nil, token.PLUS, token.MINUS)
	binary(rTerm, rFactor, []alternative{bad(rBadFactor)},
		token.STAR, token.SLASH, token.DOUBLESLASH, token.PERCENT, token.AT)
	def(rFactor,
		alt(token.PLUS, rFactor, mk(kindOperation)),
		alt(token.MINUS, rFactor, mk(kindOperation)),
		alt(token.TILDE, rFactor, mk(kindOperation)),
		alt(rPower),
	).memo = true
	def(rPower,
		alt(rAwait, token.DOUBLESTAR, rFactor, mk(kindOperation)),
		alt(rAwait))
	def(rAwait,
		alt(token.AWAIT, rPrimary, since(5, "Await expressions are", mk(kindAwait))),
		alt(rPrimary),
	).memo = true

	const parens = "'not' after an operator must be parenthesized"
	def(rBadArithmetic,
		alt(rSum, or(token.PLUS, token.MINUS, token.STAR, token.SLASH, token.PERCENT, token.DOUBLESLASH, token.AT),
			token.NOT, rInversion, errorRange(2, 3, parens)))
	def(rBadFactor,
		alt(or(token.PLUS, token.MINUS, token.TILDE), token.NOT, rFactor, errorRange(1, 2, parens)))
}

func comparison(d *diagnosis, at int, v []*node) *node {
	n := d.node(kindCompare, at)
	n.items = []*node{v[0]}
	n.in = v[1].first().kind == kindIn
	return n
}

// notEqual takes the operator of inequality that is in force.
func notEqual(d *diagnosis, at int, v []*node) *node {
	old := d.spelling(int(v[0].at)) == "<>"
	if d.barry && !old {
		d.raiseLast("SyntaxError", "with Barry as BDFL, use '<>' instead of '!='")
		return nil
	}
	if !d.barry && old {
		return nil
	}
	return v[0]
}

func badExpressionRules() {
	def(rBadExpression,
		alt(token.STRING, some(not(token.STRING), rPlainExpression), token.STRING, partOfString),
		// A name and a string may be a prefix gone wrong, a soft keyword and a
		// name may be a statement.
		alt(not(or(alt(token.NAME, token.STRING), rSoftKeyword)), rDisjunction, rPlainExpression, forgotComma),
		alt(rDisjunction, token.IF, rDisjunction, not(or(token.ELSE, token.COLON)),
			errorRange(0, 2, "expected 'else' after 'if' expression")),
		alt(rDisjunction, token.IF, rDisjunction, token.ELSE, not(rExpression),
			errorNext("expected expression after 'else', but statement is given")),
		alt(or(rPass, rBreak, rContinue), token.IF, rDisjunction, token.ELSE, rSimple,
			errorAt(0, "expected expression before 'if', but statement is given")),
		alt(token.LAMBDA, opt(rLambdaParams), token.COLON, ahead(token.FSTRINGMIDDLE),
			errorRange(0, 2, "f-string: lambda expressions are not allowed without parentheses")),
		alt(token.LAMBDA, opt(rLambdaParams), token.COLON, ahead(token.TSTRINGMIDDLE),
			errorRange(0, 2, "t-string: lambda expressions are not allowed without parentheses")))
	var soft []alternative
	for _, s := range []string{"_", "case", "match", "type"} {
		soft = append(soft, alt(s))
	}
	def(rSoftKeyword, soft...)
	def(rBadLegacy, alt(token.NAME, not(token.LPAR), rStarExpressions, legacyStatement))
	def(rBadNamed,
		alt(rExpression, token.COLONEQUAL, rExpression, errorAt(0, "cannot use assignment expressions with %s")),
		alt(token.NAME, token.EQUAL, rBitOr, not(or(token.EQUAL, token.COLONEQUAL)),
			errorRange(0, 2, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?")),
		alt(not(or(rList, rTuple, rGenerator, token.TRUE, token.NONE, token.FALSE)), rBitOr, token.EQUAL, rBitOr,
			not(or(token.EQUAL, token.COLONEQUAL)),
			errorAt(1, "cannot assign to %s here. Maybe you meant '==' instead of '='?")),
	).memo = true
}

func partOfString(d *diagnosis, at int, v []*node) *node {
	d.raiseRange(v[1].first(), v[1].last(), "invalid syntax. Is this intended to be part of the string?")
	return nil
}

// isLegacy reports whether an expression is the name of a statement of Python 2.
func (d *diagnosis) isLegacy(n *node) bool {
	if n.kind != kindName {
		return false
	}
	s := d.spelling(int(n.at))
	return s == "print" || s == "exec"
}

func forgotComma(d *diagnosis, at int, v []*node) *node {
	if d.isLegacy(v[1]) || d.tokens[d.mark-1].Level == 0 {
		return nil
	}
	d.raiseRange(v[1], v[2], "invalid syntax. Perhaps you forgot a comma?")
	return nil
}

func legacyStatement(d *diagnosis, at int, v []*node) *node {
	if d.isLegacy(v[0]) {
		s := d.spelling(int(v[0].at))
		d.raiseRange(v[0], v[2], "Missing parentheses in call to '"+s+"'. Did you mean "+s+"(...)?")
	}
	return nil
}

func atomRules() {
	def(rAtom,
		alt(token.NAME),
		alt(token.TRUE), alt(token.FALSE), alt(token.NONE),
		alt(ahead(or(token.STRING, token.FSTRINGSTART, token.TSTRINGSTART)), rStrings),
		alt(token.NUMBER),
		alt(ahead(token.LPAR), or(rTuple, rGroup, rGenerator)),
		alt(ahead(token.LSQB), or(rList, rListComp)),
		alt(ahead(token.LBRACE), or(rDict, rSet, rDictComp, rSetComp)),
		alt(token.ELLIPSIS))
	def(rGroup,
		alt(token.LPAR, or(rYield, rNamed), token.RPAR, pick(1)),
		bad(rBadGroup))
	def(rBadGroup,
		alt(token.LPAR, rStarred, token.RPAR, errorAt(1, "cannot use starred expression here")),
		alt(token.LPAR, token.DOUBLESTAR, rExpression, token.RPAR, errorAt(1, "cannot use double starred expression here")))
	def(rList, alt(token.LSQB, opt(rStarNamedList), token.RSQB, mkOf(kindList, 1)))
	def(rTuple,
		alt(token.LPAR, opt(rStarNamed, token.COMMA, opt(rStarNamedList), seqOf(0, 2)), token.RPAR, mkOf(kindTuple, 1)))
	def(rSet, alt(token.LBRACE, rStarNamedList, token.RBRACE, mk(kindSet)))

	// The second alternative finds errors already in the first pass, as the rule
	// it calls is not alone in it.
	def(rDict,
		alt(token.LBRACE, opt(rPairs), token.RBRACE, mk(kindDict)),
		alt(token.LBRACE, rBadPairs, token.RBRACE))
	def(rPairs, alt(list(rPair), opt(token.COMMA)))
	def(rPair, alt(token.DOUBLESTAR, rBitOr), alt(rKeyValue))
	def(rKeyValue, alt(rExpression, token.COLON, rExpression))
	wrongValue := []alternative{
		alt(rExpression, token.COLON, token.STAR, rBitOr,
			errorFrom(2, "cannot use a starred expression in a dictionary value")),
		alt(rExpression, token.COLON, ahead(or(token.RBRACE, token.COMMA)),
			errorAt(1, "expression expected after dictionary key and ':'")),
	}
	def(rBadPairs, append([]alternative{alt(list(rPair), token.COMMA, rBadPair)}, wrongValue...)...)
	def(rBadPair, append([]alternative{alt(rExpression, not(token.COLON), missingValue)}, wrongValue...)...)

	def(rClauses, alt(some(rClause)))
	clause := func(act action, words ...any) alternative {
		words = append(words, rStarTargets, token.IN, cut, rDisjunction, many(token.IF, rDisjunction, pick(1)), act)
		return alt(words...)
	}
	def(rClause,
		clause(since(6, "Async comprehensions are", lastOfClause), token.ASYNC, token.FOR),
		clause(lastOfClause, token.FOR),
		bad(rBadClause),
		bad(rBadForTarget))
	def(rBadClause,
		alt(opt(token.ASYNC), token.FOR,
			or(alt(rBitOr, many(token.COMMA, rBitOr), opt(token.COMMA))), not(token.IN),
			errorHere("'in' expected after for-loop variables")))
	def(rListComp,
		alt(token.LSQB, rNamed, rClauses, token.RSQB, mk(kindListComp)),
		bad(rBadComprehension))
	def(rSetComp,
		alt(token.LBRACE, rNamed, rClauses, token.RBRACE, mk(kindSetComp)),
		bad(rBadComprehension))
	def(rGenerator,
		alt(token.LPAR, or(rWalrus, alt(rExpression, not(token.COLONEQUAL))), rClauses, token.RPAR, mk(kindGenerator)),
		bad(rBadComprehension))
	def(rDictComp,
		alt(token.LBRACE, rKeyValue, rClauses, token.RBRACE, mk(kindDictComp)),
		bad(rBadDictComp))
	const forgot = "did you forget parentheses around the comprehension target?"
	def(rBadComprehension,
		alt(or(token.LSQB, token.LPAR, token.LBRACE), rStarred, rClauses,
			errorAt(1, "iterable unpacking cannot be used in comprehension")),
		alt(or(token.LSQB, token.LBRACE), rStarNamed, token.COMMA, rStarNamedList, rClauses,
			func(d *diagnosis, at int, v []*node) *node {
				d.raiseRange(v[1], v[3].last(), forgot)
				return nil
			}),
		alt(or(token.LSQB, token.LBRACE), rStarNamed, token.COMMA, rClauses, errorRange(1, 2, forgot)))
	def(rBadDictComp,
		alt(token.LBRACE, token.DOUBLESTAR, rBitOr, rClauses, token.RBRACE,
			errorAt(1, "dict unpacking cannot be used in dict comprehension")))
}

// lastOfClause keeps the last expression of a clause of a comprehension.
func lastOfClause(d *diagnosis, at int, v []*node) *node {
	n := d.node(kindClause, at)
	last := v[len(v)-2]
	if ifs := v[len(v)-1]; len(ifs.items) > 0 {
		last = ifs.last()
	}
	n.items = []*node{last}
	return n
}

// missingValue complains of a key without a value, at its last character but
// in its first line.
func missingValue(d *diagnosis, at int, v []*node) *node {
	n := v[0]
	d.raise("SyntaxError", "':' expected after dictionary key", int(n.Line), int(n.EndCol), int(n.EndLine), 0)
	return nil
}
