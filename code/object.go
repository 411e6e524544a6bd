package code

import (
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// Object is a code object of any CPython version. Fields carry the names of
// the attributes of Python's code objects without their co_ prefix; fields a
// version does not have are zero.
//
// Text and tuples are nodes rather than plain strings and slices because a
// .pyc file may share them between fields and code objects, and a writer must
// be able to repeat that. Use the methods to get at the plain values: Locals,
// Cells, Frees and GlobalNames for variables, NameText and its like for text,
// Instructions, Lines, Positions and ExceptionEntries for what the byte strings
// hold. All of them take nil fields for empty ones.
type Object struct {
	Version pyver.Version
	Form    Form
	Flags   Flags

	ArgCount        int // positional arguments, positional-only ones included
	PosOnlyArgCount int // 3.8 and later
	KwOnlyArgCount  int // 3.0 and later
	NLocals         int // as in the file up to 3.10; derived from the kinds later
	StackSize       int // entries
	FirstLine       int

	Code   *Bytes // instructions, inline caches included
	Consts *Tuple
	Names  *Tuple

	// Up to 3.10 each kind of variable has its own tuple.
	VarNames, FreeVars, CellVars *Tuple

	// From 3.11 one array holds all of them, with a kind byte for each
	// (see Kind).
	LocalsPlusNames *Tuple
	LocalsPlusKinds *Bytes

	// Filename, Name and QualName (3.11 and later) are a *Str, or a
	// *Bytes in Python 2.
	Filename, Name, QualName Value

	// LineTable is lnotab up to 3.9, the line table of 3.10, the location
	// table from 3.11.
	LineTable      *Bytes
	ExceptionTable *Bytes // 3.11 and later

	// Table is the instruction set if it is not that of Version: one made by
	// [opcode.Table.With], for an interpreter of one's own. No file says so;
	// who reads one for such an interpreter sets it, in nested code too.
	Table *opcode.Table
}

// Opcodes returns the instruction set of o: Table, or that of Version; nil
// when there is none.
func (o *Object) Opcodes() *opcode.Table {
	if o.Table != nil {
		return o.Table
	}
	return opcode.For(o.Version)
}

// Kind is a bit set that says what a slot of the localsplus array is
// (3.11 and later; CPython: Include/internal/pycore_code.h).
type Kind uint8

// The bits of a Kind. The argument bits are 3.14's and later.
const (
	KindArgPos Kind = 0x02
	KindArgKw  Kind = 0x04
	KindArgVar Kind = 0x08
	KindHidden Kind = 0x10 // 3.12 and later: not visible in frame.f_locals
	KindLocal  Kind = 0x20
	KindCell   Kind = 0x40
	KindFree   Kind = 0x80
)
