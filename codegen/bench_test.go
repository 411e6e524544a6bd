package codegen

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
)

// BenchmarkModule compiles the packages of the standard library that lie at its
// top, without the stages before and after.
func BenchmarkModule(b *testing.B) {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		b.Skip(err)
	}
	lib, err := in.Stdlib()
	if err != nil {
		b.Skip(err)
	}
	type module struct {
		root  ast.Root
		table *symtable.Table
		file  *source.File
	}
	var modules []module
	size := 0
	fs.WalkDir(lib, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".py") || strings.Contains(path, "test") {
			return nil
		}
		data, err := fs.ReadFile(lib, path)
		if err != nil {
			return nil
		}
		f, d := source.Decode(path, data)
		if d != nil {
			return nil
		}
		root, _ := parser.Parse(f, parser.Options{})
		if root == nil {
			return nil
		}
		future, d := symtable.ParseFuture(root, f)
		if d != nil || preprocess(root, f, 0, future.Flags&code.FutureAnnotations != 0) != nil {
			return nil
		}
		table, d := symtable.Build(root, f, symtable.Options{Future: future})
		if d != nil {
			return nil
		}
		modules = append(modules, module{root, table, f})
		size += len(data)
		return nil
	})
	finish := func(u *instruction.Unit) (*code.Object, error) {
		return &code.Object{Name: &code.Str{S: u.Name}, FirstLine: int(u.FirstLine)}, nil
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	var c Generator
	for b.Loop() {
		for _, m := range modules {
			if _, _, d := c.Module(m.root, m.table, m.file, Options{Finish: finish}); d != nil && !strings.Contains(d.Message, "not written") {
				b.Fatal(d)
			}
		}
	}
}
