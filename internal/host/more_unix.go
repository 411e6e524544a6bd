//go:build linux || darwin

package host

import (
	"os"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Exec replaces the process by another program.
func (*System) Exec(path string, args, env []string) error { return syscall.Exec(path, args, env) }

// Abort ends the process as abort() does.
func (s *System) Abort() {
	systemDefault(int(syscall.SIGABRT))
	s.Kill(s.Pid(), int(syscall.SIGABRT))
	os.Exit(128 + int(syscall.SIGABRT))
}

// Priority and SetPriority are the niceness of processes.
func (*System) Priority(which, who int) (int, error) { return getPriority(which, who) }
func (*System) SetPriority(which, who, n int) error  { return unix.Setpriority(which, who, n) }

// Pread and Pwrite read and write at a place.
func (*System) Pread(fd int, p []byte, off int64) (int, error)  { return unix.Pread(fd, p, off) }
func (*System) Pwrite(fd int, p []byte, off int64) (int, error) { return unix.Pwrite(fd, p, off) }

// Chown changes the owner of a file; Fchown that of an open one.
func (*System) Chown(dir int, name string, uid, gid int, follow bool) error {
	flag := 0
	if !follow {
		flag = unix.AT_SYMLINK_NOFOLLOW
	}
	return unix.Fchownat(at(dir), name, uid, gid, flag)
}
func (*System) Fchown(fd, uid, gid int) error { return unix.Fchown(fd, uid, gid) }

// SyncAll writes everything to the disks.
func (*System) SyncAll() { unix.Sync() }

// ForegroundGroup is the process group in the foreground of a terminal, which SetForegroundGroup sets.
func (*System) ForegroundGroup(fd int) (int, error) {
	var n int32
	_, _, e := unix.Syscall(unix.SYS_IOCTL, uintptr(fd), unix.TIOCGPGRP, uintptr(unsafe.Pointer(&n)))
	return int(n), errnoError(e)
}
func (*System) SetForegroundGroup(fd, group int) error {
	n := int32(group)
	_, _, e := unix.Syscall(unix.SYS_IOCTL, uintptr(fd), unix.TIOCSPGRP, uintptr(unsafe.Pointer(&n)))
	return errnoError(e)
}
