package flowgraph

import (
	"errors"
	"math/rand/v2"
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

// TestCountWays compares what is found by going over blocks in their order with what is found by following control.
func TestCountWays(t *testing.T) {
	counted := 0
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 1))
		u := &instruction.Unit{Cache: new(instruction.Cache)}
		labels := make([]instruction.Label, 1+r.IntN(12))
		for i := range labels {
			labels[i] = u.Code.NewLabel()
		}
		u.Consts.Add(code.None, u.Cache)
		for _, l := range labels {
			at := source.Span{Line: 1 - int32(r.IntN(2))*2}
			u.Code.Use(l)
			u.Code.Add(opcode.LOAD_CONST, 0, at)
			to := labels[r.IntN(len(labels))]
			switch r.IntN(6) {
			case 0:
				u.Code.Jump(opcode.POP_JUMP_IF_NONE, to, at)
			case 1:
				u.Code.Jump(opcode.JUMP, to, at)
			case 2:
				u.Code.Add(opcode.RETURN_VALUE, 0, at)
			case 3:
				u.Code.Jump(opcode.SETUP_FINALLY, to, at)
			}
		}
		u.Code.Add(opcode.RETURN_VALUE, 0, source.Span{})
		var a, b Graph
		if err := errors.Join(a.build(u), b.build(u)); err != nil {
			t.Fatal(err)
		}
		if !a.countWays() {
			continue
		}
		counted++
		b.followWays()
		same := a.has == b.has && a.unloaded == b.unloaded
		for id := range a.blocks {
			p, q := &a.blocks[id], &b.blocks[id]
			same = same && slices.Equal(p.Instrs, q.Instrs) && p.preds == q.preds && p.has == q.has && p.Handler == q.Handler
		}
		if !same {
			t.Fatalf("seed %d: counted\n%v\nfollowed\n%v", seed, &a, &b)
		}
	}
	if t.Log(counted, "counted"); counted < 500 || counted == 2000 {
		t.Error("too few, or all")
	}
}

// TestSpent: a unit stays as it is unless it may be spent, and the graph is the same then.
func TestSpent(t *testing.T) {
	at := source.Span{Line: 1, EndLine: 1}
	u := &instruction.Unit{Cache: new(instruction.Cache)}
	u.Consts.Add(code.None, u.Cache)
	u.VarNames.Add("x")
	l, never := u.Code.NewLabel(), u.Code.NewLabel()
	u.Code.Add(opcode.RESUME, 0, at)
	u.Code.Add(opcode.ANNOTATIONS_PLACEHOLDER, 0, at)
	u.Code.Add(opcode.LOAD_FAST, 0, at)
	u.Code.Jump(opcode.JUMP_IF_TRUE, l, at)
	u.Code.Add(opcode.POP_TOP, 0, at)
	u.Code.Use(never)
	u.Code.Add(opcode.LOAD_CONST, 0, at)
	u.Code.Use(l)
	u.Code.Add(opcode.RETURN_VALUE, 0, at)
	var g Graph
	before := u.Code.Instrs()
	if err := g.Optimize(u, nil); err != nil {
		t.Fatal(err)
	}
	want := g.String()
	if !slices.Equal(before, u.Code.Instrs()) {
		t.Errorf("got %v, want %v", u.Code.Instrs(), before)
	}
	u.Spent = true
	if err := g.Optimize(u, nil); err != nil {
		t.Fatal(err)
	}
	if got := g.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
