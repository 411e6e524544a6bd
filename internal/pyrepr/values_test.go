package pyrepr_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/pyrepr"
	"github.com/krait-py/krait/pyver"
)

var update = flag.Bool("update", false, "write testdata/*.txt anew, asking the interpreters found here")

// build makes the value that testdata/values.py described.
func build(tree []any) (code.Value, error) {
	kind, args := tree[0].(string), tree[1:]
	values := func() ([]code.Value, error) {
		vs := make([]code.Value, len(args))
		for i, a := range args {
			var err error
			if vs[i], err = build(a.([]any)); err != nil {
				return nil, err
			}
		}
		return vs, nil
	}
	switch kind {
	case "None":
		return code.None, nil
	case "True":
		return code.True, nil
	case "False":
		return code.False, nil
	case "Ellipsis":
		return code.Ellipsis, nil
	case "StopIteration":
		return code.StopIteration, nil
	case "int", "long":
		v := new(code.Int)
		if n, err := strconv.ParseInt(args[0].(string), 10, 64); err == nil {
			v.V = n
		} else {
			v.Big, _ = new(big.Int).SetString(args[0].(string), 10)
		}
		if kind == "long" {
			v.Form = 'l'
		}
		return v, nil
	case "float":
		f, err := parseBits(args[0].(string))
		return &code.Float{V: f}, err
	case "complex":
		re, err := parseBits(args[0].(string))
		if err != nil {
			return nil, err
		}
		im, err := parseBits(args[1].(string))
		return &code.Complex{Re: re, Im: im}, err
	case "text":
		var s []byte
		for _, a := range args {
			s = appendPoint(s, rune(a.(float64)))
		}
		return &code.Str{S: string(s)}, nil
	case "bytes":
		var s []byte
		for _, a := range args {
			s = append(s, byte(a.(float64)))
		}
		return &code.Bytes{S: string(s)}, nil
	}
	vs, err := values()
	if err != nil {
		return nil, err
	}
	switch kind {
	case "tuple":
		return &code.Tuple{Items: vs}, nil
	case "list":
		return &code.List{Items: vs}, nil
	case "set", "frozenset":
		return &code.Set{Items: vs, Frozen: kind == "frozenset"}, nil
	case "dict", "frozendict":
		d := &code.Dict{Frozen: kind == "frozendict"}
		for i := 0; i < len(vs); i += 2 {
			d.Keys = append(d.Keys, vs[i])
			d.Values = append(d.Values, vs[i+1])
		}
		return d, nil
	case "slice":
		return &code.Slice{Start: vs[0], Stop: vs[1], Step: vs[2]}, nil
	}
	return nil, fmt.Errorf("unknown kind %q", kind)
}

// parseBits reads the bits of a float in hexadecimal.
func parseBits(s string) (float64, error) {
	u, err := strconv.ParseUint(s, 16, 64)
	return math.Float64frombits(u), err
}

// appendPoint appends a code point in UTF-8, surrogates as three bytes.
func appendPoint(s []byte, r rune) []byte {
	if 0xD800 <= r && r < 0xE000 {
		return append(s, 0xE0|byte(r>>12), 0x80|byte(r>>6&0x3F), 0x80|byte(r&0x3F))
	}
	return append(s, string(r)...)
}

// checkLines compares the lines that values.py's line() made with ours.
func checkLines(t *testing.T, v pyver.Version, text string) {
	t.Helper()
	n := 0
	for line := range strings.Lines(text) {
		desc, want, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok || desc[0] == '#' {
			continue
		}
		n++
		var tree []any
		if err := json.Unmarshal([]byte(desc), &tree); err != nil {
			t.Fatalf("%s: %v", desc, err)
		}
		value, err := build(tree)
		if err != nil {
			t.Fatalf("%s: %v", desc, err)
		}
		got, err := pyrepr.Append(nil, value, pyrepr.Options{Version: v})
		if err != nil || string(got) != want {
			t.Errorf("%v: repr of %s\n got %s, %v\nwant %s", v, desc, got, err, want)
		}
	}
	if n == 0 {
		t.Error("no values compared")
	}
}

func golden(v pyver.Version) string { return filepath.Join("testdata", v.String()+".txt") }

// hasGolden reports whether there is an interpreter of v to take golden files
// from.
func hasGolden(v pyver.Version) bool { return v == pyver.Py27 || v >= pyver.Py36 }

func TestGolden(t *testing.T) {
	for _, v := range pyver.All() {
		if !hasGolden(v) {
			continue
		}
		text, err := os.ReadFile(golden(v))
		if err != nil {
			t.Error(err)
			continue
		}
		checkLines(t, v, string(text))
	}
}
