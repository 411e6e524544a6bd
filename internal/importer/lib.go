// Package importer reads the modules that an interpreter needs before it can import anything from the Python part of the
// standard library. Package library finds that.
package importer

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/internal/image"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
)

// Lib is a standard library: the directory that has os.py.
type Lib struct {
	Dir string
	// Prepared is the directory that krait prepared, which Dir is in, or "".
	Prepared string
	// Image has the frozen modules; nil: they are read, verified and lifted at every start.
	Image *image.Image
}

// Prefix returns sys.prefix: the directory that the library is installed below.
func (l *Lib) Prefix() string {
	if up := filepath.Dir(l.Dir); filepath.Base(up) == "lib" {
		return filepath.Dir(up)
	}
	if filepath.Base(l.Dir) == "Lib" {
		return filepath.Dir(l.Dir)
	}
	return l.Dir
}

// frozen are the modules that are found without searching a path, as in CPython, and the files that have them.
var frozen = map[string]string{
	"_frozen_importlib":          "importlib/_bootstrap",
	"_frozen_importlib_external": "importlib/_bootstrap_external",
	"zipimport":                  "zipimport", "abc": "abc", "codecs": "codecs", "io": "io", "_collections_abc": "_collections_abc",
	"_sitebuiltins": "_sitebuiltins", "genericpath": "genericpath", "ntpath": "ntpath", "posixpath": "posixpath", "os": "os",
	"site": "site", "stat": "stat", "importlib.util": "importlib/util", "importlib.machinery": "importlib/machinery", "runpy": "runpy",
}

// FrozenNames returns the names of the frozen modules.
func FrozenNames() []string {
	var out []string
	for n := range frozen {
		out = append(out, n)
	}
	return out
}

// IsFrozen reports whether the module is a frozen one.
func IsFrozen(name string) bool { return frozen[name] != "" }

// FrozenOrigin returns the name that the module has in the library: "importlib._bootstrap".
func FrozenOrigin(name string) string { return strings.ReplaceAll(frozen[name], "/", ".") }

// Frozen returns the code of a frozen module. trusted says that it has just been compiled.
func (l *Lib) Frozen(name string) (o *code.Object, trusted bool, err error) {
	rel := frozen[name]
	if rel == "" {
		return nil, false, fmt.Errorf("no frozen module %s", name)
	}
	src := filepath.Join(l.Dir, filepath.FromSlash(rel)+".py")
	cached := filepath.Join(filepath.Dir(src), "__pycache__", filepath.Base(rel)+".cpython-314.pyc")
	if data, err := os.ReadFile(cached); err == nil {
		if h, err := pyc.ReadHeader(data, pyc.Options{}); err == nil && h.Version == pyver.Py314 {
			if v, _, err := marshal.Read(data[h.Len():], marshal.Options{Version: pyver.Py314}); err == nil {
				if o, ok := v.(*code.Object); ok {
					return o, false, nil
				}
			}
		}
	}
	o, err = l.compile(name)
	return o, true, err
}

// FrozenFile returns the co_filename of a frozen module's code.
func FrozenFile(name string) string { return "<frozen " + FrozenOrigin(name) + ">" }

// compile compiles a frozen module.
func (l *Lib) compile(name string) (*code.Object, error) {
	src := filepath.Join(l.Dir, filepath.FromSlash(frozen[name])+".py")
	text, err := os.ReadFile(src)
	if err != nil {
		return nil, err
	}
	o, diags := compile.Source(context.Background(), text, compile.Options{Filename: FrozenFile(name)})
	if o == nil {
		return nil, fmt.Errorf("%s: %s", src, diags[len(diags)-1].Message)
	}
	return o, nil
}

// Image makes an image of the frozen modules, with the number id.
func Image(l *Lib, id uint64) ([]byte, error) {
	var modules []image.Source
	for _, name := range slices.Sorted(maps.Keys(frozen)) {
		o, err := l.compile(name)
		if err != nil {
			return nil, err
		}
		modules = append(modules, image.Source{Name: name, Code: o})
	}
	return image.Make(modules, id)
}
