package parser

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/pyrepr"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
)

// literalCases are texts with numbers and strings; testdata/literals.json has what
// CPython says of them.
var literalCases = []string{
	"0", "7", "00", "0_0", "42", "1_000", "0xff", "0XFF", "0x_f_f", "0o17", "0O7", "0b1_01", "0B1",
	"123456789012345", "1234567890123456", "999999999999999999", "9223372036854775807", "9223372036854775808",
	"0x7fffffffffffffff", "0xffffffffffffffff", "0xfffffffffffffff", "0o7777777777777777777777", "0b" + strings.Repeat("1", 70),
	strings.Repeat("0", 5000), strings.Repeat("1", 4300), strings.Repeat("1", 4301), "x = (1,\n " + strings.Repeat("1_0", 2200) + ")",
	"-" + strings.Repeat("0", 4300) + "0.5", "0x" + strings.Repeat("f", 3000),
	"1.", ".5", "1e5", "1E-5", "1_0.0_1e1_0", "1e400", "1e-400", "0.1", "00e1", "09.5", "1j", "1e400j", "0777j", "1_0J", ".5e-3j",
	"1.7976931348623157e308", "1.7976931348623159e308", "4.9e-324", "2.2250738585072014e-308", "123456789012345678.5", "0000000000000001.5",

	"''", "'a'", `"it's"`, "'''a'''", `""""a" b"""`, "r'a\\d'", "R'\\''", "u'a'", "U'a'", "b'a'", "B'a'", "rb'\\x'", "bR'\\d'", "Rb'a\\'b'",
	`'\\\'\"\a\b\f\n\r\t\v'`, "'a\\\nb'", "'''\\\n\n'''", `'\0\07\012\1234'`, `'\777 \400 \377'`, `'\8'`, `b'\0\12\377\400'`,
	`'\x41\xe9'`, `'\u00e9\u20ac\U0001f600'`, `'\ud800'`, `'\ud800\udc00'`, `'\U0000dfff'`, `b'\x41\xff'`, `b'\u1234\N{x}'`,
	`'\N{DIGIT ONE}\N{digit two}\N{LF}\N{nbsp}\N{HANGUL SYLLABLE GAG}\N{CJK UNIFIED IDEOGRAPH-4E00}'`,
	`'\N{cjk unified ideograph-4e00}\N{hangul syllable a}\N{TANGUT IDEOGRAPH-17000}\N{NUSHU CHARACTER-1B170}'`,
	`'\N{CJK UNIFIED IDEOGRAPH-04E00}'`, `'\N{HANGUL SYLLABLE }'`, `'\N{KEYCAP DIGIT ONE}'`, `'\N{}'`, `'\N{'`, `'\N'`, `'\Nx'`, `'\N{ DIGIT ONE}'`, `'a\N{é}'`,
	`'\N{` + strings.Repeat("A", 300) + `}'`, `'\N{CJK UNIFIED IDEOGRAPH-323B0}'`, `'\N{CJK UNIFIED IDEOGRAPH-}'`,
	`'\x'`, `'\x1'`, `'\xg0'`, `'ab\x1g'`, `'\u12'`, `'\u123g'`, `'\U1234'`, `'\U00110000'`, `'\Uffffffff'`, `'é\x'`, `'\é\x'`, `'\\é\u1'`, `b'\x'`, `b'a\x1'`, `b'a\xg1'`,
	"b'é'", "rb'é'", "x = b'é' + y", "('a'\n 'é' '\\x1')", "x = '\\x1' + (", "x = '\\x1'\ny = '", "f('\\x1', 'a' b)",

	`'\d'`, `u'\d'`, "'''\nab\\d'''", `'é\d'`, `'\é\d'`, `'\d\q'`, `'ab' 'c\d'`, `rb'a' b'\d'`, `b'a\d\q'`, `'\41\d'`, "'\\\n\\d'", "''''a\\d'''", `""""a\d"""`, `'\9 \777'`, `'\777 \9'`,
	"'''\n\n  é\\d'''", "x = [\n'\\d', # c\n'\\w']\n", `'\%'`, `'\ '`, `'\{'`,

	"'a' 'b'", "('a'\n 'b')", "u'a' 'b'", "'a' u'b'", "b'a' b'b'", "b'' b''", "'' ''", "b'a' 'b'", "'a' b'b'", "b'a' f'b'", "f'a' b'b'", "'a' 'b' b'c' + d", "b'a' t'b'", "'a' t'b'", "t'a' 'b'", "f'a' t'b'", "t'a' t'b'", "t'{x}' t'b' t''",
	"'a' f'{x}' 'b' f'' ''", "f'' 'a'", "'' f''", "f'' f''", "f'a{x}b' 'c' f'd{y}e'", "u'a' f'{x}b' u'c'", "f'{x}' u'c' 'd'", "u'' f'a'", "f'a' u'b'",

	"f''", "f'a'", "f'{x}'", "F'{x}a{y}'", "f'a{x}b'", "f'{{'", "f'a}}b}}{{c{x}'", "f'{{{x}}}'", "f'{x!s}{x!r}{x!a}'", "f'{x:}'", "f'{x:>10}'", "f'{x!r:>{w}.{p}}'", "f'{x:{y}}'", "f'{x:a{y}b{z}c}'", "f'{x:{y:{z}}}'",
	"f'{x,}'", "f'{*a, b}'", "f'{yield}'", "f'{lambda: 1}'", "f'{(lambda: 1)}'", "f'{x if y else z}'", "f'{x:=5}'", "f'{(x:=5)}'", "f'{ {1: 2}[1] }'", "f'{x!=y}'", "f'{\"a\" \"b\"}'", "f'{f\"{x}\"}'", "f'{x}' if f'{y}' else f'{z}'",
	"f'''a\n{\nx\n}\nb'''", "f'''\n'''", "f'a\\\nb{x}'", "f'''{x:\n}'''", "f'''{x:a\n}'''",
	"f'\\n{x}\\t'", `f'\N{DIGIT ONE}{x}'`, `f'\N{DIGIT ONE}}}{x}'`, `f'{x:\N{DIGIT ONE}}'`, `f'{x:\N{DIGIT ONE}a}'`, `f'{x:\n}'`, `rf'\N{x}\d{y:\d}'`, `fr'{x:\d}'`, `f'\x41'`, `f'\ud800'`,
	`f'\x1'`, `f'a{x}\x1'`, `f'{x:\x1}'`, `f'{x:é\x1}'`, `f'\N{foo}'`, `f'\d'`, `f'a\d{x}bb\q'`, `f'{x:\d}'`, "f'''\\d\n\n'''", "f'''{x}\n\n  \\d\n\n'''", `f'\{x}\d'`, `f'\}}\d'`, `f'{x:\{y}}'`, `f'{"\d"}\w'`, `f'{f"\d"}\w'`, `f'\d' f'\w' '\q'`,
	"f'{x=}'", "f'{ x = }'", "f'{x=!s}'", "f'{x=:a}'", "f'{x=!r:a}'", "f'{x=:}'", "f'{x = !r:>{w}}'", "f'{x==y=}'", "f'{f(a=1)=}'", "f'{f(a=1) | {1:2}=:x}'", "f'{a[1:2]=}'", "f'{\"=\"=}'", "f'{a,=}'", "f'{\nx=\n}'", "f'{x=\\\n}'",
	"f'''{x # a\n=}'''", "f'''{\"#\" # a '\n=}'''", "f'''{'\\'#' # c\n = }'''", "f'''{'\"' # c\n = }'''", "f'{\"#\"=}'", "f'''{\nx # a\n# b\n=}'''",
	"f'{x:{y=}}'", "f'{x=:{y=}{z=}}'", "f'{x=:a{y=:b}c}'", "f'{x:{y}{z=}}'", "f'{x:{y}{z=:a}}'", "f'{x:{y}{z=!r:a}}'", "f'{x:{y!=z=:b}}'", "f'{x:b{y!=z=:a}}'", "f'{x:{y}a{z=}}'", "f'{x!=y=:a}'", "f'{x!=y=!r:a}'", "f'{(x!=y)=:a}'", "f'{x:{y:}{z=}}'", "f'''{x:{y}\n{z=}}'''", "f'{a=}{b=!r}{c=:x}'",
	"t''", "t'a'", "t'{x}'", "t'{ x }'", "t'{x= }'", "t'{ x = !r:>{w}}'", "t'{x!=y:z}'", "t'{x:{y}}'", "t'{x:{y=}}'", "t'{f(\"}\")}'", "t'{f\"{x=}\"}'", "t'{t\"{x}\"}'", "t'{ {1:2} }'", "t'{x # c\n}'", "t'''{x # c\n}'''", "t'{a!r:{b=}}{c}'", "t'{x\u2003}'", "t'{yield}'", "rt'\\d{x}'", "t'\\d{x}'", "t'\\x{x}'", "t'{x==y}'", "t'{{'",
	"f'{x!x}'", "f'{x!ss}'", "f'{x! s}'", "f'{x!\ns}'", "t'{x!Ä}'", "f'{x!}'", "f'{x!if}'", "f'{x!1}'", "f'{x!r a}'", "f'{x:{y!z}}'", "f'{}'", "f'{!r}'", "f'{x y}'", "f'{x=y}'", "f'{x!r=}'", "f'{x={1:2}}'",
}

func init() {
	for i, s := range literalCases {
		literalCases[i] = s + "\n" // without, columns depend on who reads the file
	}
}

// literalResult is what there is to say of a text.
type literalResult struct {
	Source   string  `json:"source"`
	Tree     string  `json:"tree,omitempty"`
	Error    []any   `json:"error,omitempty"` // type, message, line, column, end line, end column
	Warnings [][]any `json:"warnings,omitempty"`
}

// askLiterals is the program that makes the results; warnings come once as they
// are, and the first of them as an error, which has columns.
const askLiterals = `
def position(e):
    if not isinstance(e, SyntaxError): return [type(e).__name__, str(e), 0, 0, 0, 0]
    return [type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset]
out = []
for text in input:
    r = {"source": text}
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        try:
            r["tree"] = ast.dump(ast.parse(text), include_attributes=True)
        except Exception as e:
            r["error"] = position(e)
    if found:
        r["warnings"] = [[w.category.__name__, str(w.message), w.lineno] for w in found]
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                ast.parse(text)
            except Exception as e:
                r["warnings"][0] += position(e)[3:]
    out.append(r)
result = json.dumps(out)
`

// literalResults says the same of texts as that program.
func literalResults(texts []string) []literalResult {
	var out []literalResult
	var p Parser
	for _, s := range texts {
		r := literalResult{Source: s}
		root, ds := p.Parse(source.NewFile("<unknown>", s), Options{})
		if root == nil {
			d := ds[len(ds)-1]
			ds = ds[:len(ds)-1]
			r.Error = []any{d.Type, d.Message, d.Line, d.Col, d.EndLine, d.EndCol}
		} else {
			var b strings.Builder
			if err := ast.Fprint(&b, root, ast.DumpOptions{Attributes: true}); err != nil {
				r.Tree = err.Error()
			} else {
				r.Tree = b.String()
			}
		}
		for i, d := range ds {
			w := []any{d.Type, d.Message, d.Line}
			if i == 0 {
				w = append(w, d.Col, d.EndLine, d.EndCol)
			}
			r.Warnings = append(r.Warnings, w)
		}
		out = append(out, r)
	}
	// Numbers as JSON has them.
	data, err := json.Marshal(out)
	if err != nil {
		panic(err)
	}
	out = nil
	if err := json.Unmarshal(data, &out); err != nil {
		panic(err)
	}
	return out
}

// compareLiterals reports how got differs from want.
func compareLiterals(t *testing.T, got, want []literalResult) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d results, want %d", len(got), len(want))
	}
	for i, g := range got {
		w := want[i]
		normalizeLiteral(&g, &w)
		switch {
		case g.Source != w.Source:
			t.Fatalf("result %d is about %q, want %q", i, g.Source, w.Source)
		case g.Tree != w.Tree:
			t.Errorf("%.200q:\n got %.600s\nwant %.600s\n(errors %v, %v)", g.Source, g.Tree, w.Tree, g.Error, w.Error)
		case !reflect.DeepEqual(g.Error, w.Error):
			t.Errorf("%.200q: error\n got %v\nwant %v", g.Source, g.Error, w.Error)
		case !reflect.DeepEqual(g.Warnings, w.Warnings):
			t.Errorf("%.200q: warnings\n got %v\nwant %v", g.Source, g.Warnings, w.Warnings)
		}
	}
}

// normalizeLiteral hides what is not about literals: where an error of several
// lines ends, and the columns of the tokenizer's warnings.
func normalizeLiteral(g, w *literalResult) {
	if len(g.Error) == 6 && len(w.Error) == 6 && w.Error[2] != w.Error[4] {
		g.Error, w.Error = g.Error[:5], w.Error[:5]
	}
	if len(g.Warnings) > 0 && len(w.Warnings) > 0 && len(g.Warnings[0]) == 6 && g.Warnings[0][3] == float64(0) {
		g.Warnings[0] = g.Warnings[0][:3]
		w.Warnings[0] = w.Warnings[0][:min(3, len(w.Warnings[0]))]
	}
}

const literalFile = "testdata/literals.json"

func TestLiterals(t *testing.T) {
	if *update {
		var want []literalResult
		ask(t, session(t), literalCases, askLiterals, &want)
		data, err := json.MarshalIndent(map[string]any{
			"made_by": "CPython 3.14.6, go test ./parser -run TestLiterals -update", "results": want}, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(literalFile, append(data, '\n'), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(literalFile)
	if err != nil {
		t.Fatal(err)
	}
	var golden struct{ Results []literalResult }
	if err := json.Unmarshal(data, &golden); err != nil {
		t.Fatal(err)
	}
	compareLiterals(t, literalResults(literalCases), golden.Results)
}

// randomLiteral returns a string or several of them, mostly right.
func randomLiteral(r *rand.Rand) string {
	pieces := []string{
		"a", "é", "€", "😀", " ", "'", `"`, `\\`, `\'`, `\"`, `\n`, "\\\n", `\x4`, `\x41`, `\xe9`, `\u20ac`, `\ud800`, `\U0001f600`, `\U00110000`, `\0`, `\12`, `\777`, `\8`, `\d`, `\é`, `\N{DIGIT ONE}`, `\N{x}`, `\N`,
	}
	fields := []string{"{x}", "{{", "}}", "{x!r}", "{x=}", "{ x = !s:>{w}}", "{x:a{y}b}", "{x:\\n}", "{x:{y}{z=}}", "{x!=y=:a}", "{'q'}", "{f(a={1:2})=}", "{x,}"}
	prefixes := []string{"", "", "", "r", "u", "b", "rb", "f", "f", "fr", "t"}
	quotes := []string{"'", `"`, "'''", `"""`}
	var b strings.Builder
	for range 1 + r.IntN(3) {
		prefix, quote := prefixes[r.IntN(len(prefixes))], quotes[r.IntN(len(quotes))]
		b.WriteString(prefix + quote)
		for range r.IntN(5) {
			if strings.ContainsAny(prefix, "ft") && r.IntN(2) == 0 {
				b.WriteString(fields[r.IntN(len(fields))])
				continue
			}
			if p := pieces[r.IntN(len(pieces))]; p != quote[:1] {
				b.WriteString(p)
			}
		}
		b.WriteString(quote + " ")
	}
	return b.String() + "\n"
}

// TestLiteralsLive compares random strings with what CPython makes of them.
func TestLiteralsLive(t *testing.T) {
	s := session(t)
	r := rand.New(rand.NewPCG(1, 2))
	n := 4000
	if testing.Short() {
		n = 500
	}
	var texts []string
	for range n {
		texts = append(texts, randomLiteral(r))
	}
	var want []literalResult
	ask(t, s, texts, askLiterals, &want)
	compareLiterals(t, literalResults(texts), want)
}

// What repr writes reads as the same value.
func FuzzLiteral(f *testing.F) {
	for _, s := range []string{"", "a", "it's", "é\n\\", "\x00\x7f", "😀{}", "\\N{DIGIT ONE}", "'\"", "\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var p Parser
		value := func(text string) code.Value {
			root, ds := p.Parse(source.NewFile("", text), Options{Mode: Eval})
			if root == nil {
				t.Fatalf("%q: %v", text, ds)
			}
			c, ok := root.(*ast.Expression).Body.(*ast.Constant)
			if !ok {
				t.Fatalf("%q is no constant", text)
			}
			return c.Value
		}
		if got, ok := value(string(pyrepr.AppendBytes(nil, s, pyver.Py314))).(*code.Bytes); !ok || got.S != s {
			t.Errorf("bytes %q become %q", s, got.S)
		}
		text := strings.ToValidUTF8(s, "?")
		if got, ok := value(string(pyrepr.AppendStr(nil, text, pyver.Py314))).(*code.Str); !ok || got.S != text {
			t.Errorf("%q becomes %q", text, got.S)
		}
		// Any text is read or refused.
		for _, prefix := range []string{"", "b", "f", "t", "rf"} {
			for _, quote := range []string{"'", `"""`} {
				p.Parse(source.NewFile("", prefix+quote+s+quote), Options{})
			}
		}
	})
}

func BenchmarkLiterals(b *testing.B) {
	text := strings.Repeat("x = ['a', \"bcd\", 'efgh\\n', 12, 3.5, 0xff, b'x', f'a{b}c', 'é\\'']\n", 1000)
	f := source.NewFile("", text)
	var p Parser
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		p.Parse(f, Options{})
	}
}
