// Package assemble turns units of instructions into code objects (CPython:
// Python/assemble.c and the part of Objects/codeobject.c that makes code objects,
// 3.14).
//
// An [Assembler] runs the passes of package flowgraph over a unit, lays the blocks
// out, resolves jumps to distances, and writes bytecode, location table and
// exception table. Names and the constants that look like names are interned, and
// tuples and tables that are equal to others of the same file are the same value,
// since reference flags in .pyc files show what is shared.
package assemble
