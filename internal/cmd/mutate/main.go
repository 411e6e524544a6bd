// Command mutate looks for holes in package verify: it changes the bytecode of
// real functions at random, verifies what came out, and lets a real
// interpreter run each mutant that was accepted. An interpreter that dies
// from a signal has met a mutant that should have been refused.
//
//	go run ./internal/cmd/mutate -n 20000
//	go run ./internal/cmd/mutate -n 5000 -python 3.12 -seed 7 -tree lib/python3.12
//
// Mutants run in child processes with limits on time and memory, with
// harmless builtins only, and are called with a few plain arguments; then again
// with all of it traced, and with all events of sys.monitoring. A mutant
// that kills is made smaller, by taking back changes, and printed. The exit
// status is 0 when none did.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

func main() {
	c := config{}
	python := flag.String("python", "3.14", "run mutants in Python `VERSION`")
	flag.IntVar(&c.n, "n", 20000, "how many mutants to make")
	flag.Int64Var(&c.seed, "seed", 1, "start of the random numbers")
	flag.StringVar(&c.tree, "tree", "", "take the functions of the .pyc files below `DIR` instead of testdata/py")
	flag.IntVar(&c.batch, "batch", 200, "mutants per child process")
	flag.BoolVar(&c.verbose, "v", false, "print each rule that refused mutants")
	flag.Parse()
	v, err := pyver.Parse(*python)
	if err == nil {
		c.in, err = oracle.Find(v)
	}
	if err == nil && !c.in.Native() {
		err = fmt.Errorf("%s runs no child processes; put a python%v on PATH", c.in.Path, v)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(2)
	}
	c.out = os.Stdout
	res, err := run(c)
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(2)
	}
	res.print(c)
	if len(res.killers) > 0 {
		os.Exit(1)
	}
}
