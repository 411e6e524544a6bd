// Command bench compares the speed of `krait run` with CPython's on this machine.
//
//	go run ./bench [-n ROUNDS] [-run REGEXP] [-json FILE] [-plot FILE] [-compare OLD.json]
//
// It runs each program of programs/ on CPython 3.14 (see internal/oracle) and on a
// krait that it builds from this tree, in turns, and takes of each the smallest CPU
// time, wall time and peak memory of all rounds. Both have to print the same. Ratios are
// krait's CPU time by CPython's: other work on the machine changes it least.
//
// README.md beside this file says what the programs are and how to read the table.
package main
