package instrument

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
	"github.com/krait-py/krait/rewrite"
)

// Constants replaces each constant that is loaded by what change returns for
// it, which may be the same. Constants inside of tuples come as they are, in
// their tuple; those that are part of an instruction's protocol do not come:
// code objects, keyword names, the level and names of an import. Nor do the
// docstring and what the interpreter itself reads.
func Constants(change func(v code.Value) code.Value) Pass {
	return func(f *rewrite.Func) error {
		protocol, err := protocolConstants(f)
		if err != nil {
			return err
		}
		for i, in := range f.Instructions() {
			var v code.Value
			switch in.Op {
			case opcode.LOAD_CONST, opcode.RETURN_CONST:
				v, _ = f.Object.Const(in.Arg)
			case opcode.LOAD_SMALL_INT:
				v = &code.Int{V: int64(in.Arg)}
			}
			if _, isCode := v.(*code.Object); v == nil || isCode || protocol[i] {
				continue
			}
			n := change(v)
			if n == v || n == nil {
				continue
			}
			if in.Op == opcode.LOAD_SMALL_INT {
				if small, ok := n.(*code.Int); ok && small.Big == nil && small.V >= 0 && small.V < 256 {
					in.Arg = int(small.V)
					continue
				}
				in.Op = opcode.LOAD_CONST
			}
			in.Arg = f.AddConst(n)
			in.Wide = 0
		}
		return nil
	}
}

// protocolConstants returns the instructions whose constant goes to an
// instruction that asks for just that one.
func protocolConstants(f *rewrite.Func) (map[int]bool, error) {
	found := map[int]bool{}
	err := follow(f, func(i int, inputs []int) {
		n := 0
		switch f.Code[i].Op {
		case opcode.IMPORT_NAME:
			n = 2
		case opcode.CALL_KW, opcode.CALL_FUNCTION_KW, opcode.BUILD_CONST_KEY_MAP, opcode.MATCH_CLASS, opcode.MAKE_FUNCTION:
			n = 1
			if len(inputs) > 1 && f.Code[i].Op == opcode.MAKE_FUNCTION && f.Version() < pyver.Py311 {
				n = 2 // the qualified name
			}
		}
		for _, from := range inputs[max(len(inputs)-n, 0):] {
			if from >= 0 {
				found[from] = true
			}
		}
	})
	return found, err
}
