package tokenizer

import (
	"fmt"
	"math/bits"
	"strings"

	"github.com/krait-py/krait/token"
)

// A literal says what a name before a quote makes of the string.
type literal uint8

const (
	noPrefix literal = iota
	plainString
	formattedString
)

// prefix says what the letters from start to i mean before the quote at i.
// bad is the message if they exclude each other.
func (t *Tokenizer) prefix(start, i int) (l literal, bad string) {
	const b, u, r, f, tt = 1, 2, 4, 8, 16
	saw := 0
	for _, c := range []byte(t.src[start:i]) {
		bit := 0
		switch c | 0x20 {
		case 'b':
			bit = b
		case 'u':
			bit = u
		case 'r':
			bit = r
		case 'f':
			bit = f
		case 't':
			bit = tt
		}
		if bit == 0 || saw&bit != 0 {
			return noPrefix, ""
		}
		saw |= bit
	}
	for _, pair := range [...]struct {
		bits  int
		names string
	}{{u | b, "ub"}, {u | r, "ur"}, {u | f, "uf"}, {u | tt, "ut"}, {b | f, "bf"}, {b | tt, "bt"}, {f | tt, "ft"}} {
		if saw&pair.bits == pair.bits {
			return noPrefix, fmt.Sprintf("'%c' and '%c' prefixes are incompatible", pair.names[0], pair.names[1])
		}
	}
	if saw&(f|tt) != 0 {
		return formattedString, ""
	}
	return plainString, ""
}

// stops has the bytes that a string's text does not simply run past.
var stops = [256]bool{'\n': true, '\\': true, '\'': true, '"': true}

// str reads a string whose token starts at start and whose quote is at i. It
// returns where the string ends, and sets t.plain.
func (t *Tokenizer) str(start, i int) int {
	src := t.src
	q := src[i]
	line, lineStart := t.line, t.lineStart
	t.plain = 1
	if start != i {
		t.plain = 0
	}
	i++
	if src[i] == q {
		if src[i+1] != q {
			return i + 1
		}
		return t.triple(start, i+2, q)
	}
	escaped := false
	for {
		// Most strings have less than eight bytes, or their ends among the next eight.
		for i+8 <= len(src) {
			w := load(src, i)
			if hit := hasByte(w, q) | hasByte(w, '\\') | hasByte(w, '\n'); hit != 0 {
				i += bits.TrailingZeros64(hit) >> 3
				break
			}
			i += 8
		}
		for !stops[src[i]] {
			i++
		}
		switch c := src[i]; {
		case c == q:
			return i + 1
		case c == '\\':
			t.plain = 0
			i++
			if src[i] == q {
				escaped = true
			} else if src[i] == '\r' {
				i++
			}
			if src[i] == '\n' {
				i++
				if i < len(src) {
					t.line++
					t.lineStart = int32(i)
					continue
				}
			} else {
				i++
				continue
			}
		case c != '\n':
			i++
			continue
		}
		break
	}
	if i == len(src) && t.cut() {
		return t.failNull()
	}
	end := t.line
	if f := t.strings[t.depth]; t.depth > 0 && f.quote == q && f.size == 1 {
		return t.fail(line, lineStart, start+1, fmt.Sprintf("%c-string: expecting '}'", f.letter()))
	}
	message := fmt.Sprintf("unterminated string literal (detected at line %d)", end)
	if escaped {
		message += "; perhaps you escaped the end quote?"
	}
	switch i {
	case len(src):
		t.ending = EndedText
	case len(src) - 1:
		t.ending = EndedLine
	}
	return t.fail(line, lineStart, start+1, message)
}

// triple reads a string in three quotes q from behind those.
func (t *Tokenizer) triple(start, i int, q byte) int {
	src := t.src
	line, lineStart := t.line, t.lineStart
	t.plain *= 3
	quote := -1 // where the next q is that was looked for
	for i < len(src) {
		// How long docstrings are and how many lines they have nobody can guess, so that they
		// are searched for what ends them, or may, as a whole, and then for the lines.
		if quote < i {
			if quote = strings.IndexByte(src[i:], q); quote < 0 {
				quote = len(src) - i
			}
			quote += i
		}
		end := quote
		if n := strings.IndexByte(src[i:end], '\\'); n >= 0 {
			end = i + n
		}
		if n := strings.Count(src[i:end], "\n"); n > 0 {
			last := strings.LastIndexByte(src[i:end], '\n') + i + 1
			if last == len(src) { // no line begins there
				n--
				last = strings.LastIndexByte(src[:last-1], '\n') + 1
			}
			t.line += int32(n)
			t.lineStart = max(t.lineStart, int32(last))
		}
		i = end
		switch {
		case i == len(src):
		case src[i] == q:
			if src[i+1] == q && src[i+2] == q {
				return i + 3
			}
			i++
		default: // a backslash
			t.plain = 0
			i++
			if src[i] == '\r' {
				i++
			}
			if src[i] != '\n' {
				i++
			}
		}
	}
	if t.cut() {
		return t.failNull()
	}
	if f := t.strings[t.depth]; t.depth > 0 && f.quote == q && f.size == 3 {
		return t.fail(line, lineStart, start+1, fmt.Sprintf("%c-string: expecting '}'", f.letter()))
	}
	t.ending = EndedText
	return t.fail(line, lineStart, start+1,
		fmt.Sprintf("unterminated triple-quoted string literal (detected at line %d)", t.line))
}

// fstring is an f-string or t-string whose end has not been read.
type fstring struct {
	template bool // a t-string
	raw      bool
	spec     bool // in a format specification
	quote    byte
	size     int // number of quotes
	// brackets is how many brackets are open within the string, those of
	// replacement fields included; fields how many of the latter, less one.
	brackets, fields int
	start            int
	line, lineStart  int32
}

// letter is what messages call it.
func (f *fstring) letter() byte {
	if f.template {
		return 't'
	}
	return 'f'
}

func (f *fstring) kind(k token.Kind) token.Kind {
	if f.template {
		return k + token.TSTRINGSTART - token.FSTRINGSTART
	}
	return k
}

// open reads the start of an f-string or t-string, whose quote is at i, and the
// text up to its end or its first field.
func (t *Tokenizer) open(dst []token.Token, start, i int) ([]token.Token, int) {
	src := t.src
	f := fstring{quote: src[i], size: 1, fields: -1, start: start, line: t.line, lineStart: t.lineStart}
	for _, c := range []byte(src[start:i]) {
		switch c | 0x20 {
		case 't':
			f.template = true
		case 'r':
			f.raw = true
		}
	}
	if src[i+1] == f.quote && src[i+2] == f.quote {
		f.size = 3
	}
	i += f.size
	if t.depth+1 >= maxStrings {
		return dst, t.failHere(i, "too many nested f-strings or t-strings")
	}
	t.depth++
	t.strings[t.depth] = f
	dst = append(dst, token.Token{
		Kind: f.kind(token.FSTRINGSTART), Level: uint16(t.level), Start: int32(start), End: int32(i),
		Line: t.line, Col: int32(start) - t.lineStart, EndLine: t.line, EndCol: int32(i) - t.lineStart,
	})
	return t.middles(dst, i)
}

// formatStops has the bytes that the text of an f-string does not simply run past.
var formatStops = [256]bool{'\n': true, '\\': true, '\'': true, '"': true, '{': true, '}': true}

// middles reads text of the innermost f-string from i on, up to a brace that
// opens or closes a field, or behind the string's end. It returns where that is.
func (t *Tokenizer) middles(dst []token.Token, i int) ([]token.Token, int) {
	src := t.src
	f := &t.strings[t.depth]
	for {
		if i < len(src) {
			switch src[i] {
			case '{':
				if src[i+1] != '{' {
					if f.fields++; f.fields >= maxFields {
						return dst, t.failHere(i, "%c-string: expressions nested too deeply", f.letter())
					}
					return dst, i
				}
			case f.quote:
				if f.size == 1 || src[i+1] == f.quote && src[i+2] == f.quote {
					start := i
					i += f.size
					t.depth--
					return append(dst, token.Token{
						Kind: f.kind(token.FSTRINGEND), Level: uint16(t.level), Start: int32(start), End: int32(i),
						Line: t.line, Col: int32(start) - t.lineStart, EndLine: t.line, EndCol: int32(i) - t.lineStart,
					}), i
				}
			}
		}
		tok := token.Token{
			Kind: f.kind(token.FSTRINGMIDDLE), Level: uint16(t.level), Start: int32(i),
			Line: t.line, Col: int32(i) - t.lineStart,
		}
		next, doubled, done := t.middle(f, i)
		if next < 0 {
			return dst, next
		}
		i = next
		tok.End, tok.EndLine, tok.EndCol = int32(i), t.line, int32(i)-t.lineStart
		if doubled {
			i++
			tok.EndCol++
		}
		dst = append(dst, tok)
		if done {
			return dst, i
		}
	}
}

// middle reads text of f from i on. It returns where the text ends; doubled,
// that it ends within a doubled brace; field, that it ends before a brace that
// opens or closes a field.
func (t *Tokenizer) middle(f *fstring, i int) (next int, doubled, field bool) {
	src := t.src
	named := false // behind \N{
	for i < len(src) {
		c := src[i]
		if !formatStops[c] {
			i++
			continue
		}
		spec := f.spec && f.fields >= 0
		switch c {
		case f.quote:
			if f.size == 1 || src[i+1] == f.quote && src[i+2] == f.quote {
				return i, false, false
			}
			i++
		case '\n':
			i++
			switch {
			case f.size == 3:
				if i < len(src) {
					t.line++
					t.lineStart = int32(i)
				}
			case spec:
				return t.failHere(i, "%c-string: newlines are not allowed in format specifiers for single quoted %[1]c-strings", f.letter()), false, false
			default:
				return t.failOpen(f), false, false
			}
		case '{':
			if src[i+1] == '{' && !spec {
				return i + 1, true, false
			}
			if f.fields++; f.fields >= maxFields {
				return t.failHere(i, "%c-string: expressions nested too deeply", f.letter()), false, false
			}
			f.spec = false
			return i, false, true
		case '}':
			if named {
				return i + 1, false, false
			}
			if src[i+1] == '}' && !spec && f.brackets == 0 {
				return i + 1, true, false
			}
			f.spec = false
			return i, false, true
		case '\\':
			i++
			if src[i] == '\r' {
				i++
			}
			switch c := src[i]; {
			case c == '{' || c == '}':
				if !f.raw {
					t.warn(fmt.Sprintf(`"\%c" is an invalid escape sequence. Such sequences will not work in the future. Did you mean "\\%[1]c"? A raw string is also an option.`, c))
				}
			case c == 'N' && !f.raw:
				i++
				if src[i] == '{' {
					named = true
					i++
				}
			case c == '\n':
				i++
				if i < len(src) {
					t.line++
					t.lineStart = int32(i)
				}
			default:
				i++
			}
		default: // the other quote
			i++
		}
	}
	if t.cut() {
		return t.failNull(), false, false
	}
	return t.failOpen(f), false, false
}

// failOpen is the error for an f-string without end.
func (t *Tokenizer) failOpen(f *fstring) int {
	triple := ""
	if f.size == 3 {
		triple = "triple-quoted "
		t.ending = EndedText
	}
	return t.fail(f.line, f.lineStart, f.start+1,
		fmt.Sprintf("unterminated %s%c-string literal (detected at line %d)", triple, f.letter(), t.line))
}

// closeBracket takes note of the closing bracket c, which has been read up to
// i. text reports that it ends a replacement field, behind which text follows.
func (t *Tokenizer) closeBracket(c byte, i int) (text, ok bool) {
	f := &t.strings[t.depth]
	in := t.depth > 0
	if in && f.brackets == 0 && c == '}' {
		t.failHere(i, "%c-string: single '}' is not allowed", f.letter())
		return false, false
	}
	if t.level == 0 && !t.opts.Extra {
		t.failHere(i, "unmatched '%c'", c)
		return false, false
	}
	if t.level > 0 {
		t.level--
		b := t.brackets[t.level]
		// The characters of a pair differ by one or two: () [] {}.
		if d := c - b.Char; !t.opts.Extra && d != 1 && d != 2 {
			switch {
			case in && b.Char == '{' && f.brackets-1 == f.fields:
				t.failHere(i, "%c-string: unmatched '%c'", f.letter(), c)
			case b.Line != t.line:
				t.failHere(i, "closing parenthesis '%c' does not match opening parenthesis '%c' on line %d", c, b.Char, b.Line)
			default:
				t.failHere(i, "closing parenthesis '%c' does not match opening parenthesis '%c'", c, b.Char)
			}
			return false, false
		}
	}
	if !in {
		return false, true
	}
	f.brackets--
	if f.brackets < 0 {
		t.failHere(i, "%c-string: unmatched '%c'", f.letter(), c)
		return false, false
	}
	if c == '}' && f.brackets == f.fields {
		f.fields--
		f.spec = false
		return true, true
	}
	return false, true
}

// FieldText returns the text of a replacement field as f"{x = }" shows it and a
// t-string's interpolation has it, given the source from behind the field's
// opening brace to the "!", ":" or "}" that ends the expression: comments are
// left out. Where strings begin and end is judged by counting quotes, as
// CPython does it.
func FieldText(text string) string {
	if !hasComment(text) {
		return text
	}
	var b strings.Builder
	quote := byte(0)
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '\'' || c == '"':
			if quote == 0 {
				quote = c
			} else if quote == c {
				quote = 0
			}
		case c == '#' && quote == 0:
			n := strings.IndexByte(text[i:], '\n')
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

// hasComment looks for a "#" outside of strings. Unlike the loop that leaves
// comments out it passes over what a backslash escapes.
func hasComment(text string) bool {
	if strings.IndexByte(text, '#') < 0 {
		return false
	}
	quote := byte(0)
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '\\':
			i++
		case '\'', '"':
			if quote == 0 {
				quote = c
			} else if quote == c {
				quote = 0
			}
		case '#':
			if quote == 0 {
				return true
			}
		}
	}
	return false
}
