package source

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// File is a source file as the tokenizer reads it: decoded, with line breaks
// as they are.
type File struct {
	Name     string // as diagnostics show it
	Encoding string // as tokenize shows it: "utf-8", "iso-8859-1", ...
	Text     string // UTF-8, without a byte order mark
	lines    []int32
}

// NewFile returns a file of text that is UTF-8 already.
func NewFile(name, text string) *File {
	f := &File{Name: name, Encoding: "utf-8", Text: text}
	f.lines = append(f.lines, 0)
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			break
		}
		at += i + 1
		f.lines = append(f.lines, int32(at))
	}
	return f
}

// Line returns line n, counted from 1, with its line break; "" if there is none.
func (f *File) Line(n int) string {
	if n < 1 || n > len(f.lines) {
		return ""
	}
	end := len(f.Text)
	if n < len(f.lines) {
		end = int(f.lines[n])
	}
	return f.Text[f.lines[n-1]:end]
}

// LineAt returns the number of the line that byte offset at lies in.
func (f *File) LineAt(at int) int {
	return sort.Search(len(f.lines), func(i int) bool { return int(f.lines[i]) > at })
}

// Column turns a column in bytes into one in characters, both from 0.
func (f *File) Column(line, col int) int {
	text := f.Line(line)
	return utf8.RuneCountInString(text[:min(col, len(text))])
}

// Diagnostic returns an error of the type given at s.
func (f *File) Diagnostic(typ, message string, s Span) *Diagnostic {
	return &Diagnostic{
		Type: typ, Message: message, Filename: f.Name,
		Line: int(s.Line), Col: f.Column(int(s.Line), int(s.Col)) + 1,
		EndLine: int(s.EndLine), EndCol: f.Column(int(s.EndLine), int(s.EndCol)) + 1, HasEnd: true,
		Text: f.Line(int(s.Line)), HasText: true,
	}
}
