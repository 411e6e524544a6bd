// Package code holds code objects of every CPython version and the values
// that travel with them: constants, flags, the line and location tables and
// the exception table. It knows what the bytes mean, not how a file stores
// them (package marshal) nor how people like to see them (package dis).
//
// Everything here is plain data. Nothing executes, nothing touches the
// operating system, and whatever the bytes say, methods return errors or stop
// early; they do not panic.
package code
