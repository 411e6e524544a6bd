package cli

import (
	"os"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/krait-py/krait/internal/interp"
	"github.com/krait-py/krait/internal/stdlib/sysmod"
)

func newRun(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:                "run FILE [ARGS]",
		Short:              "run a Python program",
		Args:               cobra.MinimumNArgs(1),
		DisableFlagParsing: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			data, err := os.ReadFile(args[0])
			if err != nil {
				return err
			}
			if env.Getenv("GOGC") == "" {
				// The heap of a program is small beside what it allocates: fewer collections pay more than they cost.
				debug.SetGCPercent(200)
			}
			c := interp.Config{Stdin: env.Stdin, Stdout: env.Stdout, Stderr: env.Stderr}
			c.Config = sysmod.Config{Argv: args, OrigArgv: append([]string{"krait", "run"}, args...)}
			if c.Lib, err = findLibrary(env); err == nil {
				c.Path = []string{c.Lib.Dir}
				c.StdlibDir = c.Lib.Dir
			}
			if s := interp.Run(c, args[0], data); s != 0 {
				os.Exit(s)
			}
			return nil
		},
	}
}
