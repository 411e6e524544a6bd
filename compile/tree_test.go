package compile

import (
	"testing"

	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/source"
)

// TestTree compiles a tree with a compiler that has parsed nothing, or another file: the names of sets in it are not looked for there.
func TestTree(t *testing.T) {
	const text = "def f(x):\n    return x in {1, 'a', 'abcd'}\n"
	var c Compiler
	for range 2 {
		f, err := source.Decode("t.py", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		root, diags := parser.Parse(f, parser.Options{})
		if root == nil {
			t.Fatal(diags)
		}
		if o, diags := c.Tree(root, f, Options{}); o == nil {
			t.Fatal(diags)
		}
		if o, diags := c.Source([]byte("abcd = 1\n"), Options{}); o == nil {
			t.Fatal(diags)
		}
	}
}
