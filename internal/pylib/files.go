//go:build !nostdlib && ((linux && (amd64 || arm64)) || (darwin && (amd64 || arm64)) || (windows && amd64))

package pylib

import (
	"io/fs"
	"runtime"
	_ "unsafe" // for go:linkname

	_ "github.com/kluctl/go-embed-python/python" // has the files
)

// data is the file system that go-embed-python unpacks interpreters from. The module exports only a function that unpacks all of it, which
// takes some seconds and 150 MB; hence this back door. The test fails should the variable ever be called otherwise.
//
//go:linkname data github.com/kluctl/go-embed-python/python/internal/data.Data
var data fs.FS

// Files returns the library: the directory that has os.py.
func Files() (fs.FS, error) {
	dir := "lib/python3.14"
	if runtime.GOOS == "windows" {
		dir = "Lib"
	}
	if data == nil {
		return nil, ErrNone
	}
	lib, err := fs.Sub(data, dir)
	if err != nil {
		return nil, err
	}
	if _, err := fs.Stat(lib, "os.py"); err != nil {
		return nil, ErrNone
	}
	return lib, nil
}
