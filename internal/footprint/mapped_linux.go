package footprint

import (
	"bytes"

	"golang.org/x/sys/unix"
)

// Mapped returns the files that are mapped to be read or executed, not to be written.
func Mapped() *Files {
	f := &Files{}
	fd, err := unix.Open("/proc/self/maps", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return f
	}
	defer unix.Close(fd)
	var buf [8 << 10]byte // all the memory that this takes
	for n := 0; n < len(buf); {
		k, err := unix.Read(fd, buf[n:])
		if err == unix.EINTR {
			continue
		}
		if err != nil || k <= 0 {
			return f
		}
		text := buf[:n+k]
		for {
			line, rest, whole := bytes.Cut(text, newline)
			if !whole {
				break
			}
			if from, to, ok := readOnly(line); ok {
				f.add(from, to)
			}
			text = rest
		}
		n = copy(buf[:], text) // no line fills the buffer
	}
	return f
}

var (
	newline = []byte("\n")
	path    = []byte(" /") // only the name of a file begins so
)

// readOnly reads a line of /proc/self/maps; ok says that it is a file's that is mapped to be read:
//
//	00400000-00c5e000 r-xp 00000000 fe:00 11272588    /usr/bin/krait
func readOnly(line []byte) (from, to uintptr, ok bool) {
	from, rest, ok := hex(line, '-')
	if !ok {
		return 0, 0, false
	}
	to, rest, ok = hex(rest, ' ')
	ok = ok && len(rest) > 4 && rest[0] == 'r' && rest[1] == '-' && rest[3] == 'p' && bytes.Contains(rest, path)
	return from, to, ok
}

// hex returns the number that text begins with and what is behind the character after it, which must be end.
func hex(text []byte, end byte) (uintptr, []byte, bool) {
	var x uintptr
	for i, c := range text {
		switch {
		case c >= '0' && c <= '9':
			x = x<<4 | uintptr(c-'0')
		case c >= 'a' && c <= 'f':
			x = x<<4 | uintptr(c-'a'+10)
		default:
			return x, text[i+1:], c == end && i > 0
		}
	}
	return 0, nil, false
}
