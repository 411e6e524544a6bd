// Package atomicfile writes files whole or not at all.
package atomicfile

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"time"
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

// A Replacer does what Replace does, for many files, many of which may hold what they
// are to hold: those are only given the time of writing. To compare costs a tenth
// of what a new file does, which needs an inode and a block, and two changes of the
// directory. A Replacer belongs to one goroutine.
type Replacer struct {
	alone bool
	umask fs.FileMode
	user  int // whose files are left as they are
	buf   []byte
	found found // what Look has found
}

// NewReplacer returns a Replacer. The umask must not change while it is used. alone says that no other goroutine
// has anything to do: then Go's scheduler need not hear of system calls, where that can be helped, and does not
// look for other work while they last.
func NewReplacer(alone bool) *Replacer {
	return &Replacer{alone: alone, umask: currentUmask(), user: os.Geteuid()}
}

// Replace replaces the file at path as the function Replace does.
func (r *Replacer) Replace(path string, data []byte, mode fs.FileMode) error {
	defer r.Forget()
	perm := mode &^ r.umask
	same, none := r.holds(path, data, perm)
	if same || none && createNew(path, data, perm, r.alone) {
		return nil
	}
	return Replace(path, data, mode)
}

// Info is what Read tells of a file besides its contents.
type Info struct {
	Size    int64
	Perm    fs.FileMode
	ModTime time.Time
}

// InfoOf returns what st says.
func InfoOf(st fs.FileInfo) Info { return Info{st.Size(), st.Mode().Perm(), st.ModTime()} }

// statAndRead is Read by the means that all systems have.
func statAndRead(name string, buf []byte, alone bool) (data []byte, info Info, regular bool, err error) {
	st, err := os.Stat(name)
	if err != nil || !st.Mode().IsRegular() {
		return buf, Info{}, false, err
	}
	data, err = ReadFile(name, st.Size(), buf, alone)
	return data, InfoOf(st), true, err
}

func replace(path string, data []byte, mode fs.FileMode, chmod bool) error {
	// Not os.CreateTemp, whose files nobody else may read whatever the umask.
	f, name, err := createBeside(path, mode)
	if err != nil {
		return err
	}
	if chmod {
		// The umask does not bind a file that is replaced.
		err = os.Chmod(name, mode)
	}
	if err == nil {
		err = f.write(data)
	}
	if closeErr := f.close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = rename(name, path)
	}
	if err != nil {
		os.Remove(name)
	}
	return err
}

// createBeside creates a file with a new name in the directory of path.
func createBeside(path string, mode fs.FileMode) (file, string, error) {
	for range 100 {
		name := filepath.Join(filepath.Dir(path), ".krait-"+strconv.FormatUint(rand.Uint64(), 36))
		f, err := create(name, mode)
		if !errors.Is(err, fs.ErrExist) {
			return f, name, err
		}
	}
	return file{}, "", errors.New("too many temporary files beside it")
}
