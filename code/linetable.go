package code

import (
	"iter"
	"strconv"
)

// The line table of 3.10, co_linetable, is a sequence of pairs of bytes, a
// range of bytecode each:
//
//	+--------+--------+   bytes: length of the range
//	| bytes  | lines  |   lines: signed increment of the line,
//	+--------+--------+          -128 for a range without a line
//
// An increment that does not fit is led in by empty ranges, and a range that
// does not fit goes on in pairs with the increment 0. (CPython 3.10:
// Objects/lnotab_notes.txt.)

// noLine is the increment that says that a range has no line.
const noLine = -128

// lineTableReader reads the entries of a line table, empty ones included.
type lineTableReader struct {
	table      string
	pos        int
	line       int // computed so far
	start, end int // of the entry, in bytes of bytecode
	none       bool
}

func (r *lineTableReader) next() bool {
	if r.pos+1 >= len(r.table) {
		return false
	}
	r.start = r.end
	r.end += int(r.table[r.pos])
	delta := int8(r.table[r.pos+1])
	r.none = delta == noLine
	if !r.none {
		r.line += int(delta)
	}
	r.pos += 2
	return true
}

func (r *lineTableReader) lineRange() LineRange {
	if r.none || r.line < 0 {
		return LineRange{Start: r.start, End: r.end, Line: -1}
	}
	return LineRange{Start: r.start, End: r.end, Line: r.line, HasLine: true}
}

// EncodeLineTable returns the co_linetable of 3.10 for ranges that follow each
// other from offset 0 on, in a code object whose first line is firstLine. It
// makes an entry of each range, as many as it takes; neighbours with the same
// line are not joined.
//
// Ranges that leave gaps, are empty, or have negative lines are errors.
func EncodeLineTable(firstLine int, ranges iter.Seq[LineRange]) ([]byte, error) {
	var table []byte
	addr, line := 0, firstLine
	for r := range ranges {
		if r.Start != addr || r.End <= r.Start {
			return nil, entryError("line table", rangeText(r.Start, r.End), "a range from "+strconv.Itoa(addr)+" on")
		}
		if r.HasLine && r.Line < 0 {
			return nil, entryError("line table", "line "+strconv.Itoa(r.Line), "at least 0")
		}
		addr = r.End
		delta, more := noLine, noLine
		if r.HasLine {
			if err := stepsFit("line table", len(table), r.Line, line); err != nil {
				return nil, err
			}
			delta, more = r.Line-line, 0
			line = r.Line
			for ; delta > 127; delta -= 127 {
				table = append(table, 0, 127)
			}
			for ; delta < -127; delta += 127 {
				table = append(table, 0, 0x81)
			}
		}
		size := r.End - r.Start
		for ; size > 254; size -= 254 {
			table = append(table, 254, byte(delta))
			delta = more
		}
		table = append(table, byte(size), byte(delta))
	}
	return table, nil
}

func rangeText(start, end int) string {
	return strconv.Itoa(start) + " to " + strconv.Itoa(end)
}
