package flowgraph

import "github.com/krait-py/krait/opcode"

// maxCopy is the number of instructions up to which an exit is worth copying.
const maxCopy = 4

// inlineExits puts copies of blocks in place of jumps to them: small blocks that
// leave the function, and blocks without lines that do not fall through.
func (g *Graph) inlineExits() {
	// Every change removes a jump and adds at most one, nearer to where it ends;
	// the bound is for graphs with cycles of jumps that have no line.
	for rounds := len(g.blocks); rounds > 0; rounds-- {
		changed := false
		for id := entry; id != 0; id = g.blocks[id].Next {
			if g.inlineExit(id) {
				changed = true
			}
		}
		if !changed {
			return
		}
	}
}

func (g *Graph) inlineExit(id BlockID) bool {
	b := &g.blocks[id]
	last := b.last()
	if last == nil || !g.ops.is(last.Op, isUnconditional) || last.Target == id {
		return false
	}
	t := &g.blocks[last.Target]
	end := t.last()
	if end == nil || !g.ops.is(end.Op, noFall) {
		return false
	}
	lineless := !t.hasLine()
	if !lineless && (!g.ops.is(end.Op, isExit) || len(t.Instrs) > maxCopy) {
		return false
	}
	removed := last.Op
	last.nop()
	n := len(b.Instrs)
	ins := g.extend(b, len(t.Instrs))
	copy(ins[n:], t.Instrs)
	if end = &ins[len(ins)-1]; lineless && removed == opcode.JUMP && g.ops.is(end.Op, isUnconditional) {
		end.Op = opcode.JUMP // signals are handled there, as they were
	}
	t.preds--
	return true
}

func (b *Block) hasLine() bool {
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
	removed := 0
	for id := entry; id != 0; id = g.blocks[id].Next {
		removed += g.removeBlockNops(&g.blocks[id])
	}
	return removed
}

func (g *Graph) removeBlockNops(b *Block) int {
	ins := b.Instrs
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
	for i := first; i < len(ins); i++ {
		in := &ins[i]
		if in.Op == opcode.NOP && g.idle(b, i, line) {
			continue
		}
		line = in.Line
		if to != i {
			ins[to] = *in
		}
		to++
	}
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

// removePairs removes idle NOPs and pushes that are popped at once.
func (g *Graph) removePairs() {
	for again := true; again; {
		again = false
		var before *Instr // what runs before the next instruction, and only then
		for id := entry; id != 0; id = g.blocks[id].Next {
			b := &g.blocks[id]
			g.removeBlockNops(b)
			if b.Labelled {
				before = nil
			}
			for i := range b.Instrs {
				in := &b.Instrs[i]
				if in.Op == opcode.POP_TOP && before != nil &&
					(loadsConst(before.Op) || before.Op == opcode.COPY && before.Arg == 1) {
					before.nop()
					in.nop()
					again = true
				}
				before = in
			}
			if before != nil && g.ops.is(before.Op, isJump) || !g.falls(b) {
				before = nil
			}
		}
	}
}

// removeNopsAndJumps removes idle NOPs, and jumps to what follows anyhow, until
// there are none.
func (g *Graph) removeNopsAndJumps() {
	for g.removeNops()+g.removeJumps() > 0 {
	}
}

// removeJumps makes NOPs of jumps to what follows and returns how many.
func (g *Graph) removeJumps() int {
	removed := 0
	for id := entry; id != 0; id = g.blocks[id].Next {
		b := &g.blocks[id]
		last := b.last()
		if last == nil || !g.ops.is(last.Op, isUnconditional) {
			continue
		}
		target := g.nonempty(last.Target)
		if target == 0 {
			g.fail("jump to where nothing is")
			return 0
		}
		if target == g.nonempty(b.Next) {
			last.nop()
			removed++
		}
	}
	return removed
}

// joinPairs joins neighbouring loads and stores of the first 16 locals.
func (g *Graph) joinPairs() {
	for id := entry; id != 0; id = g.blocks[id].Next {
		ins := g.blocks[id].Instrs
		for i := 0; i+1 < len(ins); i++ {
			var op opcode.Op
			switch a, b := ins[i].Op, ins[i+1].Op; {
			case a == opcode.LOAD_FAST && b == opcode.LOAD_FAST:
				op = opcode.LOAD_FAST_LOAD_FAST
			case a == opcode.STORE_FAST && b == opcode.LOAD_FAST:
				op = opcode.STORE_FAST_LOAD_FAST
			case a == opcode.STORE_FAST && b == opcode.STORE_FAST:
				op = opcode.STORE_FAST_STORE_FAST
			default:
				continue
			}
			a, b := &ins[i], &ins[i+1]
			if a.Line >= 0 && b.Line >= 0 && a.Line != b.Line || a.Arg >= 16 || b.Arg >= 16 {
				continue
			}
			a.Op, a.Arg = op, a.Arg<<4|b.Arg
			b.nop()
		}
	}
	g.removeNops()
}
