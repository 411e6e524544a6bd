package atomicfile

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Unheard is whether there are system calls that Go's scheduler does not hear of.
const Unheard = true

// A system call is announced to the scheduler, whose watcher may give the processor away that waits for it. For who is
// alone there is nobody to give it to. All calls that may take longer are here.

func openFile(name string, flags int, mode uint32, alone bool) (int, error) {
	if !alone {
		return syscall.Open(name, flags, mode)
	}
	p, err := syscall.BytePtrFromString(name)
	if err != nil {
		return -1, err
	}
	at := unix.AT_FDCWD
	fd, _, errno := syscall.RawSyscall6(syscall.SYS_OPENAT, uintptr(at), uintptr(unsafe.Pointer(p)),
		uintptr(flags|unix.O_LARGEFILE), uintptr(mode), 0, 0)
	if errno != 0 {
		return -1, errno
	}
	return int(fd), nil
}

func readFile(fd int, b []byte, alone bool) (int, error) {
	if !alone {
		return syscall.Read(fd, b)
	}
	return count(syscall.RawSyscall(syscall.SYS_READ, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(b))), uintptr(len(b))))
}

func writeFile(fd int, b []byte, alone bool) (int, error) {
	if !alone {
		return syscall.Write(fd, b)
	}
	return count(syscall.RawSyscall(syscall.SYS_WRITE, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(b))), uintptr(len(b))))
}

func closeFile(fd int, alone bool) error {
	if !alone {
		return syscall.Close(fd)
	}
	_, err := count(syscall.RawSyscall(syscall.SYS_CLOSE, uintptr(fd), 0, 0))
	return err
}

// linkFile gives an open file a name.
func linkFile(fd int, path string, alone bool) error {
	if !alone {
		return unix.Linkat(fd, "", unix.AT_FDCWD, path, unix.AT_EMPTY_PATH)
	}
	p, err := syscall.BytePtrFromString(path)
	if err != nil {
		return err
	}
	var none byte // an empty string
	at := unix.AT_FDCWD
	_, err = count(syscall.RawSyscall6(syscall.SYS_LINKAT, uintptr(fd), uintptr(unsafe.Pointer(&none)), uintptr(at),
		uintptr(unsafe.Pointer(p)), unix.AT_EMPTY_PATH, 0))
	return err
}

// count returns what a system call returns as Go does it.
func count(n, _ uintptr, errno syscall.Errno) (int, error) {
	if errno != 0 {
		return 0, errno
	}
	return int(n), nil
}
