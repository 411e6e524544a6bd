// Package instruction holds what passes between the back stages of the compiler:
// sequences of (pseudo-)instructions with labels, and the units (module,
// function, class, ...) they belong to. CPython calls the first an instruction
// sequence.
package instruction

import (
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
)

// NoLocation is the position of instructions that have none; NextLocation that of
// those which take the position of the instruction behind them.
var (
	NoLocation   = source.Span{Line: -1, Col: -1, EndLine: -1, EndCol: -1}
	NextLocation = source.Span{Line: -2, Col: -2, EndLine: -2, EndCol: -2}
)

// BlockID names a block of a control-flow graph; the zero BlockID is none.
type BlockID int32

// Instr is an instruction or pseudo-instruction. In a Sequence the oparg of jumps and
// block set-ups is a Label, and there are no blocks yet.
type Instr struct {
	source.Span
	Op  opcode.Op
	Arg int32
	// Target is where a jump leads, or the handler that a set-up puts in force.
	Target BlockID
	// Except is the handler of exceptions that the instruction raises.
	Except BlockID
}

// Nop makes a NOP of an instruction, which keeps its place.
func (in *Instr) Nop() { in.Op, in.Arg = opcode.NOP, 0 }

// Label names a place in a Sequence.
type Label int32

// NoLabel is no place at all.
const NoLabel Label = -1

// Sequence is a list of instructions and the places its labels stand for. The zero
// Sequence is empty.
//
// Its instructions lie in memory as the blocks of a graph want them, so that nobody needs to
// copy them: see Blocks.
type Sequence struct {
	// Annotations is the code of deferred annotations at module and class level,
	// to be put where ANNOTATIONS_PLACEHOLDER stands; nil if there is none.
	Annotations *Sequence
	ins         []Instr    // with room behind some, which is zero
	runs        []run      // in their order; the last one may be empty
	labels      []standing // by label
	jumps       []int32    // indices into ins of the instructions that have labels
}

// run is a list of instructions that control enters at its top and leaves at its end, but
// for exceptions.
type run struct {
	start, end int32 // of ins; the end of the last one is not known yet
	index      int32 // of the first instruction, if there were no room behind others
	id         BlockID
	labelled   bool // an instruction leads there
	split      bool // it begins where a label stands, and is part of the run before if none leads there
	cut        bool // control does not come from the run before
	dead       bool // nothing leads there
}

// standing is where a label stands.
type standing struct {
	run  int32 // index into runs, -1 for nowhere yet
	used bool  // by an instruction
}

// Reset empties the sequence and keeps its memory.
func (s *Sequence) Reset() {
	s.ins, s.jumps = s.ins[:0], s.jumps[:0]
	s.runs, s.labels = append(s.runs[:0], run{}), s.labels[:0]
	s.Annotations = nil
}

// Reserve makes room for n instructions, before there are any.
func (s *Sequence) Reserve(n int) { s.ins = make([]Instr, 0, n) }

// NewLabel returns a label that stands nowhere yet.
func (s *Sequence) NewLabel() Label {
	s.labels = append(s.labels, standing{run: -1})
	return Label(len(s.labels) - 1)
}

// Use puts l in front of the next instruction.
func (s *Sequence) Use(l Label) {
	last := s.last()
	if int(last.start) < len(s.ins) {
		last = s.begin(0)
		last.split = true
	}
	p := &s.labels[l]
	p.run = int32(len(s.runs) - 1)
	last.labelled = last.labelled || p.used
}

// Add appends any instruction. Who knows what kind it is of calls Plain, Jump or Exit.
func (s *Sequence) Add(op opcode.Op, arg int32, at source.Span) {
	info, ok := opcode.For(pyver.Py314).ByOp(op)
	switch {
	case ok && hasLabel(info):
		s.Jump(op, Label(arg), at)
	case op == opcode.RETURN_VALUE || op == opcode.RAISE_VARARGS || op == opcode.RERAISE:
		s.Exit(op, arg, at)
	default:
		s.Plain(op, arg, at)
	}
}

// Plain appends an instruction that has no label and that control goes on behind.
func (s *Sequence) Plain(op opcode.Op, arg int32, at source.Span) {
	s.ins = append(s.ins, Instr{Span: at, Op: op, Arg: arg})
}

// Exit appends an instruction that leaves the function: RETURN_VALUE, RAISE_VARARGS or RERAISE.
func (s *Sequence) Exit(op opcode.Op, arg int32, at source.Span) {
	s.Plain(op, arg, at)
	s.begin(0).cut = true
}

// Jump appends an instruction whose oparg is a label.
func (s *Sequence) Jump(op opcode.Op, to Label, at source.Span) {
	s.jumps = append(s.jumps, int32(len(s.ins)))
	s.Plain(op, int32(to), at)
	if uint(to) < uint(len(s.labels)) {
		p := &s.labels[to]
		p.used = true
		if p.run >= 0 {
			s.runs[p.run].labelled = true
		}
	}
	switch op {
	case opcode.SETUP_FINALLY, opcode.SETUP_CLEANUP, opcode.SETUP_WITH:
	case opcode.POP_JUMP_IF_FALSE, opcode.POP_JUMP_IF_TRUE, opcode.POP_JUMP_IF_NONE, opcode.POP_JUMP_IF_NOT_NONE:
		s.begin(1) // NOT_TAKEN
	case opcode.JUMP_IF_FALSE, opcode.JUMP_IF_TRUE:
		s.begin(3) // COPY, TO_BOOL, NOT_TAKEN
	case opcode.JUMP, opcode.JUMP_NO_INTERRUPT:
		s.begin(0).cut = true
	default:
		s.begin(0)
	}
}

// last returns the last run.
func (s *Sequence) last() *run {
	if len(s.runs) == 0 {
		s.runs = append(s.runs, run{})
	}
	return &s.runs[len(s.runs)-1]
}

// begin begins a run behind room for what passes over the graph are likely to append to the
// last one.
func (s *Sequence) begin(room int) *run {
	last := s.last()
	last.end = int32(len(s.ins))
	index := last.index + last.end - last.start
	for range room {
		s.ins = append(s.ins, Instr{})
	}
	s.runs = append(s.runs, run{start: int32(len(s.ins)), index: index})
	return &s.runs[len(s.runs)-1]
}

// Len returns how many instructions there are.
func (s *Sequence) Len() int {
	last := s.last()
	return int(last.index) + len(s.ins) - int(last.start)
}

// Instrs returns the instructions, in memory of their own.
func (s *Sequence) Instrs() []Instr {
	list := make([]Instr, 0, s.Len())
	s.last().end = int32(len(s.ins))
	for i := range s.runs {
		list = append(list, s.ins[s.runs[i].start:s.runs[i].end]...)
	}
	return list
}

// Index returns the index that the instruction l stands in front of has among all, -1 if l stands
// nowhere or is no label of s.
func (s *Sequence) Index(l Label) int {
	if uint(l) >= uint(len(s.labels)) || s.labels[l].run < 0 {
		return -1
	}
	return int(s.runs[s.labels[l].run].index)
}
