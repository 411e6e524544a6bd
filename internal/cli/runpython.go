package cli

import (
	"os"

	"github.com/spf13/cobra"

	"github.com/krait-py/krait/internal/interp"
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
			if s := interp.Run(interp.Config{Name: args[0], Source: data, Args: args, Stdout: env.Stdout, Stderr: env.Stderr}); s != 0 {
				os.Exit(s)
			}
			return nil
		},
	}
}
