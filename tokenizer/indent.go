package tokenizer

import "github.com/krait-py/krait/token"

const tabSize = 8

// blanks goes on reading what indents a line, from offset i, where a tab, a
// form feed or a backslash follows col spaces. It returns the column, the column
// that tabs of size one would give, and, if lines are joined by backslashes,
// the column of the first backslash, which is then what counts (unless it is 0).
func (t *Tokenizer) blanks(i, col int) (next, tabbed, alt, fixed int) {
	alt = col
	for {
		switch t.src[i] {
		case ' ':
			col++
			alt++
		case '\t':
			col = (col/tabSize + 1) * tabSize
			alt++
		case '\f':
			col, alt = 0, 0
		case '\\':
			if fixed == 0 {
				fixed = col
			}
			if i = t.continuation(i, false); i < 0 {
				return i, col, alt, fixed
			}
			t.fill()
			continue
		default:
			return i, col, alt, fixed
		}
		i++
	}
}

// fill notes that CPython fills its buffer anew with the current line. What
// reads line by line keeps all of an f-string.
func (t *Tokenizer) fill() {
	if t.depth == 0 || !t.opts.Extra {
		t.buf = t.lineStart
	}
}

// continuation reads a backslash and the line break behind it, and returns the
// offset of the next line. joined is false for a backslash before which the line
// has nothing.
func (t *Tokenizer) continuation(i int, joined bool) int {
	i++
	if t.src[i] == '\r' {
		i++
	}
	if t.src[i] != '\n' {
		return t.failContinuation(i)
	}
	i++
	if i == len(t.src) {
		t.failEnd(joined)
		t.ending = EndedBackslash
		return -1
	}
	t.line++
	t.lineStart = int32(i)
	return i
}

// indentation compares a line's indentation with that of the open blocks, and
// returns how many it opens (1) or closes (negative).
func (t *Tokenizer) indentation(col, alt int32) int {
	switch top := t.indents[t.indent]; {
	case col == top:
		t.failTabs()
		return 0
	case col > top:
		if t.indent+1 >= maxIndent {
			t.note("IndentationError", "too many levels of indentation", t.line, 1, 0)
			return 0
		}
		if alt <= t.altIndents[t.indent] {
			t.failTabs()
			return 0
		}
		t.indent++
		t.indents[t.indent], t.altIndents[t.indent] = col, alt
		return 1
	}
	n := 0
	for t.indent > 0 && col < t.indents[t.indent] {
		t.indent--
		n--
	}
	if col != t.indents[t.indent] {
		t.note("IndentationError", "unindent does not match any outer indentation level", t.line, t.lineLength(), -1)
	} else if alt != t.altIndents[t.indent] {
		t.failTabs()
	}
	return n
}

// appendIndents appends an INDENT, or -n DEDENTs, where reading has got to.
func (t *Tokenizer) appendIndents(dst []token.Token, i, n int) []token.Token {
	kind := token.INDENT
	if n < 0 {
		kind, n = token.DEDENT, -n
	}
	for range n {
		dst = extend(dst)
		tok := &dst[len(dst)-1]
		tok.Kind, tok.Level, tok.Name = kind, 0, 0
		tok.Start, tok.End = int32(i), int32(i)
		tok.Line, tok.EndLine = t.line, t.line
		tok.Col, tok.EndCol = -1, -1
	}
	return dst
}
