package parser

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/uniname"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
)

// stringToken returns the value of a STRING, and the kind of its Constant; the
// value is nil if there is an error, which has been noted.
func (p *Parser) stringToken(t *token.Token) (code.Value, string) {
	if quotes := int32(t.Name); quotes != 0 {
		return p.lit.str(p.text[t.Start+quotes : t.End-quotes]), ""
	}
	s := p.text[t.Start:t.End]
	raw, isBytes, kind := false, false, ""
	i := 0
prefix:
	for ; ; i++ {
		switch s[i] {
		case 'r', 'R':
			raw = true
		case 'b', 'B':
			isBytes = true
		case 'u':
			kind = "u"
		case 'U':
		default:
			break prefix
		}
	}
	quotes := 1
	if n := len(s) - i; n >= 6 && s[i+1] == s[i] && s[i+2] == s[i] {
		quotes = 3
	}
	body := s[i+quotes : len(s)-quotes]
	if isBytes {
		for i := 0; i < len(body); i++ {
			if body[i] >= utf8.RuneSelf {
				p.literalError(p.syntaxErrorAt(t, "bytes can only contain ASCII literal characters"))
				return nil, ""
			}
		}
	}
	first := 0 // where the first escape sequence is
	if !raw {
		first = strings.IndexByte(body, '\\')
		raw = first < 0
	}
	switch {
	case raw && isBytes:
		return p.lit.bytesOf(body), ""
	case raw:
		return p.lit.str(body), kind
	}
	d := decoder{buf: p.lit.buf[:0], invalid: -1}
	if isBytes {
		d.bytes(body, first)
	} else {
		d.text(body, first)
	}
	p.lit.buf = d.buf
	if d.message != "" {
		p.literalError(p.syntaxErrorAt(t, d.error(body)))
		return nil, ""
	}
	if d.invalid >= 0 && p.pos > p.lit.warned {
		p.warnEscape(body, d.invalid, t)
		p.lit.warned = p.pos
	}
	if isBytes {
		return p.lit.bytesOf(p.lit.text.String(d.buf)), ""
	}
	return p.lit.str(p.lit.text.String(d.buf)), kind
}

// A decoder decodes escape sequences. It stops at the first error.
type decoder struct {
	buf     []byte
	invalid int    // offset of the first invalid escape sequence, behind its backslash; -1: none
	message string // what is wrong with the escape sequence at errStart
	// The part of the body that the error is about; errEnd is exclusive, and 0
	// for bytes.
	errStart, errEnd int
}

// simpleEscapes has what the escape sequences of one letter stand for; 0 marks
// others.
var simpleEscapes = [256]byte{
	'\\': '\\', '\'': '\'', '"': '"',
	'a': '\a', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v',
}

// text decodes the body of a string, whose first backslash is at offset next.
func (d *decoder) text(s string, next int) {
	buf := append(d.buf, s[:next]...)
	i := next
	for i < len(s) {
		if s[i] != '\\' {
			n := strings.IndexByte(s[i:], '\\')
			if n < 0 {
				n = len(s) - i
			}
			buf = append(buf, s[i:i+n]...)
			i += n
			continue
		}
		start := i
		i++
		if i == len(s) || s[i] >= utf8.RuneSelf {
			buf = append(buf, '\\')
			continue
		}
		c := s[i]
		i++
		if e := simpleEscapes[c]; e != 0 {
			buf = append(buf, e)
			continue
		}
		digits := 0
		switch c {
		case '\n':
			continue
		case '0', '1', '2', '3', '4', '5', '6', '7':
			v := rune(c - '0')
			for n := 0; n < 2 && i < len(s) && '0' <= s[i] && s[i] <= '7'; n++ {
				v = v<<3 | rune(s[i]-'0')
				i++
			}
			if v > 0o377 && d.invalid < 0 {
				d.invalid = start + 1
			}
			buf = utf8.AppendRune(buf, v)
			continue
		case 'x':
			digits, d.message = 2, `truncated \xXX escape`
		case 'u':
			digits, d.message = 4, `truncated \uXXXX escape`
		case 'U':
			digits, d.message = 8, `truncated \UXXXXXXXX escape`
		case 'N':
			d.message = `malformed \N character escape`
			if i < len(s) && s[i] == '{' {
				i++
				n := strings.IndexByte(s[i:], '}')
				if n < 0 {
					i = len(s)
				} else if n > 0 {
					r, ok := uniname.Rune(s[i : i+n])
					i += n + 1
					if ok {
						d.message = ""
						buf = utf8.AppendRune(buf, r)
						continue
					}
					d.message = "unknown Unicode character name"
				}
			}
			d.buf, d.errStart, d.errEnd = buf, start, i
			return
		default:
			if d.invalid < 0 {
				d.invalid = start + 1
			}
			buf = append(buf, '\\', c)
			continue
		}
		v := uint32(0)
		for ; digits > 0 && i < len(s); digits-- {
			h := hexDigit(s[i])
			if h > 15 {
				break
			}
			v = v<<4 | uint32(h)
			i++
		}
		if digits == 0 && v <= utf8.MaxRune {
			d.message = ""
			if 0xD800 <= v && v <= 0xDFFF { // a surrogate, which AppendRune refuses
				buf = append(buf, 0xED, byte(0x80|v>>6&0x3F), byte(0x80|v&0x3F))
			} else {
				buf = utf8.AppendRune(buf, rune(v))
			}
			continue
		}
		if digits == 0 {
			d.message = "illegal Unicode character"
		}
		d.buf, d.errStart, d.errEnd = buf, start, i
		return
	}
	d.buf = buf
}

// bytes decodes the body of bytes, whose first backslash is at offset next.
func (d *decoder) bytes(s string, next int) {
	buf := append(d.buf, s[:next]...)
	i := next
	for i < len(s) {
		if s[i] != '\\' || i+1 == len(s) {
			buf = append(buf, s[i])
			i++
			continue
		}
		start := i
		c := s[i+1]
		i += 2
		if e := simpleEscapes[c]; e != 0 {
			buf = append(buf, e)
			continue
		}
		switch c {
		case '\n':
		case '0', '1', '2', '3', '4', '5', '6', '7':
			v := int(c - '0')
			for n := 0; n < 2 && i < len(s) && '0' <= s[i] && s[i] <= '7'; n++ {
				v = v<<3 | int(s[i]-'0')
				i++
			}
			if v > 0o377 && d.invalid < 0 {
				d.invalid = start + 1
			}
			buf = append(buf, byte(v))
		case 'x':
			if i+1 < len(s) && hexDigit(s[i]) <= 15 && hexDigit(s[i+1]) <= 15 {
				buf = append(buf, hexDigit(s[i])<<4|hexDigit(s[i+1]))
				i += 2
				continue
			}
			d.message = `invalid \x escape at position ` + strconv.Itoa(start)
			d.buf = buf
			return
		default:
			if d.invalid < 0 {
				d.invalid = start + 1
			}
			buf = append(buf, '\\', c)
		}
	}
	d.buf = buf
}

// hexDigit returns the value of a hexadecimal digit, and more than 15 for other
// characters.
func hexDigit(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10
	}
	return 16
}

// error returns the message of a SyntaxError for what is wrong with body.
func (d *decoder) error(body string) string {
	if d.errEnd == 0 {
		return "(value error) " + d.message
	}
	return "(unicode error) " + d.unicodeError(body)
}

// unicodeError returns the text of the UnicodeDecodeError.
func (d *decoder) unicodeError(body string) string {
	return "'unicodeescape' codec can't decode bytes in position " + strconv.Itoa(expanded(body[:d.errStart])) +
		"-" + strconv.Itoa(expanded(body[:d.errEnd])-1) + ": " + d.message
}

// expanded returns how long s is in the form in which CPython decodes it:
// characters that are not ASCII are \U escapes, and a backslash before one is
// \u005c.
func expanded(s string) int {
	n := 0
	for i, c := range s {
		switch {
		case c >= utf8.RuneSelf && i > 0 && s[i-1] == '\\' && backslashes(s[:i])%2 == 1:
			n += 5 + 10
		case c >= utf8.RuneSelf:
			n += 10
		default:
			n++
		}
	}
	return n
}

// backslashes returns how many backslashes s ends with.
func backslashes(s string) int {
	n := 0
	for n < len(s) && s[len(s)-1-n] == '\\' {
		n++
	}
	return n
}

// warnEscape warns of the escape sequence whose backslash is before offset at of
// body, part of token t. For the parts of an f-string t is the token that ends
// it: that is where CPython counts from.
func (p *Parser) warnEscape(body string, at int, t *token.Token) {
	c := body[at]
	what, seq := " is an invalid escape sequence. ", body[at:at+1]
	if '4' <= c && c <= '7' {
		what, seq = " is an invalid octal escape sequence. ", body[at:min(at+3, len(body))]
	}
	line, col := t.Line, t.Col
	if i := strings.LastIndexByte(body[:at], '\n'); i >= 0 {
		line += int32(strings.Count(body[:at], "\n"))
		col = int32(expanded(body[i+1 : at]))
	} else {
		col += int32(expanded(body[:at]))
		// The quotes count too, unless a prefix is before them.
		text := p.text[t.Start:t.End]
		for i := 0; i < len(text) && text[i] == text[0] && (text[0] == '\'' || text[0] == '"'); i++ {
			col++
		}
	}
	typ := "SyntaxWarning"
	if v := p.opt.FeatureVersion; v != 0 && v < 12 {
		typ = "DeprecationWarning"
	}
	p.warnings = append(p.warnings, &source.Diagnostic{
		Type: typ, Severity: source.Warning, Filename: p.file.Name,
		Message: `"\` + seq + `"` + what + "Such sequences will not work in the future. " +
			`Did you mean "\\` + seq + `"? A raw string is also an option.`,
		Line: int(line), EndLine: int(line), HasEnd: true,
		Col: p.warningColumn(line, col, t), EndCol: p.warningColumn(line, col+2, t),
		Text: p.file.Line(int(line)), HasText: true,
	})
}

// warningColumn returns the column, in characters from 1, that CPython makes of
// one in bytes: those behind the end of the line are at its end, and the line
// for what seems to come behind token t is the one where t ends.
func (p *Parser) warningColumn(line, col int32, t *token.Token) int {
	text := p.file.Line(int(min(line, t.EndLine)))
	if line < t.EndLine {
		text = strings.TrimSuffix(text, "\n")
	}
	n := 0
	for at := range text {
		if at >= int(col) {
			return n
		}
		n++
	}
	if int(col) > len(text) {
		n++
	}
	return n
}
