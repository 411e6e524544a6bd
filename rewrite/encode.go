package rewrite

import (
	"iter"
	"slices"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/pyver"
)

// Encode puts the code object together. The result is a new object that
// shares with f.Object what the bytecode does not touch, and its tables too
// where they still say what the instructions say.
//
// Jumps become what their direction asks for: JUMP_FORWARD, JUMP_BACKWARD and
// JUMP_ABSOLUTE stand for each other, as do 3.11's POP_JUMP_FORWARD and
// POP_JUMP_BACKWARD; from 3.12 on, where conditional jumps lead forward only, one
// that leads back becomes the inverted jump around a JUMP_BACKWARD. Other
// instructions, such as FOR_ITER, must lead the way they know.
//
// Up to 3.9 there is no way to say that an instruction has no line: it gets
// that of the instruction before. Before 3.6 the same goes for a line smaller
// than the one before, as it does in those versions' compilers.
//
// The stack size is kept if bytecode and handlers are as they were; otherwise it
// is that of [Func.StackSize], or the one f.Object has if that is larger or the
// former has none.
//
// Errors are of type [*EncodeError].
func (f *Func) Encode() (*code.Object, error) {
	if f.Object == nil {
		return nil, &EncodeError{Object: "code object", Index: -1, Found: "no Object", Want: "one"}
	}
	l, err := newLayout(f)
	if err != nil {
		return nil, err
	}
	defer l.done()
	o := *f.Object
	bytecode := l.bytes()
	same := o.Code != nil && o.Code.S == string(bytecode)
	if !same {
		o.Code = &code.Bytes{S: string(bytecode)}
	}
	sameHandlers, err := l.exceptionTable(&o)
	if err != nil {
		return nil, err
	}
	if err := l.lineTable(&o, same); err != nil {
		return nil, err
	}
	if !same || !sameHandlers {
		n, err := f.StackSize()
		if err != nil && o.StackSize <= 0 {
			return nil, err
		}
		o.StackSize = max(o.StackSize, n)
	}
	return &o, nil
}

// exceptionTable gives o the exception table for the handlers, and reports
// whether it is the one it had.
func (l *layout) exceptionTable(o *code.Object) (bool, error) {
	if o.Version < pyver.Py311 {
		if len(l.f.Handlers) > 0 {
			return false, l.fail(-1, "handlers", "SETUP instructions up to 3.10")
		}
		return true, nil
	}
	var entries []code.ExceptionEntry
	if len(l.f.Handlers) > 0 {
		entries = make([]code.ExceptionEntry, len(l.f.Handlers))
	}
	for i, h := range l.f.Handlers {
		start, ok1 := l.labelOffset(h.Start)
		end, ok2 := l.labelOffset(h.End)
		target, ok3 := l.labelOffset(h.Target)
		if !ok1 || !ok2 || !ok3 {
			return false, l.fail(-1, "a handler with a label that is not in the list", "labels that are")
		}
		entries[i] = code.ExceptionEntry{Start: start, End: end, Target: target, Depth: h.Depth, Lasti: h.Lasti}
	}
	if o.ExceptionTable != nil {
		have, err := o.ExceptionEntries()
		if err == nil && slices.Equal(have, entries) {
			return true, nil
		}
	}
	table, err := code.EncodeExceptionTable(entries)
	if err != nil {
		return false, l.wrap(err)
	}
	o.ExceptionTable = &code.Bytes{S: string(table)}
	return false, nil
}

func (l *layout) wrap(err error) error {
	return &EncodeError{Object: l.f.Object.QualNameText(), Index: -1, Found: err.Error(), Err: err}
}

// lineTable gives o the table of lines or locations for the instructions,
// unless the one it has fits. That is so if it says the right thing of each
// code unit; for bytecode that is as it was, of each opcode.
func (l *layout) lineTable(o *code.Object, same bool) error {
	if o.LineTable != nil && l.lineTableFits(o, same) {
		return nil
	}
	var table []byte
	var err error
	switch {
	case o.Version >= pyver.Py311:
		table, err = code.EncodeLocations(o.FirstLine, l.locations())
	case o.Version == pyver.Py310:
		table, err = code.EncodeLineTable(o.FirstLine, l.lineRanges())
	default:
		table, err = code.EncodeLnotab(o.Version, o.FirstLine, l.lineStarts(o.FirstLine))
	}
	if err != nil {
		return l.wrap(err)
	}
	o.LineTable = &code.Bytes{S: string(table)}
	return nil
}

func (l *layout) lineTableFits(o *code.Object, same bool) bool {
	if o.Version < pyver.Py310 {
		return l.lnotabFits(o) && (same || o.CheckLines() == nil)
	}
	c := tableCheck{l: l, same: same}
	if o.Version == pyver.Py310 {
		for r := range o.Lines() {
			if !c.run(r.Start, r.End, linePosition(r.Line)) {
				return false
			}
		}
	} else {
		for r := range o.Locations() {
			if !c.run(r.Start, r.End, r.Position) {
				return false
			}
		}
	}
	if !same {
		return c.end == l.end && o.CheckLines() == nil
	}
	return c.run(c.end, max(l.end, c.end), code.NoPosition)
}

// tableCheck compares a table, run by run, with what instructions say.
type tableCheck struct {
	l    *layout
	same bool // the bytecode is as it was: only opcodes count
	k    int  // item at which the run starts
	end  int  // of the last run
}

func (c *tableCheck) run(start, end int, p code.Position) bool {
	c.end = end
	for c.k < len(c.l.items) {
		it := &c.l.items[c.k]
		if int(it.start) >= end {
			return true
		}
		at := c.l.opcodeAt(it)
		if !c.same || start <= at && at < end {
			if pos := &c.l.f.Code[it.index].Pos; *pos != p && c.l.position(it) != p {
				return false
			}
		}
		if c.l.offset(int32(c.k)+1) > end {
			return true
		}
		c.k++
	}
	return true
}

// lnotabFits reports whether the lnotab of o says what the instructions say.
// There an instruction without line fits in everywhere.
func (l *layout) lnotabFits(o *code.Object) bool {
	k, line := 0, o.FirstLine
	upTo := func(end int) bool {
		for ; k < len(l.items) && l.opcodeAt(&l.items[k]) < end; k++ {
			if want := l.f.Code[l.items[k].index].Pos.Line; want != line && want >= 0 {
				return false
			}
		}
		return true
	}
	for s := range o.LnotabEntries() {
		if !upTo(s.Offset) {
			return false
		}
		line = s.Line
	}
	return upTo(l.end)
}

// locations yields the locations of the instructions: 3.11 writes one for
// each, later versions join neighbours.
func (l *layout) locations() iter.Seq[code.Location] {
	return func(yield func(code.Location) bool) {
		var run code.Location
		for k := range l.items {
			p := l.position(&l.items[k])
			if start := int(l.items[k].start); k > 0 && (p != run.Position || l.f.Object.Version == pyver.Py311) {
				run.End = start
				if !yield(run) {
					return
				}
				run.Start = start
			}
			run.Position = p
		}
		if run.End = l.end; run.End > run.Start {
			yield(run)
		}
	}
}

// lineRanges yields the lines of the instructions for 3.10, neighbours joined.
func (l *layout) lineRanges() iter.Seq[code.LineRange] {
	return func(yield func(code.LineRange) bool) {
		var run code.LineRange
		for k := range l.items {
			line := max(l.f.Code[l.items[k].index].Pos.Line, -1)
			if k > 0 && line != run.Line {
				run.End = int(l.items[k].start)
				if !yield(run) {
					return
				}
				run.Start = run.End
			}
			run.Line, run.HasLine = line, line >= 0
		}
		if run.End = l.end; run.End > run.Start {
			yield(run)
		}
	}
}

// lineStarts yields where lines start, for versions up to 3.9.
func (l *layout) lineStarts(line int) iter.Seq[code.LineStart] {
	return func(yield func(code.LineStart) bool) {
		for k := range l.items {
			n := l.f.Code[l.items[k].index].Pos.Line
			if n < 0 || n == line || n < line && l.f.Object.Version < pyver.Py36 {
				continue
			}
			line = n
			if !yield(code.LineStart{Offset: int(l.items[k].start), Line: line, HasLine: true}) {
				return
			}
		}
	}
}
