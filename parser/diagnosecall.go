package parser

import "github.com/krait-py/krait/token"

// callRules are those of primaries, subscripts and the arguments of calls.
func callRules() {
	def(rPrimary,
		alt(rPrimary, token.DOT, token.NAME, mk(kindAttribute)),
		alt(rPrimary, rGenerator, mk(kindCall)),
		alt(rPrimary, token.LPAR, opt(rArguments), token.RPAR, mk(kindCall)),
		alt(rPrimary, token.LSQB, rSlices, token.RSQB, mk(kindSubscript)),
		alt(rAtom),
	).left = true
	def(rSlices,
		alt(rSlice, not(token.COMMA)),
		alt(list(or(rSlice, rStarred)), opt(token.COMMA)))
	def(rSlice,
		alt(opt(rExpression), token.COLON, opt(rExpression), opt(token.COLON, opt(rExpression))),
		alt(rNamed))

	value := or(rWalrus, alt(rExpression, not(token.COLONEQUAL)))
	positional := list(or(rStarred, alt(value, not(token.EQUAL))))
	def(rArguments,
		alt(rArgs, opt(token.COMMA), ahead(token.RPAR), pick(0)),
		bad(rBadArguments),
	).memo = true
	def(rArgs,
		alt(positional, opt(token.COMMA, rKeywords, pick(1)), arguments),
		alt(rKeywords, arguments))
	def(rKeywords,
		alt(list(rKeywordOrStarred), token.COMMA, list(rKeywordOrMapping), seqOf(0, 2)),
		alt(list(rKeywordOrStarred)),
		alt(list(rKeywordOrMapping)))
	def(rStarred,
		bad(rBadStarredUnpacking),
		alt(token.STAR, rExpression, mkOf(kindStarred, 1)),
		bad(rBadStarred))
	keyword := alt(token.NAME, token.EQUAL, rExpression, mk(kindKeyword))
	def(rKeywordOrStarred, bad(rBadKeyword), keyword, alt(rStarred))
	def(rKeywordOrMapping, bad(rBadKeyword), keyword, alt(token.DOUBLESTAR, rExpression, mk(kindMapping)))

	const notAssigned = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"
	const needParens = "Generator expression must be parenthesized"
	def(rBadArguments,
		alt(or(alt(positional, token.COMMA, rKeywords), rKeywords), token.COMMA, list(rStarred, not(token.EQUAL)),
			errorFrom(1, "iterable argument unpacking follows keyword argument unpacking")),
		alt(rExpression, rClauses, token.COMMA, opt(or(rArgs, alt(rExpression, rClauses))),
			func(d *diagnosis, at int, v []*node) *node {
				d.raiseRange(v[0], v[1].last().items[0], needParens)
				return nil
			}),
		alt(token.NAME, token.EQUAL, rExpression, rClauses, errorRange(0, 1, notAssigned)),
		alt(opt(rArgs, token.COMMA), token.NAME, token.EQUAL, ahead(or(token.COMMA, token.RPAR)),
			errorRange(1, 2, "expected argument value expression")),
		alt(rArgs, rClauses, func(d *diagnosis, at int, v []*node) *node {
			// f(x for x in y) gets here, too, and is right.
			if len(v[0].items) > 1 {
				d.raiseRange(v[0].last(), v[1].last().items[0], needParens)
			}
			return nil
		}),
		alt(rArgs, token.COMMA, rExpression, rClauses, func(d *diagnosis, at int, v []*node) *node {
			d.raiseRange(v[2], v[3].last().items[0], needParens)
			return nil
		}),
		alt(rArgs, token.COMMA, rArgs, positionalLast))
	def(rBadKeyword,
		alt(or(token.TRUE, token.FALSE, token.NONE), token.EQUAL, func(d *diagnosis, at int, v []*node) *node {
			d.raiseRange(v[0], v[1], "cannot assign to "+v[0].what())
			return nil
		}),
		alt(token.NAME, token.EQUAL, rExpression, rClauses, errorRange(0, 1, notAssigned)),
		alt(not(token.NAME, token.EQUAL), rExpression, token.EQUAL,
			errorRange(1, 2, `expression cannot contain assignment, perhaps you meant "=="?`)),
		alt(token.DOUBLESTAR, rExpression, token.EQUAL, rExpression,
			errorRange(0, 3, "cannot assign to keyword argument unpacking")))
	def(rBadStarredUnpacking,
		alt(token.STAR, rExpression, token.EQUAL, rExpression,
			errorRange(0, 3, "cannot assign to iterable argument unpacking")))
	def(rBadStarred, alt(token.STAR, errorHere("Invalid star expression")))
}

// arguments separates positional arguments, starred ones among them, from the
// others.
func arguments(d *diagnosis, at int, v []*node) *node {
	n := d.node(kindArguments, at)
	for _, s := range v {
		if s == nil {
			continue
		}
		for _, a := range s.items {
			switch a.kind {
			case kindMapping:
				n.star = true
			case kindKeyword:
			default:
				n.items = append(n.items, a)
			}
		}
	}
	return n
}

func positionalLast(d *diagnosis, at int, v []*node) *node {
	msg := "positional argument follows keyword argument"
	if v[0].star {
		msg += " unpacking"
	}
	d.raiseLast("SyntaxError", msg)
	return nil
}

// targetRules are those of what can be assigned to or deleted.
func targetRules() {
	def(rStarTargets,
		alt(rStarTarget, not(token.COMMA)),
		alt(rStarTarget, many(token.COMMA, rStarTarget), opt(token.COMMA)))
	def(rStarTargetsList, alt(list(rStarTarget), opt(token.COMMA)))
	def(rStarTargetsTuple,
		alt(rStarTarget, some(token.COMMA, rStarTarget), opt(token.COMMA)),
		alt(rStarTarget, token.COMMA))
	def(rStarTarget,
		alt(token.STAR, alt(not(token.STAR), rStarTarget)),
		alt(rTargetWithStar),
	).memo = true
	attribute := alt(rTargetPrimary, token.DOT, token.NAME, not(rTargetMore))
	subscript := alt(rTargetPrimary, token.LSQB, rSlices, token.RSQB, not(rTargetMore))
	def(rTargetWithStar, attribute, subscript, alt(rStarAtom)).memo = true
	def(rStarAtom,
		alt(token.NAME),
		alt(token.LPAR, rTargetWithStar, token.RPAR),
		alt(token.LPAR, opt(rStarTargetsTuple), token.RPAR),
		alt(token.LSQB, opt(rStarTargetsList), token.RSQB))
	def(rSingleTarget,
		alt(rSingleSubscriptAttribute),
		alt(token.NAME),
		alt(token.LPAR, rSingleTarget, token.RPAR))
	def(rSingleSubscriptAttribute, attribute, subscript)
	more := ahead(rTargetMore)
	def(rTargetPrimary,
		alt(rTargetPrimary, token.DOT, token.NAME, more),
		alt(rTargetPrimary, token.LSQB, rSlices, token.RSQB, more),
		alt(rTargetPrimary, rGenerator, more),
		alt(rTargetPrimary, token.LPAR, opt(rArguments), token.RPAR, more),
		alt(rAtom, more),
	).left = true
	def(rTargetMore, alt(token.LPAR), alt(token.LSQB), alt(token.DOT))
	def(rDelTargets, alt(list(rDelTarget), opt(token.COMMA)))
	def(rDelTarget, attribute, subscript, alt(rDelAtom)).memo = true
	def(rDelAtom,
		alt(token.NAME),
		alt(token.LPAR, rDelTarget, token.RPAR),
		alt(token.LPAR, opt(rDelTargets), token.RPAR),
		alt(token.LSQB, opt(rDelTargets), token.RSQB))
}
