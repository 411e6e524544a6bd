//go:build linux || darwin || freebsd || netbsd || openbsd

package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// file is a file that is written. An os.File would be shown to the poller and get a
// finalizer, which for small files costs as much as to write them.
type file struct {
	fd    int
	name  string
	alone bool
}

// again repeats what a signal interrupted.
func again(call func() error) error {
	for {
		if err := call(); err != syscall.EINTR {
			return err
		}
	}
}

func failed(op, path string, err error) error {
	if err == nil {
		return nil
	}
	return &fs.PathError{Op: op, Path: path, Err: err}
}

// open opens a file that programs which are started do not get.
func open(name string, flags int, mode fs.FileMode, alone bool) (file, error) {
	f := file{-1, name, alone}
	err := again(func() (err error) {
		f.fd, err = openFile(name, flags|syscall.O_CLOEXEC, uint32(mode.Perm()), alone)
		return err
	})
	return f, failed("open", name, err)
}

func create(name string, mode fs.FileMode) (file, error) {
	return open(name, syscall.O_WRONLY|syscall.O_CREAT|syscall.O_EXCL, mode, false)
}

func (f file) write(data []byte) error {
	for len(data) > 0 {
		n, err := writeFile(f.fd, data, f.alone)
		switch {
		case err == syscall.EINTR:
		case err != nil:
			return failed("write", f.name, err)
		default:
			data = data[n:]
		}
	}
	return nil
}

func (f file) close() error { return failed("close", f.name, closeFile(f.fd, f.alone)) }

// rename is not os.Rename, which looks at the target first.
func rename(old, path string) error {
	if err := again(func() error { return syscall.Rename(old, path) }); err != nil {
		return &os.LinkError{Op: "rename", Old: old, New: path, Err: err}
	}
	return nil
}

// ReadFile reads a file whose size should be size into buf, which grows if need be.
// For alone see NewReplacer.
func ReadFile(name string, size int64, buf []byte, alone bool) ([]byte, error) {
	f, err := open(name, syscall.O_RDONLY, 0, alone)
	if err != nil {
		return buf[:0], err
	}
	buf, err = f.read(size, buf)
	f.close()
	return buf, err
}

// read reads all of a file.
func (f file) read(size int64, buf []byte) ([]byte, error) {
	// One byte more than there should be tells that there is no more.
	if need := size + 1; int64(cap(buf)) < need && need < 1<<30 {
		buf = make([]byte, 0, need+need/4)
	}
	for buf = buf[:0]; ; {
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
		n, err := readFile(f.fd, buf[len(buf):cap(buf)], f.alone)
		switch {
		case err == syscall.EINTR:
		case err != nil:
			return buf, failed("read", f.name, err)
		case n == 0:
			return buf, nil
		default:
			// To ask for more than there should be and to get just that says that there is
			// no more.
			if buf = buf[:len(buf)+n]; int64(len(buf)) == size && len(buf) < cap(buf) {
				return buf, nil
			}
		}
	}
}

// currentUmask returns the umask of the process, which can be asked for only by
// setting another.
func currentUmask() fs.FileMode {
	mask := syscall.Umask(0o77)
	syscall.Umask(mask)
	return fs.FileMode(mask) & fs.ModePerm
}

// found is what Look has found at a path.
type found struct {
	path string
	none bool // there is nothing
	fd   int  // of a regular file, -1 if it is none
	st   syscall.Stat_t
}

// Look returns the type of the file at path, which Replace is to be called for next. It
// opens a regular one, which Replace does not have to find again then.
func (r *Replacer) Look(path string) (fs.FileMode, error) {
	r.Forget()
	r.found.path, r.found.fd = path, -1
	f, err := open(path, syscall.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0, r.alone)
	switch {
	case err == nil:
		if syscall.Fstat(f.fd, &r.found.st) == nil && r.found.st.Mode&syscall.S_IFMT == syscall.S_IFREG {
			r.found.fd = f.fd
			return 0, nil
		}
		syscall.Close(f.fd)
	case errors.Is(err, fs.ErrNotExist):
		r.found.none = true
		return 0, err
	}
	st, err := os.Lstat(path)
	if err != nil {
		return 0, err
	}
	return st.Mode().Type(), nil
}

// LookedForNothing says that there is nothing at path, as Look would find. If that is wrong, Replace takes longer.
func (r *Replacer) LookedForNothing(path string) {
	r.Forget()
	r.found.path, r.found.none = path, true
}

// Forget forgets what Look has found: Replace is not to be called after all.
func (r *Replacer) Forget() {
	if r.found.path != "" && r.found.fd >= 0 {
		syscall.Close(r.found.fd)
	}
	r.found.path, r.found.none, r.found.fd = "", false, -1
}

// holds reports whether the file at path is what Replace would put there, and gives
// it the present time then; and whether there is none.
func (r *Replacer) holds(path string, data []byte, perm fs.FileMode) (same, none bool) {
	if r.found.path != path {
		if _, err := r.Look(path); err != nil {
			return false, errors.Is(err, fs.ErrNotExist)
		}
	}
	f, st := file{r.found.fd, path, r.alone}, &r.found.st
	if r.found.none || f.fd < 0 {
		return false, r.found.none
	}
	// Other names of the file must keep what they name; who owns it is who writes.
	if fs.FileMode(st.Mode&0o7777) != perm || st.Nlink != 1 || int(st.Uid) != r.user || st.Size != int64(len(data)) {
		return false, false
	}
	var err error
	if r.buf, err = f.read(st.Size, r.buf); err != nil || string(r.buf) != string(data) {
		return false, false
	}
	return f.touch() == nil, false
}
