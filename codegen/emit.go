package codegen

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
)

// none is the position of artificial instructions, next that of instructions which
// take the position of what follows.
var (
	none = instruction.NoLocation
	next = instruction.NextLocation
)

// Opargs of RESUME.
const (
	resumeAtStart = iota
	resumeAfterYield
	resumeAfterYieldFrom
	resumeAfterAwait
)

// Opargs of CALL_INTRINSIC_1.
const (
	intrinsicPrint = 1 + iota
	intrinsicImportStar
	intrinsicStopIterationError
	intrinsicAsyncGenWrap
	intrinsicUnaryPositive
	intrinsicListToTuple
	intrinsicTypeVar
	intrinsicParamSpec
	intrinsicTypeVarTuple
	intrinsicSubscriptGeneric
	intrinsicTypeAlias
)

// Opargs of CALL_INTRINSIC_2.
const (
	intrinsicPrepReraiseStar = 1 + iota
	intrinsicTypeVarWithBound
	intrinsicTypeVarWithConstraints
	intrinsicSetFunctionTypeParams
	intrinsicSetTypeParamDefault
)

// Opargs of LOAD_COMMON_CONSTANT.
const (
	commonAssertionError = iota
	commonNotImplementedError
	commonTuple
	commonAll
	commonAny
)

// Opargs of SET_FUNCTION_ATTRIBUTE.
const (
	functionDefaults    = 0x01
	functionKwDefaults  = 0x02
	functionAnnotations = 0x04
	functionClosure     = 0x08
	functionAnnotate    = 0x10
)

// Opargs of COMPARE_OP: the comparison in the upper bits, below it which
// outcomes satisfy it, for specialized instructions (1 unordered, 2 less, 4
// greater, 8 equal).
const (
	compareLess         = 0<<5 | 2
	compareLessEqual    = 1<<5 | 2 | 8
	compareEqual        = 2<<5 | 8
	compareNotEqual     = 3<<5 | 1 | 2 | 4
	compareGreater      = 4<<5 | 4
	compareGreaterEqual = 5<<5 | 4 | 8
)

// op appends an instruction without argument.
func (g *generator) op(at source.Span, op opcode.Op) { g.seq.Plain(op, 0, at) }

// opArg appends an instruction with a number.
func (g *generator) opArg(at source.Span, op opcode.Op, arg int) { g.seq.Plain(op, int32(arg), at) }

// exit appends an instruction that leaves the unit, with a number.
func (g *generator) exit(at source.Span, op opcode.Op, arg int) { g.seq.Exit(op, int32(arg), at) }

// jump appends an instruction that jumps to l, or sets up a block whose handler
// is there.
func (g *generator) jump(at source.Span, op opcode.Op, l instruction.Label) {
	g.seq.Jump(op, l, at)
}

// newLabel returns a label that is not placed yet.
func (g *generator) newLabel() instruction.Label { return g.seq.NewLabel() }

// use places l in front of the next instruction.
func (g *generator) use(l instruction.Label) { g.seq.Use(l) }

// loadConst loads a constant, which is merged with an equal one.
func (g *generator) loadConst(at source.Span, v code.Value) {
	if _, ok := v.(*code.NoneType); ok {
		g.loadNone(at)
		return
	}
	g.seq.Plain(opcode.LOAD_CONST, int32(g.u.Consts.Add(v, g.cache)), at)
}

// loadNone loads None.
func (g *generator) loadNone(at source.Span) {
	u := g.u
	if u.noneIndex < 0 {
		u.noneIndex = int32(u.Consts.Add(code.None, g.cache))
	}
	g.seq.Plain(opcode.LOAD_CONST, u.noneIndex, at)
}

// loadInt loads a small integer.
func (g *generator) loadInt(at source.Span, n int) { g.loadConst(at, g.cache.Int(int64(n))) }

// loadStr loads a name of the source as a string.
func (g *generator) loadStr(at source.Span, s string) { g.loadConst(at, g.cache.Str(s)) }
