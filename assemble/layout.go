package assemble

import (
	"math"
	"unsafe"

	"github.com/krait-py/krait/flowgraph"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
)

// place is where a block is. Index and offset are those of its first instruction.
type place struct {
	index  int32 // among all instructions, -1 if it is nowhere
	offset int32 // code units, as if no jump had an EXTENDED_ARG
	jumps  int32 // number of jumps ahead of it
}

// jump is what becomes of a jump. A block has one at most.
type jump struct {
	target flowgraph.BlockID
	at     int32 // its offset, counted as for a place
	arg    int32
	moved  int32 // EXTENDED_ARGs of all jumps up to this one
	shape
}

// run is some instructions at the same position.
type run struct {
	from, to uint64 // the position; see start
	end      int32  // offset behind the last one, in code units
}

// guard says which handler is in force from an instruction on.
type guard struct {
	offset  int32
	handler flowgraph.BlockID
}

// codeUnit is an instruction as it is written down, or a cache: two bytes with one check of
// bounds.
type codeUnit struct{ number, arg byte }

// bytecode returns the bytes of the bytecode, which are those of its units.
func (a *Assembler) bytecode() []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(a.code))), 2*a.units)
}

// most is how many code units an instruction takes at most, with its EXTENDED_ARGs and caches.
const most = 3 + 1 + maxCaches

// maxUnits bounds the size of bytecode, in code units.
const maxUnits = math.MaxInt32 / 4

// layOut puts the blocks in a row and writes their bytecode down, jumps as if no distance
// took more than a byte. It also notes positions and handlers. That is one loop over all
// instructions; what is left to do is done for positions, or jumps.
func (a *Assembler) layOut() error {
	g, t := &a.graph, shapes()
	if n := g.Len(); cap(a.places) < n {
		a.places = make([]place, n, 2*n)
	} else {
		a.places = a.places[:n]
	}
	places, guards := a.places, a.guards[:0]
	for i := range places {
		places[i].index = -1
	}
	a.jumps = a.jumps[:0]
	at, index, last := 0, 0, 0
	from, to, except := start(&instruction.NoLocation), end(&instruction.NoLocation), flowgraph.BlockID(0)
	for id := g.Entry(); id != 0; {
		b := g.Block(id)
		ins := b.Instrs
		p := &places[id]
		had := len(a.jumps)
		p.index, p.offset, p.jumps = int32(index), int32(at), int32(had)
		if at+most*len(ins) > len(a.code) || last+1+len(ins) > len(a.runs) {
			if !a.grow(at, last, len(ins)) {
				return errSize
			}
		}
		code, runs := a.code, a.runs
		if index == 0 {
			runs[0] = run{from, to, 0}
		}
		for i := 0; i < len(ins); i++ {
			// What is not special is done without calls: the compiler keeps values that outlive a
			// call in memory. There is nothing in it that a processor would have to guess.
			for {
				in := &ins[i]
				s := t[in.Op&511]
				if uint32(in.Arg)&^0xff|uint32(s&special)|uint32(in.Except^except) != 0 {
					break
				}
				code[at] = codeUnit{s.number(), byte(in.Arg)}
				at += s.units()
				// Positions differ two thirds of the time, and no one can tell when: a run that goes
				// on is written again.
				differs := (start(&in.Span) ^ from) | (end(&in.Span) ^ to)
				from, to = start(&in.Span), end(&in.Span)
				last += int((differs | -differs) >> 63)
				r := &runs[last]
				r.from, r.to, r.end = from, to, int32(at)
				if i++; i == len(ins) {
					break
				}
			}
			if i == len(ins) {
				break
			}
			in := &ins[i]
			if in.Except != except {
				except = in.Except
				guards = append(guards, guard{int32(at), except})
			}
			s := t[in.Op&511]
			switch {
			case s&isPseudo != 0:
				return errOp
			case s&isJump == 0:
				if in.Arg > 0xff {
					at += putExtended(code[at:], in.Arg)
				}
			case len(a.jumps) > had:
				return errJump
			default:
				s = a.jump(in.Target, s, at)
			}
			code[at] = codeUnit{s.number(), byte(in.Arg)}
			at += s.units()
			if start(&in.Span) != from || end(&in.Span) != to {
				from, to = start(&in.Span), end(&in.Span)
				last++
			}
			r := &runs[last]
			r.from, r.to, r.end = from, to, int32(at)
		}
		index += len(ins)
		id = b.Next
	}
	if at > maxUnits {
		return errSize
	}
	if except != 0 {
		guards = append(guards, guard{int32(at), 0})
	}
	a.guards, a.ran, a.units = guards, last+1, int32(at)
	return nil
}

// more makes room for an element, whose fields are then set one by one: a literal would
// be made elsewhere and copied.
func more[T any](list []T) []T {
	if n := len(list); n < cap(list) {
		return list[:n+1]
	}
	var zero T
	return append(list, zero)
}

// grow makes room for n instructions behind so many code units and the run last; it
// returns false if that would be too much.
func (a *Assembler) grow(at, last, n int) bool {
	if at+n > maxUnits {
		return false
	}
	if need := at + most*n; need > len(a.code) {
		a.code = append(make([]codeUnit, 0, need+need/2), a.code[:at]...)[:need+need/2]
	}
	if need := last + 1 + n; need > len(a.runs) {
		a.runs = append(make([]run, 0, 2*need), a.runs[:min(last+1, len(a.runs))]...)[:2*need]
	}
	return true
}

// start and end return half of a position each, as a word, which the compiler loads at once.
func start(at *source.Span) uint64 { return uint64(uint32(at.Line)) | uint64(uint32(at.Col))<<32 }

func end(at *source.Span) uint64 { return uint64(uint32(at.EndLine)) | uint64(uint32(at.EndCol))<<32 }

// jump notes a jump to a block and returns the shape that it has in that direction.
func (a *Assembler) jump(to flowgraph.BlockID, s shape, at int) shape {
	if s&(eitherWay|eitherWayQuiet) != 0 && a.isPlaced(to) {
		if t := shapes(); s&eitherWay != 0 {
			s = t[opcode.JUMP_BACKWARD]
		} else {
			s = t[opcode.JUMP_BACKWARD_NO_INTERRUPT]
		}
	}
	a.jumps = more(a.jumps)
	j := &a.jumps[len(a.jumps)-1]
	j.target, j.at, j.shape = to, int32(at), s
	return s
}

// isPlaced reports whether a block has a place, up to now.
func (a *Assembler) isPlaced(b flowgraph.BlockID) bool {
	return uint32(b) < uint32(len(a.places)) && a.places[b].index >= 0
}

// extended returns how many EXTENDED_ARGs an oparg takes.
func extended(arg int32) int32 {
	switch {
	case arg <= 0xff:
		return 0
	case arg <= 0xffff:
		return 1
	case arg <= 0xffffff:
		return 2
	}
	return 3
}

// putExtended writes the EXTENDED_ARGs that an oparg takes and returns how many.
func putExtended(b []codeUnit, arg int32) int {
	n := int(extended(arg))
	for i := range n {
		b[i] = codeUnit{extendedArg, byte(arg >> (8 * (n - i)))}
	}
	return n
}
