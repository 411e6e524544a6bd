// Command vmfuzz looks for programs that break the virtual machine. It makes functions: real ones, real ones with random
// changes, and random ones; those that the verifier accepts are called with all kinds of arguments, in
// child processes that are watched.
//
//	go run ./internal/cmd/vmfuzz -n 100000
//	go run ./internal/cmd/vmfuzz -n 1000000 -seed 7 -j 2 -lib /usr/lib/python3.14 -out findings
//	go run ./internal/cmd/vmfuzz -methods -n 5000
//	go run ./internal/cmd/vmfuzz -repro findings/7-0-1234.pyc
//
// What counts is a Go panic, a process that dies, a program that goes on when it has been told to end, a thread that is not as it was
// before, too much memory, and a program that does something else when it is traced. Each finding becomes a .pyc file that
// -repro runs again, and a text beside it. The exit status is 0 when there are none.
package main

import (
	"flag"
	"fmt"
	"os"
	"time"
)

type config struct {
	n, batch, jobs int
	seed           uint64
	lib, out       string
	patience       time.Duration

	// methods: attack builtin methods instead.
	methods bool

	// What a child process gets.
	child    bool
	from, to int
	dump     string
	// What -repro gets.
	mode int
}

func main() {
	c := config{}
	flag.IntVar(&c.n, "n", 20000, "how many verified programs to run")
	flag.Uint64Var(&c.seed, "seed", 1, "start of the random numbers")
	flag.BoolVar(&c.methods, "methods", false, "instead, call what modules and types have with odd arguments; a program is 200 calls")
	flag.IntVar(&c.jobs, "j", 1, "child processes at a time")
	flag.IntVar(&c.batch, "batch", 2000, "programs per child process")
	flag.StringVar(&c.lib, "lib", os.Getenv("KRAIT_LIB"), "take functions of the .py files below `DIR`, too")
	flag.StringVar(&c.out, "out", "vmfuzz-findings", "put what is found into `DIR`")
	flag.DurationVar(&c.patience, "patience", 50*time.Millisecond, "how long a program may run until it is told to end")
	flag.IntVar(&c.mode, "mode", -1, "with -repro, run the files in `MODE` only")
	repro := flag.Bool("repro", false, "run the .pyc files that are named, instead")
	flag.BoolVar(&c.child, "child", false, "be a child process; -seed is that of a batch")
	flag.IntVar(&c.from, "from", 0, "first program of a child process")
	flag.IntVar(&c.to, "to", 0, "end of the programs of a child process")
	flag.StringVar(&c.dump, "dump", "", "write the programs of a child process to `FILE` before they run")
	flag.Parse()
	status, err := 0, error(nil)
	switch {
	case *repro:
		status, err = reproduce(c, flag.Args())
	case c.child:
		err = runChild(c)
	default:
		status, err = campaign(c)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "vmfuzz:", err)
		status = 2
	}
	os.Exit(status)
}
