package parser

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/tokenizer"
)

const errorFile = "testdata/errors.txt"

// readErrors returns what stands before the first program of the file, the
// programs, and what CPython says of them.
func readErrors(t testing.TB) (head string, programs, want []string) {
	data, err := os.ReadFile(errorFile)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(string(data), "== \n")
	for _, p := range parts[1:] {
		program, answer, ok := strings.Cut(p, "--\n")
		if !ok {
			t.Fatalf("no answer after %q", p)
		}
		programs = append(programs, program)
		want = append(want, strings.TrimSuffix(answer, "\n"))
	}
	return parts[0], programs, want
}

// errorText writes a diagnostic as the file has it.
func errorText(d *source.Diagnostic) string {
	if d == nil {
		return "no error"
	}
	return fmt.Sprintf("%s: %s [%d:%d-%d:%d] %q", d.Type, d.Message, d.Line, d.Col, d.EndLine, d.EndCol, d.Text)
}

func parseError(text string) *source.Diagnostic {
	f, d := source.Decode("t.py", []byte(text))
	if d != nil {
		return d
	}
	root, found := Parse(f, Options{})
	if root != nil {
		return nil
	}
	return found[len(found)-1]
}

func TestErrors(t *testing.T) {
	head, programs, want := readErrors(t)
	if *update {
		want = askErrors(t, programs)
		out := head
		for i, p := range programs {
			out += "== \n" + p + "--\n" + want[i] + "\n"
		}
		if err := os.WriteFile(errorFile, []byte(out), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for i, p := range programs {
		if got := errorText(parseError(p)); got != want[i] {
			t.Errorf("%s\ngot  %s\nwant %s", p, got, want[i])
		}
	}
}

// askErrors returns what an interpreter says of the programs.
func askErrors(t *testing.T, programs []string) []string {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	for i, p := range programs {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d.py", i)), []byte(p), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(in.Path, "-I", "-W", "ignore", "-c", `
import json, os, sys
found = []
for name in sorted(os.listdir(sys.argv[1])):
    name = os.path.join(sys.argv[1], name)
    with open(name, "rb") as f:
        data = f.read()
    try:
        compile(data, name, "exec", 0x400)
        found.append(None)
    except SyntaxError as e:
        found.append(dict(Type=type(e).__name__, Message=e.msg, Line=e.lineno, Col=e.offset,
                          EndLine=e.end_lineno, EndCol=e.end_offset, Text=e.text))
    except Exception as e:
        found.append(dict(Type=type(e).__name__, Message=str(e)))
print(json.dumps(found))
`, dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var found []*source.Diagnostic
	if err := json.Unmarshal(out, &found); err != nil {
		t.Fatal(err)
	}
	answers := make([]string, len(found))
	for i, d := range found {
		answers[i] = errorText(d)
	}
	return answers
}

// FuzzReadings lets both readings read: both accept a text or both refuse it.
func FuzzReadings(f *testing.F) {
	_, programs, _ := readErrors(f)
	for _, p := range programs {
		f.Add(p)
	}
	for _, p := range []string{
		"match = case = type = 1\nmatch(match)\nmatch[1]: case\n", "type X[*T = *int, **P = [a]] = int\n",
		"with (a as b, c): pass\nwith (a, b) as c: pass\nwith (yield): pass\n",
		"try: pass\nexcept* a, b: pass\n", "f(*a, b=1, *c, **d, e=2)\n", "x = [(yield), *a, b := c]\n",
		"def f(a: int = 1, /, *b: *c, d, e=2, **g) -> h: pass\n", "lambda a, /, b=1, *c, d, **e: (yield)\n",
		"f'{a!r:{b}}' 'c' rf'''{d=}\n'''\n", "a[b:c, ::d, *e] = f.g: int = h\n", "del (a, [b.c]), d[e]\n",
		"match a:\n case {'b': c, **d} | [*_, 1] | e.f(g, h=-1+2j) as i if j: pass\n",
	} {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 {
			return
		}
		file, d := source.Decode("t.py", []byte(text))
		if d != nil {
			return
		}
		var p Parser
		root, _ := p.Parse(file, Options{})
		lex := tokenizer.New(file, tokenizer.Options{})
		tokens, scanError := lex.Scan(nil)
		reading := newDiagnosis(file, tokens, lex, scanError, Options{})
		err := reading.diagnose()
		if reading.steps > 300_000+1000*len(tokens) {
			t.Fatalf("%d steps for %d tokens:\n%s", reading.steps, len(tokens), text)
		}
		if (root != nil) != (err == nil) {
			t.Fatalf("one reading accepts, the other says %s:\n%s", errorText(err), text)
		}
	})
}
