package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/krait-py/krait/internal/conformance"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

func TestWalk(t *testing.T) {
	tree := fstest.MapFS{}
	for _, name := range []string{
		"b.py", "a.pyc", "a.txt", "d/c.py", "d/__pycache__/c.pyc", "site-packages/e.py",
	} {
		tree[name] = &fstest.MapFile{Data: []byte(name)}
	}
	files, err := walk(tree)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range files {
		got = append(got, f.name)
	}
	if want := "a.pyc b.py d/c.py"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestChoose(t *testing.T) {
	var files []file
	for _, c := range "abcdefghij" {
		files = append(files, file{name: string(c)})
	}
	names := func(o options) string {
		var b strings.Builder
		for _, f := range (&runner{options: o}).choose(append([]file(nil), files...)) {
			b.WriteString(f.name)
		}
		return b.String()
	}
	if got, want := names(options{limit: 3}), "abc"; got != want {
		t.Errorf("limit: got %q, want %q", got, want)
	}
	one, again := names(options{sample: 4, seed: 1}), names(options{sample: 4, seed: 1})
	if len(one) != 4 || one != again {
		t.Errorf("sample: got %q and %q, want four letters, the same twice", one, again)
	}
	if other := names(options{sample: 4, seed: 2}); other == one {
		t.Errorf("sample: another seed chose %q too", other)
	}
}

// TestCompare compares a few files twice, with and without what the cache has,
// then with a cache that holds wrong hashes.
func TestCompare(t *testing.T) {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"good.py": "def f(x):\n    return x in {1, 2, 3}\n",
		"bad.py":  "no python\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kinds, err := conformance.ParseKinds("all", in.Version)
	if err != nil {
		t.Fatal(err)
	}
	c := &cache{dir: t.TempDir()}
	compare := func() (*result, string) {
		t.Helper()
		var out bytes.Buffer
		r := &runner{options: options{workers: 2, show: 1}, levels: []int{0, 2}, out: &out, cache: c, progress: &progress{}}
		files, err := r.list(in, []string{dir})
		if err != nil {
			t.Fatal(err)
		}
		if err := r.compare(context.Background(), in, kinds, files); err != nil {
			t.Fatal(err)
		}
		if _, err := r.finish(); err != nil {
			t.Fatal(err)
		}
		return r.results[0], out.String()
	}
	for _, round := range []string{"first", "second"} {
		res, out := compare()
		if res.Files != 2 || res.Refused != 2 || len(res.Failed) != 0 {
			t.Errorf("%s: %d files, %d refused, failed %v; want 2, 2 and none", round, res.Files, res.Refused, res.Failed)
		}
		for _, k := range kinds {
			if res.Agree[k] != 2 {
				t.Errorf("%s: %s: %d agree, want 2\n%s", round, k, res.Agree[k], out)
			}
		}
	}
	// Wrong hashes only make it ask again.
	paths, err := filepath.Glob(filepath.Join(c.dir, "*", "*", "*.json"))
	if err != nil || len(paths) != 4 {
		t.Fatalf("cache: %q, %v, want 4 files", paths, err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text = bytes.ReplaceAll(text, []byte(`"dis":"`), []byte(`"dis":"0`))
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if res, out := compare(); res.Agree[conformance.Dis] != 2 {
		t.Errorf("with wrong hashes: %d agree, want 2\n%s", res.Agree[conformance.Dis], out)
	}
}

func TestBenchSource(t *testing.T) {
	s := benchSource(benchLines)
	if n := strings.Count(s, "\n"); n < benchLines || n > benchLines+400 {
		t.Errorf("%d lines, want about %d", n, benchLines)
	}
	if s != benchSource(benchLines) {
		t.Error("not the same twice")
	}
}
