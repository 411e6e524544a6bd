// Package pyopts reads the command line and the environment variables of the python command, as CPython 3.14 does: which options there
// are, how they cluster, what each implies, which of several wins, and what is said of those that are wrong.
package pyopts
