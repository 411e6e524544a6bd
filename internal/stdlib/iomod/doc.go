// Package iomod is module _io: raw, buffered and text streams, in files and in memory.
//
// All streams begin with the struct base, so that classes of Python's io module can derive from any of them. A
// stream that open() has made knows the types of those below it, and calls them as Go functions: a TextIOWrapper over a BufferedWriter over a
// FileIO writes without a call of a Python method. Where something else is below (a class of Python, a subclass), methods
// are called as CPython does.
//
// A stream that is dropped without having been closed is closed by its finalizer, with a ResourceWarning; those that
// are there when the interpreter ends are flushed by Flush. Of a chain made by open() only the outermost has a
// finalizer, until someone asks for an inner one.
package iomod
