package codegen

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/source"
)

// TestModes compares what testdata/modes has for the modes eval and single with
// what CPython has made of it; -update asks it again.
func TestModes(t *testing.T) {
	for mode, m := range map[string]parser.Mode{"eval": parser.Eval, "single": parser.Single} {
		names, err := filepath.Glob("testdata/modes/" + mode + "_*.py")
		if err != nil || len(names) == 0 {
			t.Fatal("no programs: ", err)
		}
		var answers *reader
		if *update {
			answers = &reader{ask(t, names, mode, 0)[0]}
		}
		for _, name := range names {
			golden := strings.TrimSuffix(name, ".py") + ".golden"
			if answers != nil {
				all, e := answers.answer()
				if e != "" {
					t.Fatal(e)
				}
				text := "# CPython 3.14.6: testdata/sequences.py 0 " + mode + "; go test -run TestModes -update\n" + listing(all)
				if err := os.WriteFile(golden, []byte(text), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			f, d := source.Decode(name, data)
			if d != nil {
				t.Fatal(d)
			}
			got, d := record(f, m, 0)
			if d != nil {
				t.Fatalf("%s: %v", name, d)
			}
			compareLines(t, listing(got), string(want))
		}
	}
}
