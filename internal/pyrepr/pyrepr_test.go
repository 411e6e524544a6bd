package pyrepr_test

import (
	"errors"
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/pyrepr"
	"github.com/krait-py/krait/pyver"
)

func repr(t *testing.T, v code.Value, o pyrepr.Options) string {
	t.Helper()
	got, err := pyrepr.Append([]byte("x = "), v, o)
	if err != nil {
		t.Error(err)
	}
	text, ok := strings.CutPrefix(string(got), "x = ")
	if !ok {
		t.Errorf("Append changed what was in its buffer: %q", got)
	}
	return text
}

// TestCycles has what Python says about containers in themselves, as far as
// Python can make them; a set, frozenset and slice can only contain itself in
// a hostile file, if at all.
func TestCycles(t *testing.T) {
	list := &code.List{}
	list.Items = []code.Value{&code.Int{V: 1}, list}
	tuple := &code.Tuple{}
	tuple.Items = []code.Value{tuple}
	inner := &code.List{}
	mixed := &code.Tuple{Items: []code.Value{inner}}
	inner.Items = []code.Value{mixed}
	dict := &code.Dict{Keys: []code.Value{&code.Int{V: 1}}}
	dict.Values = []code.Value{dict}
	held := &code.List{}
	frozen := &code.Dict{Frozen: true, Keys: []code.Value{&code.Int{V: 1}}, Values: []code.Value{held}}
	held.Items = []code.Value{frozen}
	sliced := &code.List{}
	sliced.Items = []code.Value{&code.Slice{Start: sliced, Stop: code.None, Step: code.None}}
	set := &code.Set{}
	set.Items = []code.Value{set}
	frozenset := &code.Set{Frozen: true}
	frozenset.Items = []code.Value{frozenset}
	slice := &code.Slice{Stop: code.None, Step: code.None}
	slice.Start = slice
	twice := &code.Tuple{Items: []code.Value{code.None}}
	tests := []struct {
		v    code.Value
		want string
	}{
		{list, "[1, [...]]"},
		{tuple, "((...),)"},
		{mixed, "([(...)],)"},
		{inner, "[([...],)]"},
		{dict, "{1: {...}}"},
		{frozen, "frozendict({1: [frozendict({...})]})"},
		{held, "[frozendict({1: [...]})]"},
		{sliced, "[slice([...], None, None)]"},
		{set, "{set(...)}"},
		{frozenset, "frozenset({frozenset(...)})"},
		{slice, "slice(slice(...), None, None)"},
		{&code.Tuple{Items: []code.Value{twice, twice}}, "((None,), (None,))"},
	}
	for _, tt := range tests {
		if got := repr(t, tt.v, pyrepr.Options{}); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
}

// TestDeepCycle lets a cycle begin far up.
func TestDeepCycle(t *testing.T) {
	const levels = 500
	end := &code.Tuple{}
	var v code.Value = end
	var all []*code.Tuple
	for range levels {
		tuple := &code.Tuple{Items: []code.Value{v}}
		all = append(all, tuple)
		v = tuple
	}
	for _, target := range []*code.Tuple{all[0], all[levels/2], all[levels-1], end} {
		end.Items = []code.Value{target, target}
		want := strings.Repeat("(", levels) + "((...), (...))" + strings.Repeat(",)", levels)
		if got := repr(t, v, pyrepr.Options{}); got != want {
			t.Errorf("got %s", got)
		}
	}
}

func TestObject(t *testing.T) {
	str := func(s string) code.Value { return &code.Str{S: s} }
	bytes := func(s string) code.Value { return &code.Bytes{S: s} }
	addr := func(*code.Object) uint64 { return 0x7F123 }
	tests := []struct {
		v    pyver.Version
		obj  code.Object
		addr func(*code.Object) uint64
		want string
	}{
		{pyver.Py314, code.Object{Name: str("f"), Filename: str("m.py"), FirstLine: 3}, addr,
			`<code object f at 0x7f123, file "m.py", line 3>`},
		{pyver.Py314, code.Object{Name: str("<module>"), Filename: str("we\\ird 'q' \"d\"\né.py"), FirstLine: 1}, nil,
			"<code object <module> at 0x0, file \"we\\ird 'q' \"d\"\né.py\", line 1>"},
		{pyver.Py314, code.Object{Name: str("\xED\xA0\x80"), Filename: str("\x00"), FirstLine: math.MaxInt32}, nil,
			"<code object \xED\xA0\x80 at 0x0, file \"\x00\", line 2147483647>"},
		{pyver.Py36, code.Object{Name: str(strings.Repeat("n", 120)), Filename: str(strings.Repeat("f", 500))}, nil,
			"<code object " + strings.Repeat("n", 120) + ` at 0x0, file "` + strings.Repeat("f", 500) + `", line -1>`},
		{pyver.Py36, code.Object{Name: str("a"), Filename: str("c"), FirstLine: -5}, nil,
			`<code object a at 0x0, file "c", line -5>`},
		{pyver.Py27, code.Object{Name: bytes(strings.Repeat("n", 120)), Filename: bytes(strings.Repeat("f", 500))}, addr,
			"<code object " + strings.Repeat("n", 100) + ` at 0x7f123, file "` + strings.Repeat("f", 300) + `", line -1>`},
		{pyver.Py27, code.Object{Name: bytes("a\x00b"), Filename: bytes("\xff\"\n"), FirstLine: -5}, nil,
			"<code object a at 0x0, file \"\xff\"\n\", line -5>"},
		{pyver.Py314, code.Object{}, nil, `<code object  at 0x0, file "", line -1>`},
	}
	for _, tt := range tests {
		v := &code.Tuple{Items: []code.Value{&tt.obj}}
		want := "(" + tt.want + ",)"
		if got := repr(t, v, pyrepr.Options{Version: tt.v, Addr: tt.addr}); got != want {
			t.Errorf("%v: got %s, want %s", tt.v, got, want)
		}
	}
}

// TestOld has the rules of 3.0, of which no interpreter is at hand: 17 digits,
// and complex numbers as in 2.6.
func TestOld(t *testing.T) {
	inf, nan, neg := math.Inf(1), math.NaN(), math.Copysign(0, -1)
	tests := []struct {
		v    code.Value
		want string
	}{
		{&code.Float{V: 0.1}, "0.10000000000000001"},
		{&code.Float{V: 0.5}, "0.5"},
		{&code.Float{V: neg}, "-0.0"},
		{&code.Float{V: 1e16}, "10000000000000000.0"},
		{&code.Float{V: 1e17}, "1e+17"},
		{&code.Float{V: 1e22}, "1e+22"},
		{&code.Float{V: 1e23}, "9.9999999999999992e+22"},
		{&code.Float{V: 1e-5}, "1.0000000000000001e-05"},
		{&code.Float{V: -0.0001}, "-0.0001"},
		{&code.Float{V: 5e-324}, "4.9406564584124654e-324"},
		{&code.Float{V: inf}, "inf"},
		{&code.Complex{Im: 0.1}, "0.10000000000000001j"},
		{&code.Complex{Re: neg, Im: 1}, "1j"},
		{&code.Complex{Im: inf}, "inf*j"},
		{&code.Complex{Re: 1, Im: -inf}, "(1-inf*j)"},
		{&code.Complex{Re: nan, Im: nan}, "(nan+nan*j)"},
		{&code.Bytes{S: "x"}, "b'x'"},
		{&code.Set{Items: []code.Value{code.None}}, "{None}"},
	}
	for _, tt := range tests {
		if got := repr(t, tt.v, pyrepr.Options{Version: pyver.Py30}); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
}

func TestAppendText(t *testing.T) {
	tests := []struct {
		v    code.Value
		py   pyver.Version
		want string
	}{
		{&code.Str{S: "a\n'é\xED\xA0\x80"}, pyver.Py314, "a\n'é\xED\xA0\x80"},
		{&code.Str{S: "é"}, pyver.Py27, "é"},
		{&code.Bytes{S: "a\n\xff"}, pyver.Py27, "a\n\xff"},
		{&code.Bytes{S: "a\n\xff"}, pyver.Py314, `b'a\n\xff'`},
		{&code.Bytes{S: "a"}, 0, `b'a'`},
		{code.None, pyver.Py314, "None"},
		{nil, pyver.Py314, "<NULL>"},
	}
	for _, tt := range tests {
		got, err := pyrepr.AppendText([]byte("."), tt.v, pyrepr.Options{Version: tt.py})
		if err != nil || string(got) != "."+tt.want {
			t.Errorf("%v: got %q, %v, want %q", tt.py, got, err, tt.want)
		}
	}
}

// TestInvalid has texts that no reader lets through, but a program may make.
func TestInvalid(t *testing.T) {
	for s, want := range map[string]string{
		"a\xffb":           `'a\xffb'`,
		"\xC3":             `'\xc3'`,
		"\xC0\x80":         `'\xc0\x80'`,
		"\xED\xA0":         `'\xed\xa0'`,
		"\xED\xA0\x80":     `'\ud800'`,
		"\xED\xBF\xBF":     `'\udfff'`,
		"\xEF\xBF\xBD":     "'\uFFFD'",
		"\xF4\x90\x80\x80": `'\xf4\x90\x80\x80'`,
	} {
		if got := string(pyrepr.AppendStr(nil, s, pyver.Py314)); got != want {
			t.Errorf("%q: got %s, want %s", s, got, want)
		}
	}
	d := &code.Dict{Keys: []code.Value{code.None, code.None}, Values: []code.Value{nil}}
	if got, want := repr(t, d, pyrepr.Options{}), "{None: <NULL>}"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestHugeInt(t *testing.T) {
	n := new(big.Int).Lsh(big.NewInt(1), 1<<22-1)
	if got, want := repr(t, &code.Int{Big: n}, pyrepr.Options{}), n.String(); got != want {
		t.Errorf("2**(2**22-1) has %d digits, want %d", len(got), len(want))
	}
	n.Lsh(n, 1)
	want := "0x1" + strings.Repeat("0", 1<<20)
	for _, tt := range []struct {
		v    pyver.Version
		want string
	}{{pyver.Py314, want}, {pyver.Py27, want + "L"}} {
		o := pyrepr.Options{Version: tt.v}
		if got := repr(t, &code.Int{Big: n}, o); got != tt.want {
			t.Errorf("%v: 2**2**22 is %.20s... of %d characters", tt.v, got, len(got))
		}
		if got := repr(t, &code.Int{Big: new(big.Int).Neg(n)}, o); got != "-"+tt.want {
			t.Errorf("%v: -2**2**22 is %.20s... of %d characters", tt.v, got, len(got))
		}
	}
}

// TestSharedInt prints a slow integer many times over.
func TestSharedInt(t *testing.T) {
	n := &code.Int{Big: new(big.Int).Lsh(big.NewInt(-3), 1<<20-3)}
	list := &code.List{Items: []code.Value{code.None}}
	for range 100 {
		list.Items = append(list.Items, n)
	}
	want := "[None" + strings.Repeat(", "+n.Big.String(), 100) + "]"
	if got := repr(t, list, pyrepr.Options{}); got != want {
		t.Errorf("got %d bytes, want %d", len(got), len(want))
	}
}

// laughs is a tuple of two references to a tuple of two references ...
func laughs(levels int) code.Value {
	var v code.Value = code.None
	for range levels {
		v = &code.Tuple{Items: []code.Value{v, v}}
	}
	return v
}

func TestLimit(t *testing.T) {
	got, err := pyrepr.Append([]byte("ab"), laughs(1000), pyrepr.Options{Limit: 5000})
	if !errors.Is(err, pyrepr.ErrTooLong) || len(got) != 5002 || string(got[:4]) != "ab((" {
		t.Errorf("billion laughs: %d bytes, %v", len(got), err)
	}
	got, err = pyrepr.Append(nil, laughs(1000), pyrepr.Options{})
	if !errors.Is(err, pyrepr.ErrTooLong) || len(got) != 64<<20 {
		t.Errorf("billion laughs: %d bytes, %v", len(got), err)
	}

	s := &code.Str{S: strings.Repeat("\x00", 10)}
	for limit, ok := range map[int]bool{42: true, 41: false, 1: false} {
		got, err := pyrepr.Append(nil, s, pyrepr.Options{Limit: limit})
		if ok != (err == nil) || len(got) > limit {
			t.Errorf("42 bytes with limit %d: %d bytes, %v", limit, len(got), err)
		}
	}
}

func TestDepth(t *testing.T) {
	var v code.Value = code.None
	for range 10_000 {
		v = &code.Tuple{Items: []code.Value{v}}
	}
	if got := repr(t, v, pyrepr.Options{}); len(got) != 30_004 {
		t.Errorf("10,000 levels: %d bytes", len(got))
	}
	for range 1_000_000 {
		v = &code.List{Items: []code.Value{v}}
	}
	_, err := pyrepr.Append(nil, v, pyrepr.Options{})
	if !errors.Is(err, pyrepr.ErrTooDeep) {
		t.Errorf("1,010,000 levels: %v", err)
	}
}

func TestAllocs(t *testing.T) {
	v := sample()
	buf := make([]byte, 0, 1<<16)
	addr := func(*code.Object) uint64 { return 1 }
	n := testing.AllocsPerRun(100, func() {
		out, err := pyrepr.Append(buf, v, pyrepr.Options{Version: pyver.Py314, Addr: addr})
		if err != nil || len(out) == 0 {
			t.Fatal(err)
		}
	})
	if n != 0 {
		t.Errorf("%v allocations, want none", n)
	}
}

// sample is a value like the constants of a module.
func sample() code.Value {
	return &code.Tuple{Items: []code.Value{
		code.None, code.True, &code.Int{V: 12345}, &code.Float{V: 3.14159}, &code.Complex{Im: 2.5},
		&code.Str{S: "The quick brown fox jumps over the lazy dog.\n\n    It's a docstring of two lines.\n"},
		&code.Str{S: "größer ≥ Ω"},
		&code.Bytes{S: "\x00\x01binary"},
		&code.Tuple{Items: []code.Value{&code.Str{S: "name"}, &code.Str{S: "other"}}},
		&code.Set{Frozen: true, Items: []code.Value{&code.Str{S: "utf-8"}}},
		&code.Object{Name: &code.Str{S: "f"}, Filename: &code.Str{S: "/usr/lib/python3.14/module.py"}, FirstLine: 10},
	}}
}

func FuzzAppendStr(f *testing.F) {
	for _, s := range []string{"", "it's", `"'`, "\x00\n\\", "é€😀", "\xED\xA0\x80", "\xff\xC3"} {
		f.Add(s, uint16(pyver.Py314))
	}
	f.Fuzz(func(t *testing.T, s string, version uint16) {
		v := pyver.Version(version)
		for _, text := range [][]byte{pyrepr.AppendStr(nil, s, v), pyrepr.AppendBytes(nil, s, v)} {
			if len(text) > 4*len(s)+3 {
				t.Errorf("%d bytes for %d", len(text), len(s))
			}
			for _, c := range text {
				if c < 0x20 || c == 0x7F {
					t.Errorf("%q has a control character", text)
				}
			}
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	text := func(s string) code.Value { return &code.Str{S: strings.Repeat(s, 100)} }
	floats, ints := new(code.List), new(code.List)
	for i := range 100 {
		floats.Items = append(floats.Items, &code.Float{V: float64(i) * 0.123456789})
		ints.Items = append(ints.Items, &code.Int{V: int64(i) * 98765})
	}
	for _, bb := range []struct {
		name string
		v    code.Value
	}{
		{"sample", sample()},
		{"ascii", text("plain text without anything special. ")},
		{"docstring", text("It's some text,\n    \"quoted\" here\n")},
		{"greek", text("Ελληνικό αλφάβητο ")},
		{"han", text("中文文本")},
		{"bytes", &code.Bytes{S: strings.Repeat("\x00\x01\xffabc", 100)}},
		{"floats", floats},
		{"ints", ints},
		{"hugeint", &code.Int{Big: new(big.Int).Lsh(big.NewInt(7), 1<<20-3)}},
		{"hugestint", &code.Int{Big: new(big.Int).Lsh(big.NewInt(7), 1<<22-3)}},
		{"nested", laughs(10)},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			var buf []byte
			for b.Loop() {
				var err error
				buf, err = pyrepr.Append(buf[:0], bb.v, pyrepr.Options{Version: pyver.Py314})
				if err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(len(buf)))
		})
	}
}
