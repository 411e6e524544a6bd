package assemble

import (
	_ "embed"
	"strings"
)

// startup has the strings that are interned in CPython before it compiles the first
// file, one a line and sorted, behind two lines of comment. Whether a string of a file is
// shared with those of its code objects depends on them, and so do reference flags in
// .pyc files.
//
//go:embed startup.txt
var startup string

// isStartup reports whether CPython has interned s before it compiles anything. It is
// asked for few strings, so the text is searched: to make a table of it would take longer
// than all that is asked of it.
func isStartup(s string) bool {
	if s == "" || s[0] == '#' || strings.IndexByte(s, '\n') >= 0 {
		return false
	}
	low, high := 0, len(startup) // both at the start of a line, or the end
	for low < high {
		// The line in the middle begins behind the line break before.
		start := low + strings.LastIndexByte(startup[low:low+(high-low)/2], '\n') + 1
		end := start + strings.IndexByte(startup[start:], '\n')
		line := startup[start:end]
		switch {
		case line == s:
			return true
		case line[0] == '#' || line < s:
			low = end + 1
		default:
			high = start
		}
	}
	return false
}
