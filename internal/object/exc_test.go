package object

import (
	"fmt"
	"testing"
)

func TestRaiseAllocates(t *testing.T) {
	th := NewInterp().Main
	msg := MakeStr("x")
	for _, c := range []struct {
		name string
		max  float64
		f    func()
	}{
		{"Raisef", 2, func() { th.ValueErrorf("x") }},
		{"KeyError", 1, func() { th.KeyError(msg) }},
		{"call", 1, func() { th.CallArgs(Of(&ValueErrorType), msg) }},
		{"NoAttribute", 4, func() { th.NoAttribute(msg, nameInit) }},
	} {
		if n := testing.AllocsPerRun(100, c.f); n > c.max {
			t.Errorf("%s: %v allocations, want at most %v", c.name, n, c.max)
		}
	}
}

func TestExceptionLayout(t *testing.T) {
	th := NewInterp().Main
	for _, s := range ExceptionTypes() {
		v := s.Alloc(th, s)
		if !v.IsA(&BaseExceptionType) || v.Type() != s {
			t.Errorf("%s: Alloc made a %s", s.Name, v.Type().Name)
		}
		for i := range excFields(s) {
			if got := To[Exc](v).Field(i); got != None {
				t.Errorf("%s: field %d of a new instance is set", s.Name, i)
			}
		}
	}
	e := th.MakeExc(&OSErrorType, MakeInt(2), MakeStr("no"), MakeStr("f"))
	if e == nil || e.Type != &FileNotFoundErrorType || e.Args.Len() != 2 {
		t.Errorf("OSError(2, ...) is %v", e)
	}
}

func TestSuggest(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"nam", "name"}, {"naem", ""}, {"NAME", ""}, {"Name", "name"}, {"name_form", "name_from"}, {"xyzzy", ""}, {"name", ""}, {"pth", "path"},
	} {
		if got := Suggest(c.name, []string{"name", "path", "name_from"}); got != c.want {
			t.Errorf("Suggest(%q) = %q, want %q", c.name, got, c.want)
		}
	}
}

func TestAppendSimple(t *testing.T) {
	for _, c := range []struct {
		format string
		args   []any
		simple bool
	}{
		{"%s and %d", []any{"one", -2}, true},
		{"%d%s", []any{3, ""}, true},
		{"é%s%%", []any{"x"}, false},
		{"%q", []any{"x"}, false},
		{"%s", []any{3}, false},
		{"%d", []any{int64(3)}, false},
		{"%d", []any{"x"}, false},
		{"%s", []any{"a", "b"}, false},
		{"%s%s", []any{"a"}, false},
		{"%", []any{"a"}, false},
	} {
		got, simple := appendSimple(nil, c.format, c.args)
		if simple != c.simple || simple && string(got) != fmt.Sprintf(c.format, c.args...) {
			t.Errorf("%q of %v: %q, simple is %v", c.format, c.args, got, simple)
		}
	}
}
