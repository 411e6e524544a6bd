package footprint

import (
	"encoding/binary"
	"os"

	"golang.org/x/sys/unix"
)

// trim gives back the pages of the program's file, and of other files that are mapped to be read. They stay in the system's cache: one that is needed
// again costs no more than when it was touched first.
//
// A start touches functions all over the file, most for the first and last time: initialisers of packages, what defines types, the compiler. The system
// maps the 16 pages around the one that is touched. So before the first line of a program 13 MB of 18 resident are such pages, and it needs 3 to 6 of
// them again.
//
// Files that have a page of their own in memory are left alone, because what was written there would be lost: a dynamic linker relocates addresses in
// memory that it then makes read-only, and a debugger sets breakpoints.
func trim() {
	fd, err := unix.Open("/proc/self/pagemap", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return
	}
	defer unix.Close(fd)
	var from, to uintptr // of neighbours that mapped has named
	drop := func() {
		if from < to && !changed(fd, from, to) {
			// Without success nothing is lost.
			unix.Syscall(unix.SYS_MADVISE, from, to-from, unix.MADV_DONTNEED)
		}
	}
	mapped(func(nextFrom, nextTo uintptr) {
		if nextFrom != to {
			drop()
			from = nextFrom
		}
		to = nextTo
	})
	drop()
}

// What a word of /proc/self/pagemap says about a page.
const (
	pagePresent = 1 << 63
	pageSwapped = 1 << 62
	pageOfFile  = 1 << 61
)

// changed says whether a page between the addresses is, or may be, no longer that of the file. fd is /proc/self/pagemap.
func changed(fd int, from, to uintptr) bool {
	page := uintptr(os.Getpagesize())
	var buf [8 << 10]byte
	for from < to {
		n, err := unix.Pread(fd, buf[:min((to-from)/page*8, uintptr(len(buf)))], int64(from/page*8))
		if err == unix.EINTR {
			continue
		}
		if err != nil || n < 8 {
			return true
		}
		for words := buf[:n&^7]; len(words) > 0; words = words[8:] {
			if w := binary.NativeEndian.Uint64(words); w&pageSwapped != 0 || w&pagePresent != 0 && w&pageOfFile == 0 {
				return true
			}
		}
		from += uintptr(n/8) * page
	}
	return false
}
