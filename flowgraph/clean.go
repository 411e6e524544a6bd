package flowgraph

import "github.com/krait-py/krait/opcode"

// maxCopy is the number of instructions up to which an exit is worth copying.
const maxCopy = 4

// inlineExits puts copies of blocks in place of jumps to them: small blocks that
// leave the function, and blocks without lines that do not fall through.
func (g *Graph) inlineExits() {
	// Every change removes a jump and adds at most one, nearer to where it ends. The
	// bounds are for cycles of jumps that have no line, which no compiler makes.
	g.jumping = g.jumping[:0]
	for id := entry; id != 0; id = g.blocks[id].Next {
		if g.blocks[id].has&isUnconditional != 0 {
			g.jumping = append(g.jumping, id)
		}
	}
	g.listed = true
	budget := 64*len(g.blocks) + 4096
	for rounds, changed := 0, true; changed && rounds < 256; rounds++ {
		changed = false
		for _, id := range g.jumping {
			if budget <= 0 {
				break
			}
			if n := g.inlineExit(id); n > 0 {
				changed = true
				budget -= n
			}
		}
	}
}

// inlineExit returns how many instructions it added to the block.
func (g *Graph) inlineExit(id BlockID) int {
	b := &g.blocks[id]
	last := b.last()
	if last == nil || !g.ops.is(last.Op, isUnconditional) || last.Target == id {
		return 0
	}
	t := &g.blocks[last.Target]
	end := t.last()
	if end == nil || !g.ops.is(end.Op, noFall) {
		return 0
	}
	lineless := !t.hasLine()
	if !lineless && (!g.ops.is(end.Op, isExit) || len(t.Instrs) > maxCopy) {
		return 0
	}
	removed := last.Op
	last.Nop()
	n := len(b.Instrs)
	ins := g.extend(b, len(t.Instrs))
	copy(ins[n:], t.Instrs)
	if end = &ins[len(ins)-1]; lineless && removed == opcode.JUMP && g.ops.is(end.Op, isUnconditional) {
		end.Op = opcode.JUMP // signals are handled there, as they were
	}
	t.preds--
	b.resembles(t)
	b.has, b.pairs = b.has|isIdle, everyPair
	return len(t.Instrs)
}

func (b *Block) hasLine() bool {
	if b.has&isLineless == 0 {
		return len(b.Instrs) > 0
	}
	for i := range b.Instrs {
		if b.Instrs[i].Line >= 0 {
			return true
		}
	}
	return false
}

// removeNops removes the NOPs that have no line of their own and returns how
// many. A NOP that does is what a debugger stops at.
func (g *Graph) removeNops() int {
	if g.has&isIdle == 0 {
		return 0
	}
	removed, left := 0, traits(0)
	for id := entry; id != 0; id = g.blocks[id].Next {
		b := &g.blocks[id]
		if b.has&isIdle != 0 {
			removed += g.removeBlockNops(b)
		}
		left |= b.has
	}
	g.has = g.has&^isIdle | left&isIdle
	return removed
}

func (g *Graph) removeBlockNops(b *Block) int {
	ins := b.Instrs
	b.has &^= isIdle
	first := 0
	for first < len(ins) && ins[first].Op != opcode.NOP {
		first++
	}
	if first == len(ins) {
		return 0
	}
	to, line := first, int32(-1) // line of the instruction before
	if first > 0 {
		line = ins[first-1].Line
	}
	kept := traits(0)
	for i := first; i < len(ins); i++ {
		in := &ins[i]
		if in.Op == opcode.NOP {
			if g.idle(b, i, line) {
				continue
			}
			kept = isIdle
		}
		line = in.Line
		if to != i {
			ins[to] = *in
			if to > 0 && ins[i-1].Op == opcode.NOP {
				// What NOPs have parted are neighbours now.
				b.pairs |= g.ops.facts[ins[to-1].Op&511].ahead & g.ops.facts[in.Op&511].back
				g.pairs |= b.pairs
			}
		}
		to++
	}
	b.has |= kept
	b.Instrs = ins[:to]
	return len(ins) - to
}

// idle reports whether the NOP at index i of b, behind an instruction of the line
// before, can go. An instruction behind it without a line gets its line.
func (g *Graph) idle(b *Block, i int, before int32) bool {
	in := &b.Instrs[i]
	if in.Line < 0 || in.Line == before {
		return true
	}
	if i+1 < len(b.Instrs) {
		next := &b.Instrs[i+1]
		if next.Line < 0 {
			next.Span = in.Span
			return true
		}
		return next.Line == in.Line
	}
	next := g.nonempty(b.Next)
	if next == 0 {
		return false
	}
	for j := range g.blocks[next].Instrs {
		if follow := &g.blocks[next].Instrs[j]; follow.Op != opcode.NOP || follow.Line >= 0 {
			return follow.Line == in.Line
		}
	}
	return false // not even a line of -1 equals that of in
}

// removePairs removes idle NOPs, and pushes that are popped at once.
func (g *Graph) removePairs() {
	if g.has&isIdle == 0 && g.pairs&popBehind == 0 {
		return // a block without a label is behind a jump or an exit
	}
	for again := true; again; {
		again = false
		left := traits(0) // what there is in blocks that were seen
		var before *Instr // what runs before the first instruction of a block, and only then
		var owner *Block
		for id := entry; id != 0; id = g.blocks[id].Next {
			b := &g.blocks[id]
			if b.has&isIdle != 0 {
				g.removeBlockNops(b)
			}
			if b.Labelled {
				before = nil
			}
			ins := b.Instrs
			if before != nil && len(ins) > 0 && ins[0].Op == opcode.POP_TOP && pushes(before) {
				before.Nop()
				ins[0].Nop()
				g.unloaded = true
				owner.has |= isIdle
				b.has |= isIdle
				again = true
			}
			for i := 1; i < len(ins) && b.pairs&popBehind != 0; i++ {
				if pops := &ins[i]; pops.Op == opcode.POP_TOP && pushes(&ins[i-1]) {
					ins[i-1].Nop()
					pops.Nop()
					g.unloaded = true
					b.has |= isIdle
					again = true
				}
			}
			if last := b.last(); last != nil {
				before, owner = last, b
				if g.ops.is(last.Op, isJump|isExit) {
					before = nil
				}
			}
			left |= b.has
		}
		// From here on the graph knows whether it has NOPs.
		g.has = g.has&^isIdle | left&isIdle
	}
}

// pushes reports whether in does nothing but push a value.
func pushes(in *Instr) bool { return loadsConst(in.Op) || in.Op == opcode.COPY && in.Arg == 1 }

// removeNopsAndJumps removes idle NOPs, and jumps to what follows anyhow, until
// there are none.
func (g *Graph) removeNopsAndJumps() {
	for g.removeNops()+g.removeJumps() > 0 {
	}
}

// removeJumps makes NOPs of jumps to what follows and returns how many.
func (g *Graph) removeJumps() int {
	if g.has&isUnconditional == 0 {
		return 0
	}
	removed := 0
	if g.listed {
		for _, id := range g.jumping {
			removed += g.removeJump(id)
		}
		return removed
	}
	for id := entry; id != 0; id = g.blocks[id].Next {
		if g.blocks[id].has&isUnconditional != 0 {
			removed += g.removeJump(id)
		}
	}
	return removed
}

// removeJump makes a NOP of the jump at the end of a block, if it leads to what follows, and returns 1 then.
func (g *Graph) removeJump(id BlockID) int {
	b := &g.blocks[id]
	last := b.last()
	if last == nil || !g.ops.is(last.Op, isUnconditional) {
		return 0
	}
	target := g.nonempty(last.Target)
	if target == 0 {
		g.fail("jump to where nothing is")
		return 0
	}
	if target != g.nonempty(b.Next) {
		return 0
	}
	last.Nop()
	b.has |= isIdle
	g.has |= isIdle
	return 1
}

// joinPairs joins neighbouring loads and stores of the first 16 locals.
func (g *Graph) joinPairs() {
	if g.pairs&localPairs == 0 {
		return
	}
	for id := entry; id != 0; id = g.blocks[id].Next {
		b := &g.blocks[id]
		if b.pairs&localPairs == 0 {
			continue
		}
		ins, facts := b.Instrs, &g.ops.facts
		to := 0 // what is joined is not kept
		for i := 0; i < len(ins); i++ {
			in := &ins[i]
			if i+1 < len(ins) && facts[in.Op&511].ahead&facts[ins[i+1].Op&511].back&localPairs != 0 {
				next := &ins[i+1]
				if op := pairOf(in, next); op != 0 {
					in.Op, in.Arg = op, in.Arg<<4|next.Arg
					if next.Line == in.Line || next.Line < 0 {
						i++
					} else {
						next.Nop()
						b.has |= isIdle
						g.has |= isIdle
					}
				}
			}
			if p := &ins[to]; p != in {
				*p = *in
			}
			to++
		}
		b.Instrs = ins[:to]
	}
	g.removeNops()
}

// pairOf returns the superinstruction for two neighbours, 0 if there is none.
func pairOf(in, next *Instr) opcode.Op {
	if in.Line >= 0 && next.Line >= 0 && in.Line != next.Line || in.Arg >= 16 || next.Arg >= 16 {
		return 0
	}
	switch {
	case next.Op == opcode.LOAD_FAST && in.Op == opcode.LOAD_FAST:
		return opcode.LOAD_FAST_LOAD_FAST
	case next.Op == opcode.LOAD_FAST:
		return opcode.STORE_FAST_LOAD_FAST
	case next.Op == opcode.STORE_FAST && in.Op == opcode.STORE_FAST:
		return opcode.STORE_FAST_STORE_FAST
	}
	return 0
}
