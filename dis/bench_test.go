package dis_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/dis"
	"github.com/krait-py/krait/pyc"
)

// benchmarkObjects reads the .pyc files below $KRAIT_BENCH_PYC, or the example of
// the repository without it.
func benchmarkObjects(b *testing.B) []*code.Object {
	b.Helper()
	root := os.Getenv("KRAIT_BENCH_PYC")
	if root == "" {
		root = "../testdata/example"
	}
	var objects []*code.Object
	err := filepath.WalkDir(root, func(path string, _ os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".pyc" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		f, err := pyc.Read(data, pyc.Options{})
		if err != nil {
			return err
		}
		objects = append(objects, f.Code)
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if len(objects) == 0 {
		b.Skipf("no .pyc file below %s", root)
	}
	return objects
}

func BenchmarkFprint(b *testing.B) {
	objects := benchmarkObjects(b)
	for _, bb := range []struct {
		name string
		opts dis.Options
	}{
		{"plain", dis.Options{}},
		{"all", dis.Options{ShowCaches: true, Adaptive: true, ShowOffsets: true, ShowPositions: true}},
	} {
		b.Run(bb.name, func(b *testing.B) {
			var text bytes.Buffer
			for _, o := range objects {
				if err := dis.Fprint(&text, o, bb.opts); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(text.Len())) // of output
			b.ReportAllocs()
			for b.Loop() {
				for _, o := range objects {
					if err := dis.Fprint(io.Discard, o, bb.opts); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
