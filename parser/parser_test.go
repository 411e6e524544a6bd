package parser

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/source"
)

// TestDepth checks that what nests deep ends where CPython ends, or near to it,
// and what only looks deep does not end.
func TestDepth(t *testing.T) {
	many := strings.Repeat
	tests := []struct {
		name, source string
		want         string // the type of the error, "" for none
	}{
		{"unary", many("-", 5900) + "a", ""},
		{"unary", many("-", 6000) + "a", "MemoryError"},
		{"unary", many("~", 1e6) + "a", "MemoryError"},
		{"not", many("not ", 5900) + "a", ""},
		{"not", many("not ", 6000) + "a", "MemoryError"},
		{"lambda", many("lambda: ", 2900) + "a", ""},
		{"lambda", many("lambda: ", 3000) + "a", "MemoryError"},
		{"default", many("lambda a=", 740) + "a" + many(":0", 740), ""},
		{"default", many("lambda a=", 760) + "a" + many(":0", 760), "MemoryError"},
		{"power", many("a**", 2900) + "a", ""},
		{"power", many("a**", 3000) + "a", "MemoryError"},
		{"conditional", many("a if a else ", 5900) + "a", ""},
		{"conditional", many("a if a else ", 6000) + "a", "MemoryError"},
		{"elif", "if a: pass\n" + many("elif a: pass\n", 5900), ""},
		{"elif", "if a: pass\n" + many("elif a: pass\n", 6000), "MemoryError"},
		{"brackets", many("(", 200) + many(")", 200), ""},
		{"brackets", many("(", 201) + many(")", 201), "SyntaxError"},
		{"brackets", many("{a: [-", 100) + "a" + many("]}", 100), ""},
		{"brackets", many("(a, [0, ", 100) + "a" + many("])", 100), "MemoryError"},
		{"mixture", "lambda a=" + many("(lambda b=[", 80) + "a" + many("]: 0)", 80) + ": 0", ""},
		{"mixture", "lambda a=" + many("(lambda b=[", 98) + "a" + many("]: 0)", 98) + ": 0", "MemoryError"},
		{"attributes", "a" + many(".a", 1e5), ""},
		{"calls", "a" + many("()", 1e5), ""},
		{"subscripts", "a" + many("[0]", 1e5), ""},
		{"sums", "a" + many("+a", 1e5), ""},
		{"comparisons", "a" + many("<a", 1e5), ""},
		{"strings", many("'a' ", 1e5), ""},
		{"targets", many("a=", 1e5) + "1", ""},
		{"conditions", "[a for a in a" + many(" if a", 1e5) + "]", ""},
		{"match", many("match ", 100), "SyntaxError"},
		{"with", "with " + many("(", 199) + "a" + many(")", 199) + ": pass", ""},
		{"pattern", "match a:\n case " + many("[", 200) + many("]", 200) + ": pass", ""},
	}
	for _, c := range tests {
		root, ds := Parse(source.NewFile("t.py", c.source+"\n"), Options{})
		got := ""
		if root == nil {
			got = ds[len(ds)-1].Type
		}
		if got != c.want {
			t.Errorf("%s, %d bytes: got %q, want %q", c.name, len(c.source), got, c.want)
		}
	}
}

// TestReset checks that what a Parser keeps does not show in the next tree, and
// that without Reset trees stay as they are.
func TestReset(t *testing.T) {
	_, cases := readTrees(t)
	var reused, kept Parser
	roots := make([]ast.Root, len(cases))
	for i, c := range cases {
		f := source.NewFile("t.py", c.source)
		roots[i], _ = kept.Parse(f, c.options(t))
		reused.Reset()
		root, _ := reused.Parse(f, c.options(t))
		if root != nil {
			if got, want := ast.Dump(root), ast.Dump(roots[i]); got != want {
				t.Errorf("%q:\ngot  %s\nwant %s", c.source, got, want)
			}
		}
	}
	for i, c := range cases {
		if root, _ := Parse(source.NewFile("t.py", c.source), c.options(t)); root != nil {
			if got, want := ast.Dump(roots[i]), ast.Dump(root); got != want {
				t.Errorf("%q: kept:\ngot  %s\nwant %s", c.source, got, want)
			}
		}
	}
}

// TestAllocs checks that a Parser that is reused allocates for constants only.
func TestAllocs(t *testing.T) {
	f := source.NewFile("t.py", strings.Repeat("def f(a, *b): return [a.b(c)[e] + f for g in h], *b\n", 100))
	var p Parser
	parse := func() {
		p.Reset()
		p.Parse(f, Options{})
	}
	parse()
	if n := testing.AllocsPerRun(10, parse); n > 2 {
		t.Errorf("%v allocations", n)
	}
}

// benchmarkFiles returns the project's own programs and their length, or the Python
// files in the directory that KRAIT_BENCH_SOURCE names.
func benchmarkFiles(b *testing.B) (files []*source.File, length int) {
	dir := os.Getenv("KRAIT_BENCH_SOURCE")
	if dir == "" {
		dir = "../testdata/py"
	}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".py") {
			return err
		}
		data, err := os.ReadFile(name)
		if f, d := source.Decode(name, data); err == nil && d == nil {
			if root, _ := Parse(f, Options{}); root != nil {
				files = append(files, f)
				length += len(f.Text)
			}
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return files, length
}

// BenchmarkParse parses with a Parser that is reused, tokens included.
func BenchmarkParse(b *testing.B) {
	files, length := benchmarkFiles(b)
	var p Parser
	b.SetBytes(int64(length))
	b.ReportAllocs()
	for b.Loop() {
		for _, f := range files {
			p.Reset()
			p.Parse(f, Options{})
		}
	}
}

// BenchmarkParseFresh parses each file with a new Parser.
func BenchmarkParseFresh(b *testing.B) {
	files, length := benchmarkFiles(b)
	b.SetBytes(int64(length))
	b.ReportAllocs()
	for b.Loop() {
		for _, f := range files {
			Parse(f, Options{})
		}
	}
}

// FuzzParse checks that no text makes the parser panic, that there is a tree or an
// error, and that nodes lie within the text and within those that contain them.
func FuzzParse(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte, mode uint8, comments bool) {
		file, d := source.Decode("t.py", data)
		if d != nil {
			return
		}
		o := Options{Mode: Mode(mode % 4), TypeComments: comments}
		root, ds := Parse(file, o)
		if root == nil {
			if len(ds) == 0 || ds[len(ds)-1].Severity != source.Error {
				t.Errorf("no tree and no error")
			}
			return
		}
		for n := range ast.Walk(root) {
			s, ok := ast.Position(n)
			if !ok {
				continue
			}
			if s.Line < 1 || s.Col < 0 || s.EndLine < s.Line || s.EndLine == s.Line && s.EndCol < s.Col ||
				int(s.EndCol) > len(file.Line(int(s.EndLine))) {
				t.Errorf("%s at %v", n.NodeKind(), s)
			}
		}
	})
}

// seeds adds the programs of the project to a fuzz target.
func seeds(f *testing.F) {
	data, err := os.ReadFile(treeFile)
	if err != nil {
		f.Fatal(err)
	}
	for s := range strings.SplitSeq(string(data), "\n== ") {
		flags, s, _ := strings.Cut(s, "\n")
		text, _, _ := strings.Cut(s, "\n--")
		mode := uint8(strings.Index("exec eval sing func", flags[:min(4, len(flags))]) / 5)
		f.Add([]byte(text), mode, strings.Contains(flags, "type_comments"))
	}
	names, err := filepath.Glob("../testdata/py/*.py")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, uint8(0), false)
	}
}

// FuzzAgainstInterpreter checks that a real interpreter accepts and refuses the
// same texts, and makes the same trees of them.
func FuzzAgainstInterpreter(f *testing.F) {
	seeds(f)
	s := session(f)
	f.Fuzz(func(t *testing.T, data []byte, mode uint8, _ bool) {
		if len(data) > 1<<12 || mode > 1 {
			return
		}
		var want string
		ask(t, s, data, `
import base64
mode = "`+[]string{"exec", "eval"}[mode]+`"
try:
    result = ast.dump(compile(base64.b64decode(input), "t.py", mode, ast.PyCF_ONLY_AST), include_attributes=True)
except Exception as e:
    result = "error" # of whichever type
    if "future feature" in str(e) or "from __future__" in str(e): result = "" # found later
result = json.dumps(result)
`, &want)
		if want == "" {
			return
		}
		got := "error"
		if file, d := source.Decode("t.py", data); d == nil {
			if root, _ := Parse(file, Options{Mode: Mode(mode)}); root != nil {
				var b strings.Builder
				if err := ast.Fprint(&b, root, ast.DumpOptions{Attributes: true}); err != nil {
					t.Fatal(err)
				}
				got = b.String()
			}
		}
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	})
}
