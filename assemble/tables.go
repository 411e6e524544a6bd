package assemble

import "github.com/krait-py/krait/code"

// writeLocations appends the location table: an entry, or as many as it takes, for
// each run of instructions at the same place.
func (a *Assembler) writeLocations(first int) {
	b := a.bytes
	for i := 0; i < len(a.lines); {
		at := a.lines[i].Span
		units := int32(0)
		for ; i < len(a.lines) && a.lines[i].Span == at; i++ {
			units += a.lines[i].units()
		}
		p := code.Position{Line: int(at.Line), EndLine: int(at.EndLine), Col: int(at.Col), EndCol: int(at.EndCol)}
		switch {
		case p.Line < 0:
			p = code.NoPosition
		case p.Col >= 0 && p.EndCol >= 0:
		case p.EndLine == p.Line || p.EndLine < 0:
			p.EndLine, p.Col, p.EndCol = p.Line, -1, -1
		}
		b = code.AppendLocation(b, int(units), first, p)
		if p.Line >= 0 {
			first = p.Line
		}
	}
	a.bytes = b
}

// writeExceptions appends the exception table: an entry for each run of
// instructions with the same handler.
func (a *Assembler) writeExceptions() error {
	none := true
	for i := range a.lines {
		if a.lines[i].except != 0 {
			none = false
			break
		}
	}
	if none {
		return nil
	}
	handler := func(i int) int32 { // the index of its first instruction
		if id := a.lines[i].except; id != 0 {
			return a.first[id]
		}
		return -1
	}
	for i := 0; i < len(a.lines); {
		start, at := i, handler(i)
		for i++; i < len(a.lines) && (a.lines[i].except == a.lines[start].except || handler(i) == at); i++ {
		}
		if at < 0 {
			continue
		}
		b := a.graph.Block(a.lines[start].except)
		depth := int(b.Depth) - 1
		if b.Lasti {
			depth--
		}
		if depth < 0 || int(at) >= len(a.lines) {
			return errDepth
		}
		a.bytes = code.AppendExceptionEntry(a.bytes, code.ExceptionEntry{
			Start:  2 * int(a.lines[start].offset),
			End:    2 * int(a.lines[i-1].offset+a.lines[i-1].units()),
			Target: 2 * int(a.lines[at].offset),
			Depth:  depth,
			Lasti:  b.Lasti,
		})
	}
	return nil
}
