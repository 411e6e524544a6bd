// Package posixmod is module posix: the operating system as os.py wants it. What it does goes through the interpreter's host.
package posixmod
