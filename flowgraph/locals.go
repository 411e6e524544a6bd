package flowgraph

import "github.com/krait-py/krait/opcode"

// maskedLocals is the number of locals that are followed from block to block.
const maskedLocals = 64

// checkLocals makes loads of locals that may be unbound check for that. Locals
// beyond the first 64 are followed within blocks only, so that time does not grow
// with the square of their number.
func (g *Graph) checkLocals() {
	n := len(g.unit.VarNames.List)
	if n == 0 {
		return
	}
	if n > maskedLocals {
		g.checkManyLocals(n)
		n = maskedLocals
	}
	if g.params >= n && g.has&isUnbinding == 0 {
		return // all are arguments, and remain bound
	}
	todo := g.walk()
	// Locals other than arguments start out unbound.
	start := uint64(0)
	if g.params < n {
		start = ^uint64(0) << g.params
		if n < maskedLocals {
			start &= 1<<n - 1
		}
	}
	todo = g.mayBeUnbound(todo, entry, start)
	bound := g.has&isUnbinding == 0 // whether what is bound remains so
	for id := entry; id != 0; {
		b := &g.blocks[id]
		next := b.Next
		if b.seen = 0; b.unsafe != 0 || !bound {
			todo = g.checkBlock(todo, id)
		}
		id = next
	}
	for len(todo) > 0 {
		id := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if g.blocks[id].seen == g.walks {
			g.blocks[id].seen = 0
			todo = g.checkBlock(todo, id)
		}
	}
	g.todo = todo
}

// mayBeUnbound adds locals to those that may be unbound at the top of a block, and
// the block to those to look at if that is news.
func (g *Graph) mayBeUnbound(todo []BlockID, id BlockID, locals uint64) []BlockID {
	b := &g.blocks[id]
	if b.unsafe|locals == b.unsafe {
		return todo
	}
	b.unsafe |= locals
	todo, _, _ = g.see(todo, id)
	return todo
}

func (g *Graph) checkBlock(todo []BlockID, id BlockID) []BlockID {
	b := &g.blocks[id]
	unsafe := b.unsafe
	told, news := BlockID(0), uint64(0) // the last handler told, and of what
	facts := &g.ops.facts
	ins := b.Instrs
	if b.has&isLocal == 0 && g.has&isSetup == 0 {
		ins = nil // nothing becomes unbound there
	}
	for i := range ins {
		in := &ins[i]
		if in.Except != 0 && (in.Except != told || unsafe != news) {
			todo = g.mayBeUnbound(todo, in.Except, unsafe)
			told, news = in.Except, unsafe
		}
		bit := uint64(1) << uint32(in.Arg) // 0 for locals beyond
		l := facts[in.Op&511].local
		if unsafe&bit&l.mask(loads) != 0 {
			in.Op = opcode.LOAD_FAST_CHECK
		}
		unsafe = unsafe&^(bit&l.mask(binds)) | bit&l.mask(unbinds)
		if unsafe == 0 && b.has&isUnbinding == 0 {
			break // all are bound and remain so
		}
	}
	if b.Next != 0 && g.falls(b) {
		todo = g.mayBeUnbound(todo, b.Next, unsafe)
	}
	if last := g.jump(b); last != nil {
		todo = g.mayBeUnbound(todo, last.Target, unsafe)
	}
	return todo
}

// checkManyLocals checks loads of the locals from number 64 on unless the same
// block has bound or checked them before.
func (g *Graph) checkManyLocals(n int) {
	g.ints = grow(g.ints, n)
	bound := g.ints // the number of the block that did, by local
	clear(bound)
	block := int32(0)
	for id := entry; id != 0; id = g.blocks[id].Next {
		block++
		ins := g.blocks[id].Instrs
		for i := range ins {
			in := &ins[i]
			if in.Arg < maskedLocals || int(in.Arg) >= n {
				continue
			}
			switch in.Op {
			case opcode.DELETE_FAST, opcode.LOAD_FAST_AND_CLEAR, opcode.STORE_FAST_MAYBE_NULL:
				bound[in.Arg] = 0
			case opcode.STORE_FAST:
				bound[in.Arg] = block
			case opcode.LOAD_FAST:
				if bound[in.Arg] != block {
					in.Op = opcode.LOAD_FAST_CHECK
				}
				bound[in.Arg] = block
			}
		}
	}
}
