package oracle

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
)

// PyodideVersion is the release of npm's package pyodide that is CPython 3.15.
const PyodideVersion = "315.0.0-alpha.2"

func pyodideDir() string {
	return filepath.Join(CacheDir(), "pyodide-"+PyodideVersion)
}

// findPyodide returns the path of Pyodide's main module. KRAIT_PYODIDE names
// the package's directory, or the one that has it in node_modules.
func findPyodide() (string, error) {
	dir := os.Getenv("KRAIT_PYODIDE")
	if dir == "" {
		dir = pyodideDir()
	}
	for _, path := range []string{
		filepath.Join(dir, "pyodide.mjs"),
		filepath.Join(dir, "node_modules", "pyodide", "pyodide.mjs"),
	} {
		if _, err := os.Stat(path); err == nil {
			return filepath.Abs(path)
		}
	}
	return "", fmt.Errorf("no pyodide in %s; go run ./internal/cmd/conform -install-315 puts it there", dir)
}

// InstallPyodide lets npm install Pyodide into the user's cache, where [Find]
// finds it, and writes npm's output to w.
func InstallPyodide(w io.Writer) error {
	dir := pyodideDir()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	cmd := exec.Command("npm", "install", "--prefix", dir, "pyodide@"+PyodideVersion)
	cmd.Stdout, cmd.Stderr = w, w
	return cmd.Run()
}

// openZip reads a zip file into memory: an open file would have to be closed
// by somebody.
func openZip(path string) (fs.FS, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return zip.NewReader(bytes.NewReader(data), int64(len(data)))
}
