package cli

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/krait-py/krait/source"
)

// maxFound bounds how many errors of one file are reported.
const maxFound = 100

// goOn looks for more errors than the first. It makes the statement with the
// error harmless, line for line so that line numbers stay, and checks again,
// until nothing is found or what is found is where a repair was made. The first
// error stays first, the others follow in the order of lines.
func goOn(found []*source.Diagnostic, data []byte, check func([]byte) []*source.Diagnostic) []*source.Diagnostic {
	if len(found) == 0 || bytes.IndexByte(data, 0) >= 0 {
		return found
	}
	type place struct {
		line, col int
		message   string
	}
	seen := make(map[place]bool)
	for _, d := range found {
		seen[place{d.Line, d.Col, d.Message}] = true
	}
	data = bytes.ReplaceAll(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	lines := strings.SplitAfter(string(data), "\n")
	repaired := make(map[int]bool)
	again := make(map[int]bool)
	first := len(found)
	last := found[first-1]
	for n := 1; n < maxFound && last.Severity == source.Error && !again[last.Line]; n++ {
		before := slices.Clone(lines)
		again[last.Line] = repaired[last.Line]
		if !repair(lines, last, again[last.Line]) {
			break
		}
		repaired[last.Line] = true
		for i := range lines {
			repaired[i+1] = repaired[i+1] || lines[i] != before[i]
		}
		more := check([]byte(strings.Join(lines, "")))
		if len(more) == 0 {
			break
		}
		last = more[len(more)-1]
		for _, d := range more {
			if p := (place{d.Line, d.Col, d.Message}); !seen[p] && !repaired[d.Line] {
				seen[p] = true
				found = append(found, d)
			}
		}
	}
	slices.SortStableFunc(found[first:], func(a, b *source.Diagnostic) int { return cmp.Compare(a.Line, b.Line) })
	return found
}

// repair makes the statement harmless that an error is in; again says that the
// first try was not enough. It reports false if it knows no way.
func repair(lines []string, d *source.Diagnostic, again bool) bool {
	at := d.Line - 1
	if at < 0 || at >= len(lines) {
		return false
	}
	switch {
	case d.Message == "unexpected indent" || d.Message == "unexpected unindent":
		// The lines that are indented so, or more.
		depth := indentOf(lines[at])
		for i := at; i < len(lines) && (isBlank(lines[i]) || indentOf(lines[i]) >= depth); i++ {
			blank(lines, i)
		}
		return true
	case d.Type == "IndentationError" && strings.HasPrefix(d.Message, "expected an indented block"):
		// The block is missing above the line where that was noticed.
		i := at
		for i >= 0 && (isBlank(lines[i]) || !strings.HasSuffix(codeOf(lines[i]), ":")) {
			i--
		}
		if i < 0 || at-i > 100 {
			return false
		}
		lines[i] = spaces(lines[i]) + header(lines[i]) + " pass\n"
		return true
	case d.Type == "IndentationError" || d.Type == "TabError":
		blank(lines, at)
		return true
	case d.Message == "expected 'except' or 'finally' block":
		depth := indentOf(lines[at])
		for i := at - 1; i >= 0; i-- {
			if indentOf(lines[i]) >= depth && codeOf(lines[i]) == "try:" {
				lines[i] = spaces(lines[i]) + "if 1:\n"
				return true
			}
		}
		return false
	case strings.HasPrefix(d.Message, "unterminated triple-quoted"):
		return false
	}
	// Up to the start of the statement: a line whose beginning looks like one,
	// not indented more than this one.
	start := at
	for start > 0 && !beginsStatement(lines[start]) {
		start--
	}
	depth := indentOf(lines[start])
	// Down to where the next one begins, or a block.
	end := start + 1
	for end < len(lines) && !(beginsStatement(lines[end]) && (end > at || indentOf(lines[end]) <= depth)) {
		end++
	}
	block := false
	for i := end; i < len(lines); i++ {
		if !isBlank(lines[i]) {
			block = indentOf(lines[i]) > depth
			break
		}
	}
	head := header(lines[start])
	if again {
		head = "if 1:"
	}
	indent := spaces(lines[start])
	for i := start; i < end; i++ {
		blank(lines, i)
	}
	switch {
	case block:
		lines[start] = indent + head + "\n"
	case head != "if 1:":
		lines[start] = indent + head + " pass\n"
	default:
		lines[start] = indent + "pass\n"
	}
	return true
}

// header returns a line that begins a block as the line given does.
func header(line string) string {
	word, _, _ := strings.Cut(strings.TrimLeft(line, " \t\f"), " ")
	word = strings.TrimRight(word, ":\n(")
	switch word {
	case "elif", "case":
		return word + " 1:"
	case "else", "finally", "try", "except":
		return word + ":"
	case "class":
		return "class _:"
	case "def":
		return "def _():"
	case "async":
		return "async def _():"
	case "while":
		return "while 1:"
	case "for":
		return "for _ in ():"
	case "match":
		return "match 1:"
	}
	return "if 1:"
}

var statementWords = map[string]bool{
	"if": true, "elif": true, "else": true, "for": true, "while": true, "try": true, "except": true, "finally": true,
	"with": true, "def": true, "class": true, "async": true, "return": true, "raise": true, "import": true, "from": true,
	"pass": true, "break": true, "continue": true, "global": true, "nonlocal": true, "del": true, "assert": true,
	"yield": true, "match": true, "case": true, "@": true,
}

// beginsStatement guesses whether a line begins a statement: by a keyword, a
// decorator, or a name at its start with an assignment or a call.
func beginsStatement(line string) bool {
	s := strings.TrimLeft(line, " \t\f")
	if s == "" || s[0] == '\n' || s[0] == '#' {
		return false
	}
	if s[0] == '@' {
		return true
	}
	n := 0
	for n < len(s) && (s[n] == '_' || s[n] >= 0x80 || isAlnum(s[n])) {
		n++
	}
	word := s[:n]
	if statementWords[word] {
		return true
	}
	if n == 0 || s[0] >= '0' && s[0] <= '9' {
		return false
	}
	// name.attr[...] = or name(, with nothing left open before.
	rest := s[n:]
	for len(rest) > 1 && rest[0] == '.' {
		rest = strings.TrimLeft(rest[1:], "_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
	}
	trimmed := strings.TrimLeft(rest, " \t")
	body := codeOf(line)
	return strings.HasPrefix(trimmed, "= ") || strings.HasPrefix(trimmed, "+= ") || strings.HasPrefix(trimmed, ": ") ||
		strings.HasPrefix(rest, "(") && !strings.HasSuffix(body, ",")
}

func isAlnum(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// codeOf returns a line without its indentation and, roughly, its comment.
func codeOf(line string) string {
	if i := strings.Index(line, " #"); i >= 0 {
		line = line[:i]
	}
	return strings.TrimSpace(line)
}

func isBlank(line string) bool {
	s := strings.TrimSpace(line)
	return s == "" || s[0] == '#'
}

func spaces(line string) string { return line[:len(line)-len(strings.TrimLeft(line, " \t\f"))] }

// indentOf returns how far a line is indented, with tabs to multiples of eight.
func indentOf(line string) int {
	n := 0
	for _, c := range spaces(line) {
		switch c {
		case '\t':
			n = (n/8 + 1) * 8
		case '\f':
			n = 0
		default:
			n++
		}
	}
	return n
}

func blank(lines []string, i int) {
	if strings.HasSuffix(lines[i], "\n") {
		lines[i] = "\n"
	} else {
		lines[i] = ""
	}
}
