package marshal

import (
	"fmt"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// dumpsValue returns the value of testdata/dumps.py with that name, made of
// nodes without a Form.
func dumpsValue(name string, v pyver.Version) code.Value {
	py2 := v == pyver.Py27
	integer := func(x int64) *code.Int { return &code.Int{V: x} }
	huge := func(s string) *code.Int {
		b, _ := new(big.Int).SetString(s, 10)
		return &code.Int{Big: b}
	}
	text := func(s string) code.Value { return &code.Str{S: s} }
	interned := func(s string) code.Value {
		if py2 {
			return &code.Bytes{S: s, Interned: true}
		}
		return &code.Str{S: s, Interned: true}
	}
	tuple := func(items ...code.Value) code.Value { return &code.Tuple{Items: items} }
	list := func(items ...code.Value) code.Value { return &code.List{Items: items} }
	switch name {
	case "none":
		return code.None
	case "true":
		return code.True
	case "ellipsis":
		return code.Ellipsis
	case "stop":
		return code.StopIteration
	case "int":
		return integer(100000)
	case "int negative":
		return integer(-100000)
	case "int 2^31":
		return integer(1 << 31)
	case "int -2^31":
		return integer(-1 << 31)
	case "int 2^62":
		return integer(1 << 62)
	case "int -2^63":
		return integer(-1 << 63)
	case "int 2^64":
		return huge("18446744073709551616")
	case "int 10^50":
		return huge("-1" + strings.Repeat("0", 50))
	case "float -0":
		return &code.Float{V: math.Copysign(0, -1)}
	case "float nan":
		bits := uint64(0x7ff8000000000000)
		if py2 {
			bits |= 1 << 63
		}
		return &code.Float{V: math.Float64frombits(bits)}
	case "float inf":
		return &code.Float{V: math.Inf(-1)}
	case "float":
		return &code.Float{V: 0.1}
	case "float 1e16", "float 1e17", "float 1e-5", "float 123456":
		x, _ := strconv.ParseFloat(strings.TrimPrefix(name, "float "), 64)
		return &code.Float{V: x}
	case "complex":
		return &code.Complex{Re: 1.5, Im: -2}
	case "bytes":
		return &code.Bytes{S: "ab\xff"}
	case "text":
		return text("abc")
	case "text long":
		return text(strings.Repeat("ab", 200))
	case "text accent":
		return text("é€")
	case "interned":
		return interned("krait_name")
	case "interned twice":
		return list(interned("krait_name"), interned("krait_name"))
	case "interned accent":
		if py2 {
			return interned("\xe9\xe9")
		}
		return interned("éé")
	case "tuple":
		return tuple(code.None, integer(100000))
	case "tuple of 300":
		return tuple(slices.Repeat([]code.Value{code.None}, 300)...)
	case "list":
		return list(code.None, integer(100000))
	case "dict":
		return &code.Dict{Keys: []code.Value{integer(100000)}, Values: []code.Value{code.None}}
	case "shared list":
		l := list(code.None)
		return list(l, l)
	case "frozenset of one":
		return &code.Set{Items: []code.Value{integer(100000)}, Frozen: true}
	case "set of one":
		return &code.Set{Items: []code.Value{integer(100000)}}
	case "slice":
		return &code.Slice{Start: integer(100000), Stop: code.None, Step: code.None}
	case "frozenset sorted":
		return &code.Set{Items: []code.Value{text("bb"), integer(100000), text("aa"), code.None, &code.Float{V: 1.5}}, Frozen: true}
	}
	return nil
}

// What has no Form is written as CPython writes it, in every format.
func TestWriteAsCPython(t *testing.T) {
	files, _ := filepath.Glob("testdata/dumps-*.txt")
	n := 0
	for _, f := range files {
		v, err := pyver.Parse(strings.TrimSuffix(strings.TrimPrefix(filepath.Base(f), "dumps-"), ".txt"))
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			if strings.HasPrefix(line, "#") {
				continue
			}
			parts := strings.SplitN(strings.TrimSpace(line), " ", 3)
			format, _ := strconv.Atoi(parts[0])
			want, name := parts[1], parts[2]
			value := dumpsValue(name, v)
			if value == nil {
				t.Fatalf("%s is not known", name)
			}
			top := &code.List{Items: []code.Value{value}}
			if strings.HasPrefix(want, "db") {
				// The argument of a call is one reference more in some
				// versions.
				top.Form = '[' | code.FlagRef
			}
			opts := Options{Version: v, Format: format}
			if format == 0 {
				opts.Format = Format0
			}
			b, err := Write(top, opts)
			got := fmt.Sprintf("%x", b)
			if err != nil {
				got = "refused"
			}
			if got != want {
				t.Errorf("%v, format %d: %s:\ngot  %s\nwant %s", v, format, name, got, want)
			}
			n++
		}
	}
	if n < 1500 {
		t.Errorf("only %d values", n)
	}
}
