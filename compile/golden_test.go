package compile_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/krait-py/krait/internal/conformance"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

var update = flag.Bool("update", false, "have CPython write testdata/golden.txt anew")

const goldenFile = "testdata/golden.txt"

// program is a source of ours and the name under which it is compiled.
type program struct {
	name string
	text []byte
}

// programs returns the programs of this package, those of the stages before, those
// of testdata/py in the root, and those that are refused.
func programs(t testing.TB) []program {
	t.Helper()
	var all []program
	for _, pattern := range []string{"testdata/programs/*.py", "../codegen/testdata/programs/*.py", "../testdata/py/*.py"} {
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) == 0 {
			t.Fatalf("no programs in %s: %v", pattern, err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			name := strings.TrimLeft(strings.TrimPrefix(filepath.ToSlash(path), ".."), "/")
			all = append(all, program{name, text})
		}
	}
	text, err := os.ReadFile("testdata/refused.txt")
	if err != nil {
		t.Fatal(err)
	}
	for i, part := range strings.Split(string(text), "---\n") {
		all = append(all, program{fmt.Sprintf("refused%d.py", i), []byte(part)})
	}
	return all
}

// goldenText returns what the golden file holds for a result: the error, or the size
// and a hash of the .pyc.
func goldenText(result string) string {
	if conformance.Refused(result) {
		return result
	}
	return fmt.Sprintf("%d %x", len(result), sha256.Sum256([]byte(result)))
}

var levels = []conformance.Kind{conformance.Compile, conformance.CompileO, conformance.CompileOO}

// known lists the programs that are not yet as they must be, and why. An entry that
// is right fails the test.
var known = map[string]string{
	"testdata/programs/unicode.py": "a tuple of names that equals one of constants is the same in CPython; here only if the names are ASCII",
}

// TestGolden compares the .pyc files of our programs at all levels, and the errors
// of those that are refused, with what CPython made of them.
func TestGolden(t *testing.T) {
	all := programs(t)
	if *update {
		writeGolden(t, all)
	}
	want := readGolden(t)
	var c conformance.Compiler
	for _, p := range all {
		for level, k := range levels {
			got := c.Source(k, p.name, "", p.text)
			if got.Err != nil {
				t.Errorf("%s, level %d: %v", p.name, level, got.Err)
				continue
			}
			key := fmt.Sprint(p.name, " ", level)
			same := want[key] == goldenText(got.Text)
			if why, ok := known[p.name]; ok {
				if same {
					t.Errorf("%s, level %d: is right now; strike it from the list (%s)", p.name, level, why)
				}
				same = true
			}
			if same {
				delete(want, key)
				continue
			}
			t.Errorf("%s, level %d: got %s, want %s%s", p.name, level, goldenText(got.Text), want[key], explain(t, p, level, got.Text))
			delete(want, key)
		}
	}
	for key := range want {
		t.Errorf("%s is in %s only", key, goldenFile)
	}
}

// explain compares with the interpreter, if there is one.
func explain(t *testing.T, p program, level int, got string) string {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		return ""
	}
	ref := &conformance.Reference{Dir: t.TempDir(), Interpreter: in}
	want, err := ref.Alone(context.Background(), p.name, p.text, level)
	if err != nil || want == nil {
		return fmt.Sprintf(" (%s: %v)", in.Release, err)
	}
	return "\n" + conformance.Explain(string(want), got)
}

func readGolden(t *testing.T) map[string]string {
	f, err := os.Open(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want := map[string]string{}
	for sc := bufio.NewScanner(f); sc.Scan(); {
		line := sc.Text()
		if strings.HasPrefix(line, "#") {
			continue
		}
		key, text, ok := strings.Cut(line, ": ")
		if !ok {
			t.Fatalf("%s: a line %q", goldenFile, line)
		}
		want[key] = text
	}
	return want
}

// writeGolden asks the interpreter, in a process for each program and level: nothing
// that it has compiled before then shows.
func writeGolden(t *testing.T, all []program) {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	ref := &conformance.Reference{Dir: t.TempDir(), Interpreter: in}
	lines := make([]string, len(all))
	var wg sync.WaitGroup
	var next sync.Mutex
	i := 0
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			s := in.Start(oracle.Config{})
			defer s.Close()
			for {
				next.Lock()
				n := i
				i++
				next.Unlock()
				if n >= len(all) {
					return
				}
				for level, k := range levels {
					p := all[n]
					result, err := conformance.OracleSource(s, k, p.name, p.text)
					if err == nil && result == "" {
						var pyc []byte
						pyc, err = ref.Alone(context.Background(), p.name, p.text, level)
						result = string(pyc)
					}
					if err != nil {
						t.Errorf("%s: %v", p.name, err)
						return
					}
					lines[n] += fmt.Sprintf("%s %d: %s\n", p.name, level, goldenText(result))
				}
			}
		})
	}
	wg.Wait()
	head := fmt.Sprintf("# .pyc files of compileall --invalidation-mode unchecked-hash, size and SHA-256, or the error.\n"+
		"# CPython %s: go test ./compile -run TestGolden -update\n", in.Release)
	if err := os.WriteFile(goldenFile, []byte(head+strings.Join(lines, "")), 0o666); err != nil {
		t.Fatal(err)
	}
}

// TestLibrary compares krait with the interpreter over its own library, at all
// levels; with -short over some files of it.
func TestLibrary(t *testing.T) {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	lib, err := in.Stdlib()
	if err != nil {
		t.Fatal(err)
	}
	files := libraryFiles(t, lib)
	if testing.Short() {
		some := files[:0]
		for i := 7; i < len(files); i += 20 {
			some = append(some, files[i])
		}
		files = some
	}
	ref := &conformance.Reference{Dir: t.TempDir(), Interpreter: in}
	var names []string
	for _, p := range files {
		if err := ref.Add(0, p.name, p.text); err != nil {
			t.Fatal(err)
		}
		names = append(names, p.name)
	}
	for level, k := range levels {
		t.Run(fmt.Sprint("level", level), func(t *testing.T) {
			t.Parallel()
			if err := ref.Compile(context.Background(), 0, level, names); err != nil {
				t.Fatal(err)
			}
			var c conformance.Compiler
			alone := 0
			for _, p := range files {
				got := c.Source(k, p.name, "", p.text)
				if got.Err != nil {
					t.Errorf("%s: %v", p.name, got.Err)
					continue
				}
				want, err := ref.PYC(0, level, p.name)
				if err == nil && string(want) != got.Text {
					// The files before can have left their traces.
					alone++
					want, err = ref.Alone(context.Background(), p.name, p.text, level)
				}
				if err != nil {
					t.Fatal(err)
				}
				if string(want) != got.Text {
					t.Errorf("%s: %s", p.name, conformance.Explain(string(want), got.Text))
				}
				if alone > 20 {
					t.Fatal("too many differ")
				}
			}
			t.Logf("%d files, %d of them compiled again, alone", len(files), alone)
		})
	}
}

// libraryFiles returns the sources of a library in the order of their names.
func libraryFiles(t *testing.T, lib fs.FS) []program {
	t.Helper()
	var all []program
	err := fs.WalkDir(lib, ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "site-packages":
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".py"):
			return nil
		}
		text, err := fs.ReadFile(lib, path)
		all = append(all, program{path, text})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
