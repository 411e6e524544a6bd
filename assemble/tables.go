package assemble

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/source"
)

// appendPlace appends the entries of the location table for some code units at a
// place, which may be none; first is the line of the entry before. It also returns the
// line for the next one.
func appendPlace(b []byte, units, first int32, at *source.Span) ([]byte, int32) {
	if units == 0 {
		return b, first
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
	return b, first
}

// writeExceptions appends the exception table: an entry for each run of
// instructions with the same handler.
func (a *Assembler) writeExceptions() error {
	handler := func(g *guard) int32 { // its offset
		switch {
		case g.handler == 0:
			return -1
		case !a.isPlaced(g.handler):
			return a.units
		}
		return a.offset(g.handler)
	}
	for i := 0; i < len(a.guards); {
		// Blocks that have become empty are where the next one is.
		g, at := &a.guards[i], handler(&a.guards[i])
		for i++; i < len(a.guards) && handler(&a.guards[i]) == at; i++ {
		}
		if at < 0 {
			continue
		}
		b := a.graph.Block(g.handler)
		depth := int(b.Depth) - 1
		if b.Lasti {
			depth--
		}
		if depth < 0 || at >= a.units || i == len(a.guards) {
			return errDepth
		}
		a.tables = code.AppendExceptionEntry(a.tables, code.ExceptionEntry{
			Start:  2 * int(g.offset),
			End:    2 * int(a.guards[i].offset),
			Target: 2 * int(at),
			Depth:  depth,
			Lasti:  b.Lasti,
		})
	}
	return nil
}
