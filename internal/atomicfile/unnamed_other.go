//go:build !linux

package atomicfile

import "io/fs"

// createNew creates a file where there is none; here it never does.
func createNew(path string, data []byte, perm fs.FileMode) bool { return false }
