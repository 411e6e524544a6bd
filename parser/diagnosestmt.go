package parser

import "github.com/krait-py/krait/token"

// statementRules are those of whole texts, simple statements and imports.
func statementRules() {
	def(rFile, alt(opt(rStatements), token.ENDMARKER))
	def(rInteractive, alt(rStatementNewline))
	def(rEval, alt(rExpressions, many(token.NEWLINE), token.ENDMARKER))
	def(rFuncType, alt(token.LPAR, opt(rTypeExpressions), token.RPAR, token.RARROW,
		rExpression, many(token.NEWLINE), token.ENDMARKER))
	def(rTypeExpressions,
		alt(list(rExpression), token.COMMA, token.STAR, rExpression, token.COMMA, token.DOUBLESTAR, rExpression),
		alt(list(rExpression), token.COMMA, token.STAR, rExpression),
		alt(list(rExpression), token.COMMA, token.DOUBLESTAR, rExpression),
		alt(token.STAR, rExpression, token.COMMA, token.DOUBLESTAR, rExpression),
		alt(token.STAR, rExpression),
		alt(token.DOUBLESTAR, rExpression),
		alt(list(rExpression)))

	def(rStatements, alt(some(rStatement)))
	def(rStatement, alt(rCompound), alt(rSimpleStatements))
	def(rStatementNewline,
		alt(rSingleCompound, token.NEWLINE),
		alt(rSimpleStatements),
		alt(token.NEWLINE),
		alt(token.ENDMARKER, interactiveEnd))
	def(rSingleCompound, alt(rCompound))
	def(rSimpleStatements,
		alt(rSimple, not(token.SEMI), token.NEWLINE),
		alt(separated(token.SEMI, rSimple), opt(token.SEMI), token.NEWLINE))
	def(rSimple,
		alt(rAssignment),
		alt(ahead("type"), rTypeAlias),
		alt(ahead(or(token.IMPORT, token.FROM)), rImport),
		alt(rStarExpressions),
		alt(ahead(token.RETURN), rReturn),
		alt(ahead(token.RAISE), rRaise),
		alt(ahead(token.PASS), rPass),
		alt(ahead(token.DEL), rDel),
		alt(ahead(token.YIELD), rYieldStatement),
		alt(ahead(token.ASSERT), rAssert),
		alt(ahead(token.BREAK), rBreak),
		alt(ahead(token.CONTINUE), rContinue),
		alt(ahead(token.GLOBAL), rGlobal),
		alt(ahead(token.NONLOCAL), rNonlocal),
	).memo = true

	def(rAssignment,
		alt(token.NAME, token.COLON, rExpression, opt(token.EQUAL, rAnnotatedRHS),
			since(6, "Variable annotation syntax is")),
		alt(or(alt(token.LPAR, rSingleTarget, token.RPAR), rSingleSubscriptAttribute),
			token.COLON, rExpression, opt(token.EQUAL, rAnnotatedRHS),
			since(6, "Variable annotations syntax is")),
		alt(some(rStarTargets, token.EQUAL), rAnnotatedRHS, not(token.EQUAL), opt(token.TYPECOMMENT)),
		alt(rSingleTarget, rAugmented, cut, rAnnotatedRHS),
		bad(rBadAssignment))
	def(rAnnotatedRHS, alt(rYield), alt(rStarExpressions))
	def(rAugmented,
		alt(token.PLUSEQUAL), alt(token.MINEQUAL), alt(token.STAREQUAL), alt(token.ATEQUAL, since(5, "The '@' operator is")),
		alt(token.SLASHEQUAL), alt(token.PERCENTEQUAL), alt(token.AMPEREQUAL), alt(token.VBAREQUAL),
		alt(token.CIRCUMFLEXEQUAL), alt(token.LEFTSHIFTEQUAL), alt(token.RIGHTSHIFTEQUAL),
		alt(token.DOUBLESTAREQUAL), alt(token.DOUBLESLASHEQUAL))
	const notAnnotated = "only single target (not %s) can be annotated"
	def(rBadAssignment,
		alt(rBadAnnotated, token.COLON, rExpression, errorAt(0, notAnnotated)),
		alt(rStarNamed, token.COMMA, many(rStarNamedList), token.COLON, rExpression,
			errorAt(0, "only single target (not tuple) can be annotated")),
		alt(rExpression, token.COLON, rExpression, errorAt(0, "illegal target for annotation")),
		alt(many(rStarTargets, token.EQUAL), rStarExpressions, token.EQUAL, errorTarget(starTargets, 1)),
		alt(many(rStarTargets, token.EQUAL), rYield, token.EQUAL,
			errorAt(1, "assignment to yield expression not possible")),
		alt(rStarExpressions, rAugmented, rAnnotatedRHS,
			errorAt(0, "'%s' is an illegal expression for augmented assignment")))
	def(rBadAnnotated, alt(rList), alt(rTuple), alt(token.LPAR, rBadAnnotated, token.RPAR, pick(1)))

	def(rReturn, alt(token.RETURN, opt(rStarExpressions)))
	def(rRaise,
		alt(token.RAISE, rExpression, opt(token.FROM, rExpression)),
		alt(token.RAISE))
	def(rPass, alt(token.PASS))
	def(rBreak, alt(token.BREAK))
	def(rContinue, alt(token.CONTINUE))
	def(rGlobal, alt(token.GLOBAL, list(token.NAME)))
	def(rNonlocal, alt(token.NONLOCAL, list(token.NAME)))
	def(rDel,
		alt(token.DEL, rDelTargets, ahead(or(token.SEMI, token.NEWLINE))),
		bad(rBadDel))
	def(rBadDel, alt(token.DEL, rStarExpressions, errorTarget(delTargets, 1)))
	def(rYieldStatement, alt(rYield))
	def(rAssert, alt(token.ASSERT, rExpression, opt(token.COMMA, rExpression)))
	def(rTypeAlias, alt("type", token.NAME, opt(rTypeParams), token.EQUAL, rExpression, since(12, "Type statement is")))

	importRules()
}

func importRules() {
	dots := or(token.DOT, token.ELLIPSIS)
	def(rImport, bad(rBadImport), alt(rImportName), alt(rImportFrom)).memo = true
	def(rBadImport,
		alt(token.IMPORT, list(rDottedName), token.FROM, rDottedName,
			errorFrom(0, "Did you mean to use 'from ... import ...' instead?")),
		alt(token.IMPORT, token.NEWLINE, errorFrom(1, "Expected one or more names after 'import'")))
	def(rImportName, alt(token.IMPORT, rDottedAsNames))
	def(rImportFrom,
		alt(token.FROM, many(dots), rDottedName, token.IMPORT, rImportTargets, importFuture),
		alt(token.FROM, some(dots), token.IMPORT, rImportTargets))
	def(rImportTargets,
		alt(token.LPAR, rImportAsNames, opt(token.COMMA), token.RPAR, pick(1)),
		alt(rImportAsNames, not(token.COMMA)),
		alt(token.STAR),
		bad(rBadImportTargets))
	def(rBadImportTargets,
		alt(rImportAsNames, token.COMMA, token.NEWLINE,
			errorHere("trailing comma not allowed without surrounding parentheses")),
		alt(token.NEWLINE, errorFrom(0, "Expected one or more names after 'import'")))
	def(rImportAsNames, alt(list(rImportAsName)))
	def(rImportAsName,
		bad(rBadImportAsName),
		alt(token.NAME, opt(token.AS, token.NAME), pick(0)))
	def(rDottedAsNames, alt(list(rDottedAsName)))
	def(rDottedAsName,
		bad(rBadDottedAsName),
		alt(rDottedName, opt(token.AS, token.NAME)))
	def(rDottedName, alt(rDottedName, token.DOT, token.NAME), alt(token.NAME)).left = true

	asName := not(token.NAME, or(token.COMMA, token.RPAR, token.SEMI, token.NEWLINE))
	const notTarget = "cannot use %s as import target"
	def(rBadDottedAsName, alt(rDottedName, token.AS, asName, rExpression, errorAt(3, notTarget)))
	def(rBadImportAsName, alt(token.NAME, token.AS, asName, rExpression, errorAt(3, notTarget)))
}

// interactiveEnd is what becomes of an empty interactive statement.
func interactiveEnd(d *diagnosis, at int, v []*node) *node { return nil }

// importFuture turns <> into the operator of inequality where a module asks for
// it.
func importFuture(d *diagnosis, at int, v []*node) *node {
	if len(v[1].items) == 0 && v[2].kind == kindName && d.spelling(int(v[2].at)) == "__future__" &&
		v[4].kind == kindSequence {
		for _, n := range v[4].items {
			if n.kind == kindName && d.spelling(int(n.at)) == "barry_as_FLUFL" {
				d.barry = true
			}
		}
	}
	return d.node(kindOther, at)
}
