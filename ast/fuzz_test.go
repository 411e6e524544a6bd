package ast_test

import (
	"io"
	"os"
	"testing"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/source"
)

// Whatever parses can be printed, walked, unparsed and preprocessed; what is
// printed before does not change what is printed afterwards.
func FuzzTree(f *testing.F) {
	for _, path := range []string{"testdata/statements.py", "testdata/expressions.py", "testdata/preprocess.py"} {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	for _, s := range annotations {
		f.Add(s)
		f.Add("match x:\n case " + s + ": '%s %5.3r' % (a, b)")
	}
	f.Fuzz(func(t *testing.T, text string) {
		file := source.NewFile("t.py", text)
		var p parser.Parser
		for level := range 3 {
			root, _ := p.Parse(file, parser.Options{TypeComments: level == 0})
			if root == nil {
				return
			}
			before := ast.Dump(root)
			for n := range ast.Walk(root) {
				if e, ok := n.(ast.Expr); ok {
					ast.Unparse(e)
				}
			}
			if ast.Dump(root) != before {
				t.Error("the tree has changed")
			}
			ast.Preprocess(root, file, ast.PreprocessOptions{Optimize: level, FutureAnnotations: level == 1})
			once := ast.Dump(root)
			ast.Fprint(io.Discard, root, ast.DumpOptions{Attributes: true, Positional: true, Indent: " "})
			if level < 2 {
				ast.Preprocess(root, file, ast.PreprocessOptions{Optimize: level, FutureAnnotations: level == 1})
				if ast.Dump(root) != once {
					t.Error("preprocessing a second time changes the tree")
				}
			}
		}
	})
}
