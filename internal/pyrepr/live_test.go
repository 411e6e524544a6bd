package pyrepr_test

import (
	_ "embed"
	"flag"
	"fmt"
	"math/big"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/internal/pyrepr"
	"github.com/krait-py/krait/pyver"
)

//go:embed testdata/values.py
var valuesPy string

// ask runs values.py and one expression in it.
func ask(t *testing.T, s *oracle.Session, expr string) string {
	t.Helper()
	text, err := s.Exec(valuesPy + "\nresult = " + expr + "\n")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

var random = flag.Int("random", 10_000, "compare this `number` of random floats with each interpreter, and as many other values in proportion")

// TestLive compares random values with every interpreter found here.
func TestLive(t *testing.T) {
	floats := *random
	if testing.Short() {
		floats = min(floats, 2_000)
	}
	others := max(floats/5, 100)
	for _, v := range pyver.All() {
		if !hasGolden(v) {
			continue
		}
		t.Run(v.String(), func(t *testing.T) {
			if testing.Short() && v == pyver.Py315 {
				t.Skip("starting pyodide takes seconds")
			}
			in, err := oracle.Find(v)
			if err != nil {
				t.Skip(err)
			}
			s := in.Start(oracle.Config{})
			defer s.Close()

			text := ask(t, s, "header() + all_lines()")
			if *update {
				if err := os.WriteFile(golden(v), []byte(text), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			checkLines(t, v, text)
			checkLines(t, v, ask(t, s, fmt.Sprintf("random_values(%d, %d)", v, others/20)))

			if v >= pyver.Py311 {
				// These refuse to print more than 4,300 digits.
				if _, err := s.Exec("import sys; sys.set_int_max_str_digits(0); result = ''"); err != nil {
					t.Fatal(err)
				}
			}
			call := func(f string, n int) string { return fmt.Sprintf("%s(%d, %d)", f, v, n) }
			checkRandom(t, ask(t, s, call("random_floats", floats)), 1, func(args []string) []byte {
				return pyrepr.AppendFloat(nil, mustBits(t, args[0]), v)
			})
			checkRandom(t, ask(t, s, "all_complex()"), 2, func(args []string) []byte {
				return pyrepr.AppendComplex(nil, mustBits(t, args[0]), mustBits(t, args[1]), v)
			})
			checkRandom(t, ask(t, s, call("random_strings", others)), 1, func(args []string) []byte {
				var b []byte
				for _, r := range points(t, args[0]) {
					b = appendPoint(b, r)
				}
				return pyrepr.AppendStr(nil, string(b), v)
			})
			checkRandom(t, ask(t, s, call("random_bytes", others)), 1, func(args []string) []byte {
				var b []byte
				for _, r := range points(t, args[0]) {
					b = append(b, byte(r))
				}
				return pyrepr.AppendBytes(nil, string(b), v)
			})
			checkRandom(t, ask(t, s, call("random_ints", others/100)), 1, func(args []string) []byte {
				n, ok := new(big.Int).SetString(args[0], 16)
				if !ok {
					t.Fatalf("bad integer %q", args[0])
				}
				// In Python 2, getrandbits makes longs.
				if n.IsInt64() {
					return pyrepr.AppendInt(nil, &code.Int{V: n.Int64(), Form: 'l'}, v)
				}
				return pyrepr.AppendInt(nil, &code.Int{Big: n}, v)
			})
		})
	}
}

// checkRandom compares lines, each made of some words that describe a value
// and of the wanted text.
func checkRandom(t *testing.T, text string, words int, repr func(args []string) []byte) {
	t.Helper()
	n, bad := 0, 0
	for line := range strings.Lines(text) {
		f := strings.SplitN(strings.TrimSuffix(line, "\n"), " ", words+1)
		n++
		args, want := f[:words], f[words]
		if got := string(repr(args)); got != want {
			if bad++; bad <= 10 {
				t.Errorf("repr of %q: got %s, want %s", args, got, want)
			}
		}
	}
	if n == 0 || bad > 0 {
		t.Errorf("%d of %d values differ", bad, n)
	}
}

func mustBits(t *testing.T, s string) float64 {
	t.Helper()
	f, err := parseBits(s)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func points(t *testing.T, s string) []rune {
	t.Helper()
	if s == "" {
		return nil
	}
	var rs []rune
	for w := range strings.SplitSeq(s, ".") {
		r, err := strconv.ParseUint(w, 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		rs = append(rs, rune(r))
	}
	return rs
}
