// Package object is the object model of krait's virtual machine: values, types
// with their slots, the builtin types, and the threads and interpreters that
// code runs in. docs/vm.md shows how it fits together with the packages lift and vm.
//
// # Values
//
// A [Value] is two words. P points to a static tag for unboxed ints, floats,
// bools and None, or to a heap object; both begin with a [Head], so finding a
// value's type needs no branch. A Value whose P is nil is no value at all: what
// an unbound variable holds and what a function returns that has failed.
//
// # Errors
//
// A function that fails leaves an exception in its [Thread] and returns no value,
// or false. Nothing here panics for what a Python program does.
//
// # Ownership
//
// Builtin types are package variables, complete after initialisation and never
// changed, so all interpreters share them. Everything else belongs to one [Interp]
// and is touched only by a thread that holds its lock.
package object
