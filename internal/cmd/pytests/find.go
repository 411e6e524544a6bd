package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

// testPackage is CPython's package test as found on this machine.
type testPackage struct {
	dir  string // .../Lib/test
	root string // a directory that holds nothing but it, to be put on sys.path
}

// findTests finds the package: in dir, or beside the library of an interpreter. Those that
// come without tests are passed over.
func findTests(dir string) (*testPackage, error) {
	if dir == "" {
		for _, v := range []pyver.Version{pyver.Py313, pyver.Py314} {
			in, err := oracle.Find(v)
			if err != nil {
				continue
			}
			s := in.Start(oracle.Config{})
			lib, err := s.Exec("import os\nresult = os.path.dirname(os.__file__)")
			s.Close()
			if err != nil {
				return nil, err
			}
			if d := filepath.Join(lib, "test"); hasTests(d) {
				dir = d
				break
			}
		}
		if dir == "" {
			return nil, errors.New("no interpreter here has CPython's tests beside it; name their directory with -tests")
		}
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if !hasTests(dir) {
		return nil, fmt.Errorf("%s has no support/__init__.py: it is not CPython's package test", dir)
	}
	p := &testPackage{dir: dir}
	p.root, err = p.isolate()
	return p, err
}

func hasTests(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "support", "__init__.py"))
	return err == nil
}

// isolate returns a directory whose only entry is the package, since the library around it is
// another version's than the one that runs it. It is the same one at each run, so that
// bytecode is cached. Where there are no symbolic links it has a copy.
func (p *testPackage) isolate() (string, error) {
	sum := sha256.Sum256([]byte(p.dir))
	root := filepath.Join(cacheDir(), "tests-"+hex.EncodeToString(sum[:6]))
	link := filepath.Join(root, "test")
	if hasTests(link) {
		return root, nil
	}
	if err := os.MkdirAll(root, 0o755); err != nil {
		return "", err
	}
	err := os.Symlink(p.dir, link)
	switch {
	case err == nil || errors.Is(err, fs.ErrExist):
		return root, nil
	case runtime.GOOS != "windows":
		return "", err
	}
	tmp, err := os.MkdirTemp(cacheDir(), "copy")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(tmp)
	if err := os.CopyFS(filepath.Join(tmp, "test"), os.DirFS(p.dir)); err != nil {
		return "", err
	}
	if err := os.Rename(filepath.Join(tmp, "test"), link); err != nil && !hasTests(link) {
		return "", err
	}
	return root, nil
}

// has reports whether there is a module of that name, without its test_.
func (p *testPackage) has(module string) bool {
	for _, name := range []string{"test_" + module + ".py", filepath.Join("test_"+module, "__init__.py")} {
		if _, err := os.Stat(filepath.Join(p.dir, name)); err == nil {
			return true
		}
	}
	return false
}

// hash identifies what the outcome of a module's tests depends on, as far as it is files
// of the package: the module, its support, and the driver.
func (p *testPackage) hash(module string) (string, error) {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00", driver)
	for _, name := range []string{"test_" + module + ".py", "test_" + module, "support"} {
		err := filepath.WalkDir(filepath.Join(p.dir, name), func(path string, d fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) && strings.HasSuffix(path, name) {
				return fs.SkipAll
			}
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".py") {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			fmt.Fprintf(h, "%s\x00%d\x00", filepath.Base(path), len(data))
			h.Write(data)
			return nil
		})
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8]), nil
}

// cacheDir is where this tool keeps what it can make again.
func cacheDir() string { return filepath.Join(oracle.CacheDir(), "pytests") }
