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

	"github.com/krait-py/krait/internal/atomicfile"
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
	// NewCompiler makes a worker's compiler, with room for sources of up to size bytes.
	NewCompiler func(size int) Compiler
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
	dropped  bool // because the run has been stopped
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

	ctx, stop := context.WithCancel(ctx)
	defer stop()
	run := &run{o: &o, success: true}
	if workers == 1 {
		run.alone(ctx, paths)
	} else {
		run.parallel(ctx, stop, paths, workers)
	}
	if run.failure == nil {
		run.failure = ctx.Err()
	}
	return run.success && run.failure == nil, run.failure
}

// run is what a run has come to.
type run struct {
	o       *Options
	done    int // files
	success bool
	failure error // of writing output
	made    directories
}

// report counts a job that is done and prints what there is to say of it.
func (r *run) report(j *job) {
	if j.path != "" {
		r.done++
	}
	r.success = r.success && j.ok
	r.failure = r.o.print(j)
}

func (r *run) newWorker(c *compilers, desk int, alone bool) *fileCompiler {
	return &fileCompiler{
		o: r.o, alone: alone, compilers: c, desk: desk, made: &r.made, replacer: atomicfile.NewReplacer(alone),
		src: make([]byte, 0, usualSource), buf: make([]byte, 0, 2*usualSource),
	}
}

// usualSource is what hardly any source is larger than: there is room for as much from the start.
const usualSource = 1 << 18

// compilers has a desk for each compiler that may work at once, where it lies while nobody uses it. Who works at a desk
// takes no other compiler: its memory is in the caches of the processor that it was used on last. To hand compilers to
// whoever came first took two workers 1.5 % more time.
type compilers struct {
	make  func(size int) Compiler
	desks []chan Compiler
	large sync.Mutex // locked while a large source is compiled
}

// largeSource is the size from which a file is compiled while no other one is, and
// scratch memory is not kept: files need up to 200 times as much. Below that, memory that
// is kept is worth more than what it takes, since new memory has to be made by the kernel
// page by page.
const largeSource = 1 << 19

// newCompilers returns as many compilers as may work at once.
func (r *run) newCompilers(n int) *compilers {
	c := &compilers{make: r.o.NewCompiler, desks: make([]chan Compiler, n)}
	for i := range c.desks {
		c.desks[i] = make(chan Compiler, 1)
		c.desks[i] <- c.make(usualSource)
	}
	return c
}

// take waits for the compiler of a desk for a source of the size given.
func (c *compilers) take(desk, size int) Compiler {
	if size < largeSource {
		return <-c.desks[desk]
	}
	c.large.Lock()
	for i := range c.desks {
		if i != desk {
			<-c.desks[i]
		}
	}
	return <-c.desks[desk]
}

// put gives a compiler back that was taken for a source of that size.
func (c *compilers) put(desk int, one Compiler, size int) {
	if size < largeSource {
		c.desks[desk] <- one
		return
	}
	for _, d := range c.desks {
		// Memory that was used before has to be cleared, however little of it will be used again: from here on
		// room that is not needed has its price.
		d <- c.make(0)
	}
	c.large.Unlock()
}

// alone does everything in turn: with one worker, handing files from one goroutine to
// another would cost more than reading and writing them.
func (r *run) alone(ctx context.Context, paths []string) {
	f := r.newWorker(r.newCompilers(1), 0, true)
	w := &walker{o: r.o, emit: func(j *job) bool {
		j.ok = true
		if j.path != "" {
			if r.o.Step != nil {
				r.o.Step(r.done, r.done+1, j.path)
			}
			j.ok = f.compile(j)
		}
		r.report(j)
		return r.failure == nil && ctx.Err() == nil
	}}
	w.all(paths)
}

// queued is how many jobs may wait: most trees have fewer files.
const queued = 4096

// parallel has one goroutine find files, workers compile them, and reports them in
// the order in which they were found.
func (r *run) parallel(ctx context.Context, stop context.CancelFunc, paths []string, workers int) {
	// Jobs wait in two queues: one for whichever worker is free, one in order. The
	// second bounds how many finished ones wait to be reported. Where a queue is full,
	// each job that is taken wakes whoever finds the next one.
	todo := make(chan *job, queued)
	ordered := make(chan *job, queued)
	var found atomic.Int64
	send := func(to chan<- *job, j *job) bool {
		select {
		case to <- j:
			return true
		case <-ctx.Done():
			return false
		}
	}
	go func() {
		defer close(ordered)
		defer close(todo)
		w := &walker{o: r.o, emit: func(j *job) bool {
			j.done = make(chan struct{})
			if j.path == "" {
				j.ok = true
				close(j.done)
				return send(ordered, j)
			}
			found.Add(1)
			return send(todo, j) && send(ordered, j)
		}}
		w.all(paths)
	}()
	var wg sync.WaitGroup
	// Two goroutines for each compiler: while files are written, which has to wait
	// for the disk and for directories, others are compiled.
	compilers := r.newCompilers(workers)
	files := make([]*fileCompiler, 2*workers)
	for i := range files {
		files[i] = r.newWorker(compilers, i/2, false)
	}
	for _, f := range files {
		wg.Go(func() {
			for j := range todo {
				if j.dropped = ctx.Err() != nil; !j.dropped {
					j.ok = f.compile(j)
				}
				close(j.done)
			}
		})
	}
	for j := range ordered {
		if r.failure != nil {
			continue
		}
		if j.path != "" && r.o.Step != nil {
			r.o.Step(r.done, int(found.Load()), j.path)
		}
		if <-j.done; j.dropped {
			continue
		}
		if r.report(j); r.failure != nil {
			stop()
		}
	}
	wg.Wait()
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
