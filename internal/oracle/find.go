package oracle

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/krait-py/krait/pyver"
)

// Interpreter is a Python interpreter that was found on this machine and
// answered when it was asked for its version.
type Interpreter struct {
	Version pyver.Version
	Release string // "3.14.6"
	// Path is the executable, or Pyodide's main module (pyodide.mjs).
	Path    string
	Banner  string // sys.version
	Magic   string // the four bytes its .pyc files start with
	Marshal int    // marshal.version

	pyodide bool
}

// ErrNotFound is what [Find]'s error wraps when there is no interpreter of a
// version. Tests skip then.
var ErrNotFound = errors.New("no such interpreter here")

// found remembers the outcome of each search: looking twice costs processes.
var found struct {
	sync.Mutex
	by map[pyver.Version]func() (*Interpreter, error)
}

// Find returns an interpreter of version v. The error wraps [ErrNotFound] and
// says where it looked. The first call for a version starts a process or two
// and may unpack CPython 3.14; later ones return what the first one returned.
func Find(v pyver.Version) (*Interpreter, error) {
	found.Lock()
	if found.by == nil {
		found.by = map[pyver.Version]func() (*Interpreter, error){}
	}
	f := found.by[v]
	if f == nil {
		f = sync.OnceValues(func() (*Interpreter, error) { return find(v) })
		found.by[v] = f
	}
	found.Unlock()
	return f()
}

// Native reports whether Path is an executable that takes Python's arguments, which
// Pyodide is not.
func (in *Interpreter) Native() bool { return !in.pyodide }

// All returns the interpreters of all versions that are found, oldest version
// first.
func All() []*Interpreter {
	var all []*Interpreter
	for _, v := range pyver.All() {
		if in, err := Find(v); err == nil {
			all = append(all, in)
		}
	}
	return all
}

func find(v pyver.Version) (*Interpreter, error) {
	var tried []string
	try := func(path string, pyodide bool) *Interpreter {
		in, err := ask(v, path, pyodide)
		if err != nil {
			tried = append(tried, fmt.Sprintf("%s: %v", path, err))
			return nil
		}
		return in
	}
	if v == pyver.Py314 {
		path, err := embedded()
		if err != nil {
			tried = append(tried, fmt.Sprintf("go-embed-python: %v", err))
		} else if in := try(path, false); in != nil {
			return in, nil
		}
	}
	for _, path := range candidates(v) {
		if in := try(path, false); in != nil {
			return in, nil
		}
	}
	if v == pyver.Py315 {
		path, err := findPyodide()
		if err != nil {
			tried = append(tried, err.Error())
		} else if in := try(path, true); in != nil {
			return in, nil
		}
	}
	if len(tried) == 0 {
		tried = []string{"neither pyenv nor PATH has one"}
	}
	return nil, fmt.Errorf("python %v: %w (%s)", v, ErrNotFound, strings.Join(tried, "; "))
}

// candidates lists executables that may be CPython v: pyenv's, newest patch
// release first, then PATH's.
func candidates(v pyver.Version) []string {
	var paths []string
	root := os.Getenv("PYENV_ROOT")
	if home, err := os.UserHomeDir(); root == "" && err == nil {
		root = filepath.Join(home, ".pyenv")
	}
	if root != "" {
		dirs, _ := filepath.Glob(filepath.Join(root, "versions", v.String()+".*"))
		slices.SortFunc(dirs, func(a, b string) int { return patch(b) - patch(a) })
		for _, dir := range dirs {
			exe := filepath.Join(dir, "bin", "python"+v.String())
			if runtime.GOOS == "windows" {
				exe = filepath.Join(dir, "python.exe")
			}
			if _, err := os.Stat(exe); err == nil {
				paths = append(paths, exe)
			}
		}
	}
	for _, name := range []string{"python" + v.String(), "python" + strconv.Itoa(v.Major()), "python"} {
		if path, err := exec.LookPath(name); err == nil && !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	return paths
}

// patch returns the number behind the last dot of a path, or -1.
func patch(path string) int {
	n, err := strconv.Atoi(path[strings.LastIndexByte(path, '.')+1:])
	if err != nil {
		return -1
	}
	return n
}

// ask starts the program at path once and checks that it is CPython v.
func ask(v pyver.Version, path string, pyodide bool) (*Interpreter, error) {
	in := &Interpreter{Version: v, Path: path, pyodide: pyodide}
	s := in.Start(Config{Timeout: 30 * time.Second})
	defer s.Close()
	r, err := s.call("info")
	if err != nil {
		return nil, err
	}
	if len(r) != 6 {
		return nil, fmt.Errorf("info: got %d fields, want 6", len(r))
	}
	if r[0] != "cpython" || r[1] != v.String() {
		return nil, fmt.Errorf("is %s %s, not cpython %v", r[0], r[2], v)
	}
	in.Release, in.Banner, in.Magic = r[2], r[3], r[4]
	in.Marshal, err = strconv.Atoi(r[5])
	return in, err
}

// CacheDir returns the directory below the user's cache directory that this
// project's tools use. It need not exist.
func CacheDir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	return filepath.Join(dir, "krait")
}

// Stdlib returns the interpreter's own standard library, as sources.
func (in *Interpreter) Stdlib() (fs.FS, error) {
	if in.pyodide {
		return openZip(filepath.Join(filepath.Dir(in.Path), "python_stdlib.zip"))
	}
	s := in.Start(Config{})
	defer s.Close()
	dir, err := s.Exec("import os\nresult = os.path.dirname(os.__file__)")
	if err != nil {
		return nil, err
	}
	return os.DirFS(dir), nil
}
