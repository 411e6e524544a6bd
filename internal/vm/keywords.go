package vm

import (
	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/opcode"
)

// noKeywords is what stands for the dict of keywords, of which there are none, in functions that do nothing with it but pass it on, as the wrappers of
// decorators do: f(*args, **kwargs). Such a call reads the dict only. Whoever else looks at the variables of a frame finds a dict of the frame's own: see
// opened.
var noKeywords = object.Of(object.NewDict())

// passesKeywords reports whether the only thing that code does with its dict of keywords is to pass it on.
func passesKeywords(o *code.Object) bool {
	if o.Flags&code.VarKeywords == 0 {
		return false
	}
	k := o.ArgCount + o.KwOnlyArgCount
	if o.Flags&code.VarArgs != 0 {
		k++
	}
	if code.Kind(o.LocalsPlusKinds.S[k])&(code.KindCell|code.KindFree) != 0 {
		return false
	}
	loaded := false
	for ins := range o.Instructions() {
		info := o.Opcodes().Info(ins.Op)
		op := info.Family()
		if loaded && op != opcode.DICT_MERGE {
			return false
		}
		loaded = false
		switch {
		case !info.Has(opcode.HasLocal | opcode.HasFree):
		case info.Operand == opcode.LocalPair:
			if ins.Arg>>4 == k || ins.Arg&15 == k {
				return false
			}
		case ins.Arg != k:
		case op == opcode.LOAD_FAST || op == opcode.LOAD_FAST_BORROW:
			loaded = true
		default:
			return false
		}
	}
	return !loaded
}
