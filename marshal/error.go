package marshal

import (
	"errors"
	"fmt"
	"io"
)

// The classes of an [Error], for errors.Is.
var (
	// ErrTruncated says that the stream ends inside a value.
	ErrTruncated = io.ErrUnexpectedEOF
	// ErrDepth says that values nest deeper than [MaxDepth].
	ErrDepth = errors.New("nested too deep")
	// ErrType says that a value is not of the type its place asks for, or
	// that its type code is unknown to the version.
	ErrType = errors.New("wrong type")
	// ErrValue says that a length, number, text or reference makes no sense.
	ErrValue = errors.New("bad value")
)

// Error is what [Read] and [Write] report.
type Error struct {
	// Offset is where the value begins that the error is about, in bytes
	// from the start of the stream; for Write, of the output.
	Offset int
	// Found and Wanted say what is there and what should be.
	Found, Wanted string
	// Class is one of the Err variables of this package.
	Class error
}

// Error returns "marshal: offset 17: FOUND, WANTED".
func (e *Error) Error() string {
	return fmt.Sprintf("marshal: offset %d: %s, %s", e.Offset, e.Found, e.Wanted)
}

// Unwrap returns the class of the error.
func (e *Error) Unwrap() error { return e.Class }
