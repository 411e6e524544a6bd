package flowgraph

import "github.com/krait-py/krait/opcode"

// labelHandlers walks the blocks with the stack of handlers that are in force and
// notes the top one in each instruction. Stacks are linked lists that blocks share.
func (g *Graph) labelHandlers() {
	if g.has&isSetup == 0 {
		// Without handlers there is nothing to note.
		for id := entry; id != 0; id = g.blocks[id].Next {
			if b := &g.blocks[id]; b.has&isEnd != 0 {
				for i := range b.Instrs {
					if in := &b.Instrs[i]; in.Op == opcode.POP_BLOCK {
						in.Nop()
					}
				}
			}
		}
		return
	}
	for id := entry; id != 0; id = g.blocks[id].Next {
		if b := &g.blocks[id]; b.has&isSetup != 0 {
			for i := range b.Instrs {
				if in := &b.Instrs[i]; g.ops.is(in.Op, isSetup) {
					g.blocks[in.Target].Handler = true
				}
			}
		}
	}
	g.guards = append(g.guards[:0], guard{})
	todo := g.walk()
	visit := func(id BlockID, guards int32) {
		more, b, isNew := g.see(todo, id)
		if todo = more; isNew {
			b.guards = guards
		}
	}
	visit(entry, 0)
	for len(todo) > 0 {
		b := &g.blocks[todo[len(todo)-1]]
		todo = todo[:len(todo)-1]
		top := b.guards
		if b.has&(isSetup|isEnd|isResume) == 0 {
			if handler := g.guards[top].handler; handler != 0 {
				for i := range b.Instrs {
					b.Instrs[i].Except = handler
				}
			}
			if last := g.jump(b); last != nil {
				visit(last.Target, top)
			}
			if b.Next != 0 && g.falls(b) {
				visit(b.Next, top)
			}
			continue
		}
		yielded := int32(-1) // handlers in force at the last YIELD_VALUE
		handler := g.guards[top].handler
		for i := range b.Instrs {
			in := &b.Instrs[i]
			t := g.ops.facts[in.Op&511].traits & (hasTarget | isEnd | isResume)
			if t == 0 {
				in.Except = handler
				continue
			}
			switch {
			case t&isSetup != 0:
				visit(in.Target, top)
				if in.Op != opcode.SETUP_FINALLY {
					g.blocks[in.Target].Lasti = true
				}
				g.guards = append(g.guards, guard{in.Target, top, g.guards[top].depth + 1})
				top = int32(len(g.guards) - 1)
				handler = in.Target
				continue
			case in.Op == opcode.POP_BLOCK:
				top = g.guards[top].outer
				handler = g.guards[top].handler
				in.Nop()
				continue
			case t&isJump != 0:
				visit(in.Target, top)
			case in.Op == opcode.YIELD_VALUE:
				yielded = g.guards[top].depth
			case in.Op == opcode.RESUME:
				if in.Arg != 0 {
					if yielded == 1 {
						in.Arg |= resumeDepth1
					}
					yielded = -1
				}
			}
			in.Except = handler
		}
		if g.falls(b) && b.Next != 0 {
			visit(b.Next, top)
		}
	}
	g.todo = todo
}

// resumeDepth1 is the bit of RESUME's oparg that says that the yield before it
// stands in one handler only, that of the generator itself.
const resumeDepth1 = 4

// removeUnreachable empties the blocks that nothing leads to.
func (g *Graph) removeUnreachable() {
	if b := &g.blocks[entry]; b.Next == 0 && b.has&hasTarget == 0 {
		// A single block that leads nowhere, as that of most lambdas and class bodies.
		b.preds = 1
		g.has &^= isMoved
		return
	}
	if !g.countWays() {
		g.followWays()
	}
}

// followWays is removeUnreachable for any graph.
func (g *Graph) followWays() {
	todo := g.walk()
	visit := func(id BlockID) {
		more, b, isNew := g.see(todo, id)
		if todo = more; isNew {
			b.preds = 0
		}
		b.preds++
	}
	visit(entry)
	for len(todo) > 0 {
		b := &g.blocks[todo[len(todo)-1]]
		todo = todo[:len(todo)-1]
		if b.Next != 0 && g.falls(b) {
			visit(b.Next)
		}
		if b.has&isSetup == 0 {
			if last := g.jump(b); last != nil {
				visit(last.Target)
			}
			continue
		}
		for i := range b.Instrs {
			if in := &b.Instrs[i]; g.ops.is(in.Op, hasTarget) {
				visit(in.Target)
			}
		}
	}
	g.todo = todo
	left := traits(0)
	for id := entry; id != 0; id = g.blocks[id].Next {
		b := &g.blocks[id]
		if b.seen != g.walks {
			g.empty(b)
			continue
		}
		if b.has&isLineless != 0 {
			left |= isLineless
			if b.preds > 1 {
				left |= isShared
			}
		}
	}
	g.has = g.has&^(isMoved|isLineless|isShared) | left
}

// skipped is seen of blocks that countWays has gone past.
const skipped = ^uint32(0)

// countWays is removeUnreachable where each block that is reached follows one that leads there, as nearly
// always: then blocks are seen in their order. It returns false if that is not so.
func (g *Graph) countWays() bool {
	g.walks++
	walks, blocks, facts := g.walks, g.blocks, &g.ops.facts
	first := &blocks[entry]
	first.seen, first.preds = walks, 1
	left, dead := traits(0), false
	for id := entry; id != 0; id = blocks[id].Next {
		b := &blocks[id]
		if b.seen != walks {
			b.seen, dead = skipped, true
			continue
		}
		left |= b.has & isLineless
		falls := b.Next != 0
		if b.has&(hasTarget|noFall) != 0 && len(b.Instrs) > 0 {
			last := &b.Instrs[len(b.Instrs)-1]
			t := facts[last.Op&511].traits
			falls = falls && t&noFall == 0
			if b.has&isSetup != 0 {
				for i := range b.Instrs {
					if in := &b.Instrs[i]; facts[in.Op&511].traits&hasTarget != 0 && !blocks[in.Target].reach(walks, &left) {
						return false
					}
				}
			} else if t&isJump != 0 && !blocks[last.Target].reach(walks, &left) {
				return false
			}
		}
		if falls && !blocks[b.Next].reach(walks, &left) {
			return false
		}
	}
	for id := entry; id != 0 && dead; id = blocks[id].Next {
		if b := &blocks[id]; b.seen != walks {
			g.empty(b)
		}
	}
	g.has = g.has&^(isMoved|isLineless|isShared) | left
	return true
}

// empty takes away the instructions of a block that nothing leads to.
func (g *Graph) empty(b *Block) {
	g.unloaded = g.unloaded || b.has&isConstLoad != 0
	b.Instrs, b.Handler, b.has, b.preds = b.Instrs[:0], false, 0, 0
}

// reach counts a way to b and reports whether it comes in time.
func (b *Block) reach(walks uint32, left *traits) bool {
	if b.seen != walks {
		was := b.seen
		b.seen, b.preds = walks, 1
		return was != skipped
	}
	b.preds++
	if b.has&isLineless != 0 {
		*left |= isShared
	}
	return true
}

// moveCold moves the blocks that only handlers lead to behind all others.
func (g *Graph) moveCold() {
	if g.blocks[entry].Next == 0 || g.has&isSetup == 0 {
		return
	}
	g.markWarm()
	g.markCold()
	// Where a cold block falls through to a warm one, a jump leads back.
	for id := entry; id != 0; id = g.blocks[id].Next {
		b := &g.blocks[id]
		if !b.Cold || b.Next == 0 || !g.blocks[b.Next].warm || !g.falls(b) {
			continue
		}
		next := b.Next
		g.blocks[next].Labelled = true
		back := g.newBlock()
		j := &g.blocks[back]
		j.Cold, j.Next, j.preds, j.has = true, next, 1, isJump|isUnconditional|isLineless
		g.has |= j.has
		g.push(j, Instr{Span: noLocation, Op: opcode.JUMP_NO_INTERRUPT, Target: next})
		g.jumping = append(g.jumping, back)
		g.blocks[id].Next = back
	}
	var first, tail BlockID // of the cold blocks
	at := entry
	for id := g.blocks[entry].Next; id != 0; id = g.blocks[id].Next {
		switch {
		case !g.blocks[id].Cold:
			g.blocks[at].Next = id
			at = id
		case first == 0:
			first, tail = id, id
		default:
			g.blocks[tail].Next = id
			tail = id
		}
	}
	if first == 0 {
		return
	}
	g.blocks[at].Next = first
	g.blocks[tail].Next = 0
	g.removeNopsAndJumps()
}

// markWarm marks what is reached without an exception.
func (g *Graph) markWarm() {
	todo, _, _ := g.see(g.walk(), entry)
	for len(todo) > 0 {
		b := &g.blocks[todo[len(todo)-1]]
		todo = todo[:len(todo)-1]
		b.warm = true
		if b.Next != 0 && g.falls(b) {
			todo, _, _ = g.see(todo, b.Next)
		}
		if last := g.jump(b); last != nil {
			todo, _, _ = g.see(todo, last.Target)
		}
	}
	g.todo = todo
}

// markCold marks handlers and what is reached from them and not warm.
func (g *Graph) markCold() {
	todo := g.walk()
	for id := entry; id != 0; id = g.blocks[id].Next {
		if g.blocks[id].Handler {
			todo, _, _ = g.see(todo, id)
		}
	}
	visit := func(id BlockID) {
		if !g.blocks[id].warm {
			todo, _, _ = g.see(todo, id)
		}
	}
	for len(todo) > 0 {
		b := &g.blocks[todo[len(todo)-1]]
		todo = todo[:len(todo)-1]
		b.Cold = true
		if b.Next != 0 && g.falls(b) {
			visit(b.Next)
		}
		if last := g.jump(b); last != nil {
			visit(last.Target)
		}
	}
	g.todo = todo
}
