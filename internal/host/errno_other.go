//go:build !unix

package host

import "syscall"

// windowsCodes has the error numbers of the C library for those that Windows reports.
var windowsCodes = map[int]int{2: 2, 3: 2, 4: 24, 5: 13, 6: 9, 8: 12, 15: 2, 16: 13, 17: 18, 18: 2, 19: 13, 32: 13, 33: 13, 80: 17, 87: 22, 109: 32, 112: 28,
	123: 22, 145: 41, 158: 13, 161: 2, 183: 17, 206: 2, 232: 32, 267: 20}

func errnoCode(e syscall.Errno) int {
	if n, ok := windowsCodes[int(e)]; ok && windows {
		return n
	}
	for _, x := range inventedErrors {
		if x.errno == e {
			return x.code
		}
	}
	return int(e)
}

func platformText(code int) string { return linuxText(code) }

func platformErrnos(f func(name string, code int)) {
	f("EWOULDBLOCK", 11)
	f("EDEADLK", 35)
	f("EOPNOTSUPP", 95)
	for _, e := range linuxErrors {
		f(e.name, e.code)
	}
}

// inventedErrors are numbers that package syscall makes up where the platform has none.
var inventedErrors = []struct {
	errno syscall.Errno
	code  int
}{
	{syscall.EPERM, 1}, {syscall.ENOENT, 2}, {syscall.EINTR, 4}, {syscall.EIO, 5}, {syscall.EBADF, 9}, {syscall.EAGAIN, 11}, {syscall.ENOMEM, 12},
	{syscall.EACCES, 13}, {syscall.EBUSY, 16}, {syscall.EEXIST, 17}, {syscall.EXDEV, 18}, {syscall.ENOTDIR, 20}, {syscall.EISDIR, 21},
	{syscall.EINVAL, 22}, {syscall.EMFILE, 24}, {syscall.ENOSPC, 28}, {syscall.ESPIPE, 29}, {syscall.EROFS, 30}, {syscall.EPIPE, 32},
	{syscall.ENOSYS, 38}, {syscall.ENOTEMPTY, 39}, {syscall.ENOTSUP, 95},
}
