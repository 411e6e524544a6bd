package parser

import (
	"strings"

	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
	"github.com/krait-py/krait/tokenizer"
)

// A text that ends too soon is told from one that is wrong as CPython's parser does it: the tokenizer has met the end
// of the text when the first reading stops.

// ended reports whether the tokenizer has met the end of the text when it made the last token that was looked at.
func (d *diagnosis) ended() bool {
	if d.scanFatal {
		if d.scanError == nil {
			return false
		}
		switch d.lex.Ended() {
		case tokenizer.EndedText:
			return true
		case tokenizer.EndedLine:
			return d.openLine()
		case tokenizer.EndedBackslash:
			return !d.openLine() // else there is no line break behind the backslash
		}
		return false
	}
	if d.fill == 0 {
		return false
	}
	t := &d.tokens[d.fill-1]
	switch t.Kind {
	case token.ENDMARKER:
		return true
	case token.INDENT, token.DEDENT:
		return int(t.Start) == len(d.text)
	case token.NEWLINE:
		return t.Col < 0 || int(t.Start) == len(d.text)
	case token.STRING:
		// Where a string ends can be seen without looking further, unless it is empty and might be one in triple quotes.
		s := d.text[t.Start:t.End]
		if s = s[strings.IndexAny(s, "'\""):]; len(s) != 2 {
			return false
		}
	case token.FSTRINGEND, token.TSTRINGEND:
		return false
	}
	return d.openLine() && int(t.End) == len(d.text)-1
}

// openLine reports whether the last line has no line break, neither in the text nor put there while it is read.
func (d *diagnosis) openLine() bool { return d.opt.Mode != Exec && d.file.NoNewline }

// lines returns how many lines the text has.
func (d *diagnosis) lines() int { return strings.Count(d.text, "\n") }

// reachedEnd returns the column in bytes, from 0, of the end of the text.
func (d *diagnosis) reachedEnd() int {
	col := len(d.text) - strings.LastIndexByte(d.text[:len(d.text)-1], '\n') - 1
	if d.openLine() {
		col--
	}
	return col
}

// raiseIncomplete raises the error of a text that ends too soon, in place of any other.
func (d *diagnosis) raiseIncomplete() {
	const name, msg = "_IncompleteInputError", "incomplete input"
	d.err = nil
	switch {
	case !d.scanFatal:
		d.raiseLast(name, msg)
	case d.lex.Noted():
		// In brackets or behind a backslash: where reading has got to.
		line := d.lines()
		d.raise(name, msg, line, d.reachedEnd(), line, -1)
	default:
		// In a string: where that begins. The tokenizer keeps its text for it.
		line := d.scanError.Line
		text := strings.Join(strings.SplitAfter(d.text, "\n")[line-1:], "")
		if d.openLine() {
			text = text[:len(text)-1]
		}
		d.err = &source.Diagnostic{
			Type: name, Message: msg, Filename: d.file.Name,
			Line: line, Col: d.scanError.Col, EndLine: line, EndCol: -1, HasEnd: true,
			Text: text, HasText: true,
		}
	}
}
