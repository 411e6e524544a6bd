package parser

// CPython's parser counts how deep the rules of its grammar nest and gives up at
// maxDepth. Few of them nest in themselves without a bracket, of which the
// tokenizer allows no more than 200. What follows is how many rules lie between
// two turns of those that do: the most there are in any alternative that is
// tried.
const (
	maxDepth = 6000

	depthRoot     = 31 // what comes around and within an expression
	depthUnary    = 1
	depthPower    = 2
	depthIfExp    = 1
	depthLambda   = 2
	depthDefault  = 6  // from a lambda to the default of a parameter
	depthParens   = 28 // from an expression to one in parentheses
	depthDisplay  = 29 // to one in other brackets
	depthCall     = 24
	depthFString  = 33
	depthPattern  = 9
	depthBlock    = 7
	depthElif     = 1
	depthMore     = 2 // more in each but the first operand of or and and
	depthMoreCmp  = 3 // in the right operand of a comparison
	depthMoreArgs = 4 // in each but the first argument, or subscript
)

// A chain of operators, attributes, calls or subscripts is nested as deep in the tree
// as it is long, for which there is no limit here. Preprocess refuses trees deeper
// than about 34,000: those in which no chain in any of the 200 brackets is longer than
// this it need not look at.
const longChain = 128

// enter goes n rules deeper. It reports whether that is allowed; whoever leaves
// lessens p.depth again.
func (p *Parser) enter(n int) bool {
	p.depth += n
	if p.depth <= maxDepth {
		return true
	}
	p.tooDeep = true
	p.fail()
	return false
}
