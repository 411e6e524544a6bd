package library

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/krait-py/krait/internal/compileall"
	"github.com/krait-py/krait/source"
)

// prepare makes the directory root.
func (o *Options) prepare(root string) error {
	files, err := o.Carried()
	if err != nil {
		return err
	}
	cache := filepath.Dir(root)
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return err
	}
	removeStale(cache)
	tmp, err := os.MkdirTemp(cache, filepath.Base(root)+temporary)
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	if err := os.Chmod(tmp, 0o755); err != nil {
		return err
	}
	lib := filepath.Join(tmp, "lib", "python3.14")
	n, err := unpack(lib, files)
	if err != nil {
		return err
	}
	if err := o.compile(tmp, root, n); err != nil {
		return err
	}
	if err := os.Rename(tmp, root); err != nil {
		if _, statErr := os.Stat(root); statErr != nil {
			return err
		}
		// Somebody else was faster, with the same.
	}
	return nil
}

// temporary is in the names of directories that are being prepared.
const temporary = ".tmp"

// removeStale removes what processes that were killed have left behind.
func removeStale(cache string) {
	old, _ := filepath.Glob(filepath.Join(cache, "python-*"+temporary+"*"))
	for _, dir := range old {
		if st, err := os.Stat(dir); err == nil && time.Since(st.ModTime()) > time.Hour {
			os.RemoveAll(dir)
		}
	}
}

// belongs reports whether a file or directory of CPython's library is of use without CPython itself.
func belongs(path string, dir bool) bool {
	base := path[strings.LastIndexByte(path, '/')+1:]
	if dir {
		return base != "__pycache__" && base != "lib-dynload" && base != "site-packages" && !strings.HasPrefix(path, "config-")
	}
	return !strings.HasSuffix(base, ".gz") && !strings.HasSuffix(base, ".pyc")
}

// unpack writes the library to dir and returns the number of its modules.
func unpack(dir string, files fs.FS) (modules int, err error) {
	err = fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !belongs(path, d.IsDir()) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		to := filepath.Join(dir, filepath.FromSlash(path))
		if d.IsDir() {
			return os.MkdirAll(to, 0o755)
		}
		data, err := fs.ReadFile(files, path)
		if err != nil {
			return err
		}
		if strings.HasSuffix(path, ".py") {
			modules++
		}
		return os.WriteFile(to, data, 0o644)
	})
	if err == nil && modules == 0 {
		err = errors.New("no modules in what this krait carries")
	}
	return modules, err
}

// compile writes the .pyc files of all modules below tmp, for when it is called root.
func (o *Options) compile(tmp, root string, n int) error {
	var said strings.Builder
	c := compileall.Options{
		NewCompiler: o.NewCompiler,
		StripDir:    tmp, HasStripDir: true, PrependDir: root, HasPrependDir: true,
		Quiet: 1, Stdout: &said, Stderr: io.Discard,
		Explain: func(d *source.Diagnostic) string { return d.Error() },
		Warn:    func(*source.Diagnostic, []byte) string { return "" },
	}
	if o.Step != nil {
		c.Step = func(done, _ int, path string) {
			o.Step(done, n, strings.TrimPrefix(path, tmp+string(filepath.Separator)))
		}
	}
	ok, err := compileall.Run(context.Background(), []string{tmp}, c)
	if err == nil && !ok {
		err = fmt.Errorf("compiling it failed: %s", said.String())
	}
	return err
}
