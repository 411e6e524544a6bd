package code

import (
	"iter"

	"github.com/krait-py/krait/pyver"
)

// LineRange is a run of bytecode with one source line.
type LineRange struct {
	Start, End int // offsets in bytes; End is exclusive
	Line       int // -1 if there is none
	HasLine    bool
}

// LineStart is an offset, in bytes, from which the bytecode belongs to another
// source line than before.
type LineStart struct {
	Offset  int
	Line    int  // -1 if there is none
	HasLine bool // false only in 3.13 and later, which list the starts of code without a line
}

// Lines yields what co_lines() yields in 3.10 and later: the entries of the
// table as the version in question merges them, whether the bytecode is as
// long as the table says or not.
//
//   - 3.10 and 3.11 yield each entry, and take a negative line for none.
//   - 3.12 and later join neighbours with the same line, and take only -1 for none.
//
// For versions up to 3.9, which have no such function, it yields the ranges
// between the offsets of [Object.LineStarts], the last of which ends where the
// bytecode does; ranges that are empty or lie outside of the bytecode are left
// out.
//
// A table that breaks off, or is damaged otherwise, ends the sequence;
// [Object.CheckLines] says where and why.
func (o *Object) Lines() iter.Seq[LineRange] {
	return func(yield func(LineRange) bool) { o.lines(yield) }
}

func (o *Object) lines(yield func(LineRange) bool) {
	switch {
	case o.Version >= pyver.Py312:
		o.mergedLines(yield)
	case o.Version == pyver.Py311:
		r := locationReader{table: o.LineTable.text(), line: o.FirstLine}
		for r.next() {
			if !yield(lineRange(r.Start, r.End, max(r.Line, -1))) {
				return
			}
		}
	case o.Version == pyver.Py310:
		r := lineTableReader{table: o.LineTable.text(), line: o.FirstLine}
		for r.next() {
			if r.start != r.end && !yield(r.lineRange()) {
				return
			}
		}
	default:
		o.lnotabLines(yield)
	}
}

func lineRange(start, end, line int) LineRange {
	return LineRange{Start: start, End: end, Line: line, HasLine: line != -1}
}

// mergedLines joins neighbouring entries of a location table that have the
// same line.
func (o *Object) mergedLines(yield func(LineRange) bool) {
	r := locationReader{table: o.LineTable.text(), line: o.FirstLine}
	if !r.next() {
		return
	}
	start, end, line := r.Start, r.End, r.Line
	for r.next() {
		if r.Line != line {
			if !yield(lineRange(start, end, line)) {
				return
			}
			start, line = r.Start, r.Line
		}
		end = r.End
	}
	yield(lineRange(start, end, line))
}

// LineStarts yields what dis.findlinestarts of the object's version yields,
// which is where a disassembly prints line numbers:
//
//   - 2.7, and 3.0 to 3.5: line increments of lnotab are 0 to 255;
//   - 3.6 and 3.7: they are -128 to 127;
//   - 3.8 and 3.9: as before, but entries behind the end of the bytecode are
//     left out;
//   - 3.10 to 3.12: code without a line goes with the line before it;
//   - 3.13 and later: code without a line has a start of its own.
func (o *Object) LineStarts() iter.Seq[LineStart] {
	return func(yield func(LineStart) bool) { o.lineStarts(yield) }
}

func (o *Object) lineStarts(yield func(LineStart) bool) {
	if o.Version <= pyver.Py39 {
		o.lnotabStarts(yield)
		return
	}
	none := o.Version >= pyver.Py313
	first, last := true, 0
	for r := range o.Lines() {
		if !none && !r.HasLine || !first && r.Line == last {
			continue
		}
		first, last = false, r.Line
		if !yield(LineStart{Offset: r.Start, Line: r.Line, HasLine: r.HasLine}) {
			return
		}
	}
}

// CheckLines reports the first thing that is wrong with the line table, as a
// [*TableError], or nil. A line table that covers less or more than the
// bytecode is not an error.
func (o *Object) CheckLines() error {
	switch table := o.LineTable.text(); {
	case o.Version >= pyver.Py311:
		r := locationReader{table: table, line: o.FirstLine}
		for r.next() {
		}
		if r.err != nil {
			return r.err
		}
	case len(table)%2 != 0:
		name := "lnotab"
		if o.Version == pyver.Py310 {
			name = "line table"
		}
		return &TableError{Table: name, Offset: len(table) - 1, Found: "one byte", Want: "pairs of bytes"}
	}
	return nil
}

// text returns the bytes of b; nil has none.
func (b *Bytes) text() string {
	if b == nil {
		return ""
	}
	return b.S
}
