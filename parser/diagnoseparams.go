package parser

import "github.com/krait-py/krait/token"

// parameterSet names the rules of the parameters of functions or of lambdas,
// which have the same structure.
type parameterSet struct {
	params, parameters            rule
	slashNoDefault, slashDefault  rule
	starEtc, kwds                 rule
	noDefault, withDefault, maybe rule
	param                         rule
	badParams, badHelper          rule
	badStarEtc, badKwds           rule
	end                           token.Kind // what follows the parameters
	lambda                        bool
}

// parameterRules are those of parameters and lambda.
func parameterRules() {
	function := &parameterSet{
		params: rParams, parameters: rParameters,
		slashNoDefault: rSlashNoDefault, slashDefault: rSlashDefault,
		starEtc: rStarEtc, kwds: rKwds,
		noDefault: rParamNoDefault, withDefault: rParamDefault, maybe: rParamMaybe,
		param:     rParam,
		badParams: rBadParams, badHelper: rBadParamsHelper,
		badStarEtc: rBadStarEtc, badKwds: rBadKwds,
		end: token.RPAR,
	}
	function.define()
	def(rParam, alt(token.NAME, opt(rAnnotation)))
	def(rParamStarAnnotation, alt(token.NAME, rStarAnnotation))
	def(rAnnotation, alt(token.COLON, rExpression))
	def(rStarAnnotation, alt(token.COLON, rStarExpression))
	def(rParamNoDefaultStar, function.one(rParamStarAnnotation)...)
	def(rDefault, alt(token.EQUAL, rExpression), bad(rBadDefault))
	def(rBadDefault,
		alt(token.EQUAL, ahead(or(token.RPAR, token.COMMA)), errorAt(0, "expected default value expression")))

	lambda := &parameterSet{
		params: rLambdaParams, parameters: rLambdaParameters,
		slashNoDefault: rLambdaSlashNoDefault, slashDefault: rLambdaSlashDefault,
		starEtc: rLambdaStarEtc, kwds: rLambdaKwds,
		noDefault: rLambdaParamNoDefault, withDefault: rLambdaParamDefault, maybe: rLambdaParamMaybe,
		param:     rLambdaParam,
		badParams: rBadLambdaParams, badHelper: rBadLambdaParamsHelper,
		badStarEtc: rBadLambdaStarEtc, badKwds: rBadLambdaKwds,
		end: token.COLON, lambda: true,
	}
	lambda.define()
	def(rLambdaParam, alt(token.NAME))
	def(rLambda, alt(token.LAMBDA, opt(rLambdaParams), token.COLON, rExpression, mk(kindLambda)))
}

// one returns the alternatives of one parameter: with the comma behind it, or
// as the last one.
func (s *parameterSet) one(parts ...any) []alternative {
	if s.lambda {
		return []alternative{
			alt(append(parts[:len(parts):len(parts)], token.COMMA)...),
			alt(append(parts[:len(parts):len(parts)], ahead(s.end))...),
		}
	}
	comment := opt(token.TYPECOMMENT)
	return []alternative{
		alt(append(parts[:len(parts):len(parts)], token.COMMA, comment)...),
		alt(append(parts[:len(parts):len(parts)], comment, ahead(s.end))...),
	}
}

func (s *parameterSet) define() {
	def(s.params, bad(s.badParams), alt(s.parameters))
	positional := since(8, "Positional-only parameters are")
	def(s.parameters,
		alt(s.slashNoDefault, many(s.noDefault), many(s.withDefault), opt(s.starEtc), positional),
		alt(s.slashDefault, many(s.withDefault), opt(s.starEtc), positional),
		alt(some(s.noDefault), many(s.withDefault), opt(s.starEtc)),
		alt(some(s.withDefault), opt(s.starEtc)),
		alt(s.starEtc))
	def(s.slashNoDefault,
		alt(some(s.noDefault), token.SLASH, token.COMMA),
		alt(some(s.noDefault), token.SLASH, ahead(s.end)))
	def(s.slashDefault,
		alt(many(s.noDefault), some(s.withDefault), token.SLASH, token.COMMA),
		alt(many(s.noDefault), some(s.withDefault), token.SLASH, ahead(s.end)))
	star := []alternative{
		bad(s.badStarEtc),
		alt(token.STAR, s.noDefault, many(s.maybe), opt(s.kwds)),
	}
	if !s.lambda {
		star = append(star, alt(token.STAR, rParamNoDefaultStar, many(s.maybe), opt(s.kwds)))
	}
	def(s.starEtc, append(star,
		alt(token.STAR, token.COMMA, some(s.maybe), opt(s.kwds)),
		alt(s.kwds))...)
	def(s.kwds, bad(s.badKwds), alt(token.DOUBLESTAR, s.noDefault))
	def(s.noDefault, s.one(s.param)...)
	for i := range grammar[s.noDefault].alts {
		grammar[s.noDefault].alts[i].act = pick(0) // without the comma
	}
	def(s.withDefault, s.one(s.param, rDefault)...)
	def(s.maybe, s.one(s.param, opt(rDefault))...)

	anySlash := or(s.slashNoDefault, s.slashDefault)
	inParens := alt(many(s.noDefault), token.LPAR, some(s.noDefault), opt(token.COMMA), token.RPAR,
		errorRange(1, 4, "Function parameters cannot be parenthesized"))
	if s.lambda {
		inParens = alt(many(s.noDefault), token.LPAR, list(s.param), opt(token.COMMA), token.RPAR,
			errorRange(1, 4, "Lambda expression parameters cannot be parenthesized"))
	}
	def(s.badParams,
		alt(token.SLASH, token.COMMA, errorAt(0, "at least one argument must precede /")),
		alt(anySlash, many(s.maybe), token.SLASH, errorAt(2, "/ may appear only once")),
		alt(opt(s.slashNoDefault), many(s.noDefault), s.badHelper, s.noDefault,
			errorAt(3, "parameter without a default follows parameter with a default")),
		inParens,
		alt(opt(anySlash), many(s.maybe), token.STAR, or(token.COMMA, s.noDefault), many(s.maybe), token.SLASH,
			errorAt(5, "/ must be ahead of *")),
		alt(some(s.maybe), token.SLASH, token.STAR, errorAt(2, "expected comma between / and *")))
	def(s.badHelper, alt(s.slashDefault), alt(some(s.withDefault)))

	const bareStar = "named arguments must follow bare *"
	ends := or(s.end, alt(token.COMMA, or(s.end, token.DOUBLESTAR)))
	var wrong []alternative
	if s.lambda {
		wrong = append(wrong, alt(token.STAR, ends, errorHere(bareStar)))
	} else {
		wrong = append(wrong,
			alt(token.STAR, ends, errorAt(0, bareStar)),
			alt(token.STAR, token.COMMA, token.TYPECOMMENT, errorHere("bare * has associated type comment")))
	}
	def(s.badStarEtc, append(wrong,
		alt(token.STAR, s.param, token.EQUAL, errorAt(2, "var-positional argument cannot have default value")),
		alt(token.STAR, or(s.noDefault, token.COMMA), many(s.maybe), token.STAR, or(s.noDefault, token.COMMA),
			errorAt(3, "* argument may appear only once")))...)
	const noMore = "arguments cannot follow var-keyword argument"
	def(s.badKwds,
		alt(token.DOUBLESTAR, s.param, token.EQUAL, errorAt(2, "var-keyword argument cannot have default value")),
		alt(token.DOUBLESTAR, s.param, token.COMMA, s.param, errorAt(3, noMore)),
		alt(token.DOUBLESTAR, s.param, token.COMMA, or(token.STAR, token.DOUBLESTAR, token.SLASH), errorAt(3, noMore)))
}
