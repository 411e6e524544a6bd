// Package opcode holds what is known of the instructions of every CPython
// version: names, numbers, operand kinds, inline cache entries, control flow
// and stack pictures.
//
// Everything is generated from spec/VERSION.ops, one row an instruction; see
// spec/README.md for the format and the sources. [For] returns a version's
// [Table]; an [Op] is an instruction's identity across versions, its name.
// A table is made when it is asked for: importing the package costs no start-up time.
package opcode

import (
	"slices"
	"strconv"
)

//go:generate go run ../internal/cmd/genopcode

// Op identifies an instruction by name, across versions. The zero Op is no
// instruction. Constants keep CPython's spelling, with an underscore for the
// plus sign of Python 2's SLICE+0. Values change when versions are added: what
// has to outlive a process is the name.
type Op uint16

// String returns the name of the instruction, "<0>" for the zero Op.
func (op Op) String() string {
	if int(op) < len(opNames) {
		return opNames[op]
	}
	if name, ok := newName(op); ok {
		return name
	}
	return "<" + strconv.Itoa(int(op)) + ">"
}

// Parse returns the instruction that any version calls name.
func Parse(name string) (Op, bool) {
	if i, ok := slices.BinarySearch(opNames[1:], name); ok {
		return Op(i + 1), true
	}
	return parseNew(name)
}

// Operand says what an instruction's oparg means.
type Operand uint8

// The operand kinds. An index is an index into the code object's tuple of that
// kind unless the kind says otherwise.
const (
	NoOperand     Operand = iota
	Raw                   // a number with a meaning of the instruction's own
	Const                 // co_consts index
	Name                  // co_names index
	NameFlag              // co_names index << 1 | flag: push NULL or self too
	NameSuper             // co_names index << 2 | two-argument super() << 1 | method
	NameImport            // co_names index << 2 | eager << 1 | lazy
	Local                 // co_varnames index
	LocalPair             // two co_varnames indexes: first << 4 | second
	Free                  // index of a cell or free variable; from 3.11 on, of localsplus
	JumpRel               // forward, from the end of the instruction and its caches
	JumpBackward          // backward, from the end of the instruction and its caches
	JumpAbs               // from the start of the code
	Origin                // backward like JumpBackward, to where control came from; no jump
	Compare               // Table.CmpOps index << Table.CompareShift | flags
	BinaryOp              // Table.BinaryOps index
	Intrinsic1            // Table.Intrinsics1 index
	Intrinsic2            // Table.Intrinsics2 index
	CommonConst           // Table.CommonConstants index
	SpecialMethod         // Table.SpecialMethods index
	ConvertValue          // Table.Conversions index
	FormatValue           // format spec on the stack << 2 | Table.Conversions index
	MakeFlags             // bit set over Table.FunctionFlags
	MakeCounts            // 3.0 to 3.5: annotations << 16 | keyword defaults << 8 | defaults
	FunctionAttr          // one bit of Table.FunctionFlags
	CallFlags             // bit 0: a keyword mapping is on the stack
	CallCounts            // to 3.5: keyword arguments << 8 | positional arguments
	Invert                // 1 negates: is not, not in
	SmallInt              // the value itself
	Count                 // number of values taken or made
	Depth                 // place on the stack, the top being 1
	UnpackCounts          // values after the starred one << 8 | values before it
	ResumePoint           // 0 start, 1 after yield, 2 after yield from, 3 after await, plus flags
	Extension             // the high bits of the next instruction's oparg
)

var operandNames = [...]string{
	"none", "raw", "const", "name", "nameflag", "namesuper", "nameimport", "local", "localpair",
	"free", "jumprel", "jumpback", "jumpabs", "origin", "compare", "binaryop", "intrinsic1",
	"intrinsic2", "commonconst", "special", "convert", "format", "makeflags", "makecounts",
	"funcattr", "callflags", "callcounts", "invert", "smallint", "count", "depth", "unpackex",
	"resume", "extended",
}

// String returns the kind's word in the specifications.
func (o Operand) String() string {
	if int(o) < len(operandNames) {
		return operandNames[o]
	}
	return "operand " + strconv.Itoa(int(o))
}

// IsJump reports whether the operand names a place in the code that control
// can go to.
func (o Operand) IsJump() bool { return o == JumpRel || o == JumpBackward || o == JumpAbs }

// IsName reports whether the operand holds an index into co_names;
// [Operand.NameIndex] gets it out.
func (o Operand) IsName() bool { return o >= Name && o <= NameImport }

// NameIndex returns the index into co_names that oparg holds.
func (o Operand) NameIndex(oparg int) int {
	switch o {
	case NameFlag:
		return oparg >> 1
	case NameSuper, NameImport:
		return oparg >> 2
	}
	return oparg
}

// Flags says what else is known of an instruction.
type Flags uint32

// HasArg to HasExc are the lists of the version's own opcode module, which its
// dis goes by: hasarg, hasconst and so on. Before 3.12 there is no hasarg;
// there every number from Table.HaveArgument on, defined or not, has HasArg.
// Specialized instructions have the flags of their base.
const (
	HasArg Flags = 1 << iota
	HasConst
	HasName
	HasLocal
	HasFree
	HasJRel
	HasJAbs
	HasCompare
	HasExc

	NoFallThrough // never continues with the next instruction
	Conditional   // jumps or continues with the next instruction
	Handler       // the operand is where a block's handler or end is
	Specialized   // written by the specializing interpreter; Base is the family
	Instrumented  // written by sys.monitoring; Base is what it stands for
	Pseudo        // exists inside the compiler only; Number is above 255
)

var flagNames = [...]string{
	"arg", "const", "name", "local", "free", "jrel", "jabs", "compare", "exc",
	"nofall", "cond", "handler", "specialized", "instrumented", "pseudo",
}

// String returns the flags as the specifications write them: "arg,jrel,cond".
func (f Flags) String() string {
	s := ""
	for i, name := range flagNames {
		if f&(1<<i) != 0 {
			if s != "" {
				s += ","
			}
			s += name
		}
	}
	return s
}

// Info is one instruction of one version, or one number without instruction,
// whose Op is 0.
type Info struct {
	Op      Op
	Number  uint16 // opcode byte; 256 and above for pseudo-instructions
	Name    string // as dis.opname spells it, "<44>" where undefined
	Operand Operand
	Caches  uint8 // inline cache entries, in code units, behind the instruction
	Flags   Flags
	Base    Op // what a specialized or instrumented instruction stands for, else 0

	layout uint8  // of cacheLayouts
	stack  uint16 // of pictures
	jump   uint16 // of pictures
	effect uint8  // of evalSize, 0: as the pictures say, 255: invalid
	mode   uint8  // effectChecked, effectMax
	own    *own   // of an extended table
}

// Family returns Base, or Op when the instruction stands for itself.
func (i *Info) Family() Op {
	if i.Base != 0 {
		return i.Base
	}
	return i.Op
}

// Has reports whether the instruction has one of the flags.
func (i *Info) Has(f Flags) bool { return i.Flags&f != 0 }

// CacheField is a named part of an instruction's inline cache.
type CacheField struct {
	Name    string
	Entries int // in code units
}

// CacheFields returns the parts of the inline cache in order, as dis prints
// them; their entries add up to Caches. The caller must not change them.
func (i *Info) CacheFields() []CacheField {
	if i.own != nil {
		return i.own.caches
	}
	return cacheLayouts[i.layout]
}
