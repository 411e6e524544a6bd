package pyfmt

import (
	_ "embed"
	"strconv"
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/texttest"
)

//go:embed testdata/parse.py
var parsePy string

func TestParse(t *testing.T) {
	hex := func(x float64) string { return string(AppendHexFloat(nil, x)) }
	integer := func(s, base string, maxDigits int) ([]byte, error) {
		b, _ := strconv.Atoi(base)
		n, big, err := ParseInt(FoldNumber(s), b, maxDigits)
		if err != nil {
			return nil, err
		}
		if big != nil && big.IsInt64() {
			t.Errorf("%q is small", s)
		}
		return AppendIntPrefixed(nil, n, big, 16), nil
	}
	texttest.Suite{
		Program: parsePy, Golden: "testdata/parse.txt", Few: 200, Many: 60_000,
		Got: func(f []string) string {
			switch f[0] {
			case "float":
				x, ok := ParseFloat(FoldNumber(f[1]))
				if !ok {
					return ErrSyntax.Error()
				}
				return hex(x)
			case "complex":
				re, im, err := ParseComplex(FoldNumber(f[1]))
				return outcome([]byte(hex(re)+" "+hex(im)), err)
			case "hexfloat":
				x, err := ParseHexFloat(f[1])
				return outcome([]byte(hex(x)), err)
			case "int":
				b, err := integer(f[1], f[2], 4300)
				if len(f[1]) > 600 && err == nil {
					return strconv.Itoa(len(b))
				}
				return outcome(b, err)
			case "text":
				n, b := value(f[1])
				return outcome(AppendInt(nil, n, b, 10, 4300))
			case "big":
				return outcome(integer(f[1], f[2], 0))
			case "bigtext":
				n, b := value(f[1])
				return outcome(AppendInt(nil, n, b, 10, 0))
			}
			return "?"
		},
	}.Run(t)
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "1", "-0x_f", "1_0.5e-3", "nan", "(1+2j)", "0x1.8p3", "٣", "_", "+", "1e999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded := FoldNumber(s)
		if x, ok := ParseFloat(folded); ok && x == x {
			if y, ok := ParseFloat(string(AppendRepr(nil, x))); !ok || x != y {
				t.Errorf("%q is %v, its repr %v", s, x, y)
			}
			if y, err := ParseHexFloat(string(AppendHexFloat(nil, x))); err != nil || x != y {
				t.Errorf("%q is %v, its hex %v, %v", s, x, y, err)
			}
		}
		if re, im, err := ParseComplex(folded); err == nil && re == re && im == im {
			a, b, err := ParseComplex(string(AppendComplex(nil, re, im)))
			if err != nil || a != re || b != im {
				t.Errorf("%q is (%v, %v), its repr (%v, %v), %v", s, re, im, a, b, err)
			}
		}
		ParseHexFloat(s)
		for _, base := range []int{0, 2, 3, 8, 10, 16, 32, 36} {
			n, b, err := ParseInt(folded, base, 4300)
			if err != nil {
				continue
			}
			n2, b2, err := ParseInt(string(AppendIntPrefixed(nil, n, b, 16)), 16, 0)
			if err != nil || n2 != n || (b == nil) != (b2 == nil) || b != nil && b.Cmp(b2) != 0 {
				t.Errorf("%q in base %d is %d, %v, then %d, %v, %v", s, base, n, b, n2, b2, err)
			}
		}
	})
}

func BenchmarkParseFloat(b *testing.B) {
	for _, s := range []string{"3.14159", "1e10", "0.1234567890123456789", "123456789.25", "1.7976931348623157e308"} {
		b.Run(s, func(b *testing.B) {
			for b.Loop() {
				ParseFloat(s)
			}
		})
	}
}

func BenchmarkParseInt(b *testing.B) {
	for _, n := range []int{1, 5, 18, 19, 30, 100, 1000, 10_000, 100_000} {
		s := strings.Repeat("7", n)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				ParseInt(s, 10, 0)
			}
		})
	}
}

func BenchmarkAppendInt(b *testing.B) {
	for _, n := range []int{5, 19, 30, 100, 1000, 10_000, 100_000} {
		v, big, _ := ParseInt(strings.Repeat("7", n), 10, 0)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			var dst []byte
			for b.Loop() {
				dst, _ = AppendInt(dst[:0], v, big, 10, 0)
			}
		})
	}
}

func BenchmarkFloat(b *testing.B) {
	x := 3.14159265358979
	for _, c := range []struct {
		name string
		f    func([]byte) []byte
	}{
		{"repr", func(d []byte) []byte { return AppendRepr(d, x) }},
		{"repr-whole", func(d []byte) []byte { return AppendRepr(d, 1234) }},
		{"repr-exp", func(d []byte) []byte { return AppendRepr(d, 1.5e-300) }},
		{".2f", func(d []byte) []byte { d, _ = AppendFloat(d, x*100, 'f', 2, 0); return d }},
		{".6f", func(d []byte) []byte { d, _ = AppendFloat(d, x, 'f', 6, 0); return d }},
		{"g", func(d []byte) []byte { d, _ = AppendFloat(d, x, 'g', 6, 0); return d }},
		{"e", func(d []byte) []byte { d, _ = AppendFloat(d, x, 'e', 6, 0); return d }},
		{"spec.2f", func(d []byte) []byte { d, _ = specs.FormatFloat(d, x, ".2f", "float"); return d }},
		{"spec>10.2f", func(d []byte) []byte { d, _ = specs.FormatFloat(d, x, ">10.2f", "float"); return d }},
		{"spec05d", func(d []byte) []byte { d, _ = specs.FormatInt(d, 42, nil, "05d", "int", 0); return d }},
		{"spec,", func(d []byte) []byte { d, _ = specs.FormatInt(d, 1234567, nil, ",", "int", 0); return d }},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			var dst []byte
			for b.Loop() {
				dst = c.f(dst[:0])
			}
		})
	}
}
