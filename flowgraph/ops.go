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
	isOdd                              // its effect on the stack has a rule of its own
	isCell                             // the operand is a cell or free variable
	isEnd                              // POP_BLOCK

	// What borrowPlain asks besides.
	isMoving  // moves values on the stack
	isMethod  // does so if its oparg is odd
	isKeeping // leaves what it takes where it is, or pushes something that a load has pushed
	isCounted // wants an oparg of 1 or more
	isBinding // changes a local
	isTangled // has to be looked at closely

	// What a whole graph may have besides.
	isLineless // instructions without a line
	isMoved    // ways to blocks that were not counted
	isShared   // blocks without lines that several ways lead to

	everyTrait = ^traits(0)

	hasTarget = isJump | isSetup
	endsBlock = isJump | isExit
	noFall    = isExit | isUnconditional
)

// fact is all that passes need of an instruction, in 16 bytes: a load finds it, and all
// of them stay in the fastest cache.
type fact struct {
	traits
	// There is reason to look closer at two neighbours if the first one's ahead and
	// the second one's back have a bit in common.
	ahead, back neighbours
	// The effect on the stack grows evenly with oparg&mask, unless the instruction isOdd.
	popped, net       int8 // for 0: values taken, and how many more there are in the end
	popsEach, netEach int8
	mask              int8 // 0, 1 or all ones
	jump              int8 // change of depth when the jump is taken
	local             localEffect
	constant          int8 // all ones for LOAD_CONST
}

// localEffect says what an instruction does to the local that is its oparg.
type localEffect uint8

const (
	binds   localEffect = 1 << iota // or is certain that it is bound
	unbinds                         // or may do so
	loads
)

// mask returns all ones if l has the bit, or nothing.
func (l localEffect) mask(bit localEffect) uint64 {
	return -uint64(l / bit & 1)
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

// opTable has the facts of the instructions of 3.14 by Op.
type opTable struct {
	facts    [512]fact
	borrowed [512]opcode.Op // what loads of locals become that borrow; all others stay
	infos    [512]*opcode.Info
}

// maxEven is the largest oparg for which effects grow evenly: larger ones could
// overflow.
const maxEven = 1<<15 - 1

var ops = sync.OnceValue(func() *opTable {
	t := new(opTable)
	for info := range opcode.For(pyver.Py314).All() {
		if int(info.Op) < len(t.facts) {
			t.fill(info)
		}
	}
	for op, more := range map[opcode.Op]traits{
		opcode.SETUP_FINALLY: isSetup | isPseudo, opcode.SETUP_CLEANUP: isSetup | isPseudo,
		opcode.SETUP_WITH: isSetup | isPseudo, opcode.LOAD_CLOSURE: isPseudo | isLoad | isCell,
		opcode.STORE_FAST_MAYBE_NULL: isPseudo | isUnbinding,
		opcode.NOP:                   isIdle, opcode.POP_BLOCK: isIdle | isEnd,
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
		opcode.MAKE_CELL:               isCell, opcode.LOAD_DEREF: isCell, opcode.STORE_DEREF: isCell,
		opcode.DELETE_DEREF: isCell, opcode.LOAD_FROM_DICT_OR_DEREF: isCell,
	} {
		t.facts[op].traits |= more
	}
	for _, op := range [...]opcode.Op{
		opcode.LOAD_FAST, opcode.LOAD_FAST_LOAD_FAST, opcode.LOAD_FAST_AND_CLEAR, opcode.DELETE_FAST,
		opcode.LOAD_FAST_BORROW, opcode.LOAD_FAST_BORROW_LOAD_FAST_BORROW,
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
	for i := range t.facts {
		if t.facts[i].local != 0 {
			t.facts[i].traits |= isLocal
		}
	}
	t.fillBorrowed()
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
	t.facts[opcode.STORE_FAST].local = binds
	t.facts[opcode.LOAD_FAST_CHECK].local = binds
	t.facts[opcode.LOAD_FAST].local = binds | loads
	for _, op := range [...]opcode.Op{opcode.DELETE_FAST, opcode.LOAD_FAST_AND_CLEAR, opcode.STORE_FAST_MAYBE_NULL} {
		t.facts[op].local = unbinds
	}
	t.facts[opcode.LOAD_CONST].constant = -1
}

// fillBorrowed comes after isSpecial is known, which means more to borrowClosely.
func (t *opTable) fillBorrowed() {
	for op := range t.facts {
		f := &t.facts[op]
		t.borrowed[op] = opcode.Op(op)
		if f.traits&(isOdd|isSetup) != 0 {
			f.traits |= isTangled
		}
		if f.traits&isSpecial != 0 {
			f.traits |= isMoving
		}
	}
	t.borrowed[opcode.LOAD_FAST] = opcode.LOAD_FAST_BORROW
	t.borrowed[opcode.LOAD_FAST_LOAD_FAST] = opcode.LOAD_FAST_BORROW_LOAD_FAST_BORROW
	// Stores take what they store; what STORE_FAST_LOAD_FAST pushes cannot borrow.
	for _, op := range [...]opcode.Op{opcode.STORE_FAST, opcode.STORE_FAST_LOAD_FAST, opcode.STORE_FAST_STORE_FAST} {
		t.facts[op].traits ^= isMoving | isBinding
	}
	for _, op := range [...]opcode.Op{opcode.DELETE_FAST, opcode.LOAD_FAST_AND_CLEAR} {
		t.facts[op].traits |= isBinding
	}
	for _, op := range [...]opcode.Op{opcode.LOAD_ATTR, opcode.LOAD_SUPER_ATTR} {
		t.facts[op].traits ^= isMoving | isMethod
	}
	for _, op := range [...]opcode.Op{opcode.COPY, opcode.SWAP} {
		t.facts[op].traits |= isCounted
	}
	for _, op := range [...]opcode.Op{
		opcode.LOAD_FAST, opcode.LOAD_FAST_LOAD_FAST, opcode.LOAD_FAST_BORROW, opcode.LOAD_FAST_BORROW_LOAD_FAST_BORROW,
		opcode.FORMAT_SIMPLE, opcode.GET_ANEXT, opcode.GET_LEN, opcode.GET_YIELD_FROM_ITER, opcode.IMPORT_FROM,
		opcode.MATCH_KEYS, opcode.MATCH_MAPPING, opcode.MATCH_SEQUENCE, opcode.WITH_EXCEPT_START,
		opcode.DICT_MERGE, opcode.DICT_UPDATE, opcode.LIST_APPEND, opcode.LIST_EXTEND, opcode.MAP_ADD,
		opcode.RERAISE, opcode.SET_ADD, opcode.SET_UPDATE,
	} {
		t.facts[op].traits ^= isMoving | isKeeping
	}
}

// fill notes what there is to know of an instruction.
func (t *opTable) fill(info *opcode.Info) {
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
	// Opargs of 0 that mean nothing, and 1, need not fit in.
	first, args := 2, evenArgs[:]
	switch {
	case !variable:
		first, args = 0, evenArgs[:0]
	case info.Operand == opcode.NameFlag || info.Operand == opcode.NameSuper:
		f.mask, first, args = 1, 0, flagArgs[:]
	default:
		f.mask = -1
	}
	popsEach, pushesEach := 0, 0
	if variable {
		popsEach, pushesEach = p.Popped(first+1)-p.Popped(first), p.Pushed(first+1)-p.Pushed(first)
	}
	popped, pushed := p.Popped(first)-first*popsEach, p.Pushed(first)-first*pushesEach
	f.popped, f.net, f.popsEach, f.netEach = int8(popped), int8(pushed-popped), int8(popsEach), int8(pushesEach-popsEach)
	if popped < 0 || pushed < 0 {
		f.traits |= isOdd
	}
	for _, arg := range args {
		if n, m := f.effect(int32(arg)); n != p.Popped(arg) || m != p.Pushed(arg) {
			f.traits |= isOdd
		}
	}
}

// evenArgs are opargs that tell instructions whose effects grow evenly from others: where bits and bytes of it begin to
// count. A test tries all. flagArgs are those of instructions whose first bit is a flag.
var (
	evenArgs = [...]int{2, 3, 4, 5, 7, 8, 16, 32, 64, 128, 255, 256, 257, 300}
	flagArgs = [...]int{0, 1}
)

// effect returns how many values an instruction takes off the stack and how many it
// leaves there when it goes on with the next one, unless it isOdd or arg is greater than
// maxEven: see oddEffect. There is no branch that depends on what kind of instruction it
// is.
func (f *fact) effect(arg int32) (popped, pushed int) {
	popped = int(f.popped) + int(arg&int32(f.mask))*int(f.popsEach)
	return popped, popped + f.change(arg)
}

// change returns how many values more there are on the stack behind an instruction, when
// effect knows.
func (f *fact) change(arg int32) int { return int(f.net) + int(arg&int32(f.mask))*int(f.netEach) }

// odd reports whether effect does not know.
func (f *fact) odd(arg int32) bool { return uint32(arg) > maxEven || f.traits&isOdd != 0 }

func (t *opTable) oddEffect(op opcode.Op, arg int32) (popped, pushed int) {
	info := t.infos[op&511]
	if info == nil {
		return 0, 0
	}
	p := info.Stack()
	return min(p.Popped(int(arg)), maxEven), min(p.Pushed(int(arg)), maxEven)
}

// is reports whether op has one of the traits.
func (t *opTable) is(op opcode.Op, tr traits) bool { return t.facts[op&511].traits&tr != 0 }

// loadsConst reports whether op does nothing but push a constant.
func loadsConst(op opcode.Op) bool { return op == opcode.LOAD_CONST || op == opcode.LOAD_SMALL_INT }
