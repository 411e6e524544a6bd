package pyfmt

import (
	_ "embed"
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/texttest"
)

//go:embed testdata/format.py
var formatPy string

// specs remembers across the tests, so that what is remembered is tested, too.
var specs Specs

// outcome is what attempt() of the programs returns.
func outcome(b []byte, err error) string {
	var e *Error
	switch {
	case err == nil:
		return string(b)
	case errors.As(err, &e):
		return kindNames[e.Kind] + ": " + e.Text
	}
	return err.Error()
}

var kindNames = [...]string{ValueError: "ValueError", OverflowError: "OverflowError", TypeError: "TypeError", MemoryError: "MemoryError"}

func count(s string) int {
	n := 0
	for i := range len(s) {
		if s[i]&0xC0 != 0x80 {
			n++
		}
	}
	return n
}

// value reads hex() of an int.
func value(s string) (int64, *big.Int) {
	b, _ := new(big.Int).SetString(s, 0)
	if b.IsInt64() {
		return b.Int64(), nil
	}
	return 0, b
}

func fromHex(s string) float64 {
	x, err := ParseHexFloat(s)
	if err != nil {
		panic(err)
	}
	return x
}

func TestFormat(t *testing.T) {
	texttest.Suite{
		Program: formatPy, Golden: "testdata/format.txt", Few: 150, Many: 60_000,
		Got: func(f []string) string {
			switch f[0] {
			case "str":
				return outcome(specs.FormatStr(nil, f[1], count(f[1]), f[2], "str"))
			case "int":
				n, b := value(f[1])
				return outcome(specs.FormatInt(nil, n, b, f[2], "int", 4300))
			case "float":
				return outcome(specs.FormatFloat(nil, fromHex(f[1]), f[2], "float"))
			case "complex":
				return outcome(specs.FormatComplex(nil, fromHex(f[1]), fromHex(f[2]), f[3], "complex"))
			case "repr":
				return string(AppendRepr(nil, fromHex(f[1])))
			case "hex":
				x, ok := ParseFloat(f[1])
				if !ok {
					return "no number"
				}
				return string(AppendHexFloat(nil, x))
			case "complexrepr":
				return string(AppendComplex(nil, fromHex(f[1]), fromHex(f[2])))
			}
			return "?"
		},
	}.Run(t)
}

func TestPrecision(t *testing.T) {
	for _, verb := range []byte("efg") {
		got, err := AppendFloat(nil, 0.1, verb, 100_000, AlwaysPoint)
		if err != nil || len(got) < 100_000 || !strings.HasPrefix(strings.TrimLeft(string(got), "0."), "1") {
			t.Errorf("%c: %d bytes, %v", verb, len(got), err)
		}
	}
	if got, _ := AppendFloat(nil, 5e-324, 'f', 1100, 0); strings.TrimRight(string(got), "0") != strings.TrimRight(string(got), "0")[:1076] {
		t.Errorf("the smallest number has other digits: %s", got)
	}
}
