package assemble

import (
	"encoding/binary"
	"slices"

	"github.com/krait-py/krait/flowgraph"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/source"
)

// write writes the bytecode and the location table, and notes where handlers change. The
// first line is that of the code object.
func (a *Assembler) write(firstLine int32) error {
	for {
		if err := a.layOut(); err != nil {
			return err
		}
		if err := a.resolveJumps(); err != nil {
			return err
		}
		if a.writeLocations(firstLine) {
			return nil
		}
		// Other positions make other runs.
		clear(a.code[:a.units])
		a.passNext()
	}
}

// writeLocations begins the tables with the location table, which has an entry for each run
// of instructions at the same position, or as many as it takes; first is the line of the code
// object. It returns false if there are instructions that want the position of the next one.
func (a *Assembler) writeLocations(first int32) bool {
	b, n := a.tables[:cap(a.tables)], 0
	done := int32(0)
	for i := range a.runs[:a.ran] {
		r := &a.runs[i]
		units := r.end - done
		done = r.end
		line, col, endLine, endCol := int32(r.from), int32(r.from>>32), int32(r.to), int32(r.to>>32)
		// Most entries are of two kinds: a stretch of the same line, which may be short, or of
		// one of the next two. A run of more than maxEntry units, as a LOAD_ATTR has, takes two.
		// Which of them it is, is as good as random, so both kinds and both entries are made.
		more, width := line-first, endCol-col
		if n+8 > len(b) {
			b = append(b, make([]byte, len(b)+64)...)
		}
		if uint32(units-1) >= 2*maxEntry || uint32(more) >= 3 || endLine != line || uint32(col|endCol) >= 128 {
			// What remains leads back, or to another line, as the end of a call does. Numbers are
			// mostly a byte each.
			sign, height := more>>31, endLine-line
			delta := (more^sign-sign)<<1 - sign // the lowest bit is the sign
			if uint32(units-1) < maxEntry && line|col|endCol >= 0 && uint32(delta|height|(col+1)|(endCol+1)) < 64 {
				binary.LittleEndian.PutUint64(b[n:], uint64(0x80|14<<3|(units-1))|uint64(delta)<<8|uint64(height)<<16|uint64(col+1)<<24|uint64(endCol+1)<<32)
				n += 5
				first = line
				continue
			}
			at := source.Span{Line: line, Col: col, EndLine: endLine, EndCol: endCol}
			if line < noLine && at == instruction.NextLocation {
				return false
			}
			b, first = appendPlace(b[:n], units, first, &at)
			n, b = len(b), b[:cap(b)]
			continue
		}
		wide := (maxShortCol-col)>>31 | width>>shortWidthBits
		wide = (wide | -wide) >> 31 // all ones, or nothing
		long := wide | -more>>31
		two := (maxEntry - units) >> 31
		// Entries are words, of which the first two or three bytes count.
		short, whole := col&^7|(col&7<<4|width)<<8, 10<<3|col<<8|endCol<<16
		entry := (short ^ (short^(whole+more<<3))&long) + 0x80
		again := (short ^ (short^whole)&wide) + 0x80
		entry += (units - 1) ^ (units-1^(maxEntry-1))&two
		again += units - 1 - maxEntry
		binary.LittleEndian.PutUint32(b[n:], uint32(entry))
		n += int(2 - long)
		binary.LittleEndian.PutUint32(b[n:], uint32(again))
		n += int((2 - wide) & two)
		first = line
	}
	a.tables = b[:n]
	return true
}

const (
	maxEntry = 8 // units
	// An entry for a stretch of the same line is short if it begins in a column of up to
	// maxShortCol and its width has so many bits.
	maxShortCol    = 79
	shortWidthBits = 4
)

// noLine is the line of what has none; what wants that of the next instruction has
// one below.
const noLine = -1

// passNext gives instructions that want the position of the next one that.
func (a *Assembler) passNext() {
	g, t := &a.graph, shapes()
	var blocks [][]flowgraph.Instr
	for id := g.Entry(); id != 0; id = g.Block(id).Next {
		blocks = append(blocks, g.Block(id).Instrs)
	}
	next := instruction.NoLocation
	for _, ins := range slices.Backward(blocks) {
		for i := len(ins) - 1; i >= 0; i-- {
			in := &ins[i]
			if in.Span == instruction.NextLocation {
				if t[in.Op&511]&endsBlock != 0 {
					next = instruction.NoLocation
				}
				in.Span = next
			}
			next = in.Span
		}
	}
}
