package codegen

import (
	"math"
	"strings"
	"unicode/utf8"
)

// cleanDoc returns a docstring without the indentation it owes to the source, as
// inspect.cleandoc does, but with the empty lines at its ends. It is cut out in the
// scratch memory scratch and made a string by text.
func cleanDoc(doc string, scratch *[]byte, text func([]byte) string) string {
	doc = expandTabs(doc)
	margin := math.MaxInt
	for i := strings.IndexByte(doc, '\n'); i >= 0; {
		i++
		start := i
		for i < len(doc) && doc[i] == ' ' {
			i++
		}
		if i < len(doc) && doc[i] != '\n' {
			margin = min(margin, i-start)
		}
		if n := strings.IndexByte(doc[i:], '\n'); n >= 0 {
			i += n
		} else {
			break
		}
	}
	if margin == math.MaxInt {
		margin = 0
	}
	trimmed := strings.TrimLeft(doc, " ")
	if margin == 0 {
		return trimmed
	}
	b := (*scratch)[:0]
	for first := true; ; first = false {
		line, rest, more := strings.Cut(trimmed, "\n")
		if !first {
			n := 0
			for n < margin && n < len(line) && line[n] == ' ' {
				n++
			}
			line = line[n:]
		}
		b = append(b, line...)
		if !more {
			*scratch = b
			return text(b)
		}
		b = append(b, '\n')
		trimmed = rest
	}
}

// expandTabs replaces tabs by spaces up to the next multiple of 8 characters.
func expandTabs(s string) string {
	if strings.IndexByte(s, '\t') < 0 {
		return s
	}
	var b strings.Builder
	col := 0
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '\t':
			n := 8 - col%8
			b.WriteString("        "[:n])
			col += n
			i++
			continue
		case c == '\n' || c == '\r':
			col = 0
		default:
			col++
		}
		// A lone surrogate is one character of three bytes.
		n := 1
		if c >= utf8.RuneSelf {
			if _, n = utf8.DecodeRuneInString(s[i:]); n == 1 && c == 0xED && i+3 <= len(s) {
				n = 3
			}
		}
		b.WriteString(s[i : i+n])
		i += n
	}
	return b.String()
}
