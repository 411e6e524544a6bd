package codegen

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/krait-py/krait/ast"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/internal/oracle"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/parser"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
	"github.com/krait-py/krait/symtable"
)

// sequence is an instruction sequence as CPython's test module gives it: opcode,
// oparg, line, end line, column, end column; jumps go to indices.
type sequence [][6]int32

// record compiles a file and returns its sequences, those of inner units before
// those around them. Those of module annotations are left out, because CPython
// does not show them either.
func record(f *source.File, mode parser.Mode, level int) ([]sequence, *source.Diagnostic) {
	root, diags := parser.Parse(f, parser.Options{Mode: mode})
	if root == nil {
		if len(diags) == 0 {
			return nil, &source.Diagnostic{Type: "SystemError", Message: "no tree and no error"}
		}
		return nil, diags[len(diags)-1]
	}
	future, d := symtable.ParseFuture(root, f)
	if d != nil {
		return nil, d
	}
	if d := preprocess(root, f, level, future.Flags&code.FutureAnnotations != 0); d != nil {
		return nil, d
	}
	table, d := symtable.Build(root, f, symtable.Options{Future: future})
	if d != nil {
		return nil, d
	}
	var all []sequence
	var g generator
	g.begin(table, f, Options{Optimize: level, Finish: func(u *instruction.Unit) (*code.Object, error) {
		if m := g.units[0]; m.out != &m.annCode {
			all = append(all, numbers(&u.Code))
		}
		return object(u), nil
	}})
	g.module(root)
	return all, g.err
}

// object returns a code object that is equal to others made of the same unit.
func object(u *instruction.Unit) *code.Object {
	var b []byte
	for _, in := range u.Code.Instrs() {
		b = fmt.Append(b, in.Op, in.Arg, in.Span)
	}
	return &code.Object{
		Version: u.Version, Flags: u.Flags, FirstLine: int(u.FirstLine), Name: &code.Str{S: u.Name},
		Code: &code.Bytes{S: string(b)}, Consts: &code.Tuple{Items: slices.Clone(u.Consts.List)},
	}
}

var opcodes = opcode.For(pyver.Py314)

func numbers(s *instruction.Sequence) sequence {
	out := make(sequence, s.Len())
	for i, in := range s.Instrs() {
		arg := in.Arg
		info, _ := opcodes.ByOp(in.Op)
		if info.Has(opcode.HasJRel|opcode.HasJAbs) || info.Has(opcode.Handler) {
			arg = int32(s.Index(instruction.Label(arg)))
		}
		out[i] = [6]int32{int32(info.Number), arg, in.Line, in.EndLine, in.Col, in.EndCol}
	}
	return out
}

func preprocess(root ast.Root, f *source.File, level int, futureAnnotations bool) *source.Diagnostic {
	_, err := ast.Preprocess(root, f, ast.PreprocessOptions{Optimize: level, FutureAnnotations: futureAnnotations})
	return err
}

// ask has CPython compile files.
func ask(t *testing.T, names []string, mode string, level int) [][]byte {
	in, err := oracle.Find(pyver.Py314)
	if err != nil {
		t.Skip(err)
	}
	cmd := exec.Command(in.Path, "testdata/sequences.py", strconv.Itoa(level), mode)
	cmd.Stdin = strings.NewReader(strings.Join(names, "\n"))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.Bytes())
	}
	return [][]byte{out}
}

// reader takes 32-bit numbers from what the script printed.
type reader struct{ b []byte }

func (r *reader) next() int32 {
	if len(r.b) < 4 {
		return 0
	}
	n := int32(binary.LittleEndian.Uint32(r.b))
	r.b = r.b[4:]
	return n
}

// answer returns the sequences of a file, or the error.
func (r *reader) answer() ([]sequence, string) {
	if r.next() == 0 {
		n := int(r.next())
		s := string(r.b[:n])
		r.b = r.b[(n+3)&^3:]
		return nil, s
	}
	all := make([]sequence, r.next())
	for i := range all {
		all[i] = make(sequence, r.next())
		for j := range all[i] {
			for k := range all[i][j] {
				all[i][j][k] = r.next()
			}
		}
	}
	return all, ""
}

// TestTrees compares the sequences of all files below KRAIT_CODEGEN_TREES, a list
// of directories, with those of CPython: at level KRAIT_CODEGEN_LEVEL. With
// KRAIT_CODEGEN_KEEP=file the answers are kept there.
func TestTrees(t *testing.T) {
	dirs := os.Getenv("KRAIT_CODEGEN_TREES")
	if dirs == "" {
		t.Skip("KRAIT_CODEGEN_TREES is not set")
	}
	level, _ := strconv.Atoi(os.Getenv("KRAIT_CODEGEN_LEVEL"))
	var names []string
	for _, dir := range filepath.SplitList(dirs) {
		filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() && strings.HasSuffix(path, ".py") && !strings.Contains(path, "\n") {
				names = append(names, path)
			}
			return nil
		})
	}
	sort.Strings(names)
	var data []byte
	keep := os.Getenv("KRAIT_CODEGEN_KEEP")
	if keep != "" {
		data, _ = os.ReadFile(keep)
	}
	if data == nil {
		data = bytes.Join(ask(t, names, "exec", level), nil)
		if keep != "" {
			os.WriteFile(keep, data, 0o666)
		}
	}
	r := &reader{data}
	tally := map[string]int{}
	shown := 0
	for _, name := range names {
		if len(r.b) == 0 {
			t.Fatal("no more answers")
		}
		want, wantErr := r.answer()
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		kind, text := compareFile(name, data, want, wantErr, level)
		tally[kind]++
		if text != "" && shown < 40 {
			shown++
			t.Errorf("%s: %s", name, text)
		}
	}
	for kind, n := range tally {
		t.Logf("%6d %s", n, kind)
	}
}

func compareFile(name string, data []byte, want []sequence, wantErr string, level int) (kind, text string) {
	f, d := source.Decode(name, data)
	var got []sequence
	if d == nil {
		got, d = record(f, parser.Exec, level)
	}
	if d != nil {
		if wantErr == "" {
			if strings.Contains(d.Message, "not written yet") {
				return d.Message, ""
			}
			return "refused", d.Error()
		}
		where := []any{d.Type, d.Message, d.Line, d.Col, nil, nil}
		if d.HasEnd {
			where[4], where[5] = d.EndLine, d.EndCol
		}
		text, _ := json.Marshal(where)
		var a, b []any
		json.Unmarshal(text, &a)
		json.Unmarshal([]byte(wantErr), &b)
		if fmt.Sprint(a) != fmt.Sprint(b) {
			return "other error", fmt.Sprintf("%s, want %s", text, wantErr)
		}
		return "same error", ""
	}
	if wantErr != "" {
		return "accepted", wantErr
	}
	if text := difference(got, want); text != "" {
		return "differs", text
	}
	return "same", ""
}

// difference describes where two lists of sequences differ first.
func difference(got, want []sequence) string {
	for i := range min(len(got), len(want)) {
		g, w := got[i], want[i]
		if slices.Equal(g, w) {
			continue
		}
		j := 0
		for j < len(g) && j < len(w) && g[j] == w[j] {
			j++
		}
		// A jump over the difference is seen first; go to what it jumps over.
		for k := j; k < len(g) && k < len(w); k++ {
			if g[k][0] != w[k][0] || !isJump(g[k][0]) && g[k] != w[k] {
				j = k
				break
			}
		}
		var b strings.Builder
		fmt.Fprintf(&b, "sequence %d of %d, %d: instruction %d of %d, %d\n", i, len(got), len(want), j, len(g), len(w))
		for k := max(0, j-3); k < min(j+5, max(len(g), len(w))); k++ {
			fmt.Fprintf(&b, "\t%-60s %s\n", row(g, k), row(w, k))
		}
		return b.String()
	}
	if len(got) != len(want) {
		return fmt.Sprintf("%d sequences, want %d", len(got), len(want))
	}
	return ""
}

func isJump(number int32) bool {
	for op := range opcodes.All() {
		if int32(op.Number) == number {
			return op.Has(opcode.HasJRel | opcode.HasJAbs | opcode.Handler)
		}
	}
	return false
}

func row(s sequence, i int) string {
	if i >= len(s) {
		return "-"
	}
	in := s[i]
	name := ""
	for op := range opcodes.All() {
		if int32(op.Number) == in[0] {
			name = op.Name
		}
	}
	return fmt.Sprintf("%s %d (%d:%d-%d:%d)", name, in[1], in[2], in[4], in[3], in[5])
}
