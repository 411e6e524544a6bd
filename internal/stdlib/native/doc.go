// Package native has what modules about the operating system share: the interpreter's host, paths, errors, bytes.
package native
