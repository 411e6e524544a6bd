package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/dlclark/regexp2"
	"github.com/spf13/cobra"

	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/internal/atomicfile"
	"github.com/krait-py/krait/internal/compileall"
	"github.com/krait-py/krait/internal/processors"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
)

// compileallFlags are the flags of krait compileall, those of Python's compileall.
type compileallFlags struct {
	noRecurse bool
	levels    int
	quiet     int
	destDir   string
	stripDir  string
	prepend   string
	skip      string
	list      string
	optimize  []int
	mode      choice
	python    string
	run       compileall.Options
}

func newCompileall(env *Env) *cobra.Command {
	f := &compileallFlags{mode: choice{"", compileall.Modes}}
	cmd := &cobra.Command{
		Use:   "compileall [flags] FILE|DIR...",
		Short: "compile source trees to .pyc files, as python -m compileall",
		Long: `Compile source files, and all source files in directories, to the .pyc files that
CPython 3.14 would write: the same bytes, without Python. Options mean what they
mean to python -m compileall. Beside that:

Files are compiled by as many workers as there are processors; what is written
and printed does not depend on their number. A .pyc is written whole or not at
all, also when krait is interrupted. -x takes Python's regular expressions.
Without arguments Python compiles what is on sys.path; krait has none and asks
for the names.

The exit status is 0 when all files compiled, 1 when some did not.`,
		Example: `  $ krait compileall -q src
  $ krait compileall --invalidation-mode unchecked-hash -o 0 -o 2 -s build/root build/root/usr/lib
  $ find . -name '*.py' -newer stamp | krait compileall -i -`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && f.list == "" {
				return errors.New("nothing to compile: name files or directories, or a list of them with -i")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return f.compile(env, cmd, args) },
	}
	fl := cmd.Flags()
	fl.BoolVarP(&f.noRecurse, "no-recursion", "l", false, "don't recurse into subdirectories")
	fl.IntVarP(&f.levels, "recursion", "r", 0, "recurse `N` levels deep; takes precedence over -l")
	fl.BoolVarP(&f.run.Force, "force", "f", false, "compile even if timestamps are up to date")
	fl.CountVarP(&f.quiet, "quiet", "q", "print errors only; twice: nothing")
	fl.BoolVarP(&f.run.Legacy, "legacy", "b", false, "write .pyc files beside the sources")
	fl.StringVarP(&f.destDir, "dest-dir", "d", "", "prepend `DIR` to the file names that tracebacks show")
	fl.StringVarP(&f.stripDir, "strip-dir", "s", "", "strip `DIR` from the left of those file names")
	fl.StringVarP(&f.prepend, "prepend-dir", "p", "", "prepend `DIR` to those file names, after -s")
	fl.StringVarP(&f.skip, "exclude", "x", "", "skip files whose path the regular expression `REGEXP` matches")
	fl.StringVarP(&f.list, "input-list", "i", "", "also compile the files and directories listed in `FILE`; - is standard input")
	fl.IntVarP(&f.run.Workers, "workers", "j", 0, "compile with `N` workers; 0 is one for each processor")
	fl.IntSliceVarP(&f.optimize, "optimize", "o", nil, "compile for optimization level `N`; give it several times for several levels")
	fl.StringVarP(&f.run.LimitLinks, "limit-symlinks", "e", "", "ignore symbolic links that lead out of `DIR`")
	fl.BoolVar(&f.run.HardlinkDupes, "hardlink-dupes", false, "make equal .pyc files of a source hard links")
	fl.Var(&f.mode, "invalidation-mode", "how .pyc files get stale: timestamp, checked-hash or unchecked-hash;\ndefaults to checked-hash if SOURCE_DATE_EPOCH is set, else timestamp")
	fl.StringVar(&f.python, "python", "3.14", "compile for Python `VERSION`; 3.14 is the only one for now")
	return cmd
}

func (f *compileallFlags) compile(env *Env, cmd *cobra.Command, args []string) error {
	o := &f.run
	changed := cmd.Flags().Changed
	usage := func(format string, args ...any) error { return usagef(cmd.CommandPath(), format, args...) }
	if err := compileTarget(cmd, f.python); err != nil {
		return err
	}
	o.Quiet = f.quiet
	switch {
	case changed("recursion"):
		o.MaxLevels, o.HasMaxLevels = f.levels, true
	case f.noRecurse:
		o.HasMaxLevels = true
	}
	o.DestDir, o.HasDestDir = f.destDir, changed("dest-dir")
	o.StripDir, o.HasStripDir = f.stripDir, changed("strip-dir")
	o.PrependDir, o.HasPrependDir = f.prepend, changed("prepend-dir")
	o.Levels = f.optimize
	levels := slices.Compact(slices.Sorted(slices.Values(f.optimize)))
	switch {
	case o.HasDestDir && (o.HasStripDir || o.HasPrependDir):
		return usage("-d cannot be used in combination with -s or -p")
	case o.HardlinkDupes && len(levels) < 2:
		return usage("hard links of equal files make sense only for more than one optimization level (-o)")
	case o.Workers < 0:
		return usage("-j: the number of workers must not be negative")
	case len(levels) > 0 && (levels[0] < -1 || levels[len(levels)-1] > 2):
		return usage("-o: there are the levels 0, 1 and 2, and -1 for the default, which is 0")
	}
	if f.skip != "" {
		re, err := regexp2.Compile(f.skip, regexp2.RE2)
		if err != nil {
			return usage("-x: %v", err)
		}
		o.Skip = func(path string) bool {
			match, err := re.MatchString(path)
			return err == nil && match
		}
	}
	switch mode := slices.Index(compileall.Modes, f.mode.value); {
	case mode >= 0:
		o.Mode = compileall.Mode(mode)
	case env.getenv("SOURCE_DATE_EPOCH") != "":
		o.Mode = compileall.CheckedHash
	}
	if f.list != "" {
		listed, err := readList(env, f.list)
		if err != nil {
			return err
		}
		args = append(slices.Clip(args), listed...)
	}
	o.CachePrefix = env.getenv("PYTHONPYCACHEPREFIX")
	o.Stdout, o.Stderr = env.Stdout, env.Stderr
	o.NewCompiler = newPycCompiler
	o.Explain, o.Warn = pyCompileError, warningText
	if bar := newProgress(env, 2); bar != nil {
		o.Step = func(done, found int, path string) {
			bar.total = max(found, 2)
			bar.step(done, path)
		}
		o.Clear = bar.clear
		defer bar.clear()
	}
	// A thread that is not needed costs 5 % of the CPU time: it waits for work in a loop, and
	// work that moves to it finds nothing in the caches of its processor. One worker is enough
	// for one processor of the scheduler's, but only where its system calls are not announced to
	// that: else one that takes longer than 20 us, as to make a file often does, loses the
	// processor. The scheduler's watcher wakes a thread for it, and stays awake; that was 9 % of
	// the CPU time in a file system where such calls take 100 us.
	workers := cmp.Or(o.Workers, processors.Number())
	least := 2
	if atomicfile.Unheard {
		least = 1
	}
	if !env.Ends {
		defer keepSettings()()
	}
	processors.Use(max(workers, least))
	if env.getenv("GOMEMLIMIT") == "" {
		// Files of megabytes come seldom; what they leave behind is better collected
		// than added to.
		debug.SetMemoryLimit(int64(max(workers, 2)) * workerMemory)
	}
	if env.getenv("GOGC") == "" {
		// Most of what is alive is scratch memory, looked through again and again.
		debug.SetGCPercent(gcPercent)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	if !env.Ends {
		defer stop()
	}
	ok, err := compileall.Run(ctx, args, *o)
	switch {
	case errors.Is(err, context.Canceled):
		if o.Quiet < 2 {
			io.WriteString(env.Stdout, "\n[interrupted]\n")
		}
		return errFailed
	case err != nil:
		return err
	case !ok:
		return errFailed
	}
	return nil
}

// keepSettings returns what undoes what compileall sets for the process.
func keepSettings() (undo func()) {
	procs, limit, percent := runtime.GOMAXPROCS(0), debug.SetMemoryLimit(-1), debug.SetGCPercent(-1)
	debug.SetGCPercent(percent)
	return func() {
		runtime.GOMAXPROCS(procs)
		debug.SetMemoryLimit(limit)
		debug.SetGCPercent(percent)
	}
}

// workerMemory is how much memory the collector tries to do with, for each worker of two
// or more.
const workerMemory = 100 << 20

// gcPercent is by how much the heap may grow between collections.
const gcPercent = 800

// readList returns the lines of a file, without the blanks around them.
func readList(env *Env, name string) ([]string, error) {
	r := env.Stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			why, _ := describe(err) // without the name, which messages of commands begin with
			return nil, fmt.Errorf("%s: %s", name, why)
		}
		defer f.Close()
		r = f
	}
	var names []string
	sc := bufio.NewScanner(r)
	for sc.Scan() {
		names = append(names, strings.TrimSpace(sc.Text()))
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return names, nil
}

// compileTarget refuses to compile for another version than there is a compiler for.
func compileTarget(cmd *cobra.Command, python string) error {
	if python == pyver.Py314.String() {
		return nil
	}
	if _, err := pyver.Parse(python); err != nil {
		return usagef(cmd.CommandPath(), "--python: %v", err)
	}
	return usagef(cmd.CommandPath(), "--python %s: krait compiles for Python 3.14 only, so far; it reads and assembles files of %s", python, python)
}

// pycCompiler makes the marshalled code objects of files, one after another.
type pycCompiler struct {
	compiler compile.Compiler
	writer   marshal.Fresh
}

// newPycCompiler returns a compiler with room for sources of up to size bytes.
func newPycCompiler(size int) compileall.Compiler {
	c := new(pycCompiler)
	if size > 0 {
		c.compiler.Reserve(size)
	}
	return c
}

func (c *pycCompiler) Compile(dst []byte, name string, data []byte, optimize int) ([]byte, []*source.Diagnostic, error) {
	o, diagnostics := c.compiler.Source(data, compile.Options{Filename: name, Optimize: optimize})
	if o == nil {
		last := len(diagnostics) - 1
		return dst, diagnostics[:last], diagnostics[last]
	}
	dst, err := c.writer.Append(dst, o)
	c.compiler.Recycle()
	return dst, diagnostics, err
}

// pyCompileError returns an error as py_compile words it.
func pyCompileError(d *source.Diagnostic) string {
	if d.Type == "SyntaxError" {
		return errorText(d)
	}
	s := "Sorry: " + d.Type + ": " + visible(d.Message)
	if d.Type == "IndentationError" || d.Type == "TabError" { // str() of these has the place
		s += fmt.Sprintf(" (%s, line %d)", visible(filepath.Base(d.Filename)), d.Line)
	}
	return s
}
