package host

import (
	"os"

	"golang.org/x/sys/unix"
)

const unixNow = -1 // UTIME_NOW

func at(dir int) int {
	if dir == CWD {
		return unix.AT_FDCWD
	}
	return dir
}

func isTerminal(fd int) bool {
	_, err := unix.IoctlGetTermios(fd, unix.TIOCGETA)
	return err == nil
}

func (unixFiles) Dup2(fd, to int, inheritable bool) error {
	if err := unix.Dup2(fd, to); err != nil || fd == to {
		return err
	}
	if !inheritable {
		unix.CloseOnExec(to)
	}
	return nil
}

func (unixFiles) Pipe(flags int) (r, w int, err error) {
	var p [2]int
	if err := unix.Pipe(p[:]); err != nil {
		return -1, -1, err
	}
	for _, fd := range p {
		if flags&unix.O_CLOEXEC != 0 {
			unix.CloseOnExec(fd)
		}
		if flags&unix.O_NONBLOCK != 0 {
			unix.SetNonblock(fd, true)
		}
	}
	return p[0], p[1], nil
}

func (unixFiles) Stat(dir int, name string, follow bool, st *Stat) error {
	flag := 0
	if !follow {
		flag = unix.AT_SYMLINK_NOFOLLOW
	}
	var s unix.Stat_t
	if err := unix.Fstatat(at(dir), name, &s, flag); err != nil {
		return err
	}
	fillStat(st, &s)
	return nil
}

func fillStat(st *Stat, s *unix.Stat_t) {
	*st = Stat{
		Mode: uint32(s.Mode), UID: s.Uid, GID: s.Gid, Ino: s.Ino, Dev: uint64(s.Dev), Nlink: uint64(s.Nlink), Rdev: uint64(s.Rdev),
		Size: s.Size, Blksize: int64(s.Blksize), Blocks: s.Blocks,
		Atime: Timespec{s.Atim.Sec, s.Atim.Nsec}, Mtime: Timespec{s.Mtim.Sec, s.Mtim.Nsec},
		Ctime: Timespec{s.Ctim.Sec, s.Ctim.Nsec}, Birth: Timespec{s.Btim.Sec, s.Btim.Nsec}, Flags: s.Flags, Gen: s.Gen,
	}
}

func (f unixFiles) ReadDir(name string, fd int) ([]DirEntry, error) {
	var err error
	if name == "" {
		if fd, err = f.Dup(fd, false); err != nil {
			return nil, err
		}
		unix.Seek(fd, 0, 0)
	} else if fd, err = f.Open(CWD, name, unix.O_RDONLY|unix.O_DIRECTORY, 0); err != nil {
		return nil, err
	}
	d := os.NewFile(uintptr(fd), name)
	defer d.Close()
	names, err := d.Readdirnames(-1)
	if err != nil {
		return nil, err
	}
	out := make([]DirEntry, 0, len(names))
	for _, n := range names {
		e := DirEntry{Name: n}
		var st Stat
		if f.Stat(fd, n, false, &st) == nil {
			e.Ino, e.Type = st.Ino, st.Mode&ModeType
		}
		out = append(out, e)
	}
	return out, nil
}

// Futimes changes the times of an open file.
func (unixFiles) Futimes(fd int, times *[2]Timespec) error {
	var tv []unix.Timeval
	if times == nil {
		var now unix.Timeval
		if err := unix.Gettimeofday(&now); err != nil {
			return err
		}
		tv = []unix.Timeval{now, now}
	} else {
		tv = []unix.Timeval{unix.NsecToTimeval(times[0].Nanos()), unix.NsecToTimeval(times[1].Nanos())}
	}
	return unix.Futimes(fd, tv)
}
