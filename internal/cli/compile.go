package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/krait-py/krait/compile"
	"github.com/krait-py/krait/internal/atomicfile"
	"github.com/krait-py/krait/internal/compileall"
	"github.com/krait-py/krait/marshal"
	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/pyc"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
)

// compileRun is one run of krait compile.
type compileRun struct {
	o            *options
	cmd          *cobra.Command
	out          string
	optimize     int
	mode         choice
	invalidation choice
	filename     string
	python       string
	dump         []string

	pycMode  compileall.Mode
	compiler compile.Compiler
	writer   marshal.Fresh
}

func newCompile(env *Env) *cobra.Command {
	c := &compileRun{
		o:            newOptions(env),
		mode:         choice{"exec", []string{"exec", "eval", "single"}},
		invalidation: choice{"", compileall.Modes},
	}
	cmd := &cobra.Command{
		Use:   "compile [-O|-OO] [-o OUT] [--dump STAGE,...] [flags] FILE... [FUNC]",
		Short: "compile source files to .pyc files, or show any stage of that",
		Long: `Compile Python source files to the .pyc files that python3.14 -m py_compile
writes: the same bytes in the same place, __pycache__ beside the source. - is
standard input, whose .pyc goes to standard output.

Errors and warnings are shown as by krait check, on standard error; the exit
status is 1 if a file did not compile. The others are written all the same.

With --dump nothing is written; what the stages of the compiler make of one FILE
is printed instead: of all of it, or of the function with the qualified name FUNC
only. --dump list lists the stages, --dump html makes one page of them that shows
each function through all stages side by side. docs/compiler.md explains them.`,
		Example: `  $ krait compile module.py
  $ krait compile -OO -o out/module.pyc module.py
  $ krait compile --dump codegen,final module.py Spam.eggs
  $ krait compile --dump flowgraph:borrowed-loads module.py
  $ krait compile --dump html -o module.html module.py`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 && !slices.Equal(c.dump, []string{"list"}) {
				return errors.New("no file given: name .py files, or - for standard input")
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return []cobra.Completion{"py", "pyw"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			c.cmd = cmd
			if err := c.check(args); err != nil {
				return err
			}
			if c.dump != nil {
				return c.show(args)
			}
			return c.all(args)
		},
	}
	f := cmd.Flags()
	f.StringVarP(&c.out, "output", "o", "", "write the result to `OUT`, - for standard output")
	f.CountVarP(&c.optimize, "optimize", "O", "drop assertions; twice: docstrings, too")
	f.Var(&c.invalidation, "invalidation-mode", "how the .pyc gets stale, `MODE` timestamp, checked-hash or unchecked-hash;\ndefaults to checked-hash if SOURCE_DATE_EPOCH is set, else timestamp\n(of standard input: unchecked-hash)")
	f.Var(&c.mode, "mode", "what the source is: `MODE` exec, eval or single")
	f.StringVar(&c.filename, "filename", "", "the file `NAME` that the code carries, instead of FILE")
	f.StringVar(&c.python, "python", "3.14", "compile for Python `VERSION`; 3.14 is the only one for now")
	f.StringSliceVar(&c.dump, "dump", nil, "print what `STAGE`s make (--dump list lists them) instead of writing files")
	f.Var(&c.o.maxSize, "max-size", "refuse files of more than `SIZE` bytes")
	c.o.addFormat(cmd)
	f.Lookup("format").Usage = "with --dump, print `FORMAT`: text or json (see docs/json.md)"
	complete(cmd, "mode", c.mode.words...)
	complete(cmd, "invalidation-mode", c.invalidation.words...)
	complete(cmd, "dump", append(stageWords(), "list", "html")...)
	return cmd
}

// check makes options of the flags and looks whether they go together.
func (c *compileRun) check(args []string) error {
	usage := func(format string, args ...any) error { return usagef(c.cmd.CommandPath(), format, args...) }
	if err := compileTarget(c.cmd, c.python); err != nil {
		return err
	}
	switch {
	case c.optimize > 2:
		return usage("-O: there are two levels, -O and -OO")
	case c.dump == nil && c.out != "" && len(args) > 1:
		return usage("--output goes with one FILE, not with %d", len(args))
	case c.dump == nil && c.filename != "" && len(args) > 1:
		return usage("--filename goes with one FILE, not with %d", len(args))
	case c.dump == nil && c.o.json():
		return usage("--format goes with --dump")
	case c.dump == nil && (c.out == "-" || c.out == "" && slices.Contains(args, "-")) && isTerminal(c.o.env.Stdout):
		return usage("standard output is a terminal; a .pyc is no text")
	case c.invalidation.value == compileall.Modes[compileall.Timestamp] && slices.Contains(args, "-"):
		return usage("standard input has no timestamp: --invalidation-mode takes checked-hash or unchecked-hash for it")
	}
	switch mode := slices.Index(compileall.Modes, c.invalidation.value); {
	case mode >= 0:
		c.pycMode = compileall.Mode(mode)
	case c.o.env.getenv("SOURCE_DATE_EPOCH") != "":
		c.pycMode = compileall.CheckedHash
	}
	return nil
}

// options are those of the compiler for a file.
func (c *compileRun) options(name string) compile.Options {
	o := compile.Options{Filename: name, Optimize: c.optimize}
	if c.filename != "" {
		o.Filename = c.filename
	}
	switch c.mode.value {
	case "eval":
		o.Mode = parser.Eval
	case "single":
		o.Mode = parser.Single
	}
	return o
}

// all compiles the files one by one.
func (c *compileRun) all(args []string) error {
	failed := false
	for _, arg := range args {
		err := c.one(arg)
		switch {
		case isPipeClosed(err):
			return err
		case err != nil:
			failed = true
			if !errors.Is(err, errFailed) {
				report(c.o.env.Stderr, inputName(arg), err)
			}
		}
	}
	if failed {
		return errFailed
	}
	return nil
}

// read returns what is in a file. The FileInfo of standard input is nil.
func (c *compileRun) read(arg string) ([]byte, fs.FileInfo, error) {
	if arg == "-" {
		data, err := readLimited(c.o.env.Stdin, int64(c.o.maxSize))
		return data, nil, err
	}
	st, err := os.Stat(arg)
	if err != nil {
		return nil, nil, err
	}
	if st.IsDir() {
		return nil, nil, hintf(errors.New("this is a directory"), "to compile all below it: krait compileall %s", shellQuote(arg))
	}
	data, err := readFile(arg, int64(c.o.maxSize))
	if err == nil && isCompiled(data) {
		err = hintf(errors.New("this is a compiled file already"), "to read it: krait dis %s", shellQuote(arg))
	}
	return data, st, err
}

// one compiles one file. What is wrong with its text it reports itself.
func (c *compileRun) one(arg string) error {
	data, st, err := c.read(arg)
	if err != nil {
		return err
	}
	o, found := c.compiler.Source(data, c.options(inputName(arg)))
	if err := c.print(found, data); err != nil {
		return err
	}
	if o == nil {
		return errFailed
	}
	var out []byte
	if st == nil {
		out = c.headerOfInput(data)
	} else {
		out = compileall.AppendHeader(nil, data, st, c.pycMode)
	}
	if out, err = c.writer.Append(out, o); err != nil {
		return err
	}
	target := c.out
	switch {
	case target == "" && st == nil:
		target = "-"
	case target == "":
		target = compileall.CachePath(arg, c.optimize, c.o.env.getenv("PYTHONPYCACHEPREFIX"))
	}
	switch {
	case target == "-":
		_, err = c.o.env.Stdout.Write(out)
		return err
	case target == arg:
		return hintf(errors.New("the result would replace the source"), "say where it goes: krait compile %s -o OUT.pyc", shellQuote(arg))
	case st == nil:
		err = atomicfile.Write(target, out)
	default:
		err = compileall.WritePyc(target, out, st)
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", target, err)
	}
	return err
}

// headerOfInput returns the header of a .pyc whose source is standard input: there
// is no file whose time could be compared.
func (c *compileRun) headerOfInput(data []byte) []byte {
	magic, _ := pyver.MagicOf(pyver.Py314)
	h := pyc.Header{
		Magic: magic.Number, Version: pyver.Py314,
		Flags: pyc.HashBased, Hash: pyc.SourceHash(pyver.Py314, data),
	}
	if c.pycMode == compileall.CheckedHash {
		h.Flags |= pyc.CheckSource
	}
	return h.Append(nil)
}

// print shows warnings and errors.
func (c *compileRun) print(found []*source.Diagnostic, data []byte) error {
	if len(found) == 0 {
		return nil
	}
	w := bufio.NewWriter(c.o.env.Stderr)
	for _, d := range found {
		if d.Severity == source.Warning {
			io.WriteString(w, warningText(d, data))
		} else {
			io.WriteString(w, errorText(d))
		}
	}
	return w.Flush()
}

// stageWords are the names of the stages.
func stageWords() []string {
	var words []string
	for _, s := range compile.Stages {
		words = append(words, string(s))
	}
	return words
}

// passWord is the name of a pass over the graph as --dump takes it, without blanks.
func passWord(name string) string { return strings.ReplaceAll(name, " ", "-") }
