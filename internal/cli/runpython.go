package cli

import (
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/krait-py/krait/internal/footprint"
	"github.com/krait-py/krait/internal/interp"
	"github.com/krait-py/krait/internal/library"
	"github.com/krait-py/krait/internal/processors"
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
			if runPython(env, append([]string{"krait", "run"}, args...), 2, nil) != exitOK {
				return errFailed
			}
			return nil
		},
	}
}

// runPython runs a command line as python does. The first skip of args are what the command is called by: a name of Python's, or
// krait run. adjust, if it is not nil, changes how the interpreter is set up. It returns the exit status.
func runPython(env *Env, args []string, skip int, adjust func(c *interp.Config)) int {
	footprint.Stack()
	program := strings.Join(args[:skip], " ")
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
	var pace *footprint.Pacer
	if env.getenv("GOGC") == "" {
		pace = footprint.Pace()
	}
	var threads func()
	if env.getenv("GOMAXPROCS") == "" {
		threads = processors.OneThread()
	} else {
		processors.Use(processors.Number())
	}
	c := interp.Config{MoreThreads: threads, Stdin: env.Stdin, Stdout: env.Stdout, Stderr: env.Stderr, Program: program, MarkWait: footprint.MarkWait, Room: footprint.Room}
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
	if skip == 1 {
		c.Executable = library.Program(args[0])
	}
	if c.Lib, err = findLibrary(env, c.Executable); err != nil {
		report(env.Stderr, "", err)
		return exitFailed
	}
	if skip == 1 {
		virtual(&c)
	}
	files := footprint.Mapped()
	files.Split()
	c.Ready, c.Ended = func() { files.TrimSoon(pace) }, files.TrimAtEnd
	if exe, err := os.Executable(); err == nil {
		place, err := library.PlaceOf(exe, c.Lib)
		if err == nil {
			place.Mapped = files.Add
			c.Lib.Image, _ = place.Image() // without it the start takes longer
			c.Lib.Modules, _ = place.Modules()
			exe = place.Link()
		}
		if skip > 1 {
			// A program that takes the command line of Python; where none can be made, krait itself.
			c.Executable = exe
		}
	}
	if skip > 1 {
		c.OrigArgv = append([]string{c.Executable}, args[skip:]...)
	}
	if adjust != nil {
		adjust(&c)
	}
	exit := interp.Main(c)
	if exit.Interrupted {
		dieInterrupted()
	}
	return exit.Status
}

// virtual sets up the virtual environment that Executable belongs to, if it is in one: its directory or the one above has a file
// pyvenv.cfg that says where the Python is that it was made with.
func virtual(c *interp.Config) {
	dir := filepath.Dir(c.Executable)
	for _, root := range []string{dir, filepath.Dir(dir)} {
		data, err := os.ReadFile(filepath.Join(root, "pyvenv.cfg"))
		if err != nil {
			continue
		}
		for line := range strings.Lines(string(data)) {
			key, value, ok := strings.Cut(line, "=")
			if !ok || strings.ToLower(strings.TrimSpace(key)) != "home" {
				continue
			}
			c.Prefix, c.BasePrefix = filepath.Dir(dir), c.Lib.Prefix()
			c.BaseExecutable = filepath.Join(strings.TrimSpace(value), filepath.Base(c.Executable))
			return
		}
		return
	}
}

// build returns the name and version of this program, for sys.version.
func build() string {
	version := "devel"
	if info, ok := debug.ReadBuildInfo(); ok {
		version = releaseOf(info)
	}
	return "krait " + version
}
