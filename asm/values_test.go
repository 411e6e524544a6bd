package asm

import (
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// constText returns what a constant is written as after it was read.
func constText(t *testing.T, v pyver.Version, text string) string {
	t.Helper()
	f := parse(t, fmt.Sprintf("python %v\ncode m\nconst %s\nLOAD_CONST None\nRETURN_VALUE\nend\n", v, text), Options{})
	l := literals{py2: v == pyver.Py27}
	return string(l.append(nil, f.Code.Consts.Items[0]))
}

func TestValues(t *testing.T) {
	tests := []struct {
		v          pyver.Version
		text, want string
	}{
		{pyver.Py314, "12", "12"},
		{pyver.Py314, "-12", "-12"},
		{pyver.Py314, "+1_000", "1000"},
		{pyver.Py314, "0xff", "255"},
		{pyver.Py314, "0b11", "3"},
		{pyver.Py314, "9223372036854775808", "9223372036854775808"},
		{pyver.Py314, "-9223372036854775809", "-9223372036854775809"},
		{pyver.Py27, "12", "12"},
		{pyver.Py27, "12L", "12L"},
		{pyver.Py27, "010", "8"},
		{pyver.Py27, "9223372036854775808", "9223372036854775808L"},
		{pyver.Py314, "1.0", "1.0"},
		{pyver.Py314, "1e300", "1e+300"},
		{pyver.Py314, "5e-324", "5e-324"},
		{pyver.Py314, "-0.0", "-0.0"},
		{pyver.Py314, ".5", "0.5"},
		{pyver.Py314, "inf", "inf"},
		{pyver.Py314, "-inf", "-inf"},
		{pyver.Py314, "1e999", "inf"},
		{pyver.Py314, "nan", "nan"},
		{pyver.Py314, "nan(0xfff8000000000000)", "nan(0xfff8000000000000)"},
		{pyver.Py314, "2j", "2j"},
		{pyver.Py314, "-0.0j", "-0j"},
		{pyver.Py314, "complex(-0.0, 1.0)", "complex(-0.0, 1.0)"},
		{pyver.Py314, "complex(0.0, nan)", "complex(0.0, nan)"},
		{pyver.Py314, `"a\x41\u0042\U00000043\101"`, `"aABCA"`},
		{pyver.Py314, `'\'"'`, `"'\""`},
		{pyver.Py314, `"\ud800"`, `"\ud800"`},
		{pyver.Py314, `"\ud83d\ude00"`, `"\ud83d\ude00"`},
		{pyver.Py314, `"\U0001f600"`, `"😀"`},
		{pyver.Py314, `"\u200b"`, `"\u200b"`},
		{pyver.Py314, `r"\n"`, `"\\n"`},
		{pyver.Py314, `b"\xff\0"`, `b"\xff\x00"`},
		{pyver.Py27, `"\xff"`, `"\xff"`},
		{pyver.Py27, `u"\xff"`, `u"ÿ"`},
		{pyver.Py314, "()", "()"},
		{pyver.Py314, "(1,)", "(1,)"},
		{pyver.Py314, "(1, (2, 3),)", "(1, (2, 3))"},
		{pyver.Py314, "( # one\n 1,\n2)", "(1, 2)"},
		{pyver.Py314, "[]", "[]"},
		{pyver.Py314, "[1]", "[1]"},
		{pyver.Py314, "{}", "{}"},
		{pyver.Py314, "{1: {2}, 3: 4}", "{1: {2}, 3: 4}"},
		{pyver.Py314, "set()", "set()"},
		{pyver.Py314, "frozenset()", "frozenset()"},
		{pyver.Py314, `frozenset({"a", ("b",)})`, `frozenset({"a", ("b",)})`},
		{pyver.Py315, "frozendict({1: 2})", "frozendict({1: 2})"},
		{pyver.Py314, "slice(1, None, -1)", "slice(1, None, -1)"},
		{pyver.Py314, "...", "Ellipsis"},
		{pyver.Py314, "StopIteration", "StopIteration"},
		{pyver.Py314, "(True, False, None)", "(True, False, None)"},
		{pyver.Py314, "([1], &1 [2], *1)", "([1], [2], [2])"},
	}
	for _, tt := range tests {
		if got := constText(t, tt.v, tt.text); got != tt.want {
			t.Errorf("%v: %s: got %s, want %s", tt.v, tt.text, got, tt.want)
		}
	}
}

// Numbers come back with all their bits.
func TestNumbers(t *testing.T) {
	for _, bits := range []uint64{0, 1 << 63, 1, 0x7ff0000000000000, 0x7ff0000000000001, 0xffffffffffffffff, 0x3ff0000000000001, 0x4340000000000001} {
		want := &code.Float{V: math.Float64frombits(bits)}
		var l literals
		text := string(l.append(nil, want))
		f := parse(t, "python 3.14\ncode m\nconst "+text+"\nNOP\nRETURN_VALUE\nend", Options{})
		if got := math.Float64bits(f.Code.Consts.Items[0].(*code.Float).V); got != bits {
			t.Errorf("%s: %#x, want %#x", text, got, bits)
		}
	}
	for _, shift := range []uint{62, 63, 64, 1000, 1 << 14, 1 << 18} {
		for _, sign := range []int64{1, -1} {
			n := new(big.Int).Lsh(big.NewInt(sign), shift)
			v := &code.Int{Big: n}
			if n.IsInt64() {
				v = &code.Int{V: n.Int64()}
			}
			var l literals
			text := string(l.append(nil, v))
			f := parse(t, "python 3.14\ncode m\nconst "+text+"\nNOP\nRETURN_VALUE\nend", Options{})
			got := f.Code.Consts.Items[0].(*code.Int)
			if got.Big == nil && got.V != v.V || got.Big != nil && got.Big.Cmp(n) != 0 {
				t.Errorf("%d<<%d is not what it was", sign, shift)
			}
		}
	}
}

// A list that contains itself stays one, and a list met twice stays one list.
func TestIdentity(t *testing.T) {
	l := &code.List{Items: []code.Value{code.None}}
	l.Items = append(l.Items, l)
	f := parse(t, "python 3.14\ncode m\nconst 1\nNOP\nRETURN_VALUE\nend", Options{})
	f.Code.Consts.Items = []code.Value{l, &code.Tuple{Items: []code.Value{l, l}}}
	for _, exact := range []bool{false, true} {
		g := parse(t, print(t, f, Options{Exact: exact}), Options{Exact: exact})
		m, ok := g.Code.Consts.Items[0].(*code.List)
		if !ok || len(m.Items) != 2 || m.Items[1] != m {
			t.Fatalf("exact %v: %#v", exact, g.Code.Consts.Items[0])
		}
		pair := g.Code.Consts.Items[1].(*code.Tuple)
		if pair.Items[0] != m || pair.Items[1] != m {
			t.Errorf("exact %v: copies of a list", exact)
		}
	}
}

// What refers to one long value from many places has a short text.
func TestLongSharedValues(t *testing.T) {
	v := code.Value(&code.Tuple{Items: []code.Value{&code.Str{S: strings.Repeat("x", 50)}}})
	for range 60 {
		v = &code.Tuple{Items: []code.Value{v, v}}
	}
	f := parse(t, "python 3.14\ncode m\nconst 1\nNOP\nRETURN_VALUE\nend", Options{})
	f.Code.Consts.Items = []code.Value{v}
	text := print(t, f, Options{})
	if len(text) > 5000 {
		t.Fatalf("text of %d bytes", len(text))
	}
	if got := print(t, parse(t, text, Options{}), Options{}); got != text {
		t.Error("another text")
	}
}

// So has a file where thousands of code objects have the same long tuple of
// names: its text is the bytes of the file.
func TestExcessiveNames(t *testing.T) {
	f := parse(t, "python 3.14\ncode m\nconst 1\nNOP\nRETURN_VALUE\nend", Options{})
	names := &code.Tuple{Form: ')' | code.FlagRef}
	for i := range 200 {
		names.Items = append(names.Items, &code.Str{S: strings.Repeat("n", 2000+i)})
	}
	f.Code.Consts.Items = nil
	for range 1000 {
		o := *f.Code
		o.Consts, o.Names = &code.Tuple{}, names
		f.Code.Consts.Items = append(f.Code.Consts.Items, &o)
	}
	for _, opts := range []Options{{}, {Exact: true}} {
		text := print(t, f, opts)
		if len(text) > 5<<20 || !strings.Contains(text, "\nmarshal ") {
			t.Fatalf("%+v: text of %d bytes", opts, len(text))
		}
		if got := fileBytes(t, parse(t, text, Options{})); string(got) != string(fileBytes(t, f)) {
			t.Errorf("%+v: other bytes", opts)
		}
	}
}

// A small program in every version.
func TestVersions(t *testing.T) {
	const text = `
code <module>
    LOAD_CONST      code Class
    RETURN_VALUE
    code Class
        LOAD_CONST      code method
        RETURN_VALUE
        code method(self, *args, **kw)
            LOAD_CONST      code inner
            RETURN_VALUE
            code inner()
                free self
                LOAD_DEREF      self
                RETURN_VALUE
            end
        end
    end
end
`
	for _, v := range pyver.All() {
		f := parse(t, "python "+v.String()+text, Options{})
		again := readPyc(t, fileBytes(t, f))
		checkText(t, again)
		if got, want := print(t, again, Options{}), print(t, f, Options{}); got != want {
			t.Errorf("%v: %s", v, firstDiff(got, want))
		}
		names := map[string]code.Flags{}
		for o := range f.Code.All() {
			names[o.QualNameText()] = o.Flags
		}
		if v < pyver.Py311 {
			continue
		}
		method := code.Optimized | code.NewLocals | code.VarArgs | code.VarKeywords
		if v >= pyver.Py314 {
			method |= code.Method
		}
		for name, want := range map[string]code.Flags{
			"<module>": 0, "Class": 0, "Class.method": method,
			"Class.method.<locals>.inner": code.Optimized | code.NewLocals | code.Nested,
		} {
			if got, ok := names[name]; !ok || got != want {
				t.Errorf("%v: %s has flags %v, want %v", v, name, got, want)
			}
		}
	}
}

// Forms that no longer fit are errors when exactness is asked for, otherwise
// the rest of the text counts.
func TestEditedForms(t *testing.T) {
	text := print(t, readPyc(t, readFile(t, "../testdata/example/hello.pyc")), Options{Exact: true})
	edited := strings.Replace(text, `"world"`, `"moon"`, 1)
	f := parse(t, edited, Options{})
	if data := fileBytes(t, f); !strings.Contains(string(data), "moon") || strings.Contains(string(data), "world") {
		t.Error("the edit is lost")
	}
	more := strings.Replace(text, `        LOAD_CONST          "world"`, "        LOAD_CONST          3.25\n        POP_TOP\n        LOAD_CONST          \"world\"", 1)
	fileBytes(t, parse(t, more, Options{}))
	if _, diags := Parse("edited", []byte(more), Options{Exact: true}); len(diags) != 1 {
		t.Errorf("%d complaints, want 1: %v", len(diags), diags)
	}
}
