package normalise

import (
	"fmt"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
)

// Header says what becomes of a file's header.
type Header uint8

const (
	// KeepHeader leaves it as it is.
	KeepHeader Header = iota
	// UncheckedHash makes the file one that importing never compares with its
	// source (PEP 552, Python 3.7 and later). A hash that is there stays; a
	// file that had none gets zeros, since the source is not at hand.
	UncheckedHash
	// ZeroHeader sets everything behind the magic number to zero: a source of
	// unknown time and size. Importing takes such a file for stale if there is
	// a source, and uses it if there is none.
	ZeroHeader
)

// Options say what normalising includes.
type Options struct {
	Header Header
}

// File returns the normal form of a file as a new File; f stays as it is. It
// is an error if the file holds no code object, if [Value] fails, or if the
// version has no header of the kind that opts ask for.
func File(f *pyc.File, opts Options) (*pyc.File, error) {
	if f.Code == nil || f.Header == nil {
		return nil, fmt.Errorf("normalise: %w", pyc.ErrNotCode)
	}
	h := *f.Header
	switch opts.Header {
	case UncheckedHash:
		if h.Version < pyver.Py37 {
			return nil, fmt.Errorf("normalise: Python %v has no hash-based files, 3.7 and later have", h.Version)
		}
		h.Flags, h.ModTime, h.SourceSize = pyc.HashBased, 0, 0
	case ZeroHeader:
		h = pyc.Header{Magic: h.Magic, Version: h.Version}
	}
	v, err := Value(f.Code, h.Version)
	if err != nil {
		return nil, err
	}
	return &pyc.File{Header: &h, Code: v.(*code.Object), Value: v}, nil
}
