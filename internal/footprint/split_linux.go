package footprint

import "golang.org/x/sys/unix"

const (
	// block is the size of the blocks that [Files.Split] makes. A boundary of blocks lies within each block of the system's of twice the size, so it
	// does not map that as one. Smaller ones leave no less resident, down to the size of a window.
	block = 512 << 10
	// window is what the system maps around a page that is touched, if a mapping is not smaller.
	window = 64 << 10
	// part is the size of the mappings that a window is split into: two pages. With four, half a megabyte more is resident; with one there are twice
	// as many mappings to make.
	part = 8 << 10
)

// Split makes the system map the files page by page, or sixteen. The system's cache may hold a file in blocks of up to 2 MB, as it happened to
// be written or read. From Linux 6.18 on each is resident as a whole when one of its pages is touched, but for those that reach beyond a mapping. So
// a file becomes many mappings, by a difference that means nothing otherwise: whether its pages, which are in the file, are left out where
// the process dumps core.
func (f *Files) Split() {
	for _, s := range f.all() {
		for p := s.from &^ (block - 1); p < s.to; p += block {
			if odd(p, block) {
				f.advise(max(p, s.from), min(p+block, s.to), unix.MADV_DONTDUMP)
			}
		}
	}
}

// splitWindow splits the window at p.
func (f *Files) splitWindow(p uintptr) {
	advice := unix.MADV_DONTDUMP
	if odd(p, block) {
		advice = unix.MADV_DODUMP
	}
	for q := p + part; q < p+window; q += 2 * part {
		f.advise(q, q+part, advice)
	}
}

func odd(p, size uintptr) bool { return p/size%2 != 0 }

// advise says something about memory to the system. Without success nothing is lost.
func (f *Files) advise(from, to uintptr, advice int) {
	unix.Syscall(unix.SYS_MADVISE, from, to-from, uintptr(advice))
}
