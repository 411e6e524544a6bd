package parser

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
)

var update = flag.Bool("update", false, "write what CPython 3.14 says into testdata")

// treeCase is a program of testdata/trees.txt.
type treeCase struct {
	line         int
	flags        string // the mode, and what else is asked for
	source, want string
}

// options returns what c asks for.
func (c *treeCase) options(t *testing.T) Options {
	var o Options
	for i, f := range strings.Fields(c.flags) {
		name, value, _ := strings.Cut(f, "=")
		switch {
		case i == 0:
			mode := map[string]Mode{"exec": Exec, "eval": Eval, "single": Single, "func_type": FuncType}
			o.Mode = mode[name]
		case name == "type_comments":
			o.TypeComments = true
		case name == "feature_version":
			o.FeatureVersion, _ = strconv.Atoi(value)
		default:
			t.Fatalf("line %d: what is %s?", c.line, f)
		}
	}
	return o
}

const treeFile = "testdata/trees.txt"

// readTrees returns what stands before the first program, and the programs.
func readTrees(t *testing.T) (string, []*treeCase) {
	data, err := os.ReadFile(treeFile)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, _ := strings.Cut(string(data), "\n== ")
	line := strings.Count(head, "\n") + 2
	var cases []*treeCase
	for s := range strings.SplitSeq(rest, "\n== ") {
		c := &treeCase{line: line}
		line += strings.Count(s, "\n") + 1
		c.flags, s, _ = strings.Cut(s, "\n")
		text, want, ok := strings.Cut("\n"+s, "\n--")
		if !ok {
			t.Fatalf("%s:%d: no --", treeFile, c.line)
		}
		c.source = strings.TrimPrefix(text+"\n", "\n")
		if w, ok := strings.CutPrefix(want, " no line break"); ok {
			c.source, want = strings.TrimSuffix(c.source, "\n"), w
		}
		c.want = strings.TrimSpace(want)
		cases = append(cases, c)
	}
	return head, cases
}

// dumpTree returns the tree of a text as ast.dump shows it, or the type of the error.
func dumpTree(f *source.File, o Options) string {
	root, ds := Parse(f, o)
	if root == nil {
		return ds[len(ds)-1].Type
	}
	var b bytes.Buffer
	if err := ast.Fprint(&b, root, ast.DumpOptions{Attributes: true}); err != nil {
		return err.Error()
	}
	return b.String()
}

// session starts a CPython 3.14, or skips the test.
func session(t testing.TB) *oracle.Session {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	s := in.Start(oracle.Config{})
	t.Cleanup(func() { s.Close() })
	return s
}

// ask runs a program whose input is v, as JSON, and whose result is JSON, too.
func ask(t testing.TB, s *oracle.Session, v any, program string, result any) {
	in, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.Exec("import ast, json, warnings\nwarnings.simplefilter('ignore')\n" +
		"input = json.loads(" + strconv.QuoteToASCII(string(in)) + ")\n" + program)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(out), result); err != nil {
		t.Fatal(err)
	}
}

func updateTrees(t *testing.T) {
	head, cases := readTrees(t)
	var in [][2]string
	for _, c := range cases {
		in = append(in, [2]string{c.flags, c.source})
	}
	var want []string
	ask(t, session(t), in, `
out = []
for flags, text in input:
    mode, *rest = flags.split()
    bits, version = ast.PyCF_ONLY_AST, -1
    for f in rest:
        if f == "type_comments": bits |= ast.PyCF_TYPE_COMMENTS
        else: version = int(f.partition("=")[2])
    try:
        tree = compile(text, "t.py", mode, bits, _feature_version=version)
        out.append(ast.dump(tree, include_attributes=True))
    except Exception as e:
        out.append(type(e).__name__)
result = json.dumps(out)
`, &want)
	b := bytes.NewBufferString(head)
	for i, c := range cases {
		fmt.Fprintf(b, "\n== %s\n%s", c.flags, c.source)
		if strings.HasSuffix(c.source, "\n") {
			b.WriteString("--\n")
		} else {
			b.WriteString("\n-- no line break\n")
		}
		b.WriteString(want[i])
	}
	b.WriteByte('\n')
	if err := os.WriteFile(treeFile, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}

// TestTrees compares trees with those CPython makes of the programs in testdata.
func TestTrees(t *testing.T) {
	if *update {
		updateTrees(t)
	}
	_, cases := readTrees(t)
	for _, c := range cases {
		f := source.NewFile("t.py", c.source)
		if got := dumpTree(f, c.options(t)); got != c.want {
			t.Errorf("%s:%d: %s\n%s\ngot  %s\nwant %s", treeFile, c.line, c.flags, c.source, got, c.want)
		}
	}
}

// TestAgainstInterpreter compares the trees of whole files with those of a real
// interpreter.
func TestAgainstInterpreter(t *testing.T) {
	s := session(t)
	lib, err := s.Interpreter.Stdlib()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	err = fs.WalkDir(lib, ".", func(name string, d fs.DirEntry, err error) error {
		if strings.HasSuffix(name, ".py") {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string][]byte)
	// The whole library takes an interpreter too long to print.
	for i := 0; i < len(names); i += 12 {
		if files[names[i]], err = fs.ReadFile(lib, names[i]); err != nil {
			t.Fatal(err)
		}
	}
	own, err := filepath.Glob("../testdata/py/*.py")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range own {
		if files[name], err = os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	var p Parser
	for name, data := range files {
		f, d := source.Decode(name, data)
		if d != nil {
			t.Errorf("%s: %v", name, d)
			continue
		}
		var want string
		ask(t, s, data, `
import base64
try:
    result = json.dumps(ast.dump(ast.parse(base64.b64decode(input)), include_attributes=True))
except SyntaxError:
    result = '""'
`, &want)
		p.Reset()
		root, ds := p.Parse(f, Options{})
		if root == nil {
			if want != "" {
				t.Errorf("%v", ds[len(ds)-1])
			}
			continue
		}
		var got bytes.Buffer
		if err := ast.Fprint(&got, root, ast.DumpOptions{Attributes: true}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := got.String(); got != want {
			i := 0
			for i < len(got) && i < len(want) && got[i] == want[i] {
				i++
			}
			from := max(0, i-200)
			t.Errorf("%s\ngot  %.400s\nwant %.400s", name, got[from:], want[from:])
		}
	}
}
