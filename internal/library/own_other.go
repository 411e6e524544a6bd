//go:build !unix

package library

import (
	"io"
	"io/fs"
	"os"
)

// isOwn reports whether a file is the user's. What is in the user's cache directory is, by that directory's access list.
func isOwn(fs.FileInfo) bool { return true }

// contents returns the contents of a file.
func contents(f *os.File, size int) ([]byte, error) {
	data := make([]byte, size)
	_, err := io.ReadFull(f, data)
	return data, err
}
