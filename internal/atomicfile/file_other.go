//go:build !(linux || darwin || freebsd || netbsd || openbsd)

package atomicfile

import (
	"io/fs"
	"os"
)

// file is a file that is written.
type file struct{ f *os.File }

func create(name string, mode fs.FileMode) (file, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	return file{f}, err
}

func (f file) write(data []byte) error {
	_, err := f.f.Write(data)
	return err
}

func (f file) close() error { return f.f.Close() }

func rename(old, path string) error { return os.Rename(old, path) }

// ReadFile reads a file whose size should be size into buf, which grows if need be.
func ReadFile(name string, size int64, buf []byte) ([]byte, error) { return os.ReadFile(name) }

func currentUmask() fs.FileMode { return 0 }

// holds reports nothing: files are always written here.
func (r *Replacer) holds(path string, data []byte, perm fs.FileMode) (same, none bool) {
	return false, false
}
