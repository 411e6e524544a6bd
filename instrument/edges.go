package instrument

import (
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/rewrite"
)

// Branches runs a snippet for each outcome of a conditional jump, and of a
// loop's question for the next value: taken says whether control goes where
// the jump leads, line is that of the instruction, -1 for none.
func Branches(s func(b *rewrite.Builder, line int, taken bool)) Pass {
	return func(f *rewrite.Func) error {
		for {
			e, before := newEdits(f), len(f.Code)
			for i := range f.Code {
				if !isBranch(f, i) {
					continue
				}
				line := f.Code[i].Pos.Line
				if err := e.onJump(i, func(b *rewrite.Builder) { s(b, line, true) }); err != nil {
					return err
				}
				at := i + 1
				if at < len(f.Code) && f.Code[at].Op == opcode.NOT_TAKEN {
					at++
				}
				if err := e.before(at, func(b *rewrite.Builder) { s(b, line, false) }); err != nil {
					return err
				}
			}
			if len(f.Code) == before {
				return e.apply()
			}
		}
	}
}

// isBranch reports whether instruction i decides between two ways because of
// the program, not because of the interpreter (SEND, SETUP_FINALLY).
func isBranch(f *rewrite.Func, i int) bool {
	t := info(f, i)
	return t != nil && t.Has(opcode.Conditional) && f.Code[i].Target != nil && t.Operand.IsJump() &&
		!t.Has(opcode.Handler) && f.Code[i].Op != opcode.SEND
}
