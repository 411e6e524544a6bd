package footprint

import "golang.org/x/sys/unix"

// block is the size of the blocks that [Split] makes. A boundary of blocks lies within each block of the system's of twice the size, so it
// does not map that as one. Blocks of 64 KB leave no less resident: so much the system maps around each page that is touched.
const block = 512 << 10

// Split makes the system map the program's file page by page, or sixteen. The system's cache may hold a file in blocks of up to 2 MB, as it happened to
// be written or read. From Linux 6.18 on each is resident as a whole when one of its pages is touched, but for those that reach beyond a mapping. So
// the file becomes many mappings, by a difference that means nothing otherwise: whether its pages, which are in the file, are left out where
// the process dumps core.
func Split() {
	mapped(func(from, to uintptr) {
		for p := (from + block) &^ (block - 1); p < to; p += 2 * block {
			unix.Syscall(unix.SYS_MADVISE, p, min(block, to-p), unix.MADV_DONTDUMP)
		}
	})
}
