package parser

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/slab"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
)

// literals is what a Parser keeps for numbers and strings.
type literals struct {
	// err is what is wrong with the first literal that cannot be decoded. It is
	// kept when an alternative is given up: CPython stops there.
	err *source.Diagnostic
	// warned is the highest index of a token warned of, so that a string which is
	// read again in another alternative does not warn again.
	warned int

	// Blocks that values are cut from.
	strs   slab.Slab[code.Str]
	bytes  slab.Slab[code.Bytes]
	ints   slab.Slab[code.Int]
	floats slab.Slab[code.Float]
	text   slab.Text

	buf   []byte    // decoded text
	parts []strPart // of the strings that are being read, innermost last
	mids  []middle  // of the f-strings that are being read, innermost last
}

// recycle takes back the values of the file before.
func (l *literals) recycle() {
	l.strs.Recycle()
	l.bytes.Recycle()
	l.ints.Recycle()
	l.floats.Recycle()
	l.text.Recycle()
}

// reset forgets the file before, and leaves its values to their owners, if they have
// not been taken back.
func (l *literals) reset() {
	l.strs.Leave()
	l.bytes.Leave()
	l.ints.Leave()
	l.floats.Leave()
	l.text.Leave()
	l.err, l.warned = nil, -1
	l.parts, l.mids = l.parts[:0], l.mids[:0]
}

// str returns s as a value.
func (l *literals) str(s string) *code.Str {
	v := l.strs.Next()
	v.S = s
	return v
}

// bytesOf returns bytes as a value.
func (l *literals) bytesOf(s string) *code.Bytes {
	v := l.bytes.Next()
	v.S = s
	return v
}

// integer returns n as a value.
func (l *literals) integer(n int64) *code.Int {
	v := l.ints.Next()
	v.V = n
	return v
}

// literalError stops the parser because of a literal.
func (p *Parser) literalError(d *source.Diagnostic) {
	if p.lit.err == nil {
		p.lit.err = d
	}
	p.fail()
}

// syntaxErrorAt returns a SyntaxError at a token.
func (p *Parser) syntaxErrorAt(t *token.Token, message string) *source.Diagnostic {
	return p.file.Diagnostic("SyntaxError", message, tokenSpan(t))
}

func tokenSpan(t *token.Token) source.Span {
	return source.Span{Line: t.Line, Col: t.Col, EndLine: t.EndLine, EndCol: t.EndCol}
}

// number parses the NUMBER that is the current token.
func (p *Parser) number() *ast.Constant {
	t := &p.tokens[p.pos]
	n := p.arena.NewConstant(tokenSpan(t))
	s := p.text[t.Start:t.End]
	if len(s) == 1 {
		n.Value = p.lit.integer(int64(s[0] - '0'))
		p.next()
		return n
	}
	if p.opt.FeatureVersion != 0 && p.opt.FeatureVersion < 6 && strings.IndexByte(s, '_') >= 0 {
		p.literalError(p.syntaxErrorAt(t, "Underscores in numeric literals are only supported in Python 3.6 and greater"))
		return n
	}
	v, digits := p.lit.parseNumber(s, p.opt.maxDigits())
	if v == nil {
		// CPython gives no columns: the number alone would need that many carets.
		p.literalError(&source.Diagnostic{
			Type: "SyntaxError", Filename: p.file.Name, Line: int(t.Line), EndLine: int(t.EndLine), HasEnd: true,
			Message: p.opt.tooManyDigits(digits),
			Text:    p.file.Line(int(t.Line)), HasText: true,
		})
		return n
	}
	n.Value = v
	p.next()
	return n
}

// defaultDigits is sys.int_info.default_max_str_digits.
const defaultDigits = 4300

// maxDigits is how many decimal digits an integer may have.
func (o *Options) maxDigits() int {
	switch {
	case o.IntDigits < 0:
		return math.MaxInt
	case o.IntDigits == 0:
		return defaultDigits
	}
	return o.IntDigits
}

// tooManyDigits says that an integer has more than that.
func (o *Options) tooManyDigits(digits int) string {
	return "Exceeds the limit (" + strconv.Itoa(o.maxDigits()) + " digits) for integer string conversion: value has " +
		strconv.Itoa(digits) + " digits; use sys.set_int_max_str_digits() to increase the limit" +
		" - Consider hexadecimal for huge integer literals to avoid decimal conversion limits."
}

// parseNumber returns the value of a number as the tokenizer accepts it, or nil
// and the number of its digits when there are more than maxDigits.
func (l *literals) parseNumber(s string, maxDigits int) (code.Value, int) {
	if strings.IndexByte(s, '_') >= 0 {
		s = strings.ReplaceAll(s, "_", "")
	}
	base := 10
	if s[0] == '0' && len(s) > 1 {
		switch s[1] | 0x20 {
		case 'x':
			base = 16
		case 'o':
			base = 8
		case 'b':
			base = 2
		}
		if base != 10 {
			s = s[2:]
		}
	}
	// 18 decimal digits fit into an int64, and so do 15 hexadecimal ones.
	if len(s) <= 15 {
		v := int64(0)
		for i := 0; ; i++ {
			if i == len(s) {
				return l.integer(v), 0
			}
			c := int64(s[i])
			switch {
			case '0' <= c && c <= '9':
				c -= '0'
			case base == 16:
				c = c&^0x20 - 'A' + 10
			default:
				return l.parseFloat(s), 0
			}
			v = v*int64(base) + c
		}
	}
	if base == 10 && strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) >= 0 {
		return l.parseFloat(s), 0
	}
	if base == 10 && len(s) > maxDigits {
		if strings.Trim(s, "0") == "" {
			return l.integer(0), 0
		}
		return nil, len(s)
	}
	v, ok := new(big.Int).SetString(s, base)
	if !ok { // the tokenizer lets no such number through
		v = new(big.Int)
	}
	if v.IsInt64() {
		return l.integer(v.Int64()), 0
	}
	return &code.Int{Big: v}, 0
}

// parseFloat returns the value of a float or imaginary number.
func (l *literals) parseFloat(s string) code.Value {
	imaginary := false
	if n := len(s) - 1; s[n]|0x20 == 'j' {
		imaginary, s = true, s[:n]
	}
	v, _ := strconv.ParseFloat(s, 64) // what is out of range is infinite, as in Python
	if imaginary {
		return &code.Complex{Im: v}
	}
	x := l.floats.Next()
	x.V = v
	return x
}

// A strPart is one of several strings that stand side by side.
type strPart struct {
	span source.Span
	// A string or bytes has a value; an f-string or t-string has values.
	value  code.Value
	kind   string
	values []ast.Expr
}

// strings parses adjacent strings, f-strings or t-strings, the first of which
// begins at the current token (STRING, FSTRINGSTART or TSTRINGSTART).
func (p *Parser) strings() ast.Expr {
	if p.kind == token.STRING {
		if k := p.peek(); k != token.STRING && k != token.FSTRINGSTART {
			t := &p.tokens[p.pos]
			n := p.arena.NewConstant(tokenSpan(t))
			n.Value, n.Kind = p.stringToken(t)
			if n.Value == nil {
				return p.bad
			}
			p.next()
			return n
		}
	}
	return p.adjacent()
}

// adjacent parses adjacent strings that are more than a single plain one.
func (p *Parser) adjacent() ast.Expr {
	first, mark := p.pos, len(p.lit.parts)
	template := p.kind == token.TSTRINGSTART
	plain, bytes, joined := false, false, false
	for {
		start := p.pos
		var part strPart
		switch {
		case p.kind == token.STRING && !template:
			t := &p.tokens[p.pos]
			part.value, part.kind = p.stringToken(t)
			if part.value == nil {
				break
			}
			if _, ok := part.value.(*code.Bytes); ok {
				bytes = true
			} else {
				plain = true
			}
			p.next()
		case p.kind == token.FSTRINGSTART && !template, p.kind == token.TSTRINGSTART && template:
			joined = true
			part.values = p.joined()
		default:
			if bytes && (plain || joined) {
				p.lit.parts = p.lit.parts[:mark]
				p.literalError(p.syntaxErrorAt(&p.tokens[p.pos], "cannot mix bytes and nonbytes literals"))
				return p.bad
			}
			e := p.concatenate(p.lit.parts[mark:], p.span(first), joined, template)
			clear(p.lit.parts[mark:])
			p.lit.parts = p.lit.parts[:mark]
			return e
		}
		if p.failed {
			clear(p.lit.parts[mark:])
			p.lit.parts = p.lit.parts[:mark]
			return p.bad
		}
		part.span = p.span(start)
		p.lit.parts = append(p.lit.parts, part)
	}
}

// concatenate joins the strings of a sequence: bytes to bytes, strings to a
// string, everything else to one f-string or t-string.
func (p *Parser) concatenate(parts []strPart, span source.Span, joined, template bool) ast.Expr {
	if !joined {
		n := p.arena.NewConstant(span)
		n.Kind = parts[0].kind
		buf := p.lit.buf[:0]
		for i := range parts {
			buf = append(buf, code.Text(parts[i].value)...)
		}
		p.lit.buf = buf
		if _, ok := parts[0].value.(*code.Bytes); ok {
			n.Value = p.lit.bytesOf(p.lit.text.String(buf))
		} else {
			n.Value = p.lit.str(p.lit.text.String(buf))
		}
		return n
	}
	mark := len(p.exprs.stack)
	for i := range parts {
		part := &parts[i]
		if part.value == nil {
			p.exprs.stack = append(p.exprs.stack, part.values...)
			continue
		}
		n := p.arena.NewConstant(part.span)
		n.Value, n.Kind = part.value, part.kind
		p.exprs.stack = append(p.exprs.stack, n)
	}
	p.merge(mark)
	if template {
		n := p.arena.NewTemplateStr(span)
		n.Values = p.exprs.take(mark)
		return n
	}
	n := p.arena.NewJoinedStr(span)
	n.Values = p.exprs.take(mark)
	return n
}

// merge joins neighbouring constants among the expressions on the stack from
// mark on, and drops those that are empty.
func (p *Parser) merge(mark int) {
	list := p.exprs.stack[mark:]
	out := 0
	for i := 0; i < len(list); {
		first, ok := list[i].(*ast.Constant)
		if !ok {
			list[out] = list[i]
			out++
			i++
			continue
		}
		end := i + 1
		for end < len(list) && list[end].NodeKind() == ast.KindConstant {
			end++
		}
		if end > i+1 {
			buf := p.lit.buf[:0]
			for _, e := range list[i:end] {
				buf = append(buf, code.Text(e.(*ast.Constant).Value)...)
			}
			p.lit.buf = buf
			last := list[end-1].Pos()
			n := p.arena.NewConstant(source.Span{
				Line: first.Line, Col: first.Col, EndLine: last.EndLine, EndCol: last.EndCol})
			n.Kind = first.Kind
			n.Value = p.lit.str(p.lit.text.String(buf))
			first = n
		}
		if code.Text(first.Value) != "" {
			list[out] = first
			out++
		}
		i = end
	}
	clear(list[out:])
	p.exprs.stack = p.exprs.stack[:mark+out]
}
