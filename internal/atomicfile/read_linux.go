package atomicfile

import (
	"io/fs"
	"syscall"
	"time"
)

// Read reads a file into buf, which grows if need be; it reports whether there is a
// regular file, and reads no other one.
func Read(name string, buf []byte) (data []byte, info Info, regular bool, err error) {
	// Nobody is waited for on the other side of a pipe.
	f, err := open(name, syscall.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return statAndRead(name, buf)
	}
	defer syscall.Close(f.fd)
	var st syscall.Stat_t
	if err := syscall.Fstat(f.fd, &st); err != nil || st.Mode&syscall.S_IFMT != syscall.S_IFREG {
		return buf, Info{}, false, failed("stat", name, err)
	}
	info = Info{st.Size, fs.FileMode(st.Mode & 0o777), time.Unix(st.Mtim.Unix())}
	data, err = f.read(st.Size, buf)
	return data, info, true, err
}
