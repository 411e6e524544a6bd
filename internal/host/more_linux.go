package host

import (
	"strconv"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// getPriority undoes the shift that keeps the kernel's result positive.
func getPriority(which, who int) (int, error) {
	n, err := unix.Getpriority(which, who)
	return 20 - n, err
}

// Mknod makes a device or a pipe.
func (*System) Mknod(dir int, name string, mode uint32, dev int) error {
	return unix.Mknodat(at(dir), name, mode, dev)
}

// Statvfs is what is known of a file system.
type Statvfs struct {
	Bsize, Frsize, Blocks, Bfree, Bavail, Files, Ffree, Flag, Namemax int64
	Fsid                                                              uint64
}

// Statvfs asks about the file system of a file: of one that is open if fd is not negative.
func (*System) Statvfs(name string, fd int) (*Statvfs, error) {
	var s unix.Statfs_t
	var err error
	if fd >= 0 {
		err = unix.Fstatfs(fd, &s)
	} else {
		err = unix.Statfs(name, &s)
	}
	if err != nil {
		return nil, err
	}
	return &Statvfs{int64(s.Bsize), int64(s.Frsize), int64(s.Blocks), int64(s.Bfree), int64(s.Bavail), int64(s.Files), int64(s.Ffree), int64(s.Flags) &^ 0x20, int64(s.Namelen),
		uint64(uint32(s.Fsid.Val[0])) | uint64(uint32(s.Fsid.Val[1]))<<32}, nil
}

// Affinity returns the processors that a process may use.
func (*System) Affinity(pid int) ([]int, error) {
	var set unix.CPUSet
	if err := unix.SchedGetaffinity(pid, &set); err != nil {
		return nil, err
	}
	var out []int
	for i := range 1024 {
		if set.IsSet(i) {
			out = append(out, i)
		}
	}
	return out, nil
}

// SetAffinity changes them.
func (*System) SetAffinity(pid int, cpus []int) error {
	var set unix.CPUSet
	for _, c := range cpus {
		set.Set(c)
	}
	return unix.SchedSetaffinity(pid, &set)
}

// Sendfile copies from one descriptor to another; offset nil: from where it is.
func (*System) Sendfile(out, in int, offset *int64, n int) (int, error) {
	return unix.Sendfile(out, in, offset, n)
}

// Pty opens a pair of a terminal and its control.
func (*System) Pty() (control, terminal int, err error) {
	control, err = unix.Open("/dev/ptmx", unix.O_RDWR|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
	if err != nil {
		return -1, -1, err
	}
	if err = unix.IoctlSetPointerInt(control, unix.TIOCSPTLCK, 0); err == nil {
		var n uint32
		if n, err = unix.IoctlGetUint32(control, unix.TIOCGPTN); err == nil {
			terminal, err = unix.Open("/dev/pts/"+strconv.Itoa(int(n)), unix.O_RDWR|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
		}
	}
	if err != nil {
		unix.Close(control)
		return -1, -1, err
	}
	return control, terminal, nil
}

// Ids returns real, effective and saved ids of the user, or of the group.
func (*System) Ids(group bool) (r, e, s int) {
	if group {
		return unix.Getresgid()
	}
	return unix.Getresuid()
}

// Waitid waits for a child and tells about it.
func (*System) Waitid(kind, id, options int) (pid, uid, signal, status, code int, err error) {
	var info struct {
		signo, errno, code, pad int32
		pid                     int32
		uid                     uint32
		status                  int32
		rest                    [100]byte
	}
	_, _, e := unix.Syscall6(unix.SYS_WAITID, uintptr(kind), uintptr(id), uintptr(unsafe.Pointer(&info)), uintptr(options), 0, 0)
	if e != 0 {
		return 0, 0, 0, 0, 0, e
	}
	return int(info.pid), int(info.uid), int(info.signo), int(info.status), int(info.code), nil
}

// Eventfd makes a counter that can be waited for.
func (*System) Eventfd(n uint, flags int) (int, error) { return unix.Eventfd(n, flags) }

// MemfdCreate makes a file in memory.
func (*System) MemfdCreate(name string, flags int) (int, error) { return unix.MemfdCreate(name, flags) }

// PidfdOpen makes a descriptor of a process.
func (*System) PidfdOpen(pid, flags int) (int, error) { return unix.PidfdOpen(pid, flags) }

// Fallocate reserves room for a part of a file.
func (*System) Fallocate(fd int, off, n int64) error { return unix.Fallocate(fd, 0, off, n) }

// Fadvise says how a file will be used.
func (*System) Fadvise(fd int, off, n int64, advice int) error {
	return unix.Fadvise(fd, off, n, advice)
}

// Xattr reads an attribute of a file, or of one that is open; SetXattr, RemoveXattr and ListXattr do what they say.
func (*System) Xattr(name string, fd int, attr string, follow bool) ([]byte, error) {
	return grow(func(p []byte) (int, error) {
		switch {
		case fd >= 0:
			return unix.Fgetxattr(fd, attr, p)
		case follow:
			return unix.Getxattr(name, attr, p)
		}
		return unix.Lgetxattr(name, attr, p)
	})
}
func (*System) ListXattr(name string, fd int, follow bool) ([]byte, error) {
	return grow(func(p []byte) (int, error) {
		switch {
		case fd >= 0:
			return unix.Flistxattr(fd, p)
		case follow:
			return unix.Listxattr(name, p)
		}
		return unix.Llistxattr(name, p)
	})
}
func (*System) SetXattr(name string, fd int, attr string, value []byte, flags int, follow bool) error {
	switch {
	case fd >= 0:
		return unix.Fsetxattr(fd, attr, value, flags)
	case follow:
		return unix.Setxattr(name, attr, value, flags)
	}
	return unix.Lsetxattr(name, attr, value, flags)
}
func (*System) RemoveXattr(name string, fd int, attr string, follow bool) error {
	switch {
	case fd >= 0:
		return unix.Fremovexattr(fd, attr)
	case follow:
		return unix.Removexattr(name, attr)
	}
	return unix.Lremovexattr(name, attr)
}

// grow calls with more and more room.
func grow(call func(p []byte) (int, error)) ([]byte, error) {
	for size := 256; ; size *= 8 {
		p := make([]byte, size)
		n, err := call(p)
		if err == syscall.ERANGE && size < 1<<16 {
			continue
		}
		if err != nil {
			return nil, err
		}
		return p[:n], nil
	}
}
