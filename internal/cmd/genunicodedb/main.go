// Genunicodedb makes the tables of internal/unicodedb from the Unicode database
// of the CPython 3.14 that package oracle finds:
//
//	go run ./internal/cmd/genunicodedb
package main

import (
	_ "embed"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

//go:embed record.py
var recordPy string

func main() {
	dir := flag.String("dir", filepath.Join("internal", "unicodedb"), "`directory` to write to")
	flag.Parse()
	if err := run(*dir); err != nil {
		fmt.Fprintln(os.Stderr, "genunicodedb:", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		return err
	}
	s := in.Start(oracle.Config{Timeout: 5 * time.Minute})
	defer s.Close()
	text, err := s.Exec(recordPy)
	if err != nil {
		return err
	}
	f, err := parse(text)
	if err != nil {
		return err
	}
	files, err := f.generate(in.Release)
	if err != nil {
		return err
	}
	for name, src := range files {
		if err := os.WriteFile(filepath.Join(dir, name), src, 0o666); err != nil {
			return err
		}
	}
	return nil
}
