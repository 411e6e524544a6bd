package vmtest

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/internal/interp"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
)

// TestSource compiles programs written at random: there are no errors of syntax in them, nor in their functions alone.
func TestSource(t *testing.T) {
	for seed := range uint64(20) {
		whole := Source(rand.New(rand.NewPCG(seed, 0)), 40)
		for _, text := range []string{whole, Only(whole, "f7"), Only(whole, "f39")} {
			o, list := compile.Source(t.Context(), []byte(text), compile.Options{})
			for _, d := range list {
				if d.Severity == source.Error {
					t.Errorf("seed %d: line %d: %s", seed, d.Line, d.Message)
				}
			}
			if o == nil {
				t.Errorf("seed %d: no code", seed)
			}
		}
		if alone := Only(whole, "f39"); len(alone) > len(whole)/2 {
			t.Errorf("seed %d: one function takes %d bytes, 40 take %d", seed, len(alone), len(whole))
		}
	}
}

// TestSourcePrints compares what programs written at random print with the reference interpreter. Command srcfuzz tries more of them.
func TestSourcePrints(t *testing.T) {
	ref, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip("there is no CPython 3.14 to compare with: ", err)
	}
	for seed := range uint64(12) {
		text := Source(rand.New(rand.NewPCG(seed, 99)), 40)
		file := filepath.Join(t.TempDir(), "program.py")
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		want, err := exec.Command(ref.Path, "-I", "-W", "ignore", file).Output()
		if err != nil {
			t.Fatalf("seed %d: the reference: %v", seed, err)
		}
		var out, errs strings.Builder
		if status := interp.Run(interp.Config{Stdout: &out, Stderr: &errs}, file, []byte(text)); status != 0 {
			t.Errorf("seed %d: status %d: %s", seed, status, errs.String())
		}
		a, b := strings.Split(string(want), "\n"), strings.Split(out.String(), "\n")
		for i, w := range a {
			if i >= len(b) || b[i] != w {
				t.Errorf("seed %d: want\n%s\ngot\n%s", seed, w, strings.Join(b[min(i, len(b)):min(i+1, len(b))], ""))
				break
			}
		}
	}
}
