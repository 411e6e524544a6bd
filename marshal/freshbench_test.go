package marshal

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
)

// BenchmarkFresh writes the code objects of the .pyc files below KRAIT_PYC_TREE.
func BenchmarkFresh(b *testing.B) {
	dir := os.Getenv("KRAIT_PYC_TREE")
	if dir == "" {
		b.Skip("KRAIT_PYC_TREE names no tree of .pyc files of 3.14")
	}
	var objects []*code.Object
	size := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".pyc") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		v, _, err := Read(data[16:], Options{})
		if err != nil {
			return err
		}
		size += len(data)
		objects = append(objects, v.(*code.Object))
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	var w Fresh
	var buf []byte
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, o := range objects {
			if buf, err = w.Append(buf[:0], o); err != nil {
				b.Fatal(err)
			}
		}
	}
}
