package flowgraph

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
)

// TestSpreadLines compares lines with what two loops give, one for exits that are reached by falling through and one
// for the rest, as CPython has them.
func TestSpreadLines(t *testing.T) {
	heirs := 0
	for seed := range uint64(20000) {
		r := rand.New(rand.NewPCG(seed, 2))
		u := new(instruction.Unit)
		labels := make([]instruction.Label, 1+r.IntN(10))
		for i := range labels {
			labels[i] = u.Code.NewLabel()
		}
		place := func() source.Span {
			switch line := int32(r.IntN(6)); line {
			case 0, 1, 2:
				return instruction.NoLocation
			case 3:
				return instruction.NextLocation
			default:
				return source.Span{Line: line, EndLine: line}
			}
		}
		for _, l := range labels {
			u.Code.Use(l)
			for range r.IntN(3) {
				u.Code.Add(opcode.RESUME, 0, place())
			}
			to := labels[r.IntN(len(labels))]
			switch r.IntN(5) {
			case 0, 1:
				u.Code.Jump(opcode.POP_JUMP_IF_NONE, to, place())
			case 2:
				u.Code.Jump(opcode.JUMP, to, place())
			case 3:
				u.Code.Add(opcode.RETURN_VALUE, 0, place())
			}
		}
		u.Code.Add(opcode.RETURN_VALUE, 0, place())
		var a, b Graph
		if err := errors.Join(a.build(u), b.build(u)); err != nil {
			t.Fatal(err)
		}
		a.removeUnreachable()
		b.removeUnreachable()
		for range 2 {
			a.resolveLines()
			b.copyExits()
			b.spreadInTwo()
			for id := range a.blocks {
				p, q := &a.blocks[id], &b.blocks[id]
				if !slices.Equal(p.Instrs, q.Instrs) || p.has != q.has {
					t.Fatalf("seed %d, block %d: got\n%v\nwant\n%v", seed, id, &a, &b)
				}
				if p.heir == a.walks {
					heirs++
				}
			}
		}
	}
	if t.Log(heirs, "heirs"); heirs < 1000 {
		t.Error("too few")
	}
}

func (g *Graph) spreadInTwo() {
	for id := entry; id != 0; id = g.blocks[id].Next {
		b := &g.blocks[id]
		if next := &g.blocks[b.Next]; b.Next != 0 && len(b.Instrs) > 0 && g.falls(b) && g.exitWithoutLine(next) {
			next.Instrs[0].Span = b.last().Span
		}
	}
	g.has &^= isLineless
	for id := entry; id != 0; id = g.blocks[id].Next {
		b := &g.blocks[id]
		if len(b.Instrs) == 0 {
			continue
		}
		before, lines := noLocation, int32(0)
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if in.Line == noLocation.Line {
				in.Span = before
			}
			before, lines = in.Span, lines|in.Line
		}
		if lines < 0 {
			g.has |= isLineless
		} else {
			b.has &^= isLineless
		}
		for _, to := range [...]BlockID{b.Next, b.last().Target} {
			falls := to == b.Next && to != 0 && g.falls(b)
			if next := &g.blocks[to]; falls || to == b.last().Target && g.jump(b) != nil {
				if next.preds == 1 && len(next.Instrs) > 0 && next.Instrs[0].Line == noLocation.Line {
					next.Instrs[0].Span = before
				}
			}
		}
	}
}
