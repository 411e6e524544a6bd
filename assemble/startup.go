package assemble

import (
	_ "embed"
	"strings"
	"sync"
)

// startup has the strings that are interned in CPython before it compiles the first
// file, one a line. Whether a string of a file is shared with those of its code
// objects depends on them, and so do reference flags in .pyc files.
//
//go:embed startup.txt
var startup string

var startupSet = sync.OnceValue(func() map[string]bool {
	set := make(map[string]bool, 10_000)
	for line := range strings.Lines(startup) {
		if line = strings.TrimSuffix(line, "\n"); line != "" && line[0] != '#' {
			set[line] = true
		}
	}
	return set
})

// isStartup reports whether CPython has interned s before it compiles anything.
func isStartup(s string) bool { return startupSet()[s] }
