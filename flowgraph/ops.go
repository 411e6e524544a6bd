package flowgraph

import (
	"sync"

	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// traits are what passes ask of an instruction, one bit each.
type traits uint16

const (
	isJump          traits = 1 << iota // the operand is a place that control can go to
	isSetup                            // enters a block; the operand is its handler
	isExit                             // leaves the function
	isUnconditional                    // a jump that is always taken
	isConditional                      // a jump that tests the top of the stack and pops it
	isCheckpoint                       // the interpreter handles signals there
	usesConst                          // the operand is an index of a constant
	isIdle                             // NOP, or becomes one: POP_BLOCK
	isPseudo                           // a set-up, LOAD_CLOSURE or STORE_FAST_MAYBE_NULL
	isPeephole                         // optimizeBlock has to do with it

	hasTarget = isJump | isSetup
	endsBlock = isJump | isExit
	noFall    = isExit | isUnconditional
)

// fact is all that passes need of an instruction, in 16 bytes.
type fact struct {
	traits
	number uint16
	caches uint8
	mask   uint8 // of the oparg, to find the effect; 0: it depends on no oparg
	vary   int16 // of effects, -1 if the effect is fixed or not tabulated
	popped int16 // values taken ...
	pushed int16 // ... and left, if fixed
	net    int16 // change of depth, if fixed
	jump   int16 // change of depth when the jump is taken
}

const tabulated = 32 // opargs for which variable effects are tabulated

// opTable has the facts of the instructions of 3.14 by Op.
type opTable struct {
	facts   [512]fact
	effects [][tabulated][2]int16
	infos   [512]*opcode.Info
}

var ops = sync.OnceValue(func() *opTable {
	t := new(opTable)
	for i := range t.facts {
		t.facts[i].vary = -1
	}
	for info := range opcode.For(pyver.Py314).All() {
		if int(info.Op) < len(t.facts) {
			t.fill(info)
		}
	}
	for op, more := range map[opcode.Op]traits{
		opcode.SETUP_FINALLY: isSetup | isPseudo, opcode.SETUP_CLEANUP: isSetup | isPseudo,
		opcode.SETUP_WITH: isSetup | isPseudo, opcode.LOAD_CLOSURE: isPseudo, opcode.STORE_FAST_MAYBE_NULL: isPseudo,
		opcode.NOP: isIdle, opcode.POP_BLOCK: isIdle,
		opcode.RETURN_VALUE: isExit, opcode.RAISE_VARARGS: isExit, opcode.RERAISE: isExit,
		opcode.POP_JUMP_IF_FALSE: isConditional, opcode.POP_JUMP_IF_TRUE: isConditional,
		opcode.POP_JUMP_IF_NONE: isConditional, opcode.POP_JUMP_IF_NOT_NONE: isConditional,
		opcode.JUMP: isUnconditional | isCheckpoint, opcode.JUMP_NO_INTERRUPT: isUnconditional,
		opcode.RESUME: isCheckpoint, opcode.CALL: isCheckpoint, opcode.CALL_KW: isCheckpoint,
		opcode.CALL_FUNCTION_EX: isCheckpoint,
	} {
		t.facts[op].traits |= more
	}
	for _, op := range [...]opcode.Op{
		opcode.POP_JUMP_IF_FALSE, opcode.POP_JUMP_IF_TRUE, opcode.POP_JUMP_IF_NONE, opcode.POP_JUMP_IF_NOT_NONE,
		opcode.JUMP_IF_FALSE, opcode.JUMP_IF_TRUE, opcode.JUMP, opcode.JUMP_NO_INTERRUPT,
		opcode.BUILD_TUPLE, opcode.BUILD_LIST, opcode.BUILD_SET, opcode.STORE_FAST, opcode.SWAP, opcode.LOAD_GLOBAL,
		opcode.COMPARE_OP, opcode.CONTAINS_OP, opcode.IS_OP, opcode.TO_BOOL,
		opcode.UNARY_NOT, opcode.UNARY_INVERT, opcode.UNARY_NEGATIVE, opcode.CALL_INTRINSIC_1, opcode.BINARY_OP,
	} {
		t.facts[op].traits |= isPeephole
	}
	return t
})

func (t *opTable) fill(info *opcode.Info) {
	f := &t.facts[info.Op]
	t.infos[info.Op] = info
	f.number, f.caches = info.Number, info.Caches
	if info.Has(opcode.HasConst) {
		f.traits |= usesConst
	}
	if info.Has(opcode.HasJRel | opcode.HasJAbs) {
		f.traits |= isJump
	}
	p, j := info.Stack(), info.JumpStack()
	f.jump = int16(j.Pushed(0) - j.Popped(0))
	variable := false
	for _, items := range [2][]opcode.Item{p.In, p.Out} {
		for _, item := range items {
			variable = variable || item.Variable()
		}
	}
	f.popped, f.pushed = int16(p.Popped(0)), int16(p.Pushed(0))
	f.net = f.pushed - f.popped
	if !variable {
		return
	}
	f.mask = tabulated - 1
	if info.Operand == opcode.NameFlag || info.Operand == opcode.NameSuper {
		f.mask = 1
	}
	f.vary = int16(len(t.effects))
	var effects [tabulated][2]int16
	for arg := range effects {
		effects[arg] = [2]int16{int16(p.Popped(arg)), int16(p.Pushed(arg))}
	}
	t.effects = append(t.effects, effects)
}

// effect returns how many values op takes off the stack and how many it leaves
// there when it goes on with the next instruction.
func (t *opTable) effect(op opcode.Op, arg int32) (popped, pushed int) {
	f := &t.facts[op&511]
	if f.vary < 0 {
		return int(f.popped), int(f.pushed)
	}
	if i := arg & int32(f.mask); i == arg || f.mask == 1 {
		e := t.effects[f.vary][i]
		return int(e[0]), int(e[1])
	}
	p := t.infos[op&511].Stack()
	return p.Popped(int(arg)), p.Pushed(int(arg))
}

// is reports whether op has one of the traits.
func (t *opTable) is(op opcode.Op, tr traits) bool { return t.facts[op&511].traits&tr != 0 }

// loadsConst reports whether op does nothing but push a constant.
func loadsConst(op opcode.Op) bool { return op == opcode.LOAD_CONST || op == opcode.LOAD_SMALL_INT }
