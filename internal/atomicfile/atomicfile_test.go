package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "m.pyc")
	want := func(name, text string) {
		t.Helper()
		got, err := os.ReadFile(name)
		if err != nil || string(got) != text {
			t.Errorf("%s holds %q, %v; want %q", name, got, err, text)
		}
	}
	if err := Write(path, []byte("one")); err != nil {
		t.Fatal(err)
	}
	want(path, "one")
	if err := Write(path, []byte("two")); err != nil {
		t.Fatal(err)
	}
	want(path, "two")
	if err := Write(filepath.Join(dir, "none", "m.pyc"), nil); err == nil {
		t.Error("a file was written into a directory that is not there")
	}
	if runtime.GOOS != "windows" {
		if err := os.Chmod(path, 0o640); err != nil {
			t.Fatal(err)
		}
		link := filepath.Join(dir, "link.pyc")
		if err := os.Symlink("m.pyc", link); err != nil {
			t.Fatal(err)
		}
		if err := Write(link, []byte("three")); err != nil {
			t.Fatal(err)
		}
		want(path, "three")
		if st, err := os.Lstat(link); err != nil || st.Mode()&os.ModeSymlink == 0 {
			t.Errorf("the symbolic link was replaced: %v, %v", st, err)
		}
		if st, err := os.Stat(path); err != nil || st.Mode().Perm() != 0o640 {
			t.Errorf("permissions became %v, %v; want 0640", st.Mode(), err)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "m.pyc" && e.Name() != "link.pyc" {
			t.Errorf("%s was left behind", e.Name())
		}
	}
}

// TestReplacer: what is there already stays, with a new time; anything else is
// replaced.
func TestReplacer(t *testing.T) { bothWays(t, testReplacer) }

func testReplacer(t *testing.T, alone bool) {
	dir := t.TempDir()
	path := filepath.Join(dir, "m.pyc")
	r := NewReplacer(alone)
	put := func(text string) os.FileInfo {
		t.Helper()
		if err := r.Replace(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(path)
		if err != nil || string(got) != text {
			t.Fatalf("the file holds %q, %v; want %q", got, err, text)
		}
		st, err := os.Lstat(path)
		if err != nil || !st.Mode().IsRegular() {
			t.Fatal(st, err)
		}
		return st
	}
	old := time.Unix(1_700_000_000, 0)
	age := func() {
		t.Helper()
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
	first := put("one")
	age()
	if st := put("one"); time.Since(st.ModTime()) > time.Hour {
		t.Errorf("the time of the file is still %v", st.ModTime())
	} else if runtime.GOOS == "linux" && !os.SameFile(st, first) {
		t.Error("a file with the contents wanted was replaced")
	}
	for _, text := range []string{"two", "longer", "", "shorter"} {
		age()
		if st := put(text); time.Since(st.ModTime()) > time.Hour {
			t.Errorf("%q: the time of the file is still %v", text, st.ModTime())
		}
	}
	if runtime.GOOS == "windows" {
		return
	}
	mode := put("one").Mode()
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	if st := put("one"); st.Mode() != mode {
		t.Errorf("permissions became %v, want %v", st.Mode(), mode)
	}
	other := filepath.Join(dir, "other.pyc")
	if err := os.Link(path, other); err != nil {
		t.Fatal(err)
	}
	st := put("one")
	if linked, err := os.Stat(other); err != nil || os.SameFile(st, linked) {
		t.Errorf("two names are still one file (%v)", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("other.pyc", path); err != nil {
		t.Fatal(err)
	}
	put("one")
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("the directory has %v, %v; want two files", entries, err)
	}
}

// TestReplacerCreates: new files are like those that others create.
func TestReplacerCreates(t *testing.T) { bothWays(t, testReplacerCreates) }

func testReplacerCreates(t *testing.T, alone bool) {
	dir := t.TempDir()
	r := NewReplacer(alone)
	for _, mode := range []os.FileMode{0o666, 0o600, 0o640} {
		name := filepath.Join(dir, mode.String())
		if err := r.Replace(name, []byte("text"), mode); err != nil {
			t.Fatal(err)
		}
		like, err := os.OpenFile(name+"like", os.O_CREATE|os.O_EXCL, mode)
		if err != nil {
			t.Fatal(err)
		}
		defer like.Close()
		want, err := like.Stat()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.Stat(name); err != nil || got.Mode() != want.Mode() {
			t.Errorf("%v: the file has %v, %v; want %v", mode, got.Mode(), err, want.Mode())
		}
	}
	if err := r.Replace(filepath.Join(dir, "none", "x"), nil, 0o666); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want that there is no such directory", err)
	}
	if err := r.Replace(dir, nil, 0o666); err == nil {
		t.Error("a directory was replaced")
	}
}

// TestLookedForNothing: what is there all the same is replaced.
func TestLookedForNothing(t *testing.T) { bothWays(t, testLookedForNothing) }

func testLookedForNothing(t *testing.T, alone bool) {
	path := filepath.Join(t.TempDir(), "m.pyc")
	r := NewReplacer(alone)
	for _, text := range []string{"one", "two", "two"} {
		r.LookedForNothing(path)
		if err := r.Replace(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != text {
			t.Fatalf("the file holds %q, %v; want %q", got, err, text)
		}
	}
}

func TestReadFile(t *testing.T) { bothWays(t, testReadFile) }

func testReadFile(t *testing.T, alone bool) {
	path := filepath.Join(t.TempDir(), "x")
	var buf []byte
	for _, text := range []string{"", "some text", "more text than before", "less"} {
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		for _, size := range []int64{int64(len(text)), 0, 5, 1000} {
			var err error
			if buf, err = ReadFile(path, size, buf, alone); err != nil || string(buf) != text {
				t.Errorf("size %d: got %q, %v; want %q", size, buf, err, text)
			}
		}
	}
	if _, err := ReadFile(path+"none", 0, nil, alone); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want that there is none", err)
	}
	if _, err := ReadFile(filepath.Dir(path), 0, nil, alone); err == nil {
		t.Error("a directory was read")
	}
}

// bothWays runs a test with system calls that the scheduler hears of, and with others.
func bothWays(t *testing.T, test func(t *testing.T, alone bool)) {
	for _, alone := range []bool{false, true} {
		t.Run(map[bool]string{false: "among others", true: "alone"}[alone], func(t *testing.T) { test(t, alone) })
	}
}
