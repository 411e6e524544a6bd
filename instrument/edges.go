package instrument

import (
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
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

// loopEnd returns what stands behind the instructions that a FOR_ITER leads to
// when its loop ends, from 3.12 on. They clean up, FOR_ITER may skip them, and
// nothing else leads to them.
func loopEnd(f *rewrite.Func, i int) (int, bool) {
	if f.Code[i].Op != opcode.FOR_ITER || f.Version() < pyver.Py312 {
		return 0, false
	}
	at := f.LabelIndex(f.Code[i].Target)
	for at < len(f.Code) && f.Code[at].Label != nil {
		at++
	}
	if at++; f.Version() >= pyver.Py313 { // END_FOR, and POP_TOP or POP_ITER
		at++
	}
	return min(at, len(f.Code)), true
}

// handlerOf returns the handler for instruction i.
func handlerOf(f *rewrite.Func, i int) (rewrite.Handler, bool) {
	for _, h := range f.Handlers {
		if f.LabelIndex(h.Start) <= i && i < f.LabelIndex(h.End) {
			return h, true
		}
	}
	return rewrite.Handler{}, false
}
