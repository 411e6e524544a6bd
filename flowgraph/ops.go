package flowgraph

import (
	"sync"

	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// traits are what passes ask of an instruction, one bit each.
type traits uint32

const (
	isJump          traits = 1 << iota // the operand is a place that control can go to
	isSetup                            // enters a block; the operand is its handler
	isExit                             // leaves the function
	isUnconditional                    // a jump that is always taken
	isConditional                      // a jump that tests the top of the stack and pops it
	isCheckpoint                       // the interpreter handles signals there
	isIdle                             // NOP, or becomes one: POP_BLOCK
	isPseudo                           // a set-up, LOAD_CLOSURE or STORE_FAST_MAYBE_NULL
	isUnbinding                        // may leave a local unbound
	isLoad                             // pushes a local, or will
	isConstLoad                        // does nothing but push a constant
	isSpecial                          // borrowInBlock has to do with it
	isLocal                            // binds, unbinds or loads a local
	isResume                           // RESUME, or the YIELD_VALUE before it
	isTruthJump                        // a jump that keeps what it tests
	isPlaceholder                      // is replaced by deferred annotations

	// What a whole graph may have besides.
	isLineless // instructions without a line
	isMoved    // ways to blocks that were not counted

	everyTrait = ^traits(0)

	hasTarget = isJump | isSetup
	endsBlock = isJump | isExit
	noFall    = isExit | isUnconditional
)

// fact is all that passes need of an instruction, in 24 bytes.
type fact struct {
	traits
	// The effect on the stack is effects[first+oparg&mask], unless oparg&beyond is not 0.
	first  uint32
	mask   uint32
	jump   int8 // change of depth when the jump is taken
	beyond uint32
	// There is reason to look closer at two neighbours if the first one's ahead and
	// the second one's back have a bit in common.
	ahead, back neighbours
}

// neighbours are reasons to look closer at an instruction and the one before or
// behind it. Few pairs have one; a test of both at once is right nearly always.
type neighbours uint16

const (
	storeBehind neighbours = 1 << iota
	nullBehind
	boolBehind
	notBehind
	constBefore
	loadBehind
	popBehind
	testBehind
	always // the instruction is rare enough

	// What single passes look for.
	peepholePairs = storeBehind | nullBehind | boolBehind | notBehind | constBefore | always
	localPairs    = storeBehind | loadBehind

	fromBefore = constBefore | always // reasons that the second of two has
)

// effect is how many values an instruction takes off the stack and how many it
// leaves there when it goes on with the next one.
type effect struct{ popped, pushed int16 }

const (
	tabulated  = 32   // opargs for which variable effects are tabulated
	numEffects = 2048 // room for all of them
)

// opTable has the facts of the instructions of 3.14 by Op.
type opTable struct {
	facts   [512]fact
	effects [numEffects]effect
	infos   [512]*opcode.Info
	// locals says what an instruction does to the local that is its oparg.
	locals [512]localEffect
	// constant is all ones for LOAD_CONST.
	constant [512]uint32
}

// localEffect has masks, all ones or none: for what binds a local, or is certain
// that it is bound; for what may unbind it; for loads.
type localEffect struct{ bind, unbind, load uint64 }

var ops = sync.OnceValue(func() *opTable {
	t := new(opTable)
	n := 1 // effects; the first one is that of no instruction
	for info := range opcode.For(pyver.Py314).All() {
		if int(info.Op) < len(t.facts) {
			n = t.fill(info, n)
		}
	}
	for op, more := range map[opcode.Op]traits{
		opcode.SETUP_FINALLY: isSetup | isPseudo, opcode.SETUP_CLEANUP: isSetup | isPseudo,
		opcode.SETUP_WITH: isSetup | isPseudo, opcode.LOAD_CLOSURE: isPseudo | isLoad,
		opcode.STORE_FAST_MAYBE_NULL: isPseudo | isUnbinding,
		opcode.NOP:                   isIdle, opcode.POP_BLOCK: isIdle,
		opcode.RETURN_VALUE: isExit, opcode.RAISE_VARARGS: isExit, opcode.RERAISE: isExit,
		opcode.POP_JUMP_IF_FALSE: isConditional, opcode.POP_JUMP_IF_TRUE: isConditional,
		opcode.POP_JUMP_IF_NONE: isConditional, opcode.POP_JUMP_IF_NOT_NONE: isConditional,
		opcode.JUMP: isUnconditional | isCheckpoint, opcode.JUMP_NO_INTERRUPT: isUnconditional,
		opcode.RESUME: isCheckpoint, opcode.CALL: isCheckpoint, opcode.CALL_KW: isCheckpoint,
		opcode.CALL_FUNCTION_EX: isCheckpoint,
		opcode.DELETE_FAST:      isUnbinding, opcode.LOAD_FAST_AND_CLEAR: isUnbinding,
		opcode.LOAD_FAST: isLoad, opcode.LOAD_CONST: isConstLoad, opcode.LOAD_SMALL_INT: isConstLoad,
		opcode.JUMP_IF_FALSE: isTruthJump, opcode.JUMP_IF_TRUE: isTruthJump,
		opcode.ANNOTATIONS_PLACEHOLDER: isPlaceholder,
	} {
		t.facts[op].traits |= more
	}
	for _, op := range [...]opcode.Op{
		opcode.LOAD_FAST, opcode.LOAD_FAST_LOAD_FAST, opcode.LOAD_FAST_AND_CLEAR, opcode.DELETE_FAST,
		opcode.STORE_FAST, opcode.STORE_FAST_LOAD_FAST, opcode.STORE_FAST_STORE_FAST, opcode.COPY, opcode.SWAP,
		opcode.FORMAT_SIMPLE, opcode.GET_ANEXT, opcode.GET_LEN, opcode.GET_YIELD_FROM_ITER, opcode.IMPORT_FROM,
		opcode.MATCH_KEYS, opcode.MATCH_MAPPING, opcode.MATCH_SEQUENCE, opcode.WITH_EXCEPT_START,
		opcode.DICT_MERGE, opcode.DICT_UPDATE, opcode.LIST_APPEND, opcode.LIST_EXTEND, opcode.MAP_ADD,
		opcode.RERAISE, opcode.SET_ADD, opcode.SET_UPDATE, opcode.END_SEND, opcode.SET_FUNCTION_ATTRIBUTE,
		opcode.CHECK_EXC_MATCH, opcode.FOR_ITER, opcode.LOAD_ATTR, opcode.LOAD_SUPER_ATTR, opcode.LOAD_SPECIAL,
		opcode.PUSH_EXC_INFO, opcode.SEND,
	} {
		t.facts[op].traits |= isSpecial
	}
	for i := range t.facts {
		if t.facts[i].traits&hasTarget != 0 {
			t.facts[i].traits |= isSpecial
		}
	}
	t.fillNeighbours()
	t.fillLocals()
	for i := range t.locals {
		if t.locals[i] != (localEffect{}) {
			t.facts[i].traits |= isLocal
		}
	}
	t.facts[opcode.RESUME].traits |= isResume
	t.facts[opcode.YIELD_VALUE].traits |= isResume
	return t
})

func (t *opTable) fillNeighbours() {
	// wants are the neighbours that an instruction may melt with, gives what it is to
	// its neighbours.
	var wants, gives [512]neighbours
	for op, w := range map[opcode.Op]neighbours{
		opcode.STORE_FAST: storeBehind | loadBehind, opcode.LOAD_FAST: loadBehind,
		opcode.LOAD_CONST: popBehind | testBehind, opcode.LOAD_SMALL_INT: popBehind | testBehind,
		opcode.COPY:        popBehind | testBehind,
		opcode.LOAD_GLOBAL: nullBehind, opcode.COMPARE_OP: boolBehind,
		opcode.CONTAINS_OP: boolBehind | notBehind, opcode.IS_OP: boolBehind | notBehind, opcode.TO_BOOL: boolBehind,
		opcode.UNARY_NOT: boolBehind | notBehind | constBefore, opcode.UNARY_INVERT: constBefore,
		opcode.UNARY_NEGATIVE: constBefore, opcode.BINARY_OP: constBefore,
		opcode.BUILD_TUPLE: always, opcode.BUILD_LIST: always, opcode.BUILD_SET: always,
		opcode.CALL_INTRINSIC_1: always, opcode.SWAP: always,
	} {
		wants[op] = w
	}
	for op, g := range map[opcode.Op]neighbours{
		opcode.STORE_FAST: storeBehind, opcode.PUSH_NULL: nullBehind, opcode.TO_BOOL: boolBehind | testBehind,
		opcode.UNARY_NOT: notBehind, opcode.LOAD_CONST: constBefore, opcode.LOAD_SMALL_INT: constBefore,
		opcode.NOP: constBefore, opcode.POP_BLOCK: constBefore, // which becomes NOP
		opcode.LOAD_FAST: loadBehind, opcode.POP_TOP: popBehind,
		opcode.IS_OP: testBehind, opcode.COPY: testBehind,
		opcode.POP_JUMP_IF_FALSE: testBehind, opcode.POP_JUMP_IF_TRUE: testBehind,
		opcode.JUMP_IF_FALSE: testBehind, opcode.JUMP_IF_TRUE: testBehind,
	} {
		gives[op] = g
	}
	for op := range t.facts {
		f := &t.facts[op]
		f.ahead = wants[op]&^fromBefore | gives[op]&constBefore | always
		f.back = wants[op]&fromBefore | gives[op]&^constBefore
	}
}

func (t *opTable) fillLocals() {
	const all = ^uint64(0)
	t.locals[opcode.STORE_FAST] = localEffect{bind: all}
	t.locals[opcode.LOAD_FAST_CHECK] = localEffect{bind: all}
	t.locals[opcode.LOAD_FAST] = localEffect{bind: all, load: all}
	for _, op := range [...]opcode.Op{opcode.DELETE_FAST, opcode.LOAD_FAST_AND_CLEAR, opcode.STORE_FAST_MAYBE_NULL} {
		t.locals[op] = localEffect{unbind: all}
	}
	t.constant[opcode.LOAD_CONST] = ^uint32(0)
}

// fill notes what there is to know of an instruction, with its effects from number n on,
// and returns the number of the next one.
func (t *opTable) fill(info *opcode.Info, n int) int {
	f := &t.facts[info.Op]
	t.infos[info.Op] = info
	if info.Has(opcode.HasJRel | opcode.HasJAbs) {
		f.traits |= isJump
	}
	p, j := info.Stack(), info.JumpStack()
	f.jump = int8(j.Pushed(0) - j.Popped(0))
	variable := false
	for _, items := range [2][]opcode.Item{p.In, p.Out} {
		for _, item := range items {
			variable = variable || item.Variable()
		}
	}
	f.first = uint32(n)
	switch {
	case !variable:
	case info.Operand == opcode.NameFlag || info.Operand == opcode.NameSuper:
		f.mask = 1
	default:
		f.mask, f.beyond = tabulated-1, ^uint32(tabulated-1)
	}
	for arg := range int(f.mask) + 1 {
		t.effects[n] = effect{int16(p.Popped(arg)), int16(p.Pushed(arg))}
		n++
	}
	return n
}

// effect returns the effect of an instruction with the facts f, unless its oparg has
// bits of f.beyond: see bigEffect. There is no branch that depends on what kind of
// instruction it is.
func (t *opTable) effect(f *fact, arg int32) effect {
	return t.effects[(f.first+uint32(arg)&f.mask)%numEffects]
}

func (t *opTable) bigEffect(op opcode.Op, arg int32) effect {
	const most = 1<<15 - 1
	p := t.infos[op&511].Stack()
	return effect{int16(min(p.Popped(int(arg)), most)), int16(min(p.Pushed(int(arg)), most))}
}

// is reports whether op has one of the traits.
func (t *opTable) is(op opcode.Op, tr traits) bool { return t.facts[op&511].traits&tr != 0 }

// loadsConst reports whether op does nothing but push a constant.
func loadsConst(op opcode.Op) bool { return op == opcode.LOAD_CONST || op == opcode.LOAD_SMALL_INT }
