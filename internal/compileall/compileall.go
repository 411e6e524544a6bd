// Package compileall compiles trees of source files to .pyc files, with the meanings
// that the options of Python's compileall module have.
//
// Files are found in compileall's order, compiled by several workers at once, and
// reported in the order in which they were found: what is printed and written does
// not depend on the number of workers. A .pyc file is written whole or not at all.
package compileall

import (
	"bytes"
	"context"
	"io"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
)

// Mode says how a .pyc file is found to be stale (py_compile.PycInvalidationMode).
type Mode uint8

// The modes.
const (
	Timestamp Mode = iota
	CheckedHash
	UncheckedHash
)

// Modes has the names of the modes as the command line spells them.
var Modes = []string{Timestamp: "timestamp", CheckedHash: "checked-hash", UncheckedHash: "unchecked-hash"}

// A Compiler compiles one file after another; it appends the marshalled code object
// to dst. Diagnostics come with the error among them, if there is one.
type Compiler interface {
	Compile(dst []byte, name string, source []byte, optimize int) ([]byte, []*source.Diagnostic, error)
}

// Options are those of compileall's command line. The zero value compiles for
// level 0, as deep as there are directories, with a worker for each processor.
type Options struct {
	// NewCompiler makes a worker's compiler.
	NewCompiler func() Compiler
	// Explain returns what is printed for a diagnostic that is an error.
	Explain func(*source.Diagnostic) string
	// Warn returns what is printed for one that is a warning about a file with the
	// contents data.
	Warn func(d *source.Diagnostic, data []byte) string

	MaxLevels     int                    // -r, and 0 for -l, if HasMaxLevels
	HasMaxLevels  bool                   //
	Force         bool                   // -f
	Quiet         int                    // -q
	Legacy        bool                   // -b
	DestDir       string                 // -d, if HasDestDir
	HasDestDir    bool                   //
	StripDir      string                 // -s, if HasStripDir
	HasStripDir   bool                   //
	PrependDir    string                 // -p, if HasPrependDir
	HasPrependDir bool                   //
	Skip          func(path string) bool // -x; nil skips nothing
	Workers       int                    // -j; 0 is one for each processor
	Mode          Mode                   // --invalidation-mode
	Levels        []int                  // -o; empty or -1 is level 0
	LimitLinks    string                 // -e
	HardlinkDupes bool                   // --hardlink-dupes
	CachePrefix   string                 // PYTHONPYCACHEPREFIX

	Stdout, Stderr io.Writer
	// Step is called before each file with the number of files done and found so
	// far; nil for never. Clear is called before anything is printed.
	Step  func(done, found int, path string)
	Clear func()
}

// cacheTag is sys.implementation.cache_tag of the target.
const cacheTag = "cpython-314"

// target is the version that files are compiled for.
const target = pyver.Py314

// defaultMaxLevels is sys.getrecursionlimit(), which compileall takes for any depth.
const defaultMaxLevels = 1000

// job is a file to compile, or text to print between files.
type job struct {
	path   string
	root   string // the directory it was found under, if any
	notice string // printed before anything else

	out, err bytes.Buffer
	ok       bool
	done     chan struct{}
}

// Run compiles the files and directories named and reports whether all went well.
// When ctx ends it finishes the files under way and stops. The error is that of ctx
// or one of writing output.
func Run(ctx context.Context, paths []string, o Options) (bool, error) {
	levels := slices.Clone(o.Levels)
	if len(levels) == 0 {
		levels = []int{-1}
	}
	slices.Sort(levels)
	o.Levels = slices.Compact(levels)
	workers := o.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}

	// Jobs wait in two queues: one for whichever worker is free, one in order. The
	// second bounds how many finished ones wait to be reported.
	todo := make(chan *job)
	ordered := make(chan *job, 64*workers)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var found atomic.Int64
	go func() {
		defer close(ordered)
		defer close(todo)
		w := &walker{o: &o, emit: func(j *job) bool {
			j.done = make(chan struct{})
			if j.path == "" {
				j.ok = true
				close(j.done)
			} else {
				found.Add(1)
			}
			select {
			case ordered <- j:
			case <-ctx.Done():
				return false
			}
			if j.path == "" {
				return true
			}
			select {
			case todo <- j:
			case <-ctx.Done():
				return false
			}
			return true
		}}
		w.all(paths)
	}()
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			f := &fileCompiler{o: &o, compiler: o.NewCompiler(), made: map[string]bool{}}
			for j := range todo {
				j.ok = f.compile(j)
				close(j.done)
			}
		})
	}
	success, n := true, 0
	var failure error
	for j := range ordered {
		if failure != nil {
			continue
		}
		if j.path != "" && o.Step != nil {
			o.Step(n, int(found.Load()), j.path)
		}
		<-j.done
		if j.path != "" {
			n++
		}
		success = success && j.ok
		if failure = o.print(j); failure != nil {
			stop()
		}
	}
	wg.Wait()
	if failure == nil {
		failure = ctx.Err()
	}
	return success && failure == nil, failure
}

// print writes what there is to say of a job.
func (o *Options) print(j *job) error {
	if j.notice == "" && j.out.Len() == 0 && j.err.Len() == 0 {
		return nil
	}
	if o.Clear != nil {
		o.Clear()
	}
	if _, err := io.WriteString(o.Stdout, j.notice); err != nil {
		return err
	}
	if _, err := o.Stderr.Write(j.err.Bytes()); err != nil {
		return err
	}
	_, err := o.Stdout.Write(j.out.Bytes())
	return err
}
