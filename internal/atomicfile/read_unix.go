//go:build darwin || freebsd || netbsd || openbsd

package atomicfile

// Read reads a file into buf, which grows if need be; it reports whether there is a
// regular file, and reads no other one.
func Read(name string, buf []byte) (data []byte, info Info, regular bool, err error) {
	return statAndRead(name, buf)
}
