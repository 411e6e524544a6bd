// Command srcfuzz writes programs at random and compares what they print with CPython 3.14: each calls functions with
// one list of arguments after the other and prints what they return or raise, at which instruction, and what they change.
//
//	go run ./internal/cmd/srcfuzz -n 1000
//	go run ./internal/cmd/srcfuzz -n 100000 -seed 7 -j 2 -subject "/tmp/krait run" -out findings
//
// Functions that do something else become files of their own, with what either side printed beside them. The exit status is 0 when there are none.
package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/internal/subject"
	"github.com/krait-py/krait/internal/vmtest"
	"github.com/krait-py/krait/pyver"
)

const (
	// batch is how many functions a program has. Starting the interpreters takes as long as calling that many.
	batch = 40
	// patience is how long a program may run: that of a batch takes a tenth of a second.
	patience = 20 * time.Second
)

func main() {
	n := flag.Int("n", 4000, "how many functions to try")
	seed := flag.Uint64("seed", 1, "start of the random numbers")
	jobs := flag.Int("j", 1, "programs at a time")
	command := flag.String("subject", "", "the `command` to try, instead of krait run, built here")
	out := flag.String("out", "srcfuzz-findings", "put what is found into `DIR`")
	flag.Parse()
	found, err := campaign(*n, *seed, *jobs, *command, *out)
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "srcfuzz:", err)
		os.Exit(2)
	case found > 0:
		os.Exit(1)
	}
}

// campaign tries n functions and returns how many differ.
func campaign(n int, seed uint64, jobs int, command, out string) (found int, err error) {
	reference, err := oracle.Find(pyver.Py314)
	if err != nil {
		return 0, err
	}
	dir, err := os.MkdirTemp("", "srcfuzz")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	tried := strings.Fields(command)
	if len(tried) == 0 {
		exe, err := subject.Build(dir)
		if err != nil {
			return 0, err
		}
		tried = []string{exe, "run"}
	}
	var mu sync.Mutex
	var wg sync.WaitGroup
	next := make(chan int)
	began, done := time.Now(), 0
	for j := range jobs {
		file := filepath.Join(dir, fmt.Sprintf("program%d.py", j))
		wg.Go(func() {
			for i := range next {
				source := vmtest.Source(rand.New(rand.NewPCG(seed, uint64(i))), batch)
				list, e := compare(file, source, []string{reference.Path}, tried)
				mu.Lock()
				done += batch
				for _, d := range list {
					found++
					if e == nil {
						e = d.save(out, fmt.Sprintf("%d-%d-%s", seed, i, d.function))
					}
				}
				if e != nil && err == nil {
					err = e
				}
				mu.Unlock()
			}
		})
	}
	for i := 0; i*batch < n; i++ {
		mu.Lock()
		stop := err != nil
		mu.Unlock()
		if stop {
			break
		}
		next <- i
	}
	close(next)
	wg.Wait()
	fmt.Printf("%d functions, %d differ, seed %d, %v\n", done, found, seed, time.Since(began).Round(time.Second))
	return found, err
}

// difference is a function that does something else.
type difference struct {
	function, source string
	want, got        string // the first lines that differ
}

// compare runs a program with both and returns what differs, by function.
func compare(file, source string, reference, tried []string) ([]difference, error) {
	if err := os.WriteFile(file, []byte(source), 0o666); err != nil {
		return nil, err
	}
	want, wantEnd := run(reference, file)
	if wantEnd != "" {
		// Too slow, or something that no function of a program should do.
		return nil, fmt.Errorf("the reference ends with %s:\n%s", wantEnd, tail(want))
	}
	got, gotEnd := run(tried, file)
	if gotEnd != "" {
		got += "ends with " + gotEnd + "\n"
	}
	if want == got {
		return nil, nil
	}
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	var list []difference
	seen := ""
	for i, w := range a {
		g := ""
		if i < len(b) {
			g = b[i]
		}
		name, _, _ := strings.Cut(w, " ")
		if w != g && name != seen {
			seen = name
			list = append(list, difference{name, vmtest.Only(source, name), w, g})
			if !strings.HasPrefix(g, name+" ") {
				break // it has ended, or prints something else
			}
		}
	}
	return list, nil
}

func run(command []string, file string) (out, end string) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, command[0], append(append([]string{}, command[1:]...), "-I", "-W", "ignore", file)...)
	text, err := cmd.CombinedOutput()
	if err != nil {
		end = err.Error()
	}
	return string(text), end
}

func tail(s string) string { return s[max(0, len(s)-500):] }

// save writes the difference to files.
func (d difference) save(dir, name string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	fmt.Printf("%s\n  want %.300s\n  got  %.300s\n", name, d.want, d.got)
	return os.WriteFile(filepath.Join(dir, name+".py"), []byte(d.source), 0o666)
}
