package tokenizer

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/krait-py/krait/source"
)

// rest returns the line from offset on, without its line break.
func (t *Tokenizer) rest(from int32) string {
	text := t.src[from:]
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		text = text[:i]
	}
	return text
}

// fail makes an error of the line that starts at lineStart: its column is that
// of the last character that has been read, the one before offset cur. It
// returns -1, for functions that return where reading goes on.
func (t *Tokenizer) fail(line, lineStart int32, cur int, message string) int {
	col := utf8.RuneCountInString(t.src[lineStart:cur])
	return t.failAt(line, lineStart, col, col, message)
}

// failAt is fail with the columns given.
func (t *Tokenizer) failAt(line, lineStart int32, col, endCol int, message string) int {
	t.err = &source.Diagnostic{
		Type: "SyntaxError", Message: message, Filename: t.file.Name,
		Line: int(line), Col: col, EndLine: int(line), EndCol: endCol, HasEnd: true,
		Text: t.rest(lineStart), HasText: true,
	}
	return -1
}

// failHere is fail on the current line.
func (t *Tokenizer) failHere(cur int, format string, args ...any) int {
	return t.fail(t.line, t.lineStart, cur, fmt.Sprintf(format, args...))
}

// note makes an error that the parser raises. endCol is 0 or -1, as CPython
// leaves it where it knows no end.
func (t *Tokenizer) note(typ, message string, line int32, col, endCol int) int {
	t.noted = true
	if t.opts.Extra {
		return t.noteExtra(typ, message)
	}
	t.err = &source.Diagnostic{
		Type: typ, Message: message, Filename: t.file.Name,
		Line: int(line), Col: col, EndLine: int(line), EndCol: endCol, HasEnd: true,
		Text: t.file.Line(int(line)), HasText: true,
	}
	return -1
}

// failEnd is the error for a file that ends too early: behind a backslash or
// within brackets.
func (t *Tokenizer) failEnd(joined bool) int {
	if t.null {
		return t.failNull()
	}
	t.ending = EndedText
	if t.opts.Extra {
		// The column is how many bytes CPython still has in its buffer.
		t.noted = true
		t.noteExtra("SyntaxError", "unexpected EOF in multi-line statement")
		t.err.Col = 0
		if joined || t.depth > 0 {
			t.err.Col = len(t.src) - int(t.buf)
		}
		return -1
	}
	if t.level > 0 {
		b := t.brackets[t.level-1]
		return t.note("SyntaxError", fmt.Sprintf("'%c' was never closed", b.Char),
			b.Line, t.file.Column(int(b.Line), int(b.Col))+1, 0)
	}
	return t.note("SyntaxError", "unexpected EOF while parsing", t.line, t.lineLength(), -1)
}

// lineLength returns how many characters the current line has, with its line
// break.
func (t *Tokenizer) lineLength() int {
	return utf8.RuneCountInString(t.rest(t.lineStart)) + 1
}

// failTabs is the error for indentation that depends on the size of tabs.
func (t *Tokenizer) failTabs() int {
	return t.note("TabError", "inconsistent use of tabs and spaces in indentation", t.line, 1, 0)
}

// failContinuation is the error for what stands at offset i behind a backslash.
// The column is counted from the start of the text that CPython has in its
// buffer, which may be some lines up, but is at most one behind the line's end.
func (t *Tokenizer) failContinuation(i int) int {
	line := t.rest(t.lineStart) + "\n"
	col := i - int(t.buf) + 1
	if col > len(line) {
		col = utf8.RuneCountInString(line) + 1
	} else {
		col = utf8.RuneCountInString(line[:col])
	}
	return t.note("SyntaxError", "unexpected character after line continuation character", t.line, col, 0)
}

// warn records a SyntaxWarning of the current line.
func (t *Tokenizer) warn(message string) {
	t.warnings = append(t.warnings, &source.Diagnostic{
		Type: "SyntaxWarning", Severity: source.Warning, Message: message,
		Filename: t.file.Name, Line: int(t.line),
	})
}

// warnAt is warn of something that begins at offset i of the line. As an error it shows that.
func (t *Tokenizer) warnAt(i int, message string) {
	t.warn(message)
	d := t.warnings[len(t.warnings)-1]
	d.Col = utf8.RuneCountInString(t.src[t.lineStart:i])
	d.EndLine, d.EndCol, d.HasEnd = d.Line, d.Col, true
	d.Text, d.HasText = t.file.Line(d.Line), true
}

// cut reports whether a NUL follows in the line behind the text.
func (t *Tokenizer) cut() bool { return t.null }

// failNull is the error for a NUL in the source.
func (t *Tokenizer) failNull() int {
	line := t.line
	if int(t.lineStart) < len(t.src) {
		line++
	}
	t.err = &source.Diagnostic{
		Type: "SyntaxError", Message: "source code cannot contain null bytes", Filename: t.file.Name,
		Line: int(line), EndLine: int(line), HasEnd: true, HasText: true,
	}
	return -1
}

// noteExtra makes an error as the tokenize module words it: its column is
// behind the end of the line, and counted from the start of the text that
// CPython has in its buffer.
func (t *Tokenizer) noteExtra(typ, message string) int {
	end := int(t.lineStart) + len(t.rest(t.lineStart))
	text := t.src[t.buf:end]
	t.err = &source.Diagnostic{
		Type: typ, Message: message, Filename: t.file.Name,
		Line: int(t.line), Col: utf8.RuneCountInString(text) + 1, Text: text, HasText: true,
	}
	return -1
}
