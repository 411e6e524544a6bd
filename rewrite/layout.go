package rewrite

import (
	"fmt"
	"math"
	"slices"
	"sync"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// EncodeError says why a list of instructions has no form as bytecode.
type EncodeError struct {
	Object string // the qualified name of the code object
	Index  int    // in Func.Code; -1 if it is not about an instruction
	Op     opcode.Op
	Found  string
	Want   string
	Err    error // what went wrong below, if anything did
}

// Error returns "rewrite: NAME, instruction 12 (LOAD_FAST): FOUND, want WANT".
func (e *EncodeError) Error() string {
	s := "rewrite: " + e.Object
	if e.Index >= 0 {
		s += fmt.Sprintf(", instruction %d", e.Index)
		if e.Op != 0 {
			s += " (" + e.Op.String() + ")"
		}
	}
	s += ": " + e.Found
	if e.Want != "" {
		s += ", want " + e.Want
	}
	return s
}

// Unwrap returns the error below.
func (e *EncodeError) Unwrap() error { return e.Err }

// layout is a list of instructions with the places that they get in the
// bytecode.
type layout struct {
	f      *Func
	format format
	items  []item
	places map[*Label]int // index into items of what follows the label
	end    int            // length of the bytecode
	taken  *opcode.Info   // NOT_TAKEN, where the version has it
	back   *opcode.Info   // JUMP_BACKWARD, where the version has it
	buffer []byte
}

// layouts keeps the memory of layouts for the next ones.
var layouts = sync.Pool{New: func() any { return &layout{places: map[*Label]int{}} }}

// done gives the layout's memory back.
func (l *layout) done() {
	if len(l.places) > 1000 {
		l.places = map[*Label]int{} // clearing takes as long as the map was ever large
	}
	clear(l.places)
	*l = layout{items: l.items[:0], places: l.places, buffer: l.buffer[:0]}
	layouts.Put(l)
}

// item is an instruction in the bytecode. A conditional jump backward, from
// 3.12 on, has a second part: the jump, which the first part leads around.
type item struct {
	info     *opcode.Info
	around   *opcode.Info // JUMP_BACKWARD of a conditional jump backward
	index    int32        // in Func.Code
	target   int32        // what a jump leads to, as index into items; -1 for none
	start    int32        // offset of the first byte
	arg      uint32
	extended uint8 // EXTENDED_ARGs; those of around if there is one
}

// opcodeAt returns the offset of the opcode.
func (l *layout) opcodeAt(it *item) int {
	if it.around != nil {
		return int(it.start)
	}
	return int(it.start) + int(it.extended)*l.format.extended
}

// newLayout finds out the place of each instruction. The caller calls done.
func newLayout(f *Func) (*layout, error) {
	l := layouts.Get().(*layout)
	l.f, l.format = f, formatOf(f.Object.Version)
	if err := l.init(); err != nil {
		l.done()
		return nil, err
	}
	return l, nil
}

func (l *layout) init() error {
	f := l.f
	t := f.Object.Opcodes()
	if t == nil {
		return l.fail(-1, "version "+f.Object.Version.String(), "2.7, or 3.0 to 3.15")
	}
	if len(f.Code) > math.MaxInt32/8 {
		return l.fail(-1, fmt.Sprintf("%d instructions", len(f.Code)), "fewer")
	}
	l.back, _ = t.ByOp(opcode.JUMP_BACKWARD)
	l.taken, _ = t.ByOp(opcode.NOT_TAKEN)
	l.items = slices.Grow(l.items, len(f.Code))
	for i := range f.Code {
		in := &f.Code[i]
		if in.Label == nil {
			l.items = append(l.items, item{index: int32(i), target: -1})
			continue
		}
		if _, twice := l.places[in.Label]; twice {
			return l.fail(i, "label"+named(in.Label)+" a second time", "it once")
		}
		if in.Op != 0 || in.Target != nil {
			return l.fail(i, "a label with an instruction", "one of the two")
		}
		l.places[in.Label] = len(l.items)
	}
	jumps := 0
	for k := range l.items {
		it := &l.items[k]
		if err := l.resolve(t, it, k); err != nil {
			return err
		}
		if it.target >= 0 {
			jumps++
		}
	}
	return l.settle(jumps)
}

func named(label *Label) string {
	if label.Name == "" {
		return ""
	}
	return " " + label.Name
}

func (l *layout) fail(index int, found, want string) error {
	e := &EncodeError{Object: l.f.Object.QualNameText(), Index: index, Found: found, Want: want}
	if index >= 0 && index < len(l.f.Code) {
		e.Op = l.f.Code[index].Op
	}
	return e
}

// resolve chooses the instruction for item k, which may be another than the
// list says when a jump leads the other way.
func (l *layout) resolve(t *opcode.Table, it *item, k int) error {
	in := &l.f.Code[it.index]
	info, ok := t.ByOp(in.Op)
	switch {
	case in.Op == 0:
		return l.fail(int(it.index), "neither label nor instruction", "one of the two")
	case !ok && in.Op != opcode.JUMP:
		return l.fail(int(it.index), in.Op.String(), "an instruction that "+t.Version.String()+" has")
	case ok && info.Operand == opcode.Extension:
		return l.fail(int(it.index), in.Op.String(), "the oparg in Arg")
	}
	if in.Target != nil {
		place, there := l.places[in.Target]
		if !there {
			return l.fail(int(it.index), "target"+named(in.Target)+", which is no label of the list", "one that is")
		}
		if ok && !isPlace(info) {
			return l.fail(int(it.index), "a target", "none for this instruction")
		}
		it.target = int32(place)
		if err := l.direct(t, it, in.Op, place-k); err != nil {
			return err
		}
		info = it.info
	} else if !ok || isPlace(info) {
		return l.fail(int(it.index), "no target", "a label")
	}
	if info.Number > 255 {
		return l.fail(int(it.index), in.Op.String(), "an instruction, not one of the compiler's own")
	}
	it.info = info
	if it.target < 0 {
		if arg := int64(in.Arg); arg < math.MinInt32 || arg > math.MaxUint32 {
			return l.fail(int(it.index), fmt.Sprintf("oparg %d", in.Arg), "at most 32 bits")
		}
		it.arg = uint32(in.Arg)
	}
	if !l.format.words && !info.Has(opcode.HasArg) && (it.arg != 0 || in.Wide != 0) {
		return l.fail(int(it.index), fmt.Sprintf("oparg %d", in.Arg), "none")
	}
	it.extended = max(in.Wide, uint8(l.format.needed(it.arg)))
	return nil
}

// direct chooses the instruction for a jump to the item that many items ahead.
func (l *layout) direct(t *opcode.Table, it *item, op opcode.Op, ahead int) error {
	backward := ahead <= 0
	want := op
	switch op {
	case opcode.JUMP, opcode.JUMP_FORWARD:
		switch {
		case !backward:
			want = opcode.JUMP_FORWARD
		case t.Version >= pyver.Py311:
			want = opcode.JUMP_BACKWARD
		default:
			want = opcode.JUMP_ABSOLUTE
		}
	case opcode.JUMP_NO_INTERRUPT:
		want = opcode.JUMP_FORWARD
		if backward {
			want = opcode.JUMP_BACKWARD_NO_INTERRUPT
		}
	default:
		if back, other := turned(op); other != 0 && back != backward && (backward || ahead > 1) {
			want = other
		}
	}
	info, ok := t.ByOp(want)
	if !ok {
		return l.fail(int(it.index), op.String()+" to a label the other way", "an instruction for it in "+t.Version.String())
	}
	it.info = info
	switch info.Operand {
	case opcode.JumpBackward, opcode.Origin:
		// A jump backward by nothing leads to what follows.
		if ahead > 1 {
			return l.fail(int(it.index), "a label ahead", "one before the instruction")
		}
	case opcode.JumpRel:
		if !backward {
			return nil
		}
		other, ok := inverted[op]
		inverse, there := t.ByOp(other)
		if !ok || !there || l.back == nil {
			return l.fail(int(it.index), "a label before the instruction", "one ahead")
		}
		it.info, it.around = inverse, l.back
	}
	return nil
}

// turned returns for a jump that exists for one direction only whether this is
// backward, and the other one of the pair; 0 for other instructions.
func turned(op opcode.Op) (backward bool, other opcode.Op) {
	switch op {
	case opcode.JUMP_BACKWARD, opcode.JUMP_BACKWARD_NO_INTERRUPT:
		return true, opcode.JUMP_FORWARD
	case opcode.POP_JUMP_FORWARD_IF_FALSE:
		return false, opcode.POP_JUMP_BACKWARD_IF_FALSE
	case opcode.POP_JUMP_FORWARD_IF_TRUE:
		return false, opcode.POP_JUMP_BACKWARD_IF_TRUE
	case opcode.POP_JUMP_FORWARD_IF_NONE:
		return false, opcode.POP_JUMP_BACKWARD_IF_NONE
	case opcode.POP_JUMP_FORWARD_IF_NOT_NONE:
		return false, opcode.POP_JUMP_BACKWARD_IF_NOT_NONE
	case opcode.POP_JUMP_BACKWARD_IF_FALSE:
		return true, opcode.POP_JUMP_FORWARD_IF_FALSE
	case opcode.POP_JUMP_BACKWARD_IF_TRUE:
		return true, opcode.POP_JUMP_FORWARD_IF_TRUE
	case opcode.POP_JUMP_BACKWARD_IF_NONE:
		return true, opcode.POP_JUMP_FORWARD_IF_NONE
	case opcode.POP_JUMP_BACKWARD_IF_NOT_NONE:
		return true, opcode.POP_JUMP_FORWARD_IF_NOT_NONE
	}
	return false, 0
}

// inverted has the conditional jumps that can be turned into one around a jump.
var inverted = map[opcode.Op]opcode.Op{
	opcode.POP_JUMP_IF_FALSE:    opcode.POP_JUMP_IF_TRUE,
	opcode.POP_JUMP_IF_TRUE:     opcode.POP_JUMP_IF_FALSE,
	opcode.POP_JUMP_IF_NONE:     opcode.POP_JUMP_IF_NOT_NONE,
	opcode.POP_JUMP_IF_NOT_NONE: opcode.POP_JUMP_IF_NONE,
}

// maxRounds is how often the layout is done in search of the least number of
// EXTENDED_ARGs. Compilers' output takes two or three rounds; where jumps
// push each other over the limit one by one, those that are left get as many
// as the longest distance takes.
const maxRounds = 40

// settle finds the places: EXTENDED_ARGs are added until all jumps reach
// their targets.
func (l *layout) settle(jumps int) error {
	for round := 0; ; round++ {
		l.place()
		if l.end > math.MaxInt32/2 {
			return l.fail(-1, "more than 1 GB of bytecode", "less")
		}
		if jumps == 0 {
			return nil
		}
		grown := false
		most := uint8(0)
		if round >= maxRounds {
			most = uint8(l.format.needed(uint32(l.end+len(l.items)*4*l.format.extended) / uint32(l.format.jumpUnit)))
		}
		for k := range l.items {
			it := &l.items[k]
			if it.target < 0 {
				continue
			}
			it.arg = l.distance(it)
			if n := uint8(l.format.needed(it.arg)); n > it.extended {
				it.extended = max(n, most)
				grown = true
			} else if most > it.extended {
				it.extended = most
				grown = true
			}
		}
		if !grown {
			return nil
		}
	}
}

func (l *layout) place() {
	at := 0
	for k := range l.items {
		it := &l.items[k]
		it.start = int32(min(at, math.MaxInt32))
		at += l.size(it)
	}
	l.end = at
}

func (l *layout) size(it *item) int {
	n := l.format.size(it.info, 0) + int(it.extended)*l.format.extended
	if it.around != nil {
		n += l.detour(it) - int(it.extended)*l.format.extended
	}
	return n
}

// detour returns how long the second part of a conditional jump backward is.
func (l *layout) detour(it *item) int {
	n := l.format.size(it.around, int(it.extended))
	if l.taken != nil {
		n += l.format.size(l.taken, 0)
	}
	return n
}

func (l *layout) offset(k int32) int {
	if int(k) == len(l.items) {
		return l.end
	}
	return int(l.items[k].start)
}

// labelOffset returns the offset of a label of the list.
func (l *layout) labelOffset(label *Label) (int, bool) {
	k, ok := l.places[label]
	return l.offset(int32(k)), ok
}

// distance returns the oparg of a jump, as the places are now.
func (l *layout) distance(it *item) uint32 {
	target := l.offset(it.target)
	if it.info.Operand == opcode.JumpAbs {
		return uint32(target / l.format.jumpUnit)
	}
	n := int(it.start) + l.size(it) - target
	if it.around == nil && it.info.Operand == opcode.JumpRel {
		n = -n
	}
	return uint32(n / l.format.jumpUnit)
}

// bytes returns the bytecode, which is good until the layout is done.
func (l *layout) bytes() []byte {
	b := slices.Grow(l.buffer, l.end)
	for k := range l.items {
		it := &l.items[k]
		if it.around == nil {
			b = l.append(b, it.info, it.arg, int(it.extended))
			continue
		}
		b = l.append(b, it.info, uint32(l.detour(it)/l.format.jumpUnit), 0)
		if l.taken != nil {
			b = l.append(b, l.taken, 0, 0)
		}
		b = l.append(b, it.around, it.arg, int(it.extended))
	}
	l.buffer = b
	return b
}

// append appends an instruction with its EXTENDED_ARGs and caches.
func (l *layout) append(b []byte, info *opcode.Info, arg uint32, extended int) []byte {
	f := &l.format
	if !f.words {
		for ; extended > 0; extended-- {
			high := uint32(0)
			if extended == 1 {
				high = arg >> 16
			}
			b = append(b, l.f.Object.Opcodes().ExtendedArg, byte(high), byte(high>>8))
		}
		if !info.Has(opcode.HasArg) {
			return append(b, byte(info.Number))
		}
		return append(b, byte(info.Number), byte(arg), byte(arg>>8))
	}
	for ; extended > 0; extended-- {
		high := byte(0)
		if extended < 4 {
			high = byte(arg >> (8 * extended))
		}
		b = append(b, l.f.Object.Opcodes().ExtendedArg, high)
	}
	b = append(b, byte(info.Number), byte(arg))
	for range info.Caches {
		b = append(b, 0, 0)
	}
	return b
}

// position returns the position of an item as a table of the version can say
// it.
func (l *layout) position(it *item) code.Position {
	p := l.f.Code[it.index].Pos
	switch {
	case p.Line < 0:
		return code.NoPosition
	case l.f.Object.Version < pyver.Py311:
		return linePosition(p.Line)
	case p.EndLine < 0:
		p.EndLine = p.Line
	}
	return p
}
