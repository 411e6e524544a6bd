// Command pytests runs CPython's own test files, unmodified, and keeps a ledger of what
// passes.
//
//	go run ./internal/cmd/pytests [flags] [MODULE | 100 | 95 | 85 | more | all]...
//	go run ./internal/cmd/pytests int long float     # test_int, test_long, test_float
//	go run ./internal/cmd/pytests -why 95            # a group, and why methods fail
//	go run ./internal/cmd/pytests -update            # all groups, into the ledger
//
// The files are those of an interpreter that is found here (3.13's), or of -tests. A module
// is run by a process of its own, driver.py in `krait run`; when a method ends that
// process, or takes longer than -timeout, another one goes on behind it. What counts are the
// methods that CPython 3.14.6 passes of the same files with the same driver; that is
// found out once and remembered in the user's cache.
//
// testdata/pytests/ledger.json holds what passed and why the rest fails. The exit status is 1 if
// a method that passed fails, twice in a row, or one that failed passes. -update writes down
// the results; reasons that begin with "refcount: " (what fails only for want of reference
// counts) are written by hand and stay, as do entries that begin with "flaky: " (what passes
// or fails by chance), which are not held against anything.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/internal/subject"
	"github.com/krait-py/krait/pyver"
)

type options struct {
	tests     string
	python    string
	ledger    string
	match     string
	update    bool
	anew      bool
	verbose   bool
	why       bool
	workers   int
	timeout   time.Duration
	budget    time.Duration
	modules   []string
	reference *oracle.Interpreter
}

func main() {
	var o options
	flag.StringVar(&o.tests, "tests", "", "the `directory` Lib/test to take; if empty, one that is found")
	flag.StringVar(&o.python, "python", "", "run the tests with this `command` instead of krait run: \"/tmp/krait run\" or python3.14")
	flag.StringVar(&o.ledger, "ledger", filepath.FromSlash("testdata/pytests/ledger.json"), "the ledger's `file`; empty for none")
	flag.StringVar(&o.match, "run", "", "run only the methods that this `regexp` matches; the ledger is left alone")
	flag.BoolVar(&o.update, "update", false, "write the results into the ledger")
	flag.BoolVar(&o.anew, "anew", false, "run CPython anew, instead of remembering what it did")
	flag.BoolVar(&o.verbose, "v", false, "list the methods that fail")
	flag.BoolVar(&o.why, "why", false, "count the reasons of failures")
	flag.IntVar(&o.workers, "j", runtime.NumCPU(), "run so many modules at once")
	flag.DurationVar(&o.timeout, "timeout", 30*time.Second, "how long a method may take")
	flag.DurationVar(&o.budget, "budget", 5*time.Minute, "how long a module may take")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var err error
	if o.modules, err = chooseModules(flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "pytests:", err)
		os.Exit(2)
	}
	ok, err := run(ctx, o, os.Stdout)
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "pytests:", err)
		os.Exit(2)
	case !ok:
		os.Exit(1)
	}
}

// errNoRun says that this krait cannot run programs.
var errNoRun = errors.New("krait has no command run yet; -python COMMAND takes another interpreter")

// run does what the command line says and reports whether the ledger is kept.
func run(ctx context.Context, o options, w io.Writer) (bool, error) {
	match, err := regexp.Compile(o.match)
	if err != nil {
		return false, err
	}
	if o.reference == nil {
		if o.reference, err = oracle.Find(pyver.Py314); err != nil {
			return false, err
		}
	}
	p, err := findTests(o.tests)
	if err != nil {
		return false, err
	}
	dir, err := os.MkdirTemp("", "pytests-krait")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(dir)
	s, err := findSubject(o, dir)
	if err != nil {
		return false, err
	}
	s.pkg = p
	s.subject.root, s.cpython.root = p.root, p.root
	if o.ledger != "" {
		if s.ledger, err = readLedger(o.ledger); err != nil {
			return false, err
		}
	} else {
		s.ledger = &ledger{Modules: map[string]map[string]string{}}
	}
	fmt.Fprintf(w, "tests of %s, against CPython %s\n", p.dir, o.reference.Release)
	head(w)
	outcomes, err := s.runAll(ctx, o, match, w)
	if err != nil {
		return false, err
	}
	sums(w, outcomes)
	if o.why {
		reasons(w, outcomes, 40)
	}
	if o.ledger == "" || o.match != "" {
		return true, nil
	}
	if !o.update {
		return listChanges(w, outcomes), nil
	}
	for _, out := range outcomes {
		if !out.absent {
			s.ledger.update(out.module, out.wanted, out.results)
		}
	}
	s.ledger.Python = o.reference.Release
	if err := os.MkdirAll(filepath.Dir(o.ledger), 0o755); err != nil {
		return false, err
	}
	return true, s.ledger.write(o.ledger)
}

// sides has what runs the tests.
type sides struct {
	subject, cpython interpreter
	pkg              *testPackage
	ledger           *ledger
	release          string // of CPython
}

// findSubject prepares both interpreters; krait is built into dir.
func findSubject(o options, dir string) (*sides, error) {
	s := &sides{release: o.reference.Release}
	s.cpython = interpreter{[]string{o.reference.Path}, "", filepath.Join(cacheDir(), "bytes-cpython"), o.timeout, o.budget}
	s.subject = interpreter{strings.Fields(o.python), "", filepath.Join(cacheDir(), "bytes-subject"), o.timeout, o.budget}
	if o.python == "" {
		exe, err := subject.Build(dir)
		if err != nil {
			return nil, err
		}
		s.subject.command = []string{exe, "run"}
		if out, err := exec.Command(exe, "run", "-c", "pass").CombinedOutput(); err != nil && strings.Contains(string(out), "Run 'krait --help'") {
			return nil, errNoRun
		}
		return s, nil
	}
	path, err := exec.LookPath(s.subject.command[0])
	if err != nil {
		return nil, err
	}
	// Tests run in directories of their own.
	s.subject.command[0], err = filepath.Abs(path)
	return s, err
}

// runAll runs the modules, several at once, and prints a line of each in their order.
func (s *sides) runAll(ctx context.Context, o options, match *regexp.Regexp, w io.Writer) ([]*outcome, error) {
	outcomes := make([]*outcome, len(o.modules))
	errs := make([]error, len(o.modules))
	next := make(chan int)
	var mu sync.Mutex
	printed := 0
	var wg sync.WaitGroup
	for range max(1, o.workers) {
		wg.Go(func() {
			for i := range next {
				out, err := s.runOne(ctx, o.modules[i], match, o.anew)
				mu.Lock()
				outcomes[i], errs[i] = out, err
				for printed < len(outcomes) && outcomes[printed] != nil {
					outcomes[printed].row(w)
					if o.verbose {
						outcomes[printed].failures(w)
					}
					printed++
				}
				mu.Unlock()
			}
		})
	}
	for i := range o.modules {
		next <- i
	}
	close(next)
	wg.Wait()
	return outcomes, errors.Join(errs...)
}

// runOne runs a module on the subject, and on CPython unless that is remembered.
func (s *sides) runOne(ctx context.Context, module string, match *regexp.Regexp, anew bool) (*outcome, error) {
	out := &outcome{module: module}
	if !s.pkg.has(module) {
		out.absent = true
		return out, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ref, err := reference(ctx, &s.cpython, s.release, s.pkg, module, anew)
	if err != nil {
		return nil, err
	}
	var only []string
	for _, id := range ref.passing() {
		if match.MatchString(id) {
			out.wanted = append(out.wanted, id)
		}
	}
	if len(out.wanted) < len(ref.passing()) {
		only = out.wanted
	}
	if len(out.wanted) == 0 {
		if out.problem = ref.Import; out.problem == "" {
			out.problem = "CPython passes none"
		}
		return out, nil
	}
	m, err := s.subject.runModule(ctx, module, only)
	if err != nil {
		return nil, err
	}
	out.crashes, out.time, out.results = m.Crashes, m.Time, m.Results
	if m.Import != "" {
		out.problem = m.Import
		for _, id := range out.wanted {
			m.Results[id] = result{fail, m.Import}
		}
	}
	out.changes = s.ledger.compare(module, out.wanted, out.results)
	if broken := out.changes.broken; len(broken) > 0 && m.Import == "" {
		// Time and load break some tests now and then.
		again, err := s.subject.runModule(ctx, module, broken)
		if err != nil {
			return nil, err
		}
		for _, id := range broken {
			if r := again.Results[id]; r.Outcome == pass {
				out.results[id] = r
				out.flaky = append(out.flaky, id)
			}
		}
		out.changes = s.ledger.compare(module, out.wanted, out.results)
	}
	return out, nil
}
