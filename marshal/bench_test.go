package marshal

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// benchStreams returns 3.14 streams: those of the .pyc files below the
// directory that KRAIT_BENCH_PYC names, or else the repository's own sample,
// often enough for a megabyte. To compare with CPython's marshal.loads:
//
//	go run ./internal/cmd/marshalbench -python python3.14 DIR
func benchStreams(b *testing.B) (streams [][]byte, size int) {
	b.Helper()
	dir := os.Getenv("KRAIT_BENCH_PYC")
	if dir == "" {
		for _, s := range sampleStreams(b) {
			if s.version == pyver.Py314 {
				for size < 1<<20 {
					streams = append(streams, s.data)
					size += len(s.data)
				}
			}
		}
		return streams, size
	}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(p) != ".pyc" {
			return err
		}
		data, err := os.ReadFile(p)
		if m, _ := pyver.MagicOf(pyver.Py314); len(data) > 16 && data[0] == byte(m.Number) && data[1] == byte(m.Number>>8) {
			streams = append(streams, data[16:])
			size += len(data) - 16
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return streams, size
}

func BenchmarkRead(b *testing.B) {
	streams, size := benchStreams(b)
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range streams {
			if _, _, err := Read(s, Options{}); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	streams, size := benchStreams(b)
	var values []code.Value
	for _, s := range streams {
		v, _, err := Read(s, Options{})
		if err != nil {
			b.Fatal(err)
		}
		values = append(values, v)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, v := range values {
			if _, err := Write(v, Options{}); err != nil {
				b.Fatal(err)
			}
		}
	}
}
