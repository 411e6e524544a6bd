package compile_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/dis"
	"github.com/krait-py/krait/internal/conformance"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/tokenizer"
	"github.com/krait-py/krait/verify"
)

// FuzzSource compiles anything, in every mode and at every level. Nothing panics;
// there is a code object or an error, never both; code objects can be written and
// read again, verified and disassembled.
func FuzzSource(f *testing.F) {
	for i, p := range programs(f) {
		f.Add(p.text, uint8(i))
	}
	f.Add([]byte("def f(a):\n    lambda: a\n    [a for a in a]\n"), uint8(0))
	// Kept from one input to the next: what an error leaves behind must not harm.
	var c compile.Compiler
	var w marshal.Fresh
	modes := []parser.Mode{parser.Exec, parser.Exec, parser.Single, parser.Eval}
	f.Fuzz(func(t *testing.T, text []byte, how uint8) {
		o := compile.Options{Filename: "program.py", Optimize: int(how % 3), Mode: modes[how/3%4], TopLevelAwait: how/12%2 == 1}
		object, found := c.Source(text, o)
		failed := len(found) > 0 && found[len(found)-1].Severity != source.Warning
		if (object == nil) != failed {
			t.Fatalf("code object %v, diagnostics %v", object, found)
		}
		if object == nil {
			if d := found[len(found)-1]; d.Type == "SystemError" && !strings.Contains(string(text), "__classdict__") {
				t.Fatal(d)
			}
			return
		}
		b, err := w.Append(nil, object)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := marshal.Read(b, marshal.Options{Version: pyver.Py314}); err != nil {
			t.Fatal(err)
		}
		for _, f := range verify.Object(object).Findings {
			if !(f.Rule == verify.Cell && strings.Contains(f.String(), "super()")) {
				t.Fatal(f)
			}
			// CPython's fault, not ours: a comprehension that is inlined puts its variable
			// in the place of an argument's cell, and next(iter(super, None)) dies.
		}
		if err := dis.Fprint(io.Discard, object, dis.Options{ShowCaches: true, ShowPositions: true}); err != nil {
			t.Fatal(err)
		}
	})
}

// FuzzAgainstInterpreter compiles mutated programs with krait and with CPython: both
// accept them and give the same bytes, or both refuse them with the same error.
func FuzzAgainstInterpreter(f *testing.F) {
	if testing.Short() {
		f.Skip("asks an interpreter")
	}
	all := programs(f)
	for i, p := range all {
		if _, ok := known[p.name]; !ok && len(p.text) < 4000 {
			f.Add(string(p.text), uint64(0), uint8(i%3))
		}
	}
	compare := comparison(f)
	f.Fuzz(func(t *testing.T, text string, seed uint64, level uint8) {
		if len(text) > 20_000 {
			return
		}
		if seed != 0 {
			text = mutateTokens(text, rand.New(rand.NewPCG(seed, 1)), all)
		}
		compare(t, text, int(level%3))
	})
}

// comparison returns what compares krait with the interpreter, or skips the test.
func comparison(tb testing.TB) func(t *testing.T, text string, level int) {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		tb.Skip(err)
	}
	dir := tb.TempDir()
	s := in.Start(oracle.Config{Timeout: 20 * time.Second, Dir: dir})
	tb.Cleanup(func() { s.Close() })
	var c conformance.Compiler
	return func(t *testing.T, text string, level int) { against(t, s, dir, &c, text, level) }
}

// against compares krait with the interpreter for one program, which is put into a
// file of the directory that s runs in: what CPython says of the end of an error can
// depend on what it finds in the file.
func against(t *testing.T, s *oracle.Session, dir string, c *conformance.Compiler, text string, level int) {
	const name = "program.py"
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	k := levels[level]
	got := c.Source(k, name, "", []byte(text))
	if got.Err != nil {
		t.Fatalf("%v\n%q", got.Err, text)
	}
	pyc, err := s.Compile([]byte(text), name, level)
	var e *oracle.Error
	switch {
	case errors.As(err, &e):
		want, err := conformance.OracleSource(s, k, name, []byte(text))
		if err != nil {
			t.Skip(err)
		}
		if unsettled(want) || unsettled(got.Text) {
			return
		}
		if got.Text != want {
			t.Fatalf("%s%q", conformance.Explain(want, got.Text), text)
		}
	case err != nil:
		t.Skip(err) // it took too long, or died
	case got.Text != string(pyc):
		if unsettled(got.Text) {
			return
		}
		// The session has compiled other things before.
		ref := &conformance.Reference{Dir: t.TempDir(), Interpreter: s.Interpreter}
		alone, err := ref.Alone(context.Background(), name, []byte(text), level)
		if err != nil {
			t.Skip(err)
		}
		if got.Text != string(alone) {
			t.Fatalf("%s%q", conformance.Explain(string(alone), got.Text), text)
		}
	}
}

// unsettled reports whether a result depends on how much stack or memory a process
// has, or is an error inside CPython.
func unsettled(result string) bool {
	for _, kind := range []string{"RecursionError", "MemoryError", "SystemError"} {
		if strings.HasPrefix(result, "refused: "+kind) {
			return true
		}
	}
	return false
}

// mutateTokens returns a program with a few of its tokens or lines removed, repeated,
// moved, or replaced by others of it or of another program.
func mutateTokens(text string, r *rand.Rand, all []program) string {
	for range 1 + r.IntN(3) {
		pieces := split(text)
		if r.IntN(3) == 0 {
			pieces = strings.SplitAfter(text, "\n")
		}
		other := pieces
		if r.IntN(3) == 0 {
			if p := all[r.IntN(len(all))]; len(p.text) < 4000 {
				other = split(string(p.text))
			}
		}
		if len(pieces) == 0 || len(other) == 0 {
			return text
		}
		i, j := r.IntN(len(pieces)), r.IntN(len(other))
		var b bytes.Buffer
		for at, piece := range pieces {
			if at != i {
				b.WriteString(piece)
				continue
			}
			switch r.IntN(5) {
			case 0: // removed
			case 1:
				b.WriteString(piece + piece)
			case 2:
				b.WriteString(other[j])
			case 3:
				b.WriteString(other[j] + piece)
			case 4:
				b.WriteString(piece + other[j])
			}
		}
		text = b.String()
	}
	return text
}

// split cuts a program into tokens, each with the blanks before it.
func split(text string) []string {
	file := source.NewFile("program.py", text)
	tokens, _ := tokenizer.New(file, tokenizer.Options{}).Scan(nil)
	var pieces []string
	at := 0
	for _, t := range tokens {
		if end := int(t.End); end > at && end <= len(file.Text) {
			pieces = append(pieces, file.Text[at:end])
			at = end
		}
	}
	return append(pieces, file.Text[at:])
}

// TestMutated compares a fixed number of mutated programs; FuzzAgainstInterpreter goes
// on from there. KRAIT_MUTANTS sets another number.
func TestMutated(t *testing.T) {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	if testing.Short() {
		t.Skip("asks an interpreter")
	}
	number, seed := 300, uint64(1)
	if n, err := strconv.Atoi(os.Getenv("KRAIT_MUTANTS")); err == nil {
		number, seed = n, uint64(time.Now().UnixNano())
	}
	all := programs(t)
	dir := t.TempDir()
	s := in.Start(oracle.Config{Timeout: 20 * time.Second, Dir: dir})
	defer s.Close()
	var c conformance.Compiler
	r := rand.New(rand.NewPCG(seed, 2))
	for i := range number {
		p := all[r.IntN(len(all))]
		if _, ok := known[p.name]; ok || len(p.text) > 4000 {
			continue
		}
		text := mutateTokens(string(p.text), r, all)
		t.Run("", func(t *testing.T) { against(t, s, dir, &c, text, i%3) })
	}
}
