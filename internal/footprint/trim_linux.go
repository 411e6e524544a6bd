package footprint

import (
	"bytes"
	"strconv"

	"golang.org/x/sys/unix"
)

// trim gives back the pages of the program's file, and of other files that are mapped to be read. They stay in the system's cache: one that is needed
// again costs no more than when it was touched first.
//
// A start touches functions all over the file, most for the first and last time: initialisers of packages, what defines types, the compiler. The system
// maps the 16 pages around the one that is touched, or, from Linux 6.18 on, all those that it keeps as one block of up to 2 MB. So before the first line of
// a program 18 MB of 23 resident are such pages, and it needs 6 to 9 of them again.
func trim() {
	var buf [8192]byte
	// A debugger's breakpoints are changed pages of the mapping; they would be gone.
	status := readStart("/proc/self/status", buf[:])
	if _, after, ok := bytes.Cut(status, []byte("\nTracerPid:\t")); !ok || !bytes.HasPrefix(after, []byte("0\n")) {
		return
	}
	for line := range bytes.Lines(readStart("/proc/self/maps", buf[:])) {
		// 00400000-00c5e000 r-xp 00000000 fe:00 11272588    /usr/bin/krait
		f := bytes.Fields(line)
		if len(f) < 6 || f[1][0] != 'r' || f[1][1] != '-' || f[1][3] != 'p' || string(f[4]) == "0" {
			continue
		}
		from, to, _ := bytes.Cut(f[0], []byte("-"))
		a, err1 := strconv.ParseUint(string(from), 16, 64)
		b, err2 := strconv.ParseUint(string(to), 16, 64)
		if err1 == nil && err2 == nil {
			// Without success nothing is lost.
			unix.Syscall(unix.SYS_MADVISE, uintptr(a), uintptr(b-a), unix.MADV_DONTNEED)
		}
	}
}

// readStart reads a short file, or its start, into buf and returns what is read.
func readStart(name string, buf []byte) []byte {
	fd, err := unix.Open(name, unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil
	}
	defer unix.Close(fd)
	n, err := unix.Read(fd, buf)
	if err != nil {
		return nil
	}
	return buf[:n]
}
