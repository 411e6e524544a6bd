// Package atomicfile writes files whole or not at all.
package atomicfile

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
)

// Write replaces the file at path by one with the contents data, all at
// once: whoever opens it finds the old contents or the new ones, also when
// writing fails half way. A file that is there keeps its permissions, a
// symbolic link stays and what it leads to is replaced.
func Write(path string, data []byte) error {
	mode := fs.FileMode(0o666)
	st, err := os.Stat(path)
	switch {
	case err == nil && !st.Mode().IsRegular():
		// A device or a pipe cannot be replaced, only written to.
		return os.WriteFile(path, data, mode)
	case err == nil:
		mode = st.Mode().Perm()
		if path, err = filepath.EvalSymlinks(path); err != nil {
			return err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	return replace(path, data, mode, st != nil)
}

// Replace puts a regular file with the contents data and the permissions mode (as
// far as the umask lets it) at path, whatever was there, all at once.
func Replace(path string, data []byte, mode fs.FileMode) error {
	return replace(path, data, mode, false)
}

func replace(path string, data []byte, mode fs.FileMode, chmod bool) (err error) {
	// Not os.CreateTemp, whose files nobody else may read whatever the umask.
	f, err := createBeside(path, mode)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if chmod {
		// The umask does not bind a file that is replaced.
		if err := f.Chmod(mode); err != nil {
			return err
		}
	}
	if _, err := f.Write(data); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// createBeside creates a file with a new name in the directory of path.
func createBeside(path string, mode fs.FileMode) (*os.File, error) {
	for range 100 {
		name := filepath.Join(filepath.Dir(path), ".krait-"+strconv.FormatUint(rand.Uint64(), 36))
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
	return nil, errors.New("too many temporary files beside it")
}
