package main

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/krait-py/krait/dis"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
)

var update = flag.Bool("update", false, "rewrite the golden file")

// TestListing compares the disassembly of the example with a golden file.
func TestListing(t *testing.T) {
	source, err := os.ReadFile("testdata/example.calc")
	if err != nil {
		t.Fatal(err)
	}
	o, err := Compile("example.calc", source, pyver.Py314)
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := dis.Fprint(&got, o, dis.Options{}); err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/example.dis"
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("listing differs from %s; -update accepts it:\n%s", golden, &got)
	}
}

const output = "5.0\n2432902008176640000 81\n1.4142135623730951 5\n-4 4 512 True\n"

// TestImport has the interpreters found import the compiled example.
func TestImport(t *testing.T) {
	for _, v := range []pyver.Version{pyver.Py27, pyver.Py36, pyver.Py37, pyver.Py38, pyver.Py39, pyver.Py310, pyver.Py311, pyver.Py312, pyver.Py313, pyver.Py314} {
		t.Run(v.String(), func(t *testing.T) {
			in, err := oracle.Find(v)
			if err != nil {
				t.Skip(err)
			}
			dir := t.TempDir()
			var stderr bytes.Buffer
			if status := run([]string{"testdata/example.calc", "-python", v.String(), "-o", filepath.Join(dir, "example.pyc")}, &stderr); status != 0 {
				t.Fatal(&stderr)
			}
			s := in.Start(oracle.Config{})
			defer s.Close()
			got, err := s.Exec(strings.ReplaceAll(`
import sys
try:
    from StringIO import StringIO
except ImportError:
    from io import StringIO
sys.path.insert(0, r"DIR")
out, sys.stdout = sys.stdout, StringIO()
try:
    import example
    result = sys.stdout.getvalue()
finally:
    sys.stdout = out
`, "DIR", dir))
			if err != nil {
				t.Fatal(err)
			}
			want := output
			if v == pyver.Py27 { // str of a float has 12 digits
				want = strings.Replace(want, "1.4142135623730951", "1.41421356237", 1)
			}
			if got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	for _, tt := range []struct{ source, want string }{
		{"x = 1 +", `f.calc:1:8: found "", want a value`},
		{"x = (1", `f.calc:1:7: found "", want ")"`},
		{"f(x, x) = 1", `f.calc:1:6: found "x", want a parameter or )`},
		{"\nx = $\ny = 1 2", "f.calc:2:5: found \"$\", want a value\nf.calc:3:7: found \"2\", want the end of the line"},
		{"end", `f.calc:1:1: end without while`},
		{"while 1 do\n", `f.calc:2:1: while without end`},
		{"while 1", `f.calc:1:8: found "", want "do"`},
		{"x = if 1 then 2", `f.calc:1:16: found "", want "else"`},
		{"f(1", `f.calc:1:3: found "1", want a parameter or )`},
		{"x = f(1, ", `f.calc:1:9: found "", want a value`},
		{"1", `f.calc:1:1: found "1", want a statement`},
		{"x = " + strings.Repeat("9", 400), `f.calc:1:5: number ` + strings.Repeat("9", 400) + ` is too large`},
	} {
		_, err := Compile("f.calc", []byte(tt.source), pyver.Py314)
		if err == nil || err.Error() != tt.want {
			t.Errorf("%q:\n got %v\nwant %s", tt.source, err, tt.want)
		}
	}
}

func TestRun(t *testing.T) {
	out := filepath.Join(t.TempDir(), "example.pyc")
	var stderr bytes.Buffer
	if got := run([]string{"testdata/example.calc", "-o", out}, &stderr); got != 0 {
		t.Fatalf("status %d: %s", got, &stderr)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	f, err := pyc.Read(data, pyc.Options{})
	if err != nil || f.Header.Version != pyver.Py314 || f.Code.FilenameText() != "testdata/example.calc" {
		t.Errorf("read %+v, %v", f, err)
	}
	bad := filepath.Join(t.TempDir(), "bad.calc")
	if err := os.WriteFile(bad, []byte("x ="), 0o666); err != nil {
		t.Fatal(err)
	}
	out = filepath.Join(t.TempDir(), "bad.pyc")
	if got := run([]string{bad, "-o", out}, &stderr); got != 1 {
		t.Errorf("bad program: status %d, want 1", got)
	}
	if _, err := os.Stat(out); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("bad program left a file: %v", err)
	}
	if got := run([]string{"testdata/example.calc"}, &stderr); got != 2 {
		t.Errorf("no output: status %d, want 2", got)
	}
}
