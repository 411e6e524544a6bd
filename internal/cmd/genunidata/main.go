// Genunidata makes internal/unidata/table_gen.go from the facts in
// internal/unidata/printable.txt, and identifiers_gen.go from identifiers.txt:
//
//	go run ./internal/cmd/genunidata
//	go run ./internal/cmd/genunidata -identifiers
//
// With -record it makes that file of facts instead, from bit strings that
// internal/unidata/testdata/isprintable.py and ucdbits.mjs wrote, given oldest
// Unicode version first as UNICODE=FILE=SOURCE=PYTHON[,PYTHON...]:
//
//	genunidata -record 6.1=ucd61.bits=@unicode/unicode-6.1.0=3.3 \
//	    9.0=py36.bits="CPython 3.6.15"=3.6 ...
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	dir := filepath.Join("internal", "unidata")
	facts := flag.String("facts", filepath.Join(dir, "printable.txt"), "`file` of facts")
	out := flag.String("out", filepath.Join(dir, "table_gen.go"), "Go `file` to write")
	rec := flag.Bool("record", false, "write the file of facts from bit strings")
	ids := flag.Bool("identifiers", false, "make the table of identifiers from its file of facts")
	flag.Parse()
	if *ids {
		if err := runIdentifiers(dir, *facts, *out); err != nil {
			fmt.Fprintln(os.Stderr, "genunidata:", err)
			os.Exit(1)
		}
		return
	}
	if err := run(*facts, *out, *rec, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "genunidata:", err)
		os.Exit(1)
	}
}

func run(facts, out string, rec bool, args []string) error {
	if rec {
		text, err := record(args, os.ReadFile)
		if err != nil {
			return err
		}
		return os.WriteFile(facts, text, 0o666)
	}
	text, err := os.ReadFile(facts)
	if err != nil {
		return err
	}
	d, err := parse(bytes.NewReader(text))
	if err != nil {
		return fmt.Errorf("%s: %w", facts, err)
	}
	src, err := generate(d)
	if err != nil {
		return err
	}
	return os.WriteFile(out, src, 0o666)
}

// runIdentifiers makes the table of identifiers, from and to the files beside
// those that the flags name.
func runIdentifiers(dir, facts, out string) error {
	if facts == filepath.Join(dir, "printable.txt") {
		facts, out = filepath.Join(dir, "identifiers.txt"), filepath.Join(dir, "identifiers_gen.go")
	}
	text, err := os.ReadFile(facts)
	if err != nil {
		return err
	}
	src, err := identifiers(text)
	if err != nil {
		return fmt.Errorf("%s: %w", facts, err)
	}
	return os.WriteFile(out, src, 0o666)
}
