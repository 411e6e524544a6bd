package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/krait-py/krait/internal/atomicfile"
	"github.com/krait-py/krait/normalise"
)

// normaliseFlags are the flags of krait normalise.
type normaliseFlags struct {
	out     string
	inPlace bool
	check   bool
	header  choice
}

func newNormalise(env *Env) *cobra.Command {
	o := newOptions(env)
	f := &normaliseFlags{header: choice{"keep", []string{"keep", "unchecked-hash", "zero"}}}
	cmd := &cobra.Command{
		Use:     "normalise [flags] FILE...",
		Aliases: []string{"normalize"},
		Short:   "bring .pyc files into their normal form, for reproducible builds",
		Long: `Bring .pyc files into a normal form: of all the files that mean the same to
Python, one. Files that differ in reference flags, in which equal constants are
shared, or in the order of frozensets become equal. Python loads the same code
from the result. Nothing is executed.

  - Equal values that cannot change are shared, in their shortest form; what is
    met again, the code object at the top, interned strings (3.11 and later) and
    members of sets (not in 3.9 and 3.10) have the reference flag.
  - Members of sets are sorted as 3.11 and later sort them.
  - What follows the code object, which Python ignores, is dropped.

The bytecode, its tables, and the order of constants and names stay as they are.
The header stays, too, unless --header says otherwise: unchecked-hash makes
Python never compare the file with its source; zero sets all behind the magic
number to zero.

Files are replaced at once, and only if they change.`,
		Example: `  $ krait normalise module.pyc -o normal.pyc
  $ krait normalise -i --header unchecked-hash build/lib
  $ krait normalise --check dist.whl && echo reproducible`,
		Args:              needInput,
		ValidArgsFunction: completeInputs,
		RunE: func(cmd *cobra.Command, args []string) error {
			modes := 0
			for _, set := range []bool{f.out != "", f.inPlace, f.check} {
				if set {
					modes++
				}
			}
			switch {
			case modes == 0:
				return usagef(cmd.CommandPath(), "where to? give -o OUT, -i to replace the files, or --check")
			case modes > 1:
				return usagef(cmd.CommandPath(), "--output, --in-place and --check exclude each other")
			case f.out != "" && len(args) > 1:
				return usagef(cmd.CommandPath(), "--output goes with one FILE, not with %d", len(args))
			case f.out == "-" && isTerminal(env.Stdout):
				return usagef(cmd.CommandPath(), "standard output is a terminal; a .pyc is no text")
			}
			return forEach(o, args, "", func(r *runner, in *input, data []byte) error {
				return r.normalise(in, data, f)
			})
		},
	}
	cmd.Flags().StringVarP(&f.out, "output", "o", "", "write the result to `OUT`, - for standard output")
	cmd.Flags().BoolVarP(&f.inPlace, "in-place", "i", false, "replace the files")
	cmd.Flags().BoolVar(&f.check, "check", false, "write nothing, and fail if a file is not in normal form")
	cmd.Flags().Var(&f.header, "header", "what becomes of the header, `KIND`: keep, unchecked-hash or zero")
	complete(cmd, "header", f.header.words...)
	o.addInput(cmd)
	return cmd
}

// normalise brings one file into normal form, or checks whether it is.
func (r *runner) normalise(in *input, data []byte, f *normaliseFlags) error {
	switch {
	case f.out != "" && !r.single:
		return errors.New("this holds more than one file, and --output takes one")
	case f.inPlace && in.path == "":
		return hintf(errors.New("only files can be replaced, not standard input or members of archives"), "unpack it, or use --output")
	}
	file, err := r.opts.read(data)
	if err != nil {
		return err
	}
	if file.Header == nil {
		return errors.New("no header: the file begins with a code object")
	}
	how := map[string]normalise.Header{
		"keep": normalise.KeepHeader, "unchecked-hash": normalise.UncheckedHash, "zero": normalise.ZeroHeader,
	}[f.header.value]
	normal, err := normalise.File(file, normalise.Options{Header: how})
	if err != nil {
		return err
	}
	result, err := normal.Bytes()
	if err != nil {
		return err
	}
	switch same := string(result) == string(data); {
	case f.out == "-":
		_, err := r.out.Write(result)
		return err
	case f.out != "":
		return atomicfile.Write(f.out, result)
	case same:
		return nil
	case f.check:
		return fmt.Errorf("not in normal form: %d bytes, where the normal form has %d", len(data), len(result))
	}
	return atomicfile.Write(in.path, result)
}
