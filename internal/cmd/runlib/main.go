// Command runlib shows that CPython runs on the .pyc files that krait writes. It
// makes two copies of the interpreter's library, one compiled by krait and one by the
// interpreter, takes the sources away, and runs the same programs on both: the
// sources of testdata/py, programs of the library, an import of each of its modules,
// and CPython's own tests, which come with other builds of it.
//
//	go run ./internal/cmd/runlib [flags]
//	go run ./internal/cmd/runlib -tests /usr/lib/python3.14/test
//	go run ./internal/cmd/runlib -tests /usr/lib/python3.14/test -all
//
// Modules that the interpreter has frozen into itself are taken from the library
// instead. The exit status is 1 if anything went another way on krait's files than on
// the interpreter's own.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

type options struct {
	tests    string
	programs string
	only     string
	all      bool
	verbose  bool
	workers  int
	timeout  time.Duration
}

func main() {
	var o options
	flag.StringVar(&o.tests, "tests", "", "folder `test` of a CPython 3.14 library, whose tests are to run")
	flag.StringVar(&o.programs, "programs", "testdata/py", "folder of programs to run")
	flag.StringVar(&o.only, "only", "", "run only what this regular expression matches")
	flag.BoolVar(&o.all, "all", false, "run all tests of -tests, not only those of the language")
	flag.BoolVar(&o.verbose, "v", false, "print a line for all that is run")
	flag.IntVar(&o.workers, "j", runtime.NumCPU(), "run so many at once")
	flag.DurationVar(&o.timeout, "timeout", 2*time.Minute, "how long one may run")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ok, err := run(ctx, o, os.Stdout)
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "runlib:", err)
		os.Exit(2)
	case !ok:
		os.Exit(1)
	}
}

// run does what the command line says and reports whether nothing differs.
func run(ctx context.Context, o options, w io.Writer) (bool, error) {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		return false, err
	}
	only, err := regexp.Compile(o.only)
	if err != nil {
		return false, err
	}
	dir, err := os.MkdirTemp("", "runlib")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(dir)
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return false, err
	}
	var sides [2]*side
	for i, compile := range []func(context.Context, *side) error{compileKrait, compilePython} {
		s := &side{in: in, root: filepath.Join(dir, []string{"krait", "cpython"}[i])}
		sides[i] = s
		start := time.Now()
		if err := s.copy(o); err != nil {
			return false, err
		}
		copied := time.Now()
		if err := compile(ctx, s); err != nil {
			return false, err
		}
		compiled := time.Since(copied)
		if err := s.hideSources(); err != nil {
			return false, err
		}
		fmt.Fprintf(w, "%s: %d files compiled in %.1f s, %d sources left, copied in %.1f s\n", filepath.Base(s.root),
			s.hidden, compiled.Seconds(), s.left, copied.Sub(start).Seconds())
	}
	items, err := findItems(o, sides[0])
	if err != nil {
		return false, err
	}
	chosen := items[:0]
	for _, it := range items {
		if only.MatchString(it.name) {
			chosen = append(chosen, it)
		}
	}
	pairs := compareAll(ctx, o, sides, chosen, w)
	return report(pairs, w), ctx.Err()
}

// pair is what became of an item on both sides.
type pair struct {
	item
	results [2]result
	again   bool // it was run twice, since the first time differed
}

func (p *pair) same() bool { return p.results[0].same(&p.results[1]) }

// compareAll runs items on both sides. What goes another way is run again: some
// programs depend on time and load.
func compareAll(ctx context.Context, o options, sides [2]*side, items []item, w io.Writer) []pair {
	pairs := make([]pair, len(items))
	var next atomic.Int64
	var wg sync.WaitGroup
	var mu sync.Mutex
	for range max(1, o.workers) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1) - 1)
				if i >= len(items) {
					return
				}
				p := &pairs[i]
				p.item = items[i]
				for round := range 2 {
					for side, s := range sides {
						p.results[side] = s.run(ctx, &items[i], o.timeout)
					}
					if p.same() {
						break
					}
					p.again = round == 1
				}
				if o.verbose {
					mu.Lock()
					fmt.Fprintf(w, "%-40s krait %-40s cpython %s\n", p.name, p.results[0].verdict(), p.results[1].verdict())
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	return pairs
}

// report prints what differs and how many of each kind passed.
func report(pairs []pair, w io.Writer) bool {
	type tally struct{ run, same, passed, both int }
	byKind := map[string]*tally{}
	var kinds []string
	ok := true
	for i := range pairs {
		p := &pairs[i]
		t := byKind[p.kind]
		if t == nil {
			t = &tally{}
			byKind[p.kind] = t
			kinds = append(kinds, p.kind)
		}
		t.run++
		if p.results[0].passed() {
			t.passed++
		}
		if p.results[1].passed() {
			t.both++
		}
		if p.same() {
			t.same++
			continue
		}
		ok = false
		fmt.Fprintf(w, "--- %s: krait %s, cpython %s\n%s", p.name, p.results[0].verdict(), p.results[1].verdict(),
			firstDifference(p.results[1].text, p.results[0].text))
	}
	for _, k := range kinds {
		t := byKind[k]
		fmt.Fprintf(w, "%s: %d run, %d the same on both; %d pass on krait's files, %d on the interpreter's\n", k, t.run, t.same, t.passed, t.both)
	}
	return ok
}

// firstDifference shows the first lines that are not the same.
func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	var out strings.Builder
	for _, line := range a[min(i, len(a)):min(i+5, len(a))] {
		fmt.Fprintf(&out, "-%.200s\n", line)
	}
	for _, line := range b[min(i, len(b)):min(i+5, len(b))] {
		fmt.Fprintf(&out, "+%.200s\n", line)
	}
	return out.String()
}
