// Calc compiles a small calculator language to .pyc files that CPython
// imports: an example of [rewrite.Builder].
//
//	go run ./examples/calc FILE.calc -o OUT.pyc
//
// A program has one statement a line; # starts a comment.
//
//	f(x, y) = x ** 2 + y         a function
//	a = f(3, 4) / 2              a variable, global
//	print a, if a > 6 then 1 else 0
//	while a > 1 do
//	  a = a / 2
//	end
//
// Expressions know numbers, + - * / **, comparisons, parentheses, if then else,
// and calls: of the program's functions and of Python's built-ins.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
)

func main() { os.Exit(run(os.Args[1:], os.Stderr)) }

func run(args []string, stderr io.Writer) int {
	flags := flag.NewFlagSet("calc", flag.ContinueOnError)
	flags.SetOutput(stderr)
	out := flags.String("o", "", "the .pyc file to write")
	target := flags.String("python", "3.14", "the version of Python to compile for")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	file := flags.Arg(0)
	if flags.NArg() > 1 { // flags may follow the file
		if err := flags.Parse(flags.Args()[1:]); err != nil {
			return 2
		}
	}
	if file == "" || *out == "" || flags.NArg() > 1 {
		fmt.Fprintln(stderr, "usage: calc FILE.calc -o OUT.pyc [-python VERSION]")
		return 2
	}
	version, err := pyver.Parse(*target)
	if err == nil {
		err = build(file, *out, version)
	}
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	return 0
}

func build(file, out string, version pyver.Version) error {
	source, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	o, err := Compile(file, source, version)
	if err != nil {
		return err
	}
	magic, _ := pyver.MagicOf(version)
	f := &pyc.File{Header: &pyc.Header{Magic: magic.Number, Version: version, SourceSize: uint32(len(source))}, Code: o}
	data, err := f.Bytes()
	if err != nil {
		return err
	}
	return os.WriteFile(out, data, 0o666)
}
