package source

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// Decode makes a file of the bytes of one, as CPython's compile does that is
// given bytes (py_compile and compileall do so): it looks for a byte order mark and
// for a declaration of the encoding (PEP 263), decodes, and translates line
// breaks. It does not keep data.
func Decode(name string, data []byte) (*File, *Diagnostic) { return new(Decoder).Decode(name, data) }

// Decoder decodes file after file. The zero Decoder is ready for use.
type Decoder struct {
	buf   []byte // of the text decoded last
	reuse bool
}

// Reset takes back the text of the file decoded last, and all its parts: its memory
// is used again for the next one. Who does not call Reset can keep all files.
func (d *Decoder) Reset() { d.reuse = true }

// Reserve makes room for files of up to size bytes, before there are any.
func (d *Decoder) Reserve(size int) {
	d.buf, d.reuse = make([]byte, 0, size+1), true
}

// text returns data, with a line break behind it if wanted, as a string in d's memory.
func (d *Decoder) text(data []byte, lineBreak bool) string {
	d.reuse = false
	if len(data) == 0 {
		return ""
	}
	if n := len(data) + 1; cap(d.buf) < n {
		d.buf = make([]byte, 0, n+n/2)
	}
	d.buf = append(d.buf[:0], data...)
	if lineBreak {
		d.buf = append(d.buf, '\n')
	}
	return unsafe.String(&d.buf[0], len(d.buf))
}

// Decode is the function Decode.
func (d *Decoder) Decode(name string, data []byte) (*File, *Diagnostic) {
	if bytes.IndexByte(data, 0) >= 0 {
		return nil, &Diagnostic{Type: "SyntaxError", Message: "source code string cannot contain null bytes", Filename: name}
	}
	f := &File{Name: name, Encoding: "utf-8"}
	data, bom := bytes.CutPrefix(data, []byte(utf8BOM))
	if i := bytes.IndexByte(data, '\r'); i >= 0 {
		data = translate(bytes.Clone(data), i)
	}
	declared, line, size := declaration(data)
	switch {
	case declared == "" || declared == "utf-8":
		if !utf8.Valid(data) {
			return nil, notUTF8(name, data)
		}
	case bom:
		text, _, _ := strings.Cut(string(lineOf(data, line)), "\n")
		return nil, &Diagnostic{
			Type: "SyntaxError", Message: "encoding problem: " + declared + " with BOM", Filename: name,
			Line: line, EndLine: line, EndCol: size, HasEnd: true, Text: text, HasText: true,
		}
	default:
		f.Encoding = declared
		if n := len(data); n > 0 && data[n-1] != '\n' {
			f.NoNewline = true
			data = append(bytes.Clone(data), '\n')
		}
		text, message := decode(declared, data)
		if message != "" {
			return nil, &Diagnostic{Type: "SyntaxError", Message: message, Filename: name, Col: -1}
		}
		noNewline := f.NoNewline
		f.setText([]byte(text), d)
		f.NoNewline = f.NoNewline || noNewline
		return f, nil
	}
	f.setLines(data, d)
	return f, nil
}

const utf8BOM = "\xef\xbb\xbf"

// lineOf returns line n, from 1, and what follows it.
func lineOf(data []byte, n int) []byte {
	for ; n > 1; n-- {
		data = data[bytes.IndexByte(data, '\n')+1:]
	}
	return data
}

// declaration returns the encoding that the first line declares, or, if that has
// nothing but a comment, the second one; the number of the line; and how long
// CPython takes that line to be.
func declaration(data []byte) (encoding string, line, size int) {
	first, rest, found := bytes.Cut(data, []byte("\n"))
	spec, blank := declarationIn(first)
	if spec != "" || !blank || !found {
		return spec, 1, len(first)
	}
	second, _, _ := bytes.Cut(rest, []byte("\n"))
	spec, _ = declarationIn(second)
	return spec, 2, len(second) + 1
}

// declarationIn returns the encoding that a line declares, "" if none. blank
// reports that it holds nothing but a comment.
func declarationIn(line []byte) (encoding string, blank bool) {
	line = bytes.TrimLeft(line, " \t\f")
	if len(line) == 0 {
		return "", true
	}
	if line[0] != '#' {
		return "", line[0] == '\r'
	}
	for {
		i := bytes.Index(line, []byte("coding"))
		if i < 0 || len(line) <= i+6 {
			return "", true
		}
		line = line[i+6:]
		if line[0] != ':' && line[0] != '=' {
			continue
		}
		spec := bytes.TrimLeft(line[1:], " \t")
		n := 0
		for n < len(spec) && isNameByte(spec[n]) {
			n++
		}
		if n > 0 {
			return normalName(string(spec[:n])), true
		}
	}
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.'
}

// normalName gives the encodings that CPython decodes itself the names it has
// for them, whatever follows the first twelve characters.
func normalName(s string) string {
	n := strings.ReplaceAll(strings.ToLower(s[:min(len(s), 12)]), "_", "-")
	if n == "utf-8" || strings.HasPrefix(n, "utf-8-") {
		return "utf-8"
	}
	for _, latin := range []string{"latin-1", "iso-8859-1", "iso-latin-1"} {
		if n == latin || strings.HasPrefix(n, latin+"-") {
			return "iso-8859-1"
		}
	}
	return s
}

// notUTF8 is the error for text that is not UTF-8 and does not say what it is.
func notUTF8(name string, data []byte) *Diagnostic {
	i, line, start := 0, 1, 0
	for {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n <= 1 {
			break
		}
		i += n
		if r == '\n' {
			line++
			start = i
		}
	}
	text, _, _ := bytes.Cut(data[start:], []byte("\n"))
	col := utf8.RuneCount(data[start:i]) + 1
	return &Diagnostic{
		Type:     "SyntaxError",
		Message:  fmt.Sprintf("Non-UTF-8 code starting with '\\x%02x' on line %d, but no encoding declared; see https://peps.python.org/pep-0263/ for details", data[i], line),
		Filename: name, Line: line, Col: col, EndLine: line, EndCol: col, HasEnd: true,
		Text: replaced(text), HasText: true,
	}
}

// replaced decodes UTF-8 with U+FFFD for what is none, as many of them as
// CPython has: one for each sequence that cannot go on.
func replaced(data []byte) string {
	var b strings.Builder
	for len(data) > 0 {
		if r, n := utf8.DecodeRune(data); r != utf8.RuneError || n > 1 {
			b.Write(data[:n])
			data = data[n:]
			continue
		}
		n, _ := invalidUTF8(data)
		b.WriteRune(utf8.RuneError)
		data = data[n:]
	}
	return b.String()
}

// invalidUTF8 returns how many bytes CPython objects to in data, which does not
// begin with a character, and why.
func invalidUTF8(data []byte) (n int, reason string) {
	c := data[0]
	lo, hi, want := byte(0x80), byte(0xBF), 0
	switch {
	case c >= 0xC2 && c <= 0xDF:
		want = 2
	case c >= 0xE0 && c <= 0xEF:
		want = 3
		if c == 0xE0 {
			lo = 0xA0
		} else if c == 0xED {
			hi = 0x9F
		}
	case c >= 0xF0 && c <= 0xF4:
		want = 4
		if c == 0xF0 {
			lo = 0x90
		} else if c == 0xF4 {
			hi = 0x8F
		}
	default:
		return 1, "invalid start byte"
	}
	for n = 1; n < want; n++ {
		if n == len(data) {
			return n, "unexpected end of data"
		}
		if data[n] < lo || data[n] > hi {
			return n, "invalid continuation byte"
		}
		lo, hi = 0x80, 0xBF
	}
	return n, ""
}
