package dis

import (
	"iter"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
)

// Instruction is one decoded instruction: dis.Instruction of all versions.
type Instruction struct {
	Offset      int // in bytes
	StartOffset int // of the first EXTENDED_ARG before it; otherwise Offset
	Opcode      byte
	Op          opcode.Op // zero for a number without an instruction
	OpName      string    // "<44>" for a number without an instruction
	// BaseOp is Op, but for a specialized instruction the one it stands for.
	BaseOp opcode.Op

	HasArg bool
	Arg    int    // after EXTENDED_ARG; may be negative from 3.12 on, where 32 bits wrap
	Repr   string // the operand as it reads; empty when there is nothing to say
	// Const is the constant that a LOAD_CONST or its like loads, otherwise nil.
	Const code.Value
	// Target is the offset that a jump leads to, if IsJump.
	Target int
	IsJump bool

	StartsLine   bool
	HasLine      bool // whether Line is known
	Line         int
	Position     code.Position // 3.11 and later; -1 for what is not known
	IsJumpTarget bool
	// Label numbers the jump targets and exception ranges of a code object
	// from 1, in 3.13 and later; zero for none.
	Label  int
	Caches []CacheEntry // 3.11 and later

	extended bool // there is an EXTENDED_ARG before it
	info     *opcode.Info
	cache    *CacheEntry // set for the first row of a cache entry
}

// CacheEntry is a named part of the inline cache behind an instruction.
type CacheEntry struct {
	Name  string
	Size  int    // code units
	Value uint64 // as a little-endian number
}

// Instructions decodes o, nested code objects not included, as a [Decoder] does;
// damaged code ends it early, and code of an unknown version has none.
func Instructions(o *code.Object, opts Options) iter.Seq[Instruction] {
	d, err := NewDecoder(o, opts)
	if err != nil {
		return func(func(Instruction) bool) {}
	}
	return d.Instructions()
}
