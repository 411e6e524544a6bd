package assemble

import "github.com/krait-py/krait/flowgraph"

// originOffset is the distance in code units from the SEND of an asynchronous loop
// to the END_SEND behind it, which monitoring wants to find.
const originOffset = 5

// maxRounds bounds the search for distances; each round but odd ones only makes
// instructions longer.
const maxRounds = 1000

// resolveJumps gives jumps their distances, and makes room for those of more than a byte.
func (a *Assembler) resolveJumps() error {
	if a.units <= 0xff {
		return a.resolveShort()
	}
	moved := int32(0)
	for i := range a.jumps {
		j := &a.jumps[i]
		if !a.isPlaced(j.target) {
			return errJump
		}
		// Sizes start out as if indices were distances, as those of CPython do;
		// it is seldom that it shows.
		moved += extended(a.places[j.target].index)
		j.moved = moved
	}
	for range maxRounds {
		size := a.units + moved
		if size > maxUnits {
			return errSize
		}
		again, before := false, int32(0)
		moved = 0
		for i := range a.jumps {
			j := &a.jumps[i]
			if !j.measure(j.at+j.moved, a.offset(j.target), size) {
				return errJump
			}
			own := extended(j.arg)
			again = again || own != j.moved-before
			before = j.moved
			moved += own
		}
		if !again {
			a.extend(moved)
			return nil
		}
		moved = 0
		for i := range a.jumps {
			j := &a.jumps[i]
			moved += extended(j.arg)
			j.moved = moved
		}
	}
	return errSize
}

// resolveShort is resolveJumps where no distance, and no index, takes more than a byte.
func (a *Assembler) resolveShort() error {
	for i := range a.jumps {
		j := &a.jumps[i]
		if j.moved = 0; !a.isPlaced(j.target) || !j.measure(j.at, a.places[j.target].offset, a.units) {
			return errJump
		}
		a.code[j.at].arg = byte(j.arg)
	}
	return nil
}

// measure sets the distance from a jump at one offset to another. It returns false if there
// is none, or nothing, in code of that size.
func (j *jump) measure(at, to, size int32) bool {
	from := at + int32(j.units())
	switch {
	case j.shape&isOrigin != 0:
		j.arg = from - to - originOffset
	case to < from:
		j.arg = from - to
	default:
		j.arg = to - from
	}
	return j.arg >= 0 && to != size
}

// offset returns the offset of a block, EXTENDED_ARGs of jumps included.
func (a *Assembler) offset(b flowgraph.BlockID) int32 {
	p := &a.places[b]
	if p.jumps == 0 {
		return p.offset
	}
	return p.offset + a.jumps[p.jumps-1].moved
}

// extend writes the opargs of jumps down. Where they take EXTENDED_ARGs, of which there are
// so many, all that lies behind moves.
func (a *Assembler) extend(moved int32) {
	if moved > 0 {
		a.move(moved)
	}
	for i := range a.jumps {
		j := &a.jumps[i]
		a.code[j.at+j.moved].arg = byte(j.arg)
	}
}

// move makes room for so many EXTENDED_ARGs of jumps, and writes them.
func (a *Assembler) move(moved int32) {
	end := a.units
	a.units += moved
	if n := int(a.units); n > len(a.code) {
		a.code = append(a.code, make([]codeUnit, n-len(a.code))...)
	}
	for i := len(a.jumps) - 1; i >= 0; i-- {
		j, before := &a.jumps[i], int32(0)
		if i > 0 {
			before = a.jumps[i-1].moved
		}
		if before < j.moved {
			copy(a.code[j.at+j.moved:], a.code[j.at:end])
			putExtended(a.code[j.at+before:], j.arg)
			end = j.at
		}
	}
	// What ends behind a jump, or begins there, has moved with it.
	next, by := 0, int32(0)
	for i := range a.runs[:a.ran] {
		r := &a.runs[i]
		for ; next < len(a.jumps) && a.jumps[next].at < r.end; next++ {
			by = a.jumps[next].moved
		}
		r.end += by
	}
	next, by = 0, 0
	for i := range a.guards {
		g := &a.guards[i]
		for ; next < len(a.jumps) && a.jumps[next].at < g.offset; next++ {
			by = a.jumps[next].moved
		}
		g.offset += by
	}
}
