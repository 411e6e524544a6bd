package flowgraph

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
)

const (
	// maxOperands is the number of constants up to which displays are folded
	// from the stack; longer ones are built piece by piece (CPython:
	// _PY_STACK_USE_GUIDELINE).
	maxOperands = 30
	// minSequence is the number of constants from which on a list or set is
	// filled from one constant.
	minSequence = 3

	intrinsicPositive = 5
	intrinsicTuple    = 6 // list to tuple

	compareToBool = 16 // the bit of COMPARE_OP's oparg that wants a bool
)

// optimizeBlocks rewrites each block instruction by instruction, then what swaps
// are left in it.
func (g *Graph) optimizeBlocks() {
	has, pairs := traits(0), neighbours(0)
	for id := entry; id != 0 && g.err == nil; id = g.blocks[id].Next {
		b := &g.blocks[id]
		swaps := b.pairs&peepholePairs != 0 && g.optimizeBlock(b)
		if b.has&isJump != 0 {
			// Jumps stand last. A cycle of jumps would be threaded for ever.
			for range g.blocks {
				if last := g.jump(b); last == nil || !g.thread(b, last) {
					break
				}
			}
		}
		if swaps {
			b.has, b.pairs = b.has|isIdle, everyPair
			g.swapLess(b.Instrs)
		}
		has, pairs = has|b.has, pairs|b.pairs
	}
	// From here on passes that want pairs or NOPs can tell whether there are any.
	g.has, g.pairs = g.has|has, pairs
}

// swapLess rewrites the swaps of a block.
func (g *Graph) swapLess(ins []Instr) {
	for i := 0; i < len(ins); i++ {
		if ins[i].Op == opcode.SWAP {
			i = g.shortenSwaps(ins, i)
			applySwaps(ins, i)
		}
	}
}

// optimizeBlock reports whether there are swaps in b.
func (g *Graph) optimizeBlock(b *Block) (swaps bool) {
	facts := &g.ops.facts
	ins := b.Instrs
	if len(ins) == 0 {
		return false
	}
	var nothing fact // behind the last instruction
	before, f := always, &facts[ins[0].Op&511]
	for i := range ins {
		in := &ins[i]
		var next *Instr
		nextOp := opcode.Op(0)
		behind := &nothing
		if i+1 < len(ins) {
			next = &ins[i+1]
			nextOp = next.Op
			behind = &facts[nextOp&511]
		}
		if before&f.back&fromBefore|f.ahead&behind.back&^fromBefore == 0 {
			before, f = f.ahead, behind
			continue
		}
		switch in.Op {
		case opcode.BUILD_TUPLE:
			if nextOp == opcode.UNPACK_SEQUENCE && next.Arg == in.Arg && 1 <= in.Arg && in.Arg <= 3 {
				if in.Arg == 1 {
					next.Nop()
				} else {
					next.Op = opcode.SWAP
				}
				in.Nop()
				b.has, b.pairs = b.has|isIdle, everyPair
				break
			}
			if n := int(in.Arg); n <= maxOperands && g.collect(ins, i, n) {
				if items := g.collected(); items != nil {
					b.has |= isIdle | isConstLoad
					b.pairs = everyPair
					g.dropOperands()
					g.makeLoad(in, g.unit.Cache.NewTuple(items))
				}
			}
		case opcode.BUILD_LIST, opcode.BUILD_SET:
			g.foldDisplay(b, i, nextOp)
		case opcode.STORE_FAST:
			if nextOp == opcode.STORE_FAST && in.Arg == next.Arg && in.Line == next.Line {
				in.Op, in.Arg = opcode.POP_TOP, 0
				b.pairs = everyPair
			}
		case opcode.SWAP:
			if in.Arg == 1 {
				in.Nop()
				b.has |= isIdle
			} else {
				swaps = true
			}
		case opcode.LOAD_GLOBAL:
			if nextOp == opcode.PUSH_NULL && in.Arg&1 == 0 {
				in.Arg |= 1
				next.Nop()
				b.has |= isIdle
			}
		case opcode.COMPARE_OP:
			if nextOp == opcode.TO_BOOL {
				next.Op, next.Arg = opcode.COMPARE_OP, in.Arg|compareToBool
				in.Nop()
				b.has |= isIdle
			}
		case opcode.CONTAINS_OP, opcode.IS_OP:
			switch nextOp {
			case opcode.TO_BOOL:
				next.Op, next.Arg = in.Op, in.Arg
				in.Nop()
				b.has |= isIdle
			case opcode.UNARY_NOT:
				next.Op, next.Arg = in.Op, in.Arg^1
				in.Nop()
				b.has |= isIdle
			}
		case opcode.TO_BOOL:
			if nextOp == opcode.TO_BOOL {
				in.Nop()
				b.has |= isIdle
			}
		case opcode.UNARY_NOT:
			switch nextOp {
			case opcode.TO_BOOL:
				next.Op = opcode.UNARY_NOT
				in.Nop()
				b.has |= isIdle
			case opcode.UNARY_NOT:
				in.Nop()
				next.Nop()
				b.has |= isIdle
			default:
				g.foldUnary(b, i)
			}
		case opcode.UNARY_INVERT, opcode.UNARY_NEGATIVE:
			g.foldUnary(b, i)
		case opcode.CALL_INTRINSIC_1:
			switch in.Arg {
			case intrinsicTuple:
				if nextOp == opcode.GET_ITER {
					in.Nop()
					b.has |= isIdle
				} else {
					g.foldTuple(b, i)
				}
			case intrinsicPositive:
				g.foldUnary(b, i)
			}
		case opcode.BINARY_OP:
			g.foldBinary(b, i)
		}
		// Both may be others now.
		before, f = facts[in.Op&511].ahead, behind
		if next != nil {
			f = &facts[next.Op&511]
		}
	}
	return swaps
}

// thread makes the jump in, the last instruction of b, lead to where the jump at
// its target leads, and reports whether in is to be looked at again.
func (g *Graph) thread(b *Block, in *Instr) bool {
	t := &g.blocks[in.Target]
	if len(t.Instrs) == 0 {
		return false
	}
	to := &t.Instrs[0]
	op := in.Op
	switch op {
	case opcode.JUMP_IF_FALSE, opcode.JUMP_IF_TRUE:
		switch to.Op {
		case opcode.JUMP, op:
		case opcode.JUMP_IF_FALSE, opcode.JUMP_IF_TRUE:
			// The opposite test of the same value fails.
			if t.Next == 0 {
				return false
			}
			in.Target = t.Next
			g.has |= isMoved
			return true
		default:
			return false
		}
	case opcode.POP_JUMP_IF_FALSE, opcode.POP_JUMP_IF_TRUE, opcode.POP_JUMP_IF_NONE, opcode.POP_JUMP_IF_NOT_NONE:
		if to.Op != opcode.JUMP {
			return false
		}
	case opcode.JUMP, opcode.JUMP_NO_INTERRUPT:
		switch to.Op {
		case opcode.JUMP:
			op = opcode.JUMP
		case opcode.JUMP_NO_INTERRUPT:
		default:
			return false
		}
	default:
		return false
	}
	if in.Target == to.Target {
		return false
	}
	jump := Instr{Span: to.Span, Op: op, Target: to.Target}
	// What stays keeps its line, for now.
	in.Nop()
	b.has |= isIdle
	g.has |= isMoved
	if jump.Line < 0 {
		b.has |= isLineless
		g.has |= isLineless
	}
	g.push(b, jump)
	return true
}

// foldDisplay folds the list or set that is built at index i: where it is only
// iterated over or searched into a tuple or frozen set, otherwise into an empty
// one that is filled from a constant.
func (g *Graph) foldDisplay(b *Block, i int, nextOp opcode.Op) {
	ins := b.Instrs
	in := &ins[i]
	passing := nextOp == opcode.GET_ITER || nextOp == opcode.CONTAINS_OP
	n := int(in.Arg)
	if n > maxOperands || n < minSequence && !passing {
		return
	}
	if !g.collect(ins, i, n) {
		if passing && in.Op == opcode.BUILD_LIST {
			in.Op = opcode.BUILD_TUPLE
		}
		return
	}
	items := g.collected()
	if items == nil {
		return
	}
	var v code.Value
	if in.Op == opcode.BUILD_SET {
		set := frozenSet(items)
		if set == nil {
			return
		}
		v = set
	} else {
		v = g.unit.Cache.NewTuple(items)
	}
	index := g.addConst(v)
	g.dropOperands()
	b.has |= isIdle | isLineless | isConstLoad
	g.has |= isLineless | isShared
	b.pairs = everyPair
	if passing {
		in.Op, in.Arg = opcode.LOAD_CONST, index
		return
	}
	// There are at least as many instructions before as it has items.
	ins[i-2].Span = in.Span
	ins[i-2].Op, ins[i-2].Arg = in.Op, 0
	ins[i-1].Op, ins[i-1].Arg = opcode.LOAD_CONST, index
	if in.Op == opcode.BUILD_LIST {
		in.Op = opcode.LIST_EXTEND
	} else {
		in.Op = opcode.SET_UPDATE
	}
	in.Arg = 1
}

// foldTuple folds a list that was filled with constants one by one and is made a
// tuple at index i.
func (g *Graph) foldTuple(b *Block, i int) {
	ins := b.Instrs
	found, appended := 0, true // whether an append is to come, going back
	for at := i - 1; at >= 0; at-- {
		in := &ins[at]
		switch {
		case in.Op == opcode.NOP:
			continue
		case in.Op == opcode.BUILD_LIST && in.Arg == 0:
			if appended {
				b.has |= isIdle | isConstLoad
				b.pairs = everyPair
				g.foldAppended(ins, at, i, found)
			}
			return
		case appended:
			if in.Op != opcode.LIST_APPEND || in.Arg != 1 {
				return
			}
		default:
			if !loadsConst(in.Op) {
				return
			}
			found++
		}
		appended = !appended
	}
}

func (g *Graph) foldAppended(ins []Instr, start, end, n int) {
	items := make([]code.Value, 0, n)
	for at := start; at < end; at++ {
		if loadsConst(ins[at].Op) {
			v := g.value(&ins[at])
			if v == nil {
				return
			}
			items = append(items, v)
		}
	}
	g.unloaded = true
	for at := start; at < end; at++ {
		if in := &ins[at]; in.Op != opcode.NOP {
			in.Nop()
			in.Span = noLocation
		}
	}
	g.makeLoad(&ins[end], &code.Tuple{Items: items})
}

func (g *Graph) foldUnary(b *Block, i int) {
	ins := b.Instrs
	if !g.collect(ins, i, 1) {
		return
	}
	v := g.value(g.operands[0])
	if v == nil {
		return
	}
	if folded := unary(ins[i].Op, v); folded != nil {
		b.has, b.pairs = b.has|isIdle|isConstLoad, everyPair
		g.dropOperands()
		g.makeLoad(&ins[i], folded)
	}
}

func (g *Graph) foldBinary(b *Block, i int) {
	ins := b.Instrs
	if !g.collect(ins, i, 2) {
		return
	}
	v, w := g.value(g.operands[0]), g.value(g.operands[1])
	if v == nil || w == nil {
		return
	}
	if folded := binary(ins[i].Arg, v, w); folded != nil {
		b.has, b.pairs = b.has|isIdle|isConstLoad, everyPair
		g.dropOperands()
		g.makeLoad(&ins[i], folded)
	}
}
