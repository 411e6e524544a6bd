// Package parser turns tokens into the abstract syntax tree, by recursive
// descent. It accepts what CPython 3.14's grammar accepts and gives every node
// the position CPython gives it.
//
// The parser proper only finds out whether a file is right: at the first token
// that fits nowhere it stops. What is wrong then is found out by a second,
// slower reading (diagnose.go), as CPython does it too.
//
// # How the descent fails
//
// A method that cannot go on calls fail and returns what fail returns. From
// then on the current token is the ERRORTOKEN that ends the list of tokens: no
// loop continues, no expectation is met, and the calls that are under way
// return one after the other without asking whether something went wrong.
// Expressions and patterns are never nil, so that nobody needs to ask before
// using one. Trying out alternatives is what begin and retry are for.
package parser

import (
	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
)

// Mode is what a text is: the start rule of the grammar.
type Mode uint8

// The modes, named as compile() names them.
const (
	Exec     Mode = iota // a module
	Eval                 // one expression
	Single               // one statement of an interactive session
	FuncType             // a type comment of a function: (int, str) -> bool
)

// Options say how to parse. The zero value parses a module of the newest
// version.
type Options struct {
	Mode Mode
	// TypeComments keeps type comments, as ast.parse does with type_comments.
	TypeComments bool
	// FeatureVersion is the minor version whose grammar is wanted, as far as
	// CPython still knows what was added when; 0 is the newest.
	FeatureVersion int
	// BarryAsFLUFL makes <> the operator of inequality from the start.
	BarryAsFLUFL bool
}

// Parse parses a file. The tree is nil if there was an error, which is then the
// last of the diagnostics; those before it, or all if there is a tree, are
// warnings.
func Parse(f *source.File, o Options) (ast.Root, []*source.Diagnostic) {
	var p Parser
	return p.Parse(f, o)
}

// Parser parses file after file. It keeps its scratch memory, which spares
// most allocations. The zero Parser is ready for use; it may not be used by
// several goroutines at once.
type Parser struct {
	file *source.File
	text string // file.Text
	opt  Options

	tokens []token.Token // the last one is an ERRORTOKEN behind the ENDMARKER
	pos    int           // index of the current token
	kind   token.Kind    // tokens[pos].Kind, always

	// scanError is what ended the list of tokens early, nil if nothing did.
	scanError *source.Diagnostic
	// failed is set when the text is found not to follow the grammar, at
	// tokens[furthest] or before it.
	failed   bool
	furthest int

	arena    *ast.Arena
	warnings []*source.Diagnostic
	bad      *ast.Name // stands for expressions that were not there
}

// Parse parses a file; see the function Parse.
func (p *Parser) Parse(f *source.File, o Options) (ast.Root, []*source.Diagnostic) {
	p.reset(f, o)
	return nil, append(p.warnings, p.diagnose())
}

// reset makes the parser ready for a file: tokens are read, the first one is
// current.
func (p *Parser) reset(f *source.File, o Options) {
	p.file, p.text, p.opt = f, f.Text, o
	p.tokens = append(p.tokens[:0], token.Token{Kind: token.ERRORTOKEN})
	p.pos, p.kind = 0, p.tokens[0].Kind
	p.failed, p.furthest, p.scanError = false, 0, nil
	p.arena = new(ast.Arena)
	p.warnings = nil
	p.bad = p.arena.NewName(source.Span{})
}

// next goes on to the next token. The current one must have been looked at: it
// must not be the ERRORTOKEN at the end.
func (p *Parser) next() {
	p.pos++
	p.kind = p.tokens[p.pos].Kind
}

// peek returns the kind of the token after the current one. The current one
// must not be the ERRORTOKEN at the end.
func (p *Parser) peek() token.Kind { return p.tokens[p.pos+1].Kind }

// got goes past the current token if it is of kind k, and reports whether it
// was.
func (p *Parser) got(k token.Kind) bool {
	if p.kind != k {
		return false
	}
	p.next()
	return true
}

// want goes past the current token, which must be of kind k.
func (p *Parser) want(k token.Kind) {
	if p.kind != k {
		p.fail()
		return
	}
	p.next()
}

// fail notes that the current token does not belong where it is.
func (p *Parser) fail() ast.Expr {
	p.furthest = max(p.furthest, p.at())
	p.failed = true
	p.pos = len(p.tokens) - 1
	p.kind = token.ERRORTOKEN
	return p.bad
}

// at returns the index of the current token, as far as errors are concerned.
func (p *Parser) at() int {
	if p.failed {
		return p.furthest
	}
	return p.pos
}

// retry goes back to the token with index pos, where an alternative began that
// did not fit.
func (p *Parser) retry(pos int) {
	p.failed = false
	p.pos = pos
	p.kind = p.tokens[pos].Kind
}

// span returns the stretch from the token with index start to the last token
// before the current one.
func (p *Parser) span(start int) source.Span {
	s := &p.tokens[start]
	e := &p.tokens[max(p.pos-1, 0)]
	return source.Span{Line: s.Line, Col: s.Col, EndLine: e.EndLine, EndCol: e.EndCol}
}

// annotatedRHS parses what may stand to the right of = and in the braces of an
// f-string: yield_expr | star_expressions.
func (p *Parser) annotatedRHS() ast.Expr { return p.fail() }
