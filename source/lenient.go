package source

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// NewRaw returns a file of text that is UTF-8 already, with its line breaks and
// NULs as they are: what a tokenizer with the option Extra reads.
func NewRaw(name, text string) *File {
	f := &File{Name: name, Encoding: "utf-8"}
	f.setRaw(text)
	return f
}

// DecodeLenient makes a file of the bytes of one as Python's tokenize module
// does: line breaks stay as they are, and of what cannot be decoded only the
// first two lines, which may declare an encoding, are refused. The messages of
// errors do not name the file; tokenize puts " for " and its name before the
// first colon, or the end, of all but that on null bytes. A codec that is not of
// text gives a LookupError, as there.
func DecodeLenient(name string, data []byte) (*File, *Diagnostic) {
	refuse := func(message string) (*File, *Diagnostic) {
		return nil, &Diagnostic{Type: "SyntaxError", Message: message, Filename: name}
	}
	data, bom := bytes.CutPrefix(data, []byte(utf8BOM))
	first, rest, found := cutLine(data)
	head := first
	encoding, declared := cookie(first)
	if !declared && found && blankForCookie(first) {
		second, _, _ := cutLine(rest)
		if len(second) > 0 {
			head = data[:len(first)+len(second)]
			encoding, declared = cookie(second)
		}
	}
	if !declared {
		encoding = "utf-8"
	} else if _, message := lookup(encoding); strings.HasPrefix(message, "unknown") {
		return refuse(message)
	} else if bom && encoding != "utf-8" {
		return refuse("encoding problem: utf-8")
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return refuse("source code cannot contain null bytes")
	}
	f := NewRaw(name, "")
	f.Encoding = encoding
	if encoding == "utf-8" {
		if !utf8.Valid(head) {
			return refuse("invalid or missing encoding declaration")
		}
		if utf8.Valid(data) {
			f.setRaw(string(data))
		} else {
			f.setRaw(replaced(data))
		}
		return f, nil
	}
	if _, message := lookup(encoding); message != "" {
		return nil, &Diagnostic{Type: "LookupError", Message: message, Filename: name}
	}
	if _, message := decode(encoding, head); message != "" {
		return refuse("invalid or missing encoding declaration")
	}
	var b strings.Builder
	for len(data) > 0 {
		line, rest, _ := cutLine(data)
		data = rest
		b.WriteString(decodeReplacing(encoding, line))
	}
	f.setRaw(b.String())
	return f, nil
}

func (f *File) setRaw(text string) {
	if text != "" && text[len(text)-1] != '\n' {
		f.NoNewline = true
		text += "\n"
	}
	f.Text = text
}

// cutLine returns the first line of data with its line feed, and what follows.
func cutLine(data []byte) (line, rest []byte, found bool) {
	i := bytes.IndexByte(data, '\n')
	if i < 0 {
		return data, nil, false
	}
	return data[:i+1], data[i+1:], true
}

// cookie returns the encoding that a line declares, by the rules of the
// tokenize module, which differ a bit from the compiler's.
func cookie(line []byte) (encoding string, found bool) {
	line = bytes.TrimLeft(line, " \t\f")
	if len(line) == 0 || line[0] != '#' {
		return "", false
	}
	for {
		i := bytes.Index(line, []byte("coding"))
		if i < 0 || len(line) <= i+6 {
			return "", false
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

// blankForCookie reports whether the first line leaves the declaration to the
// second one.
func blankForCookie(line []byte) bool {
	line = bytes.TrimLeft(line, " \t\f")
	return len(line) == 0 || line[0] == '#' || line[0] == '\r' || line[0] == '\n'
}
