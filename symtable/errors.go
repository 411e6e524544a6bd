package symtable

import (
	"unicode/utf8"

	"github.com/krait-py/krait/source"
)

// maxDepth is how deeply statements, expressions and patterns may nest. CPython has
// no such number: it stops when the C stack is nearly used up, which with the
// usual 8 MB happens at this depth in its symbol table.
const maxDepth = 57_900

// fgetsLimit is the length of the buffer that CPython reads a line into to show it.
const fgetsLimit = 999

// Error returns a syntax error as the stages behind the parser report it: the
// columns count bytes of UTF-8, not characters as those of the parser, and the
// text is the line as read anew from the file, cut after 999 bytes.
func Error(f *source.File, message string, at source.Span) *source.Diagnostic {
	d := &source.Diagnostic{
		Type: "SyntaxError", Message: message, Filename: f.Name,
		Line: int(at.Line), Col: int(at.Col) + 1,
		EndLine: int(at.EndLine), EndCol: int(at.EndCol) + 1, HasEnd: true,
		Text: f.Line(int(at.Line)), HasText: true, Reread: true, Bare: true,
	}
	d.Text = cutLine(d.Text, f.Encoding)
	return d
}

// cutLine cuts a line that is too long. The limit is in bytes of the file; encodings
// other than UTF-8 are taken to have one byte for a character.
func cutLine(line, encoding string) string {
	if len(line) <= fgetsLimit {
		return line
	}
	if encoding != "utf-8" && encoding != "utf-8-sig" {
		n := 0
		for i := range line {
			if n == fgetsLimit {
				return line[:i]
			}
			n++
		}
		return line
	}
	cut := fgetsLimit
	for cut > 0 && !utf8.RuneStart(line[cut]) {
		cut--
	}
	if cut < fgetsLimit {
		return line[:cut] + "\ufffd"
	}
	return line[:cut]
}

// tooDeep is the error of trees that nest too deeply.
func tooDeep(f *source.File) *source.Diagnostic {
	return &source.Diagnostic{
		Type: "RecursionError", Message: "Stack overflow (used 8156 kB) during compilation", Filename: f.Name,
	}
}
