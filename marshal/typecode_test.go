package marshal

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// describe shows a value's type and contents.
func describe(v code.Value) string {
	join := func(items []code.Value) string {
		var s []string
		for _, v := range items {
			s = append(s, describe(v))
		}
		return strings.Join(s, " ")
	}
	name := func(n string, frozen bool) string {
		if frozen {
			return "frozen" + n
		}
		return n
	}
	interned := func(b bool) string {
		if b {
			return "interned "
		}
		return ""
	}
	switch v := v.(type) {
	case *code.Bool:
		return fmt.Sprint(v.V)
	case *code.NoneType:
		return "None"
	case *code.EllipsisType:
		return "..."
	case *code.StopIterationType:
		return "StopIteration"
	case *code.Int:
		if v.Big != nil {
			return v.Big.String()
		}
		return fmt.Sprint(v.V)
	case *code.Float:
		return fmt.Sprintf("float %v %q", v.V, v.Text)
	case *code.Complex:
		return fmt.Sprintf("complex %v %v %q %q", v.Re, v.Im, v.ReText, v.ImText)
	case *code.Str:
		return fmt.Sprintf("%sstr %q", interned(v.Interned), v.S)
	case *code.Bytes:
		return fmt.Sprintf("%sbytes %q", interned(v.Interned), v.S)
	case *code.Tuple:
		return "tuple(" + join(v.Items) + ")"
	case *code.List:
		return "list(" + join(v.Items) + ")"
	case *code.Set:
		return name("set(", v.Frozen) + join(v.Items) + ")"
	case *code.Dict:
		return name("dict(", v.Frozen) + join(v.Keys) + " : " + join(v.Values) + ")"
	case *code.Slice:
		return "slice(" + join([]code.Value{v.Start, v.Stop, v.Step}) + ")"
	case *code.Object:
		return "code " + code.Text(v.Name)
	}
	return fmt.Sprintf("%T", v)
}

// Every type code in every version: what it reads as, or that it is unknown,
// plain and with FlagRef.
func TestTypeCodes(t *testing.T) {
	always := func(pyver.Version) bool { return true }
	py2 := func(v pyver.Version) bool { return v == pyver.Py27 }
	from := func(first pyver.Version) func(pyver.Version) bool {
		return func(v pyver.Version) bool { return v >= first }
	}
	flagged := from(pyver.Py34)
	tests := []struct {
		stream string
		has    func(pyver.Version) bool
		want   string
	}{
		{"N", always, "None"},
		{"T", always, "true"},
		{"F", always, "false"},
		{"S", always, "StopIteration"},
		{".", always, "..."},
		{"i" + le(-7), always, "-7"},
		{"I" + le(7) + le(1), always, "4294967303"},
		{"l" + le(0), always, "0"},
		{"l" + le(-2) + "\x01\x00\x01\x00", always, "-32769"},
		{"l" + le(5) + "\xff\x7f\xff\x7f\xff\x7f\xff\x7f\x07\x00", always, "9223372036854775807"},
		{"l" + le(5) + "\x00\x00\x00\x00\x00\x00\x00\x00\x08\x00", always, "9223372036854775808"},
		{"f\x041.50", always, `float 1.5 "1.50"`},
		{"g\x00\x00\x00\x00\x00\x00\xf8\x3f", always, `float 1.5 ""`},
		{"x\x011\x02-2", always, `complex 1 -2 "1" "-2"`},
		{"y\x00\x00\x00\x00\x00\x00\xf8\x3f\x00\x00\x00\x00\x00\x00\x00\xc0", always, `complex 1.5 -2 "" ""`},
		{"s" + le(2) + "a\xff", always, `bytes "a\xff"`},
		{"t" + le(1) + "a", py2, `interned bytes "a"`},
		{"t" + le(2) + "é", flagged, `interned str "é"`},
		{"[" + le(2) + "t" + le(1) + "aR" + le(0), py2, `list(interned bytes "a" interned bytes "a")`},
		{"u" + le(2) + "é", always, `str "é"`},
		{"u" + le(3) + "\xed\xa0\x80", always, `str "\xed\xa0\x80"`},
		{"a" + le(2) + "a\xe9", flagged, `str "aé"`},
		{"A" + le(1) + "a", flagged, `interned str "a"`},
		{"z\x02a\xe9", flagged, `str "aé"`},
		{"Z\x01a", flagged, `interned str "a"`},
		{"(" + le(2) + "NT", always, "tuple(None true)"},
		{")\x02NT", flagged, "tuple(None true)"},
		{"[" + le(1) + "N", always, "list(None)"},
		{"<" + le(1) + "N", always, "set(None)"},
		{">" + le(1) + "N", always, "frozenset(None)"},
		{"{NT0", always, "dict(None : true)"},
		{"}NT0", from(pyver.Py315), "frozendict(None : true)"},
		{":NTF", from(pyver.Py314), "slice(None true false)"},
		{"[" + le(2) + "\xe9" + le(5) + "r" + le(0), flagged, "list(5 5)"},
		{"q", func(pyver.Version) bool { return false }, ""},
		{"?", func(pyver.Version) bool { return false }, ""},
	}
	for _, v := range pyver.All() {
		opts := Options{Version: v}
		for _, tt := range tests {
			if strings.HasPrefix(tt.stream, "t") && py2(v) != (tt.want[9] == 'b') {
				continue // means something else in the other Python
			}
			for _, flag := range []byte{0, flagRef} {
				if flag != 0 && strings.HasPrefix(tt.stream, "[") {
					continue // the list would take the number that is referred to
				}
				data := []byte(tt.stream)
				data[0] |= flag
				has := tt.has(v) && (flag == 0 || flagged(v))
				s, err := ReadStream(data, opts)
				if (err == nil) != has {
					t.Errorf("%v: %q: read is %v (%v), want %v", v, data, err == nil, err, has)
					continue
				}
				if err != nil {
					continue
				}
				if got := describe(s.Value); got != tt.want {
					t.Errorf("%v: %q: got %s, want %s", v, data, got, tt.want)
				}
				if got := s.Value.WrittenAs(); got != code.Form(data[0]) && (flag != 0 || got != 0) {
					t.Errorf("%v: %q: form %q", v, data, got)
				}
				if s.Size != len(data) {
					t.Errorf("%v: %q: %d bytes taken", v, data, s.Size)
				}
				if got, err := Write(s.Value, opts); err != nil || !bytes.Equal(got, data) {
					t.Errorf("%v: %q: wrote %q, %v", v, data, got, err)
				}
			}
		}
	}
}

// A code object made by hand comes back the same in every version, and is
// written the same again.
func TestCodeLayouts(t *testing.T) {
	for _, v := range pyver.All() {
		text := func(s string) code.Value {
			if v == pyver.Py27 {
				return &code.Bytes{S: s, Interned: true}
			}
			return &code.Str{S: s, Interned: true}
		}
		names := func(s ...string) *code.Tuple {
			t := &code.Tuple{}
			for _, s := range s {
				t.Items = append(t.Items, text(s))
			}
			return t
		}
		o := &code.Object{
			Flags: code.Optimized, ArgCount: 2, StackSize: 3, FirstLine: 42,
			Code: &code.Bytes{S: "abcd"}, Consts: &code.Tuple{Items: []code.Value{code.None}},
			Names: names("x", "y"), Filename: text("f.py"), Name: text("x"), LineTable: &code.Bytes{S: "lines"},
		}
		want := "2 0 0 2 3 1 42 abcd tuple(None) x y f.py x lines"
		if v >= pyver.Py30 {
			o.KwOnlyArgCount = 1
			want = "2 0 1 3 3 1 42 abcd tuple(None) x y f.py x lines"
		}
		if v >= pyver.Py38 {
			o.PosOnlyArgCount = 1
			want = "2 1 1 3 3 1 42 abcd tuple(None) x y f.py x lines"
		}
		if v >= pyver.Py311 {
			o.LocalsPlusNames, o.LocalsPlusKinds = names("a", "b", "c", "d"), &code.Bytes{S: "\x20\x60\x20\x80"}
			o.QualName, o.ExceptionTable = text("Q.x"), &code.Bytes{S: "exc"}
			want += " a b c d Q.x exc"
		} else {
			o.VarNames, o.FreeVars, o.CellVars = names("a", "b", "c"), names("d"), names("b")
			o.NLocals = 3
			if v == pyver.Py27 {
				o.VarNames, o.NLocals = names("a", "b"), 2
			}
		}
		b, err := Write(o, Options{Version: v})
		if err != nil {
			t.Errorf("%v: %v", v, err)
			continue
		}
		value, n, err := Read(b, Options{Version: v})
		if err != nil || n != len(b) {
			t.Errorf("%v: %v", v, err)
			continue
		}
		r := value.(*code.Object)
		all := func(t *code.Tuple) (s []string) {
			for _, v := range t.Items {
				s = append(s, code.Text(v))
			}
			return s
		}
		got := fmt.Sprint(r.ArgCount, r.PosOnlyArgCount, r.KwOnlyArgCount, r.NLocals, r.StackSize, uint32(r.Flags), r.FirstLine,
			" ", r.Code.S, " ", describe(r.Consts), " ", strings.Join(all(r.Names), " "),
			" ", code.Text(r.Filename), " ", code.Text(r.Name), " ", r.LineTable.S)
		if v >= pyver.Py311 {
			got += fmt.Sprint(" ", strings.Join(all(r.LocalsPlusNames), " "), " ", code.Text(r.QualName), " ", r.ExceptionTable.S)
		} else if len(r.VarNames.Items) != r.NLocals || len(r.FreeVars.Items) != 1 || len(r.CellVars.Items) != 1 {
			t.Errorf("%v: %d %d %d variables", v, len(r.VarNames.Items), len(r.FreeVars.Items), len(r.CellVars.Items))
		}
		if got != want {
			t.Errorf("%v:\ngot  %s\nwant %s", v, got, want)
		}
		if r.Version != v {
			t.Errorf("%v: version %v", v, r.Version)
		}
		// One object for one name, wherever it is, but where streams have no
		// references.
		if shared := v < pyver.Py30 || v >= pyver.Py34; shared && r.Name != r.Names.Items[0] {
			t.Errorf("%v: the name x is there twice", v)
		}
		if again, err := Write(r, Options{Version: v}); err != nil || !bytes.Equal(again, b) {
			t.Errorf("%v: wrote %x, read %x, %v", v, again, b, err)
		}
	}
}

// Nil fields of a code object are empty.
func TestNilFields(t *testing.T) {
	for _, v := range pyver.All() {
		b, err := Write(&code.Object{Version: v}, Options{})
		if err != nil {
			t.Errorf("%v: %v", v, err)
			continue
		}
		if _, _, err := Read(b, Options{Version: v}); err != nil {
			t.Errorf("%v: %v", v, err)
		}
	}
}

// An edited value takes another form when its own cannot say it any more.
func TestEdits(t *testing.T) {
	tests := []struct {
		stream string
		edit   func(code.Value)
		want   string
	}{
		{"z\x01a", func(v code.Value) { v.(*code.Str).S = "é" }, "z\x01\xe9"},
		{"z\x01a", func(v code.Value) { v.(*code.Str).S = "€" }, "u" + le(3) + "€"},
		{"z\x01a", func(v code.Value) { v.(*code.Str).Interned = true }, "Z\x01a"},
		{"Z\x01a", func(v code.Value) { v.(*code.Str).Interned = false }, "z\x01a"},
		{"\xfa\x01a", func(v code.Value) { v.(*code.Str).S = "€" }, "\xf5" + le(3) + "€"},
		{"z\x01a", func(v code.Value) { v.(*code.Str).S = strings.Repeat("a", 256) }, "a" + le(256) + strings.Repeat("a", 256)},
		{"u" + le(1) + "a", func(v code.Value) { v.(*code.Str).S = "b" }, "u" + le(1) + "b"},
		{"i" + le(1), func(v code.Value) { v.(*code.Int).V = 1 << 31 }, "l" + le(3) + "\x00\x00\x00\x00\x02\x00"},
		{"I" + le(1) + le(0), func(v code.Value) { v.(*code.Int).V = 2 }, "I" + le(2) + le(0)},
		{"l" + le(1) + "\x01\x00", func(v code.Value) { v.(*code.Int).V = 2 }, "l" + le(1) + "\x02\x00"},
		{"f\x031.0", func(v code.Value) { v.(*code.Float).V = 1 }, "f\x031.0"},
		{"f\x031.0", func(v code.Value) { v.(*code.Float).V = 1.5 }, "g\x00\x00\x00\x00\x00\x00\xf8\x3f"},
		{")\x00", func(v code.Value) { v.(*code.Tuple).Items = make300() }, "(" + le(300) + strings.Repeat("N", 300)},
		{"(" + le(1) + "N", func(v code.Value) { v.(*code.Tuple).Items = nil }, "(" + le(0)},
		{"<" + le(0), func(v code.Value) { v.(*code.Set).Frozen = true }, ">" + le(0)},
		{"\xd4", func(v code.Value) { v.(*code.Bool).V = false }, "\xc6"},
	}
	for _, tt := range tests {
		v, _, err := Read([]byte(tt.stream), Options{})
		if err != nil {
			t.Fatal(err)
		}
		tt.edit(v)
		got, err := Write(v, Options{})
		if err != nil || string(got) != tt.want {
			t.Errorf("%q: got %q, %v, want %q", tt.stream, got, err, tt.want)
		}
	}
}

func make300() []code.Value {
	items := make([]code.Value, 300)
	for i := range items {
		items[i] = code.None
	}
	return items
}

// What cannot be written is refused.
func TestWriteErrors(t *testing.T) {
	loop := &code.List{}
	loop.Items = []code.Value{loop}
	frozen := &code.Set{Frozen: true}
	frozen.Items = []code.Value{frozen, frozen}
	wide := code.Value(&code.Tuple{})
	for range 100 {
		wide = &code.Tuple{Items: []code.Value{wide, wide}}
	}
	tests := []struct {
		name  string
		value code.Value
		opts  Options
		want  string
	}{
		{"nil", nil, Options{}, "NULL"},
		{"loop", loop, Options{Version: pyver.Py27}, "2001 deep"},
		{"slice", &code.Slice{Start: code.None, Stop: code.None, Step: code.None}, Options{Version: pyver.Py313}, "a slice"},
		{"slice, format 4", &code.Slice{Start: code.None, Stop: code.None, Step: code.None}, Options{Format: 4}, "a slice"},
		{"frozendict", &code.Dict{Frozen: true}, Options{}, "a frozendict"},
		{"bad text", &code.Str{S: "\xff"}, Options{}, "byte 0xff"},
		{"dict", &code.Dict{Keys: []code.Value{code.None}}, Options{}, "1 keys"},
		{"name", &code.Object{Name: code.None}, Options{}, "None as a name"},
		{"name of 2.7", &code.Object{Name: &code.Str{S: "a"}}, Options{Version: pyver.Py27}, "a unicode as a name"},
	}
	for _, tt := range tests {
		b, err := Write(tt.value, tt.opts)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %q, %v", tt.name, b, err)
		}
	}
	// References keep these finite.
	for _, v := range []code.Value{loop, wide} {
		if _, err := Write(v, Options{}); err != nil {
			t.Error(err)
		}
	}
	if _, err := Write(frozen, Options{}); err == nil {
		t.Error("a frozenset that holds itself was written")
	}
}
