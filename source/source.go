// Package source turns the bytes of Python source files into text, and holds
// what every stage that reads it shares: positions, and the diagnostics that say
// what is wrong where.
package source

import "fmt"

// Span is a stretch of source text as the attributes of an AST node give it:
// lines count from 1, columns are offsets in bytes of UTF-8 from the start of
// the line, EndCol is exclusive. The zero Span is no position (there is no line 0
// but for CPython's artificial ones).
type Span struct {
	Line, Col       int32
	EndLine, EndCol int32
}

// Pos returns the span itself. It is what nodes that embed a Span inherit.
func (s Span) Pos() Span { return s }

// Severity tells errors from warnings.
type Severity uint8

// The severities.
const (
	Error Severity = iota
	Warning
)

// Diagnostic is something that is wrong with a source file: what CPython raises
// as SyntaxError (or a subclass) or warns of while it compiles.
type Diagnostic struct {
	// Type is the name of Python's class: "SyntaxError", "IndentationError",
	// "TabError", "SyntaxWarning"; rarely another one ("ValueError",
	// "RecursionError", "MemoryError", "OverflowError").
	Type     string
	Severity Severity
	Message  string
	Filename string

	// The position as SyntaxError's attributes lineno, offset, end_lineno and
	// end_offset give it: lines and columns count from 1, columns in characters.
	// 0 is what CPython has as None or 0; see HasEnd.
	Line, Col       int
	EndLine, EndCol int
	// HasEnd is false where SyntaxError.end_lineno is None.
	HasEnd bool
	// Text is SyntaxError.text: the source line, with its line break if it has
	// one. HasText is false where it is None.
	Text    string
	HasText bool
	// Reread is set for what the stages behind the parser find: CPython takes Text
	// from the file called Filename when it reports it, if there is such a file.
	Reread bool
	// Bare is set where SyntaxError.args is the message alone, and the attributes are set behind it: what CPython's symbol table finds.
	Bare bool
}

// Error returns the diagnostic as file:line:col: type: message.
func (d *Diagnostic) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s: %s", d.Filename, d.Line, d.Col, d.Type, d.Message)
}
