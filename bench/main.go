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
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/internal/subject"
	"github.com/krait-py/krait/pyver"
)

// options is the command line.
type options struct {
	rounds  int
	only    string
	json    string
	plot    string
	compare string
	show    string
	python  string
	subject string
	goals   bool
	timeout time.Duration
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == measureArg {
		if err := measure(os.Args[2:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	var o options
	flag.IntVar(&o.rounds, "n", 5, "run each program so many `times` on either side")
	flag.StringVar(&o.only, "run", "", "run only the programs that this `regexp` matches")
	flag.StringVar(&o.json, "json", "", "write what was measured to a `file`")
	flag.StringVar(&o.plot, "plot", "", "draw the ratios into a PNG `file`")
	flag.StringVar(&o.compare, "compare", "", "show the change against an earlier run's `file` of -json")
	flag.StringVar(&o.show, "show", "", "measure nothing; show and draw an earlier run's `file` of -json")
	flag.StringVar(&o.python, "python", "", "the `path` of the interpreter to compare with, instead of CPython 3.14 as found")
	flag.StringVar(&o.subject, "subject", "", "measure this `command` instead of krait run, such as \"/tmp/krait run\" or python3.13")
	flag.BoolVar(&o.goals, "goals", false, "fail unless the project's limits are kept")
	flag.DurationVar(&o.timeout, "timeout", time.Minute, "how long a program may run")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintln(os.Stderr, "bench: unexpected argument:", flag.Arg(0))
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	r, err := run(ctx, o, os.Stdout, os.Stderr)
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	if missed := r.missed(); o.goals && len(missed) > 0 {
		fmt.Fprintln(os.Stderr, "bench: limits missed:", strings.Join(missed, "; "))
		os.Exit(1)
	}
}

// run does what the command line says.
func run(ctx context.Context, o options, w, progress io.Writer) (*report, error) {
	only, err := regexp.Compile(o.only)
	if err != nil {
		return nil, err
	}
	t := table{w: w, colour: coloured(w)}
	if o.compare != "" {
		if t.old, err = readReport(o.compare); err != nil {
			return nil, err
		}
	}
	head := "krait"
	if o.subject != "" {
		head = "subject"
	}
	t.head(head)
	var r *report
	if o.show != "" {
		if r, err = readReport(o.show); err == nil {
			r.keep(only)
			for i := range r.Programs {
				t.row(&r.Programs[i])
			}
		}
	} else {
		r, err = measureAll(ctx, o, only, &t, progress)
	}
	if err != nil {
		return nil, err
	}
	t.foot(r)
	if o.json != "" {
		if err := r.write(o.json); err != nil {
			return nil, err
		}
	}
	switch {
	case o.plot == "":
	case r.summary().count == 0:
		fmt.Fprintf(progress, "bench: there are no ratios to draw: %s is not written\n", o.plot)
	default:
		if err := r.plot(o.plot); err != nil {
			return nil, fmt.Errorf("%s: %w", o.plot, err)
		}
	}
	return r, nil
}

// measureAll runs the programs that only matches and prints a row of each.
func measureAll(ctx context.Context, o options, only *regexp.Regexp, t *table, progress io.Writer) (*report, error) {
	dir, err := os.MkdirTemp("", "krait-bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	b, err := prepare(o, dir, only)
	if err != nil {
		return nil, err
	}
	if isTerminal(progress) {
		b.progress = progress
	}
	r := &report{Time: time.Now().UTC().Truncate(time.Second), Machine: thisMachine(), Python: b.release, Subject: b.name, Rounds: o.rounds}
	for _, p := range b.programs {
		e, err := b.compare(ctx, p.name, o.rounds, p.file)
		if err != nil {
			return nil, err
		}
		t.row(&e)
		r.Programs = append(r.Programs, e)
	}
	if only.MatchString(startup) {
		// It is short, and noise is large beside it.
		e, err := b.compare(ctx, startup, max(o.rounds*4, 10), "-I", "-c", "pass")
		if err != nil {
			return nil, err
		}
		r.Startup = &e
	}
	return r, nil
}

// startup is the name of the program that does nothing.
const startup = "startup"

// bench has both sides and the programs.
type bench struct {
	cpython  side
	krait    *side  // nil if it cannot run programs
	name     string // of krait, for the report; "" if it is nil
	release  string // of CPython
	programs []program
	timeout  time.Duration
	progress io.Writer // a terminal, or nil
}

// prepare finds CPython, builds krait and unpacks the programs into dir.
func prepare(o options, dir string, only *regexp.Regexp) (*bench, error) {
	b := &bench{timeout: o.timeout}
	// A file's directory comes first on sys.path: programs need one of their own.
	source := filepath.Join(dir, "programs")
	if err := os.Mkdir(source, 0o755); err != nil {
		return nil, err
	}
	var err error
	if b.programs, err = unpack(source, only); err != nil && !only.MatchString(startup) {
		return nil, err
	}
	env := append(os.Environ(), "PYTHONHASHSEED=0", "PYTHONNOUSERSITE=1")
	b.cpython = side{command: []string{o.python}, env: env, scratch: dir}
	if o.python == "" {
		in, err := oracle.Find(pyver.Py314)
		if err != nil {
			return nil, err
		}
		b.cpython.command[0] = in.Path
	}
	out, how, err := b.cpython.run(o.timeout, "-c", "import platform; print(platform.python_version())")
	if err != nil {
		return nil, err
	}
	if how.Failure != "" {
		return nil, fmt.Errorf("%s: %s", b.cpython.command[0], how.Failure)
	}
	b.release = strings.TrimSpace(out)

	command, name, err := krait(o, dir)
	if err != nil {
		return nil, err
	}
	s := &side{command: command, env: env, scratch: dir}
	_, how, err = s.run(o.timeout, "-c", "pass")
	if err != nil {
		return nil, err
	}
	// A krait that has the command and fails is worth a table that says so.
	if !strings.Contains(how.Failure, "Run 'krait --help'") {
		b.krait, b.name = s, name
	}
	return b, nil
}

// krait returns the command that is measured against CPython, and its name: that of the
// command line, or one that it builds in dir.
func krait(o options, dir string) ([]string, string, error) {
	command := strings.Fields(o.subject)
	if len(command) == 0 {
		exe, err := subject.Build(dir)
		return []string{exe, "run"}, "krait run", err
	}
	path, err := exec.LookPath(command[0])
	if err != nil {
		return nil, "", err
	}
	// Programs are run in a directory of their own.
	if path, err = filepath.Abs(path); err != nil {
		return nil, "", err
	}
	name := strings.Join(append([]string{filepath.Base(path)}, command[1:]...), " ")
	return append([]string{path}, command[1:]...), name, nil
}

// compare runs both sides in turns, so that what else happens on the machine
// happens to both.
func (b *bench) compare(ctx context.Context, name string, rounds int, args ...string) (entry, error) {
	e := entry{Name: name}
	var krait usage
	for round := range max(rounds, 1) {
		b.say("%s, round %d of %d", name, round+1, rounds)
		want, how, err := b.cpython.run(b.timeout, args...)
		if err := errors.Join(err, ctx.Err()); err != nil {
			return e, err
		}
		if how.Failure != "" {
			return e, fmt.Errorf("%s on CPython: %s", name, how.Failure)
		}
		e.CPython.least(how.usage)
		if b.krait == nil || e.Failure != "" {
			continue
		}
		got, how, err := b.krait.run(b.timeout, args...)
		if err := errors.Join(err, ctx.Err()); err != nil {
			return e, err
		}
		switch {
		case how.Failure != "":
			e.Failure = how.Failure
		case got != want:
			e.Failure = fmt.Sprintf("printed %q, not %q", got, want)
		}
		krait.least(how.usage)
	}
	if b.krait != nil && e.Failure == "" {
		e.Krait = &krait
	}
	b.say("")
	return e, nil
}

// say shows what is being done on a terminal, in a line that the next one replaces.
func (b *bench) say(format string, args ...any) {
	if b.progress != nil {
		fmt.Fprintf(b.progress, "\r\x1b[K"+format, args...)
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// coloured reports whether the table is to be in colours (see https://no-color.org).
func coloured(w io.Writer) bool {
	return isTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
