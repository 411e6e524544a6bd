package rewrite

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// Func is a code object whose bytecode is a list of instructions.
//
// The operands of instructions are indexes into the tuples of Object, as in
// bytecode; the typed views (see [Func.Operand]) and the methods that add to
// the tuples spare their users the numbers. Tuples only grow while a Func is
// changed; [Func.Compact] drops what is no longer used.
type Func struct {
	// Object has everything but the bytecode. Decode copies the object it is
	// given, and tuples are copied before they change, so the original stays
	// as it was. Encode sets Code, LineTable, ExceptionTable and StackSize.
	Object *code.Object

	Code []Instr
	// Handlers is the exception table, in its order (3.11 and later). Up to
	// 3.10 handlers are the targets of SETUP instructions.
	Handlers []Handler

	tuples tuples
}

// Version returns the version whose instructions f has.
func (f *Func) Version() pyver.Version { return f.Object.Version }

// Instr is an instruction, or the place of a label.
type Instr struct {
	// Label is the label that stands here; an Instr with a Label has no Op
	// and takes no room in the bytecode.
	Label *Label

	Op opcode.Op
	// Wide is the number of EXTENDED_ARGs to write even if fewer would do.
	Wide uint8
	Arg  int // the oparg; of no meaning for an instruction with a Target

	// Target is where an instruction leads or refers to: jumps, loops, SETUP
	// instructions, and END_ASYNC_FOR from 3.14 on.
	Target *Label

	// Pos is the position in the source: all of it from 3.11 on, only the
	// line (EndLine and columns -1) up to 3.10; code.NoPosition for none.
	Pos code.Position
}

// Label names a place between instructions. Its identity is its address.
type Label struct {
	// Name is for people; it need not be unique, and may be empty.
	Name string
}

// Handler is a range of instructions and where exceptions raised in it go.
type Handler struct {
	Start, End *Label // End is exclusive
	Target     *Label
	Depth      int // of the evaluation stack, to which the handler unwinds
	Lasti      bool
}
