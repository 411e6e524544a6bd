package pycdiff

import (
	"fmt"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/dis"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// instr is an instruction without offsets.
type instr struct {
	name   string // opname and operand, but for a jump's target
	key    string // name, and what name leaves out for brevity
	jump   bool
	target int // index of the instruction that a jump leads to
	pos    code.Position
}

// listing is the bytecode of a code object.
type listing struct {
	list     []instr
	handlers []code.ExceptionEntry // with indexes in list for offsets
}

// stray returns a negative number that stands for an offset where no
// instruction is; offset gives it back. Hostile offsets may be negative, too,
// or so large that it does not matter how large.
func stray(offset int) int {
	const most = 1 << 29
	offset = max(-most, min(offset, most))
	if offset < 0 {
		return 2*offset - 1
	}
	return -2 * (offset + 1)
}

func offset(stray int) int {
	if stray%2 != 0 {
		return (stray + 1) / 2
	}
	return -stray/2 - 1
}

func (c *comparison) listing(o *code.Object, d *digester) *listing {
	l := &listing{}
	table := opcode.For(o.Version)
	if table == nil {
		return l
	}
	index := map[int]int{} // of offsets
	for in := range dis.Instructions(o, dis.Options{}) {
		index[in.StartOffset] = len(l.list)
		index[in.Offset] = len(l.list)
		if in.Op == opcode.EXTENDED_ARG {
			continue
		}
		x := instr{jump: in.IsJump, target: in.Target, pos: in.Position}
		x.name, x.key = c.instruction(table, &in, d)
		if o.Version < pyver.Py311 {
			x.pos = code.NoPosition
			if in.HasLine {
				x.pos.Line = in.Line
			}
		}
		l.list = append(l.list, x)
	}
	index[len(bytesOf(o.Code))] = len(l.list)
	at := func(offset int) int {
		if i, ok := index[offset]; ok {
			return i
		}
		return stray(offset)
	}
	for i := range l.list {
		if x := &l.list[i]; x.jump {
			x.target = at(x.target)
		}
	}
	entries, _ := o.ExceptionEntries() // those before the damage, if there is any
	for _, e := range entries {
		e.Start, e.End, e.Target = at(e.Start), at(e.End), at(e.Target)
		l.handlers = append(l.handlers, e)
	}
	return l
}

// instruction returns the text of an instruction and what it is told by. The
// operand is resolved; where it is an index, the index does not count.
func (c *comparison) instruction(table *opcode.Table, in *dis.Instruction, d *digester) (name, key string) {
	name = in.OpName
	if !in.HasArg || in.IsJump {
		return name, name
	}
	if in.Const != nil {
		name += " " + c.short(in.Const)
		if o, ok := in.Const.(*code.Object); ok {
			return name, fmt.Sprintf("%s\x00code\x00%d", in.OpName, c.numbers[o])
		}
		sum := d.of(in.Const)
		return name, in.OpName + "\x00" + string(sum[:])
	}
	flags := 0
	switch table.Info(in.Opcode).Operand {
	case opcode.Const, opcode.Name, opcode.Local, opcode.LocalPair, opcode.Free:
	case opcode.NameFlag:
		flags = in.Arg & 1
	case opcode.NameSuper, opcode.NameImport:
		flags = in.Arg & 3
	default:
		name += fmt.Sprintf(" %d", in.Arg)
		if in.Repr != "" && in.Repr != fmt.Sprint(in.Arg) {
			name += " (" + in.Repr + ")"
		}
		return name, name
	}
	name += " " + in.Repr
	return name, fmt.Sprintf("%s\x00%d", name, flags)
}
