package pycdiff_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/conformance"
	"github.com/krait-py/krait/internal/pycdiff"
	"github.com/krait-py/krait/normalise"
	"github.com/krait-py/krait/pyc"
)

func example(t testing.TB) []byte {
	data, err := os.ReadFile("../../testdata/example/hello.pyc")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func read(t testing.TB, data []byte) *pyc.File {
	t.Helper()
	f, err := pyc.Read(data, pyc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// function returns the code object of that qualified name.
func function(t testing.TB, f *pyc.File, name string) *code.Object {
	for o := range f.Code.All() {
		if o.QualNameText() == name {
			return o
		}
	}
	t.Fatalf("no %s", name)
	return nil
}

// setConst replaces a constant, in a tuple of its own.
func setConst(o *code.Object, i int, v code.Value) {
	items := slices.Clone(o.Consts.Items)
	items[i] = v
	o.Consts = &code.Tuple{Items: items, Form: o.Consts.Form}
}

func setBytes(b **code.Bytes, change func([]byte) []byte) {
	*b = &code.Bytes{S: string(change([]byte((*b).S))), Form: (*b).Form}
}

// TestLevels changes one thing of a file and looks at what is found.
func TestLevels(t *testing.T) {
	const greet = "Greeter.greet"
	for _, test := range []struct {
		name   string
		change func(f *pyc.File)
		levels string
		has    string // part of a finding
	}{
		{"nothing", func(*pyc.File) {}, "", ""},
		{"hash", func(f *pyc.File) { f.Header.Hash[0]++ }, "header", "hash 84cc"},
		{"kind", func(f *pyc.File) { f.Header.Flags = pyc.HashBased }, "header", "kind checked-hash => unchecked-hash"},
		{"trailing", func(f *pyc.File) { f.Trailing = []byte("x") }, "trailing", "0 bytes behind the code => 1 bytes"},
		{"flag", func(f *pyc.File) { f.Code.Form ^= code.FlagRef }, "refs", "type code 'c' flagged => type code 'c'"},
		{"interned", func(f *pyc.File) {
			s := *function(t, f, greet).Consts.Items[1].(*code.Str)
			s.Interned, s.Form = false, 'z'
			setConst(function(t, f, greet), 1, &s)
		}, "refs", "'!' in Greeter.greet"},
		{"stack size", func(f *pyc.File) { f.Code.StackSize++ }, "stacksize", "stack size 4 => 5"},
		{"flags", func(f *pyc.File) { function(t, f, greet).Flags |= code.Nested }, "flags", "flags -none +NESTED"},
		{"file name", func(f *pyc.File) {
			for o := range f.Code.All() {
				o.Filename = &code.Str{S: "/build/hello.py", Interned: true}
			}
		}, "filenames", "'hello.py' => '/build/hello.py', of 6 code objects"},
		{"name", func(f *pyc.File) {
			o := function(t, f, greet)
			o.Name = &code.Str{S: "salute", Interned: true}
		}, "names", "name 'greet' => 'salute'"},
		{"first line", func(f *pyc.File) { function(t, f, greet).FirstLine += 7 }, "lines", "all lines +7"},
		{"columns", func(f *pyc.File) {
			// The last entry of the table: one line, start and end column.
			setBytes(&function(t, f, greet).LineTable, func(b []byte) []byte { b[len(b)-1]++; return b })
		}, "columns", "instructions"},
		{"encoding", func(f *pyc.File) {
			o := function(t, f, "Greeter.__init__")
			var l []code.Location
			for entry := range o.Locations() {
				// One entry for each code unit, where there was one for several.
				for at := entry.Start; at < entry.End; at += 2 {
					l = append(l, code.Location{Start: at, End: at + 2, Position: entry.Position})
				}
			}
			table, err := code.EncodeLocations(o.FirstLine, slices.Values(l))
			if err != nil {
				t.Fatal(err)
			}
			setBytes(&o.LineTable, func([]byte) []byte { return table })
		}, "encoding", "the same positions"},
		{"caches", func(f *pyc.File) {
			setBytes(&function(t, f, "Greeter.__init__").Code, func(b []byte) []byte { b[6] = 1; return b })
		}, "encoding", "EXTENDED_ARG"},
		{"order", func(f *pyc.File) {
			o := function(t, f, greet)
			items := slices.Clone(o.Consts.Items)
			items[0], items[1] = items[1], items[0]
			o.Consts = &code.Tuple{Items: items, Form: o.Consts.Form}
			setBytes(&o.Code, func(b []byte) []byte { b[47], b[53] = 1, 0; return b })
		}, "order", "constants in another order"},
		{"constant", func(f *pyc.File) { setConst(function(t, f, greet), 1, &code.Str{S: "?", Form: 'z'}) },
			"code constants", "constants -'!' +'?'"},
		{"int for bool", func(f *pyc.File) { setConst(function(t, f, greet), 1, code.True) }, "code constants", "-'!' +True"},
		{"unused constant", func(f *pyc.File) {
			o := function(t, f, greet)
			o.Consts = &code.Tuple{Items: append(slices.Clone(o.Consts.Items), &code.Int{V: 77}), Form: o.Consts.Form}
		}, "constants", "constants +77"},
		{"instruction", func(f *pyc.File) {
			setBytes(&function(t, f, greet).Code, func(b []byte) []byte { b[46], b[47] = 94, 3; return b })
		}, "code", "1 instruction removed, 1 added"},
		{"jump", func(f *pyc.File) {
			setBytes(&function(t, f, greet).Code, func(b []byte) []byte { b[67] -= 2; return b })
		}, "code", "1 instruction removed, 1 added"},
		{"parameter", func(f *pyc.File) { function(t, f, greet).Flags &^= code.VarArgs }, "signature flags", "parameters (self, *names) => (self)"},
		{"function", func(f *pyc.File) { setConst(f.Code, 3, code.None) }, "functions code constants", "only in the first"},
		{"handler", func(f *pyc.File) {
			setBytes(&function(t, f, greet).ExceptionTable, func([]byte) []byte {
				b, err := code.EncodeExceptionTable([]code.ExceptionEntry{{Start: 2, End: 8, Target: 70, Depth: 1}})
				if err != nil {
					t.Fatal(err)
				}
				return b
			})
		}, "handlers", "0 handlers => 1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a, b := read(t, example(t)), read(t, example(t))
			test.change(b)
			r, err := pycdiff.Compare(a, b)
			if err != nil {
				t.Fatal(err)
			}
			var found []string
			for _, l := range r.Found() {
				found = append(found, string(l))
			}
			if got := strings.Join(found, " "); got != test.levels {
				t.Errorf("levels %q, want %q: %+v", got, test.levels, r.Findings)
			}
			if test.levels == "" != r.Identical {
				t.Errorf("identical: %v", r.Identical)
			}
			if !slices.ContainsFunc(r.Findings, func(f pycdiff.Finding) bool { return strings.Contains(f.Text, test.has) }) && test.has != "" {
				t.Errorf("no finding says %q: %+v", test.has, r.Findings)
			}
			r.Ignore(r.Found())
			if !r.Same() {
				t.Errorf("not the same when all levels are ignored: %+v", r.Findings)
			}
		})
	}
}

// TestShift inserts an instruction: everything behind it moves, and one line
// of the diff says so.
func TestShift(t *testing.T) {
	a, b := read(t, example(t)), read(t, example(t))
	o := function(t, b, "Greeter.greet")
	setBytes(&o.Code, func(c []byte) []byte {
		c = slices.Insert(c, 12, 27, 0) // NOP inside of the loop, before its body
		c[7]++                          // FOR_ITER goes further
		c[69]++                         // JUMP_BACKWARD, too
		return c
	})
	r, err := pycdiff.Compare(a, b)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(r.Findings, func(f pycdiff.Finding) bool { return f.Level == pycdiff.Code })
	if i < 0 {
		t.Fatalf("no difference in code: %+v", r.Findings)
	}
	changed := 0
	for _, line := range r.Findings[i].Diff {
		if line[0] == '+' || line[0] == '-' {
			changed++
		}
	}
	if changed != 1 {
		t.Errorf("one instruction more shows as %d lines:\n%s", changed, strings.Join(r.Findings[i].Diff, "\n"))
	}
}

// goldens calls f for each version's compiled test programs.
func goldens(t *testing.T, f func(t *testing.T, files []conformance.ArchiveFile)) {
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
			f(t, a.Files)
		})
	}
}

// The normal form of a file differs from it in reference flags and forms only,
// in all versions: normalise and diff agree on what that is.
func TestNormalForms(t *testing.T) {
	goldens(t, func(t *testing.T, files []conformance.ArchiveFile) {
		for _, f := range files {
			a := read(t, f.PYC)
			b, err := normalise.File(a, normalise.Options{})
			if err != nil {
				t.Fatal(err)
			}
			data, err := b.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			r, err := pycdiff.Compare(a, read(t, data))
			if err != nil {
				t.Fatal(err)
			}
			if !r.Identical && !slices.Equal(r.Found(), []pycdiff.Level{pycdiff.Refs}) {
				t.Errorf("%s: %s: %+v", f.Source, r.Summary(), r.Findings)
			}
		}
	})
}

// Two programs that are not the same are never found to be the same.
func TestNeighboursDiffer(t *testing.T) {
	goldens(t, func(t *testing.T, files []conformance.ArchiveFile) {
		for i := 1; i < len(files); i++ {
			r, err := pycdiff.Compare(read(t, files[i-1].PYC), read(t, files[i].PYC))
			if err != nil {
				t.Fatal(err)
			}
			r.Ignore([]pycdiff.Level{pycdiff.Header, pycdiff.Filenames, pycdiff.Lines, pycdiff.Columns})
			empty := func(name string) bool { return name == "empty.py" || name == "comment_only.py" }
			if r.Same() && !empty(files[i-1].Source) && !empty(files[i].Source) {
				t.Errorf("%s and %s: %s", files[i-1].Source, files[i].Source, r.Summary())
			}
		}
	})
}

func TestVersions(t *testing.T) {
	fib, err := os.ReadFile("../cli/testdata/pyc/fib.3.8.pyc")
	if err != nil {
		t.Fatal(err)
	}
	other, err := os.ReadFile("../cli/testdata/pyc/fib.3.12.pyc")
	if err != nil {
		t.Fatal(err)
	}
	r, err := pycdiff.Compare(read(t, fib), read(t, other))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		if f.Level != pycdiff.Version && f.Level != pycdiff.Header {
			t.Errorf("the same source, compiled by two versions: %+v", f)
		}
	}
}

func FuzzCompare(f *testing.F) {
	data := example(f)
	f.Add(data, data)
	f.Fuzz(func(t *testing.T, x, y []byte) {
		a, err := pyc.Read(x, pyc.Options{})
		if err != nil {
			return
		}
		b, err := pyc.Read(y, pyc.Options{})
		if err != nil {
			return
		}
		r, err := pycdiff.Compare(a, b)
		if err == nil && r.Identical != (string(x) == string(y)) {
			t.Errorf("identical: %v", r.Identical)
		}
		if err == nil && !r.Identical && r.Same() {
			t.Error("different bytes, but nothing found")
		}
	})
}
