// Command genstartup asks CPython 3.14 which strings are interned before it
// compiles anything and writes them to a file, assemble/startup.txt.
//
//	go run ./internal/cmd/genstartup assemble/startup.txt
package main

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/krait-py/krait/internal/atomicfile"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

//go:embed startup.py
var script []byte

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: genstartup OUT")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "genstartup:", err)
		os.Exit(1)
	}
}

func run(out string) error {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		return err
	}
	if !in.Native() {
		return fmt.Errorf("%s runs no script", in.Path)
	}
	dir, err := os.MkdirTemp("", "genstartup")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	program, folder := filepath.Join(dir, "startup.py"), filepath.Join(dir, "tree")
	if err := errors.Join(
		os.WriteFile(program, script, 0o666),
		os.Mkdir(folder, 0o777),
		os.WriteFile(filepath.Join(folder, "first.py"), []byte("first = 1\n"), 0o666),
	); err != nil {
		return err
	}
	cmd := exec.Command(in.Path, "-W", "ignore", program, folder)
	cmd.Stderr = os.Stderr
	words, err := cmd.Output()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Strings interned in a fresh \"python -m compileall\" of CPython %s, of those that its\n", in.Release)
	b.WriteString("# library's sources have: go run ./internal/cmd/genstartup assemble/startup.txt\n")
	b.Write(words)
	return atomicfile.Write(out, b.Bytes())
}
