package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"image/png"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

var update = flag.Bool("update", false, "write testdata/golden.txt anew")

// TestMain lets the test binary measure processes, as the command does.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == measureArg {
		if err := measure(os.Args[2:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	flag.Parse()
	os.Exit(m.Run())
}

func python(t *testing.T) string {
	t.Helper()
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	return in.Path
}

const goldenFile = "testdata/golden.txt"

// small is a line of the golden file: a program, a size that it does in no time, and
// what it prints.
type small struct{ name, size, output string }

func readGolden(t *testing.T) []small {
	t.Helper()
	data, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	var lines []small
	for line := range strings.Lines(string(data)) {
		name, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		size, output, _ := strings.Cut(rest, " ")
		lines = append(lines, small{name, size, output})
	}
	return lines
}

// runAll runs pairs of a file and a size in one process and prints what each prints as a
// Python string, behind a line of the programs whose names a module of the library has as well.
const runAll = `
import contextlib, io, os, runpy, sys
pairs = list(zip(sys.argv[1::2], sys.argv[2::2]))
print("clash:", *[p for p, _ in pairs if os.path.basename(p)[:-3] in sys.stdlib_module_names])
for path, size in pairs:
    sys.argv = [path, size]
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            runpy.run_path(path, run_name="__main__")
    except BaseException as e:
        out.write(f"{type(e).__name__}: {e}")
    print(ascii(out.getvalue()))
`

// TestPrograms runs each program with a small size on the reference interpreter.
func TestPrograms(t *testing.T) {
	golden := readGolden(t)
	var args []string
	for _, g := range golden {
		args = append(args, filepath.Join("programs", g.name+".py"), g.size)
	}
	out, err := exec.Command(python(t), append([]string{"-I", "-c", runAll}, args...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	if lines[0] != "clash:" {
		t.Errorf("programs hide modules of the library: %s", lines[0])
	}
	if len(lines) != len(golden)+1 {
		t.Fatalf("%d lines for %d programs", len(lines)-1, len(golden))
	}
	var b strings.Builder
	for i, g := range golden {
		got := lines[i+1]
		fmt.Fprintf(&b, "%s %s %s\n", g.name, g.size, got)
		if !strings.HasPrefix(got, "'"+g.name+" ") && !strings.HasPrefix(got, "\""+g.name+" ") || !strings.HasSuffix(got, `\n'`) && !strings.HasSuffix(got, `\n"`) {
			t.Errorf("%s prints %s, not a line that begins with its name", g.name, got)
		} else if got != g.output && !*update {
			t.Errorf("%s %s:\n got %s\nwant %s", g.name, g.size, got, g.output)
		}
	}
	if *update && !t.Failed() {
		if err := os.WriteFile(goldenFile, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestShape holds the programs to what the suite wants of them.
func TestShape(t *testing.T) {
	golden := map[string]bool{}
	for _, g := range readGolden(t) {
		golden[g.name] = true
	}
	entries, err := fs.ReadDir(sources, "programs")
	if err != nil {
		t.Fatal(err)
	}
	size := regexp.MustCompile(`\(int\(sys\.argv\[1\]\) if len\(sys\.argv\) > 1 else \d+\)`)
	for _, e := range entries {
		data, err := sources.ReadFile("programs/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(e.Name(), ".py")
		if !golden[name] {
			t.Errorf("%s has no line in %s", name, goldenFile)
		}
		delete(golden, name)
		if n := bytes.Count(data, []byte("\n")); n < 30 || n > 170 {
			t.Errorf("%s has %d lines", name, n)
		}
		if !bytes.HasPrefix(data, []byte(`"""`)) {
			t.Errorf("%s does not say what it is", name)
		}
		if !size.Match(data) {
			t.Errorf("%s takes no size", name)
		}
	}
	for name := range golden {
		t.Errorf("%s has a line for %s, which is not there", goldenFile, name)
	}
}

func TestMeasure(t *testing.T) {
	s := side{command: []string{python(t), "-I"}, env: os.Environ(), scratch: t.TempDir()}
	out, how, err := s.run(time.Minute, "-c", "x = bytearray(60_000_000); print(sum(range(1000)))")
	if err != nil {
		t.Fatal(err)
	}
	if out != "499500\n" || how.Failure != "" || how.CPU <= 0 || how.Wall <= 0 {
		t.Errorf("printed %q, %+v", out, how)
	}
	if how.RSS != 0 && how.RSS < 60_000_000 {
		t.Errorf("%d bytes at most, want those of the array", how.RSS)
	}
	for _, tt := range []struct{ code, want string }{
		{"import sys; print('text', file=sys.stderr); sys.exit('no more')", "no more"},
		{"import os; os._exit(3)", "exit status 3"},
	} {
		if _, how, err := s.run(time.Minute, "-c", tt.code); err != nil || how.Failure != tt.want {
			t.Errorf("%s: %q, %v, want %q", tt.code, how.Failure, err, tt.want)
		}
	}
	if _, how, err = s.run(100*time.Millisecond, "-c", "import time; time.sleep(60)"); err != nil || how.Failure != "no end within 100ms" {
		t.Errorf("a program without end: %q, %v", how.Failure, err)
	}
	if _, _, err := (&side{command: []string{"./no such program"}, scratch: t.TempDir()}).run(time.Minute); err == nil {
		t.Error("a program that is not there: no error")
	}
}

// TestRun measures an interpreter against itself, at a size of its own choice.
func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("runs programs at their full size")
	}
	dir := t.TempDir()
	o := options{rounds: 1, only: "^recursion$", python: python(t), subject: python(t), timeout: time.Minute,
		json: filepath.Join(dir, "r.json"), plot: filepath.Join(dir, "r.png")}
	var out strings.Builder
	r, err := run(context.Background(), o, &out, &out)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Programs) != 1 || r.Programs[0].ratio() == 0 || r.Startup != nil || r.Programs[0].Failure != "" {
		t.Errorf("got %+v", r)
	}
	f, err := os.Open(o.plot)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := png.DecodeConfig(f); err != nil {
		t.Error(err)
	}
	o = options{show: o.json, compare: o.json}
	out.Reset()
	if _, err := run(context.Background(), o, &out, &out); err != nil || !strings.Contains(out.String(), "+0.0%") {
		t.Errorf("an earlier run against itself: %v\n%s", err, &out)
	}
}

// TestCompare runs both sides of a pair that differs.
func TestCompare(t *testing.T) {
	cpython := side{command: []string{python(t), "-I"}, env: os.Environ(), scratch: t.TempDir()}
	other := cpython
	other.command = []string{cpython.command[0], "-O"}
	b := &bench{cpython: cpython, krait: &other, timeout: time.Minute}
	e, err := b.compare(context.Background(), "debug", 2, "-c", "print(__debug__)")
	if want := `printed "False\n", not "True\n"`; err != nil || e.Failure != want || e.Krait != nil {
		t.Errorf("got %+v, %v", e, err)
	}
	e, err = b.compare(context.Background(), "assert", 2, "-c", "assert __debug__ or 1 / 0")
	if err != nil || e.Failure != "" || e.Krait == nil || e.ratio() <= 0 {
		t.Errorf("got %+v, %v", e, err)
	}
	if _, err = b.compare(context.Background(), "wrong", 1, "-c", "assert 0"); err == nil {
		t.Error("a program that CPython fails at: no error")
	}
	b.krait = nil
	if e, err = b.compare(context.Background(), "alone", 1, "-c", "pass"); err != nil || e.Krait != nil || e.Failure != "" {
		t.Errorf("without krait: %+v, %v", e, err)
	}
}
