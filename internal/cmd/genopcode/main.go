// Command genopcode writes the *_gen.go files of package opcode from
// opcode/spec: the opcode constants, one table per version, the stack
// pictures and the meanings. It runs in the directory of package opcode:
//
//	go generate ./opcode
//
// The format it reads is described in opcode/spec/README.md. Its test fails
// when the committed files differ from what it would write.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/krait-py/krait/pyver"
)

func main() {
	dir := flag.String("dir", ".", "directory of package opcode")
	flag.Parse()
	if err := run(*dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dir string) error {
	files, err := generate(dir)
	if err != nil {
		return err
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// generate returns the generated files of the package in dir, by name.
func generate(dir string) (map[string][]byte, error) {
	specs, err := readSpecs(filepath.Join(dir, "spec"))
	if err != nil {
		return nil, err
	}
	return emit(specs)
}

// readSpecs reads the specifications of all versions, oldest first, and the
// meanings that they share.
func readSpecs(dir string) (*specs, error) {
	all := &specs{}
	for _, v := range pyver.All() {
		path := filepath.Join(dir, v.String()+".ops")
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		s, err := parse(path, string(text))
		if err != nil {
			return nil, err
		}
		if s.version != v {
			return nil, fmt.Errorf("%s: is for version %v", path, s.version)
		}
		all.versions = append(all.versions, s)
	}
	path := filepath.Join(dir, "meanings.txt")
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if all.meanings, err = parseMeanings(path, string(text)); err != nil {
		return nil, err
	}
	for _, m := range all.meanings {
		if !slices.ContainsFunc(all.versions, func(s *spec) bool { return s.row(m.name) != nil }) {
			return nil, fmt.Errorf("%s: no version has %s", path, m.name)
		}
	}
	return all, nil
}
