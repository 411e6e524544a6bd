package pyc

import (
	"errors"
	"fmt"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/pyver"
)

// Options say how to take a file.
type Options struct {
	// Version reads the file as that version's whatever its magic number
	// says, layout of the header included. Zero believes the number.
	Version pyver.Version
}

// File is a .pyc file.
type File struct {
	Header *Header
	// Code is the code object, nil if the file holds something else.
	Code *code.Object
	// Value is what the file holds, which is Code when that is not nil.
	Value code.Value
	// Trailing is what follows the value, nothing in a sane file.
	Trailing []byte

	stream *marshal.Stream
}

// ErrNotCode says that a file holds a value other than a code object.
var ErrNotCode = errors.New("not a code object")

// Read reads a file. Errors are those of [ReadHeader], a [*marshal.Error] whose
// offset counts from the start of the file, or one that wraps [ErrNotCode]. In
// the last case the File is returned with its Value all the same.
func Read(data []byte, opts Options) (*File, error) {
	h, err := ReadHeader(data, opts)
	if err != nil {
		return nil, err
	}
	body := data[h.Len():]
	s, err := marshal.ReadStream(body, marshal.Options{Version: h.Version})
	if err != nil {
		var e *marshal.Error
		if errors.As(err, &e) {
			e.Offset += h.Len()
		}
		return nil, err
	}
	f := &File{Header: h, Value: s.Value, stream: s}
	if s.Size < len(body) {
		f.Trailing = append([]byte(nil), body[s.Size:]...)
	}
	o, ok := s.Value.(*code.Object)
	if !ok {
		return f, fmt.Errorf("pyc: offset %d: the file holds a value of type %s: %w", h.Len(), code.TypeName(s.Value, h.Version), ErrNotCode)
	}
	f.Code = o
	return f, nil
}

// Bytes returns the file. What [Read] read and nobody changed comes out as it
// was. Code is written if it is not nil, Value otherwise.
func (f *File) Bytes() ([]byte, error) {
	v := f.Value
	if f.Code != nil {
		v = f.Code
	}
	opts := marshal.Options{Version: f.Header.Version}
	b := f.Header.Append(nil)
	var err error
	if f.stream != nil && f.stream.Value == v {
		b, err = f.stream.Append(b, opts)
	} else {
		b, err = marshal.Append(b, v, opts)
	}
	if err != nil {
		return nil, err
	}
	return append(b, f.Trailing...), nil
}
