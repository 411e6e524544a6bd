//go:build darwin || freebsd || netbsd || openbsd

package atomicfile

import (
	"syscall"
	"time"
)

// Read reads a file into buf, which grows if need be; it reports whether there is a
// regular file, and reads no other one.
func Read(name string, buf []byte, alone bool) (data []byte, info Info, regular bool, err error) {
	return statAndRead(name, buf, alone)
}

// touch gives a file the present time.
func (f file) touch() error {
	now := syscall.NsecToTimespec(time.Now().UnixNano())
	return again(func() error { return syscall.UtimesNano(f.name, []syscall.Timespec{now, now}) })
}
