// Package oracle finds real Python interpreters and asks them.
//
// [Find] looks for an interpreter of one version, [All] for all of them:
// CPython 3.14 comes with the Go module go-embed-python and is unpacked once
// into the user's cache; 2.7 and 3.6 to 3.13 are those of pyenv and of PATH;
// 3.15 is npm's pyodide, run by node, where [InstallPyodide] or the user
// (KRAIT_PYODIDE) put it. Nothing is ever downloaded without being asked for.
//
// [Interpreter.Start] gives a [Session], a process that lives long and answers
// many questions: what this source compiles to, what dis prints for that
// .pyc. The process runs driver.py, one program for all versions. A process
// that dies or takes too long is replaced at the next question.
//
// Only tests and the project's own tools import this package; it brings an
// interpreter of some 30 MB with it.
package oracle
