package vm

import (
	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
)

// inplace is the offset of in-place operators among BINARY_OP's opargs.
const inplace = 13

func binary(t *Thread, a, b Value, x uint) Value {
	if x >= inplace {
		return t.InplaceOp(a, b, object.BinaryOp(x-inplace))
	}
	return t.BinaryOp(a, b, object.BinaryOp(x))
}

func opBinary(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	return operate(t, fp, w, *regB(fp, w), *regC(fp, w))
}

// swapBit in x says that the immediate is the left operand.
const swapBit = 128

func opBinaryI(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	a, b := immediateOperands(fp, w)
	return operate(t, fp, w, a, b)
}

// immediateOperands returns the operands of a word whose c is a number.
func immediateOperands(fp ptr, w uint64) (a, b Value) {
	return inOrder(*regB(fp, w), object.MakeInt(immC(w)), fieldX(w))
}

func opBinaryK(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	a, b := constantOperands(fp, w)
	return operate(t, fp, w, a, b)
}

// constantOperands returns the operands of a word whose c is a constant.
func constantOperands(fp ptr, w uint64) (a, b Value) {
	return inOrder(*regB(fp, w), constAt(fp, fieldC(w)/int(valueSize)), fieldX(w))
}

// inOrder returns the operands of a word as the program has them.
func inOrder(a, b Value, x uint) (Value, Value) {
	if x&swapBit != 0 {
		return b, a
	}
	return a, b
}

// operatorOf returns the operator of a word.
func operatorOf(w uint64) uint { return fieldX(w) & lift.Operator }

// operate stores a op b.
func operate(t *Thread, fp ptr, w uint64, a, b Value) bool {
	x := operatorOf(w)
	if (x == uint(object.OpAdd) || x == inplace+uint(object.OpAdd)) && a.Is(&object.StrType) && b.Is(&object.StrType) {
		return put(fp, w, t.AddStrs(a.Str(), b.Str(), fieldX(w)&lift.Fleeting != 0))
	}
	if a.Type() == &object.IntType && b.Type() == &object.IntType && lift.Op(w) != lift.Binary {
		if x >= inplace {
			x -= inplace
		}
		if x == uint(object.OpTrueDivide) && isInt(&a) && isInt(&b) && b.B != 0 && exact(a.B) && exact(b.B) {
			setFloat(regA(fp, w), float64(int64(a.B))/float64(int64(b.B)))
			return true
		}
		return put(fp, w, t.IntOp(a, b, object.BinaryOp(x), fieldX(w)&lift.Fleeting != 0))
	}
	object.Settle(a)
	object.Settle(b)
	if isCollection(a) || isCollection(b) {
		return operateOwned(t, fp, w, a, b, x)
	}
	return enterBinary(t, a, b, x) || put(fp, w, binary(t, a, b, x))
}

// exact reports whether a float can be any int of this size.
func exact(b uint64) bool { return b+1<<53 <= 1<<54 }

// rightOf says of every binary operator's word where the operand that it names last is.
var rightOf [256]operand

// operandsOf returns the operands and the operator of any word of a binary operator.
func operandsOf(fp ptr, w uint64) (a, b Value, x uint) {
	switch rightOf[uint8(w)] {
	case immediate:
		a, b = immediateOperands(fp, w)
	case constant:
		a, b = constantOperands(fp, w)
	default:
		a, b = *regB(fp, w), *regC(fp, w)
	}
	return a, b, operatorOf(w)
}

func opNeg(t *Thread, fp ptr, w uint64) bool    { return put(fp, w, t.Negative(*regB(fp, w))) }
func opInvert(t *Thread, fp ptr, w uint64) bool { return put(fp, w, t.Invert(*regB(fp, w))) }

func opNot(t *Thread, fp ptr, w uint64) bool {
	b, ok := t.IsTrue(*regB(fp, w))
	if ok {
		*regA(fp, w) = object.MakeBool(!b)
	}
	return ok
}

func opToBool(t *Thread, fp ptr, w uint64) bool {
	b, ok := t.IsTrue(*regB(fp, w))
	if ok {
		*regA(fp, w) = object.MakeBool(b)
	}
	return ok
}

func compareOp(op lift.Op) object.CompareOp {
	switch op {
	case lift.Lt:
		return object.CmpLt
	case lift.Le:
		return object.CmpLe
	case lift.Eq:
		return object.CmpEq
	case lift.Ne:
		return object.CmpNe
	case lift.Gt:
		return object.CmpGt
	}
	return object.CmpGe
}

func opCompare(t *Thread, fp ptr, w uint64) bool {
	if b, c := regB(fp, w), regC(fp, w); b.Is(&object.StrType) && c.Is(&object.StrType) {
		r, _ := t.CompareBool(*b, *c, compareOp(lift.Op(w)))
		setBool(regA(fp, w), r)
		return true
	}
	a, b, op := *regB(fp, w), *regC(fp, w), compareOp(lift.Op(w))
	if a.Type() == &object.TupleType {
		return compared(t, fp, w, compareTuple(t, a, b, op))
	}
	return enterCompare(t, a, b, op) || compared(t, fp, w, t.Compare(a, b, op))
}

// compared stores the result of a comparison.
func compared(t *Thread, fp ptr, w uint64, v Value) bool {
	if v.P == nil {
		return false
	}
	if fieldX(w) == 1 && !v.IsBool() {
		b, ok := t.IsTrue(v)
		if !ok {
			return false
		}
		v = object.MakeBool(b)
	}
	*regA(fp, w) = v
	return true
}

func opIs(t *Thread, fp ptr, w uint64) bool {
	*regA(fp, w) = object.MakeBool((*regB(fp, w) == *regC(fp, w)) != (fieldX(w) == 1))
	return true
}

func contains(t *Thread, fp ptr, w uint64, x, in Value) bool {
	r, ok, known := inBuiltin(t, in, x)
	if !known {
		if enterContains(t, in, x) {
			return true
		}
		r, ok = t.Contains(in, x)
	}
	if ok {
		*regA(fp, w) = object.MakeBool(r != (fieldX(w) == 1))
	}
	return ok
}

func opContains(t *Thread, fp ptr, w uint64) bool {
	return contains(t, fp, w, *regB(fp, w), *regC(fp, w))
}

func opContainsK(t *Thread, fp ptr, w uint64) bool {
	return contains(t, fp, w, *regB(fp, w), constAt(fp, fieldC(w)/int(valueSize)))
}

func opSubscr(t *Thread, fp ptr, w uint64) bool {
	v, k := regB(fp, w), regC(fp, w)
	if v.Type() == &object.DictType {
		// Without the way through the slots, and without waiting for the collector: nothing is allocated.
		var x Value
		if isInt(k) {
			x = (*object.Dict)(v.P).GetInt(*k)
		} else if k.Type() == &object.StrType {
			x = (*object.Dict)(v.P).GetStr((*object.Str)(k.P))
		} else {
			x = (*object.Dict)(v.P).GetQuick(*k)
		}
		if x.P != nil {
			*regA(fp, w) = x
			return true
		}
	} else if isInt(k) && charOf(regA(fp, w), v, int64(k.B)) {
		return true
	}
	return subscr(t, fp, w, *v, *k)
}

// subscr stores v[k].
func subscr(t *Thread, fp ptr, w uint64, v, k Value) bool {
	mayWait(t)
	if v.Type() == &object.DictType {
		// Without the way through the slots. Python code can run for the comparison, as there.
		if k.Type() == &object.StrType {
			if x := (*object.Dict)(v.P).GetStr((*object.Str)(k.P)); x.P != nil {
				*regA(fp, w) = x
				return true
			}
		}
		x, ok := (*object.Dict)(v.P).Get(t, k)
		if x.P == nil {
			if ok {
				t.KeyError(k)
			}
			return false
		}
		*regA(fp, w) = x
		return true
	}
	if v.Type() == &object.ListType && k.Type() == &object.SliceType {
		if s := object.To[object.Slice](k); plainBound(&s.Start) && plainBound(&s.Stop) && plainBound(&s.Step) {
			return sliceList(t, fp, w, object.To[object.List](v), s)
		}
	}
	if m := method(t, v.Type(), nameGetItem); m != nil {
		return tail(t, fp, w, m, v, k)
	}
	return put(fp, w, t.GetItem(v, k))
}

// charOf stores character i of a str, if it is one and has it.
func charOf(d, v *Value, i int64) bool {
	if (*object.Head)(v.P).Type != &object.StrType {
		return false
	}
	s := (*object.Str)(v.P)
	if i < 0 {
		i += int64(s.Len())
	}
	if uint64(i) >= uint64(s.Len()) {
		return false
	}
	*d = s.At(int(i))
	return true
}

func opSubscrI(t *Thread, fp ptr, w uint64) bool {
	if charOf(regA(fp, w), regB(fp, w), immC(w)) {
		return true
	}
	return subscr(t, fp, w, *regB(fp, w), object.MakeInt(immC(w)))
}

func opSubscrK(t *Thread, fp ptr, w uint64) bool {
	mayWait(t)
	return subscr(t, fp, w, *regB(fp, w), constAt(fp, fieldC(w)/int(valueSize)))
}

func opStoreSubscr(t *Thread, fp ptr, w uint64) bool {
	return storeSubscr(t, *regA(fp, w), *regB(fp, w), *regC(fp, w))
}

// storeSubscr does v[k] = x.
func storeSubscr(t *Thread, v, k, x Value) bool {
	if v.Type() == &object.DictType {
		return (*object.Dict)(v.P).Set(t, k, x)
	}
	if m := method(t, v.Type(), nameSetItem); m != nil {
		return tailNone(t, m, v, k, x)
	}
	return t.SetItem(v, k, x)
}

func opStoreSubscrI(t *Thread, fp ptr, w uint64) bool {
	return storeSubscr(t, *regA(fp, w), object.MakeInt(immB(w)), *regC(fp, w))
}

func opStoreSubscrK(t *Thread, fp ptr, w uint64) bool {
	return storeSubscr(t, *regA(fp, w), constAt(fp, fieldB(w)/int(valueSize)), *regC(fp, w))
}

func opDeleteSubscr(t *Thread, fp ptr, w uint64) bool {
	return t.SetItem(*regA(fp, w), *regB(fp, w), Value{})
}
