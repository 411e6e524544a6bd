// Package opcode holds what is known of the instructions of every CPython
// version: names, numbers, operand kinds, inline cache entries, control flow
// and stack pictures.
//
// Everything is generated from spec/VERSION.ops, one row an instruction; see
// spec/README.md for the format and the sources. [For] returns a version's
// [Table]; an [Op] is an instruction's identity across versions, its name.
package opcode

import "github.com/krait-py/krait/pyver"

// Op identifies an instruction by name, across versions. The zero Op is no
// instruction. Constants keep CPython's spelling.
type Op uint16

// Operand says what an instruction's oparg means.
type Operand uint8

// Flags says what else is known of an instruction.
type Flags uint32

// Info is one instruction of one version.
type Info struct {
	Op      Op
	Number  uint16 // opcode byte; 256 and above for pseudo-instructions
	Name    string
	Operand Operand
	Caches  uint8 // inline cache entries, in code units, behind the instruction
	Flags   Flags
}

// Table is the instruction set of one version.
type Table struct {
	Version      pyver.Version
	HaveArgument uint8 // opcodes below it take no argument
	ExtendedArg  uint8
}
