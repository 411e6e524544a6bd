package flowgraph

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/codegen"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
)

// TestBorrowPlain compares random blocks with what borrowClosely makes of them.
func TestBorrowPlain(t *testing.T) {
	table := ops()
	var all []opcode.Op
	for op, info := range table.infos {
		if info != nil && table.facts[op].traits&(isSetup|isPlaceholder) == 0 {
			all = append(all, opcode.Op(op))
		}
	}
	usual := []opcode.Op{
		opcode.LOAD_FAST, opcode.LOAD_FAST, opcode.LOAD_FAST_LOAD_FAST, opcode.LOAD_CONST, opcode.STORE_FAST, opcode.STORE_FAST_LOAD_FAST,
		opcode.STORE_FAST_STORE_FAST, opcode.COPY, opcode.SWAP, opcode.POP_TOP, opcode.CALL, opcode.BINARY_OP, opcode.LOAD_ATTR,
	}
	plain := 0
	for seed := range uint64(100000) {
		r := rand.New(rand.NewPCG(seed, 1))
		g := &Graph{unit: new(instruction.Unit), ops: table, blocks: make([]Block, 3)}
		b := &g.blocks[entry]
		b.Depth, b.has = int32(r.IntN(4)), everyTrait
		n := 1 + r.IntN(8)
		depth := int(b.Depth)
		for range n {
			in := Instr{Op: usual[r.IntN(len(usual))], Arg: int32(r.IntN(4)), Target: 2}
			if r.IntN(4) == 0 {
				in.Op = all[r.IntN(len(all))]
			}
			if popped, pushed := table.infos[in.Op].Stack().Popped(int(in.Arg)), table.infos[in.Op].Stack().Pushed(int(in.Arg)); popped <= depth || r.IntN(50) == 0 {
				depth += pushed - popped
				b.Instrs = append(b.Instrs, in)
			}
		}
		before := slices.Clone(b.Instrs)
		if !g.borrowPlain(b) {
			continue
		}
		plain++
		got := slices.Clone(b.Instrs)
		copy(b.Instrs, before)
		g.walk()
		g.borrowClosely(nil, b)
		if g.err != nil || !slices.Equal(got, b.Instrs) {
			t.Fatalf("seed %d, depth %d: %v\n%v\nplain\n%v\nwant\n%v", seed, b.Depth, g.err, before, got, b.Instrs)
		}
	}
	if t.Log(plain, "plain"); plain < 10000 {
		t.Error("too few are plain")
	}
}

// TestUnloaded looks for constants that nothing loads where Graph.unloaded says that only those of Graph.dead are,
// or for such that are loaded.
func TestUnloaded(t *testing.T) {
	var files []string
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".py") {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) < 100 {
		t.Fatal(len(files), "files", err)
	}
	units := 0
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, d := source.Decode(name, data)
		if d != nil {
			continue
		}
		for level := range 3 {
			root, _ := parser.Parse(f, parser.Options{})
			if root == nil {
				break
			}
			future, d := symtable.ParseFuture(root, f)
			if d != nil {
				break
			}
			if _, d := ast.Preprocess(root, f, ast.PreprocessOptions{Optimize: level, FutureAnnotations: future.Flags&code.FutureAnnotations != 0}); d != nil {
				break
			}
			symbols, d := symtable.Build(root, f, symtable.Options{Future: future})
			if d != nil {
				break
			}
			codegen.Module(root, symbols, f, codegen.Options{Optimize: level, Finish: func(u *instruction.Unit) (*code.Object, error) {
				units++
				if n := unloaded(t, u); n > 0 {
					t.Errorf("%s, %s: constant %d is loaded, or not, against what is known", name, u.QualName, n)
				}
				return &code.Object{Name: &code.Str{S: u.Name}, QualName: &code.Str{S: u.QualName}}, nil
			}})
		}
	}
	if t.Log(units, "units"); units < 3000 {
		t.Error("too few units")
	}
}

// unloaded returns a constant but for the first one of which the graph is wrong about whether it is loaded when unused
// ones are dropped, 0 if there is none.
func unloaded(t *testing.T, u *instruction.Unit) int {
	var g Graph
	if err := g.build(u); err != nil {
		t.Fatal(err)
	}
	for _, p := range passes {
		if p.Name == "unused consts" {
			break
		}
		if g.has&p.needs != 0 {
			p.run(&g)
		}
	}
	loaded := make([]bool, len(g.Consts))
	for id := entry; id != 0; id = g.blocks[id].Next {
		for _, in := range g.blocks[id].Instrs {
			if in.Op == opcode.LOAD_CONST {
				loaded[in.Arg] = true
			}
		}
	}
	if g.unloaded {
		return 0
	}
	for n, is := range loaded {
		if n > 0 && is == (g.dead>>n&1 != 0) {
			return n
		}
	}
	return 0
}
