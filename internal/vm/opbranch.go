package vm

import (
	"sync/atomic"

	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
)

func opJumpFar(t *Thread, fp ptr, w uint64) bool {
	from := t.IP
	jump(t, int64(int32(w>>32)))
	if x := fieldX(w); x != 0 && atomic.LoadUint32(&t.Breaker) != 0 {
		return x == 2 && postponed(t) || pollFrom(t, from)
	}
	return true
}

func branch(t *Thread, w uint64, v Value, want bool) bool {
	b, ok := t.IsTrue(v)
	if ok && b == want {
		jump(t, immC(w))
	}
	return ok
}

func opJumpTrue(t *Thread, fp ptr, w uint64) bool {
	n := sizeOf(regA(fp, w))
	if n < 0 {
		return branch(t, w, *regA(fp, w), true)
	}
	if n > 0 {
		jump(t, immC(w))
	}
	return true
}

func opJumpFalse(t *Thread, fp ptr, w uint64) bool {
	n := sizeOf(regA(fp, w))
	if n < 0 {
		return branch(t, w, *regA(fp, w), false)
	}
	if n == 0 {
		jump(t, immC(w))
	}
	return true
}

// sizeOf returns how many items there are in what a program most often asks for whether it is empty; -1: that is something else.
func sizeOf(v *Value) int {
	switch (*object.Head)(v.P).Type {
	case &object.StrType:
		return len((*object.Str)(v.P).S)
	case &object.ListType:
		return len((*object.List)(v.P).V)
	case &object.DictType:
		return (*object.Dict)(v.P).Len()
	case &object.TupleType:
		return (*object.Tuple)(v.P).Len()
	}
	return -1
}

func loop(t *Thread, w uint64, v Value, want bool) bool {
	b, ok := t.IsTrue(v)
	if ok && b == want {
		jump(t, immC(w))
		if atomic.LoadUint32(&t.Breaker) != 0 {
			return pollBack(t, w)
		}
	}
	return ok
}

func opLoopTrue(t *Thread, fp ptr, w uint64) bool  { return loop(t, w, *regA(fp, w), true) }
func opLoopFalse(t *Thread, fp ptr, w uint64) bool { return loop(t, w, *regA(fp, w), false) }

func opLoopNotNone(t *Thread, fp ptr, w uint64) bool {
	if regA(fp, w).IsNone() {
		return true
	}
	return loop(t, w, object.True, true)
}

func opJumpIn(t *Thread, fp ptr, w uint64) bool {
	op := lift.Op(w)
	in := Value{}
	if op == lift.JumpInK || op == lift.JumpNotInK {
		in = constAt(fp, fieldB(w)/int(valueSize))
	} else {
		in = *regB(fp, w)
	}
	r, ok, known := inBuiltin(t, in, *regA(fp, w))
	if !known {
		if enterContains(t, in, *regA(fp, w)) {
			return true
		}
		r, ok = t.Contains(in, *regA(fp, w))
	}
	if ok && r == jumpsIn(op) {
		jump(t, immC(w))
	}
	return ok
}

// inBuiltin is x in v for the containers most often asked, without the way through the slots. Python code can run for the comparison, as there.
func inBuiltin(t *Thread, v, x Value) (r, ok, known bool) {
	switch v.Type() {
	case &object.DictType:
		x, ok := (*object.Dict)(v.P).Get(t, x)
		return x.P != nil, ok, true
	case &object.SetType, &object.FrozenSetType:
		r, ok = (*object.Set)(v.P).Holds(t, x)
		return r, ok, true
	case &object.StrType:
		if x.Type() == &object.StrType {
			return (*object.Str)(v.P).Has((*object.Str)(x.P)), true, true
		}
	}
	return false, false, false
}

// jumpsIn reports whether op jumps when there is what is looked for.
func jumpsIn(op lift.Op) bool { return op == lift.JumpIn || op == lift.JumpInK }

// operand says where the right side of a comparison is.
type operand uint8

const (
	inReg operand = iota
	immediate
	constant
)

// comparison is what a word does that compares and jumps.
type comparison struct {
	cmp   object.CompareOp
	where operand
	// want is the result it jumps for.
	want, polls bool
	// jumps is false in the rows of other operations.
	jumps bool
}

// comparisons has a row for every operation.
var comparisons [256]comparison

func setupBranches() {
	add := func(op lift.Op, cmp object.CompareOp, where operand, want bool, polls bool) {
		comparisons[op] = comparison{cmp, where, want, polls, true}
		slow[op] = opJumpCompare
	}
	for i, cmp := range []object.CompareOp{object.CmpLt, object.CmpLe, object.CmpEq, object.CmpNe, object.CmpGt, object.CmpGe} {
		add(lift.JumpLt+lift.Op(2*i), cmp, inReg, true, false)
		add(lift.JumpNotLt+lift.Op(2*i), cmp, inReg, false, false)
		add(lift.JumpLtI+lift.Op(2*i), cmp, immediate, true, false)
		add(lift.JumpNotLtI+lift.Op(2*i), cmp, immediate, false, false)
		add(lift.LoopLt+lift.Op(i), cmp, inReg, true, true)
		add(lift.LoopLtI+lift.Op(i), cmp, immediate, true, true)
	}
	add(lift.JumpEqK, object.CmpEq, constant, true, false)
	add(lift.JumpNotEqK, object.CmpEq, constant, false, false)
	add(lift.JumpNeK, object.CmpNe, constant, true, false)
	add(lift.JumpNotNeK, object.CmpNe, constant, false, false)
}

func opJumpCompare(t *Thread, fp ptr, w uint64) bool {
	c := &comparisons[uint8(w)]
	a, b := *regA(fp, w), c.right(fp, w)
	if enterCompare(t, a, b, c.cmp) {
		return true
	}
	if a.Type() == &object.TupleType {
		v := compareTuple(t, a, b, c.cmp)
		if v.P == nil {
			return false
		}
		r, ok := t.IsTrue(v)
		return ok && c.jump(t, w, r)
	}
	r, ok := t.CompareBool(a, b, c.cmp)
	return ok && c.jump(t, w, r)
}

// right returns the right operand.
func (c *comparison) right(fp ptr, w uint64) Value {
	switch c.where {
	case inReg:
		return *regB(fp, w)
	case immediate:
		return object.MakeInt(immB(w))
	}
	return constAt(fp, fieldB(w)/int(valueSize))
}

// jump goes on as the result says.
func (c *comparison) jump(t *Thread, w uint64, r bool) bool {
	if r == c.want {
		jump(t, immC(w))
		if c.polls && atomic.LoadUint32(&t.Breaker) != 0 {
			return pollBack(t, w)
		}
	}
	return true
}
