// Genunidata makes internal/unidata/table_gen.go from the facts in
// internal/unidata/printable.txt:
//
//	go run ./internal/cmd/genunidata
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
	flag.Parse()
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
