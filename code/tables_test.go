package code_test

import (
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

var update = flag.Bool("update", false, "write the golden files anew with the interpreters that are found")

// TestGolden compares the tables of source.py, as interpreters compiled it,
// with what those interpreters say of them.
func TestGolden(t *testing.T) {
	if *update {
		for _, in := range oracle.All() {
			source := readFile(t, "testdata/source.py")
			text := ask(t, in, "SOURCE = "+bytesLiteral(source)+"\n")
			head := fmt.Sprintf("# CPython %s: testdata/tables.py about testdata/source.py\n", in.Release)
			if err := os.WriteFile(goldenName(in.Version), []byte(head+text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	names, err := filepath.Glob(goldenName(0))
	if err != nil || len(names) < 11 {
		t.Fatalf("found golden files %q (%v), want 11", names, err)
	}
	for _, v := range pyver.All() {
		if slices.Contains(names, goldenName(v)) {
			t.Run(v.String(), func(t *testing.T) { compareGolden(t, v, readFile(t, goldenName(v))) })
		}
	}
}

func goldenName(v pyver.Version) string {
	name := "*"
	if v != 0 {
		name = v.String()
	}
	return filepath.Join("testdata", "tables-"+name+".txt")
}

func compareGolden(t *testing.T, v pyver.Version, golden string) {
	_, rest, _ := strings.Cut(golden, "\n")
	stream, want, _ := strings.Cut(rest, "\n")
	data, err := hex.DecodeString(stream)
	if err != nil {
		t.Fatal(err)
	}
	value, _, err := marshal.Read(data, marshal.Options{Version: v})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var walk func(o *code.Object)
	walk = func(o *code.Object) {
		fmt.Fprintln(&b, "object", o.NameText())
		describeVariables(&b, o)
		describe(&b, o)
		reencode(t, o)
		for inner := range o.Objects() {
			walk(inner)
		}
	}
	walk(value.(*code.Object))
	compare(t, b.String(), want)
}

// TestInterpreters compares hand-made tables, and tables and bytecode made at
// random, with what the interpreters on this machine say of them.
func TestInterpreters(t *testing.T) {
	if testing.Short() {
		t.Skip("starts interpreters")
	}
	for _, v := range pyver.All() {
		t.Run(v.String(), func(t *testing.T) {
			in, err := oracle.Find(v)
			if errors.Is(err, oracle.ErrNotFound) {
				t.Skipf("no interpreter: %v", err)
			}
			if err != nil {
				t.Fatal(err)
			}
			r := rand.New(rand.NewPCG(uint64(v), 1))
			var b, cases strings.Builder
			var objects []*code.Object
			for _, c := range lineCases {
				// CPython reads behind the end of a table that breaks off.
				if o := object(v, 40, c.table); c.version == v && (v < pyver.Py310 || o.CheckLines() == nil) {
					o.ExceptionTable = &code.Bytes{}
					objects = append(objects, o)
				}
			}
			for range 300 {
				objects = append(objects, randomTables(r, v))
			}
			for i, o := range objects {
				fmt.Fprintln(&b, "object", i)
				describe(&b, o)
				reencode(t, o)
				fmt.Fprintf(&cases, "(%d, %q, %q, %q),\n", o.FirstLine,
					hex.EncodeToString([]byte(o.Code.S)), hex.EncodeToString([]byte(o.LineTable.S)),
					hex.EncodeToString([]byte(o.ExceptionTable.S)))
			}
			want := ask(t, in, "CASES = ["+cases.String()+"]\n")
			compare(t, b.String(), want)
		})
	}
}

// randomTables returns an object with bytecode that need not make sense but is
// complete, and tables that are well formed: CPython reads memory that is not
// its own for others.
func randomTables(r *rand.Rand, v pyver.Version) *code.Object {
	extended := opcode.For(v).ExtendedArg
	var text []byte
	pending := 0
	for range r.IntN(60) {
		op := byte(r.IntN(256))
		if r.IntN(4) == 0 {
			op = extended
		}
		// Three in a row already make a negative number in 3.12; more than
		// six make one that only Python has room for.
		if op == extended && pending == 3 {
			op = 0
		}
		if op == extended {
			pending++
		} else if opcode.For(v).Info(op).Has(opcode.HasArg) {
			pending = 0
		}
		text = append(text, op, byte(r.IntN(256)))
		if v < pyver.Py36 {
			text = append(text, byte(r.IntN(3)))
		}
	}
	if v < pyver.Py36 {
		text = append(text, 0, 0, 0) // an argument for the last one
	}
	o := &code.Object{
		Version:        v,
		FirstLine:      1 + r.IntN(2000),
		Code:           &code.Bytes{S: string(text)},
		ExceptionTable: &code.Bytes{},
	}
	var table []byte
	for range r.IntN(30) {
		switch {
		case v <= pyver.Py39:
			// Small steps, so that some entries lie inside of the code.
			table = append(table, byte(r.IntN(12)*r.IntN(2)), byte(r.IntN(256)>>r.IntN(8)))
		case v == pyver.Py310:
			table = append(table, byte(2*r.IntN(128))>>r.IntN(8)&^1, byte(r.IntN(5)-2)<<r.IntN(8))
		default:
			kind := r.IntN(16)
			table = append(table, 0x80|byte(kind)<<3|byte(r.IntN(8)))
			switch {
			case kind == 13:
				table = appendRandomNumbers(r, table, 1)
			case kind == 14:
				table = appendRandomNumbers(r, table, 4)
			case kind < 10:
				table = append(table, byte(r.IntN(128)))
			case kind < 13:
				table = append(table, byte(r.IntN(128)), byte(r.IntN(128)))
			}
		}
	}
	if v == pyver.Py310 {
		table = append(table, 2, 1) // co_lines reads on behind an empty range
	}
	o.LineTable = &code.Bytes{S: string(table)}
	if v >= pyver.Py311 {
		var entries []code.ExceptionEntry
		for range r.IntN(6) {
			start := 2 * (r.IntN(1<<20) >> r.IntN(20))
			entries = append(entries, code.ExceptionEntry{
				Start: start, End: start + 2*r.IntN(70), Target: 2 * r.IntN(5000),
				Depth: r.IntN(40), Lasti: r.IntN(2) == 0,
			})
		}
		table, err := code.EncodeExceptionTable(entries)
		if err != nil {
			panic(err)
		}
		o.ExceptionTable = &code.Bytes{S: string(table[:len(table)-r.IntN(2)*min(len(table), 2)])}
	}
	return o
}

func appendRandomNumbers(r *rand.Rand, table []byte, n int) []byte {
	for range n {
		for range r.IntN(3) {
			table = append(table, 0x40|byte(r.IntN(64)))
		}
		table = append(table, byte(r.IntN(64)))
	}
	return table
}

// compare reports the first lines in which got and want, what CPython says,
// differ.
func compare(t *testing.T, got, want string) {
	t.Helper()
	object, reported := "", 0
	lines := strings.Split(want, "\n")
	for i, line := range strings.Split(got, "\n") {
		if strings.HasPrefix(line, "object") {
			object = line
		}
		if i >= len(lines) || line != lines[i] {
			reported++
			t.Errorf("%s:\n got %s\nwant %s", object, line, append(lines, "", "the end")[min(i, len(lines)+1)])
		}
		if reported == 3 {
			return
		}
	}
	if n := strings.Count(got, "\n"); n < len(lines)-1 {
		t.Errorf("got %d lines, want %d", n, len(lines)-1)
	}
}

// describe prints the tables of o as testdata/tables.py does.
func describe(b *strings.Builder, o *code.Object) {
	row := func(kind string, items []string) {
		fmt.Fprintln(b, strings.Join(append([]string{kind}, items...), " "))
	}
	var items []string
	if o.Version >= pyver.Py310 {
		for l := range o.Lines() {
			items = append(items, fmt.Sprintf("%d-%d:%s", l.Start, l.End, num(l.Line, l.HasLine)))
		}
		row("lines", items)
		items = nil
	}
	for s := range o.LineStarts() {
		items = append(items, fmt.Sprintf("%d:%s", s.Offset, num(s.Line, s.HasLine)))
	}
	row("starts", items)
	items = nil
	for _, at := range o.Labels() {
		items = append(items, fmt.Sprint(at))
	}
	row("labels", items)
	items = nil
	for in := range o.RawInstructions() {
		start := ""
		if o.Version >= pyver.Py313 {
			start = fmt.Sprintf(":%d", in.Start)
		}
		items = append(items, fmt.Sprintf("%d%s:%d:%s", in.Offset, start, in.Op, num(in.Arg, in.HasArg)))
	}
	row("raw", items)
	if o.Version < pyver.Py311 {
		return
	}
	items = nil
	count, last := 0, code.Position{}
	flush := func() {
		if count > 0 {
			items = append(items, fmt.Sprintf("%d*%s,%s,%s,%s", count, num(last.Line, last.Line != -1),
				num(last.EndLine, last.EndLine != -1), num(last.Col, last.Col != -1), num(last.EndCol, last.EndCol != -1)))
		}
	}
	for p := range o.Positions() {
		if count > 0 && p == last {
			count++
			continue
		}
		flush()
		count, last = 1, p
	}
	flush()
	row("positions", items)
	items = nil
	entries, _ := o.ExceptionEntries()
	for _, e := range entries {
		lasti := 0
		if e.Lasti {
			lasti = 1
		}
		items = append(items, fmt.Sprintf("%d-%d>%d,%d,%d", e.Start, e.End, e.Target, e.Depth, lasti))
	}
	row("exceptions", items)
}

func describeVariables(b *strings.Builder, o *code.Object) {
	fmt.Fprintln(b, strings.Join(append([]string{"locals"}, o.Locals()...), " "))
	fmt.Fprintln(b, strings.Join(append([]string{"cells"}, o.Cells()...), " "))
	fmt.Fprintln(b, strings.Join(append([]string{"frees"}, o.Frees()...), " "))
	fmt.Fprintln(b, "counts", o.LocalCount(), o.ArgCount)
	if o.Version > pyver.Py27 {
		fmt.Fprintln(b, "flags", o.Flags.Names(o.Version))
	}
}

func num(n int, known bool) string {
	if !known {
		return "-"
	}
	return fmt.Sprint(n)
}

// ask runs testdata/tables.py behind the lines of head.
func ask(t *testing.T, in *oracle.Interpreter, head string) string {
	t.Helper()
	s := in.Start(oracle.Config{})
	defer s.Close()
	text, err := s.Exec(head + readFile(t, "testdata/tables.py"))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func readFile(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// bytesLiteral returns s, which is ASCII, as a literal of every Python.
func bytesLiteral(s string) string { return fmt.Sprintf("b%+q", s) }
