package main

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/krait-py/krait/internal/oracle"
)

// file is one file to compare.
type file struct {
	name string // as compiled: path below the tree
	read func() ([]byte, error)
	pyc  bool // already compiled
	tree int  // names are unique in a tree
}

// list collects the files of the trees, and of the interpreter's library.
func (r *runner) list(in *oracle.Interpreter, trees []string) ([]file, error) {
	var all []file
	for number, tree := range trees {
		info, err := os.Stat(tree)
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			all = append(all, file{
				name: filepath.Base(tree),
				read: func() ([]byte, error) { return os.ReadFile(tree) },
				pyc:  strings.HasSuffix(tree, ".pyc"),
				tree: number,
			})
			continue
		}
		files, err := walk(os.DirFS(tree))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", tree, err)
		}
		for i := range files {
			files[i].tree = number
		}
		all = append(all, r.choose(files)...)
	}
	if r.options.stdlib {
		lib, err := in.Stdlib()
		if err != nil {
			return nil, err
		}
		files, err := walk(lib)
		if err != nil {
			return nil, err
		}
		for i := range files {
			files[i].tree = len(trees)
		}
		all = append(all, r.choose(files)...)
	}
	return all, nil
}

// walk lists the .py and .pyc files of a tree in the order of their names.
// What __pycache__ and site-packages hold is not the tree's own.
func walk(tree fs.FS) ([]file, error) {
	var files []file
	err := fs.WalkDir(tree, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if path != "." && (d.Name() == "__pycache__" || d.Name() == "site-packages") {
				return fs.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() {
			return nil
		}
		if strings.HasSuffix(path, ".py") || strings.HasSuffix(path, ".pyc") {
			files = append(files, file{
				name: path,
				read: func() ([]byte, error) { return fs.ReadFile(tree, path) },
				pyc:  strings.HasSuffix(path, ".pyc"),
			})
		}
		return nil
	})
	return files, err
}

// choose applies -sample and -limit.
func (r *runner) choose(files []file) []file {
	if n := r.options.sample; n > 0 && n < len(files) {
		rnd := rand.New(rand.NewPCG(r.options.seed, 0))
		rnd.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
		files = files[:n]
		sort.Slice(files, func(i, j int) bool { return files[i].name < files[j].name })
	}
	if n := r.options.limit; n > 0 && n < len(files) {
		files = files[:n]
	}
	return files
}
