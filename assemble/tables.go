package assemble

import "github.com/krait-py/krait/code"

// writeLocations appends the location table: an entry, or as many as it takes, for
// each run of instructions at the same place.
func (a *Assembler) writeLocations(first int32) {
	b := a.bytes
	lines := a.lines
	for i := 0; i < len(lines); {
		at := &lines[i].Span
		units := int32(0)
		for ; i < len(lines) && lines[i].Span == *at; i++ {
			units += int32(lines[i].size)
		}
		// Most entries are of two kinds: a stretch of the same line, or of one of
		// the next two.
		if more := at.Line - first; units <= 8 && at.EndLine == at.Line && at.Col >= 0 && uint32(more) < 3 {
			if width := at.EndCol - at.Col; more == 0 && at.Col < 80 && uint32(width) < 16 {
				b = append(b, byte(0x80|at.Col&^7|(units-1)), byte(at.Col&7<<4|width))
				continue
			}
			if at.Col < 128 && uint32(at.EndCol) < 128 {
				b = append(b, byte(0x80|(10+more)<<3|(units-1)), byte(at.Col), byte(at.EndCol))
				first = at.Line
				continue
			}
		}
		p := code.Position{Line: int(at.Line), EndLine: int(at.EndLine), Col: int(at.Col), EndCol: int(at.EndCol)}
		switch {
		case p.Line < 0:
			p = code.NoPosition
		case p.Col >= 0 && p.EndCol >= 0:
		case p.EndLine == p.Line || p.EndLine < 0:
			p.EndLine, p.Col, p.EndCol = p.Line, -1, -1
		}
		b = code.AppendLocation(b, int(units), int(first), p)
		if p.Line >= 0 {
			first = at.Line
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
			End:    2 * int(a.lines[i-1].offset+int32(a.lines[i-1].size)),
			Target: 2 * int(a.lines[at].offset),
			Depth:  depth,
			Lasti:  b.Lasti,
		})
	}
	return nil
}
