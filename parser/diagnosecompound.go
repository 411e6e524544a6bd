package parser

import "github.com/krait-py/krait/token"

// needColon is the message about a line that ends where a colon has to be.
var needColon = errorHere("expected ':'")

// compoundRules are those of compound statements, but for match.
func compoundRules() {
	def(rCompound,
		alt(ahead(or(token.DEF, token.AT, token.ASYNC)), rFunctionDef),
		alt(ahead(token.IF), rIf),
		alt(ahead(or(token.CLASS, token.AT)), rClassDef),
		alt(ahead(or(token.WITH, token.ASYNC)), rWith),
		alt(ahead(or(token.FOR, token.ASYNC)), rFor),
		alt(ahead(token.TRY), rTry),
		alt(ahead(token.WHILE), rWhile),
		alt(rMatch))
	def(rBlock,
		alt(token.NEWLINE, token.INDENT, rStatements, token.DEDENT),
		alt(rSimpleStatements),
		bad(rBadBlock),
	).memo = true
	def(rBadBlock, alt(token.NEWLINE, not(token.INDENT), missingBlock))

	conditionRules()
	definitionRules()
	loopRules()
	tryRules()
}

func missingBlock(d *diagnosis, at int, v []*node) *node {
	d.raiseLast("IndentationError", "expected an indented block")
	return nil
}

func conditionRules() {
	for _, s := range []struct {
		keyword token.Kind
		r, bad  rule
	}{{token.IF, rIf, rBadIf}, {token.ELIF, rElif, rBadElif}} {
		def(s.r,
			bad(s.bad),
			alt(s.keyword, rNamed, token.COLON, rBlock, rElif),
			alt(s.keyword, rNamed, token.COLON, rBlock, opt(rElse)))
		def(s.bad,
			alt(s.keyword, rNamed, token.NEWLINE, needColon),
			alt(s.keyword, rNamed, token.COLON, token.NEWLINE, not(token.INDENT),
				errorBlock(0, "'"+s.keyword.Spelling()+"' statement")))
	}
	def(rElse, bad(rBadElse), alt(token.ELSE, force(token.COLON), rBlock))
	def(rBadElse,
		alt(token.ELSE, token.COLON, token.NEWLINE, not(token.INDENT), errorBlock(0, "'else' statement")),
		alt(token.ELSE, token.COLON, rBlock, token.ELIF, errorHere("'elif' block follows an 'else' block")))
}

func definitionRules() {
	def(rDecorators, alt(some(token.AT, rNamed, token.NEWLINE)))

	bases := opt(token.LPAR, opt(rArguments), token.RPAR)
	def(rClassDef, alt(rDecorators, rClassRaw), alt(rClassRaw))
	def(rClassRaw,
		bad(rBadClass),
		alt(token.CLASS, token.NAME, opt(rTypeParams), bases, token.COLON, rBlock))
	def(rBadClass,
		alt(token.CLASS, token.NAME, opt(rTypeParams), bases, token.NEWLINE, needColon),
		alt(token.CLASS, token.NAME, opt(rTypeParams), bases, token.COLON, token.NEWLINE, not(token.INDENT),
			errorBlock(0, "class definition")))

	returns := opt(token.RARROW, rExpression)
	def(rFunctionDef, alt(rDecorators, rFunctionRaw), alt(rFunctionRaw))
	def(rFunctionRaw,
		bad(rBadFunction),
		alt(token.DEF, token.NAME, opt(rTypeParams), token.LPAR, opt(rParams), token.RPAR,
			returns, token.COLON, opt(rFuncTypeComment), rBlock),
		alt(token.ASYNC, token.DEF, token.NAME, opt(rTypeParams), token.LPAR, opt(rParams), token.RPAR,
			returns, token.COLON, opt(rFuncTypeComment), rBlock, since(5, "Async functions are")))
	def(rBadFunction,
		alt(opt(token.ASYNC), token.DEF, token.NAME, opt(rTypeParams), token.LPAR, opt(rParams), token.RPAR,
			returns, token.COLON, token.NEWLINE, not(token.INDENT), errorBlock(1, "function definition")),
		alt(opt(token.ASYNC), token.DEF, token.NAME, opt(rTypeParams), force(token.LPAR), opt(rParams), token.RPAR,
			returns, force(token.COLON), opt(rFuncTypeComment), rBlock))
	def(rFuncTypeComment,
		alt(token.NEWLINE, token.TYPECOMMENT, ahead(token.NEWLINE, token.INDENT)),
		bad(rBadFuncTypeComment),
		alt(token.TYPECOMMENT))
	def(rBadFuncTypeComment,
		alt(token.TYPECOMMENT, token.NEWLINE, token.TYPECOMMENT, token.NEWLINE, token.INDENT,
			errorHere("Cannot have two type comments on def")))

	def(rTypeParams,
		bad(rBadTypeParams),
		alt(token.LSQB, rTypeParamList, token.RSQB, since(12, "Type parameter lists are")))
	def(rBadTypeParams,
		alt(token.LSQB, token.RSQB, errorFrom(1, "Type parameter list cannot be empty")))
	def(rTypeParamList, alt(list(rTypeParam), opt(token.COMMA)))
	def(rTypeParam,
		alt(token.NAME, opt(rTypeBound), opt(rTypeDefault)),
		bad(rBadTypeParam),
		alt(token.STAR, token.NAME, opt(rTypeStarDefault)),
		alt(token.DOUBLESTAR, token.NAME, opt(rTypeDefault)),
	).memo = true
	def(rBadTypeParam,
		alt(token.STAR, token.NAME, token.COLON, rExpression, badBound("TypeVarTuple")),
		alt(token.DOUBLESTAR, token.NAME, token.COLON, rExpression, badBound("ParamSpec")))
	def(rTypeBound, alt(token.COLON, rExpression))
	def(rTypeDefault, alt(token.EQUAL, rExpression, since(13, "Type parameter defaults are")))
	def(rTypeStarDefault, alt(token.EQUAL, rStarExpression, since(13, "Type parameter defaults are")))
}

func badBound(of string) action {
	return func(d *diagnosis, at int, v []*node) *node {
		what := "bound"
		if v[3].kind == kindTuple {
			what = "constraints"
		}
		d.raiseFrom(v[2], "cannot use "+what+" with "+of)
		return nil
	}
}

func loopRules() {
	def(rWhile,
		bad(rBadWhile),
		alt(token.WHILE, rNamed, token.COLON, rBlock, opt(rElse)))
	def(rBadWhile,
		alt(token.WHILE, rNamed, token.NEWLINE, needColon),
		alt(token.WHILE, rNamed, token.COLON, token.NEWLINE, not(token.INDENT), errorBlock(0, "'while' statement")))

	def(rFor,
		bad(rBadFor),
		alt(token.FOR, rStarTargets, token.IN, cut, rStarExpressions, token.COLON, opt(token.TYPECOMMENT), rBlock, opt(rElse)),
		alt(token.ASYNC, token.FOR, rStarTargets, token.IN, cut, rStarExpressions, token.COLON, opt(token.TYPECOMMENT), rBlock, opt(rElse),
			since(5, "Async for loops are")),
		bad(rBadForTarget))
	def(rBadFor,
		alt(opt(token.ASYNC), token.FOR, rStarTargets, token.IN, rStarExpressions, token.NEWLINE, needColon),
		alt(opt(token.ASYNC), token.FOR, rStarTargets, token.IN, rStarExpressions, token.COLON, token.NEWLINE, not(token.INDENT),
			errorBlock(1, "'for' statement")))
	def(rBadForTarget,
		alt(opt(token.ASYNC), token.FOR, rStarExpressions, errorTarget(forTargets, 2)))

	def(rWith,
		bad(rBadWithBlock),
		alt(token.WITH, token.LPAR, list(rWithItem), opt(token.COMMA), token.RPAR, token.COLON, opt(token.TYPECOMMENT), rBlock),
		alt(token.WITH, list(rWithItem), token.COLON, opt(token.TYPECOMMENT), rBlock),
		alt(token.ASYNC, token.WITH, token.LPAR, list(rWithItem), opt(token.COMMA), token.RPAR, token.COLON, rBlock,
			since(5, "Async with statements are")),
		alt(token.ASYNC, token.WITH, list(rWithItem), token.COLON, opt(token.TYPECOMMENT), rBlock,
			since(5, "Async with statements are")),
		bad(rBadWith))
	end := ahead(or(token.COMMA, token.RPAR, token.COLON))
	def(rWithItem,
		alt(rExpression, token.AS, rStarTarget, end),
		bad(rBadWithItem),
		alt(rExpression))
	def(rBadWithItem, alt(rExpression, token.AS, rExpression, end, errorTarget(starTargets, 2)))
	plain := list(rExpression, opt(token.AS, rStarTarget))
	inParens := list(rExpressions, opt(token.AS, rStarTarget))
	def(rBadWith,
		alt(opt(token.ASYNC), token.WITH, plain, token.NEWLINE, needColon),
		alt(opt(token.ASYNC), token.WITH, token.LPAR, inParens, opt(token.COMMA), token.RPAR, token.NEWLINE, needColon))
	def(rBadWithBlock,
		alt(opt(token.ASYNC), token.WITH, plain, token.COLON, token.NEWLINE, not(token.INDENT),
			errorBlock(1, "'with' statement")),
		alt(opt(token.ASYNC), token.WITH, token.LPAR, inParens, opt(token.COMMA), token.RPAR, token.COLON, token.NEWLINE, not(token.INDENT),
			errorBlock(1, "'with' statement")))
}

func tryRules() {
	def(rTry,
		bad(rBadTry),
		alt(token.TRY, force(token.COLON), rBlock, rFinally),
		alt(token.TRY, force(token.COLON), rBlock, some(rExcept), opt(rElse), opt(rFinally)),
		alt(token.TRY, force(token.COLON), rBlock, some(rExceptStar), opt(rElse), opt(rFinally),
			since(11, "Exception groups are")))
	const both = "cannot have both 'except' and 'except*' on the same 'try'"
	asName := opt(token.AS, token.NAME)
	def(rBadTry,
		alt(token.TRY, token.COLON, token.NEWLINE, not(token.INDENT), errorBlock(0, "'try' statement")),
		alt(token.TRY, token.COLON, rBlock, not(or(token.EXCEPT, token.FINALLY)),
			errorHere("expected 'except' or 'finally' block")),
		alt(token.TRY, token.COLON, many(rBlock), some(rExcept), token.EXCEPT, token.STAR, rExpression, asName, token.COLON,
			errorRange(4, 5, both)),
		alt(token.TRY, token.COLON, many(rBlock), some(rExceptStar), token.EXCEPT, opt(rExpression, asName), token.COLON,
			errorAt(4, both)))

	exceptRules(rExcept, rBadExcept, rBadExceptBlock, "except", token.EXCEPT)
	exceptRules(rExceptStar, rBadExceptStar, rBadExceptStarBlock, "except*", token.EXCEPT, token.STAR)

	def(rFinally, bad(rBadFinally), alt(token.FINALLY, force(token.COLON), rBlock))
	def(rBadFinally,
		alt(token.FINALLY, token.COLON, token.NEWLINE, not(token.INDENT), errorBlock(0, "'finally' statement")))
}

// exceptRules are those of clauses that begin with words.
func exceptRules(r, badClause, badBlock rule, what string, words ...any) {
	n := len(words)
	with := func(parts ...any) alternative {
		return alt(append(append([]any{}, words...), parts...)...)
	}
	asName := opt(token.AS, token.NAME)
	clause := []alternative{
		bad(badBlock),
		with(rExpression, token.COLON, rBlock),
		with(rExpression, token.AS, token.NAME, token.COLON, rBlock),
		with(rExpressions, token.COLON, rBlock, since(14, "except expressions without parentheses are")),
	}
	mistakes := []alternative{
		with(rExpression, token.COMMA, rExpressions, token.AS, token.NAME, token.COLON,
			errorFrom(n, "multiple exception types must be parenthesized when using 'as'")),
		with(rExpression, asName, token.NEWLINE, needColon),
	}
	missing := []alternative{
		with(rExpression, asName, token.COLON, token.NEWLINE, not(token.INDENT), errorBlock(0, "'"+what+"' statement")),
	}
	if n == 1 {
		clause = append(clause, with(token.COLON, rBlock))
		mistakes = append(mistakes, with(token.NEWLINE, needColon))
		missing = append(missing, with(token.COLON, token.NEWLINE, not(token.INDENT), errorBlock(0, "'"+what+"' statement")))
	} else {
		mistakes = append(mistakes, with(or(token.NEWLINE, token.COLON), errorHere("expected one or more exception types")))
	}
	mistakes = append(mistakes, with(rExpression, token.AS, rExpression, token.COLON, rBlock,
		errorAt(n+2, "cannot use "+what+" statement with %s")))
	def(r, append(clause, bad(badClause))...)
	def(badClause, mistakes...)
	def(badBlock, missing...)
}
