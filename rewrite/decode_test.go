package rewrite_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
)

// assemble returns bytecode written as opnames and numbers: an opname starts an
// instruction of the version, numbers are bytes.
func assemble(t testing.TB, v pyver.Version, text string) string {
	t.Helper()
	var b []byte
	for word := range strings.FieldsSeq(text) {
		var n int
		if _, err := fmt.Sscan(word, &n); err == nil {
			b = append(b, byte(n))
			continue
		}
		info, ok := opcode.For(v).Lookup(word)
		if !ok {
			t.Fatalf("%v has no %s", v, word)
		}
		b = append(b, byte(info.Number))
	}
	return string(b)
}

// list writes a Func down: labels are numbered in their order, "*2" stands for
// Wide, "@3" for the line.
func list(f *rewrite.Func) string {
	names := map[*rewrite.Label]string{}
	for _, in := range f.Code {
		if in.Label != nil {
			names[in.Label] = fmt.Sprint("L", len(names)+1)
		}
	}
	var words []string
	for _, in := range f.Code {
		if in.Label != nil {
			words = append(words, names[in.Label]+":")
			continue
		}
		s := in.Op.String()
		if in.Target != nil {
			s += " " + names[in.Target]
		} else if in.Arg != 0 {
			s += fmt.Sprint(" ", in.Arg)
		}
		if in.Wide != 0 {
			s += fmt.Sprint("*", in.Wide)
		}
		if in.Pos.Line >= 0 {
			s += fmt.Sprint("@", in.Pos.Line)
		}
		words = append(words, s)
	}
	for _, h := range f.Handlers {
		words = append(words, fmt.Sprintf("[%s %s) -> %s %d %v", names[h.Start], names[h.End], names[h.Target], h.Depth, h.Lasti))
	}
	return strings.ReplaceAll(strings.Join(words, "; "), ":; ", ": ")
}

func object(t testing.TB, v pyver.Version, bytecode, lines string) *code.Object {
	o := &code.Object{Version: v, FirstLine: 1, StackSize: 9, Name: &code.Str{S: "f"}}
	o.Code = &code.Bytes{S: assemble(t, v, bytecode)}
	o.LineTable = &code.Bytes{S: lines}
	o.ExceptionTable = &code.Bytes{}
	return o
}

func TestDecode(t *testing.T) {
	nops := func(n int) string { return strings.Repeat("NOP 0 ", n) }
	many := func(n int) string { return strings.Repeat("NOP; ", n) }
	for _, tt := range []struct {
		name            string
		v               pyver.Version
		bytecode, lines string
		want            string
	}{
		{"bytes, forward and absolute", pyver.Py27,
			"SETUP_LOOP 7 0 LOAD_FAST 1 0 JUMP_ABSOLUTE 3 0 POP_BLOCK LOAD_CONST 0 0 RETURN_VALUE", "\x03\x01\x06\x01",
			"SETUP_LOOP L2@1; L1: LOAD_FAST 1@2; JUMP_ABSOLUTE L1@2; POP_BLOCK@3; L2: LOAD_CONST@3; RETURN_VALUE@3"},
		{"16 bits more", pyver.Py35, "EXTENDED_ARG 1 0 LOAD_CONST 2 0 EXTENDED_ARG 0 0 LOAD_CONST 2 0 RETURN_VALUE", "",
			"LOAD_CONST 65538@1; LOAD_CONST 2*1@1; RETURN_VALUE@1"},
		{"words, offsets in bytes", pyver.Py36, "POP_JUMP_IF_FALSE 4 JUMP_FORWARD 0 EXTENDED_ARG 0 LOAD_CONST 3 RETURN_VALUE 0", "\x04\x01",
			"POP_JUMP_IF_FALSE L1@1; JUMP_FORWARD L1@1; L1: LOAD_CONST 3*1@2; RETURN_VALUE@2"},
		{"line of the opcode", pyver.Py38, "EXTENDED_ARG 1 LOAD_CONST 3 RETURN_VALUE 0", "\x02\x05", "LOAD_CONST 259@6; RETURN_VALUE@6"},
		{"words, offsets in words", pyver.Py310, "POP_JUMP_IF_FALSE 2 JUMP_FORWARD 0 JUMP_ABSOLUTE 0", "\x02\x00\x02\x80\x02\x01",
			"L1: POP_JUMP_IF_FALSE L2@1; JUMP_FORWARD L2; L2: JUMP_ABSOLUTE L1@2"},
		{"both ways", pyver.Py311, "POP_JUMP_FORWARD_IF_TRUE 1 JUMP_BACKWARD 2 POP_JUMP_BACKWARD_IF_NONE 3 RETURN_VALUE 0", "\xe8\x00",
			"L1: POP_JUMP_FORWARD_IF_TRUE L2@1; JUMP_BACKWARD L1; L2: POP_JUMP_BACKWARD_IF_NONE L1; RETURN_VALUE"},
		{"caches", pyver.Py314, "LOAD_GLOBAL 3 0 0 0 0 0 0 0 0 TO_BOOL 0 0 0 0 0 0 0 POP_JUMP_IF_FALSE 1 0 0 NOT_TAKEN 0 RETURN_VALUE 0", "\xff",
			"LOAD_GLOBAL 3; TO_BOOL; POP_JUMP_IF_FALSE L1; NOT_TAKEN; L1: RETURN_VALUE"},
		{"far", pyver.Py314, "EXTENDED_ARG 1 JUMP_FORWARD 0 " + nops(256) + "EXTENDED_ARG 1 JUMP_BACKWARD 5 0 0", "",
			"L1: JUMP_FORWARD L2; " + many(256) + "L2: JUMP_BACKWARD L1"},
		{"wider than needed", pyver.Py314, "EXTENDED_ARG 0 JUMP_FORWARD 0 EXTENDED_ARG 0 EXTENDED_ARG 1 LOAD_CONST 0", "",
			"JUMP_FORWARD L1*1; L1: LOAD_CONST 256*2"},
		{"one pushes the other", pyver.Py314, "EXTENDED_ARG 1 JUMP_FORWARD 0 EXTENDED_ARG 1 JUMP_FORWARD 0 " + nops(254) + nops(2) + "NOP 0", "",
			"JUMP_FORWARD L1; JUMP_FORWARD L2; " + many(254) + "L1: NOP; NOP; L2: NOP"},
		{"more than 32 bits of nothing", pyver.Py312, "EXTENDED_ARG 0 EXTENDED_ARG 0 EXTENDED_ARG 0 EXTENDED_ARG 0 NOP 0", "", "NOP*4"},
		{"argument where there is none", pyver.Py312, "NOP 7 EXTENDED_ARG 1 NOP 0", "", "NOP 7; NOP 256"},
		{"sign", pyver.Py312, "EXTENDED_ARG 255 EXTENDED_ARG 255 EXTENDED_ARG 255 LOAD_CONST 255", "", "LOAD_CONST -1"},
		{"end", pyver.Py313, "JUMP_FORWARD 0", "", "JUMP_FORWARD L1; L1:"},
		{"origin", pyver.Py314, "NOP 0 END_ASYNC_FOR 2", "", "L1: NOP; END_ASYNC_FOR L1"},
		{"jump back by nothing", pyver.Py312, "JUMP_BACKWARD 0 NOP 0", "", "JUMP_BACKWARD L1; L1: NOP"},
		{"nothing", pyver.Py314, "", "", ""},
	} {
		o := object(t, tt.v, tt.bytecode, tt.lines)
		f, err := rewrite.Decode(o)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if got := list(f); got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, got, tt.want)
		}
		if again := encode(t, f); *again != *o {
			t.Errorf("%s: encoded to % x, lines %x", tt.name, again.Code.S, again.LineTable.S)
		}
	}
}

func TestDecodeHandlers(t *testing.T) {
	o := object(t, pyver.Py314, "NOP 0 NOP 0 PUSH_EXC_INFO 0 RERAISE 0", "")
	o.ExceptionTable = &code.Bytes{S: "\x80\x02\x02\x00\x82\x02\x03\x03"}
	_, err := rewrite.Decode(o)
	if err != nil {
		t.Fatal(err)
	}
	f := decode(t, o)
	want := "L1: NOP; NOP; L2: PUSH_EXC_INFO; L3: RERAISE; L4: [L1 L2) -> L2 0 false; [L2 L4) -> L3 1 true"
	if got := list(f); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	f.Handlers = f.Handlers[:1]
	if got, want := encode(t, f).ExceptionTable.S, "\x80\x02\x02\x00"; got != want {
		t.Errorf("exception table: got %x, want %x", got, want)
	}
}

func TestDecodeErrors(t *testing.T) {
	for _, tt := range []struct {
		v          pyver.Version
		bytecode   string
		exceptions string
		want       string
	}{
		{pyver.Py314, "NOP", "", "offset 0: 1 bytes for NOP, want 2"},
		{pyver.Py27, "NOP LOAD_CONST 1", "", "offset 1: 2 bytes for LOAD_CONST, want 3"},
		{pyver.Py314, "125 0", "", "offset 0: opcode 125, want one that 3.14 has"},
		{pyver.Py314, "NOP 0 EXTENDED_ARG 1", "", "offset 2: EXTENDED_ARG at the end, want an instruction behind it"},
		{pyver.Py35, "EXTENDED_ARG 1 0 NOP", "", "offset 3: EXTENDED_ARG before NOP, want an instruction with an argument"},
		{pyver.Py314, "EXTENDED_ARG 1 EXTENDED_ARG 0 EXTENDED_ARG 0 EXTENDED_ARG 0 NOP 0", "",
			"offset 8: EXTENDED_ARGs of more than 32 bits, want an oparg of at most 32"},
		{pyver.Py36, strings.Repeat("EXTENDED_ARG 0 ", 256), "", "offset 512: more than 255 EXTENDED_ARGs, want fewer"},
		{pyver.Py314, "TO_BOOL 0 0 0", "", "offset 2: 2 bytes of inline cache behind TO_BOOL, want 6"},
		{pyver.Py314, "TO_BOOL 0 0 0 0 7 0 0", "", "offset 5: byte 0x07 in the inline cache of TO_BOOL, want 0"},
		{pyver.Py314, "JUMP_FORWARD 1 TO_BOOL 0 0 0 0 0 0 0", "", "offset 0: JUMP_FORWARD to 4, which is inside of an instruction, want the start of an instruction"},
		{pyver.Py314, "JUMP_FORWARD 9", "", "offset 0: JUMP_FORWARD to 20, want a place inside of the bytecode"},
		{pyver.Py314, "JUMP_BACKWARD 9 0 0", "", "offset 0: JUMP_BACKWARD to -14, want a place inside of the bytecode"},
		{pyver.Py36, "JUMP_ABSOLUTE 1", "", "offset 0: JUMP_ABSOLUTE to 1, which is inside of an instruction, want the start of an instruction"},
		{pyver.Py36, "EXTENDED_ARG 0 JUMP_ABSOLUTE 2", "", "offset 2: JUMP_ABSOLUTE to 2, which is inside of an instruction, want the start of an instruction"},
		{pyver.Py312, "EXTENDED_ARG 255 EXTENDED_ARG 255 EXTENDED_ARG 255 JUMP_FORWARD 255", "", "offset 0: JUMP_FORWARD to 1073741830, want a place inside of the bytecode"},
		{pyver.Py314, "NOP 0", "\x80\x02\x00\x00", "offset 4: entry 0 of the exception table ends there, outside of the bytecode, want the start of an instruction"},
		{pyver.Py314, "EXTENDED_ARG 0 NOP 0", "\x80\x02\x01\x00", "offset 2: entry 0 of the exception table leads there, inside of an instruction, want the start of an instruction"},
		{pyver.Py314, "NOP 0", "\x80\x01", "exception table, offset 2: found end of table, want the rest of an entry"},
		{pyver.Make(3, 99), "", "", "version 3.99, want 2.7, or 3.0 to 3.15"},
	} {
		o := &code.Object{Version: tt.v, Name: &code.Str{S: "f"}, ExceptionTable: &code.Bytes{S: tt.exceptions}}
		if tt.v.Known() {
			o.Code = &code.Bytes{S: assemble(t, tt.v, tt.bytecode)}
		}
		_, err := rewrite.Decode(o)
		var de *rewrite.DecodeError
		if !errors.As(err, &de) || !strings.Contains(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), "rewrite: f") {
			t.Errorf("%v %s: got error %v, want %s", tt.v, tt.bytecode, err, tt.want)
		}
	}
	if _, err := rewrite.Decode(nil); err == nil {
		t.Error("nil: no error")
	}
	if f, err := rewrite.Decode(&code.Object{Version: pyver.Py314}); err != nil || len(f.Code) != 0 {
		t.Errorf("empty object: got %v, %v", f, err)
	}
}
