package code

import (
	"fmt"
	"iter"
	"math"
	"strconv"

	"github.com/krait-py/krait/pyver"
)

// The location table of 3.11 and later, co_linetable, is a sequence of
// entries of different length, each for 1 to 8 code units:
//
//	 7   6 5 4 3   2 1 0
//	+---+---------+-------+
//	| 1 | kind    | units |  units: number of code units, less one
//	+---+---------+-------+
//
//	kind 0-9    column: kind*8 + high nibble of the next byte, end column: low
//	            nibble more; line as before
//	kind 10-12  line: kind-10 more; column and end column: a byte each
//	kind 13     line: a signed number more; no columns
//	kind 14     line: a signed number more; end line: a number more than line;
//	            column+1 and end column+1: numbers, 0 for none
//	kind 15     nothing is known
//
// Numbers consist of six-bit digits, the lowest first (in the exception table
// it is the highest), with bit 6 set in all but the last. Signed ones have
// their sign in bit 0. Bit 7 is never set behind the first byte of an entry.
// (CPython: Objects/locations.md in 3.11 to 3.13, InternalDocs/code_objects.md
// from 3.14.)
const (
	kindOneLine   = 10
	kindNoColumns = 13
	kindLong      = 14
	kindNone      = 15
)

// Position is what a location table says of a code unit; -1 for what it does
// not say. Columns count bytes of the line in UTF-8, from 0.
type Position struct {
	Line, EndLine int
	Col, EndCol   int
}

// NoPosition is the Position of which nothing is known.
var NoPosition = Position{-1, -1, -1, -1}

// Location is an entry of a location table: a run of bytecode with one
// position.
type Location struct {
	Start, End int // offsets in bytes; End is exclusive
	Position
}

// Positions yields what co_positions() yields in 3.11 and later: the position
// of each code unit, inline caches included, as far as the table goes.
// Earlier versions have none.
func (o *Object) Positions() iter.Seq[Position] {
	return func(yield func(Position) bool) { o.positions(yield) }
}

func (o *Object) positions(yield func(Position) bool) {
	for l := range o.Locations() {
		for n := l.Start; n < l.End; n += 2 {
			if !yield(l.Position) {
				return
			}
		}
	}
}

// Locations yields the entries of the location table one by one, 3.11 and
// later. A run of more than 8 code units has several; neighbours with the same
// position may also come from different instructions.
//
// A table that breaks off, or is damaged otherwise, ends the sequence;
// [Object.CheckLines] says where and why.
func (o *Object) Locations() iter.Seq[Location] {
	return func(yield func(Location) bool) { o.locations(yield) }
}

func (o *Object) locations(yield func(Location) bool) {
	if o.Version < pyver.Py311 {
		return
	}
	r := locationReader{table: o.LineTable.text(), line: o.FirstLine}
	for r.next() {
		if !yield(r.Location) {
			return
		}
	}
}

// locationReader reads the entries of a location table.
type locationReader struct {
	table string
	pos   int
	line  int // computed so far
	err   error
	Location
}

func (r *locationReader) next() bool {
	if r.pos >= len(r.table) {
		return false
	}
	at := r.pos
	b := r.table[at]
	if b&0x80 == 0 {
		return r.fail(at, fmt.Sprintf("byte %#02x", b), "the first byte of an entry, bit 7 set")
	}
	r.pos++
	r.Start = r.End
	r.End += 2 * (int(b&7) + 1)
	switch kind := int(b >> 3 & 15); kind {
	case kindNone:
		r.Position = NoPosition
	case kindNoColumns:
		delta, ok := r.signed()
		if !ok {
			return false
		}
		r.move(delta)
		r.EndLine, r.Col, r.EndCol = r.line, -1, -1
	case kindLong:
		delta, ok1 := r.signed()
		end, ok2 := r.number()
		col, ok3 := r.number()
		endCol, ok4 := r.number()
		if !ok1 || !ok2 || !ok3 || !ok4 {
			return false
		}
		r.move(delta)
		r.EndLine = int(int32(r.line) + int32(end))
		r.Col, r.EndCol = int(int32(col-1)), int(int32(endCol-1))
	case kindOneLine, kindOneLine + 1, kindOneLine + 2:
		if len(r.table)-r.pos < 2 {
			return r.fail(len(r.table), "end of table", "two columns")
		}
		r.move(int32(kind - kindOneLine))
		r.EndLine = r.line
		r.Col, r.EndCol = int(r.table[r.pos]), int(r.table[r.pos+1])
		r.pos += 2
	default:
		if r.pos == len(r.table) {
			return r.fail(r.pos, "end of table", "columns")
		}
		b := int(r.table[r.pos])
		r.pos++
		r.Line, r.EndLine = r.line, r.line
		r.Col = kind<<3 | b>>4
		r.EndCol = r.Col + b&15
	}
	return true
}

// move advances the computed line; hostile increments wrap as they do in C.
func (r *locationReader) move(delta int32) {
	r.line = int(int32(r.line) + delta)
	r.Line = r.line
}

func (r *locationReader) signed() (int32, bool) {
	n, ok := r.number()
	if n&1 != 0 {
		return -int32(n >> 1), ok
	}
	return int32(n >> 1), ok
}

func (r *locationReader) number() (uint32, bool) {
	at := r.pos
	var n uint64
	for shift := 0; ; shift += 6 {
		if r.pos == len(r.table) {
			return 0, r.fail(r.pos, "end of table", "the rest of a number")
		}
		b := r.table[r.pos]
		if b&0x80 != 0 {
			return 0, r.fail(r.pos, fmt.Sprintf("byte %#02x", b), "the rest of a number, bit 7 clear")
		}
		r.pos++
		n |= uint64(b&63) << shift
		if n > math.MaxUint32 || shift > 30 {
			return 0, r.fail(at, "a longer number", "at most 32 bits")
		}
		if b&64 == 0 {
			return uint32(n), true
		}
	}
}

// fail ends the reading with the first of the errors it is called for.
func (r *locationReader) fail(offset int, found, want string) bool {
	if r.err == nil {
		r.err = &TableError{Table: "location table", Offset: offset, Found: found, Want: want}
	}
	r.pos = len(r.table)
	return false
}

// EncodeLocations returns the location table of 3.11 and later for locations
// that follow each other from offset 0 on, in a code object whose first line
// is firstLine. Each location gets an entry of its own, or several if it has
// more than 8 code units; the kind of an entry is the one CPython's assembler
// chooses. Neighbours with the same position are not joined: 3.11 writes an
// entry for each instruction, later versions join them first.
//
// Locations that leave gaps, are not made of whole code units, or that no
// entry can express (an end line before the line; columns without a line) are
// errors.
func EncodeLocations(firstLine int, locations iter.Seq[Location]) ([]byte, error) {
	var table []byte
	addr, line := 0, firstLine
	for l := range locations {
		if l.Start != addr || l.End <= l.Start || (l.End-l.Start)%2 != 0 {
			return nil, entryError("location table", rangeText(l.Start, l.End),
				"whole code units from "+strconv.Itoa(addr)+" on")
		}
		if err := l.check(line); err != nil {
			return nil, err
		}
		for addr < l.End {
			units := min((l.End-addr)/2, 8)
			table = appendLocation(table, units, line, l.Position)
			if l.Line >= 0 {
				line = l.Line
			}
			addr += 2 * units
		}
	}
	return table, nil
}

// check reports whether an entry can express p behind one for line.
func (p Position) check(line int) error {
	const most = math.MaxInt32
	switch {
	case p.Line < 0:
		if p != NoPosition {
			return entryError("location table", p.text(), "a line, or -1 in all four places")
		}
	case p.Line > most || p.EndLine > most || p.Col >= most || p.EndCol >= most ||
		p.Line-line > most || line-p.Line > most:
		return entryError("location table", p.text(), "numbers and increments of 31 bits")
	case p.EndLine < p.Line || p.Col < -1 || p.EndCol < -1:
		return entryError("location table", p.text(), "an end line behind the line and no column below -1")
	}
	return nil
}

func (p Position) text() string {
	return fmt.Sprintf("%d:%d to %d:%d", p.Line, p.Col, p.EndLine, p.EndCol)
}

// appendLocation appends the entry for p, which check has accepted, behind one
// for line.
func appendLocation(table []byte, units, line int, p Position) []byte {
	first := func(kind int) byte { return byte(0x80 | kind<<3 | (units - 1)) }
	delta := p.Line - line
	switch {
	case p.Line < 0:
		return append(table, first(kindNone))
	case p.EndLine != p.Line:
	case p.Col < 0 && p.EndCol < 0:
		return appendSigned(append(table, first(kindNoColumns)), delta)
	case p.Col < 0 || p.EndCol < 0:
	case delta == 0 && p.Col < 80 && p.Col <= p.EndCol && p.EndCol-p.Col < 16:
		return append(table, first(p.Col>>3), byte(p.Col&7<<4|(p.EndCol-p.Col)))
	case 0 <= delta && delta < 3 && p.Col < 128 && p.EndCol < 128:
		return append(table, first(kindOneLine+delta), byte(p.Col), byte(p.EndCol))
	}
	table = appendSigned(append(table, first(kindLong)), delta)
	table = appendNumber(table, uint32(p.EndLine-p.Line))
	table = appendNumber(table, uint32(p.Col+1))
	return appendNumber(table, uint32(p.EndCol+1))
}

func appendSigned(table []byte, n int) []byte {
	if n < 0 {
		return appendNumber(table, uint32(-n)<<1|1)
	}
	return appendNumber(table, uint32(n)<<1)
}

func appendNumber(table []byte, n uint32) []byte {
	for ; n >= 64; n >>= 6 {
		table = append(table, byte(n&63|64))
	}
	return append(table, byte(n))
}
