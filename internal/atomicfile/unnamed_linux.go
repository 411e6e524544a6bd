package atomicfile

import (
	"io/fs"
	"path/filepath"
	"strconv"
	"sync/atomic"

	"golang.org/x/sys/unix"
)

// byDescriptor is false when the kernel is known to give names to open files only
// for processes that may read everything, as old ones do.
var byDescriptor atomic.Bool

func init() { byDescriptor.Store(true) }

// createNew creates a file at path, where there is none, with the contents data and
// the permissions perm, and gives it its name when it is complete. The directory is
// locked for that name only, and not while the file is made, as it would be for one
// that is renamed later; and nothing is ever left behind. It returns false if that
// did not work, for whatever reason.
func createNew(path string, data []byte, perm fs.FileMode, alone bool) bool {
	f, err := open(filepath.Dir(path), unix.O_WRONLY|unix.O_TMPFILE, perm, alone)
	if err != nil {
		return false
	}
	err = f.write(data)
	if err == nil {
		err = f.link(path)
	}
	return f.close() == nil && err == nil
}

// link gives a file without a name one.
func (f file) link(path string) error {
	if byDescriptor.Load() {
		err := linkFile(f.fd, path, f.alone)
		if err != unix.ENOENT {
			return err
		}
		byDescriptor.Store(false)
	}
	return unix.Linkat(unix.AT_FDCWD, "/proc/self/fd/"+strconv.Itoa(f.fd), unix.AT_FDCWD, path, unix.AT_SYMLINK_FOLLOW)
}
