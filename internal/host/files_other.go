//go:build !linux && !darwin

package host

import (
	"io"
	"io/fs"
	"os"
	"runtime"
	"sync"
	"syscall"
	"time"
)

const windows = runtime.GOOS == "windows"

// osFiles numbers the files of package os.
type osFiles struct {
	mu    sync.Mutex
	files []*os.File
}

func newFiles() Files { return &osFiles{files: []*os.File{os.Stdin, os.Stdout, os.Stderr}} }

func (f *osFiles) get(fd int) (*os.File, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if fd < 0 || fd >= len(f.files) || f.files[fd] == nil {
		return nil, syscall.EBADF
	}
	return f.files[fd], nil
}

func (f *osFiles) add(x *os.File) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, y := range f.files {
		if y == nil {
			f.files[i] = x
			return i
		}
	}
	f.files = append(f.files, x)
	return len(f.files) - 1
}

// name refuses names relative to an open directory.
func relative(dir int, name string) error {
	if dir != CWD && !os.IsPathSeparator(append([]byte(name), 0)[0]) {
		return syscall.ENOSYS
	}
	return nil
}

func (f *osFiles) Open(dir int, name string, flag int, perm uint32) (int, error) {
	if err := relative(dir, name); err != nil {
		return -1, err
	}
	x, err := os.OpenFile(name, flag, fs.FileMode(perm&0o777))
	if err != nil {
		return -1, err
	}
	return f.add(x), nil
}

func (f *osFiles) Close(fd int) error {
	x, err := f.get(fd)
	if err != nil {
		return err
	}
	f.mu.Lock()
	f.files[fd] = nil
	f.mu.Unlock()
	return x.Close()
}

func (f *osFiles) Read(fd int, p []byte) (int, error) {
	x, err := f.get(fd)
	if err != nil {
		return 0, err
	}
	n, err := x.Read(p)
	if err == io.EOF {
		err = nil
	}
	return n, err
}

func (f *osFiles) Write(fd int, p []byte) (int, error) {
	x, err := f.get(fd)
	if err != nil {
		return 0, err
	}
	return x.Write(p)
}

func (f *osFiles) Seek(fd int, offset int64, whence int) (int64, error) {
	x, err := f.get(fd)
	if err != nil {
		return 0, err
	}
	return x.Seek(offset, whence)
}

func (f *osFiles) Truncate(fd int, size int64) error {
	x, err := f.get(fd)
	if err != nil {
		return err
	}
	return x.Truncate(size)
}

func (f *osFiles) Sync(fd int) error {
	x, err := f.get(fd)
	if err != nil {
		return err
	}
	return x.Sync()
}

func (f *osFiles) Dup(fd int, inheritable bool) (int, error) { return -1, syscall.ENOSYS }
func (f *osFiles) Dup2(fd, to int, inheritable bool) error   { return syscall.ENOSYS }
func (f *osFiles) Fchdir(fd int) error                       { return syscall.ENOSYS }
func (f *osFiles) Chdir(name string) error                   { return os.Chdir(name) }
func (f *osFiles) Getwd() (string, error)                    { return os.Getwd() }
func (f *osFiles) Mkdir(dir int, name string, perm uint32) error {
	return os.Mkdir(name, fs.FileMode(perm&0o777))
}

func (f *osFiles) Pipe(flags int) (r, w int, err error) {
	a, b, err := os.Pipe()
	if err != nil {
		return -1, -1, err
	}
	return f.add(a), f.add(b), nil
}

func (f *osFiles) IsTerminal(fd int) bool {
	x, err := f.get(fd)
	if err != nil {
		return false
	}
	st, err := x.Stat()
	return err == nil && st.Mode()&fs.ModeCharDevice != 0
}

func (f *osFiles) Stat(dir int, name string, follow bool, st *Stat) error {
	if err := relative(dir, name); err != nil {
		return err
	}
	stat := os.Stat
	if !follow {
		stat = os.Lstat
	}
	i, err := stat(name)
	if err != nil {
		return err
	}
	fillInfo(st, i)
	return nil
}

func (f *osFiles) Fstat(fd int, st *Stat) error {
	x, err := f.get(fd)
	if err != nil {
		return err
	}
	i, err := x.Stat()
	if err != nil {
		return err
	}
	fillInfo(st, i)
	return nil
}

func fillInfo(st *Stat, i fs.FileInfo) {
	ns := i.ModTime().UnixNano()
	t := Timespec{ns / 1e9, ns % 1e9}
	*st = Stat{Mode: modeBits(i.Mode()), Size: i.Size(), Nlink: 1, Atime: t, Mtime: t, Ctime: t, Blksize: 4096, Blocks: (i.Size() + 511) / 512}
}

func modeBits(m fs.FileMode) uint32 {
	b := uint32(m.Perm())
	switch {
	case m&fs.ModeDir != 0:
		b |= ModeDir
	case m&fs.ModeSymlink != 0:
		b |= ModeLink
	case m&fs.ModeNamedPipe != 0:
		b |= ModeFifo
	case m&fs.ModeSocket != 0:
		b |= ModeSocket
	case m&fs.ModeCharDevice != 0:
		b |= ModeChar
	case m&fs.ModeDevice != 0:
		b |= ModeBlock
	default:
		b |= ModeRegular
	}
	return b
}

func (f *osFiles) ReadDir(name string, fd int) ([]DirEntry, error) {
	var x *os.File
	var err error
	if name != "" {
		if x, err = os.Open(name); err != nil {
			return nil, err
		}
		defer x.Close()
	} else if x, err = f.get(fd); err != nil {
		return nil, err
	}
	entries, err := x.ReadDir(-1)
	if err != nil {
		return nil, err
	}
	out := make([]DirEntry, len(entries))
	for i, e := range entries {
		out[i] = DirEntry{Name: e.Name(), Type: modeBits(e.Type()) & ModeType}
	}
	return out, nil
}

func (f *osFiles) Remove(dir int, name string, directory bool) error {
	if err := relative(dir, name); err != nil {
		return err
	}
	if i, err := os.Lstat(name); err == nil && i.IsDir() != directory {
		if directory {
			return syscall.ENOTDIR
		}
		return syscall.EISDIR
	}
	return os.Remove(name)
}

func (f *osFiles) Rename(dir int, name string, newDir int, newName string) error {
	return os.Rename(name, newName)
}

func (f *osFiles) Link(dir int, name string, newDir int, newName string, follow bool) error {
	return os.Link(name, newName)
}

func (f *osFiles) Symlink(target string, dir int, name string) error { return os.Symlink(target, name) }

func (f *osFiles) Readlink(dir int, name string) (string, error) { return os.Readlink(name) }

func (f *osFiles) Chmod(dir int, name string, mode uint32, follow bool) error {
	return os.Chmod(name, fs.FileMode(mode&0o777))
}

func (f *osFiles) Chtimes(dir int, name string, times *[2]Timespec, follow bool) error {
	now := time.Now()
	a, m := now, now
	if times != nil {
		a, m = time.Unix(times[0].Sec, times[0].Nsec), time.Unix(times[1].Sec, times[1].Nsec)
	}
	return os.Chtimes(name, a, m)
}

func (f *osFiles) Access(dir int, name string, mode uint32, effective, follow bool) error {
	i, err := os.Stat(name)
	if err != nil {
		return err
	}
	if mode&2 != 0 && i.Mode().Perm()&0o200 == 0 {
		return syscall.EACCES
	}
	return nil
}

// Waker wakes one goroutine that waits in a system call: not on this platform.
type Waker struct{}

// NewWaker returns nil: there is no such thing here.
func NewWaker() *Waker { return nil }

// Wake does nothing.
func (w *Waker) Wake() {}

// Clear does nothing.
func (w *Waker) Clear() {}
