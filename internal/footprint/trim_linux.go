package footprint

import (
	"bytes"
	"os"
	"strconv"

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
	text, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		return
	}
	var from, to uint64 // of the mapping whose lines follow, if it is a candidate
	for line := range bytes.Lines(text) {
		f := bytes.Fields(line)
		switch {
		case len(f) == 3 && string(f[0]) == "Anonymous:" && to != 0:
			if string(f[1]) == "0" {
				// Without success nothing is lost.
				unix.Syscall(unix.SYS_MADVISE, uintptr(from), uintptr(to-from), unix.MADV_DONTNEED)
			}
			to = 0
		case len(f) >= 5 && len(f[1]) == 4: // 00400000-00c5e000 r-xp 00000000 fe:00 11272588    /usr/bin/krait
			to = 0
			if len(f) < 6 || f[1][0] != 'r' || f[1][1] != '-' || f[1][3] != 'p' || string(f[4]) == "0" {
				continue
			}
			a, b, _ := bytes.Cut(f[0], []byte("-"))
			if from, err = strconv.ParseUint(string(a), 16, 64); err == nil {
				to, _ = strconv.ParseUint(string(b), 16, 64)
			}
		}
	}
}
