package rewrite

import (
	"sort"

	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// Graph is the control-flow graph of a Func as it was when [Func.Graph] was
// called: indexes into its Code are of no use after a change.
type Graph struct {
	// Blocks are in the order of the code. Control enters at the first.
	Blocks []*Block
}

// Block is a basic block: instructions that run one after the other, where
// nothing but the first is led to and nothing but the last leads away, apart
// from exceptions, which may leave from any of them to the one handler.
type Block struct {
	Index      int // in Graph.Blocks
	Start, End int // range of Func.Code, labels included; End is exclusive
	Succs      []Edge
	Preds      []Edge
}

// Edge is a way control may go.
type Edge struct {
	From, To *Block
	Kind     EdgeKind
}

// EdgeKind says why control goes from one block to another.
type EdgeKind uint8

const (
	// Fallthrough goes on with the next instruction.
	Fallthrough EdgeKind = iota
	// Jump follows a jump instruction; up to 3.7 also BREAK_LOOP, which goes
	// where the loop's SETUP_LOOP says.
	Jump
	// Exception goes to the handler of exceptions raised in the block.
	// Up to 3.8, finally blocks are also entered this way when a return,
	// break or continue leaves the block.
	Exception
)

// String returns "fallthrough", "jump" or "exception".
func (k EdgeKind) String() string {
	switch k {
	case Fallthrough:
		return "fallthrough"
	case Jump:
		return "jump"
	case Exception:
		return "exception"
	}
	return "unknown edge"
}

// Graph returns the control-flow graph of f. Up to 3.10, where handlers are
// set up by instructions, which handler a block has is found by following
// them on all paths; where paths disagree, the first one found counts. A
// BREAK_LOOP out of a finally block has both the edge to the finally block and
// the one to the end of the loop.
//
// The error, an [*EncodeError], is for instructions the version does not have
// and labels that are not in the list.
func (f *Func) Graph() (*Graph, error) {
	if f.Object == nil {
		return nil, f.fail(-1, "no Object", "one")
	}
	t := f.Object.Opcodes()
	if t == nil {
		return nil, f.fail(-1, "version "+f.Object.Version.String(), "2.7, or 3.0 to 3.15")
	}
	b := grapher{f: f, table: t, places: f.places(), g: &Graph{}}
	if err := b.split(); err != nil {
		return nil, err
	}
	if f.Object.Version >= pyver.Py311 {
		b.tableEdges()
	} else {
		b.stackEdges()
	}
	for _, block := range b.g.Blocks {
		for _, e := range block.Succs {
			e.To.Preds = append(e.To.Preds, e)
		}
	}
	return b.g, nil
}

// BlockOf returns the block that Func.Code[i] belongs to, or nil.
func (g *Graph) BlockOf(i int) *Block {
	n := sort.Search(len(g.Blocks), func(k int) bool { return g.Blocks[k].End > i })
	if n == len(g.Blocks) || i < g.Blocks[n].Start {
		return nil
	}
	return g.Blocks[n]
}

type grapher struct {
	f      *Func
	table  *opcode.Table
	places map[*Label]int
	g      *Graph
	of     []int32        // index of the block that starts at a place
	last   []*opcode.Info // the last instruction of each block; nil if it has none
}

// split cuts the list into blocks and makes the edges that are no exceptions.
func (b *grapher) split() error {
	code := b.f.Code
	starts := make([]bool, len(code)+1)
	starts[0] = true
	infos := make([]*opcode.Info, len(code))
	for i := range code {
		in := &code[i]
		if in.Label != nil {
			// A label starts a block with the labels before it.
			if i == 0 || code[i-1].Label == nil {
				starts[i] = true
			}
			continue
		}
		info, ok := b.table.ByOp(in.Op)
		if !ok && in.Op == opcode.JUMP {
			info, ok = b.table.ByOp(opcode.JUMP_FORWARD)
		}
		if !ok {
			return b.f.fail(i, in.Op.String(), "an instruction that "+b.table.Version.String()+" has")
		}
		infos[i] = info
		if in.Target != nil {
			if _, ok := b.places[in.Target]; !ok {
				return b.f.fail(i, "target"+named(in.Target)+", which is no label of the list", "one that is")
			}
		}
		if in.Target != nil || info.Has(opcode.NoFallThrough|opcode.Handler) || info.Op == opcode.POP_BLOCK {
			starts[i+1] = true
		}
	}
	b.of = make([]int32, len(code))
	var block *Block
	for i := range code {
		if starts[i] {
			block = &Block{Index: len(b.g.Blocks), Start: i}
			b.g.Blocks = append(b.g.Blocks, block)
			b.last = append(b.last, nil)
		}
		b.of[i] = int32(block.Index)
		block.End = i + 1
		if infos[i] != nil {
			b.last[block.Index] = infos[i]
		}
	}
	for _, block := range b.g.Blocks {
		info := b.last[block.Index]
		if info == nil || !info.Has(opcode.NoFallThrough) {
			if next := block.Index + 1; next < len(b.g.Blocks) {
				b.edge(block, b.g.Blocks[next], Fallthrough)
			}
		}
		if info != nil && info.Operand.IsJump() && !info.Has(opcode.Handler) {
			b.edge(block, b.target(block), Jump)
		}
	}
	return nil
}

// target returns the block that the last instruction of a block leads to.
func (b *grapher) target(block *Block) *Block {
	return b.at(b.f.Code[block.End-1].Target)
}

// at returns the block that a label stands in.
func (b *grapher) at(l *Label) *Block {
	place, ok := b.places[l]
	if !ok {
		return nil
	}
	return b.g.Blocks[b.of[place]]
}

func (b *grapher) edge(from, to *Block, kind EdgeKind) {
	if to != nil {
		from.Succs = append(from.Succs, Edge{from, to, kind})
	}
}

// tableEdges makes the exception edges of the exception table.
func (b *grapher) tableEdges() {
	if len(b.f.Handlers) == 0 {
		return
	}
	of := b.f.handlerOf(b.places)
	for _, block := range b.g.Blocks {
		// Ranges begin and end at labels, so the last place speaks for all.
		if h := of[block.End-1]; h >= 0 && b.last[block.Index] != nil {
			b.edge(block, b.at(b.f.Handlers[h].Target), Exception)
		}
	}
}

// frame is an entry of the block stack of versions up to 3.10. The blocks that
// handlers run in are left out: none of the instructions that concern the
// others touches them.
type frame struct {
	target *Block
	loop   bool
	below  *frame
	depth  int
}

// maxFrames bounds the block stack; the interpreter's has 20.
const maxFrames = 1000

// stackEdges follows the block stack and makes the exception edges of versions
// up to 3.10, and those of BREAK_LOOP.
func (b *grapher) stackEdges() {
	if len(b.g.Blocks) == 0 {
		return
	}
	seen := make([]bool, len(b.g.Blocks))
	state := make([]*frame, len(b.g.Blocks))
	var todo []*Block
	push := func(to *Block, s *frame) {
		if to != nil && !seen[to.Index] {
			seen[to.Index] = true
			state[to.Index] = s
			todo = append(todo, to)
		}
	}
	push(b.g.Blocks[0], nil)
	for len(todo) > 0 {
		block := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		top := state[block.Index]
		handler, loop := top, top
		for handler != nil && handler.loop {
			handler = handler.below
		}
		for loop != nil && !loop.loop {
			loop = loop.below
		}
		after, jumped := top, top
		var breaks *frame
		if info := b.last[block.Index]; info != nil {
			switch {
			case info.Has(opcode.Handler):
				if top == nil || top.depth < maxFrames {
					after = &frame{target: b.target(block), loop: info.Op == opcode.SETUP_LOOP, below: top}
					if top != nil {
						after.depth = top.depth + 1
					}
				}
			case info.Op == opcode.POP_BLOCK && top != nil:
				after = top.below
			case info.Op == opcode.CONTINUE_LOOP && loop != nil:
				jumped = loop
			case info.Op == opcode.BREAK_LOOP:
				breaks = loop
			}
			if handler != nil {
				b.edge(block, handler.target, Exception)
				push(handler.target, handler.below)
			}
		}
		for _, e := range block.Succs {
			switch e.Kind {
			case Fallthrough:
				push(e.To, after)
			case Jump:
				push(e.To, jumped)
			}
		}
		if breaks != nil {
			b.edge(block, breaks.target, Jump)
			push(breaks.target, breaks.below)
		}
	}
}
