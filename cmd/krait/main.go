// Krait reads the bytecode of every CPython, without Python. Its command line
// is package internal/cli.
package main

import (
	"os"

	"github.com/krait-py/krait/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args, cli.OSEnv()))
}
