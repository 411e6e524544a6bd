// Package cli is the krait command: one file for each subcommand, and what
// they share, which is finding and reading inputs (input.go, archive.go),
// the flags that mean the same everywhere (flags.go), colour (color.go), JSON
// (json.go) and errors and exit statuses (errors.go).
//
// The command line is built each time it is called, and only the subcommand
// that is asked for; nothing happens when the package is initialised, so that
// starting krait costs no more than loading it. [NewRoot] builds all of it.
// Subcommands get at the world only through [Env].
//
// What subcommands print with --format json is documented in docs/json.md,
// whose examples the tests of this package run.
package cli
