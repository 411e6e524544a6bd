package atomicfile

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
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
