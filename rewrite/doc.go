// Package rewrite turns the bytecode of a code object into a list of labelled
// instructions, and such a list back into bytecode.
//
// In the list there are no offsets, no EXTENDED_ARG and no inline caches: jumps
// name labels, exception handlers are ranges between labels, positions sit on
// the instructions. [Decode] takes a code object apart, [Func.Encode] puts it
// together again: it lays out the instructions, widens opargs, turns jumps
// around where a version wants that, rebuilds line, location and exception
// tables, and computes the stack size.
//
// # Lossless
//
// A list that was not changed encodes to the bytes it came from. Two things
// see to that. Each instruction remembers how many EXTENDED_ARGs it had
// (compilers up to 3.9 leave needless ones behind). And wherever the file's own
// table still says what the instructions say, it is kept as it is; only a table
// that no longer fits is encoded anew.
//
// # Editing
//
// [Func.Insert], [Func.Replace] and [Func.Delete] change the list, or it is
// changed directly. [Func.Operand] and [Func.SetOperand] look at opargs as
// what they stand for. [Func.Graph] shows how control goes.
package rewrite
