package sremod

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/krait-py/krait/internal/object"
)

// record is a line of the golden file of package sre, see its testdata/cases.py.
type record struct {
	RE     string
	Flags  int
	Bytes  bool
	Groups int
	Code   []uint32
	Cases  [][]json.RawMessage
}

func newThread(t testing.TB) (*Thread, *object.Module) {
	t.Helper()
	th := object.NewInterp().Main
	m := Module.Create(th)
	if m == nil {
		t.Fatal("no module")
	}
	return th, m
}

// must fails the test if v is an exception.
func must(t testing.TB, th *Thread, v Value) Value {
	t.Helper()
	if v.IsNil() {
		e := th.Exc
		th.Exc = nil
		text := ""
		if s := th.Str(object.Of(e)); s != nil {
			text = s.S
		}
		t.Fatalf("%s: %s", e.Type.Name, text)
	}
	return v
}

func method(t testing.TB, th *Thread, v Value, name string, args ...Value) Value {
	t.Helper()
	return must(t, th, th.CallMethod(v, th.Interp.Intern(name), args...))
}

func compilePattern(t testing.TB, th *Thread, m *object.Module, pattern Value, flags int, code []uint32, groups int) Value {
	t.Helper()
	list := make([]Value, len(code))
	for i, c := range code {
		list[i] = object.MakeInt(int64(c))
	}
	f := m.Dict().GetName("compile")
	return must(t, th, th.CallArgs(f, pattern, object.MakeInt(int64(flags)), object.Of(object.NewList(list)),
		object.MakeInt(int64(groups)), object.Of(object.NewDict()), object.Of(object.EmptyTuple)))
}

// regs returns regs and lastindex of a match, as cases.py writes them.
func regs(t testing.TB, th *Thread, v Value) string {
	t.Helper()
	if v.IsNone() {
		return "null"
	}
	var out []int64
	spans := must(t, th, th.GetAttrName(v, "regs"))
	for _, s := range object.To[object.Tuple](spans).Items() {
		p := object.To[object.Tuple](s).Items()
		out = append(out, p[0].Int(), p[1].Int())
	}
	last := must(t, th, th.GetAttrName(v, "lastindex"))
	if last.IsNone() {
		last = object.MakeInt(0)
	}
	text, err := json.Marshal(append(out, last.Int()))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestGolden finds through objects what package sre's golden file says.
func TestGolden(t *testing.T) {
	f, err := os.Open("../../sre/testdata/patterns.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	th, m := newThread(t)
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var r record
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		value := func(s string) Value {
			if r.Bytes {
				return object.Of(object.NewBytes(s))
			}
			return object.MakeStr(s)
		}
		p := compilePattern(t, th, m, value(r.RE), r.Flags, r.Code, r.Groups)
		for _, c := range r.Cases {
			var text string
			var pos, end int64
			for i, dst := range []any{&text, &pos, &end} {
				if err := json.Unmarshal(c[i], dst); err != nil {
					t.Fatal(err)
				}
			}
			data, err := hex.DecodeString(text)
			if err != nil {
				t.Fatal(err)
			}
			s := value(string(data))
			for i, name := range []string{"match", "fullmatch", "search"} {
				got := regs(t, th, method(t, th, p, name, s, object.MakeInt(pos), object.MakeInt(end)))
				if want := string(c[3+i]); got != want {
					t.Errorf("%s.%s(%q, %d, %d): %s; want %s", r.RE, name, data, pos, end, got, want)
				}
			}
			if len(c) < 8 {
				continue
			}
			var all []Value
			got := "["
			th.Each(method(t, th, p, "finditer", s), func(v Value) bool {
				if len(all) < 40 {
					if len(all) > 0 {
						got += ","
					}
					got += regs(t, th, v)
				}
				all = append(all, v)
				return true
			})
			if got += "]"; got != string(c[6]) {
				t.Errorf("%s.finditer(%q): %s; want %s", r.RE, data, got, c[6])
			}
			checkFindall(t, th, p, s, r.Groups, all)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

// checkFindall compares what findall, split, sub and groups say with the matches.
func checkFindall(t *testing.T, th *Thread, p, s Value, groups int, matches []Value) {
	t.Helper()
	empty := object.EmptyStr
	if !s.IsStr() {
		empty = object.Of(object.NewBytes(""))
	}
	var want []Value
	for _, m := range matches {
		switch groups {
		case 0:
			want = append(want, method(t, th, m, "group"))
		case 1:
			want = append(want, object.To[object.Tuple](method(t, th, m, "groups", empty)).Items()[0])
		default:
			want = append(want, method(t, th, m, "groups", empty))
		}
	}
	same := func(what string, got, want Value) {
		t.Helper()
		if dump(got) != dump(want) {
			t.Errorf("%s.%s(%s): %s; want %s", dump(object.To[Pattern](p).pattern), what, dump(s), dump(got), dump(want))
		}
	}
	same("findall", method(t, th, p, "findall", s), object.Of(object.NewList(want)))

	// Splitting with a function that returns what it replaces gives the text again.
	got := method(t, th, p, "sub", object.Of(&again), s)
	same("sub", got, s)
	n := object.To[object.Tuple](method(t, th, p, "subn", empty, s)).Items()[1]
	if n.Int() != int64(len(matches)) {
		t.Errorf("%s.subn(%s): %d; want %d", dump(object.To[Pattern](p).pattern), dump(s), n.Int(), len(matches))
	}
	parts := object.To[object.List](method(t, th, p, "split", s)).V
	if len(parts) != 1+(1+groups)*len(matches) {
		t.Errorf("%s.split(%s): %d parts for %d matches", dump(object.To[Pattern](p).pattern), dump(s), len(parts), len(matches))
	}
}

// dump shows a value of those that occur here.
func dump(v Value) string {
	items := func(vs []Value) string {
		out := ""
		for _, v := range vs {
			out += dump(v) + ", "
		}
		return out
	}
	switch {
	case v.IsNone():
		return "None"
	case v.IsStr():
		return fmt.Sprintf("%q", v.Str().S)
	case v.IsA(&object.TupleType):
		return "(" + items(object.To[object.Tuple](v).Items()) + ")"
	case v.IsA(&object.ListType):
		return "[" + items(object.To[object.List](v).V) + "]"
	case v.IsA(&object.BytesType):
		return fmt.Sprintf("b%q", object.To[object.Bytes](v).S)
	}
	return v.Type().Name
}

// again is lambda m: m.group().
var again = object.Builtin{Head: object.Head{Type: &object.BuiltinType}, Def: &object.MethodDef{
	Name: "again", Sig: "(m, /)", Fn: func(t *Thread, a []Value) Value { return object.To[Match](a[0]).group(t, 0, object.None) },
}}

// raises fails the test unless v is an exception that prints like want.
func raises(t *testing.T, th *Thread, v Value, want string) {
	t.Helper()
	if !v.IsNil() {
		t.Errorf("%s; want %s", th.Repr(v).S, want)
		return
	}
	e := th.Exc
	th.Exc = nil
	if got := fmt.Sprintf("%s: %s", e.Type.Name, th.Str(object.Of(e)).S); got != want {
		t.Errorf("%s; want %s", got, want)
	}
}

func TestErrors(t *testing.T) {
	th, m := newThread(t)
	call := func(f Value, args ...Value) Value { return th.CallArgs(f, args...) }
	attr := func(v Value, name string) Value { return must(t, th, th.GetAttrName(v, name)) }
	str, num := object.MakeStr, func(n int64) Value { return object.MakeInt(n) }
	list := func(v ...Value) Value { return object.Of(object.NewList(v)) }
	compile := m.Dict().GetName("compile")
	d, none := object.Of(object.NewDict()), object.Of(object.EmptyTuple)
	raises(t, th, call(compile, str("a"), num(0), none, num(0), d, none), "TypeError: compile() argument 'code' must be list, not tuple")
	raises(t, th, call(compile, str("a"), num(1<<40), list(), num(0), d, none), "OverflowError: Python int too large to convert to C int")
	raises(t, th, call(compile, str("a"), num(0), list(num(-1)), num(0), d, none), "OverflowError: can't convert negative value to unsigned int")
	raises(t, th, call(compile, str("a"), num(0), list(num(1<<32)), num(0), d, none), "OverflowError: regular expression code size limit exceeded")
	raises(t, th, call(compile, str("a"), num(0), list(object.None), num(0), d, none), "TypeError: an integer is required")
	raises(t, th, call(compile, str("a"), num(0), list(), num(0), d, none), "RuntimeError: invalid SRE code")
	raises(t, th, call(compile, num(1), num(0), list(num(1)), num(0), d, none), "TypeError: expected string or bytes-like object, got 'int'")
	raises(t, th, call(m.Dict().GetName("template"), str("a"), list()), "TypeError: invalid template")

	p := compilePattern(t, th, m, str("a"), 32, []uint32{16, 'a', 1}, 0)
	match := attr(p, "match")
	raises(t, th, call(match, num(1)), "TypeError: expected string or bytes-like object, got 'int'")
	raises(t, th, call(match, object.Of(object.NewBytes("a"))), "TypeError: cannot use a string pattern on a bytes-like object")
	raises(t, th, call(match, str("a"), object.None), "TypeError: 'NoneType' object cannot be interpreted as an integer")
	raises(t, th, call(attr(p, "sub"), object.Of(object.NewBytes("x")), str("ba")), "TypeError: sequence item 1: expected str instance, bytes found")
	x := must(t, th, call(match, str("ab")))
	raises(t, th, call(attr(x, "group"), num(1)), "IndexError: no such group")
	raises(t, th, call(attr(x, "start"), str("x")), "IndexError: no such group")
}
