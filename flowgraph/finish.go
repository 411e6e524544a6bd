package flowgraph

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
)

// spellTruthJumps spells out the jumps that keep the value they test: a copy is
// tested and popped.
func (g *Graph) spellTruthJumps() {
	g.has |= isConditional
	for id := entry; id != 0; id = g.blocks[id].Next {
		b := &g.blocks[id]
		last := b.last()
		if last == nil || b.has&isTruthJump == 0 {
			continue
		}
		switch last.Op {
		case opcode.JUMP_IF_FALSE:
			last.Op = opcode.POP_JUMP_IF_FALSE
		case opcode.JUMP_IF_TRUE:
			last.Op = opcode.POP_JUMP_IF_TRUE
		default:
			continue
		}
		b.has |= isConditional
		g.insert(b, len(b.Instrs)-1,
			Instr{Span: last.Span, Op: opcode.COPY, Arg: 1, Except: last.Except},
			Instr{Span: last.Span, Op: opcode.TO_BOOL, Except: last.Except})
	}
}

// measure computes the depth of the stack at the top of each block and the most
// that it has. Ways to the same place have the same depth.
func (g *Graph) measure() {
	todo := g.walk()
	visit := func(id BlockID, depth int) {
		b := &g.blocks[id]
		switch {
		case b.seen != g.walks:
			b.seen, b.Depth = g.walks, int32(depth)
			todo = append(todo, id)
		case int(b.Depth) != depth:
			g.fail("inconsistent stack depth: %d and %d", b.Depth, depth)
		}
	}
	most := 0
	visit(entry, 0)
	for len(todo) > 0 && g.err == nil {
		b := &g.blocks[todo[len(todo)-1]]
		todo = todo[:len(todo)-1]
		depth := int(b.Depth)
		ins := b.Instrs
		if b.has&isSetup == 0 {
			// Only the last instruction may lead elsewhere.
			facts := &g.ops.facts
			n := max(len(ins)-1, 0)
			for i := range ins[:n] {
				in := &ins[i]
				most = max(most, depth)
				f := &facts[in.Op&511]
				change := f.change(in.Arg)
				if f.odd(in.Arg) {
					popped, pushed := g.ops.oddEffect(in.Op, in.Arg)
					change = pushed - popped
				}
				if depth += change; depth < 0 {
					g.fail("stack underflow")
					return
				}
			}
			ins = ins[n:]
		}
		for i := range ins {
			in := &ins[i]
			most = max(most, depth)
			f := &g.ops.facts[in.Op&511]
			if f.traits&hasTarget != 0 {
				if in.Op != opcode.END_ASYNC_FOR {
					if depth+int(f.jump) < 0 {
						g.fail("stack underflow")
						return
					}
					visit(in.Target, depth+int(f.jump))
				}
				if f.traits&isSetup != 0 {
					continue
				}
			}
			change := f.change(in.Arg)
			if f.odd(in.Arg) {
				popped, pushed := g.ops.oddEffect(in.Op, in.Arg)
				change = pushed - popped
			}
			if depth += change; depth < 0 {
				break
			}
		}
		if depth < 0 {
			g.fail("stack underflow")
			return
		}
		if b.Next != 0 && g.falls(b) {
			visit(b.Next, depth)
		}
	}
	g.todo = todo
	g.StackSize = most
}

// placeVariables turns the numbers of cells and free variables into slots of the
// localsplus array, and puts what creates cells and generators in front.
func (g *Graph) placeVariables() {
	u := g.unit
	cells, frees := len(u.CellVars.List), len(u.FreeVars.List)
	generator := u.Flags&(code.Generator|code.Coroutine|code.AsyncGenerator) != 0
	if cells+frees == 0 && !generator {
		return
	}
	locals := len(u.VarNames.List)
	// A cell that is a local too shares its slot; the others move up.
	g.ints = grow(g.ints, 2*cells+frees+locals)
	slot, sorted := g.ints[:cells+frees], g.ints[cells+frees:]
	dropped := 0
	clear(sorted) // by slot as if none were shared: one more than the cell
	for i := range slot {
		slot[i] = int32(locals + i - dropped)
		if i < cells {
			at := locals + i
			if shared, ok := u.VarNames.Index(u.CellVars.List[i]); ok {
				slot[i] = int32(shared)
				at = shared
				dropped++
			}
			sorted[at] = int32(i) + 1
		}
	}
	g.CellsDropped = dropped
	prefix := make([]Instr, 0, 8)
	if frees > 0 {
		prefix = append(prefix, Instr{Span: noLocation, Op: opcode.COPY_FREE_VARS, Arg: int32(frees)})
	}
	for _, cell := range sorted {
		if cell > 0 {
			prefix = append(prefix, Instr{Span: noLocation, Op: opcode.MAKE_CELL, Arg: cell - 1})
		}
	}
	if generator {
		at := source.Span{Line: u.FirstLine, EndLine: u.FirstLine, Col: -1, EndCol: -1}
		prefix = append(prefix, Instr{Span: at, Op: opcode.RETURN_GENERATOR}, Instr{Span: at, Op: opcode.POP_TOP})
	}
	g.insert(&g.blocks[entry], 0, prefix...)
	if cells+frees == 0 {
		return
	}
	for id := entry; id != 0; id = g.blocks[id].Next {
		ins := g.blocks[id].Instrs
		for i := range ins {
			in := &ins[i]
			if !g.ops.is(in.Op, isCell) {
				continue
			}
			if uint32(in.Arg) >= uint32(len(slot)) {
				g.fail("cell %d of %d", in.Arg, len(slot))
				return
			}
			in.Arg = slot[in.Arg]
		}
	}
}

// dropPseudo turns pseudo-instructions that are left into what the interpreter
// has, but for the directions of jumps.
func (g *Graph) dropPseudo() {
	for id := entry; id != 0 && g.has&isPseudo != 0; id = g.blocks[id].Next {
		b := &g.blocks[id]
		if b.has&isPseudo == 0 {
			continue
		}
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if !g.ops.is(in.Op, isPseudo) {
				continue
			}
			switch in.Op {
			case opcode.SETUP_FINALLY, opcode.SETUP_CLEANUP, opcode.SETUP_WITH:
				in.Nop()
				b.has |= isIdle
				g.has |= isIdle
			case opcode.LOAD_CLOSURE:
				in.Op = opcode.LOAD_FAST
			case opcode.STORE_FAST_MAYBE_NULL:
				in.Op = opcode.STORE_FAST
			}
		}
	}
	g.removeNopsAndJumps()
}

// directJumps makes conditional jumps lead forward: one that leads back becomes
// the opposite jump over a jump back. NOT_TAKEN marks where they are not taken.
func (g *Graph) directJumps() {
	g.walk()
	for id := entry; id != 0; id = g.blocks[id].Next {
		b := &g.blocks[id]
		b.seen = g.walks
		if b.has&isConditional == 0 {
			continue
		}
		last := b.last()
		if last == nil || !g.ops.is(last.Op, isConditional) {
			continue
		}
		at := last.Span
		if g.blocks[last.Target].seen != g.walks {
			g.push(b, Instr{Span: at, Op: opcode.NOT_TAKEN})
			continue
		}
		switch last.Op {
		case opcode.POP_JUMP_IF_FALSE:
			last.Op = opcode.POP_JUMP_IF_TRUE
		case opcode.POP_JUMP_IF_TRUE:
			last.Op = opcode.POP_JUMP_IF_FALSE
		case opcode.POP_JUMP_IF_NONE:
			last.Op = opcode.POP_JUMP_IF_NOT_NONE
		case opcode.POP_JUMP_IF_NOT_NONE:
			last.Op = opcode.POP_JUMP_IF_NONE
		}
		target := last.Target
		last.Target = b.Next
		back := g.newBlock()
		b, j := &g.blocks[id], &g.blocks[back]
		j.Depth, j.Cold, j.Next, j.has = g.blocks[target].Depth, b.Cold, b.Next, isJump|isUnconditional
		b.Next = back
		ins := g.extend(j, 2)
		ins[0] = Instr{Span: at, Op: opcode.NOT_TAKEN}
		ins[1] = Instr{Span: at, Op: opcode.JUMP, Target: target}
	}
}
