package parser

import (
	"strings"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
)

// A middle is a token of text in an f-string that is still to be decoded, and
// the place it is kept for among the expressions.
type middle struct {
	at int // index into the stack of expressions
	t  *token.Token
}

// fieldText follows where the text of a replacement field begins and ends, which
// = shows and an Interpolation keeps. CPython's tokenizer keeps one such record
// for a whole f-string, and looks at some tokens only; so a field in a format
// specification may get text that began in another one, or none.
type fieldText struct {
	template      bool
	start, end    int32 // end is -1 before anything ended the text
	depth         int   // how many fields are open
	debug, inSpec bool
}

// tracked reports whether a token with so many fields around it is looked at.
func (f *fieldText) tracked(depth int) bool {
	return depth == 0 || depth == 1 && (f.debug || f.inSpec)
}

// open notes the brace that opens a field.
func (f *fieldText) open(t *token.Token, afterMiddle bool) {
	if afterMiddle || f.tracked(f.depth) {
		f.start, f.end = t.End, -1
	}
	f.depth++
}

// stop notes a token behind the expression of a field: an exclamation mark, a
// colon or the closing brace. It returns the text of the field if it is known
// at that token.
func (f *fieldText) stop(t *token.Token, text string) (string, bool) {
	if !f.tracked(f.depth - 1) {
		return "", false
	}
	if t.Kind != token.COLON || f.end < 0 {
		f.end = t.Start
	}
	if !f.debug && !f.template {
		return "", false
	}
	return text[f.start:max(f.start, f.end)], true
}

// close notes the end of a field.
func (f *fieldText) close() {
	f.inSpec, f.debug = false, false
	f.depth--
}

// joined parses an f-string or t-string, whose start is the current token, and
// returns its values; neighbouring constants are not joined yet.
func (p *Parser) joined() []ast.Expr {
	startTok := &p.tokens[p.pos]
	template := p.kind == token.TSTRINGSTART
	mid, end := token.FSTRINGMIDDLE, token.FSTRINGEND
	if template {
		mid, end = token.TSTRINGMIDDLE, token.TSTRINGEND
	}
	raw := strings.ContainsAny(p.text[startTok.Start:startTok.End], "rR")
	text := fieldText{template: template}
	mark, mids := len(p.exprs.stack), len(p.lit.mids)
	p.next()
	for p.kind != end {
		switch p.kind {
		case mid:
			p.lit.mids = append(p.lit.mids, middle{len(p.exprs.stack), &p.tokens[p.pos]})
			p.exprs.stack = append(p.exprs.stack, nil)
			p.next()
		case token.LBRACE:
			p.field(&text, mid, raw, template)
		default:
			p.fail()
		}
		if p.failed {
			p.exprs.stack, p.lit.mids = p.exprs.stack[:mark], p.lit.mids[:mids]
			return nil
		}
	}
	// Text is decoded only here, when the end is known, and warnings and errors
	// are about the end.
	endTok := &p.tokens[p.pos]
	quiet := p.pos <= p.lit.warned
	for _, m := range p.lit.mids[mids:] {
		if p.failed {
			break
		}
		p.exprs.stack[m.at] = p.middle(m.t, endTok, raw, quiet, false)
	}
	p.lit.mids = p.lit.mids[:mids]
	if template && p.opt.FeatureVersion != 0 && p.opt.FeatureVersion < 14 {
		p.literalError(p.syntaxErrorAt(endTok, "t-strings are only supported in Python 3.14 and greater"))
	}
	if p.failed {
		p.exprs.stack = p.exprs.stack[:mark]
		return nil
	}
	p.next()
	list := p.exprs.stack[mark:]
	out := 0
	for _, e := range list {
		if c, ok := e.(*ast.Constant); !ok || !isEmpty(c) {
			list[out] = e
			out++
		}
	}
	clear(list[out:])
	p.exprs.stack = p.exprs.stack[:mark+out]
	return p.exprs.take(mark)
}

// middle returns the text of token t as a constant. Warnings and errors are
// about token at.
func (p *Parser) middle(t, at *token.Token, raw, quiet, inSpec bool) ast.Expr {
	n := p.arena.NewConstant(tokenSpan(t))
	body := p.text[t.Start:t.End]
	first := -1
	if !raw {
		first = strings.IndexByte(body, '\\')
	}
	if first < 0 {
		n.Value = p.lit.str(body)
		return n
	}
	d := decoder{buf: p.lit.buf[:0], invalid: -1}
	d.text(body, first)
	p.lit.buf = d.buf
	switch {
	case d.message != "" && inSpec:
		// Nobody turns the exception of the decoder into a SyntaxError here.
		p.literalError(&source.Diagnostic{
			Type: "UnicodeDecodeError", Message: d.unicodeError(body), Filename: p.file.Name})
		return p.bad
	case d.message != "":
		p.literalError(p.syntaxErrorAt(at, d.error(body)))
		return p.bad
	}
	// The tokenizer has warned of braces already.
	if d.invalid >= 0 && !quiet && body[d.invalid] != '{' && body[d.invalid] != '}' {
		p.warnEscape(body, d.invalid, at)
		p.lit.warned = p.pos
	}
	n.Value = p.lit.str(p.lit.text.String(d.buf))
	return n
}

// field parses a replacement field, whose brace is the current token, and puts
// it on the stack of expressions; the text that = shows comes before it.
// Interpolation says which of the two nodes is wanted.
func (p *Parser) field(text *fieldText, mid token.Kind, raw, interpolation bool) {
	open := p.pos
	openTok := &p.tokens[open]
	text.open(openTok, p.tokens[open-1].Kind == mid)
	p.next()
	value := p.annotatedRHS()
	if p.failed {
		return
	}
	debug := p.kind == token.EQUAL
	if debug {
		text.debug = true
		p.next()
	}
	if debug || interpolation {
		p.noteNotEqual(text, open+1, p.pos)
	}

	// The text is what has been noted at the first token behind the expression;
	// its end is counted from there too.
	var shown string
	var carried bool
	var debugEnd source.Span
	conversion := -1
	if p.kind == token.EXCLAMATION {
		mark := &p.tokens[p.pos]
		shown, carried = text.stop(mark, p.text)
		p.next()
		if p.kind != token.NAME {
			p.fail()
			return
		}
		name := &p.tokens[p.pos]
		if conversion = p.conversion(mark, name, text.template); p.failed {
			return
		}
		debugEnd = source.Span{EndLine: name.Line, EndCol: name.Col}
		p.next()
	}
	var spec ast.Expr
	if p.kind == token.COLON {
		colon := &p.tokens[p.pos]
		s, ok := text.stop(colon, p.text)
		if conversion < 0 {
			shown, carried = s, ok
			debugEnd = source.Span{EndLine: colon.Line, EndCol: colon.Col + 1}
		}
		text.inSpec = true
		if spec = p.formatSpec(text, mid, raw); p.failed {
			return
		}
	}
	if p.kind != token.RBRACE {
		p.fail()
		return
	}
	brace := &p.tokens[p.pos]
	s, ok := text.stop(brace, p.text)
	if conversion < 0 && spec == nil {
		shown, carried = s, ok
		debugEnd = source.Span{EndLine: brace.EndLine, EndCol: brace.EndCol}
		if debug {
			conversion = 'r'
		}
	}
	text.close()
	p.next()

	if (debug || interpolation) && !carried {
		p.literalError(&source.Diagnostic{
			Type: "ValueError", Message: "field 'value' is required for Constant", Filename: p.file.Name})
		return
	}
	shown = withoutComments(shown)
	if debug {
		n := p.arena.NewConstant(source.Span{
			Line: openTok.Line, Col: openTok.Col + 1, EndLine: debugEnd.EndLine, EndCol: debugEnd.EndCol - 1})
		n.Value = p.lit.str(shown)
		p.exprs.stack = append(p.exprs.stack, n)
	}
	if interpolation {
		n := p.arena.NewInterpolation(p.span(open))
		n.Value, n.Conversion, n.FormatSpec = value, conversion, spec
		n.Str = p.lit.str(strings.TrimRightFunc(shown, func(r rune) bool { return r == '=' || isSpace(r) }))
		p.exprs.stack = append(p.exprs.stack, n)
		return
	}
	n := p.arena.NewFormattedValue(p.span(open))
	n.Value, n.Conversion, n.FormatSpec = value, conversion, spec
	p.exprs.stack = append(p.exprs.stack, n)
}

// noteNotEqual looks for != among the tokens of a field's expression: its
// exclamation mark ends the text for the record like any other.
func (p *Parser) noteNotEqual(text *fieldText, from, to int) {
	depth := 0
	for i := from; i < to; i++ {
		t := &p.tokens[i]
		switch t.Kind {
		case token.LPAR, token.LSQB, token.LBRACE, token.FSTRINGSTART, token.TSTRINGSTART:
			depth++
		case token.RPAR, token.RSQB, token.RBRACE, token.FSTRINGEND, token.TSTRINGEND:
			depth--
		case token.NOTEQUAL:
			if depth == 0 && (text.depth == 1 || text.depth == 2 && text.inSpec) {
				text.end = t.Start
			}
		}
	}
}

// conversion returns what the name behind an exclamation mark says.
func (p *Parser) conversion(mark, name *token.Token, template bool) int {
	prefix := "f"
	if template {
		prefix = "t"
	}
	if mark.Line != name.Line || mark.EndCol != name.Col {
		p.literalError(p.file.Diagnostic("SyntaxError",
			prefix+"-string: conversion type must come right after the exclamation mark",
			source.Span{Line: mark.Line, Col: mark.Col, EndLine: name.EndLine, EndCol: name.EndCol}))
		return -1
	}
	switch s := p.text[name.Start:name.End]; s {
	case "s", "r", "a":
		return int(s[0])
	default:
		p.literalError(p.syntaxErrorAt(name,
			prefix+"-string: invalid conversion character '"+s+"': expected 's', 'r', or 'a'"))
		return -1
	}
}

// formatSpec parses a format specification from its colon on.
func (p *Parser) formatSpec(text *fieldText, mid token.Kind, raw bool) ast.Expr {
	start, mark := p.pos, len(p.exprs.stack)
	p.next()
	items := 0 // texts and fields, without empty texts
	for p.kind == mid || p.kind == token.LBRACE {
		if p.kind == mid {
			t := &p.tokens[p.pos]
			e := p.middle(t, t, raw, p.pos <= p.lit.warned, true)
			if p.failed {
				break
			}
			text.inSpec = false
			p.next()
			if isEmpty(e.(*ast.Constant)) {
				continue
			}
			p.exprs.stack = append(p.exprs.stack, e)
		} else {
			p.field(text, mid, raw, false)
			if p.failed {
				break
			}
		}
		items++
	}
	if p.failed {
		p.exprs.stack = p.exprs.stack[:mark]
		return p.bad
	}
	span := p.span(start)
	if items > 1 {
		all := true
		for _, e := range p.exprs.stack[mark:] {
			all = all && e.NodeKind() == ast.KindConstant
		}
		p.merge(mark)
		if all && len(p.exprs.stack) == mark+1 {
			// Text that is in several tokens is not an f-string for CPython.
			c := p.exprs.stack[mark]
			c.SetPos(span)
			p.exprs.stack = p.exprs.stack[:mark]
			return c
		}
	}
	n := p.arena.NewJoinedStr(span)
	n.Values = p.exprs.take(mark)
	return n
}

func isEmpty(c *ast.Constant) bool {
	return code.Text(c.Value) == ""
}

// isSpace reports whether str.isspace of Python is true for r.
func isSpace(r rune) bool {
	switch {
	case r == ' ', '\t' <= r && r <= '\r', 0x1C <= r && r <= 0x1F, r == 0x85, r == 0xA0, r == 0x1680,
		0x2000 <= r && r <= 0x200A, r == 0x2028, r == 0x2029, r == 0x202F, r == 0x205F, r == 0x3000:
		return true
	}
	return false
}

// withoutComments returns the text of a field as = shows it: comments are taken
// out, their line breaks stay.
func withoutComments(s string) string {
	if strings.IndexByte(s, '#') < 0 {
		return s
	}
	// Whether there is a comment is decided with escaped characters skipped,
	// where it is without.
	var quote byte
	found := false
	for i := 0; i < len(s) && !found; i++ {
		switch c := s[i]; {
		case c == '\\':
			i++
		case c == '"' || c == '\'':
			if quote == 0 {
				quote = c
			} else if c == quote {
				quote = 0
			}
		case c == '#':
			found = quote == 0
		}
	}
	if !found {
		return s
	}
	var b strings.Builder
	quote = 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '"' || c == '\'':
			if quote == 0 {
				quote = c
			} else if c == quote {
				quote = 0
			}
		case c == '#' && quote == 0:
			n := strings.IndexByte(s[i:], '\n')
			if n < 0 {
				return b.String()
			}
			i += n
			c = '\n'
		}
		b.WriteByte(c)
	}
	return b.String()
}
