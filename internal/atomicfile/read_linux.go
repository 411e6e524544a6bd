package atomicfile

import (
	"io/fs"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// Read reads a file into buf, which grows if need be; it reports whether there is a
// regular file, and reads no other one. For alone see NewReplacer.
func Read(name string, buf []byte, alone bool) (data []byte, info Info, regular bool, err error) {
	// Nobody is waited for on the other side of a pipe.
	f, err := open(name, syscall.O_RDONLY|syscall.O_NONBLOCK, 0, alone)
	if err != nil {
		return statAndRead(name, buf, alone)
	}
	defer f.close()
	var st syscall.Stat_t
	if err := syscall.Fstat(f.fd, &st); err != nil || st.Mode&syscall.S_IFMT != syscall.S_IFREG {
		return buf, Info{}, false, failed("stat", name, err)
	}
	info = Info{st.Size, fs.FileMode(st.Mode & 0o777), time.Unix(st.Mtim.Unix())}
	data, err = f.read(st.Size, buf)
	return data, info, true, err
}

// touch gives a file the present time: the one that is open, if the kernel does that.
func (f file) touch() error {
	now := unix.NsecToTimespec(time.Now().UnixNano())
	both := []unix.Timespec{now, now}
	if unix.UtimesNanoAt(f.fd, "", both, unix.AT_EMPTY_PATH) == nil {
		return nil
	}
	return again(func() error { return unix.UtimesNanoAt(unix.AT_FDCWD, f.name, both, 0) })
}
