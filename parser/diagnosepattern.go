package parser

import (
	"strings"

	"github.com/krait-py/krait/token"
)

// patternRules are those of match statements and patterns.
func patternRules() {
	def(rMatch,
		alt("match", rSubject, token.COLON, token.NEWLINE, token.INDENT, some(rCase), token.DEDENT,
			since(10, "Pattern matching is")),
		bad(rBadMatch))
	def(rSubject,
		alt(rStarNamed, token.COMMA, opt(rStarNamedList)),
		alt(rNamed))
	def(rCase,
		bad(rBadCase),
		alt("case", rPatterns, opt(rGuard), token.COLON, rBlock))
	def(rGuard, alt(token.IF, rNamed))
	def(rBadMatch,
		alt("match", rSubject, token.NEWLINE, needColon),
		alt("match", rSubject, token.COLON, token.NEWLINE, not(token.INDENT), errorBlock(0, "'match' statement")))
	def(rBadCase,
		alt("case", rPatterns, opt(rGuard), token.NEWLINE, needColon),
		alt("case", rPatterns, opt(rGuard), token.COLON, token.NEWLINE, not(token.INDENT), errorBlock(0, "'case' statement")))

	def(rPatterns, alt(rOpenSequence), alt(rPattern))
	def(rPattern, alt(rAsPattern), alt(rOrPattern))
	def(rAsPattern,
		alt(rOrPattern, token.AS, rCaptureTarget),
		bad(rBadAsPattern))
	def(rBadAsPattern,
		alt(rOrPattern, token.AS, "_", errorAt(2, "cannot use '_' as a target")),
		alt(rOrPattern, token.AS, rExpression, errorAt(2, "cannot use %s as pattern target")))
	def(rOrPattern, alt(separated(token.VBAR, rClosedPattern), orPattern))
	def(rClosedPattern,
		alt(rLiteralPattern), alt(rCapturePattern), alt(rWildcard), alt(rValuePattern),
		alt(rGroupPattern), alt(rSequencePattern), alt(rMappingPattern), alt(rClassPattern),
	).memo = true

	notSigned := not(or(token.PLUS, token.MINUS))
	def(rLiteralPattern,
		alt(rSignedNumber, notSigned), alt(rComplex), alt(rStrings),
		alt(token.NONE), alt(token.TRUE), alt(token.FALSE))
	def(rLiteralExpression,
		alt(rSignedNumber, notSigned), alt(rComplex),
		alt(ahead(or(token.STRING, token.FSTRINGSTART, token.TSTRINGSTART)), rStrings),
		alt(token.NONE), alt(token.TRUE), alt(token.FALSE))
	def(rComplex,
		alt(rSignedReal, token.PLUS, rImaginary),
		alt(rSignedReal, token.MINUS, rImaginary))
	def(rSignedNumber, alt(token.NUMBER), alt(token.MINUS, token.NUMBER))
	def(rSignedReal, alt(rReal), alt(token.MINUS, rReal))
	def(rReal, alt(token.NUMBER, wantComplex(false, "real number required in complex literal")))
	def(rImaginary, alt(token.NUMBER, wantComplex(true, "imaginary number required in complex literal")))

	def(rCapturePattern, alt(rCaptureTarget))
	noMore := not(or(token.DOT, token.LPAR, token.EQUAL))
	def(rCaptureTarget, alt(not("_"), token.NAME, noMore))
	def(rWildcard, alt("_"))
	def(rValuePattern, alt(rAttr, noMore))
	def(rAttr, alt(rNameOrAttr, token.DOT, token.NAME, mk(kindAttribute))).left = true
	def(rNameOrAttr, alt(rAttr), alt(token.NAME))
	def(rGroupPattern, alt(token.LPAR, rPattern, token.RPAR, pick(1)))
	def(rSequencePattern,
		alt(token.LSQB, opt(rMaybeSequence), token.RSQB),
		alt(token.LPAR, opt(rOpenSequence), token.RPAR))
	def(rOpenSequence, alt(rMaybeStar, token.COMMA, opt(rMaybeSequence)))
	def(rMaybeSequence, alt(list(rMaybeStar), opt(token.COMMA)))
	def(rMaybeStar, alt(rStarPattern), alt(rPattern))
	def(rStarPattern, alt(token.STAR, rCaptureTarget), alt(token.STAR, rWildcard)).memo = true
	def(rMappingPattern,
		alt(token.LBRACE, token.RBRACE),
		alt(token.LBRACE, rDoubleStarPattern, opt(token.COMMA), token.RBRACE),
		alt(token.LBRACE, rItemsPattern, token.COMMA, rDoubleStarPattern, opt(token.COMMA), token.RBRACE),
		alt(token.LBRACE, rItemsPattern, opt(token.COMMA), token.RBRACE))
	def(rItemsPattern, alt(list(rKeyValuePattern)))
	def(rKeyValuePattern, alt(or(rLiteralExpression, rAttr), token.COLON, rPattern))
	def(rDoubleStarPattern, alt(token.DOUBLESTAR, rCaptureTarget))
	def(rClassPattern,
		alt(rNameOrAttr, token.LPAR, token.RPAR),
		alt(rNameOrAttr, token.LPAR, rPositionalPatterns, opt(token.COMMA), token.RPAR),
		alt(rNameOrAttr, token.LPAR, rKeywordPatterns, opt(token.COMMA), token.RPAR),
		alt(rNameOrAttr, token.LPAR, rPositionalPatterns, token.COMMA, rKeywordPatterns, opt(token.COMMA), token.RPAR),
		bad(rBadClassPattern))
	def(rBadClassPattern, alt(rNameOrAttr, token.LPAR, rBadClassArguments, badOrder))
	def(rBadClassArguments,
		alt(opt(rPositionalPatterns, token.COMMA), rKeywordPatterns, token.COMMA, rPositionalPatterns, pick(3)))
	def(rPositionalPatterns, alt(list(rPattern)))
	def(rKeywordPatterns, alt(list(rKeywordPattern)))
	def(rKeywordPattern, alt(token.NAME, token.EQUAL, rPattern))
}

func orPattern(d *diagnosis, at int, v []*node) *node {
	if len(v[0].items) == 1 {
		return v[0].items[0]
	}
	return d.node(kindOther, at)
}

func badOrder(d *diagnosis, at int, v []*node) *node {
	d.raiseRange(v[2].first(), v[2].last(), "positional patterns follow keyword patterns")
	return nil
}

// wantComplex makes an action that wants a number to be imaginary, or not to
// be.
func wantComplex(imaginary bool, msg string) action {
	return func(d *diagnosis, at int, v []*node) *node {
		text := d.spelling(int(v[0].at))
		if strings.ContainsAny(text[len(text)-1:], "jJ") != imaginary {
			d.raiseAt(v[0], msg)
			return nil
		}
		return v[0]
	}
}
