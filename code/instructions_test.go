package code_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

func number(t *testing.T, v pyver.Version, op opcode.Op) string {
	t.Helper()
	info, ok := opcode.For(v).ByOp(op)
	if !ok {
		t.Fatalf("%v has no %v", v, op)
	}
	return string([]byte{byte(info.Number)})
}

func TestInstructions(t *testing.T) {
	ext := func(v pyver.Version) string { return number(t, v, opcode.EXTENDED_ARG) }
	for _, c := range []struct {
		name        string
		version     pyver.Version
		code        string
		folded, raw string // START/OFFSET-END ARG
		labels      []int
	}{
		{"2.7", pyver.Py27, number(t, pyver.Py27, opcode.LOAD_CONST) + "\x01\x02" + number(t, pyver.Py27, opcode.RETURN_VALUE),
			"0/0-3 513, 3/3-4 -", "0/0-3 513, 3/3-4 -", nil},
		{"2.7 extended", pyver.Py27, ext(pyver.Py27) + "\x01\x00" + number(t, pyver.Py27, opcode.JUMP_FORWARD) + "\x02\x00",
			"0/3-6 65538", "0/0-3 1, 0/3-6 65538", []int{8}},
		{"2.7 cut short", pyver.Py27, number(t, pyver.Py27, opcode.LOAD_CONST) + "\x01", "0/0-3 1", "0/0-3 1", nil},
		{"3.6 extended", pyver.Py36, ext(pyver.Py36) + "\x01" + number(t, pyver.Py36, opcode.JUMP_ABSOLUTE) + "\x04",
			"0/2-4 260", "0/0-2 1, 0/2-4 260", []int{260}},
		{"3.6 extended nothing", pyver.Py36, "\x01\x00" + ext(pyver.Py36) + "\x01", "0/0-2 -, 2/2-4 1", "0/0-2 -, 2/2-4 1", nil},
		{"3.9 keeps what 3.10 drops", pyver.Py39, ext(pyver.Py39) + "\x01\x01\x00" + number(t, pyver.Py39, opcode.LOAD_CONST) + "\x02",
			"0/2-4 -, 4/4-6 2", "0/0-2 1, 0/2-4 -, 4/4-6 258", nil},
		{"3.10 units", pyver.Py310, number(t, pyver.Py310, opcode.JUMP_ABSOLUTE) + "\x04" + number(t, pyver.Py310, opcode.JUMP_FORWARD) + "\x00",
			"0/0-2 4, 2/2-4 0", "0/0-2 4, 2/2-4 0", []int{8, 4}},
		{"3.12 caches", pyver.Py312, number(t, pyver.Py312, opcode.FOR_ITER) + "\x03\x00\x00" + number(t, pyver.Py312, opcode.JUMP_BACKWARD) + "\x03",
			"0/0-4 3, 4/4-6 3", "0/0-4 3, 4/4-6 3", []int{10, 0}},
		{"3.14 negative", pyver.Py314, strings.Repeat(ext(pyver.Py314)+"\xff", 3) + number(t, pyver.Py314, opcode.LOAD_CONST) + "\xff",
			"0/6-8 -1", "0/0-2 255, 2/2-4 65535, 4/4-6 16777215, 0/6-8 -1", nil},
		{"3.13 caches cut off", pyver.Py313, number(t, pyver.Py313, opcode.LOAD_GLOBAL) + "\x01\x00", "0/0-10 1", "0/0-10 1", nil},
		{"3.14 half a unit", pyver.Py314, number(t, pyver.Py314, opcode.LOAD_CONST), "0/0-2 0", "0/0-2 0", nil},
		{"unknown version", pyver.Make(4, 0), "\x64\x01", "0/0-2 -", "0/0-2 -", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := &code.Object{Version: c.version, Code: &code.Bytes{S: c.code}}
			text := func(ins []code.Instr) string {
				var rows []string
				for _, in := range ins {
					rows = append(rows, fmt.Sprintf("%d/%d-%d %s", in.Start, in.Offset, in.End, num(in.Arg, in.HasArg)))
				}
				return strings.Join(rows, ", ")
			}
			if got := text(slices.Collect(o.Instructions())); got != c.folded {
				t.Errorf("folded: got %s, want %s", got, c.folded)
			}
			if got := text(slices.Collect(o.RawInstructions())); got != c.raw {
				t.Errorf("raw: got %s, want %s", got, c.raw)
			}
			if got := o.Labels(); !slices.Equal(got, c.labels) {
				t.Errorf("labels: got %v, want %v", got, c.labels)
			}
		})
	}
}
