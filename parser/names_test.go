package parser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/source"
)

// changed are programs in which Preprocess has something to do.
var changed = []string{
	"x = 1\n@d('%s' % (a,))\ndef f():\n    return '%d' % x\ny = '%r' % (x,)\n",
	"def f(a='%s' % (1,)):\n    def g():\n        print(__debug__)\n    return g\n",
	"class C(__debug__): pass\n",
	"for i in x:\n    try:\n        pass\n    finally:\n        if i:\n            break\n        def f():\n            return 1\n        continue\n",
	"match x:\n    case -1 | {-2: y} | 1 + 2j:\n        pass\n    case A(b=-3.0):\n        z = '%s' % (\n            y,\n        )\n",
	"with ('%s' % (a,)):\n    x = '%s' % (b,); y = 1\nz = '%a' % (c,)\n",
	"with ('%s' % (a,),\n  b):\n    pass\n",
	"match ('%s' % (a,),\n  b)\n'%s' % (b,)\n",
	"if a:\n    pass\nelif '%s' % (a,):\n    pass\nelse:\n    '%s' % (b,)\n",
	"\U0001d4ed\U0001d4ee = ___\uff44ebug__ = __\uff44ebug__\n",
}

// TestChanges compares what Preprocess makes of trees when it looks at all of them
// with what it makes of them when it looks where the parser tells it to.
func TestChanges(t *testing.T) {
	programs := append([]string(nil), changed...)
	files, err := filepath.Glob("../testdata/py/*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("found %d programs: %v", len(files), err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		programs = append(programs, string(data))
	}
	for _, text := range programs {
		f, bad := source.Decode("t.py", []byte(text))
		if bad != nil {
			continue
		}
		for _, future := range []bool{false, true} {
			var p Parser
			all, _ := p.Parse(f, Options{})
			if all == nil {
				break
			}
			want, wantWarnings := preprocessed(t, all, f, ast.PreprocessOptions{FutureAnnotations: future})
			some, _ := p.Parse(f, Options{})
			got, warnings := preprocessed(t, some, f, ast.PreprocessOptions{FutureAnnotations: future, Changes: p.Changes()})
			if got != want || warnings != wantWarnings {
				t.Errorf("%s\nbecomes\n%s%swant\n%s%s", text, got, warnings, want, wantWarnings)
			}
		}
	}
}

func preprocessed(t *testing.T, root ast.Root, f *source.File, o ast.PreprocessOptions) (tree, warnings string) {
	t.Helper()
	list, err := ast.Preprocess(root, f, o)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, d := range list {
		b.WriteString(d.Error() + "\n")
	}
	var dump strings.Builder
	if err := ast.Fprint(&dump, root, ast.DumpOptions{Attributes: true}); err != nil {
		t.Fatal(err)
	}
	return dump.String(), b.String()
}

func TestHasName(t *testing.T) {
	f, bad := source.Decode("t.py", []byte("\ufb01 = match.attribute_of_it\n"))
	if bad != nil {
		t.Fatal(bad)
	}
	var p Parser
	p.Parse(f, Options{})
	for name, want := range map[string]bool{
		"fi": true, "match": true, "attribute_of_it": true,
		"case": false, "super": false, "attribute": false, "": false, "if": false,
	} {
		if got := p.HasName(name); got != want {
			t.Errorf("HasName(%q) = %v, want %v", name, got, want)
		}
	}
}

// TestChangesMakeNothing: what Preprocess makes of formatting is where the tree is, and is taken
// back with it.
func TestChangesMakeNothing(t *testing.T) {
	f, bad := source.Decode("t.py", []byte("x = 'a%sb%-5r' % (y, z)\n"))
	if bad != nil {
		t.Fatal(bad)
	}
	var p Parser
	made := 0
	n := testing.AllocsPerRun(100, func() {
		root, _ := p.Parse(f, Options{})
		ast.Preprocess(root, f, ast.PreprocessOptions{Changes: p.Changes()})
		if _, ok := root.(*ast.Module).Body[0].(*ast.Assign).Value.(*ast.JoinedStr); ok {
			made++
		}
		p.Reset()
		p.Recycle()
	})
	if made == 0 {
		t.Error("no f-string was made")
	}
	// The specification's text is written anew.
	if n > 2 {
		t.Errorf("%v allocations for one file", n)
	}
}
