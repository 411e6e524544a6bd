package library

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"

	"github.com/krait-py/krait/internal/compileall"
	"github.com/krait-py/krait/internal/importer"
)

// Options says where to look, and how to prepare what is carried.
type Options struct {
	Getenv func(string) string
	// Program is the path that krait has been called by, if that is a name of Python's; see [Place].
	Program string
	// Carried returns the library that the binary carries, of release Version; nil: none.
	Carried func() (fs.FS, error)
	Version string
	// NewCompiler makes compilers for preparing it.
	NewCompiler func(size int) compileall.Compiler
	// Step is called while it is prepared, with the number of files done and of all; nil for never.
	Step func(done, all int, path string)
}

// layout is the number of the way in which directories are prepared. Those of another number are not touched.
const layout = 1

// ErrNone is what Find's error wraps when there is no library.
var ErrNone = errors.New("no standard library of Python 3.14 found")

// A MissingError says why there is no library.
type MissingError struct {
	// Why has the reasons, one for each place that was tried.
	Why []string
}

func (e *MissingError) Error() string {
	s := ErrNone.Error()
	for _, w := range e.Why {
		s += "\n  " + w
	}
	return s
}

// Unwrap returns ErrNone.
func (e *MissingError) Unwrap() error { return ErrNone }

// Find returns the library: the one that KRAIT_LIB names, that of the program by which this one was started, the one in the user's cache, which is prepared if need be, or that of a python3.14
// on the machine.
func Find(o Options) (*importer.Lib, error) {
	if dir := o.Getenv("KRAIT_LIB"); dir != "" {
		dir, err := filepath.Abs(dir)
		if err != nil {
			return nil, err
		}
		if !hasLibrary(dir) {
			return nil, fmt.Errorf("KRAIT_LIB: %s has no os.py; name the directory of a Python 3.14 that has it", dir)
		}
		return &importer.Lib{Dir: dir}, nil
	}
	if o.Program != "" {
		if dir := linked(o.Program); dir != "" {
			return &importer.Lib{Dir: dir}, nil
		}
	}
	missing := &MissingError{}
	dir, err := CacheDir()
	if err != nil {
		missing.Why = append(missing.Why, "there is no cache directory: "+err.Error())
	} else {
		root := filepath.Join(dir, "python-"+o.Version+"-"+strconv.Itoa(layout))
		l := &importer.Lib{Dir: filepath.Join(root, "lib", "python3.14"), Prepared: root}
		if hasLibrary(l.Dir) {
			return l, nil
		}
		err := errors.New("this krait carries none")
		if o.Carried != nil {
			err = o.prepare(root)
		}
		if err == nil {
			return l, nil
		}
		missing.Why = append(missing.Why, fmt.Sprintf("%s: %v", root, err))
	}
	if dir := installed(); dir != "" {
		return &importer.Lib{Dir: dir}, nil
	}
	missing.Why = append(missing.Why, "there is no python3.14 in PATH")
	return nil, missing
}

func hasLibrary(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "os.py"))
	return err == nil
}

// CacheDir returns the directory for what krait keeps between runs. It need not exist.
func CacheDir() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "krait"), nil
}

// installed returns the library of the interpreter in PATH, or "".
func installed() string {
	p, err := exec.LookPath("python3.14")
	if err != nil {
		return ""
	}
	if p, err = filepath.EvalSymlinks(p); err != nil {
		return ""
	}
	dir := filepath.Join(filepath.Dir(filepath.Dir(p)), "lib", "python3.14")
	if runtime.GOOS == "windows" {
		dir = filepath.Join(filepath.Dir(p), "Lib")
	}
	if !hasLibrary(dir) {
		return ""
	}
	return dir
}
