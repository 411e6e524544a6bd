package dis

import (
	"fmt"
	"io"
	"strconv"
	"sync"

	"github.com/krait-py/krait/code"
)

// flushAt is how many bytes of text a listing gathers before it writes them.
const flushAt = 64 << 10

// Fprint writes what dis.dis of o's version prints for o: its instructions,
// and behind them, under a heading each, those of the code objects among its
// constants.
//
// The listing goes on past damage, as far as the bytes allow; the error then
// says what was wrong first. Errors of w end the listing at once.
func Fprint(w io.Writer, o *code.Object, opts Options) error {
	if err := opts.Check(o.Version); err != nil {
		return err
	}
	l := &listing{w: w, opts: opts, consts: newConstants(o, opts)}
	l.budget = 4*l.consts.addresses.count() + 1000
	buf := buffers.Get().(*[]byte)
	l.buf = (*buf)[:0]
	l.nested(o, 0)
	l.flush()
	if cap(l.buf) <= 16*flushAt { // a huge constant made it larger
		*buf = l.buf
		buffers.Put(buf)
	}
	return l.err
}

// buffers are kept, for those who list many files: most of a listing's memory
// is the text that waits to be written.
var buffers = sync.Pool{New: func() any {
	b := make([]byte, 0, flushAt+flushAt/8)
	return &b
}}

// A listing is the text of one code object and those nested in it.
type listing struct {
	w      io.Writer
	opts   Options
	consts *constants
	buf    []byte
	err    error // the first, damage or failed writing
	stop   bool  // writing failed: nothing further is of use
	budget int   // code objects that may still be listed

	// Of the code object being listed:
	d           *Decoder
	lineWidth   int
	labelWidth  int
	offsetWidth int
}

func (l *listing) fail(err error) {
	if l.err == nil {
		l.err = err
	}
}

func (l *listing) flush() {
	if len(l.buf) > 0 && !l.stop {
		if _, err := l.w.Write(l.buf); err != nil {
			l.err, l.stop = err, true
		}
	}
	l.buf = l.buf[:0]
}

// nested lists o and then, in the order of its constants, what is nested in it.
func (l *listing) nested(o *code.Object, depth int) {
	// A hostile file can refer to one code object from many, so that the
	// listing would be exponentially longer than the file.
	if l.budget--; l.budget < 0 {
		if !l.stop {
			l.fail(fmt.Errorf("dis: code objects refer to shared ones so often that the listing would not end"))
		}
		l.stop = true
		return
	}
	l.object(o)
	if l.opts.NoRecurse || l.opts.Depth > 0 && depth == l.opts.Depth {
		return
	}
	for inner := range o.Objects() {
		if l.stop {
			return
		}
		l.buf = append(l.buf, '\n')
		at := l.open(styleHeading)
		l.buf = append(l.buf, "Disassembly of "...)
		l.buf, _ = l.consts.append(l.buf, inner)
		l.buf = append(l.buf, ':')
		l.close(at)
		l.buf = append(l.buf, '\n')
		l.nested(inner, depth+1)
	}
}

// object lists one code object.
func (l *listing) object(o *code.Object) {
	d, err := newDecoder(o, l.opts, l.consts)
	if err != nil {
		l.fail(err)
		l.stop = true
		return
	}
	l.d = d
	l.setWidths()
	for in := range d.instructions() {
		l.row(in)
		if len(in.Caches) > 0 && l.opts.ShowCaches {
			l.cacheRows(in)
		}
		if len(l.buf) >= flushAt {
			l.flush()
			if l.stop {
				return
			}
		}
	}
	l.exceptionTable()
	if d.err != nil {
		l.fail(d.err)
	}
}

const noLine = "  --"

func (l *listing) setWidths() {
	d, m := l.d, l.d.m
	l.labelWidth, l.offsetWidth = 0, 0
	size := len(d.bytes)
	switch {
	case m.labels:
		l.labelWidth = 4 + digits(len(d.labels))
		if l.opts.ShowOffsets {
			l.offsetWidth = digits(max(size-2, 9999))
		}
	case m.wideOffset:
		l.offsetWidth = digits(max(size-2, 9999))
		if size-2 < 10000 {
			l.offsetWidth = 4
		}
	default:
		l.offsetWidth = 4
	}
	l.lineWidth = l.lineColumn()
}

// lineColumn returns the width of the column of line numbers or positions, zero
// for no such column.
func (l *listing) lineColumn() int {
	d, m := l.d, l.d.m
	if m.labels && l.opts.ShowPositions {
		return l.positionColumn()
	}
	largest, some, none := 0, false, false
	for _, s := range d.starts {
		if s.HasLine {
			largest, some = max(largest, s.Line), true
		} else {
			none = true
		}
	}
	switch {
	case m.labels && largest == 0:
		// Lines that are all 0 count as none, too.
		return 0
	case m.labels:
		width := max(3, digits(largest))
		if none {
			width = max(width, len(noLine))
		}
		return width
	case m.noLines && !some:
		return 0
	case m.wideLine && largest >= 1000:
		return digits(largest)
	}
	return 3
}

// positionColumn is lineColumn for full positions, "LINE:COL-ENDLINE:ENDCOL ".
func (l *listing) positionColumn() int {
	widest, some := 0, false
	for p := range l.d.o.Positions() {
		width := 0
		for _, n := range [4]int{p.Line, p.EndLine, p.Col, p.EndCol} {
			if n >= 0 {
				some = true
				width += digits(n)
			} else {
				width++
			}
		}
		widest = max(widest, width)
	}
	if !some {
		return 0
	}
	return 1 + max(len(noLine), 3+widest)
}

// row writes the line of one instruction.
func (l *listing) row(in *Instruction) {
	m := l.d.m
	if in.StartsLine && in.Offset > 0 && (l.lineWidth > 0) {
		l.buf = append(l.buf, '\n')
	}
	l.location(in)
	if m.labels {
		l.label(in)
	} else {
		if in.IsJumpTarget {
			at := l.open(styleLabel)
			l.buf = append(l.buf, "    >>"...)
			l.close(at)
			l.buf = append(l.buf, ' ')
		} else {
			l.buf = append(l.buf, "       "...)
		}
		at := l.open(styleOffset)
		l.buf = appendRight(l.buf, in.Offset, l.offsetWidth)
		l.close(at)
		l.buf = append(l.buf, ' ')
	}
	at := l.open(styleOpname)
	l.buf = append(l.buf, in.OpName...)
	l.close(at)
	if !in.HasArg {
		if m.pad {
			l.pad(opnameWidth - len(in.OpName))
		}
		l.buf = append(l.buf, '\n')
		return
	}
	l.pad(opnameWidth - len(in.OpName))
	l.buf = append(l.buf, ' ')
	width := opargWidth
	if m.overflow {
		width -= max(0, len(in.OpName)-opnameWidth)
	}
	if m.longArgs && in.extended {
		l.buf = appendRight(l.buf, in.Arg, width-1)
		l.buf = append(l.buf, 'L')
	} else {
		l.buf = appendRight(l.buf, in.Arg, width)
	}
	mark := len(l.buf)
	l.buf = append(l.buf, ' ')
	at = l.open(styleOperand)
	l.buf = append(l.buf, '(')
	before := len(l.buf)
	l.buf = l.d.appendArgRepr(l.buf, in)
	if len(l.buf) == before && !(m.emptyNames && isName(in)) {
		l.buf = append(l.buf[:mark], '\n')
		return
	}
	l.buf = append(l.buf, ')')
	l.close(at)
	l.buf = append(l.buf, '\n')
}

// The widths of CPython's dis since 2.7.
const (
	opnameWidth = 20
	opargWidth  = 5
)

// location writes the column of line numbers or positions and the blank behind it.
func (l *listing) location(in *Instruction) {
	if l.lineWidth == 0 {
		return
	}
	from := len(l.buf)
	at := l.open(styleLine)
	text := len(l.buf)
	right := true
	switch {
	case l.opts.ShowPositions && l.d.m.labels:
		right = false
		l.buf = appendPosition(l.buf, in.Position)
	case !in.StartsLine:
		l.buf = l.buf[:from]
		l.pad(l.lineWidth + 1)
		return
	case !in.HasLine:
		l.buf = append(l.buf, noLine...)
	default:
		l.buf = strconv.AppendInt(l.buf, int64(in.Line), 10)
	}
	used := len(l.buf) - text
	l.close(at)
	if right && used < l.lineWidth {
		l.buf = shift(l.buf, from, l.lineWidth-used)
		used = l.lineWidth
	}
	l.pad(l.lineWidth - used)
	l.buf = append(l.buf, ' ')
}

// appendPosition appends p as dis does, "?" for what is not known.
func appendPosition(dst []byte, p code.Position) []byte {
	if p.Line < 0 && p.EndLine < 0 && p.Col < 0 && p.EndCol < 0 {
		return append(dst, noLine...)
	}
	for i, n := range [4]int{p.Line, p.Col, p.EndLine, p.EndCol} {
		if i > 0 {
			dst = append(dst, ":-:"[i-1])
		}
		if n < 0 {
			dst = append(dst, '?')
		} else {
			dst = strconv.AppendInt(dst, int64(n), 10)
		}
	}
	return dst
}

// label writes the columns of labels and offsets that came with 3.13, and the
// empty column behind them where distb marks the raising instruction.
func (l *listing) label(in *Instruction) {
	if in.Label > 0 {
		l.pad(l.labelWidth - 2 - digits(in.Label))
		at := l.open(styleLabel)
		l.buf = append(l.buf, 'L')
		l.buf = strconv.AppendInt(l.buf, int64(in.Label), 10)
		l.buf = append(l.buf, ':')
		l.close(at)
	} else {
		l.pad(l.labelWidth)
	}
	l.buf = append(l.buf, ' ')
	if l.offsetWidth > 0 {
		at := l.open(styleOffset)
		l.buf = appendRight(l.buf, in.Offset, l.offsetWidth)
		l.close(at)
		l.buf = append(l.buf, "   "...)
	}
	l.buf = append(l.buf, "    "...)
}

// cacheRows writes a row for each inline cache entry of in.
func (l *listing) cacheRows(in *Instruction) {
	row := Instruction{OpName: "CACHE", HasArg: true, Offset: in.Offset, Position: in.Position}
	for i := range in.Caches {
		for k := range in.Caches[i].Size {
			row.Offset += 2
			row.cache = nil
			if k == 0 && !l.d.m.quickCaches {
				row.cache = &in.Caches[i]
			}
			l.row(&row)
		}
	}
}

// exceptionTable writes the table that 3.11 and later print behind the instructions.
func (l *listing) exceptionTable() {
	d := l.d
	if len(d.entries) == 0 {
		return
	}
	at := l.open(styleHeading)
	l.buf = append(l.buf, "ExceptionTable:"...)
	l.close(at)
	l.buf = append(l.buf, '\n')
	for _, e := range d.entries {
		l.buf = append(l.buf, "  "...)
		if d.m.labels {
			l.buf = d.appendLabel(l.buf, e.Start)
			l.buf = append(l.buf, " to "...)
			l.buf = d.appendLabel(l.buf, e.End)
			l.buf = append(l.buf, " -> "...)
			l.buf = d.appendLabel(l.buf, e.Target)
		} else {
			l.buf = strconv.AppendInt(l.buf, int64(e.Start), 10)
			l.buf = append(l.buf, " to "...)
			l.buf = strconv.AppendInt(l.buf, int64(e.End-2), 10)
			l.buf = append(l.buf, " -> "...)
			l.buf = strconv.AppendInt(l.buf, int64(e.Target), 10)
		}
		l.buf = append(l.buf, " ["...)
		l.buf = strconv.AppendInt(l.buf, int64(e.Depth), 10)
		l.buf = append(l.buf, ']')
		if e.Lasti {
			l.buf = append(l.buf, " lasti"...)
		}
		l.buf = append(l.buf, '\n')
	}
}

const blanks = "                                                                "

// pad writes n blanks, none for a negative n.
func (l *listing) pad(n int) {
	for n > 0 {
		k := min(n, len(blanks))
		l.buf = append(l.buf, blanks[:k]...)
		n -= k
	}
}

// appendRight appends n in decimal, with blanks before it up to width.
func appendRight(dst []byte, n, width int) []byte {
	from := len(dst)
	dst = strconv.AppendInt(dst, int64(n), 10)
	if used := len(dst) - from; used < width {
		dst = shift(dst, from, width-used)
	}
	return dst
}

// shift moves dst[from:] right by n and fills the gap with blanks.
func shift(dst []byte, from, n int) []byte {
	dst = append(dst, blanks[:n]...)
	copy(dst[from+n:], dst[from:len(dst)-n])
	copy(dst[from:from+n], blanks)
	return dst
}

// digits returns the number of decimal digits of n, which is not negative.
func digits(n int) int {
	d := 1
	for n >= 10 {
		n /= 10
		d++
	}
	return d
}
