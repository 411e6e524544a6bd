package cli

import (
	"time"

	"github.com/krait-py/krait/internal/importer"
	"github.com/krait-py/krait/internal/library"
	"github.com/krait-py/krait/internal/pylib"
)

// findLibrary returns the standard library; the first time it prepares the one that krait carries, which takes a second or two, and shows
// how far that is on a terminal. program is the path that krait has been called by, if that is a name of Python's.
func findLibrary(env *Env, program string) (*importer.Lib, error) {
	var bar *progress
	o := library.Options{
		Getenv: env.getenv, Program: program, Carried: pylib.Files, Version: pylib.Version,
		NewCompiler: newPycCompiler,
	}
	if isTerminal(env.Stderr) {
		bar = &progress{w: env.Stderr, width: terminalWidth(env.Stderr), total: 1, next: time.Now()}
		o.Step = func(done, all int, path string) {
			bar.total = all
			bar.step(done, "preparing "+path)
		}
		defer bar.clear()
	}
	return library.Find(o)
}
