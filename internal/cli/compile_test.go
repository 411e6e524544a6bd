package cli

import (
	"bytes"
	"errors"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

// compileText runs krait compile with a file of that text.
func compileText(t *testing.T, text string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.WriteFile("m.py", []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return run(append([]string{"compile"}, args...)...)
}

// The page of a small program is the one that was looked at.
func TestCompilePage(t *testing.T) {
	t.Chdir("../..")
	const golden = "testdata/compile/clip.html"
	got, stderr, status := run("compile", "--dump", "html", "testdata/compile/clip.py")
	if status != exitOK {
		t.Fatal(stderr)
	}
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the page differs from %s; run go test with -update and look at it", golden)
	}
	if link := regexp.MustCompile(`(?i)(src|href)\s*=\s*["']?[^"'# >]|url\(|@import|fetch\(`).FindString(got); link != "" {
		t.Errorf("the page refers to something else: %s", link)
	}
}

// variety has every kind of code object.
const variety = `"""Doc."""
import functools
@functools.cache
def f[T: int = str](a: int, *, b=lambda x: x) -> T:
    "doc"
    @functools.cache
    async def g():
        async for i in a: yield i
    x: int = 1
    return [y for y in a] + list(z for z in a), (lambda: 1), (lambda: 2)
class C[U]:
    x: int
    y = [(lambda: i) for i in range(3)]
    def m(self): return super().m, self.__x
type A[V] = list[V]
def h():
    try: pass
    finally:
        (lambda: f"é{1!r}" % 2)
    if 0:
        def dead(): pass
def f(): pass
z: int = 2
`

// Every function has a place on the page with a column of each stage.
func TestCompilePageFunctions(t *testing.T) {
	page, stderr, status := compileText(t, variety, "--dump", "html", "m.py")
	if status != exitOK {
		t.Fatal(stderr)
	}
	found := map[string]int{}
	sections := strings.Split(page, `<details class="f"`)[1:]
	for _, section := range sections {
		name := regexp.MustCompile(`<h2>(.*?)</h2>`).FindStringSubmatch(section)
		if name == nil {
			t.Fatalf("a section without a name: %.200s", section)
		}
		qualname := html.UnescapeString(name[1])
		found[qualname]++
		for _, column := range []string{"source", "tokens", "tree", "symbols", "codegen", "graph", "final"} {
			_, after, ok := strings.Cut(section, `<div class="col `+column+`"`)
			if !ok {
				t.Errorf("%s has no column %s", qualname, column)
				continue
			}
			rows, _, _ := strings.Cut(after, "</div></div>")
			if column != "symbols" && strings.Count(rows, "<div") < 2 {
				t.Errorf("%s: nothing in column %s", qualname, column)
			}
		}
	}
	for name, n := range map[string]int{
		"<module>": 1, "f": 2, "C": 1, "C.m": 1, "A": 1, "h": 1, "h.<locals>.dead": 1, "f.<locals>.g": 1,
		"f.<locals>.<lambda>": 2, "<lambda>": 1, "f.<locals>.<genexpr>": 1, "h.<locals>.<lambda>": 2,
		"C.__annotate__": 1, "__annotate__": 2, "<generic parameters of f>": 1, "T": 2,
	} {
		if found[name] != n {
			t.Errorf("%d sections for %s, want %d", found[name], name, n)
		}
	}
}

// What stages make of a function is about that function alone.
func TestCompileDumpFunction(t *testing.T) {
	for _, test := range []struct {
		stage, function, want, not string
	}{
		{"tokens", "f.<locals>.g", "'async'", "'lambda'"},
		{"tokens", "f.<locals>.<genexpr>", "'z'", "'list'"},
		{"ast", "C", "name='C'", "name='f'"},
		{"ast", "<module>", "name='C'", ""},
		{"ast", "f.<locals>.<genexpr>", "GeneratorExp(", "FunctionDef"},
		{"ast", "<generic parameters of C>", "ClassDef(", "name='f'"},
		{"preprocessed", "h.<locals>.<lambda>", "Lambda(", "FunctionDef"},
		{"symtable", "C.m", "function m", "class C"},
		{"symtable", "A", "type alias A", "class C"},
		{"symtable", "C.__annotate__", "annotation __annotate__, line 12", "class C"},
		{"codegen", "C.m", "C.m(self), line 14", "f("},
		{"final", "h", "LOAD_CONST", "Disassembly of"},
	} {
		out, stderr, status := compileText(t, variety, "--dump", test.stage, "m.py", test.function)
		if status != exitOK || !strings.Contains(out, test.want) || test.not != "" && strings.Contains(out, test.not) {
			t.Errorf("%s of %s: status %d, %s\n%s\nwant %q in it and not %q",
				test.stage, test.function, status, stderr, out, test.want, test.not)
		}
	}
}

// On a large page, passes show what is around their changes only.
func TestCompilePageFold(t *testing.T) {
	text := "def f(a):\n    a()\n" + strings.Repeat("    a.b(1 + 2)\n", 400) + "    return a\n"
	page, stderr, status := compileText(t, text, "--dump", "html", "m.py")
	if status != exitOK {
		t.Fatal(stderr)
	}
	if !regexp.MustCompile(`<div class="fact">  … \d{3,} lines as before</div>`).MatchString(page) {
		t.Error("nothing is left out")
	}
	var c pageColumn
	for i := range 40 {
		row := pageRow{Line: i}
		if i == 20 {
			row.Class = "add"
		}
		c.Rows = append(c.Rows, row)
	}
	c.Diff = true
	c.fold()
	if len(c.Rows) != 9 || c.Rows[1].Line != 17 || c.Rows[7].Line != 23 {
		t.Errorf("folded: %v", c.Rows)
	}
}

// Whatever the source says is text on the page.
func TestCompilePageHostile(t *testing.T) {
	const evil = "<script>alert(1)</script>\" onload='x'&amp;"
	for _, text := range []string{
		"x = '''" + evil + "'''\n",
		"# " + evil + "\nx = 1\n",
		"def f(): return f'''{1}" + evil + "'''\n",
		"x: '''" + evil + "''' = b'''" + evil + "'''\n",
		"x = '''\n" + evil + "\n\x1b[2J\u202e\u2028'''\n",
	} {
		page, stderr, status := compileText(t, text, "--dump", "html", "--filename", evil, "m.py")
		if status != exitOK {
			t.Fatal(stderr)
		}
		for _, bad := range []string{"<script>alert", "<script>\"", "onload='x'", "\x1b", "\u202e"} {
			if strings.Contains(page, bad) {
				t.Errorf("%q: the page has %q", text, bad)
			}
		}
	}
}

// Deep trees and long chains do not take for ever, whatever is shown of them.
func TestCompileDumpDeep(t *testing.T) {
	for _, text := range []string{
		"x = " + strings.Repeat("-", 900) + "1\n",
		"x = " + strings.Repeat("1 + ", 900) + "y\n",
		strings.Repeat("class C: pass\n", 300),
		"x = " + strings.Repeat("lambda: ", 80) + "1\n",
	} {
		for _, stage := range []string{"html", strings.Join(stageWords(), ",")} {
			if _, stderr, status := compileText(t, text, "--dump", stage, "m.py"); status != exitOK {
				t.Errorf("%s of %.30s: %s", stage, text, stderr)
			}
		}
	}
}

// What --dump list lists can be asked for.
func TestCompileDumpList(t *testing.T) {
	list, _, _ := run("compile", "--dump", "list")
	words := regexp.MustCompile(`(?m)^  (\S+)`).FindAllStringSubmatch(list, -1)
	if len(words) < 25 {
		t.Fatalf("%d stages and passes", len(words))
	}
	for _, w := range words {
		out, stderr, status := compileText(t, "def f(a):\n    return a\n", "--dump", w[1], "m.py", "f")
		if status != exitOK || out == "" {
			t.Errorf("--dump %s: status %d, %q, %s", w[1], status, out, stderr)
		}
	}
}

// TestCompileLive compares krait compile with python -m py_compile: the files, what
// is said of errors and warnings, the status.
func TestCompileLive(t *testing.T) {
	in, err := oracle.Find(pyver.Py314)
	if errors.Is(err, oracle.ErrNotFound) || err == nil && !in.Native() {
		t.Skip("no CPython 3.14: ", err)
	} else if err != nil {
		t.Fatal(err)
	}
	sources := map[string]string{
		"a.py":       variety,
		"script":     "print(1 is 1)\n",
		"b.pyw":      "assert (1, 2)\n",
		"c.tar.py":   "x = '\\d'\n",
		".py":        "pass\n",
		"bad.py":     "def f(:\n",
		"late.py":    "def f():\n    x = 1\n    global x\n",
		"sub/é é.py": "def ф(): return 'é'\n",
	}
	for _, flags := range [][]string{nil, {"-O"}, {"-OO"}} {
		tree := func() string {
			dir := t.TempDir()
			for name, text := range sources {
				path := filepath.Join(dir, name)
				if err := errors.Join(
					os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte(text), 0o644),
					os.Chtimes(path, time.Unix(1e9, 0), time.Unix(1e9, 0)),
				); err != nil {
					t.Fatal(err)
				}
			}
			return dir
		}
		krait, python := tree(), tree()
		for name := range sources {
			cmd := exec.Command(in.Path, append(slices.Clone(flags), "-I", "-m", "py_compile", name)...)
			cmd.Dir = python
			var wantErr bytes.Buffer
			cmd.Stderr = &wantErr
			runErr := cmd.Run()
			t.Chdir(krait)
			_, stderr, status := run(append(slices.Concat([]string{"compile"}, flags), name)...)
			if stderr != wantErr.String() || (status != exitOK) != (runErr != nil) {
				t.Errorf("%v %s: status %d and\n%s\nwant %v and\n%s", flags, name, status, stderr, runErr, &wantErr)
			}
		}
		got, want := compiled(t, krait), compiled(t, python)
		for name, data := range want {
			if !bytes.Equal(got[name], data) {
				t.Errorf("%v: %s holds\n%x\nwant\n%x", flags, name, got[name], data)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%v: %d files, want %d", flags, len(got), len(want))
		}
	}
}
