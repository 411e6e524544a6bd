package asm

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Diagnostic is something wrong with a text.
type Diagnostic struct {
	File string // as given to [Parse]
	Line int    // from 1
	Col  int    // from 1, in characters
	// Found says what is there, Wanted what should be; Wanted may be empty.
	Found, Wanted string
	// Source is the line of text, without its end.
	Source string
}

// Error returns "FILE:LINE:COL: FOUND, want WANTED".
func (d *Diagnostic) Error() string {
	s := fmt.Sprintf("%s:%d:%d: %s", d.File, d.Line, d.Col, d.Found)
	if d.Wanted != "" {
		s += ", want " + d.Wanted
	}
	return s
}

// Text returns Error, then the line of the text, then a caret below the place.
func (d *Diagnostic) Text() string {
	var b strings.Builder
	b.WriteString(d.Error())
	b.WriteString("\n    ")
	const most = 200 // a line of a generated text can be megabytes long
	line, cut := d.Source, ""
	if runes := 0; len(line) > most {
		for i := range line {
			if runes++; runes > max(most, d.Col+20) {
				line, cut = line[:i], "..."
				break
			}
		}
	}
	if d.Col > 2*most {
		return d.Error()
	}
	for _, r := range line {
		if r != '\t' && (r < ' ' || r == 0x7f || r == utf8.RuneError) {
			r = '?'
		}
		b.WriteRune(r)
	}
	b.WriteString(cut)
	b.WriteString("\n    ")
	col := 1
	for _, r := range d.Source {
		if col++; col > d.Col {
			break
		}
		if r != '\t' {
			r = ' '
		}
		b.WriteRune(r)
	}
	b.WriteByte('^')
	return b.String()
}

// Diagnostics is what is wrong with a text, in the order of the text.
type Diagnostics []*Diagnostic

// Error returns the lines of all of them.
func (ds Diagnostics) Error() string {
	var b strings.Builder
	for i, d := range ds {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(d.Error())
	}
	return b.String()
}

// Err returns ds as an error, nil when there are none.
func (ds Diagnostics) Err() error {
	if len(ds) == 0 {
		return nil
	}
	return ds
}

// maxDiagnostics is how many complaints about a text are collected.
const maxDiagnostics = 20

// diagnostic makes a Diagnostic for an offset of the text.
func diagnostic(file, src string, off int, found, wanted string) *Diagnostic {
	off = min(off, len(src))
	start := strings.LastIndexByte(src[:off], '\n') + 1
	end := len(src)
	if i := strings.IndexByte(src[start:], '\n'); i >= 0 {
		end = start + i
	}
	return &Diagnostic{
		File:   file,
		Line:   1 + strings.Count(src[:start], "\n"),
		Col:    1 + utf8.RuneCountInString(src[start:off]),
		Found:  found,
		Wanted: wanted,
		Source: strings.TrimSuffix(src[start:end], "\r"),
	}
}
