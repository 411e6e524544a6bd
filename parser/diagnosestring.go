package parser

import (
	"strings"
	"unicode/utf8"

	"github.com/krait-py/krait/internal/pyrepr"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
)

// stringRules are those of strings, f-strings and t-strings.
func stringRules() {
	anyString := or(rFString, rString)
	def(rStrings,
		bad(rBadConcat),
		alt(some(anyString), concatenated),
		alt(some(rTString), mk(kindTString)),
	).memo = true
	const mixed = "cannot mix t-string literals with string or bytes literals"
	lastAndNext := func(d *diagnosis, at int, v []*node) *node {
		d.raiseRange(v[0].last(), v[1], mixed)
		return nil
	}
	def(rBadConcat,
		alt(some(anyString), rTString, lastAndNext),
		alt(some(rTString), anyString, lastAndNext))
	def(rString, alt(token.STRING, plainString))

	interpolatedRules(&interpolation{
		whole: rFString, middle: rFMiddle, field: rFField, spec: rFSpec, specPart: rFSpecPart,
		specField: rFField, badField: rBadFField, badConversion: rBadFConversion, name: "f-string: ",
		kind: kindFString, start: token.FSTRINGSTART, text: token.FSTRINGMIDDLE, end: token.FSTRINGEND,
	})
	interpolatedRules(&interpolation{
		whole: rTString, middle: rTMiddle, field: rTField, spec: rTSpec, specPart: rTSpecPart,
		specField: rTSpecField, badField: rBadTField, badConversion: rBadTConversion, name: "t-string: ",
		kind: kindTString, start: token.TSTRINGSTART, text: token.TSTRINGMIDDLE, end: token.TSTRINGEND,
	})
	grammar[rTString].memo = true
	def(rConversion, alt(token.EXCLAMATION, token.NAME, conversion))
}

// interpolation names the rules of f-strings or t-strings.
type interpolation struct {
	whole, middle, field, spec, specPart, specField rule
	badField, badConversion                         rule
	name                                            string
	kind                                            kind
	start, text, end                                token.Kind
}

func interpolatedRules(s *interpolation) {
	decode := interpolatedString(s.kind)
	if s.kind == kindTString {
		decode = since(14, "t-strings are", decode)
	}
	def(s.whole, alt(s.start, many(s.middle), s.end, decode))
	def(s.middle, alt(s.field), alt(s.text))
	field := alt(token.LBRACE, rAnnotatedRHS, opt(token.EQUAL), opt(rConversion), opt(s.spec), token.RBRACE)
	def(s.field, field, bad(s.badField))
	def(s.specField, field, bad(s.badField))
	def(s.spec, alt(token.COLON, many(s.specPart)))
	def(s.specPart, alt(s.text, specText), alt(s.specField))

	// What may follow the expression, and what is said if it does not.
	const (
		colon, bang, equal, close = token.COLON, token.EXCLAMATION, token.EQUAL, token.RBRACE
	)
	needed := func(k token.Kind) alternative {
		return alt(token.LBRACE, k, errorAt(1, s.name+"valid expression required before '"+k.Spelling()+"'"))
	}
	conv := opt(bang, token.NAME)
	expecting := func(what string) action { return errorNext(s.name + "expecting " + what) }
	def(s.badField,
		needed(equal), needed(bang), needed(colon), needed(close),
		alt(token.LBRACE, not(rAnnotatedRHS), expecting("a valid expression after '{'")),
		alt(token.LBRACE, rAnnotatedRHS, not(or(equal, bang, colon, close)), expecting("'=', or '!', or ':', or '}'")),
		alt(token.LBRACE, rAnnotatedRHS, equal, not(or(bang, colon, close)), expecting("'!', or ':', or '}'")),
		alt(token.LBRACE, rAnnotatedRHS, opt(equal), s.badConversion),
		alt(token.LBRACE, rAnnotatedRHS, opt(equal), conv, not(or(colon, close)), expecting("':' or '}'")),
		alt(token.LBRACE, rAnnotatedRHS, opt(equal), conv, colon, many(rFSpecPart), not(close),
			expecting("'}', or format specs")),
		alt(token.LBRACE, rAnnotatedRHS, opt(equal), conv, not(close), expecting("'}'")))
	def(s.badConversion,
		alt(bang, ahead(or(colon, close)), errorNext(s.name+"missing conversion character")),
		alt(bang, not(token.NAME), errorNext(s.name+"invalid conversion character")))
}

// plainString decodes a STRING.
func plainString(d *diagnosis, at int, v []*node) *node {
	t := &d.tokens[v[0].at]
	s := d.text[t.Start:t.End]
	quote := strings.IndexAny(s, `'"`)
	raw := strings.ContainsAny(s[:quote], "rR")
	v[0].bytes = strings.ContainsAny(s[:quote], "bB")
	body := s[quote+1 : len(s)-1]
	if len(s)-quote >= 6 && s[quote+1] == s[quote] && s[quote+2] == s[quote] {
		body = s[quote+3 : len(s)-3]
	}
	if v[0].bytes {
		for i := 0; i < len(body); i++ {
			if body[i] >= utf8.RuneSelf {
				d.raiseAt(v[0], "bytes can only contain ASCII literal characters")
				return nil
			}
		}
	}
	if raw {
		return v[0]
	}
	if msg := decodeError(body, v[0].bytes); msg != "" {
		d.raiseLast("SyntaxError", msg)
		return nil
	}
	return v[0]
}

// decodeError returns what is wrong with the escape sequences of a string, ""
// if nothing is.
func decodeError(body string, bytes bool) string {
	first := strings.IndexByte(body, '\\')
	if first < 0 {
		return ""
	}
	c := decoder{invalid: -1}
	if bytes {
		c.bytes(body, first)
	} else {
		c.text(body, first)
	}
	if c.message == "" {
		return ""
	}
	return c.error(body)
}

// interpolatedString decodes the literal parts of a string with fields.
func interpolatedString(k kind) action {
	return func(d *diagnosis, at int, v []*node) *node {
		if !strings.ContainsAny(d.spelling(int(v[0].at)), "rR") {
			for _, part := range v[1].items {
				if part.kind != kindFPart {
					continue
				}
				if msg := decodeError(d.spelling(int(part.at)), false); msg != "" {
					d.raiseLast("SyntaxError", msg)
					return nil
				}
			}
		}
		return d.node(k, at)
	}
}

// specText decodes literal text of a format specification. CPython lets the
// codec's own exception out there.
func specText(d *diagnosis, at int, v []*node) *node {
	start := d.opener(int(v[0].at))
	if start >= 0 && strings.ContainsAny(d.spelling(start), "rR") {
		return v[0]
	}
	body := d.spelling(int(v[0].at))
	first := strings.IndexByte(body, '\\')
	if first < 0 {
		return v[0]
	}
	c := decoder{invalid: -1}
	c.text(body, first)
	if c.message != "" && d.err == nil {
		d.err = &source.Diagnostic{Type: "UnicodeDecodeError", Message: c.unicodeError(body), Filename: d.file.Name}
	}
	return v[0]
}

// opener returns the index of the token that begins the string with fields that
// token i is in, -1 if it is in none.
func (d *diagnosis) opener(i int) int {
	depth := 1
	for i--; i >= 0; i-- {
		switch d.tokens[i].Kind {
		case token.FSTRINGEND, token.TSTRINGEND:
			depth++
		case token.FSTRINGSTART, token.TSTRINGSTART:
			depth--
			if depth == 0 {
				return i
			}
		}
	}
	return -1
}

// conversion checks what follows the exclamation mark of a field.
func conversion(d *diagnosis, at int, v []*node) *node {
	// CPython names the kind of string that its tokenizer is in.
	prefix := "f-string: "
	if start := d.opener(d.fill); start >= 0 && d.tokens[start].Kind == token.TSTRINGSTART {
		prefix = "t-string: "
	}
	mark, name := v[0], v[1]
	if mark.Line != name.Line || mark.EndCol != name.Col {
		d.raiseRange(mark, name, prefix+"conversion type must come right after the exclamation mark")
		return nil
	}
	switch s := d.identifier(d.spelling(int(name.at))); s {
	case "s", "r", "a":
	default:
		d.raiseAt(name, prefix+"invalid conversion character "+string(pyrepr.AppendStr(nil, s, pyver.Py314))+": expected 's', 'r', or 'a'")
		return nil
	}
	return mark
}

// concatenated joins strings that stand side by side.
func concatenated(d *diagnosis, at int, v []*node) *node {
	var plain, bytes, fields bool
	for _, s := range v[0].items {
		switch {
		case s.kind == kindFString:
			fields = true
		case s.bytes:
			bytes = true
		default:
			plain = true
		}
	}
	if bytes && (plain || fields) {
		d.raiseLast("SyntaxError", "cannot mix bytes and nonbytes literals")
		return nil
	}
	n := d.node(kindLiteral, at)
	if fields {
		n.kind = kindFString
	}
	return n
}

// checkNumber complains of an integer with too many digits.
func (d *diagnosis) checkNumber(n *node) bool {
	s := d.spelling(int(n.at))
	if strings.Contains(s, "_") && d.older(6) {
		d.raiseLast("SyntaxError", "Underscores in numeric literals are only supported in Python 3.6 and greater")
		return false
	}
	limit := d.opt.maxDigits()
	if len(s) <= limit {
		return true
	}
	digits := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c != '_':
			return true
		}
	}
	if digits <= limit || strings.Trim(s, "0_") == "" {
		return true
	}
	d.raise("SyntaxError", d.opt.tooManyDigits(digits), int(n.Line), 0, int(n.EndLine), 0)
	return false
}

// checkName complains of a name that becomes a constant's when it is
// normalised.
func (d *diagnosis) checkName(n *node) bool {
	t := &d.tokens[n.at]
	if int(t.End-t.Start) == int(t.EndCol-t.Col) && isASCII(d.text[t.Start:t.End]) {
		return true
	}
	switch s := d.identifier(d.spelling(int(n.at))); s {
	case "None", "True", "False":
		if d.err == nil {
			d.err = &source.Diagnostic{Type: "ValueError", Filename: d.file.Name,
				Message: "identifier field can't represent '" + s + "' constant"}
		}
		return false
	}
	return true
}
