package mutant

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/krait-py/krait/code"
)

// Where mutants come from: real programs.

// Sources finds testdata/py from anywhere in the repository.
func Sources() string {
	for dir := "."; ; dir = filepath.Join(dir, "..") {
		p := filepath.Join(dir, "testdata", "py")
		if _, err := os.Stat(p); err == nil || len(dir) > 30 {
			return p
		}
	}
}

// Callable reports whether a test can call o: it is a function of at most size bytes of code, none of its
// variables is of the kind only compilers know of.
func Callable(o *code.Object, size int) bool {
	if o.Flags&code.Optimized == 0 || o.Flags&code.NewLocals == 0 || len(o.Code.S) > size {
		return false
	}
	for _, names := range [][]string{o.Locals(), o.Frees()} {
		for _, n := range names {
			if strings.HasPrefix(n, ".") && n != ".format" {
				return false
			}
		}
	}
	return true
}
