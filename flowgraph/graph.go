package flowgraph

import (
	"errors"
	"fmt"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/opcode"
)

// BlockID names a block of a Graph; the zero BlockID is none.
type BlockID = instruction.BlockID

// Instr is an instruction of a block.
type Instr = instruction.Instr

// Block is a basic block.
type Block struct {
	Instrs []Instr
	Next   BlockID // the block behind it in the bytecode
	// Depth is the number of values on the stack at its top; negative if nothing
	// leads there.
	Depth int32
	// Labelled is set for the targets of jumps and set-ups.
	Labelled bool
	// Handler is set for exception handlers, Lasti for those that also want the
	// offset of the instruction that raised.
	Handler, Lasti bool
	// Cold blocks are reached through handlers only.
	Cold bool

	warm   bool
	pairs  neighbours // pairs that there may be, but for those that NOPs part
	has    traits     // instructions that there may be
	preds  int32      // ways that lead there
	guards int32      // of Graph.guards: the handlers in force at its top
	seen   uint32     // Graph.walks when it was seen last
	heir   uint32     // Graph.walks when the first instruction got the position of what leads there
	unsafe uint64     // the first 64 locals that may be unbound at its top
}

// guard is a handler in force, on top of those outside of it.
type guard struct {
	handler BlockID
	outer   int32 // of Graph.guards
	depth   int32
}

// Graph is the control-flow graph of a unit. The zero Graph is ready for use, one
// unit after another.
type Graph struct {
	// StackSize is the number of values the stack needs room for, known after the
	// pass "stack depth".
	StackSize int
	// Consts are the constants, known to be final after the pass "unused consts".
	Consts []code.Value
	// CellsDropped is the number of cell variables that are arguments or other
	// locals too, and share their slots; known after the pass "variables".
	CellsDropped int

	unit   *instruction.Unit
	ops    *opTable
	blocks []Block // [0] is none, [1] the entry
	slab   []Instr
	err    error
	params int
	has    traits     // what there may be in the blocks
	pairs  neighbours // the same, from the peephole pass on
	// unloaded is set when a load of a constant goes: until then each is loaded, but for a docstring,
	// as it was added when a load was.
	unloaded bool
	// dead has the first 64 constants that are known to be loaded no more, apart from that.
	dead  uint64
	walks uint32 // how many passes have gone from block to block

	// scratch of single passes
	guards   []guard
	todo     []BlockID
	jumping  []BlockID // blocks that may end with a jump that is always taken, if listed
	listed   bool
	ints     []int32
	stack    []ref
	operands []*Instr
	values   []code.Value
	many     instruction.Consts // Consts, when there are many
}

const entry BlockID = 1

// Reserve makes room for n instructions, before there are any.
func (g *Graph) Reserve(n int) { g.slab = make([]Instr, 0, n) }

// Entry returns the block where control enters; the others follow by Next.
func (g *Graph) Entry() BlockID { return entry }

// Block returns the block named b. The pointer is good until the graph changes.
func (g *Graph) Block(b BlockID) *Block { return &g.blocks[b] }

// Len returns an upper bound of the BlockIDs in use.
func (g *Graph) Len() int { return len(g.blocks) }

// Guarded reports whether there may be handlers in force anywhere.
func (g *Graph) Guarded() bool { return g.has&isSetup != 0 }

var errTarget = errors.New("flowgraph: jump to a label that stands nowhere")

// reset makes g an empty graph for u.
func (g *Graph) reset(u *instruction.Unit) {
	g.unit, g.ops, g.err = u, ops(), nil
	g.blocks = append(g.blocks[:0], Block{}, Block{Depth: -1})
	g.slab = g.slab[:0]
	g.Consts = append(g.Consts[:0], u.Consts.List...)
	if len(g.many.List) > 0 {
		g.many.Reset()
	}
	g.StackSize, g.CellsDropped, g.has, g.walks, g.unloaded, g.dead, g.listed = 0, 0, 0, 0, false, 0, false
	g.params = u.ArgCount + u.PosOnlyArgCount + u.KwOnlyArgCount
	if u.Flags&code.VarArgs != 0 {
		g.params++
	}
	if u.Flags&code.VarKeywords != 0 {
		g.params++
	}
}

// build makes the blocks of u's instructions, which is all there is to know of a
// unit that no pass has run over. The code of deferred annotations takes the
// place that is kept for it.
func (g *Graph) build(u *instruction.Unit) error {
	g.reset(u)
	blocks, n, ok := u.Code.Blocks(u.Spent, g.slab)
	if !ok {
		return errTarget
	}
	if !u.Spent {
		g.slab = blocks.Memory()
	}
	if n == 0 {
		return nil
	}
	g.unloaded = blocks.Unloads
	g.skip(blocks.Tail)
	g.blocks = grow(g.blocks, n+1)
	for id := entry; int(id) <= n; id++ {
		b := &g.blocks[id]
		*b = Block{Depth: -1, Next: id + 1}
		b.Instrs, b.Labelled = blocks.Next()
		g.note(b)
		if b.has&isPlaceholder != 0 {
			if err := g.annotations(b, u.Code.Annotations); err != nil {
				return err
			}
		}
		g.has |= b.has
	}
	g.blocks[n].Next = 0
	return nil
}

// skip notes which constants the code at the end of the unit loads that nothing leads to. Most often that is the return of
// None: unless its constant is new, what loads it besides is looked at on its own.
func (g *Graph) skip(tail []Instr) {
	for i := range tail {
		in := &tail[i]
		switch {
		case !g.ops.is(in.Op, isConstLoad):
		case i != len(tail)-2 || g.unit.Given == 0 || in.Arg >= 64:
			g.unloaded = true
		case int(in.Arg) >= g.unit.Given-1:
			g.dead |= 1 << in.Arg
		}
	}
}

// note notes what there is in a block.
func (g *Graph) note(b *Block) {
	facts := &g.ops.facts
	flags, pairs, last, lines := traits(0), neighbours(0), always, int32(0)
	for i := range b.Instrs {
		in := &b.Instrs[i]
		f := &facts[in.Op&511]
		flags |= f.traits
		lines |= in.Line // all of them, or-ed
		pairs |= last & f.back
		last = f.ahead
	}
	if lines < 0 {
		flags |= isLineless
	}
	b.has, b.pairs = flags, pairs
}

// annotations puts the code of deferred annotations, if there is any, into the block that has the
// place for it.
func (g *Graph) annotations(b *Block, seq *instruction.Sequence) error {
	at := 0
	for b.Instrs[at].Op != opcode.ANNOTATIONS_PLACEHOLDER {
		at++
	}
	if b.Labelled && at == 0 {
		return errTarget
	}
	if seq == nil {
		copy(b.Instrs[1:], b.Instrs[:at])
		b.Instrs = b.Instrs[1:]
	} else {
		code := seq.Instrs()
		for i := range code {
			if g.ops.is(code[i].Op, hasTarget|endsBlock|isPlaceholder) {
				return errTarget
			}
		}
		n := len(b.Instrs)
		ins := g.extend(b, len(code))
		copy(ins[at+len(code):], ins[at+1:n])
		copy(ins[at:], code)
		b.Instrs = ins[:len(ins)-1]
	}
	g.note(b)
	if b.has&isPlaceholder != 0 {
		return errTarget // another one
	}
	return nil
}

// everyPair is for blocks that passes have given new neighbours.
const everyPair = ^neighbours(0)

// resembles notes that there may be in b what there may be in t.
func (b *Block) resembles(t *Block) {
	b.has |= t.has
	b.pairs |= t.pairs
}

// extend makes room for n more instructions in b and returns its instructions.
// What instructions that were removed have left behind shows in the new ones.
func (g *Graph) extend(b *Block, n int) []Instr {
	size := len(b.Instrs) + n
	if size <= cap(b.Instrs) {
		b.Instrs = b.Instrs[:size]
		return b.Instrs
	}
	room := size + 4
	if cap(g.slab)-len(g.slab) < room {
		// Blocks keep what they have of the old slab.
		g.slab = make([]Instr, 0, 2*cap(g.slab)+room)
	}
	at := len(g.slab)
	g.slab = g.slab[:at+room]
	ins := g.slab[at : at+room : at+room]
	clear(ins[copy(ins, b.Instrs[:cap(b.Instrs)]):])
	b.Instrs = ins[:size]
	return b.Instrs
}

// push appends an instruction. Its handler is that of the instruction that was in
// its place before NOPs were removed, none if there was none: CPython does not set
// it either, and exception tables show it.
func (g *Graph) push(b *Block, in Instr) {
	ins := g.extend(b, 1)
	last := &ins[len(ins)-1]
	in.Except = last.Except
	*last = in
}

// insert puts instructions in front of the one at index i of b.
func (g *Graph) insert(b *Block, i int, in ...Instr) {
	n := len(b.Instrs)
	ins := g.extend(b, len(in))
	copy(ins[i+len(in):], ins[i:n])
	copy(ins[i:], in)
}

// newBlock returns a block that is nowhere yet. It invalidates pointers to blocks.
func (g *Graph) newBlock() BlockID {
	g.blocks = append(g.blocks, Block{Depth: -1})
	return BlockID(len(g.blocks) - 1)
}

// last returns the last instruction of b, or nil.
func (b *Block) last() *Instr {
	if n := len(b.Instrs); n > 0 {
		return &b.Instrs[n-1]
	}
	return nil
}

// falls reports whether control can go on with the next block.
func (g *Graph) falls(b *Block) bool {
	if b.has&noFall == 0 {
		return true
	}
	last := b.last()
	return last == nil || !g.ops.is(last.Op, noFall)
}

// jump returns the last instruction of b if it is a jump, or nil.
func (g *Graph) jump(b *Block) *Instr {
	if b.has&isJump == 0 {
		return nil
	}
	if last := b.last(); last != nil && g.ops.is(last.Op, isJump) {
		return last
	}
	return nil
}

// nonempty returns b or the first block behind it that has instructions.
func (g *Graph) nonempty(b BlockID) BlockID {
	for b != 0 && len(g.blocks[b].Instrs) == 0 {
		b = g.blocks[b].Next
	}
	return b
}

// walk returns an empty list of blocks to see, of which none is seen yet.
func (g *Graph) walk() []BlockID {
	g.walks++
	return g.todo[:0]
}

// see adds a block to those to look at unless it was seen before, and returns it and
// whether it was added.
func (g *Graph) see(todo []BlockID, id BlockID) (more []BlockID, b *Block, isNew bool) {
	b = &g.blocks[id]
	if b.seen == g.walks {
		return todo, b, false
	}
	b.seen = g.walks
	return append(todo, id), b, true
}

func (g *Graph) fail(format string, args ...any) {
	if g.err == nil {
		g.err = fmt.Errorf("flowgraph: "+format, args...)
	}
}

// grow returns a slice of n elements, s's memory if that is enough.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2+16)
	}
	return s[:n]
}
