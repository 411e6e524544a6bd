//go:build unix

package library

import (
	"io/fs"
	"os"
	"syscall"
)

// isOwn reports whether a file is the user's, and nobody else may write to it.
func isOwn(st fs.FileInfo) bool {
	s, ok := st.Sys().(*syscall.Stat_t)
	return ok && int(s.Uid) == os.Geteuid() && st.Mode().Perm()&0o022 == 0
}

// contents returns the contents of a file.
func contents(f *os.File, size int) ([]byte, error) {
	if size == 0 {
		return nil, nil
	}
	return syscall.Mmap(int(f.Fd()), 0, size, syscall.PROT_READ, syscall.MAP_PRIVATE)
}
