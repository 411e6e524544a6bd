// Package codegen turns the tree and the symbol table of a module into
// instruction sequences: one [instruction.Unit] for each module, class, function
// and comprehension that is one at run time. It makes the same (pseudo-)
// instructions, constants and names, in the same order and with the same positions,
// as codegen.c and the unit part of compile.c in CPython 3.14.
//
// Units are finished (optimised and assembled) from the inside out by
// Options.Finish, because the code object of a function is a constant of the unit
// around it. A unit, its sequences and lists are used again for the next one as
// soon as Finish returns.
//
// # Conventions
//
// A generator walks the tree; its methods are named for what they compile and
// append to the current unit. They take the position first:
//
//	g.op(at, opcode.POP_TOP)               an instruction without argument
//	g.opArg(at, opcode.SWAP, 2)            with a number
//	g.jump(at, opcode.SETUP_FINALLY, end)  with a label; g.newLabel, g.use
//	g.loadConst(at, v)                     LOAD_CONST; g.loadNone, loadInt, loadStr
//	g.attr(at, opcode.STORE_ATTR, name)    an operand in Names, mangled
//	g.name(at, "x", ast.Store)             a variable, wherever it lives
//
// Artificial instructions have the position none, those that take the position of
// the next one have next.
//
// Errors are sticky: g.fail notes the first one, later calls have no effect, and
// the methods go on, so that none of them returns an error. Lists of statements
// stop at it (g.body), units are not finished any more. What runs after an error
// must not panic, that is all. Warnings go through g.warn, which knows when a
// finally body is compiled for the second time.
//
// Blocks (loops, try, with, handlers; CPython: frame blocks) are pushed and popped
// with g.push and g.pop; return, break and continue leave them through g.unwind.
package codegen
