package stringmod

import (
	"slices"
	"testing"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/modtest"
)

func TestParser(t *testing.T) {
	m := modtest.New(t, &Module)
	got := m.Items(m.Make("formatter_parser", "a{b!r:c}d{}{{x{y:}{z!s}}"))
	want := []string{
		`("a", "b", "c", "r")`, `("d", "", "", None)`, `("{", None, None, None)`, `("x", "y", "", None)`, `("", "z", "", "s")`,
		"ValueError: Single '}' encountered in format string",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if got := m.Call("formatter_parser", 1); got != "TypeError: expected str, got int" {
		t.Errorf("got %s", got)
	}
}

func TestFieldName(t *testing.T) {
	m := modtest.New(t, &Module)
	pair := object.To[object.Tuple](m.Make("formatter_field_name_split", "5.b[1][x]y")).Items()
	if pair[0] != object.MakeInt(5) {
		t.Errorf("the field does not begin with 5")
	}
	want := []string{`(True, "b")`, `(False, 1)`, `(False, "x")`, "ValueError: Only '.' or '[' may follow ']' in format field specifier"}
	if got := m.Items(pair[1]); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if got := m.Call("formatter_field_name_split", "99999999999999999999"); got != "ValueError: Too many decimal digits in format string" {
		t.Errorf("got %s", got)
	}
}
