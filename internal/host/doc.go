// Package host is the door between interpreters and the operating system: files, clock, environment,
// signals and processes. Modules such as _io, posix and time ask a [Host] and nothing else, so that whoever runs an
// interpreter decides what its programs may see.
//
// A Host is a struct of small interfaces; a nil field grants nothing of its kind. [Default] grants everything. Paths
// are strings of bytes as the system has them, files are numbered as POSIX does, errors are error numbers: see [Code].
package host
