package footprint

import (
	"encoding/binary"
	"os"

	"golang.org/x/sys/unix"
)

// trim gives back the pages of the files. They stay in the system's cache: one that is needed again costs no more than when it was touched first.
// With split, windows that are resident become smaller.
//
// A start touches functions all over the program's file, most for the first and last time: initialisers of packages, what defines types, the
// compiler. The system maps the 16 pages around the one that is touched. So before the first line of a program 13 MB of 18 resident are such pages,
// and it needs 3 to 6 of them again.
//
// Files that have a page of their own in memory are left alone, because what was written there would be lost: a dynamic linker relocates addresses in
// memory that it then makes read-only, and a debugger sets breakpoints.
func (f *Files) trim(split bool) {
	fd, err := unix.Open("/proc/self/pagemap", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return
	}
	defer unix.Close(fd)
	for _, s := range f.all() {
		resident, ok := f.resident(fd, s)
		if !ok {
			continue
		}
		if split {
			for _, p := range resident {
				f.splitWindow(p)
			}
		}
		f.advise(s.from, s.to, unix.MADV_DONTNEED)
	}
}

// What a word of /proc/self/pagemap says about a page.
const (
	pagePresent = 1 << 63
	pageSwapped = 1 << 62
	pageOfFile  = 1 << 61
)

// resident returns the windows of which all pages are resident. ok is false if a page is, or may be, no longer that of the file. fd is
// /proc/self/pagemap.
func (f *Files) resident(fd int, s span) (windows []uintptr, ok bool) {
	page := uintptr(os.Getpagesize())
	var buf [8 << 10]byte
	run := uintptr(0) // bytes before p that are resident
	for p := s.from; p < s.to; {
		n, err := unix.Pread(fd, buf[:min((s.to-p)/page*8, uintptr(len(buf)))], int64(p/page*8))
		if err == unix.EINTR {
			continue
		}
		if err != nil || n < 8 {
			return nil, false
		}
		for words := buf[:n&^7]; len(words) > 0; words = words[8:] {
			w := binary.NativeEndian.Uint64(words)
			if w&pageSwapped != 0 || w&pagePresent != 0 && w&pageOfFile == 0 {
				return nil, false
			}
			p += page
			if run += page; w&pagePresent == 0 {
				run = 0
			}
			if run >= window && p%window == 0 {
				windows = append(windows, p-window)
			}
		}
	}
	return windows, true
}
