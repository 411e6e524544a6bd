package library

import (
	"fmt"
	"hash/fnv"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/krait-py/krait/internal/importer"
)

// Programs start others with [sys.executable, "-c", ...]. What they find there is a link to krait that has a name of Python's, which krait
// knows itself by: see [IsPython]. The file besides it says which library belongs to it, so that children whose environment has been
// emptied have the library of their parent.
//
//	$XDG_CACHE_HOME/krait/as-python-0123456789abcdef/python3.14 -> /usr/local/bin/krait
//	                                                /library
const (
	linkDir     = "as-python-"
	linkLibrary = "library"
	maxLinks    = 8
)

// linkName is the name that krait is called by.
func linkName() string {
	if runtime.GOOS == "windows" {
		return "python3.14.exe"
	}
	return "python3.14"
}

// IsPython reports whether a program that is called like that is to be Python: "python3.14", "/usr/bin/python", "PYTHON.EXE".
func IsPython(program string) bool {
	name := filepath.Base(program)
	if runtime.GOOS == "windows" {
		name = strings.TrimSuffix(strings.ToLower(name), ".exe")
	}
	rest, ok := strings.CutPrefix(name, "python")
	return ok && strings.Trim(rest, "0123456789.") == ""
}

// Link returns the path of a link to the file exe that is called as Python is, and has the library l. It is made if it is not there. An error
// says why that cannot be.
func Link(exe string, l *importer.Lib) (string, error) {
	cache, err := CacheDir()
	if err != nil {
		return "", err
	}
	h := fnv.New64a()
	fmt.Fprintf(h, "%s\x00%s", exe, l.Dir)
	dir := filepath.Join(cache, fmt.Sprintf("%s%016x", linkDir, h.Sum64()))
	link := filepath.Join(dir, linkName())
	if leadsTo(link, exe) {
		return link, nil
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return "", err
	}
	tmp, err := os.MkdirTemp(cache, linkDir+"new")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(tmp)
	if err := os.Chmod(tmp, 0o755); err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(tmp, linkLibrary), []byte(l.Dir), 0o644); err != nil {
		return "", err
	}
	if err := makeLink(exe, filepath.Join(tmp, linkName())); err != nil {
		return "", err
	}
	if err := os.Rename(tmp, dir); err != nil {
		if leadsTo(link, exe) { // somebody else was faster
			return link, nil
		}
		// What is there is of no use: damaged, or a hard link to a program that has been replaced.
		os.RemoveAll(dir)
		if err := os.Rename(tmp, dir); err != nil && !leadsTo(link, exe) {
			return "", err
		}
	}
	return link, nil
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

// linked returns the library that belongs to a program made by Link, also if it is called by a link to that.
func linked(program string) string {
	for range maxLinks {
		if dir := filepath.Dir(program); strings.HasPrefix(filepath.Base(dir), linkDir) {
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
