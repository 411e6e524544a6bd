package flowgraph

import (
	"math"
	"math/big"
	"slices"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/instruction"
	"github.com/krait-py/krait/opcode"
)

// Constant arithmetic does what the interpreter would do when the program runs.
// What would raise an exception there, or give a result beyond the limits below,
// is not folded: unary and binary return nil.
const (
	maxIntBits = 128  // of products, powers and left shifts
	maxRepeat  = 256  // items of a repeated tuple ...
	maxItems   = 1024 // ... and of all tuples in it
	maxText    = 4096 // characters of a repeated str or bytes
)

// The opargs of BINARY_OP; the in-place ones follow and are never folded.
const (
	opAdd = iota
	opAnd
	opFloorDivide
	opLeftShift
	opMatrixMultiply
	opMultiply
	opRemainder
	opOr
	opPower
	opRightShift
	opSubtract
	opTrueDivide
	opXor
	opSubscript = 26
)

func boolValue(v bool) code.Value {
	if v {
		return code.True
	}
	return code.False
}

// truth returns bool(v).
func truth(v code.Value) bool {
	switch v := v.(type) {
	case *code.NoneType:
		return false
	case *code.Bool:
		return v.V
	case *code.Int:
		return v.Big != nil || v.V != 0
	case *code.Float:
		return v.V != 0
	case *code.Complex:
		return v.Re != 0 || v.Im != 0
	case *code.Str:
		return v.S != ""
	case *code.Bytes:
		return v.S != ""
	case *code.Tuple:
		return len(v.Items) > 0
	case *code.Set:
		return len(v.Items) > 0
	}
	return true
}

// unary returns the result of UNARY_NEGATIVE, UNARY_INVERT, UNARY_NOT, or, for any
// other instruction, of the unary plus.
func unary(op opcode.Op, v code.Value) code.Value {
	if op == opcode.UNARY_NOT {
		return boolValue(!truth(v))
	}
	if op == opcode.UNARY_INVERT {
		if i, ok := v.(*code.Int); ok {
			if i.Big != nil {
				return intValue(new(big.Int).Not(i.Big))
			}
			return &code.Int{V: ^i.V}
		}
		return nil // bools give a warning when the program runs
	}
	negative := op == opcode.UNARY_NEGATIVE
	switch v := v.(type) {
	case *code.Bool, *code.Int:
		i := intOf(v)
		switch {
		case !negative:
			return i
		case i.Big == nil && i.V != math.MinInt64:
			return &code.Int{V: -i.V}
		}
		return intValue(new(big.Int).Neg(bigOf(i)))
	case *code.Float:
		if !negative {
			return v
		}
		return &code.Float{V: -v.V}
	case *code.Complex:
		if !negative {
			return v
		}
		return &code.Complex{Re: -v.Re, Im: -v.Im}
	}
	return nil
}

// binary returns the result of BINARY_OP op, nil if it is not folded.
func binary(op int32, a, b code.Value) code.Value {
	switch {
	case op == opSubscript:
		return subscript(a, b)
	case op > opXor || op == opMatrixMultiply:
		return nil
	}
	x, y := rank(a), rank(b)
	switch {
	case x == 0 || y == 0:
		return sequenceOp(op, a, b)
	case x == rankComplex || y == rankComplex:
		return complexOp(op, a, b)
	case x == rankFloat || y == rankFloat:
		v, ok1 := floatOf(a)
		w, ok2 := floatOf(b)
		if !ok1 || !ok2 {
			return nil
		}
		return floatOp(op, v, w)
	}
	if p, ok := a.(*code.Bool); ok {
		if q, ok := b.(*code.Bool); ok {
			switch op {
			case opAnd:
				return boolValue(p.V && q.V)
			case opOr:
				return boolValue(p.V || q.V)
			case opXor:
				return boolValue(p.V != q.V)
			}
		}
	}
	return intOp(op, intOf(a), intOf(b))
}

// The numeric tower; 0 is no number.
const (
	rankInt = iota + 1
	rankFloat
	rankComplex
)

func rank(v code.Value) int {
	switch v.(type) {
	case *code.Int, *code.Bool:
		return rankInt
	case *code.Float:
		return rankFloat
	case *code.Complex:
		return rankComplex
	}
	return 0
}

// frozenSet returns the frozen set of items: of those that are equal, the first.
func frozenSet(items []code.Value) *code.Set {
	set := &code.Set{Frozen: true, Items: make([]code.Value, 0, len(items))}
	for _, v := range items {
		if !slices.ContainsFunc(set.Items, func(w code.Value) bool { return equal(v, w) }) {
			set.Items = append(set.Items, v)
		}
	}
	return set
}

// equal reports whether a == b in Python, where 1 == 1.0 == True.
func equal(a, b code.Value) bool {
	if a == b {
		return true
	}
	if x, y := rank(a), rank(b); x != 0 && y != 0 {
		if x == rankComplex || y == rankComplex {
			v, ok1 := complexOf(a)
			w, ok2 := complexOf(b)
			return ok1 && ok2 && v == w && exact(a, b)
		}
		return exact(a, b)
	}
	switch a := a.(type) {
	case *code.Str:
		b, ok := b.(*code.Str)
		return ok && a.S == b.S
	case *code.Bytes:
		b, ok := b.(*code.Bytes)
		return ok && a.S == b.S
	case *code.Tuple:
		b, ok := b.(*code.Tuple)
		return ok && slices.EqualFunc(a.Items, b.Items, equal)
	case *code.Set:
		b, ok := b.(*code.Set)
		if !ok || len(a.Items) != len(b.Items) {
			return false
		}
		for _, v := range a.Items {
			if !slices.ContainsFunc(b.Items, func(w code.Value) bool { return equal(v, w) }) {
				return false
			}
		}
		return true
	case *code.Slice:
		b, ok := b.(*code.Slice)
		return ok && equal(a.Start, b.Start) && equal(a.Stop, b.Stop) && equal(a.Step, b.Step)
	case *code.NoneType, *code.EllipsisType:
		return string(instruction.AppendKey(nil, a)) == string(instruction.AppendKey(nil, b))
	}
	return false
}

// exact reports whether two numbers have the same value, without rounding.
func exact(a, b code.Value) bool {
	real := func(v code.Value) (*big.Rat, bool) {
		switch v := v.(type) {
		case *code.Float:
			r := new(big.Rat).SetFloat64(v.V)
			return r, r != nil
		case *code.Complex:
			r := new(big.Rat).SetFloat64(v.Re)
			return r, r != nil && v.Im == 0
		}
		return new(big.Rat).SetInt(bigOf(intOf(v))), true
	}
	v, ok1 := real(a)
	w, ok2 := real(b)
	if ok1 && ok2 {
		return v.Cmp(w) == 0
	}
	x, ok1 := complexOf(a)
	y, ok2 := complexOf(b)
	return ok1 && ok2 && x == y
}
