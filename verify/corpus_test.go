package verify

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"testing"

	"github.com/krait-py/krait/pyc"
)

// pycs calls do for the .pyc files of the golden archives: what each version's
// compiler makes of testdata/py.
func pycs(t testing.TB, do func(name string, data []byte)) {
	t.Helper()
	archives, err := filepath.Glob("../testdata/golden/*.tar.gz")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no golden archives: %v", err)
	}
	for _, archive := range archives {
		f, err := os.Open(archive)
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		for r := tar.NewReader(z); ; {
			h, err := r.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if path.Base(h.Name) != "pyc" {
				continue
			}
			data, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			do(filepath.Base(archive)+"/"+path.Dir(h.Name), data)
		}
		f.Close()
	}
}

// What compilers make is accepted.
func TestCompilers(t *testing.T) {
	n := 0
	pycs(t, func(name string, data []byte) {
		f, err := pyc.Read(data, pyc.Options{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		r := Object(f.Code)
		n += r.Objects
		for _, f := range r.Findings {
			t.Errorf("%s: %s: %v, path %v", name, f.Object.QualNameText(), &f, f.Path)
		}
	})
	if n < 4000 {
		t.Errorf("saw %d code objects, want at least 4000", n)
	}
}

// Explain says something of each instruction that is reached.
func TestExplain(t *testing.T) {
	pycs(t, func(name string, data []byte) {
		f, err := pyc.Read(data, pyc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		r, steps := Explain(f.Code)
		if !r.OK() || len(steps) == 0 || !steps[0].Reached || steps[0].String() == "" {
			t.Errorf("%s: %v, %d steps", name, r.Findings, len(steps))
		}
	})
}

// Whatever the bytes, verifying ends without a panic.
func FuzzObject(f *testing.F) {
	n := 0
	pycs(f, func(_ string, data []byte) {
		if n++; n%20 == 0 && len(data) < 3000 {
			f.Add(data)
		}
	})
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := pyc.Read(data, pyc.Options{})
		if err != nil || file.Code == nil {
			return
		}
		Object(file.Code)
		Explain(file.Code)
	})
}

func BenchmarkObject(b *testing.B) {
	data, err := os.ReadFile("../testdata/example/hello.pyc")
	if err != nil {
		b.Fatal(err)
	}
	f, err := pyc.Read(data, pyc.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.SetBytes(int64(Object(f.Code).Size))
	for b.Loop() {
		if !Object(f.Code).OK() {
			b.Fatal("refused")
		}
	}
}
