//go:build !nostdlib && ((linux && (amd64 || arm64)) || (darwin && (amd64 || arm64)) || (windows && amd64))

package pylib

import (
	"io/fs"
	"strings"
	"testing"
)

func TestFiles(t *testing.T) {
	lib, err := Files()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	err = fs.WalkDir(lib, ".", func(path string, d fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".py") {
			n++
		}
		return err
	})
	if err != nil || n < 500 {
		t.Errorf("found %d modules, %v; want all of the library", n, err)
	}
	os, err := fs.ReadFile(lib, "os.py")
	if err != nil || !strings.HasPrefix(string(os), `r"""OS routines`) {
		t.Errorf("os.py begins with %.20q, %v", os, err)
	}
}
