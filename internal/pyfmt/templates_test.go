package pyfmt

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/texttest"
)

//go:embed testdata/templates.py
var templatesPy string

func parsed(s string) string {
	var out []string
	t := Template{s}
	for {
		var f Field
		more, err := t.Next(&f)
		if err != nil {
			return strings.Join(append(out, outcome(nil, err)), "\n")
		}
		if !more {
			return strings.Join(out, "\n")
		}
		item := []string{f.Literal, "None", "None", "None"}
		if f.Present {
			item[1], item[2] = f.Name, f.Spec
		}
		if f.Conversion != 0 {
			item[3] = string(f.Conversion)
		}
		out = append(out, strings.Join(item, "|"))
	}
}

func split(s string) string {
	first, index, path, err := SplitField(s)
	if err != nil {
		return outcome(nil, err)
	}
	out := []string{"'" + first}
	if index >= 0 {
		out[0] = strconv.Itoa(index)
	}
	for {
		var a Accessor
		more, err := path.Next(&a)
		if err != nil {
			return strings.Join(append(out, outcome(nil, err)), "\n")
		}
		if !more {
			return strings.Join(out, "\n")
		}
		kind := 0
		if a.Attr {
			kind = 1
		}
		if a.Index >= 0 {
			a.Name = fmt.Sprintf("%d!", a.Index)
		}
		out = append(out, fmt.Sprintf("%d %s", kind, a.Name))
	}
}

// percent applies a format to a width, a precision and a value as far as it asks for
// them, as an object layer would.
func percent(format, width, precision, kind, shown string, isBytes bool) string {
	var dst []byte
	p := Percent{Format: format, Bytes: isBytes}
	used := false
	w, _ := strconv.Atoi(width)
	prec, _ := strconv.Atoi(precision)
	for {
		var d Directive
		if !p.Next(&d) {
			break
		}
		dst = append(dst, d.Literal...)
		if !d.Present {
			continue
		}
		if d.HasKey {
			return "TypeError: format requires a mapping"
		}
		if d.WidthArg {
			d.SetWidth(w)
		}
		if d.PrecisionArg {
			d.SetPrecision(prec)
		}
		if d.Err != nil {
			return outcome(nil, d.Err)
		}
		if used {
			return "TypeError: not enough arguments for format string"
		}
		used = true
		var err error
		switch d.Verb {
		case 'd', 'i', 'u', 'o', 'x', 'X':
			if kind != "int" {
				return "TypeError"
			}
			n, b := value(shown)
			dst, err = d.AppendInt(dst, n, b, 4300)
		case 'e', 'E', 'f', 'F', 'g', 'G':
			x := 0.0
			if kind == "int" {
				n, b := value(shown)
				x = float64(n)
				if b != nil {
					x, _ = b.Float64()
				}
			} else {
				x = fromHex(shown)
			}
			dst, err = d.AppendFloat(dst, x)
		case 's', 'r', 'a', 'c', 'b':
			if d.Verb == 'b' && !isBytes {
				return outcome(nil, d.VerbError(&p))
			}
			text, n := shown, len(shown)
			if !isBytes {
				n = count(text)
			}
			dst, err = d.AppendText(dst, text, n)
		default:
			err = d.VerbError(&p)
		}
		if err != nil {
			return outcome(nil, err)
		}
	}
	if !used && isBytes {
		return "TypeError: not all arguments converted during bytes formatting"
	}
	if !used {
		return "TypeError: not all arguments converted during string formatting"
	}
	return string(dst)
}

func TestTemplates(t *testing.T) {
	texttest.Suite{
		Program: templatesPy, Golden: "testdata/templates.txt", Few: 200, Many: 30_000,
		Got: func(f []string) string {
			switch f[0] {
			case "parse":
				return parsed(f[1])
			case "split":
				return split(f[1])
			}
			return percent(f[1], f[2], f[3], f[4], f[5], f[0] == "bytes")
		},
	}.Run(t)
}

func FuzzTemplates(f *testing.F) {
	for _, s := range []string{"{a[b].c!r:>{w}}", "%(k)-+ #0*.*ld", "{", "%", ">+z#010_.3,f", "{0[", "%5.2%"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		parsed(s)
		split(s)
		for _, isBytes := range []bool{true, false} {
			p := Percent{Format: s, Bytes: isBytes}
			var d Directive
			for p.Next(&d) {
				d.VerbError(&p)
				if d.width > 10_000 || d.precision > 10_000 {
					continue
				}
				d.AppendInt(nil, -5, nil, 0)
				d.AppendText(nil, "é\xED\xA0\x80", 2)
				switch d.Verb {
				case 'e', 'f', 'g', 'E', 'F', 'G':
					d.AppendFloat(nil, -0.5)
				}
			}
		}
		sp, err := ParseSpec(s, Defaults{"x", 'd', '>'})
		if err != nil || sp.Width > 10_000 || sp.Precision > 10_000 {
			return
		}
		specs.FormatInt(nil, -5, nil, s, "int", 0)
		specs.FormatFloat(nil, 0.5, s, "float")
		specs.FormatComplex(nil, 0.5, -1, s, "complex")
		specs.FormatStr(nil, "é\xED\xA0\x80", 2, s, "str")
	})
}
