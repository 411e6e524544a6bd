package library

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/krait-py/krait/internal/importer"
)

// A Place is a directory in the user's cache for what one krait keeps for one library:
//
//	$XDG_CACHE_HOME/krait/run-0123456789abcdef/python3.14 -> /usr/local/bin/krait
//	                                          /library
//	                                          /image
//	                                          /modules/0123456789abcdef0123456789abcdef
//
// Programs start others with [sys.executable, "-c", ...]. What they find there is the link, which has a name of Python's: krait knows itself by
// it, see [IsPython]. The file library says which one belongs to it, so that children whose environment has been emptied have
// the library of their parent. The image has the modules that the interpreter needs at its start; see [Place.Image]. Modules has images of
// those that programs have imported; see [Place.Modules].
type Place struct {
	dir, exe string
	lib      *importer.Lib

	// Mapped is told of the memory where files are, if it is not nil.
	Mapped func(data []byte)
}

const (
	placePrefix = "run-"
	placeNew    = "new-" // what is not finished
	linkLibrary = "library"
	imageName   = "image"
	modulesName = "modules"
	maxLinks    = 8
)

// linkName is the name that krait is called by.
func linkName() string {
	if runtime.GOOS == "windows" {
		return "python3.14.exe"
	}
	return "python3.14"
}

// IsPython reports whether a program that is called like that is to be Python: "python3.14", "/usr/bin/python", "PYTHON.EXE", or a link that leads
// to such a name.
func IsPython(program string) bool {
	for i := 0; ; i++ {
		name := filepath.Base(program)
		if runtime.GOOS == "windows" {
			name = strings.TrimSuffix(strings.ToLower(name), ".exe")
		}
		if rest, ok := strings.CutPrefix(name, "python"); ok && strings.Trim(rest, "0123456789.") == "" {
			return true
		}
		if i == maxLinks || name == "krait" {
			return false
		}
		if i == 0 {
			program = Program(program)
		}
		to, err := os.Readlink(program)
		if err != nil {
			return false
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(program), to)
		}
		program = to
	}
}

// PlaceOf returns the place of the program exe, this one, for the library l, which is made if it is not there. An error says why that cannot be.
func PlaceOf(exe string, l *importer.Lib) (*Place, error) {
	cache, err := CacheDir()
	if err != nil {
		return nil, err
	}
	h := fnv.New64a()
	io.WriteString(h, exe+"\x00"+l.Dir)
	p := &Place{dir: filepath.Join(cache, placePrefix+fmt.Sprintf("%016x", h.Sum64())), exe: exe, lib: l}
	if leadsTo(p.Link(), exe) {
		return p, nil
	}
	return p, p.make(cache)
}

// Link returns the path of a link to the program that has a name of Python's.
func (p *Place) Link() string { return filepath.Join(p.dir, linkName()) }

// make makes the directory: it appears by one renaming.
func (p *Place) make(cache string) error {
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return err
	}
	removePlaces(cache)
	tmp, err := os.MkdirTemp(cache, placePrefix+placeNew)
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	if err := os.Chmod(tmp, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(tmp, linkLibrary), []byte(p.lib.Dir), 0o644); err != nil {
		return err
	}
	if err := makeLink(p.exe, filepath.Join(tmp, linkName())); err != nil {
		return err
	}
	if err := os.Rename(tmp, p.dir); err == nil || leadsTo(p.Link(), p.exe) { // or somebody else was faster
		return nil
	}
	// What is there is of no use: damaged, or a hard link to a program that has been replaced.
	os.RemoveAll(p.dir)
	if err := os.Rename(tmp, p.dir); err != nil && !leadsTo(p.Link(), p.exe) {
		return err
	}
	return nil
}

// removePlaces removes the places of programs that are no more, and what processes that were killed have left behind.
func removePlaces(cache string) {
	old, _ := filepath.Glob(filepath.Join(cache, placePrefix+"*"))
	for _, dir := range old {
		if strings.HasPrefix(filepath.Base(dir), placePrefix+placeNew) {
			if st, err := os.Stat(dir); err == nil && time.Since(st.ModTime()) > time.Hour {
				os.RemoveAll(dir)
			}
		} else if _, err := os.Stat(filepath.Join(dir, linkName())); errors.Is(err, fs.ErrNotExist) {
			os.RemoveAll(dir)
		}
	}
}

// makeLink makes a symbolic link, or a hard one where users may not make symbolic ones.
func makeLink(exe, link string) error {
	err := os.Symlink(exe, link)
	if err != nil && os.Link(exe, link) == nil {
		return nil
	}
	return err
}

// leadsTo reports whether link is a link to exe.
func leadsTo(link, exe string) bool {
	if to, err := os.Readlink(link); err == nil {
		return to == exe
	}
	a, err := os.Stat(link)
	if err != nil {
		return false
	}
	b, err := os.Stat(exe)
	return err == nil && os.SameFile(a, b)
}

// Program returns the absolute path that a program has been called by: what the shell finds for a name alone.
func Program(name string) string {
	if filepath.Base(name) == name {
		if p, err := exec.LookPath(name); err == nil {
			name = p
		}
	}
	if p, err := filepath.Abs(name); err == nil {
		return p
	}
	return name
}

// linked returns the library that belongs to a program called by the link of a place, or by a link to that.
func linked(program string) string {
	for range maxLinks {
		if dir := filepath.Dir(program); strings.HasPrefix(filepath.Base(dir), placePrefix) {
			if lib, err := os.ReadFile(filepath.Join(dir, linkLibrary)); err == nil && hasLibrary(string(lib)) {
				return string(lib)
			}
		}
		to, err := os.Readlink(program)
		if err != nil {
			return ""
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(program), to)
		}
		program = to
	}
	return ""
}
