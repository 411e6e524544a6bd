package instruction

import "github.com/krait-py/krait/opcode"

// Blocks are what is left of a Sequence that is taken apart, block by block.
type Blocks struct {
	// Tail is the code at the end that nothing leads to, with room between instructions. Unloads is set if
	// there is such code elsewhere that loads constants.
	Tail    []Instr
	Unloads bool

	ins  []Instr
	runs []run
}

// Blocks divides the sequence into blocks, which are numbered from 1 on, and sets the Target of the
// instructions that have labels. It returns them and how many there are. It is not ok if an instruction leads to where
// none is.
//
// Code behind a jump or an exit that no instruction leads to is left out; an empty block takes its place if there is
// another behind it.
//
// If spend is set, the blocks lie where the sequence does, and who changes them changes it: it is of no use then until it
// is Reset. Otherwise they lie in memory that is appended to room.
func (s *Sequence) Blocks(spend bool, room []Instr) (b Blocks, n int, ok bool) {
	b.ins = s.ins
	if !spend {
		b.ins = append(room, s.ins...)
	}
	s.last().end = int32(len(s.ins))
	b.runs = s.runs
	id, dead := BlockID(0), false
	cut := 0 // the run that dead code begins with
	for i := range b.runs {
		r := &b.runs[i]
		if r.start == r.end { // the last one
			b.runs = b.runs[:i]
			break
		}
		if r.labelled {
			if dead {
				b.Unloads = b.Unloads || loads(b.ins[b.runs[cut].start:r.start])
				dead = false
			}
			id++
		} else if !dead && !r.split { // a label that nothing leads to does not part blocks
			if dead = r.cut; dead {
				cut = i
			}
			id++
		}
		r.id, r.dead = id, dead
	}
	if dead {
		b.Tail = b.ins[b.runs[cut].start:]
		b.runs = b.runs[:cut]
		id--
	}
	for _, at := range s.jumps {
		in := &b.ins[at]
		if uint32(in.Arg) >= uint32(len(s.labels)) {
			return b, 0, false
		}
		to := s.labels[in.Arg].run
		if uint32(to) >= uint32(len(b.runs)) {
			return b, 0, false
		}
		in.Target = b.runs[to].id
	}
	return b, int(id), true
}

// Memory returns the memory that all blocks lie in.
func (b *Blocks) Memory() []Instr { return b.ins }

// Next returns the next block's instructions, in order, and whether an instruction leads there. The capacity beyond them is
// room that nobody else has.
func (b *Blocks) Next() (ins []Instr, labelled bool) {
	first := &b.runs[0]
	end, n := first.end, 1
	for n < len(b.runs) && b.runs[n].id == first.id {
		end = b.runs[n].end
		n++
	}
	limit := len(b.ins)
	if n < len(b.runs) {
		limit = int(b.runs[n].start)
	}
	b.runs = b.runs[n:]
	if first.dead {
		return b.ins[first.start:first.start:first.start], false
	}
	return b.ins[first.start:end:limit], first.labelled
}

// loads reports whether instructions load constants.
func loads(ins []Instr) bool {
	for i := range ins {
		if ins[i].Op == opcode.LOAD_CONST {
			return true
		}
	}
	return false
}
