// Package interp puts an interpreter together: the object model, the machine, the modules written in Go, and the
// start-up that CPython has. It runs main programs.
package interp
