package codegen

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
)

var update = flag.Bool("update", false, "write what CPython says into the golden files")

// TestPrograms compares the sequences of the programs in testdata/programs with
// those that CPython has made of them; -update asks it again.
func TestPrograms(t *testing.T) {
	names, err := filepath.Glob("testdata/programs/*.py")
	if err != nil || len(names) == 0 {
		t.Fatal("no programs: ", err)
	}
	var answers *reader
	if *update {
		answers = &reader{ask(t, names, "exec", 0)[0]}
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			golden := strings.TrimSuffix(name, ".py") + ".golden"
			if answers != nil {
				all, e := answers.answer()
				if e != "" {
					t.Fatal(e)
				}
				text := "# CPython 3.14.6: testdata/sequences.py 0 exec; go test -run TestPrograms -update\n" + listing(all)
				if err := os.WriteFile(golden, []byte(text), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			f, d := source.Decode(name, data)
			if d != nil {
				t.Fatal(d)
			}
			got, d := record(f, parser.Exec, 0)
			if d != nil {
				t.Fatal(d)
			}
			compareLines(t, listing(got), string(want))
		})
	}
}

// TestProgramsLive compares them with what an interpreter says now, at all levels.
func TestProgramsLive(t *testing.T) {
	names, err := filepath.Glob("testdata/programs/*.py")
	if err != nil {
		t.Fatal(err)
	}
	for level := range 3 {
		r := &reader{ask(t, names, "exec", level)[0]}
		for _, name := range names {
			want, e := r.answer()
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if kind, text := compareFile(name, data, want, e, level); kind != "same" {
				t.Errorf("level %d: %s: %s: %s", level, name, kind, text)
			}
		}
	}
}

// listing is the text of sequences in a golden file.
func listing(all []sequence) string {
	names := map[int32]string{}
	for op := range opcodes.All() {
		names[int32(op.Number)] = op.Name
	}
	var b strings.Builder
	for i, s := range all {
		fmt.Fprintf(&b, "# sequence %d\n", i)
		for _, in := range s {
			fmt.Fprintf(&b, "%s %d", names[in[0]], in[1])
			if in[2] != -1 {
				fmt.Fprintf(&b, " %d:%d-%d:%d", in[2], in[4], in[3], in[5])
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// compareLines compares texts of which the one wanted begins with comments.
func compareLines(t *testing.T, got, want string) {
	t.Helper()
	_, want, _ = strings.Cut(want, "\n")
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) || g[i] != w[i] {
			from := max(0, i-3)
			t.Fatalf("line %d:\ngot\n%s\nwant\n%s", i+1,
				strings.Join(g[min(from, len(g)):min(i+4, len(g))], "\n"),
				strings.Join(w[min(from, len(w)):min(i+4, len(w))], "\n"))
		}
	}
}

// TestDiagnostics compares the errors and warnings of the programs in
// testdata/diagnostics.txt with those of CPython, which are below each program.
func TestDiagnostics(t *testing.T) {
	const name = "testdata/diagnostics.txt"
	if *update {
		in, err := oracle.Find(pyver.Py314)
		if err != nil {
			t.Skip(err)
		}
		out, err := exec.Command(in.Path, "testdata/diagnostics.py", name).Output()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, out, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for part := range strings.SplitSeq(string(text), "---\n") {
		program, want := part, ""
		if i := strings.Index(part, "=> "); i >= 0 {
			program, want = part[:i], part[i:]
		}
		var b strings.Builder
		warnings, d := diagnostics(source.NewFile("program", program))
		for _, w := range warnings {
			fmt.Fprintf(&b, "=> %s %d: %s\n", w.Type, w.Line, w.Message)
		}
		if d != nil {
			fmt.Fprintf(&b, "=> %s %d:%d-%d:%d: %s\n", d.Type, d.Line, d.Col, d.EndLine, d.EndCol, d.Message)
		}
		if got := b.String(); got != want {
			t.Errorf("%s: got\n%swant\n%s", program, got, want)
		}
	}
}

// diagnostics returns the warnings and the error that codegen has for a program.
func diagnostics(f *source.File) ([]*source.Diagnostic, *source.Diagnostic) {
	root, diags := parser.Parse(f, parser.Options{})
	if root == nil {
		return nil, diags[len(diags)-1]
	}
	if d := preprocess(root, f, 0, false); d != nil {
		return nil, d
	}
	table, d := symtable.Build(root, f, symtable.Options{})
	if d != nil {
		return nil, d
	}
	_, warnings, d := Module(root, table, f, Options{Finish: func(u *instruction.Unit) (*code.Object, error) {
		return object(u), nil
	}})
	return warnings, d
}
