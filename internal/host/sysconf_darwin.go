package host

import (
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

// Sysconf returns a limit of the system; -1 is none.
func (*System) Sysconf(name int) (int64, error) {
	switch name {
	case 1: // ARG_MAX
		return 1 << 20, nil
	case 3: // CLK_TCK
		return 100, nil
	case 5: // OPEN_MAX
		var r unix.Rlimit
		err := unix.Getrlimit(unix.RLIMIT_NOFILE, &r)
		return int64(r.Cur), err
	case 29: // PAGESIZE
		return int64(unix.Getpagesize()), nil
	case 56: // IOV_MAX
		return 1024, nil
	case 57, 58: // NPROCESSORS_CONF, NPROCESSORS_ONLN
		return int64(runtime.NumCPU()), nil
	}
	return 0, syscall.EINVAL
}

// Pathconf returns a limit of the file system of a file: one that is open, or the file of a name if fd is negative.
func (*System) Pathconf(path string, fd, name int) (int64, error) {
	switch name {
	case 4: // NAME_MAX
		return 255, nil
	case 5: // PATH_MAX
		return 1024, nil
	case 6: // PIPE_BUF
		return 512, nil
	}
	return 0, syscall.EINVAL
}

// Confstr returns a text about the system; ok is false if it has none.
func (*System) Confstr(name int) (s string, ok bool, err error) { return "", false, syscall.EINVAL }
