// Package importer reads the modules that an interpreter needs before it can import anything from the Python part of the
// standard library. Package library finds that.
package importer

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
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
	// Modules keeps code of the library's other modules from run to run; nil: nothing is kept.
	Modules image.Store
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

// A FrozenModule is one that is found without searching a path, as in CPython.
type FrozenModule struct {
	Name string
	// Origin is the name that the module has in the library, "importlib._bootstrap"; "" if it has none.
	Origin  string
	Package bool
	// Kind says what the module is for.
	Kind FrozenKind
	file string // in the library, without .py; "" is an empty module
}

// FrozenKind is what a frozen module is for.
type FrozenKind uint8

// The kinds: what importing needs, other modules of the library, those that tests of freezing have.
const (
	FrozenBootstrap FrozenKind = iota
	FrozenLibrary
	FrozenTest
)

// frozen are the frozen modules.
var frozen = []FrozenModule{
	{"_frozen_importlib", "importlib._bootstrap", false, FrozenBootstrap, "importlib/_bootstrap"},
	{"_frozen_importlib_external", "importlib._bootstrap_external", false, FrozenBootstrap, "importlib/_bootstrap_external"},
	{"zipimport", "zipimport", false, FrozenBootstrap, "zipimport"},
	{"abc", "abc", false, FrozenLibrary, "abc"},
	{"codecs", "codecs", false, FrozenLibrary, "codecs"},
	{"io", "io", false, FrozenLibrary, "io"},
	{"_collections_abc", "_collections_abc", false, FrozenLibrary, "_collections_abc"},
	{"_sitebuiltins", "_sitebuiltins", false, FrozenLibrary, "_sitebuiltins"},
	{"genericpath", "genericpath", false, FrozenLibrary, "genericpath"},
	{"ntpath", "ntpath", false, FrozenLibrary, "ntpath"},
	{"posixpath", "posixpath", false, FrozenLibrary, "posixpath"},
	{"os", "os", false, FrozenLibrary, "os"},
	{"site", "site", false, FrozenLibrary, "site"},
	{"stat", "stat", false, FrozenLibrary, "stat"},
	{"importlib.util", "importlib.util", false, FrozenLibrary, "importlib/util"},
	{"importlib.machinery", "importlib.machinery", false, FrozenLibrary, "importlib/machinery"},
	{"runpy", "runpy", false, FrozenLibrary, "runpy"},
	{"__hello__", "__hello__", false, FrozenTest, "__hello__"},
	{"__hello_alias__", "__hello__", false, FrozenTest, "__hello__"},
	{"__phello_alias__", "__hello__", true, FrozenTest, "__hello__"},
	{"__phello_alias__.spam", "__hello__", false, FrozenTest, "__hello__"},
	{"__phello__", "__phello__", true, FrozenTest, "__phello__/__init__"},
	{"__phello__.__init__", "<__phello__", false, FrozenTest, "__phello__/__init__"},
	{"__phello__.ham", "__phello__.ham", true, FrozenTest, ""},
	{"__phello__.ham.__init__", "<__phello__.ham", false, FrozenTest, ""},
	{"__phello__.ham.eggs", "__phello__.ham.eggs", false, FrozenTest, ""},
	{"__phello__.spam", "__phello__.spam", false, FrozenTest, "__phello__/spam"},
	{"__hello_only__", "", false, FrozenTest, ""},
}

// FrozenModules returns the frozen modules, which are not to be changed.
func FrozenModules() []FrozenModule { return frozen }

// FindFrozen returns the frozen module of that name, or nil.
func FindFrozen(name string) *FrozenModule {
	for i := range frozen {
		if frozen[i].Name == name {
			return &frozen[i]
		}
	}
	return nil
}

// File returns the co_filename of the module's code.
func (m *FrozenModule) File() string {
	origin := strings.TrimPrefix(m.Origin, "<")
	if origin == "" {
		origin = "frozen_only"
	}
	return "<frozen " + origin + ">"
}

// Frozen returns the code of a frozen module. trusted says that it has just been compiled.
func (l *Lib) Frozen(m *FrozenModule) (o *code.Object, trusted bool, err error) {
	if m.Kind != FrozenTest {
		src := filepath.Join(l.Dir, filepath.FromSlash(m.file))
		cached := filepath.Join(filepath.Dir(src), "__pycache__", filepath.Base(src)+".cpython-314.pyc")
		if data, err := os.ReadFile(cached); err == nil {
			if h, err := pyc.ReadHeader(data, pyc.Options{}); err == nil && h.Version == pyver.Py314 {
				if v, _, err := marshal.Read(data[h.Len():], marshal.Options{Version: pyver.Py314}); err == nil {
					if o, ok := v.(*code.Object); ok {
						return o, false, nil
					}
				}
			}
		}
	}
	o, err = l.compile(m)
	return o, true, err
}

// compile compiles a frozen module.
func (l *Lib) compile(m *FrozenModule) (*code.Object, error) {
	var text []byte
	if m.file != "" {
		var err error
		if text, err = os.ReadFile(filepath.Join(l.Dir, filepath.FromSlash(m.file)+".py")); err != nil {
			return nil, err
		}
	}
	o, diags := compile.Source(context.Background(), text, compile.Options{Filename: m.File()})
	if o == nil {
		return nil, fmt.Errorf("%s: %s", m.Name, diags[len(diags)-1].Message)
	}
	return o, nil
}

// Image makes an image of the frozen modules, with the number id.
func Image(l *Lib, id uint64) ([]byte, error) {
	var modules []image.Source
	for i := range frozen {
		m := &frozen[i]
		if m.Kind == FrozenTest {
			continue
		}
		o, err := l.compile(m)
		if err != nil {
			return nil, err
		}
		modules = append(modules, image.Source{Name: m.Name, Code: o})
	}
	return image.Make(modules, id)
}
