//go:build !linux

package atomicfile

import "io/fs"

// Unheard is whether there are system calls that Go's scheduler does not hear of.
const Unheard = false

// createNew creates a file where there is none; here it never does.
func createNew(path string, data []byte, perm fs.FileMode, alone bool) bool { return false }
