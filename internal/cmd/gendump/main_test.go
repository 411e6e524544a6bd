package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/normalise"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
)

// The page in the repository is the one that the template and the file make.
func TestFresh(t *testing.T) {
	want, err := generate("../../../testdata/format")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../../docs/pyc-format.md")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/pyc-format.md is stale: run go run ./internal/cmd/gendump")
	}
}

// Bytes that the text explains are bytes of the file.
func TestBytesInText(t *testing.T) {
	all, err := generate("../../../testdata/format")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("../../../testdata/format/half.pyc")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, m := range regexp.MustCompile("`((?:[0-9a-f]{2} )+[0-9a-f]{2})`").FindAllStringSubmatch(all, -1) {
		var b []byte
		for _, h := range strings.Fields(m[1]) {
			b = append(b, unhex(h[0])<<4|unhex(h[1]))
		}
		if !strings.Contains(string(data), string(b)) {
			t.Errorf("the text explains `%s`, which the file does not have", m[1])
		}
		found++
	}
	if found < 3 {
		t.Errorf("found %d byte strings in the text; want at least 3", found)
	}
}

func unhex(c byte) byte {
	if c >= 'a' {
		return c - 'a' + 10
	}
	return c - '0'
}

// The file is what Python 3.14 makes of the source.
func TestFileIsReal(t *testing.T) {
	source, err := os.ReadFile("../../../testdata/format/half.py")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("../../../testdata/format/half.pyc")
	if err != nil {
		t.Fatal(err)
	}
	h, err := pyc.ReadHeader(data, pyc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if h.Hash != pyc.SourceHash(pyver.Py314, source) {
		t.Error("half.pyc was made from another source")
	}
	if testing.Short() {
		t.Skip("asks an interpreter")
	}
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	s := in.Start(oracle.Config{})
	defer s.Close()
	made, err := s.Compile(source, "half.py", 0)
	if err != nil {
		t.Fatal(err)
	}
	// What is flagged depends on what the interpreter did before; the normal
	// form does not.
	if normal(t, made) != normal(t, data) {
		t.Error("python makes another file of the source")
	}
}

func normal(t *testing.T, data []byte) string {
	t.Helper()
	f, err := pyc.Read(data, pyc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if f, err = normalise.File(f, normalise.Options{Header: normalise.ZeroHeader}); err != nil {
		t.Fatal(err)
	}
	b, err := f.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
