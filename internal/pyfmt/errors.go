package pyfmt

import "fmt"

// Kind names the class of an exception.
type Kind uint8

// The classes of exceptions that formatting and parsing raise.
const (
	ValueError Kind = iota
	OverflowError
	TypeError
	MemoryError
)

// Error is an exception to raise. Text is CPython's message.
type Error struct {
	Kind Kind
	Text string
}

func (e *Error) Error() string { return e.Text }

func valueErrorf(format string, args ...any) error {
	return &Error{ValueError, fmt.Sprintf(format, args...)}
}

// maxText is how long a text may become by padding and precision. CPython tries to
// have more; a Go program does not survive the try.
const maxText = 1 << 30

var errMemory error = &Error{MemoryError, ""}
