package host

import (
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

// systemLimits are the values of sysconf that are the same on all machines, by number. Numbers that are missing and not above
// lastLimit have no limit.
var systemLimits = map[int]int64{
	2: 100, 3: 65536, 5: 16, 7: 1, 8: 1, 9: 200809, 10: 200809, 11: 200809, 12: 200809, 13: 200809, 14: 200809, 15: 200809, 16: 200809, 17: 200809,
	18: 200809, 19: 200809, 20: 200809, 21: 200809, 22: 200809, 25: 20, 26: 2147483647, 28: 32768, 29: 200809, 31: 32, 33: 2147483647, 36: 99, 37: 2048,
	38: 99, 39: 1000, 40: 255, 42: 32, 43: 2048, 44: 32767, 45: 2048, 46: 200809, 47: 200809, 48: 200809, 51: 200809, 52: 200809, 60: 1024, 67: 200809,
	68: 200809, 69: 1024, 70: 1024, 71: 256, 72: 32, 73: 4, 74: 1024, 75: 16384, 77: 200809, 78: 200809, 79: 200809, 80: 200809, 81: 200809, 82: 200809,
	87: 2147483647, 88: 8192, 89: 700, 90: 4, 91: 1, 93: 1, 94: 1, 95: 200809, 96: 200809, 98: 1, 99: 1, 100: 1, 101: 8, 102: 127, 103: -128,
	104: 2147483647, 105: -2147483648, 106: 64, 107: 32, 108: 16, 109: 20, 110: 32767, 111: 127, 112: -128, 113: 32767, 114: -32768, 115: 255,
	116: 4294967295, 118: 65535, 119: 4096, 120: 2048, 121: 2147483647, 122: 2147483647, 123: 2147483647, 124: 2147483647, 127: 1, 129: 1, 130: 1,
	131: 1,
}

const lastLimit = 248

// Sysconf returns a limit of the system; -1 is none.
func (*System) Sysconf(name int) (int64, error) {
	if n, ok := systemLimits[name]; ok {
		return n, nil
	}
	limit := func(resource int) (int64, error) {
		var r unix.Rlimit
		if err := unix.Getrlimit(resource, &r); err != nil {
			return 0, err
		}
		if r.Cur > 1<<62 {
			return -1, nil
		}
		return int64(r.Cur), nil
	}
	switch name {
	case 0: // ARG_MAX: a quarter of the stack
		n, err := limit(unix.RLIMIT_STACK)
		return max(n/4, 131072), err
	case 1:
		return limit(unix.RLIMIT_NPROC)
	case 4:
		return limit(unix.RLIMIT_NOFILE)
	case 34:
		return limit(rlimitSigpending)
	case 30:
		return int64(unix.Getpagesize()), nil
	case 83, 84:
		return int64(runtime.NumCPU()), nil
	case 85, 86:
		var info unix.Sysinfo_t
		if err := unix.Sysinfo(&info); err != nil {
			return 0, err
		}
		n := info.Totalram
		if name == 86 {
			n = info.Freeram
		}
		return int64(uint64(n) * uint64(info.Unit) / uint64(unix.Getpagesize())), nil
	}
	if name < 0 || name > lastLimit || name == 41 {
		return 0, syscall.EINVAL
	}
	return -1, nil
}

const rlimitSigpending = 11

// Pathconf returns a limit of the file system of a file: one that is open, or the file of a name if fd is negative.
func (*System) Pathconf(path string, fd, name int) (int64, error) {
	var st unix.Statfs_t
	var err error
	if fd >= 0 {
		err = unix.Fstatfs(fd, &st)
	} else {
		err = unix.Statfs(path, &st)
	}
	if err != nil {
		return 0, err
	}
	switch name {
	case 0: // LINK_MAX
		return 65000, nil
	case 1, 2, 3: // MAX_CANON, MAX_INPUT, NAME_MAX
		if name == 3 && st.Namelen > 0 {
			return st.Namelen, nil
		}
		return 255, nil
	case 4, 5, 15, 16, 17, 18: // PATH_MAX, PIPE_BUF, sizes of transfers
		if name == 15 {
			return -1, nil
		}
		if name < 6 {
			return 4096, nil
		}
		return int64(st.Bsize), nil
	case 6, 7: // CHOWN_RESTRICTED, NO_TRUNC
		return 1, nil
	case 8: // VDISABLE
		return 0, nil
	case 13: // FILESIZEBITS
		return 64, nil
	}
	if name < 0 || name > 20 {
		return 0, syscall.EINVAL
	}
	return -1, nil
}

// Confstr returns a text about the system; ok is false if it has none, for there is no C library.
func (*System) Confstr(name int) (s string, ok bool, err error) {
	switch {
	case name == 0:
		return "/bin:/usr/bin", true, nil
	case name == 2, name == 3:
		return "", false, nil
	case name == 1004, name == 1007:
		return "-D_LARGEFILE64_SOURCE", true, nil
	case name == 1108, name == 1109:
		return "-m64", true, nil
	case name >= 1000 && name <= 1007, name >= 1100 && name <= 1151:
		return "", true, nil
	}
	return "", false, syscall.EINVAL
}
