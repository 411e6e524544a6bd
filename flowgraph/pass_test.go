package flowgraph

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the passes make of testdata")

// TestConstraints checks the order of the passes against what they need of each
// other.
func TestConstraints(t *testing.T) {
	at := map[string]int{}
	for i, p := range passes {
		if _, ok := at[p.Name]; ok {
			t.Errorf("two passes are called %q", p.Name)
		}
		if p.Does == "" || p.run == nil {
			t.Errorf("pass %q does nothing", p.Name)
		}
		at[p.Name] = i
	}
	mentioned := map[string]bool{}
	for _, c := range constraints {
		before, ok1 := at[c.Before]
		after, ok2 := at[c.After]
		switch {
		case !ok1 || !ok2:
			t.Errorf("no such pass: %q before %q", c.Before, c.After)
		case before >= after:
			t.Errorf("%q has to run before %q: %s", c.Before, c.After, c.Because)
		case c.Because == "":
			t.Errorf("%q before %q, but why?", c.Before, c.After)
		}
		mentioned[c.Before], mentioned[c.After] = true, true
	}
	for _, p := range passes {
		if !mentioned[p.Name] {
			t.Errorf("pass %q could run at any time", p.Name)
		}
	}
}

// TestPasses runs single passes on the graphs in testdata. A file has cases that
// start with "== PASS: what happens"; "--" stands between the graph before and
// that after.
func TestPasses(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		head, rest, _ := strings.Cut(string(data), "\n== ")
		out := head
		for _, c := range strings.Split(rest, "\n== ") {
			title, body, _ := strings.Cut(c, "\n")
			pass, _, _ := strings.Cut(title, ":")
			before, want, _ := strings.Cut(body, "\n--\n")
			g, err := parse(before)
			if err != nil {
				t.Errorf("%s: %s: %v", name, title, err)
				continue
			}
			i := slices.IndexFunc(passes[:], func(p Pass) bool { return p.Name == pass })
			if i < 0 {
				t.Errorf("%s: %s: no such pass", name, title)
				continue
			}
			passes[i].run(g)
			if g.err != nil {
				t.Errorf("%s: %s: %v", name, title, g.err)
			}
			got := g.String()
			if strings.TrimSpace(got) != strings.TrimSpace(want) && !*update {
				t.Errorf("%s: %s: got\n%s\nwant\n%s", name, title, got, want)
			}
			out += "\n== " + title + "\n" + before + "\n--\n" + strings.TrimSuffix(got, "\n") + "\n"
		}
		if *update {
			if err := os.WriteFile(name, []byte(out), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
}
