package compileall

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/krait-py/krait/internal/pyrepr"
)

// walker finds files in compileall's order. emit returns false to stop it.
type walker struct {
	o    *Options
	emit func(*job) bool
}

func (w *walker) all(paths []string) {
	levels := defaultMaxLevels
	if w.o.HasMaxLevels {
		levels = w.o.MaxLevels
	}
	for _, p := range paths {
		if st, err := os.Stat(p); err == nil && st.Mode().IsRegular() {
			if !w.emit(&job{path: p}) {
				return
			}
		} else if !w.dir(p, p, levels) {
			return
		}
	}
}

// dir walks a directory: its names in order, directories where they come. Links to
// directories are not followed, which also means that there are no circles.
func (w *walker) dir(root, dir string, levels int) bool {
	notice := ""
	if w.o.Quiet == 0 {
		notice = fmt.Sprintf("Listing %s...\n", repr(dir))
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		entries = nil
		if w.o.Quiet < 2 {
			notice += fmt.Sprintf("Can't list %s\n", repr(dir))
		}
	}
	if notice != "" && !w.emit(&job{notice: notice}) {
		return false
	}
	for _, e := range entries {
		if e.Name() == "__pycache__" {
			continue
		}
		full := join(dir, e.Name())
		isDir := e.IsDir()
		link := e.Type()&os.ModeSymlink != 0
		if link {
			st, err := os.Stat(full)
			isDir = err == nil && st.IsDir()
		}
		switch {
		case !isDir:
			// Only names that end in .py are compiled; for others there is nothing
			// to say or do.
			if isSource(e.Name()) && !w.emit(&job{path: full, root: root}) {
				return false
			}
		case levels > 0 && !link:
			if !w.dir(root, full, levels-1) {
				return false
			}
		}
	}
	return true
}

func isSource(name string) bool { return len(name) >= 3 && name[len(name)-3:] == ".py" }

// repr returns Python's repr of a path.
func repr(path string) string { return string(pyrepr.AppendStr(nil, path, target)) }

// join is os.path.join for two parts: it cleans nothing, which would change the
// names that code objects carry.
func join(dir, name string) string {
	switch {
	case filepath.IsAbs(name) || dir == "":
		return name
	case os.IsPathSeparator(dir[len(dir)-1]) || filepath.VolumeName(dir) == dir:
		return dir + name
	}
	return dir + string(filepath.Separator) + name
}

// cachePath is importlib.util.cache_from_source: where the .pyc file of a source file
// belongs.
func cachePath(path string, level int, prefix string) string {
	cut := len(path)
	for cut > 0 && !os.IsPathSeparator(path[cut-1]) {
		cut--
	}
	head, tail := path[:cut], path[cut:]
	base := strings.TrimSuffix(tail, filepath.Ext(tail))
	if base == "" {
		base = strings.TrimPrefix(tail, ".") // a file called ".py"
	}
	name := base + "." + cacheTag
	if !strings.Contains(tail, ".") {
		name = base + cacheTag // no dot is added to a name without one
	}
	if level > 0 {
		name += fmt.Sprintf(".opt-%d", level)
	}
	name += ".pyc"
	if prefix == "" {
		return head + "__pycache__" + string(filepath.Separator) + name
	}
	abs, err := filepath.Abs(head)
	if err != nil {
		abs = head
	}
	abs = abs[len(filepath.VolumeName(abs)):]
	for abs != "" && os.IsPathSeparator(abs[0]) {
		abs = abs[1:]
	}
	return join(join(prefix, abs), name)
}
