package host

import (
	"encoding/binary"
	"unsafe"

	"golang.org/x/sys/unix"
)

// unixNow is what stands for the present in utimensat's nanoseconds.
const unixNow = unix.UTIME_NOW

func at(dir int) int {
	if dir == CWD {
		return unix.AT_FDCWD
	}
	return dir
}

func isTerminal(fd int) bool {
	_, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	return err == nil
}

func (unixFiles) Dup2(fd, to int, inheritable bool) error {
	if fd == to {
		_, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0)
		return err
	}
	flags := unix.O_CLOEXEC
	if inheritable {
		flags = 0
	}
	return unix.Dup3(fd, to, flags)
}

func (unixFiles) Pipe(flags int) (r, w int, err error) {
	var p [2]int
	err = unix.Pipe2(p[:], flags)
	return p[0], p[1], err
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
		Mode: s.Mode, UID: s.Uid, GID: s.Gid, Ino: s.Ino, Dev: uint64(s.Dev), Nlink: uint64(s.Nlink), Rdev: uint64(s.Rdev),
		Size: s.Size, Blksize: int64(s.Blksize), Blocks: s.Blocks,
		Atime: Timespec{int64(s.Atim.Sec), int64(s.Atim.Nsec)}, Mtime: Timespec{int64(s.Mtim.Sec), int64(s.Mtim.Nsec)},
		Ctime: Timespec{int64(s.Ctim.Sec), int64(s.Ctim.Nsec)},
	}
}

// direntType has the bits of a file's mode for the d_type of a directory entry.
func direntType(d byte) uint32 { return uint32(d) << 12 & ModeType }

func (f unixFiles) ReadDir(name string, fd int) ([]DirEntry, error) {
	var err error
	if name != "" {
		if fd, err = f.Open(CWD, name, unix.O_RDONLY|unix.O_DIRECTORY, 0); err != nil {
			return nil, err
		}
	} else {
		if fd, err = f.Dup(fd, false); err != nil {
			return nil, err
		}
		unix.Seek(fd, 0, 0)
	}
	defer unix.Close(fd)
	var out []DirEntry
	buf := make([]byte, 32<<10)
	for {
		n, err := unix.Getdents(fd, buf)
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return nil, err
		}
		if n <= 0 {
			return out, nil
		}
		for b := buf[:n]; len(b) >= 19; {
			// struct linux_dirent64: inode, offset, length of the record, type, name
			size := int(binary.NativeEndian.Uint16(b[16:]))
			if size < 19 || size > len(b) {
				break
			}
			e := b[19:size]
			for i, c := range e {
				if c == 0 {
					e = e[:i]
					break
				}
			}
			if s := string(e); s != "." && s != ".." {
				out = append(out, DirEntry{s, binary.NativeEndian.Uint64(b), direntType(b[18])})
			}
			b = b[size:]
		}
	}
}

// Futimes changes the times of an open file: utimensat without a name.
func (unixFiles) Futimes(fd int, times *[2]Timespec) error {
	var ts *[2]unix.Timespec
	if times != nil {
		ts = &[2]unix.Timespec{unixTime(times[0]), unixTime(times[1])}
	}
	if _, _, e := unix.Syscall6(unix.SYS_UTIMENSAT, uintptr(fd), 0, uintptr(unsafe.Pointer(ts)), 0, 0, 0); e != 0 {
		return e
	}
	return nil
}
