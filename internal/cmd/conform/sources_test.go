package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/krait-py/krait/internal/conformance"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

// TestCompareSources compares a few sources twice, with and without what the cache
// has, and then with a cache whose answers are wrong.
func TestCompareSources(t *testing.T) {
	if testing.Short() {
		t.Skip("starts several interpreters")
	}
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"good.py":       "def f(x):\n    assert x, 'text'\n    return x in {1, 2, 3}\n",
		"bad.py":        "no python\n",
		"late.py":       "'a text'\ndef f():\n    return\nyield\n",
		"tab.py":        "if x:\n\ta\n        b\n",
		"struct.py":     "raise ImportError('not the module of the library')\n",
		"package/é.py":  "x = 'é'\n",
		"nul.py":        "x = 1\x00\n",
		"encoding.py":   "# coding: nonsense\n",
		"ignored.pyc":   "",
		"surrogates.py": "x = '\\ud800', b'\\xff'\n",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kinds, err := conformance.ParseKinds("source", in.Version)
	if err != nil || len(kinds) != 5 {
		t.Fatalf("kinds %v, %v", kinds, err)
	}
	c := &cache{dir: t.TempDir()}
	compare := func(round string) {
		t.Helper()
		var out bytes.Buffer
		r := &runner{options: options{workers: 2, show: 10}, out: &out, cache: c, progress: &progress{}}
		files, err := r.list(in, []string{dir})
		if err != nil {
			t.Fatal(err)
		}
		if err := r.compareSources(context.Background(), in, kinds, files); err != nil {
			t.Fatal(err)
		}
		if ok, err := r.finish(); err != nil || !ok {
			t.Errorf("%s: %v, %v\n%s", round, ok, err, out.String())
		}
		res := r.results[0]
		if res.Files != 9 || res.Refused != 5 || len(res.Failed) != 0 {
			t.Errorf("%s: %d files, %d refused, failed %v; want 9, 5 and none", round, res.Files, res.Refused, res.Failed)
		}
		for _, k := range kinds {
			if res.Agree[k] != 9 {
				t.Errorf("%s: %s: %d agree, want 9", round, k, res.Agree[k])
			}
		}
	}
	compare("first")
	compare("second")
	paths, err := filepath.Glob(filepath.Join(c.dir, "*", "*", "*.json"))
	if err != nil || len(paths) != 9 {
		t.Fatalf("cache: %q, %v, want 9 files", paths, err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, bytes.ReplaceAll(text, []byte(`":"`), []byte(`":"0`)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	compare("wrong hashes")
}

func TestExplain(t *testing.T) {
	var c conformance.Compiler
	make := func(text string) string {
		b, d, err := c.PYC("x.py", []byte(text), 0)
		if d != nil || err != nil {
			t.Fatal(d, err)
		}
		return string(b)
	}
	for _, tt := range []struct{ want, got, text string }{
		{make("x = 1"), make("y = 1"), "names"},
		{make("x = 1"), make("x = 1") + "\n", "trailing"},
		{make("x = 1"), "refused: SyntaxError: nothing (1:1)", "+refused: SyntaxError: nothing"},
	} {
		if got := conformance.Explain(tt.want, tt.got); !strings.Contains(got, tt.text) {
			t.Errorf("got %q, want something about %q", got, tt.text)
		}
	}
}
