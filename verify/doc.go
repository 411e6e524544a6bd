// Package verify proves that code objects are well formed and safe for the
// interpreter of their version, by interpreting them over abstract values along
// all paths: jumps, exceptions, and the resumption of generators.
//
// [Object] verifies a code object and the code nested in it, [Module] does the
// same for the code of a file, [One] verifies a single code object. The [Report] lists a [Finding] for each thing that could not be
// proven, or nothing: then the interpreter can run the code, whatever the
// values are that it meets, without reading memory it must not read. Such code
// may still raise exceptions, run for ever or be wrong in other ways.
//
// # How it works
//
// Each value on the evaluation stack, and each local variable, stands for a
// set of kinds: an object, NULL, an exception, an iterator, a list that this
// code built, a cell and so on. What an instruction needs and what it leaves is
// the stack picture of its specification (package opcode): the names of
// its items say the kinds, and an item that has the same name before and after
// is the same value. What pictures do not say is in special.go, function.go and
// tuple.go: effects on local variables, constants, functions and their closures.
// Block stacks, up to 3.10, are in block.go and reason.go.
//
// States are kept where control joins, one for each target of a jump and each
// exception handler. Where several ways lead, kinds are united; stacks must be
// equally high. A state can only grow, by a bounded number of steps, and all
// work is counted: code that exceeds the budget is refused with the rule
// [Limit].
//
// # What is taken for granted
//
// The memory of the interpreter is its own: nobody patches bytecode, cells or
// frames from outside (debuggers that assign to f_locals, extension modules).
// Code objects are entered as the interpreter enters them: exec and eval for
// modules, calls through functions for the rest. Variables whose names begin
// with a dot, which no source can name, are proven to hold what instructions
// need of them: see hidden.go.
package verify
