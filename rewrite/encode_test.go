package rewrite_test

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
)

// TestJumps lets jumps lead the other way than their instructions do.
func TestJumps(t *testing.T) {
	for _, tt := range []struct {
		v       pyver.Version
		op      opcode.Op
		back    string // the jump leads back over a NOP, and NOPs follow; "" for an error
		forward string // it leads ahead over a NOP
	}{
		{pyver.Py27, opcode.JUMP_FORWARD, "NOP JUMP_ABSOLUTE 0 0", "JUMP_FORWARD 1 0 NOP"},
		{pyver.Py27, opcode.FOR_ITER, "", "FOR_ITER 1 0 NOP"},
		{pyver.Py36, opcode.POP_JUMP_IF_TRUE, "NOP 0 POP_JUMP_IF_TRUE 0", "POP_JUMP_IF_TRUE 4 NOP 0"},
		{pyver.Py310, opcode.JUMP_ABSOLUTE, "NOP 0 JUMP_ABSOLUTE 0", "JUMP_ABSOLUTE 2 NOP 0"},
		{pyver.Py310, opcode.JUMP, "NOP 0 JUMP_ABSOLUTE 0", "JUMP_FORWARD 1 NOP 0"},
		{pyver.Py310, opcode.SETUP_FINALLY, "", "SETUP_FINALLY 1 NOP 0"},
		{pyver.Py311, opcode.POP_JUMP_FORWARD_IF_NONE, "NOP 0 POP_JUMP_BACKWARD_IF_NONE 2", "POP_JUMP_FORWARD_IF_NONE 1 NOP 0"},
		{pyver.Py311, opcode.POP_JUMP_BACKWARD_IF_FALSE, "NOP 0 POP_JUMP_BACKWARD_IF_FALSE 2", "POP_JUMP_FORWARD_IF_FALSE 1 NOP 0"},
		{pyver.Py311, opcode.JUMP_IF_TRUE_OR_POP, "", "JUMP_IF_TRUE_OR_POP 1 NOP 0"},
		{pyver.Py311, opcode.JUMP, "NOP 0 JUMP_BACKWARD 2", "JUMP_FORWARD 1 NOP 0"},
		{pyver.Py312, opcode.JUMP_BACKWARD_NO_INTERRUPT, "NOP 0 JUMP_BACKWARD_NO_INTERRUPT 2", "JUMP_FORWARD 1 NOP 0"},
		{pyver.Py312, opcode.POP_JUMP_IF_NONE, "NOP 0 POP_JUMP_IF_NOT_NONE 1 JUMP_BACKWARD 3", "POP_JUMP_IF_NONE 1 NOP 0"},
		{pyver.Py313, opcode.POP_JUMP_IF_TRUE, "NOP 0 POP_JUMP_IF_FALSE 2 0 0 JUMP_BACKWARD 5 0 0", "POP_JUMP_IF_TRUE 1 0 0 NOP 0"},
		{pyver.Py314, opcode.POP_JUMP_IF_TRUE, "NOP 0 POP_JUMP_IF_FALSE 3 0 0 NOT_TAKEN 0 JUMP_BACKWARD 6 0 0", "POP_JUMP_IF_TRUE 1 0 0 NOP 0"},
		{pyver.Py314, opcode.JUMP_FORWARD, "NOP 0 JUMP_BACKWARD 3 0 0", "JUMP_FORWARD 1 NOP 0"},
		{pyver.Py314, opcode.JUMP_NO_INTERRUPT, "NOP 0 JUMP_BACKWARD_NO_INTERRUPT 2", "JUMP_FORWARD 1 NOP 0"},
		{pyver.Py314, opcode.SEND, "", "SEND 1 0 0 NOP 0"},
		{pyver.Py314, opcode.END_ASYNC_FOR, "NOP 0 END_ASYNC_FOR 2", ""},
	} {
		l := &rewrite.Label{}
		nop, jump, label := rewrite.Instr{Op: opcode.NOP}, rewrite.Instr{Op: tt.op, Target: l}, rewrite.Instr{Label: l}
		for _, c := range []struct {
			what, want string
			code       []rewrite.Instr
		}{
			{"back", tt.back, []rewrite.Instr{label, nop, jump}},
			{"forward", tt.forward, []rewrite.Instr{jump, nop, label}},
		} {
			f := &rewrite.Func{Object: &code.Object{Version: tt.v}, Code: c.code}
			o, err := f.Encode()
			if c.want == "" {
				var ee *rewrite.EncodeError
				if !errors.As(err, &ee) || ee.Op != tt.op {
					t.Errorf("%v %v %s: got error %v, want one", tt.v, tt.op, c.what, err)
				}
				continue
			}
			if err != nil {
				t.Errorf("%v %v %s: %v", tt.v, tt.op, c.what, err)
			} else if got, want := o.Code.S, assemble(t, tt.v, c.want); got != want {
				t.Errorf("%v %v %s: got % x, want % x", tt.v, tt.op, c.what, got, want)
			}
		}
	}
}

// TestFarBack has a conditional jump back over more than 256 units, whose
// detour grows with it.
func TestFarBack(t *testing.T) {
	l := &rewrite.Label{}
	f := &rewrite.Func{Object: &code.Object{Version: pyver.Py314}, Code: []rewrite.Instr{{Label: l}}}
	for range 300 {
		f.Code = append(f.Code, rewrite.Instr{Op: opcode.NOP})
	}
	f.Code = append(f.Code, rewrite.Instr{Op: opcode.POP_JUMP_IF_NONE, Target: l}, rewrite.Instr{Op: opcode.RETURN_VALUE})
	got := encode(t, f).Code.S[600:]
	want := assemble(t, pyver.Py314, "POP_JUMP_IF_NOT_NONE 4 0 0 NOT_TAKEN 0 EXTENDED_ARG 1 JUMP_BACKWARD 50 0 0 RETURN_VALUE 0")
	if got != want {
		t.Errorf("got % x, want % x", got, want)
	}
}

// TestManyRounds has jumps of which each becomes wide only when the one before
// it has: it ends all the same.
func TestManyRounds(t *testing.T) {
	const n = 3000
	f := &rewrite.Func{Object: &code.Object{Version: pyver.Py312}}
	labels := make([]*rewrite.Label, n+256)
	for i := range labels {
		labels[i] = &rewrite.Label{}
	}
	for i := range n {
		f.Code = append(f.Code, rewrite.Instr{Label: labels[i]}, rewrite.Instr{Op: opcode.JUMP_FORWARD, Target: labels[i+256]})
	}
	for i := n; i < len(labels); i++ {
		f.Code = append(f.Code, rewrite.Instr{Label: labels[i]}, rewrite.Instr{Op: opcode.NOP})
	}
	f.Code = append(f.Code, rewrite.Instr{Op: opcode.EXTENDED_ARG})
	if _, err := f.Encode(); err == nil {
		t.Error("EXTENDED_ARG in a list: no error")
	}
	f.Code[len(f.Code)-1] = rewrite.Instr{Op: opcode.NOP}
	f.Insert(len(f.Code)-10, rewrite.Instr{Op: opcode.NOP})
	o := encode(t, f)
	again := decode(t, o)
	if got, want := len(again.Code), len(f.Code); got < want-256 {
		t.Errorf("got %d instructions and labels, want about %d", got, want)
	}
	if got := encode(t, again); got.Code != o.Code {
		t.Error("not the same when encoded again")
	}
}

func TestEncodeErrors(t *testing.T) {
	l, m := &rewrite.Label{Name: "x"}, &rewrite.Label{}
	for _, tt := range []struct {
		v    pyver.Version
		code []rewrite.Instr
		want string
	}{
		{pyver.Py314, []rewrite.Instr{{}}, "instruction 0: neither label nor instruction"},
		{pyver.Py314, []rewrite.Instr{{Op: opcode.NOP}, {Op: opcode.ROT_TWO}}, "instruction 1 (ROT_TWO): ROT_TWO, want an instruction that 3.14 has"},
		{pyver.Py314, []rewrite.Instr{{Op: opcode.JUMP_FORWARD}}, "instruction 0 (JUMP_FORWARD): no target, want a label"},
		{pyver.Py314, []rewrite.Instr{{Op: opcode.JUMP_FORWARD, Target: l}}, "target x, which is no label of the list"},
		{pyver.Py314, []rewrite.Instr{{Op: opcode.NOP, Target: l}, {Label: l}}, "a target, want none"},
		{pyver.Py314, []rewrite.Instr{{Label: l}, {Label: l}}, "instruction 1: label x a second time, want it once"},
		{pyver.Py314, []rewrite.Instr{{Label: l, Op: opcode.NOP}}, "a label with an instruction"},
		{pyver.Py314, []rewrite.Instr{{Op: opcode.POP_BLOCK}}, "want an instruction, not one of the compiler's own"},
		{pyver.Py27, []rewrite.Instr{{Op: opcode.NOP, Arg: 3}}, "instruction 0 (NOP): oparg 3, want none"},
		{pyver.Py314, []rewrite.Instr{{Op: opcode.LOAD_CONST, Arg: math.MinInt}}, "want at most 32 bits"},
		{pyver.Make(4, 0), nil, "version 4.0"},
		{pyver.Py311, []rewrite.Instr{{Op: opcode.NOP, Pos: code.Position{Line: 5, EndLine: 2}}}, "an end line behind the line"},
	} {
		if strconv.IntSize == 32 && strings.Contains(tt.want, "32 bits") {
			continue // all ints have
		}
		f := &rewrite.Func{Object: &code.Object{Version: tt.v}, Code: tt.code}
		_, err := f.Encode()
		var ee *rewrite.EncodeError
		if !errors.As(err, &ee) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("got error %v, want %s", err, tt.want)
		}
	}
	for _, h := range []rewrite.Handler{{Start: l, End: l, Target: m}, {Start: l, End: l, Target: l, Depth: math.MaxInt}} {
		f := &rewrite.Func{Object: &code.Object{Version: pyver.Py314}, Code: []rewrite.Instr{{Label: l}}, Handlers: []rewrite.Handler{h}}
		if _, err := f.Encode(); err == nil {
			t.Errorf("handler %+v: no error", h)
		}
		f.Object.Version = pyver.Py310
		if _, err := f.Encode(); err == nil {
			t.Errorf("handler %+v in 3.10: no error", h)
		}
	}
	if _, err := (&rewrite.Func{}).Encode(); err == nil {
		t.Error("no object: no error")
	}
}

// TestLines encodes lines for versions that cannot say all of them.
func TestLines(t *testing.T) {
	lines := []int{3, 5, 4, -1, 8}
	for _, tt := range []struct {
		v    pyver.Version
		want []int
	}{
		{pyver.Py27, []int{3, 5, 5, 5, 8}},
		{pyver.Py36, []int{3, 5, 4, 4, 8}},
		{pyver.Py310, lines},
		{pyver.Py314, lines},
	} {
		f := &rewrite.Func{Object: &code.Object{Version: tt.v, FirstLine: 3}}
		for _, n := range lines {
			p := code.NoPosition
			if p.Line = n; n >= 0 && tt.v >= pyver.Py311 {
				p.EndLine = n
			}
			f.Code = append(f.Code, rewrite.Instr{Op: opcode.NOP, Pos: p})
		}
		again := decode(t, encode(t, f))
		for i, in := range again.Instructions() {
			if in.Pos.Line != tt.want[i] {
				t.Errorf("%v: line of instruction %d: got %d, want %d", tt.v, i, in.Pos.Line, tt.want[i])
			}
		}
	}
}

// TestOddTables keeps tables that say too much or too little of code that did
// not change, and replaces them when it does.
func TestOddTables(t *testing.T) {
	for _, tt := range []struct {
		v     pyver.Version
		table string
	}{
		{pyver.Py27, "\x00\x01\x00\x01\x40\x05"},
		{pyver.Py39, "\x01\x01\x01"},
		{pyver.Py310, "\x02\x01\x00\x05"},
		{pyver.Py310, "\x08\x01\x00"},
		{pyver.Py312, ""},
		{pyver.Py312, "\xe8\x00"},
		{pyver.Py314, "\xff\xff"},
		{pyver.Py314, "\xe8\x02\x80"},
	} {
		bytecode := "NOP 0 NOP 0"
		if tt.v == pyver.Py27 {
			bytecode = "NOP NOP"
		}
		o := object(t, tt.v, bytecode, tt.table)
		f := decode(t, o)
		if got := encode(t, f); *got != *o {
			t.Errorf("%v %x: the table became %x", tt.v, tt.table, got.LineTable.S)
		}
		f.Insert(1, rewrite.Instr{Op: opcode.NOP})
		long := encode(t, f)
		if err := long.CheckLines(); err != nil {
			t.Errorf("%v %x: %v", tt.v, tt.table, err)
		}
		again := decode(t, long)
		for i := range f.Code {
			if got, want := again.Code[i].Pos.Line, f.Code[i].Pos.Line; got != want {
				t.Errorf("%v %x: line of instruction %d: got %d, want %d", tt.v, tt.table, i, got, want)
			}
		}
	}
}

func TestStackSize(t *testing.T) {
	l := &rewrite.Label{}
	loop := &rewrite.Func{Object: &code.Object{Version: pyver.Py314}, Code: []rewrite.Instr{
		{Label: l}, {Op: opcode.LOAD_FAST}, {Op: opcode.JUMP_BACKWARD, Target: l},
	}}
	if n, err := loop.StackSize(); err == nil {
		t.Errorf("a stack that grows: got %d", n)
	}
	if _, err := loop.Encode(); err == nil {
		t.Error("a stack that grows was encoded")
	}
	loop.Object.StackSize = 7
	if o, err := loop.Encode(); err != nil || o.StackSize != 7 {
		t.Errorf("a stack that grows, declared: got %v, %v", o, err)
	}
	for _, tt := range []struct {
		v    pyver.Version
		code []rewrite.Instr
		want int
	}{
		{pyver.Py314, nil, 1},
		{pyver.Py312, nil, 0},
		{pyver.Py314, []rewrite.Instr{{Op: opcode.POP_TOP}, {Op: opcode.LOAD_FAST}, {Op: opcode.RETURN_VALUE}}, 1},
		{pyver.Py314, []rewrite.Instr{{Op: opcode.BUILD_LIST, Arg: 1<<31 - 1}}, 1},
		{pyver.Py36, []rewrite.Instr{{Op: opcode.SETUP_FINALLY, Target: l}, {Op: opcode.LOAD_CONST}, {Label: l}, {Op: opcode.END_FINALLY}}, 6},
	} {
		f := &rewrite.Func{Object: &code.Object{Version: tt.v}, Code: tt.code}
		if n, err := f.StackSize(); err != nil || n != tt.want {
			t.Errorf("%v %v: got %d, %v, want %d", tt.v, tt.code, n, err, tt.want)
		}
	}
}
