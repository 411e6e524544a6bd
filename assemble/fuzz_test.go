package assemble_test

import (
	"testing"

	"github.com/krait-py/krait/assemble"
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/source"
)

// FuzzUnit assembles instructions that no compiler makes: each three bytes are an
// instruction, its oparg, and its line or what else there is to know. The result
// does not matter, only that there is one.
func FuzzUnit(f *testing.F) {
	var all []opcode.Op
	number := map[opcode.Op]byte{}
	for info := range opcode.For(pyver.Py314).All() {
		if info.Base == 0 && len(all) < 256 {
			number[info.Op] = byte(len(all))
			all = append(all, info.Op)
		}
	}
	seed := func(ops ...opcode.Op) {
		var b []byte
		for i, op := range ops {
			b = append(b, number[op], byte(i*7), byte(i))
		}
		f.Add(b)
	}
	seed(opcode.RESUME, opcode.LOAD_FAST, opcode.POP_JUMP_IF_FALSE, opcode.JUMP, opcode.LOAD_CONST, opcode.RETURN_VALUE)
	seed(opcode.SETUP_WITH, opcode.SETUP_FINALLY, opcode.CALL, opcode.POP_BLOCK, opcode.RERAISE, opcode.POP_BLOCK, opcode.RETURN_VALUE)
	seed(opcode.LOAD_CONST, opcode.LOAD_CONST, opcode.BINARY_OP, opcode.BUILD_TUPLE, opcode.UNARY_NOT, opcode.TO_BOOL, opcode.JUMP_IF_TRUE)
	seed(opcode.JUMP, opcode.JUMP_NO_INTERRUPT, opcode.JUMP_IF_FALSE, opcode.JUMP_IF_TRUE, opcode.FOR_ITER, opcode.SEND, opcode.END_ASYNC_FOR)
	seed(opcode.SWAP, opcode.SWAP, opcode.STORE_FAST, opcode.COPY, opcode.POP_TOP, opcode.LOAD_FAST_AND_CLEAR, opcode.STORE_FAST_MAYBE_NULL)
	f.Fuzz(func(t *testing.T, data []byte) {
		u := &instruction.Unit{Version: pyver.Py314, Filename: &code.Str{S: "f"}, Name: "f", QualName: "f", FirstLine: 1, Cache: new(instruction.Cache)}
		for _, v := range []code.Value{
			code.None, code.True, &code.Int{V: 7}, &code.Int{V: 1 << 40}, &code.Float{V: 2.5}, &code.Complex{Im: 1},
			&code.Str{S: "abc"}, &code.Bytes{S: "x"}, &code.Tuple{Items: []code.Value{code.None, &code.Int{V: 1}}},
			&code.Slice{Start: code.None, Stop: &code.Int{V: 2}, Step: code.None},
		} {
			u.Consts.Add(v, u.Cache)
		}
		for _, s := range []string{"a", "b", "c"} {
			u.VarNames.Add(s)
			u.Names.Add(s)
		}
		u.CellVars.Add("b")
		u.CellVars.Add("d")
		u.FreeVars.Add("e")
		n := min(len(data)/3, 400)
		if len(data) > 0 && data[0]&1 != 0 {
			u.Flags = code.Generator | code.Optimized
			u.ArgCount = 1
		}
		labels := make([]instruction.Label, n+1)
		for i := range labels {
			labels[i] = u.Code.NewLabel()
		}
		for i := range n {
			b := data[3*i : 3*i+3]
			u.Code.Use(labels[i])
			op, arg := all[int(b[0])%len(all)], int32(b[1])
			line := int32(b[2]>>3) - 2
			at := source.Span{Line: line, EndLine: line, Col: int32(b[2] & 7), EndCol: 9}
			switch {
			case target(op) && b[2]&7 != 7: // or it has a number where a label should be
				u.Code.Jump(op, labels[int(b[1])%(n+1)], at)
				continue
			case b[2] > 250:
				arg <<= 18
			case op == opcode.LOAD_CONST:
				arg %= 11
			}
			u.Code.Add(op, arg, at)
		}
		_, _ = assemble.Unit(u)
	})
}

// target reports whether the oparg of op is a label.
func target(op opcode.Op) bool {
	switch op {
	case opcode.SETUP_CLEANUP, opcode.SETUP_FINALLY, opcode.SETUP_WITH:
		return true
	}
	info, _ := opcode.For(pyver.Py314).ByOp(op)
	return info.Has(opcode.HasJRel)
}
