package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/krait-py/krait/asm"
	"github.com/krait-py/krait/internal/atomicfile"
	"github.com/krait-py/krait/pyver"
)

// asmFlags are the flags of krait asm.
type asmFlags struct {
	out   string
	check bool
	exact bool
}

func newAsm(env *Env) *cobra.Command {
	o := newOptions(env)
	f := &asmFlags{}
	cmd := &cobra.Command{
		Use:   "asm [flags] FILE.pyasm...",
		Short: "assemble text into .pyc files",
		Long: `Assemble bytecode written as text (see docs/asm.md) into .pyc files. What
krait dis --format asm prints can be changed and assembled again.

A FILE is a text, or - for standard input. The result of NAME.pyasm is NAME.pyc
beside it, that of standard input goes to standard output; --output says
otherwise. A file is replaced at once, and only if there is nothing wrong with
the text. Of NAME.py, which is Python source, the .pyc is what krait compile makes.`,
		Example: `  $ krait asm hello.pyasm && python3.14 hello.pyc
  $ krait asm hello.pyasm -o out/hello.pyc
  $ krait asm --check *.pyasm
  $ krait dis --format asm --exact m.pyc | krait asm --exact - | cmp - m.pyc`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("no file given: name .pyasm files, or - for standard input")
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return []cobra.Completion{"pyasm"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case f.check && f.out != "":
				return usagef(cmd.CommandPath(), "--check and --output exclude each other: --check writes nothing")
			case f.out != "" && len(args) > 1:
				return usagef(cmd.CommandPath(), "--output goes with one FILE, not with %d", len(args))
			case !f.check && (f.out == "-" || f.out == "" && args[0] == "-") && isTerminal(env.Stdout):
				return usagef(cmd.CommandPath(), "standard output is a terminal; a .pyc is no text")
			}
			return f.run(o, args)
		},
	}
	cmd.Flags().StringVarP(&f.out, "output", "o", "", "write the result to `OUT`, - for standard output")
	cmd.Flags().BoolVar(&f.check, "check", false, "write nothing, and fail if something is wrong")
	cmd.Flags().BoolVar(&f.exact, "exact", false, "fail if forms lines do not fit, rather than pass over them")
	o.addPython(cmd, "assemble for Python `VERSION`, whatever the text says")
	cmd.Flags().Var(&o.maxSize, "max-size", "refuse texts of more than `SIZE` bytes")
	return cmd
}

// run assembles the texts one by one.
func (f *asmFlags) run(o *options, args []string) error {
	failed := false
	for _, arg := range args {
		err := f.one(o, arg)
		switch {
		case isPipeClosed(err):
			return err
		case err != nil:
			failed = true
			f.report(o.env.Stderr, arg, err)
		}
	}
	if failed {
		return errFailed
	}
	return nil
}

// report writes what is wrong with a text: each place with its line and a
// caret, as compilers do.
func (f *asmFlags) report(w io.Writer, arg string, err error) {
	diags, ok := errors.AsType[asm.Diagnostics](err)
	if !ok {
		report(w, inputName(arg), err)
		return
	}
	for _, d := range diags {
		shown := *d
		shown.File, shown.Found, shown.Wanted = visible(d.File), visible(d.Found), visible(d.Wanted)
		io.WriteString(w, shown.Text()+"\n")
	}
}

// inputName is how messages call an argument.
func inputName(arg string) string {
	if arg == "-" {
		return "<stdin>"
	}
	return arg
}

// one assembles one text.
func (f *asmFlags) one(o *options, arg string) error {
	var src []byte
	var err error
	if arg == "-" {
		src, err = readLimited(o.env.Stdin, int64(o.maxSize))
	} else {
		src, err = readFile(arg, int64(o.maxSize))
	}
	if err != nil {
		return err
	}
	if isCompiled(src) {
		return hintf(errors.New("this is a compiled file already"), "to read it: krait dis --format asm %s", shellQuote(arg))
	}
	data, err := f.assemble(o, arg, src)
	if err != nil || f.check {
		return err
	}
	switch out := f.output(arg); out {
	case "-":
		_, err = o.env.Stdout.Write(data)
	case arg:
		return hintf(fmt.Errorf("the result would replace the text"), "say where it goes: krait asm %s -o OUT.pyc", shellQuote(arg))
	default:
		if err = atomicfile.Write(out, data); err != nil {
			err = fmt.Errorf("%s: %w", out, err)
		}
	}
	return err
}

// assemble returns the .pyc of a text or a source.
func (f *asmFlags) assemble(o *options, arg string, src []byte) ([]byte, error) {
	if filepath.Ext(arg) == ".py" {
		if v := pyver.Version(o.python); v != 0 && v != pyver.Py314 {
			return nil, fmt.Errorf("--python %s: krait compiles for Python 3.14 only, so far", v)
		}
		st, err := os.Stat(arg)
		if err != nil {
			return nil, err
		}
		return compiledSource(arg, src, st.ModTime(), 0)
	}
	file, diags := asm.Parse(inputName(arg), src, asm.Options{Exact: f.exact, Version: pyver.Version(o.python)})
	if len(diags) > 0 {
		return nil, diags
	}
	return file.Bytes()
}

// output returns where the result of a text goes.
func (f *asmFlags) output(arg string) string {
	switch {
	case f.out != "":
		return f.out
	case arg == "-":
		return "-"
	}
	return strings.TrimSuffix(arg, filepath.Ext(arg)) + ".pyc"
}

// isCompiled reports whether data is a .pyc rather than text.
func isCompiled(data []byte) bool {
	return len(data) > 4 && data[2] == '\r' && data[3] == '\n' && (data[0] >= 0x80 || data[1] < ' ' || data[1] >= 0x7f || data[4] < ' ')
}

// asmText prints the text of a file, or of the code objects that --name chose.
func (r *runner) asmText(in *input, data []byte, opts asm.Options, sel *selection) error {
	if sel.name == "" {
		f, err := r.opts.read(data)
		if err != nil {
			return err
		}
		r.begin(in)
		return asm.Print(r.out, f, opts)
	}
	_, objs, err := r.selected(data, sel)
	if err != nil {
		return err
	}
	r.begin(in)
	for i, o := range objs {
		r.nameOne(objs, i)
		if err := asm.PrintObject(r.out, o, opts); err != nil {
			return err
		}
	}
	return nil
}
