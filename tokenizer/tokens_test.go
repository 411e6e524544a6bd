package tokenizer

import (
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/internal/pyrepr"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/token"
)

var update = flag.Bool("update", false, "ask CPython 3.14 for the golden files")

// showPy tells what CPython makes of programs: the tokens that its parser sees,
// those of the tokenize module, and what compiling says if that is an error, or
// are warnings, of the tokenizer.
const showPy = `
import _tokenize, io, sys, tokenize, warnings

def tokens(text, extra):
    lines = []
    try:
        for t in _tokenize.TokenizerIter(io.StringIO(text, newline="\n").readline, extra_tokens=extra):
            lines.append("%s %d,%d-%d,%d %r" % (tokenize.tok_name[t[0]], *t[2], *t[3], t[1]))
    except SyntaxError as e:
        lines.append("ERROR %s %r %r %r" % (type(e).__name__, e.msg, e.lineno, e.offset))
    except UnicodeDecodeError:
        lines.append("ERROR UnicodeDecodeError")
    return lines

NOTED = ("unexpected EOF", "was never closed", "unindent does not", "inconsistent use", "too many levels", "unexpected character after line")

def compiled(text, error):
    lines = []
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter("always")
        try:
            compile(text, "f.py", "exec")
        except SyntaxError as e:
            if e.msg == error or any(n in e.msg for n in NOTED):
                lines.append("%s %r %r %r %r %r %r" % (type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text.rstrip("\n")))
            else:
                lines.append("other")
        except (MemoryError, RecursionError, ValueError):
            lines.append("other")
        if not lines:
            for x in w:
                m = str(x.message)
                if m.startswith("invalid ") and m.endswith(" literal") or m[:3] in ('"\\{', '"\\}'):
                    lines.append("%s %r %d" % (x.category.__name__, m, x.lineno))
    return lines

def show(text):
    plain, error = [], None
    if "\r" not in text and "\0" not in text:
        plain = tokens(text, False)
        if plain and plain[-1].startswith("ERROR SyntaxError "):
            try:
                list(_tokenize.TokenizerIter(io.StringIO(text, newline="\n").readline, extra_tokens=False))
            except SyntaxError as e:
                error = e.msg
        if plain and plain[-1].startswith("ERROR") and (error is None or any(n in error for n in NOTED)):
            plain[-1] = "ERROR noted"
    return plain, compiled(text, error) if plain else [], tokens(text, True)

out = []
for h in CASES.split(","):
    for part in show(bytes.fromhex(h).decode()):
        out.append("\n".join(part))
result = "\x1f".join(out)
`

// show writes what krait makes of a program in the form of showPy. what is 0 for
// the parser's tokens, 1 for errors and warnings, 2 for all tokens.
func show(text string, what int) string {
	var lines []string
	if what < 2 {
		if strings.ContainsAny(text, "\r\x00") {
			return ""
		}
		f := source.NewFile("f.py", text)
		t := New(f, Options{})
		tokens, d := t.Scan(nil)
		if what == 1 {
			if d != nil {
				return fmt.Sprintf("%s %s %d %d %d %d %s", d.Type, repr(d.Message), d.Line, d.Col, d.EndLine, d.EndCol, repr(strings.TrimSuffix(d.Text, "\n")))
			}
			for _, w := range t.Warnings() {
				lines = append(lines, fmt.Sprintf("%s %s %d", w.Type, repr(w.Message), w.Line))
			}
			return strings.Join(lines, "\n")
		}
		if len(tokens) == 1 && text == "" {
			return "" // CPython does not say here where an empty file ends
		}
		for _, k := range tokens {
			lines = append(lines, shownPlain(f, k))
		}
		switch {
		case d != nil && t.Noted():
			lines = append(lines, "ERROR noted")
		case d != nil:
			lines = append(lines, fmt.Sprintf("ERROR %s %s %d %d", d.Type, repr(d.Message), d.Line, d.Col))
		}
		return strings.Join(lines, "\n")
	}
	f := source.NewRaw("f.py", text)
	tokens, d := New(f, Options{Extra: true}).Scan(nil)
	for e := range Entries(f, tokens) {
		lines = append(lines, fmt.Sprintf("%s %d,%d-%d,%d %s", e.Kind, e.Line, e.Col, e.EndLine, e.EndCol, repr(e.Text)))
	}
	if d != nil {
		lines = append(lines, fmt.Sprintf("ERROR %s %s %d %d", d.Type, repr(d.Message), d.Line, d.Col))
	}
	return strings.Join(lines, "\n")
}

// shownPlain shows a token as CPython's iterator does: in characters, by where its text is.
func shownPlain(f *source.File, k token.Token) string {
	col, endCol := -1, -1
	if k.Col >= 0 {
		col = f.Column(int(k.Line), int(k.Col))
		start := strings.LastIndexByte(f.Text[:k.End], '\n') + 1
		endCol = utf8.RuneCountInString(f.Text[start:k.End])
	}
	return fmt.Sprintf("%s %d,%d-%d,%d %s", k.Kind, k.Line, col, k.EndLine, endCol, repr(f.Text[k.Start:k.End]))
}

func repr(s string) string { return string(pyrepr.AppendStr(nil, s, pyver.Py314)) }

// ask returns three answers for each program.
func ask(t *testing.T, programs []string) []string {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	s := in.Start(oracle.Config{})
	defer s.Close()
	var hexes []string
	for _, p := range programs {
		hexes = append(hexes, hex.EncodeToString([]byte(p)))
	}
	answer, err := s.Exec("CASES = '" + strings.Join(hexes, ",") + "'\n" + showPy)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(answer, "\x1f")
	if len(parts) != 3*len(programs) {
		t.Fatalf("got %d answers for %d programs", len(parts), len(programs))
	}
	return parts
}

// check compares with the answers for one program.
func check(t *testing.T, name, program string, want []string) {
	t.Helper()
	for what, want := range want {
		got := show(program, what)
		if got == want || want == "other" || what == 1 && strings.HasPrefix(want, "other\n") {
			continue
		}
		g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
		i := 0
		for i < len(g) && i < len(w) && g[i] == w[i] {
			i++
		}
		at := func(lines []string) string {
			if i < len(lines) {
				return lines[i]
			}
			return "(end)"
		}
		t.Errorf("%s: %s, line %d:\n got %s\nwant %s", name,
			[]string{"parser's tokens", "errors and warnings", "all tokens"}[what], i+1, at(g), at(w))
	}
}

func allCases() []string { return append(append([]string{}, cases...), crlfCases...) }

const golden = "testdata/tokens.golden"

// TestTokens compares the tokens and errors of small programs with what
// CPython 3.14.6 said of them.
func TestTokens(t *testing.T) {
	programs := allCases()
	if *update {
		var b strings.Builder
		b.WriteString("# CPython 3.14.6: _tokenize.TokenizerIter and compile() of each program of cases_test.go;\n# go test ./tokenizer -run TestTokens -update\n")
		for i, part := range ask(t, programs) {
			if i%3 == 0 {
				fmt.Fprintf(&b, "program %q\n", programs[i/3])
			}
			b.WriteString([]string{"plain\n", "compile\n", "all\n"}[i%3])
			for line := range strings.Lines(part) {
				b.WriteString("\t" + strings.TrimSuffix(line, "\n") + "\n")
			}
		}
		if err := os.WriteFile(golden, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(string(data), "\nprogram ")[1:]
	if len(parts) != len(programs) {
		t.Fatalf("%s has %d programs, want %d: run with -update", golden, len(parts), len(programs))
	}
	for i, part := range parts {
		head, rest, _ := strings.Cut(part, "\nplain\n")
		name := fmt.Sprintf("%q", programs[i])
		if head != name {
			t.Fatalf("%s has %s for program %d, which is %s: run with -update", golden, head, i, name)
		}
		rest = "\n" + strings.TrimSuffix(rest, "\n")
		plain, rest, _ := strings.Cut(rest, "\ncompile")
		compiled, all, _ := strings.Cut(rest, "\nall")
		var want []string
		for _, w := range []string{plain, compiled, all} {
			want = append(want, strings.TrimPrefix(strings.ReplaceAll(w, "\n\t", "\n"), "\n"))
		}
		if len(name) > 60 {
			name = name[:60] + "..."
		}
		check(t, name, programs[i], want)
	}
}

// TestTokensLive asks the interpreter, also of the programs in testdata/py.
func TestTokensLive(t *testing.T) {
	programs := allCases()
	names := make([]string, len(programs))
	for i, p := range programs {
		names[i] = fmt.Sprintf("%.60q", p)
	}
	files, err := filepath.Glob("../testdata/py/*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("no programs in testdata/py (%v)", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, d := source.Decode(name, data)
		if d != nil {
			continue
		}
		programs = append(programs, f.Text)
		names = append(names, name)
	}
	parts := ask(t, programs)
	for i, p := range programs {
		check(t, names[i], p, parts[3*i:3*i+3])
	}
}
