package symtable_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
)

func hashOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// FuzzBuild checks of any program that parses that its table is consistent, and
// the same if it is made of what the parser has noted.
func FuzzBuild(f *testing.F) {
	for _, c := range errorCases {
		f.Add(c.source)
	}
	for _, s := range notedCases {
		f.Add(s)
	}
	for _, p := range programs(f, "testdata/*.py") {
		data, err := os.ReadFile(p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<16 {
			return
		}
		table, d := build(source.NewFile("t.py", text))
		if d == nil {
			check(t, table.Top, table)
		}
		compareNoted(t, text)
	})
}

// check checks a scope and those inside.
func check(t *testing.T, s *symtable.Scope, table *symtable.Table) {
	n := 0
	for sym := range s.Symbols() {
		n++
		if s.Lookup(sym.Name) != sym {
			t.Errorf("%s: %s is not found", s.Name, sym.Name)
		}
		if sym.Resolution == symtable.Unresolved {
			t.Errorf("%s: %s is not resolved", s.Name, sym.Name)
		}
		if sym.Resolution == symtable.Cell && !s.IsFunctionLike() && sym.Flags&symtable.DefCompCell == 0 {
			t.Errorf("%s: cell %s of a %v", s.Name, sym.Name, s.Kind)
		}
	}
	if n != s.Len() {
		t.Errorf("%s: %d symbols, Len %d", s.Name, n, s.Len())
	}
	for _, p := range s.Params {
		if sym := s.Lookup(p); sym == nil || sym.Flags&symtable.DefParam == 0 {
			t.Errorf("%s: parameter %s is no symbol", s.Name, p)
		}
	}
	free, cells := s.FreeVars(), s.CellVars()
	if !slices.IsSorted(free) {
		t.Errorf("%s: free variables %q", s.Name, free)
	}
	if s.Kind == symtable.ModuleScope && len(free) > 0 {
		t.Errorf("free variables %q in a module", free)
	}
	for _, c := range s.Children {
		for _, name := range c.FreeVars() {
			// Some scope around provides it: as a cell or as a free variable of its own.
			if !slices.Contains(cells, name) && !slices.Contains(free, name) {
				t.Errorf("%s: %s inside wants %s", s.Name, c.Name, name)
			}
		}
		if n, ok := c.Node.(symtable.Node); ok && table.Scope(n) != c {
			if p, ok := n.(ast.TypeParam); !ok || table.Default(p) != c {
				t.Errorf("%s: not found by its node", c.Name)
			}
		}
		check(t, c, table)
	}
}

// benchmarkFiles returns the Python files below $KRAIT_BENCH_SOURCE, or the project's
// own.
func benchmarkFiles(b *testing.B) []*source.File {
	dir := os.Getenv("KRAIT_BENCH_SOURCE")
	if dir == "" {
		dir = "../testdata/py"
	}
	var files []*source.File
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".py" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		f, d2 := source.Decode(path, data)
		if d2 != nil {
			return nil
		}
		if _, d2 := build(f); d2 == nil {
			files = append(files, f)
		}
		return nil
	})
	if err != nil || len(files) == 0 {
		b.Fatalf("%s: no files (%v)", dir, err)
	}
	return files
}

func BenchmarkBuild(b *testing.B) {
	files := benchmarkFiles(b)
	var p parser.Parser
	var builder symtable.Builder
	size := 0
	for _, f := range files {
		size += len(f.Text)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, f := range files {
			// Trees are parsed anew: to keep them all would measure the collector.
			b.StopTimer()
			root, _ := p.Parse(f, parser.Options{})
			b.StartTimer()
			future, _ := symtable.ParseFuture(root, f)
			if _, d := builder.Build(root, f, symtable.Options{Future: future}); d != nil {
				b.Fatal(d)
			}
		}
	}
}
