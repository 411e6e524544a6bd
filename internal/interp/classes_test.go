package interp

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

var update = flag.Bool("update", false, "write what the reference interpreter prints into the golden files")

var address = regexp.MustCompile(`0x[0-9a-f]+`)

// TestClasses runs the programs of testdata/classes, which try the object model in all its corners, and compares what they
// print with the golden files; these with the reference interpreter, where it is found.
func TestClasses(t *testing.T) { runPrograms(t, "testdata/classes") }

// TestTypes does the same with what is in every builtin type: names, signatures, sizes.
func TestTypes(t *testing.T) { runPrograms(t, "testdata/types") }

// TestText does the same with the programs of testdata/text: str, bytes and their relatives, codecs and streams.
func TestText(t *testing.T) { runPrograms(t, "testdata/text") }

// TestCompile does the same with the programs of testdata/compile, about what compile() is asked to do.
func TestCompile(t *testing.T) { runPrograms(t, "testdata/compile") }

// TestTasks does the same with the programs of testdata/tasks: module _asyncio, with loops of their own.
func TestTasks(t *testing.T) { runPrograms(t, "testdata/tasks") }

// TestModules does the same with the programs of testdata/modules, about modules that CPython writes in C.
func TestModules(t *testing.T) { runPrograms(t, "testdata/modules") }

func runPrograms(t *testing.T, dir string) {
	files, err := filepath.Glob(dir + "/*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("no programs: %v", err)
	}
	ref, _ := oracle.Find(pyver.Py314)
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".py"), func(t *testing.T) {
			golden := strings.TrimSuffix(f, ".py") + ".out"
			if ref != nil {
				cmd := exec.Command(ref.Path, "-I", f)
				out, err := cmd.CombinedOutput()
				if err != nil {
					t.Fatalf("the reference: %v\n%s", err, out)
				}
				out = address.ReplaceAll(out, []byte("0x"))
				if *update {
					if err := os.WriteFile(golden, out, 0o644); err != nil {
						t.Fatal(err)
					}
				}
				compareLines(t, "the golden file and the reference", golden, string(out))
			}
			src, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			var out, errs strings.Builder
			if status := Run(Config{Stdout: &out, Stderr: &errs}, f, src); status != 0 {
				t.Errorf("status %d: %s", status, errs.String())
			}
			compareLines(t, "krait and the golden file", golden, address.ReplaceAllString(out.String(), "0x"))
		})
	}
}

// compareLines reports the first lines that differ.
func compareLines(t *testing.T, what, golden, got string) {
	t.Helper()
	data, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(string(data), "\n")
	have := strings.Split(got, "\n")
	shown := 0
	for i := range max(len(want), len(have)) {
		w, h := "(none)", "(none)"
		if i < len(want) {
			w = want[i]
		}
		if i < len(have) {
			h = have[i]
		}
		if w != h {
			t.Errorf("%s differ in line %d\n got %s\nwant %s", what, i+1, h, w)
			if shown++; shown == 5 {
				return
			}
		}
	}
}
