package lift

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden compares what functions are lifted to with golden files of two
// parts: the source, and the dumps of its functions. The first function of a
// file is lifted faithfully, too.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		source, want, _ := strings.Cut(strings.TrimPrefix(string(data), "-- source --\n"), "-- words --\n")
		var b strings.Builder
		first := true
		for _, o := range compileFile(t, name, []byte(source))[1:] {
			check(t, o)
			c, err := Lift(o)
			if err != nil {
				t.Fatal(err)
			}
			b.WriteString(o.QualNameText() + ": " + Dump(c, o) + "\n")
			if first {
				if c, err = Faithful(o); err != nil {
					t.Fatal(err)
				}
				b.WriteString(o.QualNameText() + ", faithful: " + Dump(c, o) + "\n")
			}
			first = false
		}
		got := strings.TrimSuffix(b.String(), "\n")
		if *update {
			text := "-- source --\n" + source + "-- words --\n" + got
			if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
}
