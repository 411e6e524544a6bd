package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"unicode"
	"unicode/utf8"
)

// The exit statuses of the command.
const (
	exitOK     = 0
	exitFailed = 1 // an input could not be read or shown; the others were
	exitUsage  = 2 // the command line is wrong; nothing was done
)

// usageError is an error of the command line rather than of an input.
type usageError struct {
	err error
	// command is the command to ask for help, as in "krait dis".
	command string
}

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func usagef(command, format string, args ...any) error {
	return &usageError{fmt.Errorf(format, args...), command}
}

// errFailed says that inputs failed and that each has been reported.
var errFailed = errors.New("some inputs failed")

// hintError is an error with advice for the user, which is printed on a line
// of its own.
type hintError struct {
	err  error
	hint string
}

func (e *hintError) Error() string { return e.err.Error() }
func (e *hintError) Unwrap() error { return e.err }

func hintf(err error, format string, args ...any) error {
	return &hintError{err, fmt.Sprintf(format, args...)}
}

// describe returns the text of err, without the name of the file that errors
// of package os repeat, and the advice that comes with it, line by line.
func describe(err error) (msg string, hints []string) {
	if h, ok := errors.AsType[*hintError](err); ok {
		for line := range strings.Lines(h.hint) {
			hints = append(hints, visible(strings.TrimSuffix(line, "\n")))
		}
	}
	if p, ok := err.(*fs.PathError); ok {
		err = p.Err
	}
	return visible(err.Error()), hints
}

// isPipeClosed reports whether err says that nobody reads our output any
// more, as when it is piped into head. That is no failure.
func isPipeClosed(err error) bool { return errors.Is(err, syscall.EPIPE) }

// visible returns s with the characters that could move a terminal's cursor
// or hide text written as escapes. Names of files and members of archives
// come from strangers.
func visible(s string) string {
	if utf8.ValidString(s) && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n <= 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case unicode.IsPrint(r):
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
		i += n
	}
	return b.String()
}
