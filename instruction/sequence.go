// Package instruction holds what passes between the back stages of the compiler:
// sequences of (pseudo-)instructions with labels, and the units (module,
// function, class, ...) they belong to. CPython calls the first an instruction
// sequence.
package instruction

import (
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
)

// NoLocation is the position of instructions that have none; NextLocation that of
// those which take the position of the instruction behind them.
var (
	NoLocation   = source.Span{Line: -1, Col: -1, EndLine: -1, EndCol: -1}
	NextLocation = source.Span{Line: -2, Col: -2, EndLine: -2, EndCol: -2}
)

// Instr is an instruction or pseudo-instruction. The oparg of jumps and block
// set-ups is a Label.
type Instr struct {
	source.Span
	Op  opcode.Op
	Arg int32
}

// Label names a place in a Sequence.
type Label int32

// NoLabel is no place at all.
const NoLabel Label = -1

// Sequence is a list of instructions and the places its labels stand for.
type Sequence struct {
	Instrs []Instr
	// Annotations is the code of deferred annotations at module and class level,
	// to be put where ANNOTATIONS_PLACEHOLDER stands; nil if there is none.
	Annotations *Sequence
	labels      []standing // by label
	jumps       int        // instructions that have one
}

// standing is where a label stands.
type standing struct {
	at   int32 // index into Instrs, -1 for nowhere yet
	used bool  // by an instruction
}

// Reset empties the sequence and keeps its memory.
func (s *Sequence) Reset() {
	s.Instrs = s.Instrs[:0]
	s.labels, s.jumps = s.labels[:0], 0
	s.Annotations = nil
}

// NewLabel returns a label that stands nowhere yet.
func (s *Sequence) NewLabel() Label {
	s.labels = append(s.labels, standing{at: -1})
	return Label(len(s.labels) - 1)
}

// Use puts l in front of the next instruction.
func (s *Sequence) Use(l Label) { s.labels[l].at = int32(len(s.Instrs)) }

// Index returns the index of the instruction that l stands in front of, -1 if it
// stands nowhere.
func (s *Sequence) Index(l Label) int { return int(s.labels[l].at) }

// Used is Index for a label that some instruction has, -1 for others.
func (s *Sequence) Used(l Label) int {
	if p := &s.labels[l]; p.used {
		return int(p.at)
	}
	return -1
}

// Jumps returns how many instructions have labels.
func (s *Sequence) Jumps() int { return s.jumps }

// Labels returns how many labels there are.
func (s *Sequence) Labels() int { return len(s.labels) }

// Add appends an instruction that has no label.
func (s *Sequence) Add(op opcode.Op, arg int32, at source.Span) {
	s.Instrs = append(s.Instrs, Instr{at, op, arg})
}

// Jump appends an instruction whose oparg is a label.
func (s *Sequence) Jump(op opcode.Op, to Label, at source.Span) {
	s.Instrs = append(s.Instrs, Instr{at, op, int32(to)})
	s.refer(to)
}

// InsertJump inserts an instruction whose oparg is a label.
func (s *Sequence) InsertJump(i int, op opcode.Op, to Label, at source.Span) {
	s.Insert(i, Instr{at, op, int32(to)})
	s.refer(to)
}

func (s *Sequence) refer(to Label) {
	if uint(to) < uint(len(s.labels)) {
		s.labels[to].used = true
	}
	s.jumps++
}

// Insert puts an instruction in front of the one at index i; labels from there on
// move with their instructions.
func (s *Sequence) Insert(i int, in Instr) {
	s.Instrs = append(s.Instrs, Instr{})
	copy(s.Instrs[i+1:], s.Instrs[i:])
	s.Instrs[i] = in
	for l := range s.labels {
		if at := &s.labels[l].at; int(*at) >= i {
			*at++
		}
	}
}

// Place is Index for a label that may be none of s.
func (s *Sequence) Place(l Label) int {
	if uint(l) >= uint(len(s.labels)) {
		return -1
	}
	return int(s.labels[l].at)
}
