package cli

import (
	"io"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/krait-py/krait/internal/interp"
	"github.com/krait-py/krait/internal/pyopts"
	"github.com/krait-py/krait/internal/stdlib/sysmod"
)

func newRun(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:                "run [option] ... [-c cmd | -m mod | file | -] [arg] ...",
		Short:              "run a Python program",
		DisableFlagParsing: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			// Run has a short way to it; this is for krait help run and for completion.
			if runPython(env, "krait run", append([]string{"krait", "run"}, args...), 2) != exitOK {
				return errFailed
			}
			return nil
		},
	}
}

// runPython runs a command line as python does. The first skip of args are what the command is called by, program what
// its messages begin with. It returns the exit status.
func runPython(env *Env, program string, args []string, skip int) int {
	o, bad := pyopts.Parse(args[skip:], env.getenv)
	if bad != nil {
		io.WriteString(env.Stderr, bad.Text)
		if bad.Usage {
			io.WriteString(env.Stderr, usageLine(program)+"Try `"+program+" -h' for more information.\n")
		}
		return bad.Status
	}
	if o.Help != pyopts.NoHelp {
		io.WriteString(env.Stdout, runHelp(program, o.Help))
		return exitOK
	}
	if env.getenv("GOGC") == "" {
		// The heap of a program is small beside what it allocates: fewer collections pay more than they cost.
		debug.SetGCPercent(200)
	}
	c := interp.Config{Stdin: env.Stdin, Stdout: env.Stdout, Stderr: env.Stderr, Program: program}
	c.Config = sysmod.Config{Options: o, OrigArgv: args, Build: build()}
	if o.Version > 0 {
		line := "Python " + sysmod.Release
		if o.Version > 1 {
			line = "Python " + sysmod.Version(c.Build)
		}
		io.WriteString(env.Stdout, line+"\n")
		return exitOK
	}
	var err error
	if c.Lib, err = findLibrary(env); err != nil {
		report(env.Stderr, "", err)
		return exitFailed
	}
	if c.Executable, err = os.Executable(); err != nil {
		c.Executable, _ = filepath.Abs(args[0])
	}
	exit := interp.Main(c)
	if exit.Interrupted {
		dieInterrupted()
	}
	return exit.Status
}

// build returns the name and version of this program, for sys.version.
func build() string {
	version := "devel"
	if info, ok := debug.ReadBuildInfo(); ok {
		version = releaseOf(info)
	}
	return "krait " + version
}
