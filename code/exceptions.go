package code

import (
	"fmt"
	"strconv"
)

// The exception table of 3.11 and later, co_exceptiontable, consists of
// entries of four numbers each:
//
//	start, length, target    in code units
//	depth<<1 | lasti
//
// Numbers consist of six-bit digits, the highest first (in the location table
// it is the lowest), with bit 6 set in all but the last. Bit 7 is set in the
// first byte of an entry and nowhere else. (CPython:
// Objects/exception_handling_notes.txt in 3.11 to 3.13,
// InternalDocs/exception_handling.md from 3.14.)

// ExceptionEntry is an entry of an exception table: what happens to exceptions
// raised in a range of the bytecode.
type ExceptionEntry struct {
	Start, End int // the range protected, offsets in bytes; End is exclusive
	Target     int // offset in bytes of the handler
	Depth      int // of the evaluation stack, to which the handler unwinds
	// Lasti says that the offset of the raising instruction is pushed before
	// the exception.
	Lasti bool
}

// ExceptionEntries returns the entries of the exception table in its order.
//
// The entries are those of dis._parse_exception_table, also when the table is
// damaged: as many as there are before it breaks off. In that case, and when
// bit 7 is not where it ought to be, which dis does not look at but the
// interpreter does, the error is a [*TableError] for the first thing wrong.
func (o *Object) ExceptionEntries() ([]ExceptionEntry, error) {
	r := exceptionReader{table: o.ExceptionTable.text()}
	if r.table == "" {
		return nil, nil
	}
	entries := make([]ExceptionEntry, 0, len(r.table)/4)
	for r.pos < len(r.table) {
		start, ok1 := r.number(0x80)
		size, ok2 := r.number(0)
		target, ok3 := r.number(0)
		depth, ok4 := r.number(0)
		if !ok1 || !ok2 || !ok3 || !ok4 {
			break
		}
		entries = append(entries, ExceptionEntry{
			Start:  2 * start,
			End:    2 * (start + size),
			Target: 2 * target,
			Depth:  depth >> 1,
			Lasti:  depth&1 != 0,
		})
	}
	if r.err != nil {
		return entries, r.err
	}
	return entries, nil
}

// exceptionReader reads the numbers of an exception table.
type exceptionReader struct {
	table string
	pos   int
	err   error
}

// number reads a number whose first byte ought to have mark in bit 7.
func (r *exceptionReader) number(mark byte) (n int, ok bool) {
	at := r.pos
	for {
		if r.pos == len(r.table) {
			r.fail(r.pos, "end of table", "the rest of an entry")
			return 0, false
		}
		b := r.table[r.pos]
		if b&0x80 != mark {
			want := "bit 7 clear"
			if mark != 0 {
				want = "the first byte of an entry, bit 7 set"
			}
			r.fail(r.pos, fmt.Sprintf("byte %#02x", b), want)
		}
		mark = 0
		if n >= 1<<24 {
			r.fail(at, "a longer number", "at most 30 bits")
			r.pos = len(r.table)
			return 0, false
		}
		r.pos++
		n = n<<6 | int(b&63)
		if b&64 == 0 {
			return n, true
		}
	}
}

func (r *exceptionReader) fail(offset int, found, want string) {
	if r.err == nil {
		r.err = &TableError{Table: "exception table", Offset: offset, Found: found, Want: want}
	}
}

// EncodeExceptionTable returns the exception table with the entries given, in
// their order. Offsets must be even and not negative, no range may end before it
// starts, and no number may have more than 30 bits.
func EncodeExceptionTable(entries []ExceptionEntry) ([]byte, error) {
	const most = 1<<30 - 1
	var table []byte
	for _, e := range entries {
		if e.Start < 0 || e.End < e.Start || e.Target < 0 || e.Start%2 != 0 || e.End%2 != 0 || e.Target%2 != 0 {
			return nil, entryError("exception table", rangeText(e.Start, e.End)+", target "+strconv.Itoa(e.Target),
				"even offsets, the end not before the start")
		}
		if e.End/2 > most || e.Target/2 > most || e.Depth < 0 || e.Depth > most>>1 {
			return nil, entryError("exception table",
				rangeText(e.Start, e.End)+", target "+strconv.Itoa(e.Target)+", depth "+strconv.Itoa(e.Depth),
				"numbers of at most 30 bits")
		}
		depth := e.Depth << 1
		if e.Lasti {
			depth |= 1
		}
		table = appendException(table, e.Start/2, 0x80)
		table = appendException(table, (e.End-e.Start)/2, 0)
		table = appendException(table, e.Target/2, 0)
		table = appendException(table, depth, 0)
	}
	return table, nil
}

func appendException(table []byte, n int, mark byte) []byte {
	for shift := 24; shift > 0; shift -= 6 {
		if n>>shift != 0 {
			table = append(table, byte(n>>shift&63|64)|mark)
			mark = 0
		}
	}
	return append(table, byte(n&63)|mark)
}
