package rewrite

import (
	"fmt"
	"math"
	"sync"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// DecodeError says why a code object has no form as a list of instructions.
type DecodeError struct {
	Object string // the qualified name of the code object
	Offset int    // in bytes of the bytecode; -1 if it is not about a place there
	Found  string
	Want   string
	Err    error // what went wrong below, if anything did
}

// Error returns "rewrite: NAME, offset 12: FOUND, want WANT".
func (e *DecodeError) Error() string {
	s := "rewrite: " + e.Object
	if e.Offset >= 0 {
		s += fmt.Sprintf(", offset %d", e.Offset)
	}
	s += ": " + e.Found
	if e.Want != "" {
		s += ", want " + e.Want
	}
	return s
}

// Unwrap returns the error below.
func (e *DecodeError) Unwrap() error { return e.Err }

// Decode takes a code object apart. The object itself stays as it is, and the
// Func shares what it does not change with it.
//
// Whatever a compiler wrote can be decoded. What cannot is a [*DecodeError]:
// unknown opcodes, bytecode that breaks off, EXTENDED_ARG that no instruction
// follows or whose bits get lost, inline caches that are not zero, jumps and
// handler ranges that do not lead to the start of an instruction or the end of
// the bytecode, and a damaged exception table. Damaged line tables are no
// error: what they do not say has no position.
func Decode(o *code.Object) (*Func, error) {
	if o == nil {
		return nil, &DecodeError{Object: "code object", Offset: -1, Found: "nil", Want: "a code object"}
	}
	t := o.Opcodes()
	if t == nil {
		return nil, &DecodeError{Object: o.QualNameText(), Offset: -1, Found: "version " + o.Version.String(), Want: "2.7, or 3.0 to 3.15"}
	}
	d := decoder{o: o, table: t, format: formatOf(o.Version), scratch: scratches.Get().(*scratch)}
	defer scratches.Put(d.scratch)
	if o.Code != nil {
		d.code = o.Code.S
	}
	if len(d.code) > math.MaxInt32/8 {
		return nil, d.fail(-1, fmt.Sprintf("%d bytes of bytecode", len(d.code)), "fewer")
	}
	if err := d.instructions(); err != nil {
		return nil, err
	}
	if err := d.exceptions(); err != nil {
		return nil, err
	}
	copied := *o
	f := &Func{Object: &copied, Code: d.list()}
	f.Handlers = d.handlers
	d.positions(f.Code)
	if d.wideJumps {
		if err := d.keepWidths(f); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// format is what instructions look like in a version.
type format struct {
	words    bool  // 2 bytes an instruction (3.6 on); otherwise 1, or 3 with argument
	argBits  uint8 // of an argument without EXTENDED_ARG
	extended int   // length of an EXTENDED_ARG in bytes
	jumpUnit int   // what jumps count in, in bytes
	grain    int   // all offsets are multiples of it
}

func formatOf(v pyver.Version) format {
	f := format{words: true, argBits: 8, extended: 2, jumpUnit: 1, grain: 2}
	if v < pyver.Py36 {
		f = format{argBits: 16, extended: 3, jumpUnit: 1, grain: 1}
	}
	if v >= pyver.Py310 {
		f.jumpUnit = 2
	}
	return f
}

// needed returns how many EXTENDED_ARGs arg takes.
func (f *format) needed(arg uint32) int {
	n := 0
	for arg >>= f.argBits; arg != 0; arg >>= f.argBits {
		n++
	}
	return n
}

// size returns the length in bytes of an instruction.
func (f *format) size(info *opcode.Info, extended int) int {
	switch {
	case f.words:
		return 2 * (1 + extended + int(info.Caches))
	case info.Has(opcode.HasArg):
		return 3 * (1 + extended)
	}
	return 1
}

type decoder struct {
	o      *code.Object
	table  *opcode.Table
	format format
	code   string

	handlers  []Handler
	wideJumps bool    // some jump has an EXTENDED_ARG
	labels    []Label // in the order of their places

	*scratch
}

// scratch is memory that the next Decode can use again.
type scratch struct {
	raws []raw
	// marks says for each grain of the bytecode, and its end, what is there.
	marks   []int32
	entries []code.ExceptionEntry
}

var scratches = sync.Pool{New: func() any { return &scratch{} }}

// The marks: from firstLabel on, there is that label.
const (
	nothing = iota
	startMark
	labelMark
	firstLabel
)

// raw is an instruction on its way into the list.
type raw struct {
	number   uint8
	wide     bool  // more EXTENDED_ARGs than needed
	extended uint8 // EXTENDED_ARGs
	place    bool  // arg is the offset that the instruction refers to
	arg      uint32
	offset   int32 // of the opcode
}

func (d *decoder) fail(offset int, found, want string) error {
	return &DecodeError{Object: d.o.QualNameText(), Offset: offset, Found: found, Want: want}
}

// instructions reads the bytecode, and finds out where jumps lead.
func (d *decoder) instructions() error {
	f := &d.format
	n := len(d.code) / f.grain
	d.raws = d.raws[:0]
	if cap(d.marks) <= n {
		d.marks = make([]int32, n+1)
	}
	d.marks = d.marks[:n+1]
	clear(d.marks)
	for at := 0; at < len(d.code); {
		next, err := d.instruction(at)
		if err != nil {
			return err
		}
		d.marks[at/f.grain] = startMark
		at = next
	}
	d.marks[n] = startMark
	for i := range d.raws {
		if r := &d.raws[i]; r.place && !d.mark(int(r.arg)) {
			return d.fail(int(r.offset),
				fmt.Sprintf("%s to %d, which is %s", d.table.Info(r.number).Name, r.arg, d.place(int(r.arg))),
				"the start of an instruction")
		}
	}
	return nil
}

// instruction reads the instruction at an offset, and returns where the next
// one starts.
func (d *decoder) instruction(start int) (int, error) {
	f := &d.format
	at, extended, arg := start, 0, uint64(0)
	var info *opcode.Info
	for {
		info = d.table.Info(d.code[at])
		hasArg := info.Has(opcode.HasArg)
		size := 1
		if f.words {
			size = 2
		} else if hasArg {
			size = 3
		}
		if len(d.code)-at < size {
			return 0, d.fail(at, fmt.Sprintf("%d bytes for %s", len(d.code)-at, info.Name), fmt.Sprint(size))
		}
		if arg > math.MaxUint32>>f.argBits {
			return 0, d.fail(at, "EXTENDED_ARGs of more than 32 bits", "an oparg of at most 32")
		}
		arg <<= f.argBits
		switch size {
		case 2:
			arg |= uint64(d.code[at+1])
		case 3:
			arg |= uint64(d.code[at+1]) | uint64(d.code[at+2])<<8
		}
		if info.Op == 0 {
			return 0, d.fail(at, fmt.Sprintf("opcode %d", info.Number), "one that "+d.o.Version.String()+" has")
		}
		if info.Op != opcode.EXTENDED_ARG {
			if !f.words && !hasArg && extended > 0 {
				// The interpreter reads an argument all the same.
				return 0, d.fail(at, "EXTENDED_ARG before "+info.Name, "an instruction with an argument")
			}
			at += size
			break
		}
		at += size
		if extended++; extended > math.MaxUint8 {
			return 0, d.fail(at, "more than 255 EXTENDED_ARGs", "fewer")
		}
		if at >= len(d.code) {
			return 0, d.fail(start, "EXTENDED_ARG at the end", "an instruction behind it")
		}
	}
	if info.Operand == opcode.Extension {
		return 0, d.fail(start, info.Name, "EXTENDED_ARG as it is in files")
	}
	end := at + 2*int(info.Caches)
	if end > len(d.code) {
		return 0, d.fail(at, fmt.Sprintf("%d bytes of inline cache behind %s", len(d.code)-at, info.Name), fmt.Sprint(end-at))
	}
	for i := at; i < end; i++ {
		if d.code[i] != 0 {
			return 0, d.fail(i, fmt.Sprintf("byte %#02x in the inline cache of %s", d.code[i], info.Name), "0")
		}
	}
	r := raw{number: uint8(info.Number), extended: uint8(extended), arg: uint32(arg)}
	r.wide = extended > 0 && extended > f.needed(r.arg)
	if target, ok := f.target(info, uint32(arg), end); ok {
		if target < 0 || target > len(d.code) {
			return 0, d.fail(start, fmt.Sprintf("%s to %d", info.Name, target), "a place inside of the bytecode")
		}
		r.place, r.arg = true, uint32(target)
		d.wideJumps = d.wideJumps || extended > 0
	}
	r.offset = int32(at - 2)
	if !f.words {
		r.offset = int32(at - f.size(info, 0))
	}
	d.raws = append(d.raws, r)
	return end, nil
}

// isPlace reports whether the oparg of an instruction is a place in the
// bytecode.
func isPlace(info *opcode.Info) bool {
	return info.Operand.IsJump() || info.Operand == opcode.Origin
}

// target returns the offset that the oparg of an instruction stands for, and
// whether it does.
func (f *format) target(info *opcode.Info, oparg uint32, end int) (int, bool) {
	// Opargs with bit 31 set are no jumps the other way, just too far.
	distance := int(min(oparg, math.MaxInt32/4)) * f.jumpUnit
	switch info.Operand {
	case opcode.JumpRel:
		return end + distance, true
	case opcode.JumpBackward, opcode.Origin:
		return end - distance, true
	case opcode.JumpAbs:
		return distance, true
	}
	return 0, false
}

// mark notes that there is a label at an offset, and reports whether there can
// be one.
func (d *decoder) mark(offset int) bool {
	if offset < 0 || offset > len(d.code) || offset%d.format.grain != 0 {
		return false
	}
	m := &d.marks[offset/d.format.grain]
	if *m == nothing {
		return false
	}
	*m = labelMark
	return true
}

// label returns the label at an offset that was marked, once list has made it.
func (d *decoder) label(offset int) *Label {
	return &d.labels[d.marks[offset/d.format.grain]-firstLabel]
}

func (d *decoder) place(offset int) string {
	if offset < 0 || offset > len(d.code) {
		return "outside of the bytecode"
	}
	return "inside of an instruction"
}

// exceptions reads the exception table.
func (d *decoder) exceptions() error {
	d.entries = nil
	if d.o.Version < pyver.Py311 {
		return nil
	}
	entries, err := d.o.ExceptionEntries()
	if err != nil {
		return &DecodeError{Object: d.o.QualNameText(), Offset: -1, Found: err.Error(), Err: err}
	}
	for i, e := range entries {
		for _, p := range []struct {
			offset int
			what   string
		}{{e.Start, "starts"}, {e.End, "ends"}, {e.Target, "leads"}} {
			if !d.mark(p.offset) {
				return d.fail(p.offset, fmt.Sprintf("entry %d of the exception table %s there, %s", i, p.what, d.place(p.offset)),
					"the start of an instruction")
			}
		}
	}
	d.entries = entries
	return nil
}

// positions gives instructions their positions: those of their opcodes.
func (d *decoder) positions(list []Instr) {
	i, k := 0, 0 // of list and raws
	upTo := func(end int, p code.Position) {
		for ; k < len(d.raws) && int(d.raws[k].offset) < end; i++ {
			if list[i].Label == nil {
				list[i].Pos = p
				k++
			}
		}
	}
	switch {
	case d.o.Version >= pyver.Py311:
		for l := range d.o.Locations() {
			upTo(l.End, l.Position)
		}
	case d.o.Version == pyver.Py310:
		for r := range d.o.Lines() {
			upTo(r.End, linePosition(r.Line))
		}
	default:
		line := d.o.FirstLine
		for s := range d.o.LnotabEntries() {
			upTo(s.Offset, linePosition(line))
			line = s.Line
		}
		upTo(math.MaxInt, linePosition(line))
	}
}

func linePosition(line int) code.Position {
	return code.Position{Line: line, EndLine: -1, Col: -1, EndCol: -1}
}

// list returns the instructions with the labels between them, and makes the
// handlers.
func (d *decoder) list() []Instr {
	labels := 0
	for i, mark := range d.marks {
		if mark == labelMark {
			d.marks[i] = int32(firstLabel + labels)
			labels++
		}
	}
	d.labels = make([]Label, labels)
	list := make([]Instr, 0, len(d.raws)+labels)
	i := 0
	for _, mark := range d.marks {
		if mark == nothing {
			continue
		}
		if mark >= firstLabel {
			list = append(list, Instr{Label: &d.labels[mark-firstLabel], Pos: code.NoPosition})
		}
		if i == len(d.raws) {
			break // the end
		}
		r := &d.raws[i]
		i++
		list = append(list, Instr{Op: d.table.Info(r.number).Op, Pos: code.NoPosition})
		in := &list[len(list)-1]
		if r.wide {
			in.Wide = r.extended
		}
		if r.place {
			in.Target = d.label(int(r.arg))
		} else {
			in.Arg = int(int32(r.arg))
		}
	}
	if len(d.entries) > 0 {
		d.handlers = make([]Handler, len(d.entries))
		for i, e := range d.entries {
			d.handlers[i] = Handler{d.label(e.Start), d.label(e.End), d.label(e.Target), e.Depth, e.Lasti}
		}
	}
	return list
}

// keepWidths sets Wide where the layout would do with fewer EXTENDED_ARGs than
// there are: whether a jump over 256 units needs one may depend on the one of
// another jump, and what compilers settle for is not always the least.
func (d *decoder) keepWidths(f *Func) error {
	l, err := newLayout(f)
	if err != nil {
		return &DecodeError{Object: d.o.QualNameText(), Offset: -1, Found: err.Error(), Err: err}
	}
	defer l.done()
	for i, it := range l.items {
		in := &f.Code[it.index]
		have := d.raws[i].extended
		switch {
		case it.extended > have:
			return d.fail(int(d.raws[i].offset), fmt.Sprintf("%d EXTENDED_ARGs", have), fmt.Sprint(it.extended))
		case it.extended < have:
			in.Wide = have
		}
	}
	return nil
}
