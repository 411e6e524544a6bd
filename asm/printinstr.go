package asm

import (
	"slices"
	"strconv"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
)

// opColumn is how wide the column of instruction names is.
const opColumn = 20

// instructions writes the instructions, with labels and lines between them.
func (op *objectPrinter) instructions() {
	p, f := op.p, op.f
	clear(op.labels)
	for i := range f.Code {
		if l := f.Code[i].Label; l != nil {
			op.labels[l] = len(op.labels) + 1
		}
	}
	positions := p.version >= pyver.Py311 && (p.opts.Exact || p.opts.Positions)
	line, lineSet := 0, false
	b := p.b
	for i := range f.Code {
		in := &f.Code[i]
		if in.Label != nil {
			b = append(append(b, op.indent...), "  "...)
			b = append(op.appendLabel(b, in.Label), ":\n"...)
			continue
		}
		if at := max(in.Pos.Line, -1); at != line || !lineSet {
			line, lineSet = at, true
			b = append(append(b, op.indent...), "    line "...)
			if at < 0 {
				b = append(b, "none\n"...)
			} else {
				b = append(strconv.AppendInt(b, int64(at), 10), '\n')
			}
		}
		info, _ := p.table.ByOp(in.Op)
		b = append(append(b, op.indent...), "        "...)
		start := len(b)
		b = append(b, info.Name...)
		b = padTo(b, start+opColumn)
		bare := len(b)
		b = op.operand(b, in, info)
		if len(b) == bare { // no operand: no spaces for it
			b = b[:start+len(info.Name)]
		}
		if in.Wide > 0 {
			b = strconv.AppendInt(append(b, " wide "...), int64(in.Wide), 10)
		}
		if positions {
			b = appendPosition(b, start, in.Pos, line)
		}
		b = append(b, '\n')
		if len(b) > 256<<10 {
			p.b = b
			p.flush()
			b = p.b
		}
	}
	for i := range f.Handlers {
		h := &f.Handlers[i]
		b = append(append(b, op.indent...), "    try "...)
		b = op.appendLabel(b, h.Start)
		b = op.appendLabel(append(b, " to "...), h.End)
		b = op.appendLabel(append(b, " -> "...), h.Target)
		if h.Depth != 0 {
			b = strconv.AppendInt(append(b, " depth "...), int64(h.Depth), 10)
		}
		if h.Lasti {
			b = append(b, " lasti"...)
		}
		b = append(b, '\n')
	}
	p.b = b
}

func padTo(b []byte, n int) []byte {
	const spaces = "                                                        "
	if k := n - len(b); k > 1 {
		return append(b, spaces[:min(k, len(spaces))]...)
	}
	return append(b, ' ')
}

func (op *objectPrinter) appendLabel(b []byte, l *rewrite.Label) []byte {
	return strconv.AppendInt(append(b, 'L'), int64(op.labels[l]), 10)
}

// appendPosition writes the columns of an instruction whose line is the one
// of the line marker before it.
func appendPosition(b []byte, start int, p code.Position, line int) []byte {
	simple := p.Line == line && p.EndLine == line
	if line < 0 {
		if p == code.NoPosition {
			return b
		}
	} else if simple && p.Col < 0 && p.EndCol < 0 {
		return b
	}
	b = append(padTo(b, start+48), '@')
	if p.Line != line {
		b = append(appendPlace(b, p.Line), ':')
	}
	b = append(appendPlace(b, p.Col), '-')
	if p.EndLine != p.Line {
		b = append(appendPlace(b, p.EndLine), ':')
	}
	return appendPlace(b, p.EndCol)
}

func appendPlace(b []byte, n int) []byte {
	if n == -1 {
		return append(b, '?')
	}
	return strconv.AppendInt(b, int64(n), 10)
}

// operand writes the operand of an instruction.
func (op *objectPrinter) operand(b []byte, in *rewrite.Instr, info *opcode.Info) []byte {
	p := op.p
	if in.Target != nil {
		return op.appendLabel(b, in.Target)
	}
	b, done := appendOperand(b, p.table, p.symbols, info, in.Arg)
	if done {
		return b
	}
	switch info.Operand {
	case opcode.Const:
		if uint(in.Arg) < uint(len(op.consts.bare)) && op.consts.bare[in.Arg] {
			return p.lits.append(b, op.o.Consts.Items[in.Arg])
		}
	case opcode.Name:
		return op.appendName(b, in.Arg)
	case opcode.NameFlag:
		b = op.appendName(b, nameIndex(info.Operand, in.Arg))
		if in.Arg&1 != 0 {
			b = append(append(b, " + "...), nullWord(in.Op)...)
		}
		return b
	case opcode.NameSuper:
		return op.flaggedName(b, in.Arg, "NULL|self", "args")
	case opcode.NameImport:
		return op.flaggedName(b, in.Arg, "lazy", "eager")
	case opcode.Local:
		return op.appendLocal(b, in.Arg)
	case opcode.LocalPair:
		b = op.appendLocal(b, int(uint32(in.Arg)>>4))
		return op.appendLocal(append(b, ", "...), in.Arg&15)
	case opcode.Free:
		if k := slices.Index(op.cellAt, in.Arg); k >= 0 {
			s, at := op.cellName(k)
			if at == k && len(s) <= longName {
				return appendName(b, s)
			}
		}
	}
	return appendIndex(b, in.Arg)
}

// cellName returns cell or free variable k and the first of that name.
func (op *objectPrinter) cellName(k int) (s string, first int) {
	if k < len(op.cells) {
		s = op.cells[k]
	} else {
		s = op.frees[k-len(op.cells)]
	}
	if i := slices.Index(op.cells, s); i >= 0 {
		return s, i
	}
	return s, len(op.cells) + slices.Index(op.frees, s)
}

func (op *objectPrinter) appendName(b []byte, i int) []byte {
	if uint(i) < uint(len(op.nameTexts)) && op.names.bare[i] {
		return appendName(b, op.nameTexts[i])
	}
	return appendIndex(b, i)
}

func (op *objectPrinter) flaggedName(b []byte, arg int, first, second string) []byte {
	b = op.appendName(b, int(uint32(arg)>>2))
	if arg&1 != 0 {
		b = append(append(b, " + "...), first...)
	}
	if arg&2 != 0 {
		b = append(append(b, " + "...), second...)
	}
	return b
}

// appendLocal writes a local variable, which from 3.11 on may be a cell or
// free one.
func (op *objectPrinter) appendLocal(b []byte, i int) []byte {
	switch {
	case i < 0:
	case i < op.nLocals:
		if op.locals.bare[i] {
			return appendName(b, op.localTexts[i])
		}
	case op.p.version >= pyver.Py311 && i < len(op.localTexts):
		s := op.localTexts[i]
		if k := slices.Index(op.cellAt, i); k >= 0 && len(s) <= longName && !slices.Contains(op.localTexts[:op.nLocals], s) {
			if _, first := op.cellName(k); first == k {
				return appendName(b, s)
			}
		}
	}
	return appendIndex(b, i)
}

// tables writes tables that the instructions do not make, and the forms.
func (op *objectPrinter) tables(t rawTables) {
	p, o := op.p, op.o
	if t.line {
		p.b = appendHexLines(p.b, op.indent+"    ", "linetable", bytesText(o.LineTable))
	}
	if t.exception && p.version >= pyver.Py311 {
		p.b = appendHexLines(p.b, op.indent+"    ", "exceptiontable", bytesText(o.ExceptionTable))
	}
	if p.opts.Exact {
		p.b = appendForms(p.b, op.indent+"    ", p.tapes[o])
	}
}
