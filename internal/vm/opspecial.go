package vm

import (
	"sync/atomic"

	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
)

// Comparisons, binary operators and membership tests whose method is a plain function in Python run it in a frame of the caller's loop. What is left
// to do with the result, proceed does when the function returns: a truth value is wanted, or, rarely, it is NotImplemented and
// the other operand is asked. The operands are still in the word's registers then.

// enterPlain makes f's frame run with up to three arguments, if these are what it takes and there is nothing else to do. Where not, it does nothing.
func enterPlain(t *Thread, f *object.Func, flags uint64, args ...Value) bool {
	c := f.Code
	if c.Args != len(args) || t.Frame >= atomic.LoadUintptr(&t.FrameLimit) {
		return false
	}
	at := top(t)
	if uintptr(at)+c.FrameBytes >= t.SlabLimit {
		return false
	}
	for i := range args {
		*nth((*Value)(at), i) = args[i]
	}
	enterFrame(t, f, at, flags)
	return true
}

// first reports whether a's methods are asked before b's.
func first(a, b Value) bool {
	return a.Type() == b.Type() || b.Type().Flags&object.FlagHeap == 0
}

// enterCompare begins a op b, if it can be done so.
func enterCompare(t *Thread, a, b Value, op object.CompareOp) bool {
	cls := a.Type()
	if cls.Flags&object.FlagHeap == 0 || !first(a, b) {
		return false
	}
	flags := uint64(flagThen)
	f := cls.Lookup(t, op.Method())
	if op == object.CmpNe && f == objectNe {
		f = cls.Lookup(t, object.CmpEq.Method())
		flags |= flagElse
	}
	return f.P != nil && f.Type() == &object.FuncType && enterPlain(t, object.To[object.Func](f), flags, a, b)
}

// objectNe is object's __ne__, which is the inverse of __eq__.
var objectNe Value

func init() {
	object.OnFirst(func() { objectNe = object.ObjectType.Dict().GetStr(object.CmpNe.Method()) })
}

// enterBinary begins a op b, or a op= b, if it can be done so.
func enterBinary(t *Thread, a, b Value, x uint) bool {
	cls := a.Type()
	if cls.Flags&object.FlagHeap == 0 || !first(a, b) {
		return false
	}
	flags := uint64(flagThen)
	op := object.BinaryOp(x)
	if x >= inplace {
		op -= inplace
		if cls.Inplace[op] != nil {
			f := method(t, cls, op.InplaceMethod())
			return f != nil && enterPlain(t, f, flags, a, b)
		}
		flags |= flagElse
	}
	if !cls.OwnBinary(op) {
		return false
	}
	f := method(t, cls, op.Method())
	return f != nil && enterPlain(t, f, flags, a, b)
}

// enterContains begins x in v, if it can be done so.
func enterContains(t *Thread, v, x Value) bool {
	f := method(t, v.Type(), nameContains)
	return f != nil && enterPlain(t, f, flagThen, v, x)
}

var nameContains = object.StaticName("__contains__")

// proceed goes on with the operation of the word that runs, whose method has returned v. other says that the method was not the one named first:
// __eq__ for !=, or __add__ for +=.
func proceed(t *Thread, v Value, other bool) bool {
	fp, w := fpOf(t), word(ipOf(t))
	switch op := lift.Op(w); op {
	case lift.Lt, lift.Le, lift.Eq, lift.Ne, lift.Gt, lift.Ge:
		return compared(t, fp, w, afterCompare(t, *regB(fp, w), *regC(fp, w), compareOp(op), v, other))
	case lift.Contains, lift.ContainsK:
		r, ok := t.IsTrue(v)
		*regA(fp, w) = object.MakeBool(r != (fieldX(w) == 1))
		return ok
	case lift.JumpIn, lift.JumpNotIn, lift.JumpInK, lift.JumpNotInK:
		return branch(t, w, v, jumpsIn(op))
	default:
		if c := &comparisons[uint8(w)]; c.jumps {
			v = afterCompare(t, *regA(fp, w), c.right(fp, w), c.cmp, v, other)
			if v.P == nil {
				return false
			}
			r, ok := t.IsTrue(v)
			return ok && c.jump(t, w, r)
		}
	}
	if v == object.NotImplemented {
		v = afterBinary(t, fp, w, other)
	}
	return put(fp, w, v)
}

// afterCompare returns what a op b is if a's method has returned v.
func afterCompare(t *Thread, a, b Value, op object.CompareOp, v Value, inverse bool) Value {
	if v == object.NotImplemented {
		return t.CompareAfter(a, b, op)
	}
	if inverse {
		r, ok := t.IsTrue(v)
		if !ok {
			return Value{}
		}
		return object.MakeBool(!r)
	}
	return v
}

// afterBinary returns the result of an operator whose method in the left operand's class does not know the right operand.
func afterBinary(t *Thread, fp ptr, w uint64, other bool) Value {
	a, b, x := operandsOf(fp, w)
	switch {
	case x < inplace:
		return t.BinaryAfter(a, b, object.BinaryOp(x), false)
	case other:
		return t.BinaryAfter(a, b, object.BinaryOp(x-inplace), true)
	}
	return t.InplaceAfter(a, b, object.BinaryOp(x-inplace))
}
