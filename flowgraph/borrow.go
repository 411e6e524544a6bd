package flowgraph

import "github.com/krait-py/krait/opcode"

// ref is what borrowLoads knows of a value on the stack: the instruction that
// pushed it, if that is a load, and the local it came from; -1 otherwise.
type ref struct{ instr, local int32 }

var stranger = ref{-1, -1}

// Reasons for a load to need a reference of its own.
const (
	outlivesLocal = 1 << iota // the local is bound anew while the value is on the stack
	becomesLocal              // the value is stored in a local
	leavesBlock               // the value is on the stack at the end of the block
)

// borrowLoads makes loads of locals borrow the local's reference where the value
// is consumed in the same block, while the local still has it.
func (g *Graph) borrowLoads() {
	if u := g.unit; len(u.VarNames.List)+len(u.CellVars.List)+len(u.FreeVars.List) == 0 {
		return
	}
	todo := append(g.walk(), entry)
	g.blocks[entry].visited = true
	g.blocks[entry].Depth = 0
	for len(todo) > 0 && g.err == nil {
		id := todo[len(todo)-1]
		todo = g.borrowInBlock(todo[:len(todo)-1], &g.blocks[id])
	}
	g.todo = todo
}

func (g *Graph) leadsTo(todo []BlockID, id BlockID) []BlockID {
	if b := &g.blocks[id]; !b.visited {
		b.visited = true
		todo = append(todo, id)
	}
	return todo
}

func (g *Graph) borrowInBlock(todo []BlockID, b *Block) []BlockID {
	ins := b.Instrs
	if b.has&isLoad == 0 {
		// Only where control goes on matters. Jumps stand last; set-ups are gone.
		if last := b.last(); last != nil {
			if g.ops.is(last.Op, isJump) {
				todo = g.leadsTo(todo, last.Target)
			} else if n := len(ins) - 2; n >= 0 && g.ops.is(ins[n].Op, isJump) {
				todo = g.leadsTo(todo, ins[n].Target) // and NOT_TAKEN behind it
			}
			if b.Next != 0 && g.falls(b) {
				todo = g.leadsTo(todo, b.Next)
			}
		}
		return todo
	}
	g.marks = grow(g.marks, len(ins))
	marks := g.marks
	loads := g.ints[:0] // indices of loads
	refs := g.stack[:0]
	for range b.Depth {
		refs = append(refs, stranger)
	}
	facts := &g.ops.facts
	for i := range ins {
		in := &ins[i]
		at := int32(i)
		f := &facts[in.Op&511]
		e := g.ops.effect(f, in.Op, in.Arg)
		popped, pushed := int(e.popped), int(e.pushed)
		n := len(refs)
		// There are as many values as an instruction takes, or the depth was wrong.
		if popped > n || popped < 0 {
			g.fail("stack underflow")
			return todo
		}
		if f.traits&isSpecial == 0 {
			// Takes what it takes and pushes something else.
			refs = refs[:n-popped]
			if pushed == 1 { // mostly
				refs = append(refs, stranger)
				continue
			}
			for range pushed {
				refs = append(refs, stranger)
			}
			continue
		}
		switch in.Op {
		case opcode.LOAD_FAST:
			marks[at] = 0
			loads = append(loads, at)
			refs = append(refs, ref{at, in.Arg})
		case opcode.LOAD_FAST_LOAD_FAST:
			marks[at] = 0
			loads = append(loads, at)
			refs = append(refs, ref{at, in.Arg >> 4}, ref{at, in.Arg & 15})
		case opcode.DELETE_FAST:
			bind(marks, refs, in.Arg)
		case opcode.LOAD_FAST_AND_CLEAR:
			bind(marks, refs, in.Arg)
			refs = append(refs, ref{at, in.Arg})
		case opcode.STORE_FAST:
			refs = store(marks, refs, in.Arg)
		case opcode.STORE_FAST_LOAD_FAST:
			refs = append(store(marks, refs, in.Arg>>4), ref{at, in.Arg & 15})
		case opcode.STORE_FAST_STORE_FAST:
			refs = store(marks, store(marks, refs, in.Arg>>4), in.Arg&15)

		case opcode.COPY:
			if in.Arg < 1 {
				g.fail("COPY 0")
				return todo
			}
			refs = append(refs, refs[n-int(in.Arg)])
		case opcode.SWAP:
			if in.Arg < 1 {
				g.fail("SWAP 0")
				return todo
			}
			top, other := n-1, n-int(in.Arg)
			refs[top], refs[other] = refs[other], refs[top]

		case opcode.FORMAT_SIMPLE, opcode.GET_ANEXT, opcode.GET_LEN, opcode.GET_YIELD_FROM_ITER, opcode.IMPORT_FROM,
			opcode.MATCH_KEYS, opcode.MATCH_MAPPING, opcode.MATCH_SEQUENCE, opcode.WITH_EXCEPT_START:
			// These leave what they take where it is. 3.14 takes what they push to come
			// from the first instructions of the block, which shows if that are loads.
			for k := range pushed - popped {
				refs = append(refs, ref{int32(k), -1})
			}
		case opcode.DICT_MERGE, opcode.DICT_UPDATE, opcode.LIST_APPEND, opcode.LIST_EXTEND, opcode.MAP_ADD,
			opcode.RERAISE, opcode.SET_ADD, opcode.SET_UPDATE:
			// These take the top and leave the rest.
			refs = refs[:n-max(popped-pushed, 0)]
		case opcode.END_SEND, opcode.SET_FUNCTION_ATTRIBUTE:
			// The top takes the place of what is below.
			refs[n-2] = refs[n-1]
			refs = refs[:n-1]
		case opcode.CHECK_EXC_MATCH:
			refs[n-1] = stranger
		case opcode.FOR_ITER:
			todo = g.leadsTo(todo, in.Target)
			refs = append(refs, stranger)
		case opcode.LOAD_ATTR, opcode.LOAD_SUPER_ATTR:
			self := refs[n-1]
			refs = append(refs[:n-popped], stranger)
			if in.Arg&1 != 0 {
				refs = append(refs, self) // it may be a method's
			}
		case opcode.LOAD_SPECIAL, opcode.PUSH_EXC_INFO:
			top := refs[n-1]
			refs = append(refs[:n-1], stranger, top)
		case opcode.SEND:
			todo = g.leadsTo(todo, in.Target)
			refs[n-1] = stranger

		default:
			if g.ops.is(in.Op, hasTarget) {
				todo = g.leadsTo(todo, in.Target)
			}
			if g.ops.is(in.Op, isSetup) {
				break
			}
			refs = refs[:n-popped]
			for range pushed {
				refs = append(refs, stranger)
			}
		}
	}
	g.stack = refs
	// Blocks that have become empty are not looked through: what is behind them, such
	// as the code behind a try statement, borrows only if control also gets there
	// another way. That is how 3.14 does it.
	if b.Next != 0 && len(ins) > 0 && g.falls(b) {
		todo = g.leadsTo(todo, b.Next)
	}
	for _, r := range refs {
		if r.instr >= 0 {
			marks[r.instr] |= leavesBlock
		}
	}
	for _, i := range loads {
		if marks[i] != 0 {
			continue
		}
		if in := &ins[i]; in.Op == opcode.LOAD_FAST {
			in.Op = opcode.LOAD_FAST_BORROW
		} else {
			in.Op = opcode.LOAD_FAST_BORROW_LOAD_FAST_BORROW
		}
	}
	g.ints = loads
	return todo
}

// bind marks the instructions whose values are on the stack and came from the local,
// which is bound anew.
func bind(marks []uint8, refs []ref, local int32) {
	for _, on := range refs {
		if on.local == local {
			marks[on.instr] |= outlivesLocal
		}
	}
}

// store takes the top of the stack and stores it in a local.
func store(marks []uint8, refs []ref, local int32) []ref {
	top := refs[len(refs)-1]
	refs = refs[:len(refs)-1]
	bind(marks, refs, local)
	if top.instr >= 0 {
		marks[top.instr] |= becomesLocal
	}
	return refs
}
