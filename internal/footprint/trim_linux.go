package footprint

import (
	"bytes"

	"golang.org/x/sys/unix"
)

// trim gives back the pages of the program's file, and of other files that are mapped to be read. They stay in the system's cache: one that is needed
// again costs no more than when it was touched first.
//
// A start touches functions all over the file, most for the first and last time: initialisers of packages, what defines types, the compiler. The system
// maps the 16 pages around the one that is touched, or, from Linux 6.18 on, all those that it keeps as one block of up to 2 MB. So before the first line of
// a program 18 MB of 23 resident are such pages, and it needs 6 to 9 of them again.
//
// A mapping that has a page of its own is left alone, because what was written there would be lost: a dynamic linker relocates addresses in memory that
// it then makes read-only, and a debugger sets breakpoints.
func trim() {
	fd, err := unix.Open("/proc/self/smaps", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return
	}
	defer unix.Close(fd)
	var buf [8 << 10]byte // all the memory that this takes
	var m mapping
	for n := 0; ; {
		k, err := unix.Read(fd, buf[n:])
		if err == unix.EINTR {
			continue
		}
		if err != nil || k <= 0 {
			return
		}
		text := buf[:n+k]
		for {
			line, rest, whole := bytes.Cut(text, newline)
			if !whole {
				break
			}
			if m.read(line); m.spare {
				// Without success nothing is lost.
				unix.Syscall(unix.SYS_MADVISE, m.from, m.to-m.from, unix.MADV_DONTNEED)
				m = mapping{}
			}
			text = rest
		}
		if n = copy(buf[:], text); n == len(buf) {
			return // no line is so long
		}
	}
}

var (
	newline   = []byte("\n")
	anonymous = []byte("Anonymous:")
	path      = []byte(" /") // only the name of a file begins so
)

// mapping is what the lines of /proc/self/smaps about one mapping have said.
type mapping struct {
	from, to uintptr // of a candidate; 0 for others
	spare    bool    // its pages can be had again from its file
}

// read takes a line of the text.
func (m *mapping) read(line []byte) {
	if value, ok := bytes.CutPrefix(line, anonymous); ok {
		value = bytes.TrimLeft(value, " ")
		m.spare = m.to != 0 && len(value) > 0 && value[0] == '0'
		return
	}
	// 00400000-00c5e000 r-xp 00000000 fe:00 11272588    /usr/bin/krait
	from, rest, ok := hex(line, '-')
	if !ok {
		return
	}
	to, rest, ok := hex(rest, ' ')
	if !ok {
		return
	}
	*m = mapping{}
	if len(rest) > 4 && rest[0] == 'r' && rest[1] == '-' && rest[3] == 'p' && bytes.Contains(rest, path) {
		m.from, m.to = from, to
	}
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
