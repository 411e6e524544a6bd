package conformance

import (
	"bytes"
	"fmt"
	"strings"
)

// MaskAddresses returns text with the hexadecimal digits of every
// " at 0x7f12, file" replaced by a single 0.
func MaskAddresses(text []byte) []byte {
	const before, after = " at 0x", ", file"
	out := make([]byte, 0, len(text))
	for {
		i := bytes.Index(text, []byte(before))
		if i < 0 {
			return append(out, text...)
		}
		i += len(before)
		out = append(out, text[:i]...)
		text = text[i:]
		n := 0
		for n < len(text) && isHex(text[n]) {
			n++
		}
		if n > 0 && bytes.HasPrefix(text[n:], []byte(after)) {
			out = append(out, '0')
			text = text[n:]
		}
	}
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// Difference returns the first lines where got is not want, in the form of a
// unified diff with some lines of context, or "" when the texts are equal.
func Difference(want, got string) string {
	if want == got {
		return ""
	}
	const context, most = 3, 3
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	at := 0
	for at < len(w) && at < len(g) && w[at] == g[at] {
		at++
	}
	// How many lines differ before the texts agree again, if they soon do.
	n := 1
	for n < most && at+n < len(w) && at+n < len(g) && w[at+n] != g[at+n] {
		n++
	}
	var b strings.Builder
	fmt.Fprintf(&b, "@@ line %d (want %d lines, got %d) @@\n", at+1, len(w)-1, len(g)-1)
	print := func(mark string, lines []string, from, to int) {
		for _, line := range lines[max(from, 0):max(0, min(to, len(lines)))] {
			fmt.Fprintf(&b, "%s%s\n", mark, shorten(line, at, w, g))
		}
	}
	print(" ", w, at-context, at)
	print("-", w, at, at+n)
	print("+", g, at, at+n)
	return b.String()
}

// shorten cuts long lines, keeping what surrounds the place where the first
// two lines that are not equal, w[at] and g[at], begin to differ.
func shorten(line string, at int, w, g []string) string {
	const most = 240
	if len(line) <= most {
		return line
	}
	first := 0
	if at < len(w) && at < len(g) {
		for first < len(w[at]) && first < len(g[at]) && w[at][first] == g[at][first] {
			first++
		}
	}
	from := min(max(first-60, 0), len(line)-most/2)
	to := min(from+most, len(line))
	return fmt.Sprintf("[%d bytes before]%q[%d behind]", from, line[from:to], len(line)-to)
}

// DifferenceBytes returns where krait's bytes are not want, or "".
func DifferenceBytes(want string, got Result) string {
	switch {
	case got.Err != nil:
		return got.Err.Error()
	case got.Text == want:
		return ""
	}
	at := 0
	for at < len(want) && at < len(got.Text) && want[at] == got.Text[at] {
		at++
	}
	around := func(s string) string { return s[max(0, at-16):min(len(s), at+16)] }
	return fmt.Sprintf("offset %d of %d (got %d bytes):\n-%q\n+%q\n", at, len(want), len(got.Text), around(want), around(got.Text))
}
