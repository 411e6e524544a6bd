package cli

import (
	"errors"
	"io/fs"
	"strings"
	"time"

	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
)

// source makes an input of a source file: the .pyc that CPython 3.14 would write for
// it. It has no path, since nothing may be written there.
func (in *inputs) source(name string, st fs.FileInfo) input {
	return input{name: name, size: st.Size(), open: func(limit int64) ([]byte, error) {
		data, err := readFile(name, limit)
		if err != nil {
			return nil, err
		}
		return compiledSource(name, data, st.ModTime(), in.optimize)
	}}
}

// compiledSource returns the .pyc that CPython 3.14 would write for a source.
func compiledSource(name string, data []byte, modified time.Time, optimize int) ([]byte, error) {
	magic, _ := pyver.MagicOf(pyver.Py314)
	h := pyc.Header{
		Magic: magic.Number, Version: pyver.Py314,
		ModTime: uint32(modified.Unix()), SourceSize: uint32(len(data)),
	}
	var c pycCompiler
	out, _, err := c.Compile(h.Append(nil), name, data, optimize)
	return out, sourceError(err)
}

// sourceError turns an error of the compiler into one with the source line as
// advice.
func sourceError(err error) error {
	d, ok := errors.AsType[*source.Diagnostic](err)
	if !ok {
		return err
	}
	return hintf(errors.New("cannot be compiled"), "%s", strings.TrimSuffix(errorText(d), "\n"))
}
