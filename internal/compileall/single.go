package compileall

import (
	"io/fs"
	"os"
	"path/filepath"

	"github.com/krait-py/krait/internal/atomicfile"
)

// CachePath returns where the .pyc file of a source file belongs
// (importlib.util.cache_from_source). prefix is sys.pycache_prefix, "" for none.
func CachePath(path string, level int, prefix string) string { return cachePath(path, level, prefix) }

// AppendHeader appends the header of the .pyc file made of a source file with the
// contents data.
func AppendHeader(b, data []byte, st fs.FileInfo, m Mode) []byte {
	return (&fileCompiler{o: &Options{Mode: m}}).header(b, &input{Info: atomicfile.InfoOf(st), data: data})
}

// WritePyc writes a .pyc file for a source file as py_compile does: with the
// directory if there is none, whole or not at all, and only in the place of a
// regular file.
func WritePyc(path string, out []byte, st fs.FileInfo) error {
	if st, err := os.Lstat(path); err == nil {
		if err := checkTarget(path, st.Mode()); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	return atomicfile.Replace(path, out, (st.Mode().Perm()|0o200)&0o666)
}
