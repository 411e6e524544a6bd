package ast_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
)

var update = flag.Bool("update", false, "write what CPython 3.14 says into testdata")

// ask runs a program in CPython 3.14, whose input is v as JSON and whose result is
// JSON, too. It skips the test if there is none.
func ask(t testing.TB, v any, program string, result any) {
	t.Helper()
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	s := in.Start(oracle.Config{})
	defer s.Close()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.Exec("import ast, json, warnings\nwarnings.simplefilter('ignore')\n" +
		"input = json.loads(" + strconv.QuoteToASCII(string(text)) + ")\n" + program)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(out), result); err != nil {
		t.Fatal(err)
	}
}

// parse returns the tree of a text, changed as the compiler does it at the level
// given if that is not 0.
func parse(t testing.TB, text string, level int) ast.Root {
	t.Helper()
	f := source.NewFile("t.py", text)
	root, ds := parser.Parse(f, parser.Options{TypeComments: true})
	if root == nil {
		t.Fatal(ds)
	}
	if level != 0 {
		preprocess(t, root, f, level)
	}
	return root
}

func preprocess(t testing.TB, root ast.Root, f *source.File, level int) []*source.Diagnostic {
	future, d := symtable.ParseFuture(root, f)
	if d != nil {
		t.Fatal(d)
	}
	warnings, d := ast.Preprocess(root, f, ast.PreprocessOptions{
		Optimize: level, FutureAnnotations: future.Flags&code.FutureAnnotations != 0})
	if d != nil {
		t.Fatal(d)
	}
	return warnings
}

func dump(t testing.TB, n ast.Node, o ast.DumpOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := ast.Fprint(&b, n, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// dumps are the ways in which the programs of testdata are printed.
var dumps = []struct {
	name, call string
	level      int
	o          ast.DumpOptions
}{
	{"attributes", "include_attributes=True, indent=1", 0, ast.DumpOptions{Attributes: true, Indent: " "}},
	{"lines", "indent=3", 0, ast.DumpOptions{Indent: "   "}},
	{"flat", "", 0, ast.DumpOptions{}},
	{"positional", "annotate_fields=False", 0, ast.DumpOptions{Positional: true}},
	{"empty", "annotate_fields=False, show_empty=True, indent=0", 0, ast.DumpOptions{Positional: true, ShowEmpty: true, Multiline: true}},
	{"level1", "include_attributes=True, show_empty=True", 1, ast.DumpOptions{Attributes: true, ShowEmpty: true}},
	{"level2", "include_attributes=True, indent=' '", 2, ast.DumpOptions{Attributes: true, Indent: " "}},
}

func TestDump(t *testing.T) {
	programs, err := filepath.Glob("testdata/*.py")
	if err != nil || len(programs) == 0 {
		t.Fatal("no programs", err)
	}
	for _, path := range programs {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		golden := strings.TrimSuffix(path, ".py") + ".json"
		if *update {
			want := map[string]string{}
			var calls [][3]any
			for _, d := range dumps {
				calls = append(calls, [3]any{d.name, d.call, d.level})
			}
			ask(t, []any{string(text), calls}, `
text, calls = input
out = {"made_by": "CPython 3.14.6, go test ./ast -update"}
for name, call, level in calls:
    tree = ast.parse(text, type_comments=True, optimize=level)
    out[name] = eval("ast.dump(tree, " + call + ")")
result = json.dumps(out)
`, &want)
			data, err := json.MarshalIndent(want, "", " ")
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(golden, append(data, '\n'), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		data, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		var want map[string]string
		if err := json.Unmarshal(data, &want); err != nil {
			t.Fatal(err)
		}
		for _, d := range dumps {
			got := dump(t, parse(t, string(text), d.level), d.o)
			if got != want[d.name] {
				t.Errorf("%s: %s: %s", path, d.name, difference(got, want[d.name]))
			}
		}
	}
}

// difference shows where two texts part.
func difference(got, want string) string {
	i := 0
	for i < min(len(got), len(want)) && got[i] == want[i] {
		i++
	}
	from := max(0, i-80)
	return fmt.Sprintf("got\n%.200s\nwant\n%.200s", got[from:], want[from:])
}

// annotations are what TestUnparse unparses; testdata/unparse.json has the results.
var annotations = []string{
	"lambda: 0", "lambda *a: 0", "lambda **k: 0", "lambda a, /: 0", "lambda a, /, b=1, *, c, d=2, **e: 0", "lambda a=1, /, b=2: 0", "lambda *, a: 0", "lambda *a, b: 0",
	"1 .real", "1.5.real", "(-1).real", "'a'.x", "1e999", "-1e999", "1e999j", "1e999+1e999j", "u'a'", "u'a' 'b'", "b'a\\x00'", "...", "None", "0xff", "1_000", "1e16", "100000000000000000000000",
	"f'a{b}'", "f'{b!r:>{w}}'", "f'{ {1:2}}'", "f'{{}}'", "f'{b=}'", "f'{(lambda: 0)}'", "f'{a, b}'", "f'{a if b else c}'", "f'{f\"{x}\"}'", "f\"{x['a']}\"", "f'{x:}'", "f'{x:a{y}b}'", "f'\\x7b{x}'", "f'it\\'s \"{x}\"'", "f'{\"\\n\"}'", "f'\\ud800{a}'", "'x' f'{y}' 'z'",
	"t'a{b}'", "t'{b!s:x{y}}'", "t'{ {1:2} }'", "t'{t\"{a}\"}'", "'\\ud800'", "'\\n\\t\"'", "'it\\'s \"x\"'",
	"not a", "not (not a)", "not a == b", "(not a) == b", "-a ** -b", "(-a) ** b", "-(-a)", "(a ** b) ** c", "a ** b ** c", "a - (b - c)", "(a - b) - c", "a | b ^ c & d << e + f * g", "(a | b) ^ c", "a @ b // c % d / e >> f", "~a", "+a",
	"(a, b)", "(a,)", "()", "[*a, b]", "{**a, 'b': c}", "{**(a or b)}", "{*a}", "{1}", "{}", "a[1]", "a[1, 2]", "a[1:2]", "a[:, 1:2:3]", "a[*b]", "a[()]", "a[(1,)]", "a[lambda: 0]",
	"a if b else c if d else e", "(a if b else c) if d else e", "a if (b if c else d) else e", "a < b < c", "(a < b) < c", "a is not b not in c", "a == b != c <= d >= e > f in g is h", "a and b or c", "a and (b or c)", "a and (b and c)",
	"f(x for x in y)", "f((x for x in y), z)", "f(*a, **k)", "f(a, b=c, *d, **e)", "f(*(a or b))", "(a + b).c", "(lambda: 0)()", "(a if b else c)()",
	"[x for x in y if z if w for u in v]", "{x for x in y}", "{x: y for x, y in z}", "(x for x in y)", "[x for x in (a if b else c)]", "[x for (a, b) in y]", "[x for a, in y]", "0x" + strings.Repeat("f", 4000),
}

const askAnnotations = `
out = []
for text in input:
    space = {}
    try:
        exec(compile("from __future__ import annotations\nx: (" + text + ")", "t.py", "exec"), space)
        out.append(space["__annotations__"]["x"])
    except Exception as e:
        out.append(f"{type(e).__name__}: {e}")
result = json.dumps({"made_by": "CPython 3.14.6, go test ./ast -update", "results": out})
`

func TestUnparse(t *testing.T) {
	const golden = "testdata/unparse.json"
	type results struct {
		MadeBy  string   `json:"made_by"`
		Results []string `json:"results"`
	}
	var want results
	if *update {
		ask(t, annotations, askAnnotations, &want)
		data, err := json.MarshalIndent(want, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, append(data, '\n'), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	if len(want.Results) != len(annotations) {
		t.Fatalf("%d results, want %d", len(want.Results), len(annotations))
	}
	for i, text := range annotations {
		if got := unparse(t, text); got != want.Results[i] {
			t.Errorf("%s: got %s, want %s", text, got, want.Results[i])
		}
	}
}

func unparse(t testing.TB, text string) string {
	root := parse(t, "x: ("+text+")\n", 0)
	got, err := ast.Unparse(root.(*ast.Module).Body[0].(*ast.AnnAssign).Annotation)
	if err != nil {
		return "ValueError: " + err.Error()
	}
	return got
}

func TestFinallyWarnings(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"def f():\n try: pass\n finally: return 1\n", []string{"3:11-3:19 'return'"}},
		{"while 1:\n try: pass\n finally: break\n", []string{"3:11-3:16 'break'"}},
		{"while 1:\n try: pass\n finally:\n  for x in y: continue\n  else: break\n  def f():\n    return\n  continue\n", []string{"5:9-5:14 'break'", "8:3-8:11 'continue'"}},
		{"def f():\n try: pass\n finally:\n  try: return\n  finally: pass\n", []string{"4:8-4:14 'return'"}},
		{"def f():\n try: pass\n finally:\n  while 1:\n   return\n", nil},
		{"def f():\n try: pass\n finally:\n  with a:\n   if é: return é; 1\n", []string{"5:11-5:20 'return'"}},
		{"try: pass\nexcept* a: pass\nfinally:\n class C:\n  return\n", []string{"5:3-5:9 'return'"}},
		{"def f():\n try: pass\n finally:\n  match x:\n   case 1: return\n", []string{"5:12-5:18 'return'"}},
	} {
		f := source.NewFile("t.py", c.text)
		root, ds := parser.Parse(f, parser.Options{})
		if root == nil {
			t.Fatal(ds)
		}
		var got []string
		for _, w := range preprocess(t, root, f, 0) {
			keyword, rest, _ := strings.Cut(w.Message, " ")
			if w.Type != "SyntaxWarning" || w.Severity != source.Warning || rest != "in a 'finally' block" {
				t.Errorf("%q: warning %v", c.text, w)
			}
			got = append(got, fmt.Sprintf("%d:%d-%d:%d %s", w.Line, w.Col, w.EndLine, w.EndCol, keyword))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

// Trees that are too deep are errors, not crashes.
func TestDeepTrees(t *testing.T) {
	for _, c := range []struct {
		n    int
		want string
	}{{30_000, ""}, {200_000, "RecursionError"}} {
		f := source.NewFile("t.py", "x % a"+strings.Repeat("+a", c.n))
		root, ds := parser.Parse(f, parser.Options{})
		if root == nil {
			t.Fatal(ds)
		}
		got := ""
		if _, d := ast.Preprocess(root, f, ast.PreprocessOptions{}); d != nil {
			got = d.Type
		}
		if got != c.want {
			t.Errorf("%d operators: got %q, want %q", c.n, got, c.want)
		}
		count := 0
		for range ast.Walk(root) {
			count++
		}
		if count != 2*c.n+5 {
			t.Errorf("%d operators: %d nodes", c.n, count)
		}
		err := ast.Fprint(new(bytes.Buffer), root, ast.DumpOptions{})
		if (err != nil) != (c.n > 100_000) {
			t.Errorf("%d operators: %v", c.n, err)
		}
	}
}

func TestWalk(t *testing.T) {
	root := parse(t, "def f(a, *, b=1): return {a: g(b), **c}\n", 0)
	var got []string
	for n := range ast.Walk(root) {
		got = append(got, n.NodeKind().String())
		// Fields and Children lead to the same nodes.
		var fields, children []ast.Node
		for f := range ast.Fields(n) {
			if f.Node != nil {
				fields = append(fields, f.Node)
			}
			for _, c := range f.List {
				if c != nil {
					fields = append(fields, c)
				}
			}
		}
		for c := range ast.Children(n) {
			children = append(children, c)
		}
		if !slices.Equal(fields, children) {
			t.Errorf("%s: fields lead to %v, children are %v", n.NodeKind(), fields, children)
		}
	}
	want := "Module FunctionDef arguments arg arg Constant Return Dict Name Call Name Name Name"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got %s, want %s", s, want)
	}
}

func ExampleFprint() {
	root, _ := parser.Parse(source.NewFile("example.py", "x = 1\n"), parser.Options{})
	ast.Fprint(os.Stdout, root, ast.DumpOptions{Indent: "  "})
	// Output:
	// Module(
	//   body=[
	//     Assign(
	//       targets=[
	//         Name(id='x', ctx=Store())],
	//       value=Constant(value=1))])
}

func ExampleWalk() {
	root, _ := parser.Parse(source.NewFile("example.py", "print(len(x) + 1)\n"), parser.Options{})
	for n := range ast.Walk(root) {
		if name, ok := n.(*ast.Name); ok {
			fmt.Println(name.ID)
		}
	}
	// Output:
	// print
	// len
	// x
}

func benchmarkText(b *testing.B) *source.File {
	var text []byte
	for _, path := range []string{"testdata/statements.py", "testdata/expressions.py", "testdata/preprocess.py"} {
		data, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		text = append(text, strings.Replace(string(data), "from __future__", "from future", 1)...)
	}
	return source.NewFile("t.py", strings.Repeat(string(text), 50))
}

func BenchmarkPreprocess(b *testing.B) {
	f := benchmarkText(b)
	root, ds := parser.Parse(f, parser.Options{})
	if root == nil {
		b.Fatal(ds)
	}
	b.SetBytes(int64(len(f.Text)))
	b.ReportAllocs()
	for b.Loop() {
		ast.Preprocess(root, f, ast.PreprocessOptions{})
	}
}

func BenchmarkFprint(b *testing.B) {
	f := benchmarkText(b)
	root, ds := parser.Parse(f, parser.Options{})
	if root == nil {
		b.Fatal(ds)
	}
	b.SetBytes(int64(len(f.Text)))
	b.ReportAllocs()
	for b.Loop() {
		if err := ast.Fprint(new(bytes.Buffer), root, ast.DumpOptions{Attributes: true, Indent: "   "}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWalk(b *testing.B) {
	f := benchmarkText(b)
	root, ds := parser.Parse(f, parser.Options{})
	if root == nil {
		b.Fatal(ds)
	}
	b.SetBytes(int64(len(f.Text)))
	for b.Loop() {
		for range ast.Walk(root) {
		}
	}
}
