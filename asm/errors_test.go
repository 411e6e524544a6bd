package asm

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite testdata/errors/*.want")

// Each text in testdata/errors is wrong; the .want file beside it has what is
// said about it.
func TestErrors(t *testing.T) {
	files, err := filepath.Glob("testdata/errors/*.pyasm")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d texts, error %v", len(files), err)
	}
	for _, name := range files {
		base := filepath.Base(name)
		t.Run(base, func(t *testing.T) {
			f, diags := Parse(base, readFile(t, name), Options{Exact: true})
			if f != nil || len(diags) == 0 {
				t.Fatal("nothing wrong")
			}
			var b strings.Builder
			for _, d := range diags {
				b.WriteString(d.Text() + "\n")
			}
			wantFile := strings.TrimSuffix(name, ".pyasm") + ".want"
			if *update {
				if err := os.WriteFile(wantFile, []byte(b.String()), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			if got, want := b.String(), string(readFile(t, wantFile)); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// Nesting ends with a complaint, not with the stack.
func TestDeep(t *testing.T) {
	const n = 100000
	for name, text := range map[string]string{
		"tuples": "python 3.14\ncode m\nconst " + strings.Repeat("(", n) + "\nend\n",
		"sets":   "python 3.14\ncode m\nconst " + strings.Repeat("{", n) + "\nend\n",
		"marks":  "python 3.14\ncode m\nconst " + strings.Repeat("&1 ", n) + "\nend\n",
		"blocks": "python 3.14\n" + strings.Repeat("code m\n", n),
		"forms":  "python 3.14\ncode m\nforms 99999999z\nend\n",
		"digits": "python 3.14\ncode m\nconst " + strings.Repeat("9", n) + "\nend\n",
	} {
		if f, diags := Parse(name, []byte(text), Options{}); f != nil || len(diags) == 0 || len(diags) > maxDiagnostics {
			t.Errorf("%s: %d complaints", name, len(diags))
		}
	}
}
