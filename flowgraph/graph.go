package flowgraph

import (
	"errors"
	"fmt"
	"math/bits"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
)

// BlockID names a block of a Graph; the zero BlockID is none.
type BlockID int32

// Instr is an instruction of a block.
type Instr struct {
	source.Span
	Op  opcode.Op
	Arg int32
	// Target is where a jump leads, or the handler that a set-up puts in force.
	Target BlockID
	// Except is the handler of exceptions that the instruction raises.
	Except BlockID
}

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
	places   []BlockID // by index of the unit's instructions, where marks has a bit
	marks    []uint64  // a bit for each instruction that a label is in front of and used
	jumps    []int32   // indices into slab
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
	seq := &u.Code
	n := len(seq.Instrs)
	extra := 0
	if seq.Annotations != nil {
		extra = len(seq.Annotations.Instrs)
	}
	g.places = grow(g.places, n)
	g.marks = grow(g.marks, n/64+1)
	clear(g.marks)
	facts := &g.ops.facts
	for l := range seq.Labels() {
		if at := seq.Used(instruction.Label(l)); 0 <= at && at < n {
			g.marks[at/64] |= 1 << (at % 64)
		}
	}
	// Room for what passes append to jumps: see close.
	spare := maxSpare * seq.Jumps()
	if need := n + spare + extra + 16; cap(g.slab) < need {
		g.slab = make([]Instr, 0, need+need/2)
	}
	g.jumps = g.jumps[:0]
	b := builder{g: g, facts: facts, cur: entry, last: always, spare: spare}
	for i := 0; i < n; {
		placeholder := seq.Instrs[i].Op == opcode.ANNOTATIONS_PLACEHOLDER
		if g.marks[i/64]>>(i%64)&1 != 0 {
			if placeholder {
				return errTarget
			}
			b.label()
			g.places[i] = b.cur
		}
		if placeholder {
			if err := b.annotations(seq.Annotations); err != nil {
				return err
			}
			i++
			continue
		}
		end := g.nextMark(i+1, n)
		if b.ended {
			if b.dead() {
				if b.skip(seq.Instrs[i:end], n-end); end < n {
					// An empty block remains, as if it had been emptied later: see follow.
					b.next()
					b.ended = true
				}
				i = end
				continue
			}
			b.next()
		}
		i += b.add(seq.Instrs[i:end])
	}
	b.close()
	for _, at := range g.jumps {
		in := &g.slab[at]
		to := seq.Place(instruction.Label(in.Arg))
		if uint(to) >= uint(n) || g.marks[to/64]>>(to%64)&1 == 0 {
			return errTarget
		}
		if in.Target = g.places[to]; in.Target <= 0 {
			return errTarget
		}
	}
	return nil
}

// nextMark returns the index of the first instruction from i on that has a bit in marks, n if
// none of n instructions has.
func (g *Graph) nextMark(i, n int) int {
	if i >= n {
		return n
	}
	word := g.marks[i/64] >> (i % 64) << (i % 64)
	for i /= 64; word == 0; word = g.marks[i] {
		if i++; i == len(g.marks) {
			return n
		}
	}
	return 64*i + bits.TrailingZeros64(word)
}

// builder appends instructions to the last block of a graph.
type builder struct {
	g     *Graph
	facts *[512]fact
	cur   BlockID
	start int // of the block in the slab
	spare int // room that is left for what passes append
	flags traits
	lines int32 // all lines of the block, or-ed
	pairs neighbours
	last  neighbours // ahead of the instruction before, in the block
	ended bool
}

// add appends instructions up to one that ends the block, or that is none of the block, and
// returns how many. What is known of the block stays in registers meanwhile.
func (b *builder) add(from []instruction.Instr) int {
	g, facts := b.g, b.facts
	at := len(g.slab)
	slab := g.slab[at : at+len(from)] // there is room
	flags, lines, pairs, last := b.flags, b.lines, b.pairs, b.last
	n := 0
	for n < len(from) {
		in := &from[n]
		f := &facts[in.Op&511]
		if f.traits&isPlaceholder != 0 {
			break
		}
		to := &slab[n]
		to.Span, to.Op, to.Arg, to.Target, to.Except = in.Span, in.Op, in.Arg, 0, 0
		n++
		flags |= f.traits
		lines |= in.Line
		pairs |= last & f.back
		last = f.ahead
		if f.traits&(hasTarget|endsBlock) != 0 {
			if f.traits&hasTarget != 0 {
				g.jumps = append(g.jumps, int32(at+n-1))
			}
			if f.traits&endsBlock != 0 {
				b.ended = true
				break
			}
		}
	}
	g.slab = g.slab[:at+n]
	b.flags, b.lines, b.pairs, b.last = flags, lines, pairs, last
	return n
}

// dead reports whether nothing leads to what comes next unless it has a label: whether what ended the block
// does not fall through.
func (b *builder) dead() bool {
	g := b.g
	return len(g.slab) > 0 && b.facts[g.slab[len(g.slab)-1].Op&511].traits&noFall != 0
}

// skip leaves out instructions that nothing leads to; left is how many are behind them. Their constants may be loaded
// nowhere else. Most often it is the return of None at the end: unless its constant is new, what loads it
// besides is looked at on its own.
func (b *builder) skip(ins []instruction.Instr, left int) {
	g := b.g
	for i := range ins {
		in := &ins[i]
		switch {
		case b.facts[in.Op&511].traits&isConstLoad == 0:
		case left > 0 || i != len(ins)-2 || g.unit.Given == 0 || in.Arg >= 64:
			g.unloaded = true
		case int(in.Arg) >= g.unit.Given-1:
			g.dead |= 1 << in.Arg
		}
	}
}

func (b *builder) annotations(seq *instruction.Sequence) error {
	if seq == nil {
		return nil
	}
	n := len(seq.Instrs)
	for i := range seq.Instrs {
		if b.facts[seq.Instrs[i].Op&511].traits&(hasTarget|isPlaceholder) != 0 {
			return errTarget
		}
	}
	for i := 0; i < n; {
		if b.ended {
			b.next()
		}
		i += b.add(seq.Instrs[i:])
	}
	return nil
}

// label makes the next instruction the first of a labelled block.
func (b *builder) label() {
	if b.ended || len(b.g.slab) > b.start || b.g.blocks[b.cur].Labelled {
		b.next()
	}
	b.g.blocks[b.cur].Labelled = true
}

func (b *builder) next() {
	b.close()
	g := b.g
	id := g.newBlock()
	g.blocks[b.cur].Next = id
	b.cur, b.start, b.ended, b.flags, b.lines = id, len(g.slab), false, 0, 0
	b.pairs, b.last = 0, always
}

// maxSpare is the most that passes are likely to append to a block.
const maxSpare = 3

// close gives the block its instructions and the room behind them that it is
// likely to need.
func (b *builder) close() {
	g := b.g
	end := len(g.slab)
	spare := 0
	if b.flags&(isConditional|isTruthJump) != 0 && end > b.start {
		spare = 1 // NOT_TAKEN
		if b.flags&isTruthJump != 0 {
			spare = maxSpare // COPY, TO_BOOL, NOT_TAKEN
		}
		spare = min(spare, b.spare)
		b.spare -= spare
		g.slab = g.slab[:end+spare]
		clear(g.slab[end:])
	}
	block := &g.blocks[b.cur]
	block.Instrs = g.slab[b.start:end:len(g.slab)]
	block.has, block.pairs = b.flags, b.pairs
	if b.lines < 0 {
		block.has |= isLineless
	}
	g.has |= block.has
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

func (in *Instr) nop() { in.Op, in.Arg = opcode.NOP, 0 }

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
