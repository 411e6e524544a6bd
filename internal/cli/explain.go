package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
)

// explain adds to an error of package pyc what the user can do about it. Bare
// says that the data looks like a code object without a header.
func (o *options) explain(err error, bare bool) error {
	if m, ok := errors.AsType[*pyc.MagicError](err); ok {
		return hintf(err, "if you know which Python made it: --python VERSION, such as --python %v\n%s",
			likely(m), acceptedMagics())
	}
	if n, ok := errors.AsType[*pyc.NotPycError](err); ok {
		switch {
		case strings.Contains(n.What, "Python source"):
			return hintf(err, "krait takes Python source by its name, NAME.py; to compile a file of another name: krait compile FILE")
		case strings.Contains(n.What, "zip"):
			return hintf(err, "krait takes archives by their name: .zip, .whl, .egg or .pyz")
		}
		if bare {
			return hintf(err, "it may be a code object without the header; if so, say which Python made it: --python VERSION")
		}
		return err
	}
	switch {
	case errors.Is(err, marshal.ErrTruncated):
		return hintf(err, "the file is cut off: was its download or compilation interrupted?")
	case errors.Is(err, pyc.ErrNotCode):
		return hintf(err, "a .pyc has a code object there; krait pyc shows what this file has")
	case o.python != 0:
		return hintf(err, "the file was read as one of Python %v because --python said so", pyver.Version(o.python))
	}
	return err
}

// likely returns the version that a file with a strange magic number most
// likely resembles.
func likely(m *pyc.MagicError) pyver.Version {
	if m.Known != nil && m.Known.Version.Known() {
		return m.Known.Version
	}
	for _, near := range m.Nearest {
		if near.Version.Known() {
			return near.Version
		}
	}
	return defaultPython
}

// acceptedMagics lists the versions that krait reads and the magic numbers of
// their releases.
func acceptedMagics() string {
	var b strings.Builder
	line := "krait reads"
	for i, v := range pyver.All() {
		m, _ := pyver.MagicOf(v)
		item := fmt.Sprintf(" %v (%d)", v, m.Number)
		if i < len(pyver.All())-1 {
			item += ","
		}
		if len(line)+len(item) > 76 {
			b.WriteString(line + "\n")
			line = " "
		}
		line += item
	}
	b.WriteString(line)
	return b.String()
}

// shownError is an error that a JSON document has told of already.
type shownError struct{ err error }

func (e *shownError) Error() string { return e.err.Error() }
func (e *shownError) Unwrap() error { return e.err }

// shown marks err, which may be nil, as told of.
func shown(err error) error {
	if err == nil {
		return nil
	}
	return &shownError{err}
}
