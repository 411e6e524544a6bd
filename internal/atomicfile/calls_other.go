//go:build darwin || freebsd || netbsd || openbsd

package atomicfile

import "syscall"

func openFile(name string, flags int, mode uint32, alone bool) (int, error) {
	return syscall.Open(name, flags, mode)
}

func readFile(fd int, b []byte, alone bool) (int, error) { return syscall.Read(fd, b) }

func writeFile(fd int, b []byte, alone bool) (int, error) { return syscall.Write(fd, b) }

func closeFile(fd int, alone bool) error { return syscall.Close(fd) }
