package tokenizer

import (
	"slices"
	"strings"

	"github.com/krait-py/krait/internal/unidata"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/token"
)

// scan appends all tokens to dst. It stops at the first error, with t.err set.
//
// The text ends in a line break, so that reading goes on within a line without
// looking for the end of the text.
func (t *Tokenizer) scan(dst []token.Token) []token.Token {
	src := t.src
	var (
		i     int        // the next byte
		start int        // where the token starts
		bol   = true     // at the beginning of a line, which is not yet counted
		blank bool       // on a line that has no tokens but comments
		alone bool       // behind a comment on such a line
		kind  token.Kind // of the token found
		extra = t.opts.Extra
	)
	for {
		if bol {
			if i == len(src) {
				break
			}
			bol = false
			t.line++
			t.lineStart = int32(i)
			t.fill()
			for src[i] == ' ' {
				i++
			}
			col := i - int(t.lineStart)
			alt, fixed := col, 0
			if classes[src[i]] == space || src[i] == '\\' {
				if i, col, alt, fixed = t.blanks(i, col); i < 0 {
					return dst
				}
			}
			switch c := src[i]; {
			case c == '\n' && !extra:
				i++
				bol = true
				continue
			case c == '\n' || c == '#' || c == '\r':
				blank = true
			case t.level == 0:
				if fixed != 0 {
					col, alt = fixed, fixed
				}
				if int32(col) != t.indents[t.indent] || int32(alt) != t.altIndents[t.indent] {
					n := t.indentation(int32(col), int32(alt))
					if t.err != nil {
						return dst
					}
					dst = t.appendIndents(dst, i, n)
				}
			}
		}

		if n := len(dst); t.depth == 0 && n < cap(dst) {
			// Brackets and colons may mean something else in an f-string.
			if n, i = t.run(dst[:cap(dst)], n, i); n > len(dst) {
				dst = dst[:n]
				blank = false
			}
		}

		// Nearly always there is one space or none.
		if next := i + 1; src[i] == ' ' {
			i = next
		}
		for classes[src[i]] == space {
			i++
		}
		start = i
		cl := classes[src[i]]
	redo:
		switch { // in this order, since the first two are what run leaves here most
		case cl == newline:
			i++
			bol = true
			if blank || t.level > 0 {
				if !extra {
					blank = false
					continue
				}
				kind = token.NL
				alone = false
				break
			}
			if alone {
				kind = token.NL
				alone = false
				break
			}
			dst = extend(dst)
			tok := &dst[len(dst)-1]
			tok.Kind, tok.Level, tok.Name = token.NEWLINE, 0, 0
			tok.Start, tok.End = int32(start), int32(i)-1
			tok.Line, tok.EndLine = t.line, t.line
			tok.Col, tok.EndCol = int32(start)-t.lineStart, int32(i)-t.lineStart
			continue

		case cl == quote:
			line, col := t.line, int32(start)-t.lineStart
			if i = t.str(start, i); i < 0 {
				return dst
			}
			dst = t.appendString(dst, start, i, line, col)
			blank = false
			continue

		default:
			switch cl {
			case letter:
				first, next, end, packed := t.name(i)
				i = end
				ascii := true
				for b := identifier[src[i]]; b != 0; b = identifier[src[i]] {
					// Something that is not ASCII, or the end of the file is near.
					ascii = ascii && b == 1
					packed = false
					i++
				}
				if c := src[i]; (c == '"' || c == '\'') && i-start <= 5 {
					formatted, bad := t.prefix(start, i)
					if bad != "" {
						t.failAt(t.line, t.lineStart, start+1-int(t.lineStart), i+1-int(t.lineStart), bad)
						return dst
					}
					switch formatted {
					case plainString:
						line, col := t.line, int32(start)-t.lineStart
						if i = t.str(start, i); i < 0 {
							return dst
						}
						dst = t.appendString(dst, start, i, line, col)
						blank = false
						continue
					case formattedString:
						if dst, i = t.open(dst, start, i); i < 0 {
							return dst
						}
						blank = false
						continue
					}
				}
				dst = extend(dst)
				tok := &dst[len(dst)-1]
				switch {
				case packed:
					tok.Name = t.names.Packed(first, next, src[start:i])
					tok.Kind = tok.Name.Keyword()
				case ascii:
					tok.Name = t.names.Intern(src[start:i])
					tok.Kind = tok.Name.Keyword()
				case extra:
					tok.Kind, tok.Name = token.NAME, 0
				case t.checkIdentifier(start, i):
					tok.Kind, tok.Name = token.NAME, t.names.Intern(normal(src[start:i]))
				default:
					return dst[:len(dst)-1]
				}
				tok.Level = uint16(t.level)
				tok.Start, tok.End = int32(start), int32(i)
				tok.Line, tok.EndLine = t.line, t.line
				tok.Col, tok.EndCol = int32(start)-t.lineStart, int32(i)-t.lineStart
				blank = false
				continue

			case single:
				kind = operators[src[i]]
				i++

			case opening:
				c := src[i]
				i++
				if t.level >= maxLevel {
					t.failHere(i, "too many nested parentheses")
					return dst
				}
				t.brackets[t.level] = Bracket{c, t.line, int32(start) - t.lineStart}
				t.level++
				if t.depth > 0 {
					t.strings[t.depth].brackets++
				}
				kind = operators[c]

			case closing:
				c := src[i]
				i++
				text, ok := t.closeBracket(c, i)
				if !ok {
					return dst
				}
				if text {
					dst = append(dst, token.Token{
						Kind: token.RBRACE, Level: uint16(t.level), Start: int32(start), End: int32(i),
						Line: t.line, Col: int32(start) - t.lineStart, EndLine: t.line, EndCol: int32(i) - t.lineStart,
					})
					if dst, i = t.middles(dst, i); i < 0 {
						return dst
					}
					blank = false
					continue
				}
				kind = operators[c]

			case double:
				kind = operators[src[i]]
				if src[i+1] == '=' {
					kind = assigning[src[i]]
					i++
				}
				i++

			case colon: // and "=" and "!", which mean something in replacement fields
				c := src[i]
				if f := &t.strings[t.depth]; c == ':' && t.depth > 0 && f.fields >= 0 && f.brackets-1 == f.fields {
					i++
					f.spec = true
					dst = append(dst, token.Token{
						Kind: token.COLON, Level: uint16(t.level), Start: int32(start), End: int32(i),
						Line: t.line, Col: int32(start) - t.lineStart, EndLine: t.line, EndCol: int32(i) - t.lineStart,
					})
					if dst, i = t.middles(dst, i); i < 0 {
						return dst
					}
					blank = false
					continue
				}
				kind = operators[c]
				if src[i+1] == '=' {
					kind = assigning[c]
					i++
				}
				i++

			case operator:
				var n int
				kind, n = t.long(i)
				i += n

			case dot:
				switch {
				case classes[src[i+1]] == digit:
					kind = token.NUMBER
					if i = t.fraction(i + 1); i < 0 {
						return dst
					}
				case src[i+1] == '.' && src[i+2] == '.':
					kind = token.ELLIPSIS
					i += 3
				default:
					kind = token.DOT
					i++
				}

			case digit:
				kind = token.NUMBER
				if i = t.number(start, i); i < 0 {
					return dst
				}

			case comment:
				i += strings.IndexByte(src[i:], '\n')
				if t.returns {
					if n := strings.IndexByte(src[start:i], '\r'); n >= 0 {
						i = start + n
					}
				}
				if t.opts.TypeComments {
					if tok, ok := t.typeComment(start, i); ok {
						if tok.Kind == token.TYPEIGNORE && blank {
							// The line break belongs to it.
							i++
							bol = true
							tok.End++
							tok.EndCol++
						}
						dst = append(dst, tok)
						blank = false
						continue
					}
				}
				if extra {
					kind = token.COMMENT
					alone = blank
					break
				}
				// What is behind it belongs to the same token, which shows in the
				// columns of NEWLINE.
				cl = classes[src[i]]
				goto redo

			case backslash:
				if i = t.continuation(i, true); i < 0 {
					return dst
				}
				for classes[src[i]] == space {
					i++
				}
				start = i
				cl = classes[src[i]]
				goto redo

			case return_:
				// CPython takes the character behind it for the start of a token, but
				// of no name.
				i++
				switch cl = classes[src[i]]; cl {
				case letter, space, comment, return_:
					cl = other
				}
				goto redo

			default:
				c := src[i]
				i++
				if !unidata.Printable(pyver.Py314, rune(c)) {
					t.failHere(i, "invalid non-printable character U+%04X", c)
					return dst
				}
				kind = token.OP
			}
		}

		dst = extend(dst)
		tok := &dst[len(dst)-1]
		tok.Kind, tok.Level, tok.Name = kind, uint16(t.level), 0
		tok.Start, tok.End = int32(start), int32(i)
		tok.Line, tok.EndLine = t.line, t.line
		tok.Col, tok.EndCol = int32(start)-t.lineStart, int32(i)-t.lineStart
		blank = false
	}

	// The end of the file.
	if t.level > 0 || t.null {
		t.failEnd(false)
		return dst
	}
	if n := t.indent; n > 0 {
		t.indent = 0
		dst = t.appendIndents(dst, i, -n)
	}
	return append(dst, token.Token{
		Kind: token.ENDMARKER, Start: int32(i), End: int32(i), Line: t.line, Col: -1, EndLine: t.line, EndCol: -1,
	})
}

// extend makes room for a token, whose fields are then set one by one: a literal
// would be made elsewhere and copied.
func extend(dst []token.Token) []token.Token {
	if len(dst) == cap(dst) {
		dst = grow(dst)
	}
	return dst[:len(dst)+1]
}

//go:noinline
func grow(dst []token.Token) []token.Token { return slices.Grow(dst, len(dst)+64) }

// appendString appends a STRING that started on the line and at the column given.
func (t *Tokenizer) appendString(dst []token.Token, start, i int, line, col int32) []token.Token {
	dst = extend(dst)
	tok := &dst[len(dst)-1]
	tok.Kind, tok.Level, tok.Name = token.STRING, uint16(t.level), t.plain
	tok.Start, tok.End = int32(start), int32(i)
	tok.Line, tok.EndLine = line, t.line
	tok.Col, tok.EndCol = col, int32(i)-t.lineStart
	return dst
}
