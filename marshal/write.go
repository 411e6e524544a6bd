package marshal

import "github.com/krait-py/krait/code"

// Write is coming.
func Append(b []byte, v code.Value, opts Options) ([]byte, error) { return nil, &Error{0, "a value", "writing is not there yet", ErrType} }
func (s *Stream) Append(b []byte, opts Options) ([]byte, error) { return nil, &Error{0, "a value", "writing is not there yet", ErrType} }
