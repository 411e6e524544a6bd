package codegen

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
)

// FuzzModule compiles what the stages before accept. Nothing may panic, and each
// jump must lead to a place in its own sequence.
func FuzzModule(f *testing.F) {
	names, _ := filepath.Glob("testdata/programs/*.py")
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data), 0)
	}
	text, err := os.ReadFile("testdata/diagnostics.txt")
	if err != nil {
		f.Fatal(err)
	}
	for part := range strings.SplitSeq(string(text), "---\n") {
		program, _, _ := strings.Cut(part, "=> ")
		f.Add(program, 1)
	}
	// Kept from one input to the next: what an error leaves behind must not harm.
	var c Generator
	f.Fuzz(func(t *testing.T, text string, level int) {
		file := source.NewFile("program", text)
		root, _ := parser.Parse(file, parser.Options{Mode: parser.Mode(uint(level) / 3 % 3)})
		if root == nil {
			return
		}
		future, d := symtable.ParseFuture(root, file)
		if d != nil {
			return
		}
		level = int(uint(level) % 3)
		if preprocess(root, file, level, future.Flags&code.FutureAnnotations != 0) != nil {
			return
		}
		table, d := symtable.Build(root, file, symtable.Options{Future: future})
		if d != nil {
			return
		}
		co, _, d := c.Module(root, table, file, Options{Optimize: level, Finish: func(u *instruction.Unit) (*code.Object, error) {
			checkLabels(t, &u.Code)
			if u.Code.Annotations != nil {
				checkLabels(t, u.Code.Annotations)
			}
			return object(u), nil
		}})
		if (co == nil) != (d != nil) {
			t.Fatalf("code object %v, error %v", co, d)
		}
		if d != nil && d.Type == "SystemError" {
			t.Fatal(d)
		}
	})
}

// checkLabels checks that jumps and set-ups of blocks go to instructions, and that each instruction was
// appended as what it is: see Sequence.Add.
func checkLabels(t *testing.T, s *instruction.Sequence) {
	blocks, count, ok := s.Blocks(false, nil)
	if !ok {
		t.Fatal("an instruction leads nowhere")
	}
	for range count {
		ins, _ := blocks.Next()
		for i := range ins {
			info, _ := opcodes.ByOp(ins[i].Op)
			jump := info.Has(opcode.HasJRel | opcode.HasJAbs)
			if label := jump || info.Has(opcode.Handler); label != (ins[i].Target > 0) {
				t.Fatalf("%s leads to block %d", info.Name, ins[i].Target)
			}
			exit := ins[i].Op == opcode.RETURN_VALUE || ins[i].Op == opcode.RAISE_VARARGS || ins[i].Op == opcode.RERAISE
			if last := i == len(ins)-1; (jump || exit) && !last {
				t.Fatalf("%s does not end its block", info.Name)
			}
		}
	}
	n := s.Len()
	for i, in := range s.Instrs() {
		info, ok := opcodes.ByOp(in.Op)
		if !ok {
			t.Fatalf("instruction %d: no opcode %v", i, in.Op)
		}
		if !info.Has(opcode.HasJRel | opcode.HasJAbs | opcode.Handler) {
			continue
		}
		if at := s.Index(instruction.Label(in.Arg)); at < 0 || at >= n {
			t.Fatalf("instruction %d: %s leads to %d of %d", i, info.Name, at, n)
		}
	}
}
