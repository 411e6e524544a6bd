package rewrite_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
)

// checkGraph checks what holds for every graph.
func checkGraph(t testing.TB, f *rewrite.Func, g *rewrite.Graph) {
	t.Helper()
	at := 0
	for i, b := range g.Blocks {
		if b.Index != i || b.Start != at || b.End <= b.Start {
			t.Fatalf("block %d: index %d, from %d to %d, want it to start at %d", i, b.Index, b.Start, b.End, at)
		}
		at = b.End
		if g.BlockOf(b.Start) != b || g.BlockOf(b.End-1) != b {
			t.Errorf("BlockOf does not know block %d", i)
		}
		exceptions := 0
		for _, e := range b.Succs {
			if e.From != b || !slices.Contains(e.To.Preds, e) {
				t.Errorf("edge %d to %d is not known at its other end", i, e.To.Index)
			}
			if e.Kind == rewrite.Exception {
				exceptions++
			}
		}
		if exceptions > 1 {
			t.Errorf("block %d has %d handlers", i, exceptions)
		}
		for k := b.Start; k+1 < b.End; k++ {
			if f.Code[k].Target != nil && f.Code[k].Label == nil {
				t.Errorf("block %d has a jump inside", i)
			}
		}
	}
	if at != len(f.Code) {
		t.Errorf("blocks end at %d, want %d", at, len(f.Code))
	}
	reached := g.Reachable()
	order := g.Postorder()
	n := 0
	for _, r := range reached {
		if r {
			n++
		}
	}
	if len(order) != n {
		t.Errorf("%d blocks in postorder, %d can be reached", len(order), n)
	}
	d := g.Dominators()
	for i, b := range g.Blocks {
		if has := d.Of(b) != nil; has != (reached[i] && i != 0) {
			t.Errorf("block %d: dominator %v", i, has)
		}
	}
}

func TestGraphs(t *testing.T) {
	goldenObjects(t, func(t *testing.T, o *code.Object) {
		f := decode(t, o)
		g, err := f.Graph()
		if err != nil {
			t.Fatal(err)
		}
		checkGraph(t, f, g)
		if o.Version >= pyver.Py310 {
			return
		}
		// Up to 3.9 some dead code is left, but nothing that has a label is
		// dead in what these compilers make of SETUP instructions' targets.
		reached := g.Reachable()
		for _, in := range f.Instructions() {
			if in.Target == nil {
				continue
			}
			if info, _ := opcode.For(o.Version).ByOp(in.Op); info.Has(opcode.Handler) {
				from, to := g.BlockOf(slices.IndexFunc(f.Code, func(c rewrite.Instr) bool { return c == *in })), g.BlockOf(f.LabelIndex(in.Target))
				if reached[from.Index] && !reached[to.Index] && in.Op != opcode.SETUP_LOOP {
					t.Errorf("%s: the handler at %d cannot be reached", o.QualNameText(), to.Start)
				}
			}
		}
	})
}

// TestGraphText compares graphs, written down as lines "block: successors".
func TestGraphText(t *testing.T) {
	l := make([]*rewrite.Label, 4)
	for i := range l {
		l[i] = &rewrite.Label{}
	}
	label := func(i int) rewrite.Instr { return rewrite.Instr{Label: l[i]} }
	op := func(op opcode.Op) rewrite.Instr { return rewrite.Instr{Op: op} }
	jump := func(op opcode.Op, i int) rewrite.Instr { return rewrite.Instr{Op: op, Target: l[i]} }
	for _, tt := range []struct {
		name     string
		v        pyver.Version
		code     []rewrite.Instr
		handlers []rewrite.Handler
		want     string
	}{
		{"loop", pyver.Py314, []rewrite.Instr{
			op(opcode.GET_ITER), label(0), jump(opcode.FOR_ITER, 1), op(opcode.POP_TOP), jump(opcode.JUMP_BACKWARD, 0),
			label(1), op(opcode.END_FOR), op(opcode.RETURN_VALUE),
		}, nil, "0: 1, 1: 2 j3, 2: j1, 3:"},
		{"handler", pyver.Py314, []rewrite.Instr{
			label(0), op(opcode.NOP), label(1), op(opcode.RETURN_VALUE), label(2), op(opcode.PUSH_EXC_INFO), op(opcode.RERAISE),
		}, []rewrite.Handler{{Start: l[0], End: l[1], Target: l[2]}}, "0: 1 e2, 1:, 2:"},
		{"try", pyver.Py36, []rewrite.Instr{
			jump(opcode.SETUP_FINALLY, 0), op(opcode.NOP), op(opcode.POP_BLOCK), op(opcode.LOAD_CONST), label(0),
			op(opcode.END_FINALLY), op(opcode.RETURN_VALUE),
		}, nil, "0: 1, 1: 2 e3, 2: 3, 3:"},
		{"break", pyver.Py37, []rewrite.Instr{
			jump(opcode.SETUP_LOOP, 0), jump(opcode.SETUP_FINALLY, 1), op(opcode.BREAK_LOOP), label(1), op(opcode.END_FINALLY),
			jump(opcode.JUMP_ABSOLUTE, 2), label(0), op(opcode.RETURN_VALUE), label(2), op(opcode.RETURN_VALUE),
		}, nil, "0: 1, 1: 2, 2: e3 j4, 3: j5, 4:, 5:"},
		{"async for", pyver.Py314, []rewrite.Instr{
			label(0), op(opcode.NOP), jump(opcode.END_ASYNC_FOR, 0), op(opcode.RETURN_VALUE),
		}, nil, "0: 1, 1:"},
		{"empty", pyver.Py314, nil, nil, ""},
	} {
		f := &rewrite.Func{Object: &code.Object{Version: tt.v}, Code: tt.code, Handlers: tt.handlers}
		g, err := f.Graph()
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		checkGraph(t, f, g)
		var lines []string
		for _, b := range g.Blocks {
			s := fmt.Sprintf("%d:", b.Index)
			for _, e := range b.Succs {
				s += " " + strings.TrimPrefix(e.Kind.String()[:1], "f") + fmt.Sprint(e.To.Index)
			}
			lines = append(lines, s)
		}
		if got := strings.Join(lines, ", "); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestDominators compares dominators in random graphs with their definition:
// what cannot be reached without passing a block is dominated by it.
func TestDominators(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		n := 1 + rnd.IntN(12)
		g := &rewrite.Graph{}
		for i := range n {
			g.Blocks = append(g.Blocks, &rewrite.Block{Index: i})
		}
		for _, from := range g.Blocks {
			for range rnd.IntN(4) {
				to := g.Blocks[rnd.IntN(n)]
				e := rewrite.Edge{From: from, To: to, Kind: rewrite.Jump}
				from.Succs = append(from.Succs, e)
				to.Preds = append(to.Preds, e)
			}
		}
		d := g.Dominators()
		reached := g.Reachable()
		for _, a := range g.Blocks {
			without := reachedWithout(g, a)
			for _, b := range g.Blocks {
				want := reached[b.Index] && !without[b.Index]
				if got := d.Dominates(a, b); got != want {
					t.Fatalf("block %d dominates %d: got %v, want %v", a.Index, b.Index, got, want)
				}
			}
		}
	}
}

func reachedWithout(g *rewrite.Graph, a *rewrite.Block) []bool {
	seen := make([]bool, len(g.Blocks))
	var visit func(b *rewrite.Block)
	visit = func(b *rewrite.Block) {
		if b == a || seen[b.Index] {
			return
		}
		seen[b.Index] = true
		for _, e := range b.Succs {
			visit(e.To)
		}
	}
	visit(g.Blocks[0])
	return seen
}
