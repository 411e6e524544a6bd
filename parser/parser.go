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
// using one. Where alternatives must be tried out,
// checkpoint and retry go back.
package parser

import (
	"slices"
	"sync"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
	"github.com/krait-py/krait/tokenizer"
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
	// Incomplete makes what is wrong only because the text ends too soon an _IncompleteInputError, so that a session
	// can ask for more lines (PyCF_ALLOW_INCOMPLETE_INPUT).
	Incomplete bool
	// OpenBlocks keeps the end of a session's statement from ending the blocks that are open in its last line, if that
	// has no line break (PyCF_DONT_IMPLY_DEDENT).
	OpenBlocks bool
	// Streamed says that the text is read line by line, as CPython reads the file that it runs: of the last line nothing is left when the end is reached,
	// so errors that are found there have column 0.
	Streamed bool
	// IntDigits is how many decimal digits an integer may have. 0 stands for 4300, which is CPython's limit until sys.set_int_max_str_digits changes it;
	// it is negative if there is none.
	IntDigits int
}

// Parse parses a file. The tree is nil if there was an error, which is then the
// last of the diagnostics; those before it, or all if there is a tree, are
// warnings.
func Parse(f *source.File, o Options) (ast.Root, []*source.Diagnostic) {
	p := parsers.Get().(*Parser)
	defer parsers.Put(p)
	return p.Parse(f, o)
}

// parsers keeps the scratch memory of Parse, of which the list of tokens is as
// large as a tree.
var parsers = sync.Pool{New: func() any { return new(Parser) }}

// Parser parses file after file. It keeps its scratch memory, which spares
// most allocations. The zero Parser is ready for use; it may not be used by
// several goroutines at once.
type Parser struct {
	file *source.File
	text string // file.Text
	opt  Options

	idents []string      // names of the file, by their ids
	dotted []string      // names of modules with dots
	tokens []token.Token // the last one is an ERRORTOKEN behind the ENDMARKER
	pos    int           // index of the current token
	kind   token.Kind    // tokens[pos].Kind, always

	depth int  // how deep the grammar's rules nest here, as CPython counts it
	barry bool // whether <> is the operator of inequality, and != is not
	// failed is set when the text is found not to follow the grammar, at
	// tokens[furthest] or before it; tooDeep as well if it nests too deep.
	failed, tooDeep bool
	furthest        int
	// scanError is what ended the list of tokens early, nil if nothing did.
	scanError *source.Diagnostic

	arena    *ast.Arena
	reuse    bool // whether the nodes of arena and what was cut from blocks is free
	warnings []*source.Diagnostic
	changes  []int32 // see Changes
	uses     uses
	finals   int       // how many finally blocks there are around the current token
	bad      *ast.Name // stands for expressions that were not there

	lex tokenizer.Tokenizer
	lit literals
	buf []byte // for names that are put together

	exprs    sequence[ast.Expr]
	keys     sequence[ast.Expr] // of dictionaries, beside their values on exprs
	stmts    sequence[ast.Stmt]
	keywords sequence[*ast.Keyword]
	args     sequence[*ast.Arg]
	gens     sequence[*ast.Comprehension]
	aliases  sequence[*ast.Alias]
	items    sequence[*ast.Withitem]
	handlers sequence[*ast.ExceptHandler]
	cases    sequence[*ast.MatchCase]
	pats     sequence[ast.Pattern]
	typeVars sequence[ast.TypeParam]
	ignores  sequence[*ast.TypeIgnore]
	names    sequence[string]
	cmpOps   sequence[ast.CmpOp]
}

// Reset takes back the tree that Parse returned last, if it was called: the
// memory of its nodes is used again for the next one. Strings and constants that
// came from a tree stay valid. Who does not call Reset can keep all trees.
func (p *Parser) Reset() {
	if p.arena == nil {
		return
	}
	p.arena.Reset()
	p.reuse = true
	// Blocks of names are used again, too, and are all that refers to the text.
	for _, b := range p.names.blocks {
		clear(b)
	}
}

// Recycle takes back the strings and constants of the trees that Parse returned since
// the last call of Recycle, which Reset leaves valid.
func (p *Parser) Recycle() { p.lit.recycle() }

// Reserve makes room for files of up to size bytes, before there are any.
func (p *Parser) Reserve(size int) {
	p.tokens = make([]token.Token, 0, roomFor(size))
	p.uses.names = make([]ast.NameUse, 0, size/8)
}

// roomFor returns how many tokens there is to be room for in a file of size bytes: for all of them, as files
// go. To move them when there are more costs more than to read them.
func roomFor(size int) int { return size/4 + 16 }

// resetSequences empties all sequences; see sequence.reset.
func (p *Parser) resetSequences(reuse bool) {
	p.exprs.reset(reuse)
	p.keys.reset(reuse)
	p.stmts.reset(reuse)
	p.keywords.reset(reuse)
	p.args.reset(reuse)
	p.gens.reset(reuse)
	p.aliases.reset(reuse)
	p.items.reset(reuse)
	p.handlers.reset(reuse)
	p.cases.reset(reuse)
	p.pats.reset(reuse)
	p.typeVars.reset(reuse)
	p.ignores.reset(reuse)
	p.names.reset(reuse)
	p.cmpOps.reset(reuse)
}

// Parse parses a file; see the function Parse.
func (p *Parser) Parse(f *source.File, o Options) (ast.Root, []*source.Diagnostic) {
	p.reset(f, o)
	root := p.root()
	if !p.failed {
		return root, p.warnings
	}
	if p.tooDeep {
		return nil, append(p.warnings, &source.Diagnostic{Type: "MemoryError", Filename: f.Name,
			Message: "Parser stack overflowed - Python source too complex to parse"})
	}
	err := p.diagnose()
	return nil, append(p.warnings, err)
}

// reset makes the parser ready for a file: tokens are read, the first one is
// current.
func (p *Parser) reset(f *source.File, o Options) {
	p.file, p.text, p.opt = f, f.Text, o
	p.depth, p.barry = depthRoot, o.BarryAsFLUFL
	p.failed, p.tooDeep, p.furthest = false, false, 0
	p.resetSequences(p.reuse)
	if !p.reuse {
		p.arena = new(ast.Arena)
	}
	p.reuse = false
	p.bad = p.arena.NewName(source.Span{})

	if n := roomFor(len(f.Text)); cap(p.tokens) < n {
		p.tokens = make([]token.Token, 0, max(n, 2*cap(p.tokens)))
	}
	p.lex.Reset(f, tokenizer.Options{TypeComments: o.TypeComments})
	p.tokens, p.scanError = p.lex.Scan(p.tokens[:0])
	p.changes, p.finals, p.dotted = p.changes[:0], 0, p.dotted[:0]
	p.uses.reset()
	p.idents = p.lex.Names().List()
	p.warnings = p.lex.Warnings()
	p.lit.reset()
	if o.TypeComments {
		p.dropTypeIgnores()
	}
	if o.Mode == Single {
		p.endInteractive()
	}
	end := token.Token{Kind: token.ERRORTOKEN, Start: int32(len(f.Text)), End: int32(len(f.Text))}
	if n := len(p.tokens); n > 0 {
		t := &p.tokens[n-1]
		end.Line, end.Col, end.EndLine, end.EndCol = t.EndLine, t.EndCol, t.EndLine, t.EndCol
	}
	p.tokens = append(p.tokens, end)
	p.pos, p.kind = 0, p.tokens[0].Kind
}

// dropTypeIgnores takes the TYPEIGNORE tokens, which can stand everywhere, out
// of the list.
func (p *Parser) dropTypeIgnores() {
	kept := p.tokens[:0]
	for _, t := range p.tokens {
		if t.Kind != token.TYPEIGNORE {
			kept = append(kept, t)
			continue
		}
		n := p.arena.NewTypeIgnore()
		n.Lineno, n.Tag = int(t.Line), p.text[t.Start:t.End]
		p.ignores.stack = append(p.ignores.stack, n)
	}
	p.tokens = kept
}

// endInteractive puts the line breaks into the list of tokens that CPython makes
// of the end of an interactive session's statement, unless there is nothing else:
// one at the end of the text and one behind the blocks which end there.
func (p *Parser) endInteractive() {
	n := len(p.tokens) - 1
	if n < 1 || p.tokens[n].Kind != token.ENDMARKER {
		return
	}
	end := p.tokens[n]
	end.Kind = token.NEWLINE
	blocks := n
	for blocks > 0 && p.tokens[blocks-1].Kind == token.DEDENT {
		blocks--
	}
	last := p.tokens[max(blocks-1, 0)]
	switch {
	case p.file.NoNewline && p.opt.OpenBlocks && blocks < n:
		p.tokens = append(p.tokens[:blocks], p.tokens[n])
		if last.Kind != token.NEWLINE || int(last.End) < len(p.text)-1 {
			p.tokens = slices.Insert(p.tokens, blocks, end)
		}
	case !p.file.NoNewline:
		p.tokens = slices.Insert(p.tokens, n, end)
	case last.Kind == token.NEWLINE && int(last.End) >= len(p.text)-1:
		// It is the one put there when the text was read, which CPython does for
		// modules only.
		if blocks < n {
			p.tokens = slices.Insert(p.tokens, n, end)
		}
	default:
		p.tokens = slices.Insert(p.tokens, n, end)
		if blocks < n {
			p.tokens = slices.Insert(p.tokens, blocks, end)
		}
	}
}

// root parses the whole text.
func (p *Parser) root() ast.Root {
	switch p.opt.Mode {
	case Eval:
		n := p.arena.NewExpression()
		n.Body = p.expressions()
		p.wantEnd()
		return n
	case Single:
		n := p.arena.NewInteractive()
		n.Body = p.interactive()
		return n
	case FuncType:
		n := p.arena.NewFunctionType()
		p.want(token.LPAR)
		n.Argtypes = p.typeExpressions()
		p.want(token.RPAR)
		p.want(token.RARROW)
		n.Returns = p.expression()
		p.wantEnd()
		return n
	}
	n := p.arena.NewModule()
	names := p.uses.enter()
	mark := len(p.stmts.stack)
	for p.kind != token.ENDMARKER && !p.failed {
		p.statement()
	}
	n.Body = p.stmts.take(mark)
	n.TypeIgnores = p.ignores.take(0)
	p.uses.leave(names, n, notModule)
	return n
}

// wantEnd goes past line breaks to the end of the text.
func (p *Parser) wantEnd() {
	for p.got(token.NEWLINE) {
	}
	p.want(token.ENDMARKER)
}

// interactive parses one statement of an interactive session.
func (p *Parser) interactive() []ast.Stmt {
	mark := len(p.stmts.stack)
	switch p.kind {
	case token.NEWLINE:
		start := p.pos
		p.next()
		return p.stmts.one(p.arena.NewPass(p.span(start)))
	case token.ENDMARKER:
		p.fail()
		return nil
	}
	p.statement()
	body := p.stmts.take(mark)
	if isCompound(body) {
		p.want(token.NEWLINE)
	}
	if !p.failed && !p.onlySpace(p.tokens[p.pos-1]) {
		p.fail()
	}
	return body
}

// isCompound reports whether a line of statements is a compound statement.
func isCompound(body []ast.Stmt) bool {
	if len(body) != 1 {
		return false
	}
	switch body[0].(type) {
	case *ast.FunctionDef, *ast.AsyncFunctionDef, *ast.ClassDef, *ast.For, *ast.AsyncFor,
		*ast.While, *ast.If, *ast.With, *ast.AsyncWith, *ast.Match, *ast.Try, *ast.TryStar:
		return true
	}
	return false
}

// onlySpace reports whether nothing but space and comments comes behind last.
func (p *Parser) onlySpace(last token.Token) bool {
	comment := false
	for i := int(last.End); i < len(p.text); i++ {
		switch c := p.text[i]; {
		case c == '\n':
			comment = false
		case c == '#':
			comment = true
		case !comment && c != ' ' && c != '\t' && c != '\f' && c != '\r':
			return false
		}
	}
	return true
}

// typeExpressions parses the parameters of a function's type comment.
func (p *Parser) typeExpressions() []ast.Expr {
	mark := len(p.exprs.stack)
	// What was there already decides what may come.
	var star, mapping bool
	for p.kind != token.RPAR || len(p.exprs.stack) > mark {
		switch {
		case mapping:
			p.fail()
		case p.kind == token.DOUBLESTAR:
			p.next()
			mapping = true
		case star:
			p.fail()
		case p.kind == token.STAR:
			p.next()
			star = true
		}
		p.exprs.stack = append(p.exprs.stack, p.expression())
		if !p.got(token.COMMA) {
			break
		}
	}
	return p.exprs.take(mark)
}

// next goes on to the next token, unless the current one is the ERRORTOKEN at the
// end.
func (p *Parser) next() {
	if i := p.pos + 1; i < len(p.tokens) {
		p.pos = i
		p.kind = p.tokens[i].Kind
	}
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

// since fails if the grammar of a version before 3.minor is wanted. It reports
// whether it did not.
func (p *Parser) since(minor int) bool {
	if p.opt.FeatureVersion != 0 && p.opt.FeatureVersion < minor {
		p.fail()
		return false
	}
	return true
}

// fail notes that the current token does not belong where it is.
func (p *Parser) fail() ast.Expr {
	if !p.failed {
		p.furthest = max(p.furthest, p.pos)
		p.failed = true
		p.pos = len(p.tokens) - 1
		p.kind = token.ERRORTOKEN
	}
	return p.bad
}

// A checkpoint is where an alternative begins.
type checkpoint struct {
	pos, depth                               int
	exprs, keys, stmts, keywords, args, gens int
	aliases, items, handlers, cases, pats    int
	typeVars, names, cmpOps                  int
	uses, bodies                             int
}

// checkpoint returns where the parser is.
func (p *Parser) checkpoint() checkpoint {
	return checkpoint{
		pos: p.pos, depth: p.depth,
		exprs: len(p.exprs.stack), keys: len(p.keys.stack), stmts: len(p.stmts.stack),
		keywords: len(p.keywords.stack), args: len(p.args.stack), gens: len(p.gens.stack),
		aliases: len(p.aliases.stack), items: len(p.items.stack), handlers: len(p.handlers.stack),
		cases: len(p.cases.stack), pats: len(p.pats.stack), typeVars: len(p.typeVars.stack),
		names: len(p.names.stack), cmpOps: len(p.cmpOps.stack),
		uses: len(p.uses.names), bodies: len(p.uses.bodies),
	}
}

// unwind shortens the stacks to what they were.
func (p *Parser) unwind(c *checkpoint) {
	p.exprs.stack, p.keys.stack = p.exprs.stack[:c.exprs], p.keys.stack[:c.keys]
	p.stmts.stack, p.keywords.stack = p.stmts.stack[:c.stmts], p.keywords.stack[:c.keywords]
	p.args.stack, p.gens.stack = p.args.stack[:c.args], p.gens.stack[:c.gens]
	p.aliases.stack, p.items.stack = p.aliases.stack[:c.aliases], p.items.stack[:c.items]
	p.handlers.stack, p.cases.stack = p.handlers.stack[:c.handlers], p.cases.stack[:c.cases]
	p.pats.stack, p.typeVars.stack = p.pats.stack[:c.pats], p.typeVars.stack[:c.typeVars]
	p.names.stack, p.cmpOps.stack = p.names.stack[:c.names], p.cmpOps.stack[:c.cmpOps]
	p.uses.names, p.uses.bodies = p.uses.names[:c.uses], p.uses.bodies[:c.bodies]
}

// retry goes back to where an alternative began that did not fit. CPython does
// not do so when the text nests too deep or a literal is wrong.
func (p *Parser) retry(c checkpoint) {
	if p.tooDeep || p.lit.err != nil {
		p.fail()
		return
	}
	p.unwind(&c)
	if !p.failed {
		p.furthest = max(p.furthest, p.pos)
	}
	p.failed = false
	p.pos, p.depth = c.pos, c.depth
	p.kind = p.tokens[c.pos].Kind
}

// spanOf returns where t stands.
func spanOf(t *token.Token) source.Span {
	return source.Span{Line: t.Line, Col: t.Col, EndLine: t.EndLine, EndCol: t.EndCol}
}

// span returns the stretch from the token with index start to the last token
// before the current one.
func (p *Parser) span(start int) source.Span {
	s := &p.tokens[start]
	e := &p.tokens[max(p.pos-1, 0)]
	return source.Span{Line: s.Line, Col: s.Col, EndLine: e.EndLine, EndCol: e.EndCol}
}

// wholeSpan returns the stretch from the token with index start to the last
// token before the current one that is not about lines and blocks.
func (p *Parser) wholeSpan(start int) source.Span {
	i := p.pos - 1
	for i > start && p.tokens[i].Kind-token.NEWLINE <= token.DEDENT-token.NEWLINE {
		i--
	}
	s, e := &p.tokens[start], &p.tokens[max(i, 0)]
	return source.Span{Line: s.Line, Col: s.Col, EndLine: e.EndLine, EndCol: e.EndCol}
}

// currentText returns the text of the current token.
func (p *Parser) currentText() string {
	t := &p.tokens[p.pos]
	return p.text[t.Start:t.End]
}

// identifier returns the identifier that the NAME t is.
func (p *Parser) identifier(t *token.Token) string {
	return p.idents[t.Name]
}

// typeComment returns the type comment that is the current token, and goes past
// it.
func (p *Parser) typeComment() string {
	s := p.currentText()
	p.next()
	return s
}

// optTypeComment parses [TYPE_COMMENT].
func (p *Parser) optTypeComment() string {
	if p.kind != token.TYPECOMMENT {
		return ""
	}
	return p.typeComment()
}

// functionTypeComment parses the type comment of a function, which may stand on
// the first line of its block.
func (p *Parser) functionTypeComment() string {
	if p.kind == token.NEWLINE && p.peek() == token.TYPECOMMENT &&
		p.tokens[p.pos+2].Kind == token.NEWLINE && p.tokens[p.pos+3].Kind == token.INDENT {
		p.next()
	}
	return p.optTypeComment()
}
