package code

import (
	"iter"
	"strconv"

	"github.com/krait-py/krait/pyver"
)

// The line number table of versions up to 3.9, co_lnotab, is a sequence of
// pairs of bytes:
//
//	+--------+--------+
//	| bytes  | lines  |   both are increments; lines is signed from 3.6 on
//	+--------+--------+
//
// Increments that do not fit take several pairs: those of the offset first,
// (255, 0), then those of the line. Hence only a pair that moves the offset
// can end a line, and a line that is reached by several pairs is not seen
// before the offset moves again. (CPython: Objects/lnotab_notes.txt.)

// signedLnotab reports whether line increments are signed.
func signedLnotab(v pyver.Version) bool { return v >= pyver.Py36 }

func (o *Object) lnotabStarts(yield func(LineStart) bool) {
	table := o.LineTable.text()
	signed := signedLnotab(o.Version)
	// From 3.8 on, what has been optimized away may still have pairs.
	limit := -1
	if o.Version >= pyver.Py38 {
		limit = len(o.Code.text())
	}
	addr, line := 0, o.FirstLine
	first, last := true, 0
	for i := 0; i+1 < len(table); i += 2 {
		if step := int(table[i]); step != 0 {
			if first || line != last {
				if !yield(LineStart{Offset: addr, Line: line, HasLine: true}) {
					return
				}
				first, last = false, line
			}
			addr += step
			if limit >= 0 && addr >= limit {
				return
			}
		}
		if signed {
			line += int(int8(table[i+1]))
		} else {
			line += int(table[i+1])
		}
	}
	if first || line != last {
		yield(LineStart{Offset: addr, Line: line, HasLine: true})
	}
}

func (o *Object) lnotabLines(yield func(LineRange) bool) {
	size := len(o.Code.text())
	var open LineRange
	for s := range o.LineStarts() {
		if s.Offset >= size {
			break
		}
		if s.Offset > open.Start {
			open.End = s.Offset
			if !yield(open) {
				return
			}
		}
		open = LineRange{Start: s.Offset, Line: s.Line, HasLine: true}
	}
	if size > 0 {
		open.End = size
		yield(open)
	}
}

// LnotabEntries yields the entries of the lnotab of a version up to 3.9 as they
// stand: the offset and line that each leads to, those included that change
// nothing [Object.LineStarts] shows. Pairs that only bring an increment over the
// limit of a byte go with the one before. Encoding what it yields gives the
// bytes of any table that a compiler wrote.
func (o *Object) LnotabEntries() iter.Seq[LineStart] {
	return func(yield func(LineStart) bool) { o.lnotabEntries(yield) }
}

func (o *Object) lnotabEntries(yield func(LineStart) bool) {
	if o.Version > pyver.Py39 {
		return
	}
	table := o.LineTable.text()
	signed := signedLnotab(o.Version)
	at := LineStart{Line: o.FirstLine, HasLine: true}
	for i := 0; i+1 < len(table); {
		at.Offset += int(table[i])
		for {
			step := table[i+1]
			if signed {
				at.Line += int(int8(step))
			} else {
				at.Line += int(step)
			}
			i += 2
			full := step == 255 && !signed || signed && (step == 0x7f || step == 0x80)
			if !full || i+1 >= len(table) || table[i] != 0 {
				break
			}
			if signed && table[i+1] != 0 && (step^table[i+1])&0x80 != 0 {
				break
			}
		}
		if !yield(at) {
			return
		}
	}
}

// EncodeLnotab returns the co_lnotab of a version up to 3.9 for the line
// starts given, in rising order of their offsets, in a code object whose
// first line is firstLine. If the first start is at offset 0 with that very line
// it needs no entry and gets none.
//
// Before 3.6 lines cannot decrease, and in no version can a start have no
// line; these, and offsets that are out of order, are errors.
func EncodeLnotab(v pyver.Version, firstLine int, starts iter.Seq[LineStart]) ([]byte, error) {
	signed := signedLnotab(v)
	var table []byte
	addr, line, first := 0, firstLine, true
	for s := range starts {
		if s.Offset < addr {
			return nil, entryError("lnotab", "offset "+strconv.Itoa(s.Offset), "at least "+strconv.Itoa(addr))
		}
		if !s.HasLine {
			return nil, entryError("lnotab", "no line", "a line")
		}
		if s.Line < line && !signed {
			return nil, entryError("lnotab", "line "+strconv.Itoa(s.Line), "at least "+strconv.Itoa(line))
		}
		if first && s.Offset == 0 && s.Line == firstLine {
			first = false
			continue
		}
		first = false
		if err := stepsFit("lnotab", len(table), s.Line, line); err != nil {
			return nil, err
		}
		table = appendLnotab(table, s.Offset-addr, s.Line-line, signed)
		addr, line = s.Offset, s.Line
	}
	return table, nil
}

// appendLnotab splits one step as CPython's assembler does, down to the pair
// (0, 0) that it leaves behind when lines is a multiple of the largest step.
func appendLnotab(table []byte, bytes, lines int, signed bool) []byte {
	for bytes > 255 {
		table = append(table, 255, 0)
		bytes -= 255
	}
	limit, down := 255, false
	switch {
	case signed && lines < 0:
		limit, down = 128, true
		lines = -lines
	case signed:
		limit = 127
	}
	if lines > limit {
		for n := lines / limit; n > 0; n-- {
			step := byte(limit)
			if down {
				step = -step
			}
			table = append(table, byte(bytes), step)
			bytes = 0
		}
		lines %= limit
	}
	step := byte(lines)
	if down {
		step = -step
	}
	return append(table, byte(bytes), step)
}

// maxTable bounds the tables whose entries are steps of at most 127 or 255 lines:
// two instructions far apart would otherwise make one of any length.
const maxTable = 1 << 26

// stepsFit reports an error if a table of size bytes gets too long by the step from
// one line to another.
func stepsFit(table string, size, line, from int) error {
	// Of the difference of two ints neither half overflows.
	if steps := max(line/127-from/127, from/127-line/127); size+2*steps > maxTable {
		return entryError(table, "line "+strconv.Itoa(line)+" behind line "+strconv.Itoa(from), "a table of at most 64 MB")
	}
	return nil
}

func entryError(table, found, want string) error {
	return &TableError{Table: table, Offset: -1, Found: found, Want: want}
}
