package symtable_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
	"github.com/krait-py/krait/token"
)

var update = flag.Bool("update", false, "write testdata/*.symbols anew, asking CPython 3.14, and testdata/*.printed")

// dump writes what Python's _symtable module shows of a table: of each scope, in
// order, the depth, name, kind, line, whether it is nested; its parameters; its
// symbols with their bits. Free variables that only pass through a scope are in no
// order in CPython, so they are sorted, behind the others.
func dump(t *symtable.Table) string {
	var b strings.Builder
	var scope func(s *symtable.Scope, depth int)
	scope = func(s *symtable.Scope, depth int) {
		nested := 0
		if s.Nested {
			nested = 1
		}
		fmt.Fprintf(&b, "scope %d %s %d %d %d\n", depth, s.Name, s.Kind, s.Span.Line, nested)
		if len(s.Params) > 0 {
			fmt.Fprintf(&b, "params %s\n", strings.Join(s.Params, " "))
		}
		var passing []string
		for sym := range s.Symbols() {
			line := fmt.Sprintf("%s %#x\n", sym.Name, sym.Bits())
			if sym.Flags == 0 && sym.Resolution == symtable.Free {
				passing = append(passing, line)
			} else {
				b.WriteString(line)
			}
		}
		slices.Sort(passing)
		b.WriteString(strings.Join(passing, ""))
		for _, c := range s.Children {
			scope(c, depth+1)
		}
	}
	scope(t.Top, 0)
	return b.String()
}

// dumpProgram is the same in Python, for a list of paths; it leaves out files that do
// not compile.
const dumpProgram = `
import _symtable, hashlib, json, sys, warnings
warnings.simplefilter("ignore")
def dump(table):
    out = []
    def scope(s, depth):
        out.append("scope %d %s %d %d %d\n" % (depth, s.name, s.type, s.lineno, s.nested))
        if s.varnames: out.append("params %s\n" % " ".join(s.varnames))
        passing = []
        for name, bits in s.symbols.items():
            (passing if bits == _symtable.FREE << _symtable.SCOPE_OFF else out).append("%s %#x\n" % (name, bits))
        out.extend(sorted(passing))
        for c in s.children: scope(c, depth + 1)
    scope(table, 0)
    return "".join(out)
answer = {}
for path in json.loads(PATHS):
    with open(path, "rb") as f: data = f.read()
    try: text = dump(_symtable.symtable(data, path, "exec"))
    except (SyntaxError, ValueError): continue
    answer[path] = text if FULL else hashlib.sha256(text.encode()).hexdigest()
result = json.dumps(answer)
`

// reference asks CPython 3.14 for the dumps of files, or for their hashes.
func reference(t *testing.T, paths []string, full bool) map[string]string {
	t.Helper()
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	s := in.Start(oracle.Config{})
	defer s.Close()
	list, err := json.Marshal(paths)
	if err != nil {
		t.Fatal(err)
	}
	program := strings.Replace(dumpProgram, "PATHS", pyString(list), 1)
	flag := "False"
	if full {
		flag = "True"
	}
	answer, err := s.Exec(strings.Replace(program, "FULL", flag, 1))
	if err != nil {
		t.Fatal(err)
	}
	var dumps map[string]string
	if err := json.Unmarshal([]byte(answer), &dumps); err != nil {
		t.Fatal(err)
	}
	return dumps
}

// buildFile builds the table of a file.
func buildFile(t testing.TB, path string) *symtable.Table {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, d := source.Decode(path, data)
	var table *symtable.Table
	if d == nil {
		table, d = build(f)
	}
	if d != nil {
		t.Fatalf("%s: %v", path, d)
	}
	return table
}

func programs(t testing.TB, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("%s: no files (%v)", pattern, err)
	}
	return paths
}

const goldenHeader = "# _symtable of Python 3.14.6: go test ./symtable -update\n"

// TestGolden compares the tables of our programs with those of CPython.
func TestGolden(t *testing.T) {
	paths := programs(t, "testdata/*.py")
	if *update {
		absolute := make([]string, len(paths))
		for i, p := range paths {
			abs, err := filepath.Abs(p)
			if err != nil {
				t.Fatal(err)
			}
			absolute[i] = abs
		}
		dumps := reference(t, absolute, true)
		for i, p := range paths {
			if err := os.WriteFile(golden(p, ".symbols"), []byte(goldenHeader+dumps[absolute[i]]), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, p := range paths {
		want, err := os.ReadFile(golden(p, ".symbols"))
		if err != nil {
			t.Fatal(err)
		}
		if got := goldenHeader + dump(buildFile(t, p)); got != string(want) {
			t.Errorf("%s:\n%s", p, firstDifference(got, string(want)))
		}
	}
}

func golden(path, ext string) string { return strings.TrimSuffix(path, ".py") + ext }

// firstDifference shows the lines where two texts part.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	i := 0
	for i < len(g) && i < len(w) && g[i] == w[i] {
		i++
	}
	return fmt.Sprintf("line %d: got %q, want %q", i+1, strings.Join(g[i:min(i+1, len(g))], ""), strings.Join(w[i:min(i+1, len(w))], ""))
}

// TestPrint compares the printer's text with files that were read by a person.
func TestPrint(t *testing.T) {
	for _, p := range programs(t, "testdata/*.py") {
		var b bytes.Buffer
		if err := symtable.Fprint(&b, buildFile(t, p)); err != nil {
			t.Fatal(err)
		}
		if *update {
			if err := os.WriteFile(golden(p, ".printed"), b.Bytes(), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden(p, ".printed"))
		if err != nil {
			t.Fatal(err)
		}
		if b.String() != string(want) {
			t.Errorf("%s:\n%s", p, firstDifference(b.String(), string(want)))
		}
	}
}

// TestReference compares the tables of all our programs, and unless -short is given of
// the whole standard library, with those of CPython.
func TestReference(t *testing.T) {
	var paths []string
	for _, pattern := range []string{"testdata/*.py", "../testdata/py/*.py"} {
		for _, p := range programs(t, pattern) {
			abs, err := filepath.Abs(p)
			if err != nil {
				t.Fatal(err)
			}
			paths = append(paths, abs)
		}
	}
	if !testing.Short() {
		in, err := oracle.Find(pyver.Py314)
		if err != nil {
			t.Skip(err)
		}
		s := in.Start(oracle.Config{})
		dir, err := s.Exec("import os\nresult = os.path.dirname(os.__file__)")
		if err != nil {
			t.Fatal(err)
		}
		s.Close()
		err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err == nil && filepath.Ext(path) == ".py" {
				paths = append(paths, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	want := reference(t, paths, false)
	var b symtable.Builder
	compared := 0
	for _, p := range paths {
		data, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		var table *symtable.Table
		f, d := source.Decode(p, data)
		if d == nil {
			root, ds := parser.Parse(f, parser.Options{})
			if root == nil {
				d = ds[len(ds)-1]
			} else {
				var future symtable.Future
				if future, d = symtable.ParseFuture(root, f); d == nil {
					table, d = b.Build(root, f, symtable.Options{Future: future})
				}
			}
		}
		hash, compiles := want[p]
		switch {
		case compiles != (d == nil):
			t.Errorf("%s: got error %v; the reference accepts it: %v", p, d, compiles)
		case compiles:
			compared++
			if got := hashOf(dump(table)); got != hash {
				full := reference(t, []string{p}, true)
				t.Errorf("%s: %s", p, firstDifference(dump(table), full[p]))
			}
		}
	}
	t.Logf("%d files equal", compared)
}

// TestScopes checks that every node leads to its scope.
func TestScopes(t *testing.T) {
	const program = `
def f[T: int = str](a=lambda: 1):
    return [x for x in y]
class C[U]:
    type A[V = int] = V
    x: int
    @d
    async def f(self): return {a: (b for b in a) for a in a}, {c for c in c}
try: pass
finally: lambda: 2
`
	root, _ := parser.Parse(source.NewFile("t.py", program), parser.Options{})
	table, d := symtable.Build(root, source.NewFile("t.py", program), symtable.Options{})
	if d != nil {
		t.Fatal(d)
	}
	body := root.(*ast.Module).Body
	f, c := body[0].(*ast.FunctionDef), body[1].(*ast.ClassDef)
	alias, method := c.Body[0].(*ast.TypeAlias), c.Body[2].(*ast.AsyncFunctionDef)
	tuple := method.Body[0].(*ast.Return).Value.(*ast.Tuple)
	dictComp := tuple.Elts[0].(*ast.DictComp)
	for _, test := range []struct {
		node symtable.Node
		kind symtable.ScopeKind
		name string
	}{
		{f, symtable.FunctionScope, "f"},
		{f.Args.Defaults[0].(*ast.Lambda), symtable.FunctionScope, "lambda"},
		{f.TypeParams[0], symtable.TypeVariableScope, "T"},
		{f.Body[0].(*ast.Return).Value.(*ast.ListComp), symtable.FunctionScope, "listcomp"},
		{c, symtable.ClassScope, "C"},
		{alias, symtable.TypeAliasScope, "A"},
		{method, symtable.FunctionScope, "f"},
		{dictComp, symtable.FunctionScope, "dictcomp"},
		{dictComp.Value, symtable.FunctionScope, "genexpr"},
		{tuple.Elts[1], symtable.FunctionScope, "setcomp"},
		{body[2].(*ast.Try).Finalbody[0].(*ast.ExprStmt).Value, symtable.FunctionScope, "lambda"},
	} {
		sc := table.Scope(test.node)
		if sc == nil || sc.Kind != test.kind || sc.Name != test.name {
			t.Errorf("%T: got %+v, want %v %s", test.node, sc, test.kind, test.name)
		} else if sc.Node != test.node {
			t.Errorf("%T: got the scope of another node", test.node)
		}
	}
	if sc := table.Default(f.TypeParams[0]); sc == nil || sc.Kind != symtable.TypeVariableScope {
		t.Errorf("default of T: got %v", sc)
	}
	if sc := table.Default(alias.TypeParams[0]); sc == nil || table.Scope(alias.TypeParams[0]) != nil {
		t.Errorf("default of V: got %v; bound %v", sc, table.Scope(alias.TypeParams[0]))
	}
	if sc := table.Scope(tuple); sc != nil {
		t.Errorf("a tuple has a scope: %v", sc)
	}
	for _, sc := range []*symtable.Scope{table.Scope(f), table.Scope(c), table.Scope(alias)} {
		if sc.TypeParams == nil || sc.TypeParams.Kind != symtable.TypeParametersScope {
			t.Errorf("%s: got type parameters %v", sc.Name, sc.TypeParams)
		}
	}
	for _, sc := range []*symtable.Scope{table.Scope(f), table.Scope(c), table.Scope(method)} {
		if sc.Annotations == nil || sc.Annotations.Kind != symtable.AnnotationScope {
			t.Errorf("%s: got annotations %v", sc.Name, sc.Annotations)
		}
	}
}

func TestSymbols(t *testing.T) {
	table, d := build(source.NewFile("t.py", `
class Spam[__T]:
    __a = other = 1
    def m(self, b, c, *, d, **e):
        def inner():
            nonlocal c
            c = __class__, b, c.__a, __U, __T
        return inner
    x: int
    if 1: y: int
`))
	if d != nil {
		t.Fatal(d)
	}
	params := table.Top.Children[0]
	class := params.Children[0]
	method := class.Children[len(class.Children)-1]
	for _, c := range class.Children {
		if c.Name == "m" {
			method = c
		}
	}
	inner := method.Children[1]
	for _, test := range []struct {
		scope    *symtable.Scope
		name     string
		mangled  string
		resolved symtable.Resolution
	}{
		{params, "__T", "_Spam__T", symtable.Cell},
		{params, "__U", "__U", symtable.Unresolved},
		{class, "__a", "_Spam__a", symtable.Local},
		{class, "other", "other", symtable.Local},
		{class, "nothing", "nothing", symtable.Unresolved},
		{class, "__nothing__", "__nothing__", symtable.Unresolved},
		{method, "b", "b", symtable.Cell},
		{method, "d", "d", symtable.Local},
		{inner, "b", "b", symtable.Free},
		{inner, "__U", "_Spam__U", symtable.GlobalImplicit},
		{inner, "__T", "_Spam__T", symtable.Free},
	} {
		if got := test.scope.Mangle(test.name); got != test.mangled {
			t.Errorf("%s in %s: mangled to %s, want %s", test.name, test.scope.Name, got, test.mangled)
		}
		if got := test.scope.Resolve(test.mangled); got != test.resolved {
			t.Errorf("%s in %s: got %v, want %v", test.name, test.scope.Name, got, test.resolved)
		}
		if sym := test.scope.Find(test.name); (sym != nil) != (test.resolved != symtable.Unresolved) {
			t.Errorf("%s in %s: found %v", test.name, test.scope.Name, sym)
		} else if sym != nil && (sym.Name != test.mangled || sym.Slot != -1) {
			t.Errorf("%s in %s: found %+v", test.name, test.scope.Name, sym)
		}
	}
	for _, test := range []struct {
		what      string
		got, want []string
	}{
		{"parameters", method.Params, []string{"self", "b", "c", "d", "e"}},
		{"cells of the method", method.CellVars(), []string{"b", "c"}},
		{"free variables of the method", method.FreeVars(), []string{"_Spam__T", "__class__"}},
		{"cells of the class", class.CellVars(), []string{"__class__", "__classdict__", "__conditional_annotations__"}},
		{"free variables of inner", inner.FreeVars(), []string{"_Spam__T", "__class__", "b", "c"}},
	} {
		if !slices.Equal(test.got, test.want) {
			t.Errorf("%s: got %q, want %q", test.what, test.got, test.want)
		}
	}
}

func TestMangle(t *testing.T) {
	for _, test := range []struct{ class, name, want string }{
		{"", "__a", "__a"},
		{"C", "__a", "_C__a"},
		{"C", "__a_", "_C__a_"},
		{"C", "__a__", "__a__"},
		{"C", "_a", "_a"},
		{"C", "a", "a"},
		{"C", "", ""},
		{"C", "_", "_"},
		{"C", "__", "__"},
		{"C", "___", "___"},
		{"C", "____a", "_C____a"},
		{"C", "__a.b", "__a.b"},
		{"__C", "__a", "_C__a"},
		{"__C_", "__a", "_C___a"},
		{"___", "__a", "__a"},
		{"É", "__ü", "_É__ü"},
	} {
		if got := symtable.Mangle(test.class, test.name); got != test.want {
			t.Errorf("%q in class %q: got %q, want %q", test.name, test.class, got, test.want)
		}
	}
}

func TestParseFuture(t *testing.T) {
	for _, test := range []struct {
		source string
		want   symtable.Future
	}{
		{"", symtable.Future{Last: source.Span{Line: -1, Col: -1, EndLine: -1, EndCol: -1}}},
		{"import a\nfrom __future__ import annotations", symtable.Future{Last: source.Span{Line: -1, Col: -1, EndLine: -1, EndCol: -1}}},
		{"from __future__ import division", symtable.Future{Last: source.Span{Line: 1, EndLine: 1, EndCol: 31}}},
		{"'doc'; from __future__ import annotations", symtable.Future{Flags: code.FutureAnnotations, Last: source.Span{Line: 1, Col: 7, EndLine: 1, EndCol: 41}}},
		{"from __future__ import annotations as a, barry_as_FLUFL\nfrom __future__ import generators\n1", symtable.Future{
			Flags: code.FutureAnnotations | code.FutureBarryAsFLUFL, Last: source.Span{Line: 2, EndLine: 2, EndCol: 33}}},
	} {
		f := source.NewFile("t.py", test.source)
		root, ds := parser.Parse(f, parser.Options{})
		if root == nil {
			t.Fatal(ds)
		}
		got, d := symtable.ParseFuture(root, f)
		if d != nil || got != test.want {
			t.Errorf("%q: got %+v, %v; want %+v", test.source, got, d, test.want)
		}
	}
}

// TestModes builds tables of expressions, interactive statements and with await at
// module level.
func TestModes(t *testing.T) {
	for _, test := range []struct {
		source string
		mode   parser.Mode
		opts   symtable.Options
		want   string
	}{
		{"[x for x in y]", parser.Eval, symtable.Options{}, ""},
		{"x = 1; 'y'", parser.Single, symtable.Options{}, ""},
		{"await x", parser.Exec, symtable.Options{TopLevelAwait: true}, ""},
		{"async with a: [x async for x in y]\nasync for x in y: pass", parser.Exec, symtable.Options{TopLevelAwait: true}, ""},
		{"def f(): await x", parser.Exec, symtable.Options{TopLevelAwait: true}, "1:10-1:17 SyntaxError: 'await' outside async function"},
		{"class C: await x", parser.Exec, symtable.Options{TopLevelAwait: true}, "1:10-1:17 SyntaxError: 'await' outside function"},
		{"(int) -> str", parser.FuncType, symtable.Options{}, "0:0-0:0 RuntimeError: this compiler does not handle FunctionTypes"},
	} {
		f := source.NewFile("t.py", test.source)
		root, ds := parser.Parse(f, parser.Options{Mode: test.mode})
		if root == nil {
			t.Fatalf("%q: %v", test.source, ds[len(ds)-1])
		}
		if _, d := symtable.Build(root, f, test.opts); errorLine(d) != test.want {
			t.Errorf("%q: got %q, want %q", test.source, errorLine(d), test.want)
		}
	}
}

// TestDeep builds trees that nest as deeply as CPython's symbol table can go, and
// deeper.
func TestDeep(t *testing.T) {
	for _, test := range []struct {
		depth int
		want  string
	}{
		{57_000, ""},
		{58_000, "RecursionError"},
	} {
		e := ast.Expr(&ast.Name{ID: "x"})
		for range test.depth {
			e = &ast.Attribute{Value: e, Attr: "y"}
		}
		_, d := symtable.Build(&ast.Module{Body: []ast.Stmt{&ast.ExprStmt{Value: e}}}, source.NewFile("t.py", ""), symtable.Options{})
		if got := typeOf(d); got != test.want {
			t.Errorf("%d levels: got %q, want %q", test.depth, got, test.want)
		}
	}
}

func typeOf(d *source.Diagnostic) string {
	if d == nil {
		return ""
	}
	return d.Type
}

// TestManyNames builds scopes with more names than are searched one by one.
func TestManyNames(t *testing.T) {
	var b strings.Builder
	b.WriteString("def f():\n")
	for i := range 5000 {
		fmt.Fprintf(&b, "    v%d = w%d\n", i, i/2)
	}
	b.WriteString("    def g():\n        return [")
	for i := range 5000 {
		fmt.Fprintf(&b, "v%d, ", i)
	}
	b.WriteString("]\n    print(v1, w1)\n")
	table, d := build(source.NewFile("t.py", b.String()))
	if d != nil {
		t.Fatal(d)
	}
	f := table.Top.Children[1]
	if got := f.Len(); got != 5000+2500+2 {
		t.Errorf("got %d symbols, want 7502", got)
	}
	if got := len(f.CellVars()); got != 5000 {
		t.Errorf("got %d cells, want 5000", got)
	}
	for i := range 5000 {
		if got := f.Resolve(fmt.Sprintf("v%d", i)); got != symtable.Cell {
			t.Fatalf("v%d: got %v", i, got)
		}
	}
}

// TestBuilder builds table after table in the same memory.
func TestBuilder(t *testing.T) {
	var b symtable.Builder
	paths := append(programs(t, "testdata/*.py"), programs(t, "testdata/*.py")...)
	for _, p := range paths {
		data, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		f := source.NewFile(p, string(data))
		root, _ := parser.Parse(f, parser.Options{})
		future, _ := symtable.ParseFuture(root, f)
		table, d := b.Build(root, f, symtable.Options{Future: future})
		if d != nil {
			t.Fatal(d)
		}
		if got, want := dump(table), dump(buildFile(t, p)); got != want {
			t.Errorf("%s: %s", p, firstDifference(got, want))
		}
		bad := source.NewFile("t.py", "def f():\n    nonlocal x")
		root, _ = parser.Parse(bad, parser.Options{})
		if _, d := b.Build(root, bad, symtable.Options{}); d == nil {
			t.Error("no error")
		}
	}
}

// TestTopNum asks for all names of a file by their numbers, with those of the module and with
// the numbers left out.
func TestTopNum(t *testing.T) {
	f := source.NewFile("t.py", "import a\nb = [c for c in a]\ndef f(a): return a.b, [d for b in e], super, __name__\n")
	var p parser.Parser
	root, _ := p.Parse(f, parser.Options{})
	for _, names := range []*token.Names{p.Names(), nil} {
		table, d := symtable.Build(root, f, symtable.Options{Names: names})
		if d != nil {
			t.Fatal(d)
		}
		have := 0
		for id := token.NameID(1); int(id) < p.Names().Len(); id++ {
			name := p.Names().Text(id)
			sym := table.TopNum(name, id)
			if want := table.Top.Lookup(name); sym != want {
				t.Errorf("TopNum(%s) = %v, want %v", name, sym, want)
			}
			inside := table.Top.Children[0].Lookup(name)
			if inside != nil && table.Top.LookupSame(inside) != sym {
				t.Errorf("LookupSame(%s) is not what TopNum returns", name)
			}
			if sym != nil {
				have++
			}
		}
		if want := table.Top.Len(); have != want {
			t.Errorf("%d names have symbols, want %d", have, want)
		}
	}
}
