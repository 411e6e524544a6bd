package parser

import (
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
	"github.com/krait-py/krait/tokenizer"
)

// diagnose says what is wrong with a text the parser refused. It drops the
// warnings of the tokenizer about what CPython does not get to.
func (p *Parser) diagnose() *source.Diagnostic {
	tokens := p.tokens
	if n := len(tokens); n > 0 && tokens[n-1].Kind == token.ERRORTOKEN {
		tokens = tokens[:n-1]
	}
	if n := len(tokens); p.opt.Mode == Eval && p.file.NoNewline && n > 1 && tokens[n-2].Kind == token.NEWLINE {
		// CPython ends the last line of modules only.
		tokens = append(slices.Clone(tokens[:n-2]), tokens[n-1])
	}
	if p.opt.Mode == Single && p.file.NoNewline {
		// There, a NEWLINE without columns takes the place of the line break.
		tokens = slices.Clone(tokens)
		for i := range tokens {
			if t := &tokens[i]; t.Kind == token.NEWLINE && int(t.End) >= len(p.text)-1 {
				t.Start, t.End, t.Col, t.EndCol = int32(len(p.text)), int32(len(p.text)), -1, -1
			}
		}
	}
	if e := p.scanError; e != nil && p.opt.Streamed && p.lex.Ended() == tokenizer.EndedBackslash && e.EndCol < 0 {
		if n := len(tokens); n == 0 || tokens[n-1].Kind == token.NEWLINE {
			e.Col = 0 // nothing of a statement was there
		}
	}
	d := newDiagnosis(p.file, tokens, &p.lex, p.scanError, p.opt)
	if err := d.diagnose(); err != nil {
		if !d.readAll && d.fill < len(tokens) {
			p.warnings = slices.DeleteFunc(p.warnings, func(w *source.Diagnostic) bool { return d.unread(w) })
		}
		return err
	}
	if p.opt.Mode == Single {
		d.raiseLast("SyntaxError", "multiple statements found while compiling a single statement")
		return d.err
	}
	// The two readings disagree, which is an error of this package.
	d.fill = min(p.furthest+1, len(tokens))
	d.raiseLast("SyntaxError", "invalid syntax")
	return d.err
}

// unread reports whether a warning, which may have no column, is about tokens
// that were not looked at.
func (d *diagnosis) unread(w *source.Diagnostic) bool {
	t := &d.tokens[d.fill]
	if w.Line != int(t.Line) {
		return w.Line > int(t.Line)
	}
	if w.Col == 0 {
		// The tokenizer warns of numbers and of strings with fields.
		for _, t := range d.tokens[:d.fill] {
			if int(t.EndLine) == w.Line && (t.Kind == token.NUMBER || t.Kind == token.FSTRINGMIDDLE || t.Kind == token.TSTRINGMIDDLE) {
				return false
			}
		}
		return true
	}
	return w.Col > d.file.Column(w.Line, int(max(t.Col, 0)))
}

// diagnose reads a text as CPython's parser does and returns the error that it
// finds, nil if it finds none.
//
// CPython's parser only knows at which token it had to stop. Then it reads the
// text again, with rules that find errors among those of the language, and the
// first such rule that fits gives the message. If none fits it is "invalid
// syntax", at the last token the first reading looked at. In either case an
// error that the tokenizer finds further on takes precedence, and so does a
// bracket left open in an earlier line.
func (d *diagnosis) diagnose() *source.Diagnostic {
	start := rFile
	if int(d.opt.Mode) < len(startRules) {
		start = startRules[d.opt.Mode]
	}
	if d.parse(start) != nil {
		return nil
	}
	if d.opt.Incomplete && d.ended() {
		d.raiseIncomplete()
		return d.err
	}
	if d.err == nil {
		d.last = d.fill - 1
		d.second = true
		d.mark, d.level = 0, 0
		clear(d.memos)
		d.parse(start)
		if d.err == nil {
			switch d.tokens[d.last].Kind {
			case token.INDENT:
				d.raiseLast("IndentationError", "unexpected indent")
				return d.err
			case token.DEDENT:
				d.raiseLast("IndentationError", "unexpected unindent")
				return d.err
			}
			d.raiseAt(d.leaf(d.last), "invalid syntax")
		}
	}
	d.readRest()
	return d.err
}

var startRules = [...]rule{Exec: rFile, Eval: rEval, Single: rInteractive, FuncType: rFuncType}

// diagnosis is the state of the second reading.
type diagnosis struct {
	file   *source.File
	text   string
	opt    Options
	barry  bool // <> is the operator of inequality
	second bool // rules that find errors are tried

	tokens []token.Token
	leaves []node // of each token, once leaf made it
	memos  [][]memo
	mark   int // index of the current token
	// fill is the number of tokens that have been looked at. CPython's
	// tokenizer runs no further ahead, so that its error may come too late to be
	// the one that is shown.
	fill      int
	lex       *tokenizer.Tokenizer
	scanError *source.Diagnostic
	scanFatal bool // scanError has been met
	readAll   bool // the rest of the text has been read for errors of the tokenizer

	level  int
	last   int     // index of the last token that the first pass looked at, once it is over
	values []*node // of the items of all alternatives under way
	slab   []node
	err    *source.Diagnostic

	// Rules that find errors can take exponential time, in CPython as here.
	steps, maxSteps int
}

// newDiagnosis readies the reading of a file. tokens are all up to its end or to
// where lex, the tokenizer, found the error scanError.
func newDiagnosis(f *source.File, tokens []token.Token, lex *tokenizer.Tokenizer, scanError *source.Diagnostic, o Options) *diagnosis {
	makeGrammar()
	return &diagnosis{
		file: f, text: f.Text, opt: o, barry: o.BarryAsFLUFL,
		tokens: tokens, lex: lex, scanError: scanError,
		maxSteps: 1_000_000 + 5_000*len(tokens),
		leaves:   make([]node, len(tokens)+1),
		memos:    make([][]memo, len(tokens)+1),
	}
}

// grammar has all rules. It is made when a text is wrong for the first time.
var grammar [numRules]definition

var makeGrammar = sync.OnceFunc(func() {
	statementRules()
	compoundRules()
	patternRules()
	expressionRules()
	callRules()
	targetRules()
	stringRules()
	parameterRules()
	findFirsts()
})

func def(r rule, alts ...alternative) *definition {
	grammar[r] = definition{alts: alts}
	return &grammar[r]
}

// overflow notes that CPython's parser would have run out of stack.
func (d *diagnosis) overflow() {
	if d.err == nil {
		d.err = &source.Diagnostic{
			Type:     "MemoryError",
			Message:  "Parser stack overflowed - Python source too complex to parse",
			Filename: d.file.Name,
		}
	}
}

// giveUp ends a reading that takes too long.
func (d *diagnosis) giveUp() {
	if d.err == nil && len(d.tokens) > 0 {
		d.raiseAt(d.leaf(d.last), "invalid syntax")
	}
}

// readError notes that the parser got to where the tokenizer found an error.
func (d *diagnosis) readError() {
	if d.err != nil {
		return
	}
	d.scanFatal = true
	if d.scanError == nil {
		// Nothing reads behind the ENDMARKER.
		d.raiseLast("SyntaxError", "invalid syntax")
		return
	}
	d.err = d.scanError
	switch {
	case d.openLine() && d.lex.Ended() == tokenizer.EndedBackslash:
		line := d.lines()
		d.err = nil
		d.raise("SyntaxError", "unexpected character after line continuation character", line, d.reachedEnd(), line, 0)
	case d.lex.Noted():
		// It is the parser that raises it.
		e := *d.scanError
		e.Text = shortLine(e.Text)
		end := utf8.RuneCountInString(e.Text)
		if !d.openLine() || e.Line < d.lines() {
			end++
		}
		e.Col, e.EndCol = min(e.Col, end), min(e.EndCol, end)
		d.err = &e
	}
}

// Errors, each the first or without effect. Columns of nodes count bytes from
// 0; -1 is no column.

func (d *diagnosis) raiseAt(n *node, msg string) { d.raiseRange(n, n, msg) }

func (d *diagnosis) raiseRange(a, b *node, msg string) {
	d.raise("SyntaxError", msg, int(a.Line), int(a.Col)+1, int(b.EndLine), int(b.EndCol)+1)
}

func (d *diagnosis) raiseFrom(n *node, msg string) {
	line, col := d.reached(d.fill - 1)
	d.raise("SyntaxError", msg, int(n.Line), int(n.Col)+1, line, col)
}

func (d *diagnosis) raiseLast(typ, msg string) { d.raiseToken(typ, msg, d.fill-1) }

func (d *diagnosis) raiseNext(msg string) {
	if d.look() {
		d.raiseToken("SyntaxError", msg, d.mark)
	}
}

func (d *diagnosis) raiseToken(typ, msg string, i int) {
	if len(d.tokens) == 0 {
		d.raise(typ, msg, 0, 0, 0, -1)
		return
	}
	i = min(i, len(d.tokens)-1)
	n := d.leaf(i)
	col, end := int(n.Col)+1, int(n.EndCol)+1
	switch {
	case n.Col >= 0:
	case d.opt.Streamed:
		col = 0
	default:
		_, col = d.reached(d.fill - 1)
	}
	if n.EndCol < 0 {
		end = -1
	}
	d.raise(typ, msg, int(n.Line), col, int(n.EndLine), end)
}

// raise notes an error; columns count bytes from 1.
func (d *diagnosis) raise(typ, msg string, line, col, endLine, endCol int) {
	if d.err != nil {
		return
	}
	text := shortLine(d.file.Line(line))
	if endCol > 0 {
		endCol = characters(text, endCol)
	}
	d.err = &source.Diagnostic{
		Type: typ, Message: msg, Filename: d.file.Name,
		Line: line, Col: characters(text, col),
		EndLine: endLine, EndCol: endCol, HasEnd: true,
		Text: text, HasText: true,
	}
}

// shortLine returns what CPython shows of a line: it reads no more than 999
// bytes of it, and positions further on are at their end.
func shortLine(text string) string {
	const limit = 999
	if len(text) <= limit {
		return text
	}
	text = text[:limit]
	for n := 1; n < utf8.UTFMax; n++ {
		if i := limit - n; utf8.RuneStart(text[i]) {
			if !utf8.FullRuneInString(text[i:]) {
				return text[:i] + "\uFFFD"
			}
			break
		}
	}
	return text
}

// characters returns how many characters the first n bytes of a line are or
// belong to. One byte behind its end may be counted.
func characters(text string, n int) int {
	extra := 0
	if n > len(text) {
		n, extra = len(text), 1
	}
	for i := 0; i < n; i++ {
		if utf8.RuneStart(text[i]) {
			extra++
		}
	}
	return extra
}

// spelling returns the text of token i.
func (d *diagnosis) spelling(i int) string {
	t := &d.tokens[i]
	return d.text[t.Start:t.End]
}

// identifier returns the name that a spelling stands for.
func (d *diagnosis) identifier(spelling string) string { return tokenizer.Identifier(spelling) }

// readRest reads the rest of the text for errors of the tokenizer.
func (d *diagnosis) readRest() {
	if d.scanFatal || !isSyntaxError(d.err) {
		return
	}
	d.readAll = true
	if d.scanError == nil {
		return
	}
	// In a string with replacement fields, the tokenizer's error probably
	// follows from the one that was found.
	if d.lex.InString() {
		return
	}
	if !d.lex.Noted() {
		d.err = d.scanError
		return
	}
	if open := d.lex.Open(); len(open) > 0 {
		b := open[len(open)-1]
		if d.leaf(d.fill-1).Line > b.Line {
			d.err = nil
			d.raise("SyntaxError", "'"+string(rune(b.Char))+"' was never closed",
				int(b.Line), int(b.Col)+1, int(b.Line), 0)
		}
	}
}

// isSyntaxError reports whether an error's type is SyntaxError or derived from
// it.
func isSyntaxError(e *source.Diagnostic) bool {
	switch e.Type {
	case "SyntaxError", "IndentationError", "TabError":
		return true
	}
	return false
}
