package rewrite

import (
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// CanInsert reports whether instructions may be inserted before Code[at]
// without separating others that the interpreter takes for neighbours:
//
//   - 3.11: a specialized PRECALL passes by the CALL behind it;
//   - 3.11 and later: a generator that hangs in "yield from" is known by the
//     RESUME behind its YIELD_VALUE (to 3.12; later it is known otherwise, but
//     closing is slower);
//   - 3.12 and later: FOR_ITER goes on behind the END_FOR that stands at its
//     target, in 3.13 behind the POP_TOP that follows as well.
//
// Everywhere else insertion is sound as long as what is inserted is.
func (f *Func) CanInsert(at int) bool {
	if at <= 0 || at >= len(f.Code) {
		return at == 0 || at == len(f.Code)
	}
	v := f.Object.Version
	next := at
	for next < len(f.Code) && f.Code[next].Label != nil {
		next++
	}
	if next == len(f.Code) {
		return true
	}
	before := at - 1
	for before >= 0 && f.Code[before].Label != nil {
		before--
	}
	op, last := f.Code[next].Op, opcode.Op(0)
	if before >= 0 {
		last = f.Code[before].Op
	}
	switch {
	case v < pyver.Py311:
		return true
	case op == opcode.CALL && v == pyver.Py311:
		return last != opcode.PRECALL
	case op == opcode.RESUME:
		return last != opcode.YIELD_VALUE
	case op == opcode.END_FOR:
		// Before all of its labels is far enough.
		return next > at && f.Code[at-1].Label == nil
	case op == opcode.POP_TOP && v == pyver.Py313:
		return last != opcode.END_FOR
	}
	return true
}

// Entry returns the index behind what a function begins with before its first
// line: the cells it makes, the start of a generator, and RESUME (3.11 on) or
// GEN_START (3.10). What is inserted there runs once for each call or, in a
// generator, when it is first resumed.
func (f *Func) Entry() int {
	for i, in := range f.Instructions() {
		switch {
		case in.Op == opcode.RESUME || in.Op == opcode.GEN_START:
			return i + 1
		case in.Op == opcode.COPY_FREE_VARS || in.Op == opcode.MAKE_CELL || in.Op == opcode.RETURN_GENERATOR ||
			in.Op == opcode.POP_TOP || in.Op == opcode.NOP:
		default:
			return 0
		}
	}
	return 0
}
