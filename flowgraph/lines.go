package flowgraph

import (
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/source"
)

var noLocation = instruction.NoLocation

// resolveLines gives what has no line the line of what runs before it, where that
// is certain. PEP 626 wants a line for each exit, so exits without one that
// several jumps lead to are copied first.
func (g *Graph) resolveLines() {
	g.walks++ // nobody is an heir
	g.copyExits()
	g.spreadLines()
}

// exitWithoutLine reports whether b leaves the function or handles signals, and
// none of its instructions has a line, but for what inherit has given the first.
func (g *Graph) exitWithoutLine(b *Block) bool {
	last := b.last()
	if last == nil || b.has&isLineless == 0 || b.Instrs[0].Line >= 0 && b.heir != g.walks {
		return false
	}
	wanted := g.ops.is(last.Op, isExit)
	for i := range b.Instrs {
		if b.Instrs[i].Line >= 0 && (i > 0 || b.heir != g.walks) {
			return false
		}
		wanted = wanted || g.ops.is(b.Instrs[i].Op, isCheckpoint)
	}
	return wanted
}

func (g *Graph) copyExits() {
	for id := entry; id != 0 && g.has&isShared != 0; id = g.blocks[id].Next {
		last := g.jump(&g.blocks[id])
		if last == nil {
			continue
		}
		target := g.nonempty(last.Target)
		t := &g.blocks[target]
		if t.preds <= 1 || !g.exitWithoutLine(t) || g.falls(t) {
			continue
		}
		fresh := g.newBlock() // last stays where it is, t does not
		t = &g.blocks[target]
		c := &g.blocks[fresh]
		copy(g.extend(c, len(t.Instrs)), t.Instrs)
		c.Instrs[0].Span = last.Span
		last.Target = fresh
		t.preds--
		c.preds, c.Labelled = 1, true
		c.resembles(t)
		c.has |= isLineless
		g.jumping = append(g.jumping, fresh)
		g.has |= isMoved // t may lead on
		c.Next, t.Next = t.Next, fresh
	}
}

func (g *Graph) spreadLines() {
	g.has &^= isLineless
	for id := entry; id != 0; id = g.blocks[id].Next {
		b := &g.blocks[id]
		last := b.last()
		if last == nil {
			continue
		}
		at := last.Span
		next := &g.blocks[b.Next]
		spreads := next.has&isLineless != 0 && b.Next != 0 && g.falls(b)
		if spreads && g.exitWithoutLine(next) {
			// An exit that is left is reached by falling through, from one place: it takes the line that
			// is written there, also none.
			own := at
			if b.heir == g.walks && len(b.Instrs) == 1 {
				own = noLocation
			}
			if next.heir != g.walks || own.Line != noLocation.Line {
				next.Instrs[0].Span, next.heir = own, 0
			}
		}
		if b.has&isLineless != 0 {
			before := &b.Instrs[0]
			if before.Line == noLocation.Line {
				before.Span = noLocation
			}
			lines := before.Line
			for i := range b.Instrs {
				in := &b.Instrs[i]
				if in.Line == noLocation.Line {
					in.Span = before.Span
				}
				lines |= in.Line
				before = in
			}
			at = last.Span
			if lines < 0 {
				g.has |= isLineless
			} else {
				b.has &^= isLineless
			}
		}
		if spreads {
			g.inherit(next, at)
		}
		if b.has&isJump != 0 && g.ops.is(last.Op, isJump) {
			g.inherit(&g.blocks[last.Target], at)
		}
	}
}

// inherit gives the first instruction of b the position of the only place that
// leads there, if it has none.
func (g *Graph) inherit(b *Block, at source.Span) {
	if b.has&isLineless != 0 && b.preds == 1 && len(b.Instrs) > 0 && b.Instrs[0].Line == noLocation.Line {
		b.Instrs[0].Span, b.heir = at, g.walks
	}
}
