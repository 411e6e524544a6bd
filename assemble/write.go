package assemble

import (
	"github.com/krait-py/krait/flowgraph"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/source"
)

// Bytecode, locations and handlers are written by a loop each: in one for all of them, more
// values are alive than a processor has registers, and most of the time goes into keeping
// them in memory.

// writeCode writes the bytecode.
func (a *Assembler) writeCode() error {
	n := 2 * a.units
	if cap(a.bytes) < n {
		a.bytes = make([]byte, n, 4*n+1024)
	} else {
		a.bytes = a.bytes[:n]
		clear(a.bytes) // caches are zero
	}
	t, code := shapes(), a.bytes
	at := 0
	for p := range a.places {
		ins := a.places[p].instrs
		for i := range ins {
			in := &ins[i]
			s, arg := &t[in.Op&511], in.Arg
			if arg > 0xff || s.kind&isPseudo != 0 {
				if s.kind&isPseudo != 0 {
					return errOp
				}
				for shift := 8 * extended(arg); shift > 0; shift -= 8 {
					code[at], code[at+1] = extendedArg, byte(arg>>shift)
					at += 2
				}
			}
			code[at], code[at+1] = s.number, byte(arg)
			at += 2 * int(s.units)
		}
	}
	return nil
}

// writeLocations writes the location table, which has an entry for each run of instructions
// at the same place, or as many as it takes. The first line is that of the code object.
func (a *Assembler) writeLocations(firstLine int32) {
	if cap(a.lines) < 8*a.units {
		a.lines = make([]byte, 0, 16*a.units)
	}
	t, lines, first := shapes(), a.lines[:0], firstLine
	run, units := &instruction.NoLocation, int32(0) // instructions at the same place
	from, to := start(run), end(run)
	for p := range a.places {
		ins := a.places[p].instrs
		for i := range ins {
			in := &ins[i]
			// Positions differ half of the time, and no one can tell when: one branch
			// is better than four.
			if (start(&in.Span)^from)|(end(&in.Span)^to) != 0 {
				if in.Line < noLine && in.Span == instruction.NextLocation {
					a.passNext()
					a.writeLocations(firstLine)
					return
				}
				// Most entries are of two kinds: a stretch of the same line, or of one of
				// the next two. Which of them is as good as random, so both are made.
				more, width := run.Line-first, run.EndCol-run.Col
				long := more | (maxShortCol-run.Col)>>31 | width>>shortWidthBits
				long = (long | -long) >> 31 // all ones, or nothing
				if uint32(units-1) >= 8 || uint32(more) >= 3 || run.EndLine != run.Line || uint32(run.Col|run.EndCol&long) >= 128 {
					lines, first = appendPlace(lines, units, first, run)
				} else {
					kind, second := run.Col>>3, run.Col&7<<4|width
					kind ^= (kind ^ (10 + more)) & long
					second ^= (second ^ run.Col) & long
					lines = append(lines, byte(0x80|kind<<3|(units-1)), byte(second), byte(run.EndCol))
					lines = lines[:len(lines)-1-int(long)]
					first = run.Line
				}
				run, units = &in.Span, 0
				from, to = start(run), end(run)
			}
			if units += int32(t[in.Op&511].units); in.Arg > 0xff {
				units += extended(in.Arg)
			}
		}
	}
	a.lines, _ = appendPlace(lines, units, first, run)
}

// start and end return half of a position each, as a word, which the compiler loads at once.
func start(at *source.Span) uint64 { return uint64(uint32(at.Line)) | uint64(uint32(at.Col))<<32 }

func end(at *source.Span) uint64 { return uint64(uint32(at.EndLine)) | uint64(uint32(at.EndCol))<<32 }

// An entry for a stretch of the same line is short if it begins in a column of up to
// maxShortCol and its width has so many bits.
const (
	maxShortCol    = 79
	shortWidthBits = 4
)

// noLine is the line of what has none; what wants that of the next instruction has
// one below.
const noLine = -1

// passNext gives instructions that want the position of the next one that.
func (a *Assembler) passNext() {
	t := shapes()
	next := instruction.NoLocation
	for p := len(a.places) - 1; p >= 0; p-- {
		ins := a.places[p].instrs
		for i := len(ins) - 1; i >= 0; i-- {
			in := &ins[i]
			if in.Span == instruction.NextLocation {
				if t[in.Op&511].kind&endsBlock != 0 {
					next = instruction.NoLocation
				}
				in.Span = next
			}
			next = in.Span
		}
	}
}

// findGuards notes where the handlers change.
func (a *Assembler) findGuards() {
	a.guards = a.guards[:0]
	if !a.graph.Guarded() {
		return
	}
	t := shapes()
	at, except := int32(0), flowgraph.BlockID(0)
	for p := range a.places {
		ins := a.places[p].instrs
		for i := range ins {
			in := &ins[i]
			if in.Except != except {
				except = in.Except
				a.guards = append(a.guards, guard{at, except})
			}
			at += int32(t[in.Op&511].units) + extended(in.Arg)
		}
	}
	if except != 0 {
		a.guards = append(a.guards, guard{at, 0})
	}
}
