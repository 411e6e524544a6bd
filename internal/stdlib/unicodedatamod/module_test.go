package unicodedatamod

import (
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/stdlib/modtest"
)

// TestFunctions: results and messages are CPython's.
func TestFunctions(t *testing.T) {
	m := modtest.New(t, &Module)
	for _, c := range []struct {
		path string
		args []any
		want string
	}{
		{"name", []any{"a"}, `"LATIN SMALL LETTER A"`}, {"name", []any{"\x00"}, "ValueError: no such name"}, {"name", []any{"\x00", 5}, "5"},
		{"name", []any{"ab"}, "TypeError: name(): argument 1 must be a unicode character, not a string of length 2"},
		{"name", []any{1}, "TypeError: name() argument 1 must be a unicode character, not int"},
		{"name", nil, "TypeError: name expected at least 1 argument, got 0"},
		{"category", []any{""}, "TypeError: category(): argument must be a unicode character, not a string of length 0"},
		{"category", []any{1.5}, "TypeError: category() argument must be a unicode character, not float"},
		{"category", []any{"\xED\xA0\x80"}, `"Cs"`}, {"bidirectional", []any{"א"}, `"R"`}, {"east_asian_width", []any{"中"}, `"W"`},
		{"combining", []any{"\u0301"}, "230"}, {"mirrored", []any{"("}, "1"}, {"mirrored", []any{"a"}, "0"}, {"decomposition", []any{"é"}, `"0065 0301"`},
		{"decimal", []any{"٣"}, "3"}, {"decimal", []any{"a"}, "ValueError: not a decimal"}, {"digit", []any{"²"}, "2"}, {"digit", []any{"a"}, "ValueError: not a digit"},
		{"numeric", []any{"½"}, "0.5"}, {"numeric", []any{"a"}, "ValueError: not a numeric character"}, {"numeric", []any{"a", nil}, "None"},
		{"lookup", []any{"digit one"}, `"1"`}, {"lookup", []any{"KEYCAP DIGIT ONE"}, `"1️⃣"`}, {"lookup", []any{"FOO"}, "KeyError: undefined character name 'FOO'"},
		{"lookup", []any{strings.Repeat("a", 300)}, "KeyError: name too long"}, {"lookup", []any{1}, "TypeError: a bytes-like object is required, not 'int'"},
		{"normalize", []any{"NFC", "e\u0301"}, `"é"`}, {"normalize", []any{"x", ""}, `""`}, {"normalize", []any{"x", "a"}, "ValueError: invalid normalization form"},
		{"normalize", []any{"NFC", 1}, "TypeError: normalize() argument 2 must be str, not int"}, {"normalize", []any{1, "a"}, "TypeError: normalize() argument 1 must be str, not int"},
		{"is_normalized", []any{"NFC", "e\u0301"}, "False"}, {"is_normalized", []any{"NFC", "é"}, "True"}, {"is_normalized", []any{"x", ""}, "True"},
		{"ucd_3_2_0.name", []any{"😀", "-"}, `"-"`}, {"ucd_3_2_0.name", []any{"a"}, `"LATIN SMALL LETTER A"`}, {"ucd_3_2_0.category", []any{"\u0221"}, `"Cn"`},
		{"ucd_3_2_0.lookup", []any{"null"}, "KeyError: undefined character name 'null'"}, {"ucd_3_2_0.lookup", []any{"GRINNING FACE"}, `"😀"`},
		{"ucd_3_2_0.normalize", []any{"NFD", "\U0002F868"}, "\"\U0002136A\""}, {"ucd_3_2_0.decimal", []any{"١"}, "1"},
	} {
		if got := m.Call(c.path, c.args...); got != c.want {
			t.Errorf("%s(%q): got %s, want %s", c.path, c.args, got, c.want)
		}
	}
	for path, want := range map[string]string{"unidata_version": "16.0.0", "ucd_3_2_0.unidata_version": "3.2.0"} {
		if got := m.Get(path); !got.IsStr() || got.Str().S != want {
			t.Errorf("%s is not %s", path, want)
		}
	}
	if got := m.Call("UCD"); got != "TypeError: cannot create 'unicodedata.UCD' instances" {
		t.Errorf("got %s", got)
	}
}
