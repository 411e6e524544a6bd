package main

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

//go:embed programs/*.py
var sources embed.FS

// program is one of the suite, written to a file.
type program struct {
	name string // "nbody"
	file string
}

// unpack writes the programs whose names match to a directory and returns them in
// alphabetical order.
func unpack(dir string, match *regexp.Regexp) ([]program, error) {
	entries, err := fs.ReadDir(sources, "programs")
	if err != nil {
		return nil, err
	}
	var programs []program
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".py")
		if !match.MatchString(name) {
			continue
		}
		data, err := sources.ReadFile(path.Join("programs", e.Name()))
		if err != nil {
			return nil, err
		}
		p := program{name, filepath.Join(dir, e.Name())}
		if err := os.WriteFile(p.file, data, 0o644); err != nil {
			return nil, err
		}
		programs = append(programs, p)
	}
	if len(programs) == 0 {
		return nil, fmt.Errorf("no program matches %q", match)
	}
	return programs, nil
}
