package flowgraph

import (
	"math/bits"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
)

// manyConsts is the number of constants from which on a table finds them.
const manyConsts = 32

// addConst returns the index of v among the constants, adding it if need be.
func (g *Graph) addConst(v code.Value) int32 {
	if len(g.Consts) <= manyConsts {
		v = g.unit.Cache.Merge(v)
		for i, c := range g.Consts {
			if c == v {
				g.dead &^= 1 << i
				return int32(i)
			}
		}
		g.Consts = append(g.Consts, v)
		return int32(len(g.Consts) - 1)
	}
	// Constants are only appended while there is an index.
	if len(g.many.List) == 0 {
		g.many.Copy(&g.unit.Consts)
	}
	for i := len(g.many.List); i < len(g.Consts); i++ {
		g.many.Add(g.Consts[i], g.unit.Cache)
	}
	i := g.many.Add(v, g.unit.Cache)
	if i == len(g.Consts) {
		g.Consts = append(g.Consts, g.many.List[i])
	}
	g.dead &^= 1 << i
	return int32(i)
}

// value returns the constant that in pushes, nil if it pushes none.
func (g *Graph) value(in *Instr) code.Value {
	switch in.Op {
	case opcode.LOAD_SMALL_INT:
		return g.unit.Cache.Int(int64(in.Arg))
	case opcode.LOAD_CONST:
		if uint32(in.Arg) < uint32(len(g.Consts)) {
			return g.Consts[in.Arg]
		}
		g.fail("constant %d of %d", in.Arg, len(g.Consts))
	}
	return nil
}

// maxSmall is the largest oparg of LOAD_SMALL_INT.
const maxSmall = 255

// makeSmall makes a load of a small integer of in if v is one.
func makeSmall(in *Instr, v code.Value) bool {
	i, ok := v.(*code.Int)
	if !ok || i.Big != nil || i.V < 0 || i.V > maxSmall {
		return false
	}
	in.Op, in.Arg = opcode.LOAD_SMALL_INT, int32(i.V)
	return true
}

// makeLoad makes a load of v of in.
func (g *Graph) makeLoad(in *Instr, v code.Value) {
	if !makeSmall(in, v) {
		in.Op, in.Arg = opcode.LOAD_CONST, g.addConst(v)
	}
}

// collect finds the n loads of constants that run right before the instruction
// at index i, with nothing but NOPs between, and reports whether there are as
// many. They are g.operands then.
func (g *Graph) collect(ins []Instr, i, n int) bool {
	if n > i {
		return false
	}
	g.operands = grow(g.operands, n)
	for i--; i >= 0 && n > 0; i-- {
		in := &ins[i]
		if in.Op == opcode.NOP {
			continue
		}
		if !loadsConst(in.Op) {
			return false
		}
		n--
		g.operands[n] = in
	}
	return n == 0
}

// collected returns the values of g.operands; nil if one is not there.
func (g *Graph) collected() []code.Value {
	values := g.values[:0]
	for _, in := range g.operands {
		v := g.value(in)
		if v == nil {
			return nil
		}
		values = append(values, v)
	}
	g.values = values
	if values == nil {
		values = []code.Value{}
	}
	return values
}

// dropOperands makes NOPs without a line of g.operands.
func (g *Graph) dropOperands() {
	g.unloaded = true
	for _, in := range g.operands {
		in.Nop()
		in.Span = noLocation
	}
}

// removeUnusedConsts drops the constants that no instruction loads, and counts
// the others anew.
func (g *Graph) removeUnusedConsts() {
	n := len(g.Consts)
	if n == 0 || !g.unloaded && g.dead&^1 == 0 {
		return
	}
	if n > 64 {
		g.removeUnusedOfMany()
		return
	}
	// The constants that are loaded fit into a word, as those of nearly all units. The
	// first one stays in any case, so what loads no constant may mark it.
	facts := &g.ops.facts
	all := uint64(1)<<n - 1
	used, most := uint64(1), uint32(0)
	if !g.unloaded {
		used |= all &^ g.dead
	}
	for id := entry; id != 0 && g.unloaded && used != all; id = g.blocks[id].Next {
		if g.blocks[id].has&isConstLoad == 0 {
			continue
		}
		ins := g.blocks[id].Instrs
		for i := range ins {
			n := uint32(ins[i].Arg & int32(facts[ins[i].Op&511].constant))
			most = max(most, n)
			used |= 1 << (n & 63)
		}
	}
	if most >= uint32(n) {
		g.fail("constant %d of %d", most, n)
		return
	}
	if used&(used+1) == 0 { // only the last ones are not
		g.Consts = g.Consts[:bits.OnesCount64(used)]
		return
	}
	to := 0
	for i, v := range g.Consts {
		if used>>i&1 != 0 {
			g.Consts[to] = v
			to++
		}
	}
	g.Consts = g.Consts[:to]
	for id := entry; id != 0; id = g.blocks[id].Next {
		if g.blocks[id].has&isConstLoad == 0 {
			continue
		}
		ins := g.blocks[id].Instrs
		for i := range ins {
			in := &ins[i]
			loads := int32(facts[in.Op&511].constant) // all ones, or nothing: which do, nobody can guess
			in.Arg += (int32(bits.OnesCount64(used&(1<<(in.Arg&63)-1))) - in.Arg) & loads
		}
	}
}

// removeUnusedOfMany is removeUnusedConsts for any number of constants.
func (g *Graph) removeUnusedOfMany() {
	n := len(g.Consts)
	g.ints = grow(g.ints, n)
	moved := g.ints
	for i := range moved {
		moved[i] = -1
	}
	moved[0] = 0
	// The first one is used in any case, so what loads no constant may mark it.
	facts, beyond := &g.ops.facts, uint32(0)
	left := n - 1 // of which no load was seen
	for id := entry; id != 0 && left > 0; id = g.blocks[id].Next {
		if g.blocks[id].has&isConstLoad == 0 {
			continue
		}
		ins := g.blocks[id].Instrs
		for i := range ins {
			n := uint32(ins[i].Arg & int32(facts[ins[i].Op&511].constant))
			if n >= uint32(len(moved)) {
				beyond = n
				break
			}
			left += int(moved[n]) // one less if it is the first load
			moved[n] = 0
		}
	}
	if beyond != 0 {
		g.fail("constant %d of %d", beyond, n)
		return
	}
	used := 0
	for i := range moved {
		if moved[i] == 0 {
			moved[i] = int32(used)
			g.Consts[used] = g.Consts[i]
			used++
		}
	}
	if used == n {
		return
	}
	g.Consts = g.Consts[:used]
	for id := entry; id != 0; id = g.blocks[id].Next {
		if g.blocks[id].has&isConstLoad == 0 {
			continue
		}
		ins := g.blocks[id].Instrs
		for i := range ins {
			if ins[i].Op == opcode.LOAD_CONST {
				ins[i].Arg = moved[ins[i].Arg]
			}
		}
	}
}

// foldLoads makes loads of small integers immediate and folds what tests a
// constant right after it is loaded.
func (g *Graph) foldLoads() {
	// The constants that have immediate loads. Bit 63 is for all from there on.
	facts, small := &g.ops.facts, uint64(0)
	for n, v := range g.Consts {
		if i, ok := v.(*code.Int); ok && i.Big == nil && 0 <= i.V && i.V <= maxSmall {
			small |= 1 << min(n, 63)
		}
	}
	if g.dead |= small; len(g.Consts) > 63 {
		g.unloaded = true
	}
	for id := entry; id != 0; id = g.blocks[id].Next {
		b := &g.blocks[id]
		if b.has&isConstLoad == 0 || small == 0 && b.pairs&testBehind == 0 {
			continue
		}
		ins := b.Instrs
		if b.pairs&testBehind == 0 && len(g.Consts) <= 63 {
			for i := range ins {
				in := &ins[i]
				if small>>(in.Arg&63)&uint64(facts[in.Op&511].constant)&1 != 0 && uint32(in.Arg) < uint32(len(g.Consts)) {
					makeSmall(in, g.Consts[in.Arg])
				}
			}
			continue
		}
		for i := 0; i < len(ins); i++ {
			in := &ins[i]
			if !loadsConst(in.Op) {
				continue
			}
			if in.Op == opcode.LOAD_CONST {
				if uint32(in.Arg) >= uint32(len(g.Consts)) {
					g.fail("constant %d of %d", in.Arg, len(g.Consts))
					return
				}
				if small>>min(in.Arg, 63)&1 != 0 {
					makeSmall(in, g.Consts[in.Arg])
				}
			}
			if b.pairs&testBehind == 0 {
				continue
			}
			// Copies of the constant are as good as itself.
			loaded := Instr{Op: in.Op, Arg: in.Arg}
			for ; i+1 < len(ins); i++ {
				next := &ins[i+1]
				switch next.Op {
				case opcode.POP_JUMP_IF_FALSE, opcode.POP_JUMP_IF_TRUE, opcode.JUMP_IF_FALSE, opcode.JUMP_IF_TRUE,
					opcode.IS_OP, opcode.TO_BOOL:
					b.has, b.pairs = b.has|isIdle, everyPair
					g.has |= isMoved
					g.unloaded = true
					g.foldTest(b, i, &loaded)
				}
				if loaded.Op != opcode.LOAD_CONST || next.Op != opcode.COPY || next.Arg != 1 {
					break
				}
			}
		}
	}
}

// foldTest folds the instruction behind the load at index i, which tests the
// constant.
func (g *Graph) foldTest(b *Block, i int, loaded *Instr) {
	ins := b.Instrs
	in, next := &ins[i], &ins[i+1]
	switch next.Op {
	case opcode.POP_JUMP_IF_FALSE, opcode.POP_JUMP_IF_TRUE, opcode.JUMP_IF_FALSE, opcode.JUMP_IF_TRUE:
		taken := truth(g.value(loaded)) == (next.Op == opcode.POP_JUMP_IF_TRUE || next.Op == opcode.JUMP_IF_TRUE)
		if g.ops.is(next.Op, isConditional) { // it pops the constant
			in.Nop()
		}
		if taken {
			next.Op = opcode.JUMP
			b.has |= isUnconditional
			g.has |= isUnconditional
			g.listed = false
		} else {
			next.Nop()
		}
	case opcode.IS_OP:
		if _, ok := g.value(loaded).(*code.NoneType); !ok || i+2 >= len(ins) {
			return
		}
		jump := &ins[i+2]
		if jump.Op == opcode.TO_BOOL {
			jump.Nop()
			if i+3 >= len(ins) {
				return
			}
			jump = &ins[i+3]
		}
		isNot := next.Arg != 0
		switch jump.Op {
		case opcode.POP_JUMP_IF_FALSE:
			isNot = !isNot
		case opcode.POP_JUMP_IF_TRUE:
		default:
			return
		}
		in.Nop()
		next.Nop()
		if jump.Op = opcode.POP_JUMP_IF_NONE; isNot {
			jump.Op = opcode.POP_JUMP_IF_NOT_NONE
		}
	case opcode.TO_BOOL:
		v := g.value(loaded)
		in.Nop()
		next.Op, next.Arg = opcode.LOAD_CONST, g.addConst(boolValue(truth(v)))
	}
}
