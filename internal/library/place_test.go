package library

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/krait-py/krait/internal/importer"
)

// fake makes a library whose modules do nothing, a program, and an empty cache.
func fake(t *testing.T) (exe string, l *importer.Lib) {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", filepath.Join(dir, "cache"))
	t.Setenv("HOME", dir)
	t.Setenv("LocalAppData", filepath.Join(dir, "cache"))
	l = &importer.Lib{Dir: filepath.Join(dir, "lib")}
	for _, m := range importer.FrozenModules() {
		if m.Kind == importer.FrozenTest {
			continue
		}
		file := filepath.Join(l.Dir, filepath.FromSlash(strings.ReplaceAll(m.Origin, ".", "/"))+".py")
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("x = 1\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	exe = filepath.Join(dir, "krait")
	if err := os.WriteFile(exe, []byte("a program"), 0o755); err != nil {
		t.Fatal(err)
	}
	return exe, l
}

func imaged(t *testing.T, exe string, l *importer.Lib) *Place {
	t.Helper()
	p, err := PlaceOf(exe, l)
	if err != nil {
		t.Fatal(err)
	}
	im, err := p.Image()
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := im.Find("os"); !ok {
		t.Fatal("module os is missing")
	}
	return p
}

func TestPlace(t *testing.T) {
	exe, l := fake(t)
	p := imaged(t, exe, l)
	if !leadsTo(p.Link(), exe) {
		t.Errorf("%s does not lead to %s", p.Link(), exe)
	}
	if !IsPython(p.Link()) || IsPython(exe) {
		t.Error("the link is no Python, or the program is one")
	}
	if got := linked(p.Link()); got != l.Dir {
		t.Errorf("the link's library is %q, want %q", got, l.Dir)
	}
	if runtime.GOOS == "windows" {
		return
	}
	other := filepath.Join(t.TempDir(), "interpreter")
	if err := os.Symlink(p.Link(), other); err != nil {
		t.Fatal(err)
	}
	if !IsPython(other) || linked(other) != l.Dir {
		t.Errorf("a link to the link: %t, %q", IsPython(other), linked(other))
	}
}

// An image that is damaged, of another build, of another library or somebody else's is made anew.
func TestImageAnew(t *testing.T) {
	exe, l := fake(t)
	p := imaged(t, exe, l)
	file := filepath.Join(p.dir, imageName)
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	later := time.Now().Add(time.Hour)
	for name, spoil := range map[string]func() error{
		"bits":    func() error { return os.WriteFile(file, append([]byte("x"), good[1:]...), 0o600) },
		"end":     func() error { return os.WriteFile(file, good[:len(good)/2], 0o600) },
		"empty":   func() error { return os.WriteFile(file, nil, 0o600) },
		"dir":     func() error { os.Remove(file); return os.Mkdir(file, 0o755) },
		"build":   func() error { return os.WriteFile(exe, []byte("another one"), 0o755) },
		"time":    func() error { return os.Chtimes(exe, later, later) },
		"library": func() error { return os.WriteFile(filepath.Join(l.Dir, "os.py"), []byte("y = 22\n"), 0o644) },
	} {
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		if name == "dir" { // cannot be replaced; the image is of use all the same
			p, err := PlaceOf(exe, l)
			if err != nil {
				t.Fatal(err)
			}
			p.Image()
			os.Remove(file)
			continue
		}
		imaged(t, exe, l)
		data, err := readOwn(file)
		if err != nil || len(data) == 0 {
			t.Errorf("%s: %d bytes, %v", name, len(data), err)
		}
	}
	if runtime.GOOS == "windows" {
		return
	}
	imaged(t, exe, l)
	if err := os.Chmod(file, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := readOwn(file); err == nil {
		t.Error("a file that everybody may write to was read")
	}
	imaged(t, exe, l)
	if _, err := readOwn(file); err != nil {
		t.Error(err)
	}
}

func TestPlaceAtOnce(t *testing.T) {
	exe, l := fake(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			p, err := PlaceOf(exe, l)
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := p.Image(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(filepath.Dir(exe)), "*", "cache", "krait", placePrefix+placeNew+"*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Places of programs that are no more are removed when another one is made.
func TestRemovePlaces(t *testing.T) {
	exe, l := fake(t)
	old := imaged(t, exe, l)
	if err := os.Rename(exe, exe+"2"); err != nil {
		t.Fatal(err)
	}
	imaged(t, exe+"2", l)
	if _, err := os.Stat(old.dir); err == nil && runtime.GOOS != "windows" {
		t.Errorf("%s is still there", old.dir)
	}
}
