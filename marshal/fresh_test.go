package marshal

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
)

// TestFreshTree reads the .pyc files of a tree that CPython 3.14's compileall has
// written and writes each again from its values and what they share alone. The tree
// is named by KRAIT_PYC_TREE.
func TestFreshTree(t *testing.T) {
	dir := os.Getenv("KRAIT_PYC_TREE")
	if dir == "" {
		t.Skip("KRAIT_PYC_TREE names no tree of .pyc files of 3.14")
	}
	var w Fresh
	files := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".pyc") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		v, n, err := Read(data[16:], Options{})
		if err != nil {
			return err
		}
		files++
		got, err := w.Append(nil, v.(*code.Object))
		if err != nil {
			t.Errorf("%s: %v", path, err)
		} else if want := data[16 : 16+n]; !bytes.Equal(got, want) {
			i := 0
			for i < min(len(got), len(want)) && got[i] == want[i] {
				i++
			}
			t.Errorf("%s: differs at %d of %d: %x, want %x", path, i, len(want), got[i:min(i+16, len(got))], want[i:min(i+16, len(want))])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files", files)
}
