package flowgraph

import "github.com/krait-py/krait/opcode"

// ref is what borrowLoads knows of a value on the stack: the instruction that
// pushed it, if that is a load, and the local it came from; -1 otherwise.
type ref struct{ instr, local int32 }

var stranger = ref{-1, -1}

// borrowLoads makes loads of locals borrow the local's reference where the value
// is consumed in the same block, while the local still has it.
func (g *Graph) borrowLoads() {
	if u := g.unit; len(u.VarNames.List)+len(u.CellVars.List)+len(u.FreeVars.List) == 0 {
		return
	}
	todo, b, _ := g.see(g.walk(), entry)
	b.Depth = 0
	for len(todo) > 0 && g.err == nil {
		id := todo[len(todo)-1]
		todo = g.borrowInBlock(todo[:len(todo)-1], &g.blocks[id])
	}
	g.todo = todo
}

func (g *Graph) leadsTo(todo []BlockID, id BlockID) []BlockID {
	todo, _, _ = g.see(todo, id)
	return todo
}

func (g *Graph) borrowInBlock(todo []BlockID, b *Block) []BlockID {
	if b.has&isLoad == 0 || g.borrowPlain(b) {
		return g.follow(todo, b)
	}
	return g.borrowClosely(todo, b)
}

// borrowClosely follows the values of b's loads on the stack, and adds the blocks where control goes on.
func (g *Graph) borrowClosely(todo []BlockID, b *Block) []BlockID {
	ins := b.Instrs
	// Loads borrow until a reason turns up for them not to. Nearly all instructions take
	// some values and push one that comes from nowhere: what there is to do for these
	// is free of branches that a processor would have to guess.
	stack := g.stack
	sp := int(max(b.Depth, 0))
	if need := sp + 8; need > len(stack) {
		stack = make([]ref, need+g.StackSize)
	}
	for i := range sp {
		stack[i] = stranger
	}
	facts := &g.ops.facts
	for i := range ins {
		in := &ins[i]
		f := &facts[in.Op&511]
		popped, pushed := f.effect(in.Arg)
		if f.odd(in.Arg) {
			popped, pushed = g.ops.oddEffect(in.Op, in.Arg)
		}
		rest := sp - popped
		// There are as many values as an instruction takes, or the depth was wrong.
		if rest < 0 || popped < 0 {
			g.fail("stack underflow")
			return todo
		}
		if rest+pushed+2 > len(stack) {
			stack = append(stack, make([]ref, len(stack)+pushed)...)
		}
		if f.traits&isSpecial == 0 {
			stack[rest] = stranger
			for k := 1; k < pushed; k++ {
				stack[rest+k] = stranger
			}
			sp = rest + pushed
			continue
		}
		at := int32(i)
		top := max(sp-1, 0) // of the stack
		switch in.Op {
		case opcode.LOAD_FAST, opcode.LOAD_FAST_BORROW:
			in.Op = opcode.LOAD_FAST_BORROW
			stack[sp] = ref{at, in.Arg}
			sp++
		case opcode.LOAD_FAST_LOAD_FAST, opcode.LOAD_FAST_BORROW_LOAD_FAST_BORROW:
			in.Op = opcode.LOAD_FAST_BORROW_LOAD_FAST_BORROW
			stack[sp], stack[sp+1] = ref{at, in.Arg >> 4}, ref{at, in.Arg & 15}
			sp += 2
		case opcode.DELETE_FAST:
			bind(ins, stack[:sp], in.Arg)
		case opcode.LOAD_FAST_AND_CLEAR:
			bind(ins, stack[:sp], in.Arg)
			stack[sp] = ref{at, in.Arg}
			sp++
		case opcode.STORE_FAST:
			store(ins, stack[:sp], in.Arg)
			sp--
		case opcode.STORE_FAST_LOAD_FAST:
			store(ins, stack[:sp], in.Arg>>4)
			stack[top] = ref{at, in.Arg & 15}
		case opcode.STORE_FAST_STORE_FAST:
			store(ins, stack[:sp], in.Arg>>4)
			store(ins, stack[:top], in.Arg&15)
			sp -= 2

		case opcode.COPY:
			if in.Arg < 1 {
				g.fail("COPY 0")
				return todo
			}
			stack[sp] = stack[sp-int(in.Arg)]
			sp++
		case opcode.SWAP:
			if in.Arg < 1 {
				g.fail("SWAP 0")
				return todo
			}
			other := sp - int(in.Arg)
			stack[top], stack[other] = stack[other], stack[top]

		case opcode.FORMAT_SIMPLE, opcode.GET_ANEXT, opcode.GET_LEN, opcode.GET_YIELD_FROM_ITER, opcode.IMPORT_FROM,
			opcode.MATCH_KEYS, opcode.MATCH_MAPPING, opcode.MATCH_SEQUENCE, opcode.WITH_EXCEPT_START:
			// These leave what they take where it is. 3.14 takes what they push to come
			// from the first instructions of the block, which shows if that are loads.
			for k := range pushed - popped {
				stack[sp] = ref{int32(k), -1}
				sp++
			}
		case opcode.DICT_MERGE, opcode.DICT_UPDATE, opcode.LIST_APPEND, opcode.LIST_EXTEND, opcode.MAP_ADD,
			opcode.RERAISE, opcode.SET_ADD, opcode.SET_UPDATE:
			// These take the top and leave the rest.
			sp -= max(popped-pushed, 0)
		case opcode.END_SEND, opcode.SET_FUNCTION_ATTRIBUTE:
			// The top takes the place of what is below.
			stack[sp-2] = stack[top]
			sp--
		case opcode.CHECK_EXC_MATCH:
			stack[top] = stranger
		case opcode.FOR_ITER:
			todo = g.leadsTo(todo, in.Target)
			stack[sp] = stranger
			sp++
		case opcode.LOAD_ATTR, opcode.LOAD_SUPER_ATTR:
			// For a method, the object is pushed again.
			stack[rest], stack[rest+1] = stranger, stack[top]
			sp = rest + 1 + int(in.Arg&1)
		case opcode.LOAD_SPECIAL, opcode.PUSH_EXC_INFO:
			stack[top], stack[sp] = stranger, stack[top]
			sp++
		case opcode.SEND:
			todo = g.leadsTo(todo, in.Target)
			stack[top] = stranger

		default:
			if f.traits&hasTarget != 0 {
				todo = g.leadsTo(todo, in.Target)
			}
			if f.traits&isSetup != 0 {
				break
			}
			for k := range pushed {
				stack[rest+k] = stranger
			}
			sp = rest + pushed
		}
	}
	g.stack = stack
	// Blocks that have become empty are not looked through: what is behind them, such
	// as the code behind a try statement, borrows only if control also gets there
	// another way. That is how 3.14 does it.
	if b.Next != 0 && len(ins) > 0 && g.falls(b) {
		todo = g.leadsTo(todo, b.Next)
	}
	for _, r := range stack[:sp] {
		own(ins, r.instr) // its value outlives the block
	}
	return todo
}

// follow adds the blocks where control goes on behind b, in which no set-ups are left.
func (g *Graph) follow(todo []BlockID, b *Block) []BlockID {
	last := b.last()
	if last == nil {
		return todo
	}
	if g.ops.is(last.Op, isJump) {
		todo = g.leadsTo(todo, last.Target)
	} else if n := len(b.Instrs) - 2; n >= 0 && g.ops.is(b.Instrs[n].Op, isJump) {
		todo = g.leadsTo(todo, b.Instrs[n].Target) // and NOT_TAKEN behind it
	}
	if b.Next != 0 && g.falls(b) {
		todo = g.leadsTo(todo, b.Next)
	}
	return todo
}

// borrowPlain makes all loads of locals in b borrow and reports whether they may: whether no value of theirs is on the stack at
// the end of b, or when a local changes. That is so in most blocks, and can be told by counting how many values at the bottom of
// the stack come from no load, without branches that a processor would have to guess.
func (g *Graph) borrowPlain(b *Block) bool {
	facts := &g.ops.facts
	depth := int(max(b.Depth, 0))
	base := depth
	least, wrong := 0, 0 // negative if something is
	for i := range b.Instrs {
		in := &b.Instrs[i]
		f := &facts[in.Op&511]
		t := f.traits
		if t&isTangled != 0 || uint32(in.Arg) > maxEven {
			return false
		}
		in.Op = g.ops.borrowed[in.Op&511]
		popped, pushed := f.effect(in.Arg)
		rest := depth - popped
		moving := -int((t/isMoving | t/isMethod&traits(in.Arg)) & 1)
		keeping := -int(t / isKeeping & 1)
		wrong |= -int(t/isBinding&1)&(base-depth) | -int(t/isCounted&1)&int(in.Arg-1)
		least = min(least, rest)
		// What an instruction pushes comes from no load if all that it leaves below is, too; what is moved, if all was.
		below := rest + popped&moving + maxEven&keeping
		depth = rest + pushed
		known := min(base, rest+pushed&keeping)
		if below <= base {
			known = depth
		}
		base = known
	}
	return depth <= base && wrong >= 0 && least >= 0
}

// own gives the load at index i, if it is one, a reference of its own.
func own(ins []Instr, i int32) {
	if uint32(i) >= uint32(len(ins)) {
		return
	}
	switch in := &ins[i]; in.Op {
	case opcode.LOAD_FAST_BORROW:
		in.Op = opcode.LOAD_FAST
	case opcode.LOAD_FAST_BORROW_LOAD_FAST_BORROW:
		in.Op = opcode.LOAD_FAST_LOAD_FAST
	}
}

// bind is for values on the stack that came from the local, which is bound anew: they
// outlive what the local refers to.
func bind(ins []Instr, stack []ref, local int32) {
	for _, on := range stack {
		if on.local == local {
			own(ins, on.instr)
		}
	}
}

// store is for the top of the stack being stored in a local, which keeps it.
func store(ins []Instr, stack []ref, local int32) {
	top := len(stack) - 1
	bind(ins, stack[:top], local)
	own(ins, stack[top].instr)
}
