// Package normalise brings .pyc files into a normal form: of all the files that
// mean the same to Python, one. Nothing is executed.
//
// CPython writes the same code in different bytes from one run to the next:
// what enters the table of references depends on reference counts at the moment
// of writing, the order of a frozenset on hashes (up to 3.10), and equal
// constants are one object or two depending on what was imported before.
//
// # The normal form
//
//   - Values that are equal and cannot change are one value: int, float,
//     complex, str, bytes, tuple, frozenset, slice and frozendict. Equal means
//     that Python cannot tell them apart but by "is": 0.0 is not -0.0, 1 is
//     neither True nor 1.0, a str that is interned is not one that is not, in
//     Python 2 1 is not 1L, and a NaN equals nothing. What can change (list,
//     dict, set), code objects and values that contain themselves are never
//     merged, but stay shared where the file shares them.
//   - Members of sets are in the order in which 3.11 and later write them: that
//     of the bytes that each is written as alone.
//   - The rest follows from package marshal's rule for values without a Form:
//     the type codes that the version's own marshal writes, shortest first, and
//     in the table of references what is met again, the code object at the top,
//     interned strings (from 3.11 on) and members of sets (but in 3.9 and 3.10).
//   - Nothing follows the code object.
//
// The order of constants, names and dicts, the bytecode and its tables stay as
// they are: they are what the file says, not how it says it. Normal forms are
// fixed points, and files that differ in reference flags and type codes only
// have the same.
package normalise
