package cli

import (
	"io"
	"os"

	"golang.org/x/term"
)

// Env is what the command uses of the process around it.
type Env struct {
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	// Getenv returns an environment variable; nil means that none is set.
	Getenv func(string) string
	// Ends says that the process ends with the command: what that sets for the process need not be undone.
	Ends bool
}

// OSEnv returns the Env of this process.
func OSEnv() Env {
	return Env{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Ends: true}
}

func (e *Env) getenv(name string) string {
	if e.Getenv == nil {
		return ""
	}
	return e.Getenv(name)
}

// isTerminal reports whether s is an open terminal. A character device is not
// enough: /dev/null is one too.
func isTerminal(s any) bool {
	f, ok := s.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// terminalWidth returns the columns of the terminal s, or 80.
func terminalWidth(s any) int {
	if f, ok := s.(*os.File); ok {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 0 {
			return w
		}
	}
	return 80
}
