package lift

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

var every = flag.Int("every", 12, "compare one of so many files of the standard library")

var programs = flag.Int("programs", 3000, "compare so many random programs")

// runs is how often a function is run.
const runs = 6

func newWorld(o *code.Object, seed int, log bool) *world {
	return &world{o: o, seed: term(seed + 1), calm: seed%3 == 0, log: log, limit: 120, cells: map[term]term{}}
}

// compareRun runs bytecode and words and says where they differ.
func compareRun(o *code.Object, c *Code, seed int, log bool) error {
	want, got := newWorld(o, seed, log), newWorld(o, seed, log)
	want.note, got.note = c.Faithful, c.Faithful
	s, w := newStackMachine(want), newWordMachine(got, c)
	if err := s.run(); err != nil {
		return fmt.Errorf("stack machine: %w", err)
	}
	if err := w.run(); err != nil {
		return err
	}
	if err := compareTraces(got, want); err != nil {
		return err
	}
	if n := min(len(got.units), len(want.units)); c.Faithful && !slices.Equal(got.units[:n], want.units[:n]) {
		return fmt.Errorf("events: got units\n%v\nwant\n%v", got.units[:n], want.units[:n])
	}
	return nil
}

func compareTraces(got, want *world) error {
	n := min(len(got.trace), len(want.trace))
	i := 0
	for i < n && got.trace[i] == want.trace[i] {
		i++
	}
	// Machines take their own number of steps where nothing happens.
	if i == n && (len(got.trace) == len(want.trace) || len(got.trace) == n && got.done() || len(want.trace) == n && want.done()) {
		return nil
	}
	if !got.log {
		return fmt.Errorf("effect %d differs", i)
	}
	text := func(w *world) string {
		if i < len(w.texts) {
			return strings.Join(w.texts[max(0, i-3):i+1], "\n")
		}
		return "none"
	}
	return fmt.Errorf("effect %d: got\n%s\nwant\n%s", i, text(got), text(want))
}

// check compares what a code object and the words for it do.
func check(t *testing.T, o *code.Object) {
	t.Helper()
	for _, f := range []func(*code.Object) (*Code, error){Lift, Faithful} {
		c, err := f(o)
		if err != nil {
			t.Errorf("%s: %v", o.FilenameText(), err)
			return
		}
		checkShape(t, o, c)
		for seed := range runs {
			if compareRun(o, c, seed, false) != nil {
				t.Errorf("%s, %s, seed %d, faithful %v: %v", o.FilenameText(), o.QualNameText(), seed, c.Faithful, compareRun(o, c, seed, true))
				return
			}
		}
	}
}

// checkShape checks what holds for all words.
func checkShape(t *testing.T, o *code.Object, c *Code) {
	t.Helper()
	if len(c.Units) != len(c.Words) {
		t.Errorf("%s: %d units for %d words", o.QualNameText(), len(c.Units), len(c.Words))
	}
	// Where blocks have been put behind the rest, directions say nothing.
	late := !slices.IsSortedFunc(c.Points, func(a, b Point) int { return int(a.Unit) - int(b.Unit) })
	for i, w := range c.Words {
		op := Op(w)
		if op == Trap {
			t.Errorf("%s: word %d is a trap", o.QualNameText(), i)
		}
		if op == Yield && fieldX(w)&1 != 0 && fieldA(w) != fieldB(w) {
			t.Errorf("%s: word %d, %s, has its receiver elsewhere", o.QualNameText(), i, FormatWord(w, i))
		}
		if !op.Has(Jumps) || late {
			continue
		}
		far := int(int16(fieldC(w)))
		if op == JumpFar {
			far = int(int32(w >> 32))
		}
		if far < 0 && !op.Has(Polls) {
			t.Errorf("%s: word %d, %s, jumps back without a poll", o.QualNameText(), i, FormatWord(w, i))
		}
		if far >= 0 && op.Has(Polls) && op != JumpFar {
			t.Errorf("%s: word %d, %s, polls ahead", o.QualNameText(), i, FormatWord(w, i))
		}
	}
	if c.ClearTo > c.MaxSlots || c.near == c.NLocals && c.ClearTo > c.NLocals {
		t.Errorf("%s: clears %d to %d", o.QualNameText(), c.ClearFrom, c.ClearTo)
	}
	if round := unpolled(c); round != nil {
		t.Errorf("%s: words %d go round without a poll", o.QualNameText(), round)
	}
	end := uint32(0)
	for _, h := range c.Handlers {
		if h.Start < end || h.End <= h.Start || int(h.End) > len(c.Words) {
			t.Errorf("%s: handlers %v", o.QualNameText(), c.Handlers)
			break
		}
		end = h.End
	}
}

func compileFile(t testing.TB, name string, data []byte) []*code.Object {
	t.Helper()
	o, _ := compile.Source(context.Background(), data, compile.Options{Filename: name})
	if o == nil {
		return nil
	}
	return slices.Collect(o.All())
}

// ownObjects returns the code objects of the project's own Python files.
func ownObjects(t testing.TB) []*code.Object {
	t.Helper()
	files, err := filepath.Glob("../../testdata/py/*.py")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	var objects []*code.Object
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		objects = append(objects, compileFile(t, filepath.Base(name), data)...)
	}
	return objects
}

// TestOwnFiles compares machines on the project's own Python files.
func TestOwnFiles(t *testing.T) {
	objects := ownObjects(t)
	for _, o := range objects {
		if check(t, o); t.Failed() {
			return
		}
	}
	t.Log(len(objects), "code objects")
}

// TestStandardLibrary does the same with CPython's library.
func TestStandardLibrary(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	lib, err := in.Stdlib()
	if err != nil {
		t.Skip(err)
	}
	files, n := 0, 0
	err = fs.WalkDir(lib, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && d.Name() == "site-packages" {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".py") {
			return nil
		}
		if files++; files%*every != 0 || t.Failed() {
			return nil
		}
		data, err := fs.ReadFile(lib, path)
		if err != nil {
			return err
		}
		for _, o := range compileFile(t, path, data) {
			n++
			check(t, o)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(n, "code objects")
}
