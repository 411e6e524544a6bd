//go:build (linux && (amd64 || arm64)) || (darwin && (amd64 || arm64)) || (windows && amd64)

package oracle

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/kluctl/go-embed-python/python"
)

// embeddedName names the directory of the unpacked interpreter; it changes
// with the module's version in go.mod.
const embeddedName = "cpython-3.14.6-20260610-1"

// embedded returns the executable of the CPython that go-embed-python carries,
// unpacking it if that has not been done. The directory appears in one rename,
// so that of two that unpack at once both end up with a whole one.
func embedded() (string, error) {
	dir := filepath.Join(CacheDir(), embeddedName)
	if _, err := os.Stat(dir); err == nil {
		return python.NewPython(python.WithPythonHome(dir)).GetExePath()
	} else if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	if err := os.MkdirAll(CacheDir(), 0o755); err != nil {
		return "", err
	}
	tmp, err := os.MkdirTemp(CacheDir(), embeddedName+".tmp")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(tmp)
	// The module leaves a lock file beside the directory: hence one level more.
	unpacked := filepath.Join(tmp, "python")
	if _, err := python.NewEmbeddedPythonWithTmpDir(unpacked, false); err != nil {
		return "", fmt.Errorf("unpacking: %w", err)
	}
	if err := os.Rename(unpacked, dir); err != nil {
		if _, statErr := os.Stat(dir); statErr != nil {
			return "", err
		}
		// Somebody else was faster.
	}
	return python.NewPython(python.WithPythonHome(dir)).GetExePath()
}
