package asm

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
)

// pycFiles returns all .pyc files that are kept in the repository.
func pycFiles(t testing.TB) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".pyc") && !strings.Contains(path, "/.") {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) < 30 {
		t.Fatalf("%d .pyc files, error %v", len(files), err)
	}
	return files
}

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func readPyc(t testing.TB, data []byte) *pyc.File {
	t.Helper()
	f, err := pyc.Read(data, pyc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func print(t testing.TB, f *pyc.File, opts Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := Print(&b, f, opts); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func parse(t testing.TB, text string, opts Options) *pyc.File {
	t.Helper()
	f, diags := Parse("test.pyasm", []byte(text), opts)
	for _, d := range diags {
		t.Error(d.Text())
	}
	if len(diags) > 0 {
		t.FailNow()
	}
	return f
}

func fileBytes(t testing.TB, f *pyc.File) []byte {
	t.Helper()
	data, err := f.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// An exact text gives the same bytes; the others give the same text again,
// and the plain one is a part of that with positions.
func TestRoundTrip(t *testing.T) {
	for _, name := range pycFiles(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data := readFile(t, name)
			f, err := pyc.Read(data, pyc.Options{})
			if err != nil {
				t.Skip(err) // the goldens have damaged files too
			}
			exact := print(t, f, Options{Exact: true})
			if got := fileBytes(t, parse(t, exact, Options{Exact: true})); !bytes.Equal(got, data) {
				t.Errorf("exact text gives other bytes: %d, want %d", len(got), len(data))
			}
			if strings.Contains(exact, "\n    bytecode ") {
				t.Error("bytecode as digits in the text of what a compiler wrote")
			}
			for _, opts := range []Options{{}, {Positions: true}} {
				text := print(t, f, opts)
				g := parse(t, text, opts)
				if diff := firstDiff(print(t, g, opts), text); diff != "" {
					t.Errorf("%+v: text of the text: %s", opts, diff)
				}
				if opts.Positions {
					sameCode(t, f.Code, g.Code)
				}
			}
		})
	}
}

// firstDiff returns the first lines that differ, or nothing.
func firstDiff(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) || g[i] != w[i] {
			return fmt.Sprintf("line %d: got %q, want %q", i+1, strings.Join(g[min(i, len(g)):min(i+2, len(g))], "\n"), strings.Join(w[min(i, len(w)):min(i+2, len(w))], "\n"))
		}
	}
	return ""
}

// sameCode compares what Python sees of two code objects.
func sameCode(t *testing.T, a, b *code.Object) {
	t.Helper()
	type fields struct {
		Flags                          code.Flags
		Arg, PosOnly, KwOnly, NLocals  int
		Stack, FirstLine               int
		Code, Lines, Handlers, Kinds   string
		Names, Locals, Frees, Cells    []string
		Filename, Name, QualName       string
		Consts                         string
		LocalsPlus, VarNames, CellVars int
	}
	of := func(o *code.Object) fields {
		l := literals{py2: o.Version == pyver.Py27, codeLabel: func(*code.Object) string { return "x" }}
		return fields{
			o.Flags, o.ArgCount, o.PosOnlyArgCount, o.KwOnlyArgCount, o.NLocals, o.StackSize, o.FirstLine,
			o.Code.S, o.LineTable.S, bytesText(o.ExceptionTable), bytesText(o.LocalsPlusKinds),
			o.GlobalNames(), o.Locals(), o.Frees(), o.Cells(),
			o.FilenameText(), o.NameText(), o.QualNameText(), string(l.append(nil, o.Consts)),
			o.LocalsPlusNames.Len(), o.VarNames.Len(), o.CellVars.Len(),
		}
	}
	if got, want := of(b), of(a); !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got\n%#v, want\n%#v", a.QualNameText(), got, want)
	}
	var inner []*code.Object
	for o := range b.Objects() {
		inner = append(inner, o)
	}
	i := 0
	for o := range a.Objects() {
		if i < len(inner) {
			sameCode(t, o, inner[i])
		}
		i++
	}
	if i != len(inner) {
		t.Errorf("%s: %d code objects inside, want %d", a.QualNameText(), len(inner), i)
	}
}

// A file with marks that no value can express is written as it stands.
func TestMeaninglessMarks(t *testing.T) {
	data := readFile(t, "../testdata/example/hello.pyc")
	i := bytes.Index(data, []byte("r\x00\x00\x00\x00"))
	for i < 0 || i+5 > len(data) {
		for n := byte(1); n < 100 && i < 0; n++ {
			i = bytes.Index(data, []byte{'r', n, 0, 0, 0})
		}
	}
	data[i] |= 0x80
	f := readPyc(t, data)
	text := print(t, f, Options{Exact: true})
	if !strings.Contains(text, "\nmarshal ") {
		t.Errorf("no marshal lines in\n%.300s", text)
	}
	if got := fileBytes(t, parse(t, text, Options{})); !bytes.Equal(got, data) {
		t.Error("other bytes")
	}
}

func TestHello(t *testing.T) {
	text := readFile(t, "../examples/hello.pyasm")
	f := parse(t, string(text), Options{Exact: true})
	if f.Header.Version != pyver.Py314 || f.Header.Flags != pyc.HashBased {
		t.Errorf("header %+v", f.Header)
	}
	o := f.Code
	if got, want := o.StackSize, 3; got != want {
		t.Errorf("stack size %d, want %d", got, want)
	}
	if got := o.FilenameText(); got != "test.pyasm" {
		t.Errorf("file name %q", got)
	}
	if o.FirstLine != 2 {
		t.Errorf("first line %d, want that of the block", o.FirstLine)
	}
}
