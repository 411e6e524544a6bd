package host

import "syscall"

func errnoCode(e syscall.Errno) int { return int(e) }

func platformText(code int) string { return linuxText(code) }

func platformErrnos(f func(name string, code int)) {
	f("EWOULDBLOCK", int(syscall.EWOULDBLOCK))
	f("EDEADLK", int(syscall.EDEADLK))
	f("EOPNOTSUPP", int(syscall.EOPNOTSUPP))
	for _, e := range linuxErrors {
		f(e.name, e.code)
	}
}
