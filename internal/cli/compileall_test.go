package cli

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

// sourceTree makes a tree with all that compileall has to do with.
func sourceTree(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{
		"a.py":               "x = 1\n",
		"b/__init__.py":      "'''doc'''\nassert x\n",
		"b/sub/deep.py":      "def f(self): return {1: 'a'}\n",
		"b/bad.py":           "x = = 1\n",
		"b/indent.py":        "if x:\npass\n",
		"b/tabs.py":          "if x:\n\ty = 1\n        z = 2\n",
		"b/nul.py":           "x = 1\x00\n",
		"b/latin.py":         "# -*- coding: latin-1 -*-\ns = '\xe9'\n",
		"b/undecodable.py":   "s = '\xe9'\n",
		"b/scope.py":         "def f():\n    x = 1\n    global x\n",
		"b/warns.py":         "if x is 1: pass\ny = '\\d'\n",
		"b/empty.py":         "",
		"b/note.txt":         "not source\n",
		"b/__pycache__/x.py": "never = 1\n",
		"c d/é.py":           "class A:\n    class B: pass\n",
		"c d/.py":            "hidden = 1\n",
	}
	old := time.Unix(1_700_000_000, 0)
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if runtime.GOOS != "windows" {
		for link, to := range map[string]string{"b/link.py": "../a.py", "loop": "b", "b/out.py": "/etc/hostname", "broken.py": "nowhere"} {
			if err := os.Symlink(to, filepath.Join(dir, filepath.FromSlash(link))); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

// compiled returns the .pyc files of a tree by their names.
func compiled(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".pyc") {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		files[rel] = data
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestCompileallLive runs krait compileall and python -m compileall with the same
// arguments on equal trees and compares what they print, their status and the files.
func TestCompileallLive(t *testing.T) {
	in, err := oracle.Find(pyver.Py314)
	if errors.Is(err, oracle.ErrNotFound) || err == nil && !in.Native() {
		t.Skip("no CPython 3.14: ", err)
	} else if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"."},
		{"-q", "."},
		{"-qq", "."},
		{"-l", "."},
		{"-r", "1", "."},
		{"-l", "-r", "2", "b"},
		{"-b", "."},
		{"-f", "-q", "-o", "0", "-o", "2", "-o", "1", "."},
		{"-q", "-o", "0", "-o", "1", "-o", "2", "--hardlink-dupes", "."},
		{"-d", "installed/here", "b"},
		{"-d", "installed", "a.py", "b/sub"},
		{"-s", "b", "b/sub"},
		{"-s", "elsewhere", "-p", "/root", "a.py"},
		{"-p", "/usr/lib", "a.py", "b/sub"},
		{"-x", `(?P<n>b)/s.b|é`, "."},
		{"-x", `a(?!\.py)|^\./c`, "-q", "."},
		{"-e", "b", "-q", "."},
		{"--invalidation-mode", "checked-hash", "-q", "."},
		{"--invalidation-mode", "unchecked-hash", "-q", "."},
		{"--invalidation-mode", "timestamp", "-q", "c d"},
		{"nowhere", "a.py"},
		{"./b//sub", "b/note.txt"},
		{"b/latin.py", "b/undecodable.py", "b/nul.py"},
	} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			krait, python := sourceTree(t), sourceTree(t)
			cmd := exec.Command(in.Path, append([]string{"-I", "-m", "compileall"}, args...)...)
			cmd.Dir = python
			var wantOut, wantErr bytes.Buffer
			cmd.Stdout, cmd.Stderr = &wantOut, &wantErr
			runErr := cmd.Run()
			wantStatus := 0
			if e, ok := errors.AsType[*exec.ExitError](runErr); ok {
				wantStatus = e.ExitCode()
			} else if runErr != nil {
				t.Fatal(runErr)
			}

			for _, workers := range []string{"1", "3"} {
				for name := range compiled(t, krait) {
					if err := os.Remove(filepath.Join(krait, name)); err != nil {
						t.Fatal(err)
					}
				}
				t.Chdir(krait)
				var out, errs bytes.Buffer
				status := Run(append([]string{"compileall", "-j", workers}, args...), Env{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs})
				if got, want := out.String(), wantOut.String(); got != want {
					t.Errorf("-j %s prints\n%s\nwant\n%s", workers, got, want)
				}
				if got, want := errs.String(), wantErr.String(); got != want {
					t.Errorf("-j %s prints on standard error\n%s\nwant\n%s", workers, got, want)
				}
				if status != wantStatus {
					t.Errorf("-j %s: status %d, want %d", workers, status, wantStatus)
				}
				got, want := compiled(t, krait), compiled(t, python)
				for name, data := range want {
					if g, ok := got[name]; !ok {
						t.Errorf("-j %s: no %s", workers, name)
					} else if !bytes.Equal(g, data) {
						t.Errorf("-j %s: %s holds\n%x\nwant\n%x", workers, name, g, data)
					}
				}
				for name := range got {
					if _, ok := want[name]; !ok {
						t.Errorf("-j %s: %s, which python does not write", workers, name)
					}
				}
			}
		})
	}
}

// Files that are up to date are left alone; -f compiles them all the same.
func TestCompileallFresh(t *testing.T) {
	dir := sourceTree(t)
	t.Chdir(dir)
	run := func(args ...string) string {
		var out bytes.Buffer
		Run(append([]string{"compileall"}, args...), Env{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out})
		return out.String()
	}
	first := run("a.py", "b/sub")
	if want := "Compiling 'a.py'...\nListing 'b/sub'...\nCompiling 'b/sub/deep.py'...\n"; first != want {
		t.Errorf("first run prints %q, want %q", first, want)
	}
	if got, want := run("a.py", "b/sub"), "Listing 'b/sub'...\n"; got != want {
		t.Errorf("second run prints %q, want %q", got, want)
	}
	if got := run("-f", "a.py", "b/sub"); got != first {
		t.Errorf("-f prints %q, want %q", got, first)
	}
	// In a directory that is made for the first of them, the second is another one of the same name.
	if err := os.RemoveAll("__pycache__"); err != nil {
		t.Fatal(err)
	}
	if got, want := run("-f", "a.py", "a.py"), strings.Repeat("Compiling 'a.py'...\n", 2); got != want {
		t.Errorf("-f with a file twice prints %q, want %q", got, want)
	}
	names := slices.Sorted(func(yield func(string) bool) {
		for name := range compiled(t, dir) {
			if !yield(filepath.ToSlash(name)) {
				return
			}
		}
	})
	if want := []string{"__pycache__/a.cpython-314.pyc", "b/sub/__pycache__/deep.cpython-314.pyc"}; !slices.Equal(names, want) {
		t.Errorf("there are %q, want %q", names, want)
	}
	if rest, _ := filepath.Glob("__pycache__/.krait-*"); len(rest) > 0 {
		t.Errorf("left behind: %q", rest)
	}
}
