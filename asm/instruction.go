package asm

import (
	"fmt"
	"slices"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
)

// instruction reads the rest of an instruction.
func (b *block) instruction(start int, w string) bool {
	p := b.p
	b.begun = true
	info := p.symbols.instructions[w]
	if info == nil {
		return b.noInstruction(start, w)
	}
	in := rewrite.Instr{Op: info.Op}
	if b.lineSet {
		in.Pos = linePosition(p.version, b.line)
	} else {
		in.Pos = linePosition(p.version, p.line)
	}
	b.instrs = append(b.instrs, in)
	b.offsets = append(b.offsets, int32(start))
	to := &b.instrs[len(b.instrs)-1]
	if !p.atEOL() || info.Operand != opcode.NoOperand {
		if !b.operand(to, info) {
			return false
		}
	}
	if p.atEOL() {
		return true
	}
	if p.peek() == 'w' && p.acceptWord("wide") {
		n, ok := p.number(8, "a number of EXTENDED_ARGs")
		if !ok {
			return false
		}
		to.Wide = uint8(n)
	}
	if p.accept('@') {
		return b.position(&to.Pos)
	}
	return true
}

// linePosition is the position of an instruction of which the line is known.
func linePosition(v pyver.Version, line int) code.Position {
	switch {
	case line < 0 && v >= pyver.Py311:
		return code.NoPosition
	case v < pyver.Py311:
		return code.Position{Line: line, EndLine: -1, Col: -1, EndCol: -1}
	}
	return code.Position{Line: line, EndLine: line, Col: -1, EndCol: -1}
}

// noInstruction says what is wrong with the name of an instruction.
func (b *block) noInstruction(start int, w string) bool {
	p := b.p
	p.pos = start
	if w == "EXTENDED_ARG" {
		return p.failHere("no EXTENDED_ARG: large operands get it by themselves")
	}
	want := fmt.Sprintf("an instruction of Python %v", p.version)
	if op, ok := opcode.Parse(w); ok {
		vs := slices.DeleteFunc(op.Versions(), func(v pyver.Version) bool {
			info, _ := opcode.For(v).ByOp(op)
			return info.Has(opcode.Pseudo)
		})
		switch len(vs) {
		case 0:
		case 1:
			want += fmt.Sprintf(" (%v has this one)", vs[0])
		default:
			want += fmt.Sprintf(" (%v to %v have this one)", vs[0], vs[len(vs)-1])
		}
	} else if near := p.nearest(w); near != "" {
		want += ", such as " + near
	}
	return p.failHere(want)
}

// nearest returns the instruction whose name is most like w, or none.
func (p *parser) nearest(w string) string {
	best, most := "", 2*len(w)/3
	for info := range p.table.All() {
		if info.Has(opcode.Pseudo | opcode.Specialized | opcode.Instrumented) {
			continue
		}
		n := 0
		for n < len(w) && n < len(info.Name) && w[n] == info.Name[n] {
			n++
		}
		for k := 1; k <= len(w)-n && k <= len(info.Name)-n && w[len(w)-k] == info.Name[len(info.Name)-k]; k++ {
			n++
		}
		if n > most {
			best, most = info.Name, n
		}
	}
	return best
}

// position reads what stands behind the @ of an instruction: COL-COL,
// COL-LINE:COL or LINE:COL-LINE:COL. A question mark stands for what is not
// known.
func (b *block) position(pos *code.Position) bool {
	p := b.p
	if p.version < pyver.Py311 {
		return p.failHere("no columns before 3.11")
	}
	const what = "columns, as in @4-12 or @3:4-5:12"
	first, ok := b.place(what)
	if !ok {
		return false
	}
	pos.Col = first
	if p.peek() == ':' {
		p.pos++
		pos.Line, pos.EndLine = first, first
		if pos.Col, ok = b.place(what); !ok {
			return false
		}
	}
	if p.peek() != '-' {
		return p.failHere("'-' and where it ends, as in @4-12")
	}
	p.pos++
	if pos.EndCol, ok = b.place(what); !ok {
		return false
	}
	if p.peek() == ':' {
		p.pos++
		pos.EndLine = pos.EndCol
		pos.EndCol, ok = b.place(what)
	}
	return ok
}

func (b *block) place(what string) (int, bool) {
	p := b.p
	if p.peek() == '?' {
		p.pos++
		return -1, true
	}
	if p.peek() == ' ' {
		return 0, p.failHere(what)
	}
	return p.long(what)
}
