package source

import (
	"bytes"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
)

// File is a source file as the tokenizer reads it: decoded, and its line breaks
// translated. [Decode] makes one of bytes, [NewFile] of text.
type File struct {
	Name     string // as diagnostics show it
	Encoding string // as tokenize shows it: "utf-8", "iso-8859-1", ...
	// Text is UTF-8, without a byte order mark; every line ends in "\n". It is
	// cut off before a NUL, which only odd encodings can lead to.
	Text string
	// NoNewline is set when the last line of the file has no line break; Text
	// has one for it.
	NoNewline bool

	once  sync.Once
	lines []int32 // offset of each line
}

// NewFile returns a file of text that is UTF-8 already.
func NewFile(name, text string) *File {
	f := &File{Name: name, Encoding: "utf-8"}
	f.setText([]byte(text), nil)
	return f
}

// setText translates line breaks and adds the one that may be missing. It
// takes over data.
func (f *File) setText(data []byte, d *Decoder) {
	if i := bytes.IndexByte(data, 0); i >= 0 {
		data = data[:i]
	}
	if i := bytes.IndexByte(data, '\r'); i >= 0 {
		data = translate(data, i)
	}
	f.setLines(data, d)
}

// setLines is setText for data without NULs and carriage returns. The text is made in the
// memory of d, if that has any.
func (f *File) setLines(data []byte, d *Decoder) {
	f.NoNewline = len(data) > 0 && data[len(data)-1] != '\n'
	if d != nil {
		if d.reuse {
			f.Text = d.text(data, f.NoNewline)
			return
		}
		d.buf = nil // whoever has the text in it keeps it
	}
	if n := len(data); f.NoNewline {
		var b strings.Builder
		b.Grow(n + 1)
		b.Write(data)
		b.WriteByte('\n')
		f.Text = b.String()
		return
	}
	f.Text = string(data)
}

// translate makes "\n" of every "\r\n" and "\r" from i on, in place.
func translate(data []byte, i int) []byte {
	to := i
	for ; i < len(data); i++ {
		c := data[i]
		if c == '\r' {
			c = '\n'
			if i+1 < len(data) && data[i+1] == '\n' {
				i++
			}
		}
		data[to] = c
		to++
	}
	return data[:to]
}

// index returns the offsets of the lines, which most compilations never ask for.
func (f *File) index() []int32 {
	f.once.Do(func() {
		f.lines = append(f.lines, 0)
		for at := 0; ; {
			i := strings.IndexByte(f.Text[at:], '\n')
			if i < 0 {
				break
			}
			at += i + 1
			f.lines = append(f.lines, int32(at))
		}
	})
	return f.lines
}

// Line returns line n, counted from 1, with its line break; "" if there is none.
func (f *File) Line(n int) string {
	lines := f.index()
	if n < 1 || n > len(lines) {
		return ""
	}
	end := len(f.Text)
	if n < len(lines) {
		end = int(lines[n])
	}
	if f.NoNewline && end == len(f.Text) {
		end = max(end-1, int(lines[n-1]))
	}
	return f.Text[lines[n-1]:end]
}

// LineAt returns the number of the line that byte offset at lies in.
func (f *File) LineAt(at int) int {
	lines := f.index()
	return sort.Search(len(lines), func(i int) bool { return int(lines[i]) > at })
}

// Column turns a column in bytes into one in characters, both from 0.
func (f *File) Column(line, col int) int {
	text := f.Line(line)
	return utf8.RuneCountInString(text[:max(0, min(col, len(text)))])
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
