package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/krait-py/krait/internal/library"
)

// Main runs the command line of a process, with the program's name, and returns the exit status. Called by a name of
// Python's the program is Python: krait run.
func Main(args []string, env Env) int {
	if len(args) > 0 && library.IsPython(args[0]) {
		return runPython(&env, args, 1, nil)
	}
	return Run(args[min(1, len(args)):], env)
}

// Run runs the command line args (without the program's name) and returns the
// exit status: 0 when all went well, 1 when some input failed, 2 when the
// command line is wrong.
func Run(args []string, env Env) int {
	if len(args) > 0 && args[0] == "run" {
		// Without the other commands, which take longer to set up than a small program runs.
		return runPython(&env, append([]string{"krait"}, args...), 2, nil)
	}
	root := newRoot(&env, commandsFor(args))
	root.SetArgs(args)
	err := root.Execute()
	switch {
	case err == nil, isPipeClosed(err):
		return exitOK
	case errors.Is(err, errFailed):
		return exitFailed
	case errors.Is(err, errTrouble):
		return exitTrouble
	}
	report(env.Stderr, "", err)
	if u, ok := errors.AsType[*usageError](err); ok {
		fmt.Fprintf(env.Stderr, "Run '%s --help' for usage.\n", u.command)
		return exitUsage
	}
	return exitFailed
}

// report writes an error about the named input, or about none, with its
// advice, to w.
func report(w io.Writer, name string, err error) {
	msg, hints := describe(err)
	var b strings.Builder
	b.WriteString("krait: ")
	if name != "" {
		b.WriteString(visible(name) + ": ")
	}
	b.WriteString(msg + "\n")
	for _, h := range hints {
		b.WriteString("  " + h + "\n")
	}
	io.WriteString(w, b.String())
}

// command is a subcommand: the name by which it is called, and what makes it.
type command struct {
	name string
	make func(*Env) *cobra.Command
}

// commands are the subcommands.
var commands = []command{
	{"dis", newDis},
	{"show", newShow},
	{"ast", newAST},
	{"check", newCheck},
	{"compile", newCompile},
	{"compileall", newCompileall},
	{"tokenize", newTokenize},
	{"pyc", newPyc},
	{"run", newRun},
	{"trace", newTrace},
	{"asm", newAsm},
	{"diff", newDiffCommand},
	{"normalise", newNormalise},
	{"opcodes", newOpcodes},
	{"verify", newVerify},
	{"version", newVersion},
}

// commandsFor returns the subcommands that the command line args needs: the one that its first argument names. Where that names none, it is
// help, completion or wrong, and any may be listed.
func commandsFor(args []string) []command {
	for i := range commands {
		if len(args) > 0 && commands[i].name == args[0] {
			return commands[i : i+1]
		}
	}
	return commands
}

// NewRoot returns the command line: the command krait with its subcommands.
func NewRoot(env Env) *cobra.Command { return newRoot(&env, commands) }

// newRoot returns the command krait with some of its subcommands.
func newRoot(env *Env, commands []command) *cobra.Command {
	root := &cobra.Command{
		Use:   "krait COMMAND",
		Short: "the bytecode of every CPython, without Python",
		Long: `krait runs Python 3.14 programs, and works on their bytecode: it reads, shows, writes,
checks and changes compiled Python files (.pyc) of every CPython from 2.7 to 3.15, and
compiles Python 3.14 source to the same bytes as CPython. It needs no Python, and executes
nothing but what krait run is given.`,
		Example: `  krait run program.py ARG...      run a program, as python3.14 would
  krait dis module.pyc             disassemble, as python -m dis would
  krait dis --name A.method m.pyc  one function only
  krait dis module.py              the same of source, compiled in memory
  krait dis package.whl | less     every .pyc in an archive or a directory
  krait compileall src             compile a tree, as python -m compileall would
  krait show module.pyc            names, constants and flags of the code
  krait pyc module.pyc             header, sizes, and whether it is stale
  krait opcodes LOAD_ATTR          what an instruction does
  krait opcodes --diff 3.13 3.14   what changed between versions`,
		Args:                  cobra.ArbitraryArgs,
		SilenceErrors:         true,
		SilenceUsage:          true,
		ValidArgsFunction:     cobra.NoFileCompletions,
		DisableFlagsInUseLine: true,
	}
	root.SetIn(env.Stdin)
	root.SetOut(env.Stdout)
	root.SetErr(env.Stderr)
	showVersion := root.Flags().Bool("version", false, "print the version, as krait version does")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		if name, ok := strings.CutPrefix(err.Error(), "unknown flag: --"); ok {
			err = suggest(err, "--"+name, flagNames(cmd))
		}
		return &usageError{err, cmd.CommandPath()}
	})
	root.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case *showVersion:
			return printVersion(env.Stdout, false)
		case len(args) == 0:
			return cmd.Help()
		}
		return unknownCommand(cmd, args[0])
	}
	for _, c := range commands {
		cmd := c.make(env)
		wrapArgs(cmd)
		cmd.DisableFlagsInUseLine = true
		root.AddCommand(cmd)
	}
	setHelp(root)
	if len(commands) > 1 {
		addHelpers(root)
	} else {
		root.CompletionOptions.DisableDefaultCmd = true // which is another one
	}
	return root
}

// wrapArgs makes what a command's Args function finds wrong a usage error.
func wrapArgs(cmd *cobra.Command) {
	check := cmd.Args
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return &usageError{err, cmd.CommandPath()}
		}
		return nil
	}
}

// needInput is the Args function of commands that read files.
func needInput(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return errors.New("no file given: name .pyc files, directories or archives, or - for standard input")
	}
	return nil
}

// unknownCommand is the error for a first argument that is no command. People
// who name a file there most likely want to read it.
func unknownCommand(root *cobra.Command, arg string) error {
	err := fmt.Errorf("unknown command %q", arg)
	if _, statErr := os.Stat(arg); statErr == nil || isPycName(arg) {
		err = hintf(fmt.Errorf("unknown command %q, which is a file", arg),
			"to read it: krait dis %s", shellQuote(arg))
	} else {
		err = suggest(err, arg, commandNames(root))
	}
	return &usageError{err, root.CommandPath()}
}

func commandNames(root *cobra.Command) []string {
	var names []string
	for _, cmd := range root.Commands() {
		names = append(names, cmd.Name())
	}
	return names
}

func flagNames(cmd *cobra.Command) []string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	return names
}
