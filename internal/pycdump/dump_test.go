package pycdump_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/conformance"
	"github.com/krait-py/krait/internal/pycdump"
	"github.com/krait-py/krait/pyc"
)

// check checks that each byte of data is in exactly one row.
func check(t *testing.T, data []byte, d *pycdump.Dump) {
	t.Helper()
	pos := 0
	for _, r := range d.Rows {
		if r.Offset != pos || len(r.Bytes) == 0 || pos+len(r.Bytes) > len(data) ||
			!bytes.Equal(r.Bytes, data[pos:pos+len(r.Bytes)]) {
			t.Fatalf("row at %d has % x; want the bytes from %d on", r.Offset, r.Bytes, pos)
		}
		pos += len(r.Bytes)
	}
	if pos != len(data) {
		t.Fatalf("rows end at %d of %d bytes", pos, len(data))
	}
}

func TestGoldens(t *testing.T) {
	paths, err := filepath.Glob("../../testdata/golden/*.tar.gz")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no goldens: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".tar.gz"), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			a, err := conformance.ReadArchive(data)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range a.Files {
				d, err := pycdump.New(f.PYC, pyc.Options{})
				if err != nil {
					t.Errorf("%s: %v", f.Source, err)
					continue
				}
				check(t, f.PYC, d)
				for _, r := range d.Rows {
					switch {
					case r.Part == pycdump.Damage || r.Part == pycdump.Trailing:
						t.Errorf("%s: offset %d: %s", f.Source, r.Offset, r.Text)
					case strings.HasPrefix(r.Text, "not a"):
						t.Errorf("%s: offset %d: % x is %s", f.Source, r.Offset, r.Bytes, r.Text)
					}
				}
			}
		})
	}
}

func example(t testing.TB) []byte {
	data, err := os.ReadFile("../../testdata/example/hello.pyc")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestDamage(t *testing.T) {
	data := example(t)
	for n := 16; n < len(data); n += 7 {
		d, err := pycdump.New(data[:n], pyc.Options{})
		if err == nil {
			t.Fatalf("the first %d bytes were read without error", n)
		}
		check(t, data[:n], d)
	}
	d, err := pycdump.New(append(data[:len(data):len(data)], "more"...), pyc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r := d.Rows[len(d.Rows)-1]; string(r.Bytes) != "more" || r.Part != pycdump.Trailing {
		t.Errorf("the last row is %+v; want the bytes behind the value", r)
	}
	if _, err := pycdump.New([]byte("#!/bin/sh"), pyc.Options{}); err == nil {
		t.Error("a script was taken for a .pyc")
	}
}

func FuzzNew(f *testing.F) {
	f.Add(example(f))
	seeds, err := filepath.Glob("../cli/testdata/pyc/*.pyc")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range seeds {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, _ := pycdump.New(data, pyc.Options{})
		if d != nil {
			check(t, data, d)
			if err := pycdump.Fprint(new(bytes.Buffer), d.Rows); err != nil {
				t.Error(err)
			}
		}
	})
}
