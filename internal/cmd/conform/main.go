// Command conform compares krait with real interpreters over trees of Python
// sources: each source is compiled by the interpreter of each version, and
// what krait makes of the .pyc is compared with what the interpreter makes of it.
//
//	go run ./internal/cmd/conform [flags] TREE...
//	go run ./internal/cmd/conform -stdlib -python 3.14 -kinds all
//	go run ./internal/cmd/conform -stdlib -python 3.14 -kinds source
//	go run ./internal/cmd/conform -update        # write testdata/golden anew
//	go run ./internal/cmd/conform -install-315   # npm install pyodide
//	go run ./internal/cmd/conform -bench         # compare speed with 3.14
//	go run ./internal/cmd/conform -bench-compile DIR
//
// The kinds source (compile, compile-O, compile-OO, ast, tokens) compare what krait
// makes of the sources themselves: whole .pyc files with those that compileall
// writes in a copy of the tree, syntax trees, tokens, and the errors of files that
// are refused.
//
// A TREE is a directory, a .py file or a .pyc file. The exit status is 1 if
// any file differs. What interpreters answer is kept in the user's cache, so
// that a second run asks only where krait's text is not what it must be.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strings"

	"github.com/krait-py/krait/internal/conformance"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/pyver"
)

// options are the command line.
type options struct {
	versions string
	kinds    string
	levels   string
	stdlib   bool
	sample   int
	seed     uint64
	limit    int
	workers  int
	show     int
	report   string
	noCache  bool
	update   bool
	install  bool
	bench    bool
	compile  string
	pairs    int
}

func main() {
	var o options
	flag.StringVar(&o.versions, "python", "", "versions to compare, separated by commas (all that are found)")
	flag.StringVar(&o.kinds, "kinds", "roundtrip,rewrite,dis,show", "`kinds` of comparison: roundtrip, rewrite, asm, stacksize, show, lines, positions, dis, dis-C, dis-COPS, all, every; of sources (3.14): ast, tokens, compile, compile-O, compile-OO, source")
	flag.StringVar(&o.levels, "levels", "0", "optimization levels to compile at, separated by commas")
	flag.BoolVar(&o.stdlib, "stdlib", false, "compare each version's own standard library")
	flag.IntVar(&o.sample, "sample", 0, "compare only this many files of each tree, chosen at random")
	flag.Uint64Var(&o.seed, "seed", 1, "what -sample's choice depends on")
	flag.IntVar(&o.limit, "limit", 0, "compare only the first files of each tree, this many")
	flag.IntVar(&o.workers, "workers", runtime.NumCPU(), "how many interpreters run at once")
	flag.IntVar(&o.show, "show", 3, "print so many differences for each kind and version")
	flag.StringVar(&o.report, "report", "", "write all differences to this JSON `file`")
	flag.BoolVar(&o.noCache, "no-cache", false, "keep nothing in the user's cache and use nothing of it")
	flag.BoolVar(&o.update, "update", false, "write the goldens of the repository anew")
	flag.BoolVar(&o.install, "install-315", false, "install CPython 3.15 (npm's pyodide) into the user's cache")
	flag.BoolVar(&o.bench, "bench", false, "compare the speed of krait dis and marshal with 3.14's")
	flag.StringVar(&o.compile, "bench-compile", "", "compare the time and memory of krait compileall with 3.14's over this `directory`")
	flag.IntVar(&o.pairs, "pairs", 5, "how many times -bench-compile runs each")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ok, err := run(ctx, o, flag.Args(), os.Stdout)
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "conform:", err)
		os.Exit(2)
	case !ok:
		os.Exit(1)
	}
}

// run does what the command line says and reports whether nothing differs.
func run(ctx context.Context, o options, trees []string, w io.Writer) (bool, error) {
	switch {
	case o.install:
		return true, oracle.InstallPyodide(w)
	case o.bench:
		return true, bench(ctx, w)
	case o.compile != "":
		return true, benchCompile(ctx, o.compile, max(o.pairs, 1), w)
	}
	interpreters, err := choose(o.versions)
	if err != nil {
		return false, err
	}
	if o.update {
		return true, updateGoldens(ctx, interpreters, w)
	}
	if len(trees) == 0 && !o.stdlib {
		return false, errors.New("nothing to compare: name a tree of sources, or -stdlib")
	}
	r := &runner{options: o, out: w, progress: newProgress()}
	if !o.noCache {
		r.cache = newCache()
	}
	for level := range strings.SplitSeq(o.levels, ",") {
		i := slices.Index([]string{"0", "1", "2"}, level)
		if i < 0 {
			return false, fmt.Errorf("-levels: no level %q", level)
		}
		r.levels = append(r.levels, i)
	}
	for _, in := range interpreters {
		kinds, err := conformance.ParseKinds(o.kinds, in.Version)
		if err != nil {
			return false, err
		}
		files, err := r.list(in, trees)
		if err != nil {
			return false, err
		}
		var ofPYC, ofSource []conformance.Kind
		for _, k := range kinds {
			if k.Source() {
				ofSource = append(ofSource, k)
			} else {
				ofPYC = append(ofPYC, k)
			}
		}
		if len(ofPYC) > 0 {
			if err := r.compare(ctx, in, ofPYC, files); err != nil {
				return false, err
			}
		}
		if len(ofSource) > 0 {
			if err := r.compareSources(ctx, in, ofSource, files); err != nil {
				return false, err
			}
		}
	}
	return r.finish()
}

// choose returns the interpreters of the versions listed, which must be
// there, or all that are.
func choose(versions string) ([]*oracle.Interpreter, error) {
	if versions == "" {
		all := oracle.All()
		if len(all) == 0 {
			return nil, oracle.ErrNotFound
		}
		return all, nil
	}
	var chosen []*oracle.Interpreter
	for name := range strings.SplitSeq(versions, ",") {
		v, err := pyver.Parse(name)
		if err != nil {
			return nil, err
		}
		in, err := oracle.Find(v)
		if err != nil {
			return nil, err
		}
		chosen = append(chosen, in)
	}
	return chosen, nil
}
