//go:build unix && !linux

package host

import (
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

func errnoCode(e syscall.Errno) int { return int(e) }

// platformText is what Go knows of the error, written as the C library writes it.
func platformText(code int) string {
	s := syscall.Errno(code).Error()
	if s == "" || strings.HasPrefix(s, "errno ") {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func platformErrnos(f func(name string, code int)) {
	f("EWOULDBLOCK", int(syscall.EWOULDBLOCK))
	f("EOPNOTSUPP", int(syscall.EOPNOTSUPP))
	for i := 1; i < 256; i++ {
		if n := unix.ErrnoName(syscall.Errno(i)); n != "" {
			f(n, i)
		}
	}
}
