package host

import (
	"io"
	"sync/atomic"
	"time"
)

// Host is what an interpreter may use of the machine.
type Host struct {
	Files   Files
	Clock   Clock
	Env     Env
	Signals Signals
	// System is the rest of the operating system: processes, users, terminals. Nil: not granted.
	System *System
	// Network is the network. Nil: not granted.
	Network *Network

	waker atomic.Pointer[Waker]
}

// CWD stands for the current directory where functions take the descriptor of a directory.
const CWD = -100

// Files are the files of the machine. dir is the descriptor of the directory that a relative name starts from, or CWD.
type Files interface {
	Open(dir int, name string, flag int, perm uint32) (int, error)
	Close(fd int) error
	// Read returns 0 at the end of the file.
	Read(fd int, p []byte) (int, error)
	Write(fd int, p []byte) (int, error)
	Seek(fd int, offset int64, whence int) (int64, error)
	Truncate(fd int, size int64) error
	Sync(fd int) error
	Dup(fd int, inheritable bool) (int, error)
	Dup2(fd, to int, inheritable bool) error
	Pipe(flags int) (r, w int, err error)
	IsTerminal(fd int) bool

	Stat(dir int, name string, follow bool, st *Stat) error
	Fstat(fd int, st *Stat) error
	// ReadDir returns the entries of the directory name, or of the directory open as fd if name is empty, without . and ..
	ReadDir(name string, fd int) ([]DirEntry, error)
	Mkdir(dir int, name string, perm uint32) error
	// Remove unlinks a file, or removes a directory.
	Remove(dir int, name string, directory bool) error
	Rename(dir int, name string, newDir int, newName string) error
	Link(dir int, name string, newDir int, newName string, follow bool) error
	Symlink(target string, dir int, name string) error
	Readlink(dir int, name string) (string, error)
	Chmod(dir int, name string, mode uint32, follow bool) error
	// Chtimes sets times; nil sets them to now.
	Chtimes(dir int, name string, times *[2]Timespec, follow bool) error
	Access(dir int, name string, mode uint32, effective, follow bool) error
	Getwd() (string, error)
	Chdir(name string) error
	Fchdir(fd int) error
}

// Waiter is a Files that can wait for a descriptor and be woken meanwhile.
type Waiter interface {
	// Wait waits until fd can be read (or written), or until w wakes it: then woken is true.
	Wait(fd int, write bool, w *Waker) (woken bool, err error)
}

// Timespec is a time since 1970.
type Timespec struct {
	Sec, Nsec int64
}

// Nanos returns the time in nanoseconds.
func (s Timespec) Nanos() int64 { return s.Sec*1e9 + s.Nsec }

// Stat is what is known of a file.
type Stat struct {
	Mode                       uint32
	UID, GID                   uint32
	Ino, Dev, Nlink, Rdev      uint64
	Size, Blksize, Blocks      int64
	Atime, Mtime, Ctime, Birth Timespec
	Flags, Gen                 uint32
}

// The bits of a file's mode that say its type.
const (
	ModeType    = 0o170000
	ModeDir     = 0o040000
	ModeChar    = 0o020000
	ModeBlock   = 0o060000
	ModeRegular = 0o100000
	ModeFifo    = 0o010000
	ModeLink    = 0o120000
	ModeSocket  = 0o140000
)

// DirEntry is one entry of a directory.
type DirEntry struct {
	Name string
	Ino  uint64
	Type uint32 // bits of ModeType; 0: unknown
}

// Clock tells the time.
type Clock interface {
	// Now is the time since 1970 in nanoseconds.
	Now() int64
	// Monotonic never goes back.
	Monotonic() int64
	// CPU is the time that the process has used; of the calling thread alone if thread is set.
	CPU(thread bool) int64
	// Zone is the local time zone as the environment variable TZ has it; set is false if there is no such variable.
	Zone(tz string, set bool) *time.Location
}

// Env is the environment.
type Env interface {
	Environ() []string
	Set(name, value string) error
	Unset(name string) error
}

// Signals are those that the process gets.
type Signals interface {
	// Begin gives all signals the actions that a program has at its start.
	Begin()
	// Notify has f called, in some goroutine, whenever the signal comes.
	Notify(sig int, f func(sig int))
	// Default and Ignore set what the system does when the signal comes.
	Default(sig int)
	Ignore(sig int)
	// Ignored reports whether the signal was ignored when the process began.
	Ignored(sig int) bool
}

// Streams replaces descriptors 0, 1 and 2 of files. A stream that is nil or a file of the process with that very number stays as
// it is.
func Streams(files Files, stdin io.Reader, stdout, stderr io.Writer) Files {
	s := &streams{Files: files}
	type fder interface{ Fd() uintptr }
	if f, ok := stdin.(fder); stdin != nil && !(ok && f.Fd() == 0) {
		s.r = stdin
	}
	for i, w := range [...]io.Writer{stdout, stderr} {
		if f, ok := w.(fder); w != nil && !(ok && f.Fd() == uintptr(i+1)) {
			s.w[i] = w
		}
	}
	if s.r == nil && s.w[0] == nil && s.w[1] == nil {
		return files
	}
	return s
}

// streams is a Files some of whose first three descriptors are Go's readers and writers.
type streams struct {
	Files
	r io.Reader
	w [2]io.Writer
}

func (s *streams) has(fd int) bool {
	return fd == 0 && s.r != nil || fd == 1 && s.w[0] != nil || fd == 2 && s.w[1] != nil
}

func (s *streams) Read(fd int, p []byte) (int, error) {
	if fd != 0 || s.r == nil {
		return s.Files.Read(fd, p)
	}
	n, err := s.r.Read(p)
	if err == io.EOF || n > 0 {
		err = nil
	}
	return n, err
}

func (s *streams) Write(fd int, p []byte) (int, error) {
	if fd == 0 || !s.has(fd) {
		return s.Files.Write(fd, p)
	}
	return s.w[fd-1].Write(p)
}

func (s *streams) Close(fd int) error {
	if s.has(fd) {
		return nil
	}
	return s.Files.Close(fd)
}

func (s *streams) Seek(fd int, offset int64, whence int) (int64, error) {
	if s.has(fd) {
		return 0, errNotSeekable
	}
	return s.Files.Seek(fd, offset, whence)
}

func (s *streams) Fstat(fd int, st *Stat) error {
	if s.has(fd) {
		*st = Stat{Mode: ModeFifo | 0o600, Nlink: 1, Blksize: 4096}
		return nil
	}
	return s.Files.Fstat(fd, st)
}

func (s *streams) IsTerminal(fd int) bool { return !s.has(fd) && s.Files.IsTerminal(fd) }

// Fchmod hands on what the streams do not replace.
func (s *streams) Fchmod(fd int, mode uint32) error { return FdChmod(s.Files, fd, mode) }

// Futimes hands on what the streams do not replace.
func (s *streams) Futimes(fd int, times *[2]Timespec) error { return FdTimes(s.Files, fd, times) }

// Wait hands on what the streams do not replace.
func (s *streams) Wait(fd int, write bool, w *Waker) (bool, error) {
	if x, ok := s.Files.(Waiter); ok && !s.has(fd) {
		return x.Wait(fd, write, w)
	}
	return false, nil
}
