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
func ReadFile(name string, size int64, buf []byte, alone bool) ([]byte, error) {
	return os.ReadFile(name)
}

// Read reads a file into buf, which grows if need be; it reports whether there is a
// regular file, and reads no other one.
func Read(name string, buf []byte, alone bool) (data []byte, info Info, regular bool, err error) {
	return statAndRead(name, buf, alone)
}

// found is nothing here: what Look has found is looked for again.
type found struct{}

// Look returns the type of the file at path, which Replace is to be called for next.
func (r *Replacer) Look(path string) (fs.FileMode, error) {
	st, err := os.Lstat(path)
	if err != nil {
		return 0, err
	}
	return st.Mode().Type(), nil
}

// LookedForNothing says what Look would find.
func (r *Replacer) LookedForNothing(path string) {}

// Forget forgets what Look has found: Replace is not to be called after all.
func (r *Replacer) Forget() {}

func currentUmask() fs.FileMode { return 0 }

// holds reports nothing: files are always written here.
func (r *Replacer) holds(path string, data []byte, perm fs.FileMode) (same, none bool) {
	return false, false
}
