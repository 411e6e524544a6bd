package flowgraph

import (
	"slices"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/source"
)

// TestDeadCode checks what becomes of code behind a return: nothing at the end of a unit, an
// empty block in front of a label, and the constants that only such code loads go.
func TestDeadCode(t *testing.T) {
	at := source.Span{Line: 1, EndLine: 1}
	u := &instruction.Unit{Cache: new(instruction.Cache)}
	load := func(v code.Value) {
		u.Code.Add(opcode.LOAD_CONST, int32(u.Consts.Add(v, u.Cache)), at)
	}
	l := u.Code.NewLabel()
	u.Code.Add(opcode.RESUME, 0, at)
	load(&code.Str{S: "tested"})
	u.Code.Jump(opcode.POP_JUMP_IF_NONE, l, at)
	load(&code.Str{S: "returned"})
	u.Code.Add(opcode.RETURN_VALUE, 0, at)
	load(&code.Str{S: "dead"})
	u.Code.Add(opcode.RETURN_VALUE, 0, at)
	u.Code.Use(l)
	load(&code.Str{S: "returned, too"})
	u.Code.Add(opcode.RETURN_VALUE, 0, at)
	load(code.None)
	u.Code.Add(opcode.RETURN_VALUE, 0, at)

	var sizes []int
	hook := func(p *Pass, g *Graph) {
		if p.Name != "build" {
			return
		}
		for id := g.Entry(); id != 0; id = g.Block(id).Next {
			sizes = append(sizes, len(g.Block(id).Instrs))
		}
	}
	var g Graph
	if err := g.Optimize(u, hook); err != nil {
		t.Fatal(err)
	}
	if want := []int{3, 2, 0, 2}; !slices.Equal(sizes, want) {
		t.Errorf("blocks of %v instructions, want %v", sizes, want)
	}
	if len(g.Consts) != 3 {
		t.Errorf("constants %v", g.Consts)
	}
}
