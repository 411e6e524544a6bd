package vm

import (
	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
)

// Lists, tuples and sets that loops walk along without an iterator: the payload of the loop's register, which objects do not use, says where the next
// item is. Of lists and tuples it is the index; of sets the upper half is how many elements there were at the begin, the lower half where to look for
// the next one. Loops over ranges of small numbers have these and what is left in the payload, and need no range: see object.RangeWalk. Package lift sees
// to it that only the words of loops look at such a register.

// walked is the payload when a list has come to its end: items that are added later are not looked at.
const walked = 1<<64 - 1

// startWalk makes r, which has what a loop is over, the register of the loop. It returns false if the loop needs an iterator.
func startWalk(r *Value) bool {
	switch r.Type() {
	case &object.ListType, &object.TupleType:
	case &object.SetType, &object.FrozenSetType:
		r.B = uint64(object.To[object.Set](*r).Len()) << 32
	case &object.RangeType:
		v := object.To[object.Range](*r).WalkOf()
		if v.P == nil {
			return false
		}
		*r = v
	default:
		return false
	}
	return true
}

// walk returns the next item; no value: the end, or an exception. ok is false if r has an iterator.
func walk(t *Thread, r *Value) (v Value, ok bool) {
	switch r.Type() {
	case &object.ListType, &object.TupleType:
		items := walkItems(*r)
		if i := r.B; i < uint64(len(items)) {
			r.B++
			return items[i], true
		}
		r.B = walked
	case &object.SetType, &object.FrozenSetType:
		s := object.To[object.Set](*r)
		if r.B == walked {
			break
		}
		if uint64(s.Len()) != r.B>>32 {
			r.B |= 1 << 63 // so that it is always wrong from now on
			return t.RuntimeErrorf("Set changed size during iteration"), true
		}
		x, at := s.Next(int(uint32(r.B)))
		if x.P == nil {
			r.B = walked
			break
		}
		r.B = r.B&^(1<<32-1) | uint64(at)
		return x, true
	case &object.RangeWalkType:
		if uint32(r.B) != 0 {
			v = object.MakeInt(int64(r.B) >> 32)
			r.B += (*object.RangeWalk)(r.P).Add
		}
	default:
		return v, false
	}
	return v, true
}

// walkItems returns what a list or tuple has.
func walkItems(v Value) []Value {
	if v.Is(&object.ListType) {
		return object.To[object.List](v).V
	}
	return object.To[object.Tuple](v).Items()
}

// progress is object.Progress of what is in the register of a loop. Of sets it is not known how many elements have been seen.
func progress(v Value) (done, left int, ok bool) {
	switch v.Type() {
	case &object.ListType, &object.TupleType:
		n := len(walkItems(v))
		done = int(min(v.B, uint64(n)))
		return done, n - done, n > 0
	case &object.SetType, &object.FrozenSetType:
		n := object.To[object.Set](v).Len()
		return 0, n, uint32(v.B) == 0 && n > 0
	case &object.RangeWalkType:
		return object.WalkProgress(v)
	}
	return object.Progress(v)
}

// rangeLoop does the word behind a call of range, if that makes the loop over what the call returns and nobody else gets that: neither the range is made
// then nor an iterator; for a generator expression, no range.
func rangeLoop(t *Thread, fp ptr, w uint64, args []Value) bool {
	next := *(*uint64)(ipOf(t))
	x := fieldX(next)
	if lift.Op(next) != lift.GetIter || x&lift.Sole == 0 || x&(lift.Walks|lift.Given) == 0 || fieldB(next) != regOf(w) {
		return false
	}
	numbers := [3]int64{0, 0, 1} // start, stop, step
	for i := range args {
		if i == len(numbers) || !args[i].IsInt() {
			return false
		}
		numbers[i] = args[i].Int()
	}
	switch len(args) {
	case 0:
		return false
	case 1:
		numbers[0], numbers[1] = 0, numbers[0]
	}
	var v Value
	if x&lift.Walks != 0 {
		v = object.WalkRange(numbers[0], numbers[1], numbers[2])
	} else {
		v = lendRange(t, numbers[0], numbers[1], numbers[2])
	}
	if v.P == nil {
		return false
	}
	*regA(fp, next) = v
	t.IP += wordSize
	return true
}
