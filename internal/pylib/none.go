//go:build nostdlib || !((linux && (amd64 || arm64)) || (darwin && (amd64 || arm64)) || (windows && amd64))

package pylib

import "io/fs"

// Files reports that there is no library.
func Files() (fs.FS, error) { return nil, ErrNone }
