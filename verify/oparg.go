package verify

import (
	"fmt"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// checkOparg checks the operand of an instruction by what it means, and what
// the interpreter takes for granted of the instructions around it.
func (a *analysis) checkOparg(i int) bool {
	in := &a.ins[i]
	op := &a.m.ops[in.op]
	arg := int(in.arg)
	o := a.o
	low, limit := 0, -1 // from low to below limit
	switch op.info.Operand {
	case opcode.Const:
		limit = o.Consts.Len()
	case opcode.Name, opcode.NameFlag, opcode.NameSuper, opcode.NameImport:
		if n := op.info.Operand.NameIndex(arg); n >= o.Names.Len() {
			return a.range1(i, "name", n, 0, o.Names.Len())
		}
	case opcode.Local:
		return a.checkSlot(i, arg)
	case opcode.LocalPair:
		return a.checkSlot(i, arg>>4) && a.checkSlot(i, arg&15)
	case opcode.Free:
		return a.checkFree(i, op)
	case opcode.Compare:
		arg >>= a.m.table.CompareShift
		limit = len(a.m.table.CmpOps)
		if limit > 0 && a.m.table.CmpOps[limit-1] == "BAD" {
			limit-- // the end of the list, and no comparison (to 3.8)
		}
	case opcode.BinaryOp:
		limit = len(a.m.table.BinaryOps)
	case opcode.Intrinsic1:
		low, limit = 1, len(a.m.table.Intrinsics1)
	case opcode.Intrinsic2:
		low, limit = 1, len(a.m.table.Intrinsics2)
	case opcode.CommonConst:
		limit = len(a.m.table.CommonConstants)
	case opcode.SpecialMethod:
		limit = len(a.m.table.SpecialMethods)
	case opcode.ConvertValue:
		low, limit = 1, len(a.m.table.Conversions)
	case opcode.FormatValue:
		limit = 8
	case opcode.MakeFlags:
		limit = 1 << len(a.m.table.FunctionFlags)
	case opcode.FunctionAttr:
		if arg <= 0 || arg&(arg-1) != 0 || arg >= 1<<len(a.m.table.FunctionFlags) {
			a.faultAt(i, Oparg, op.info.Name+" has an operand out of range", fmt.Sprint(arg), "one bit")
			return false
		}
	case opcode.CallFlags, opcode.Invert:
		limit = 2
	case opcode.SmallInt:
		limit = 256
	case opcode.Depth:
		low = 1
		if op.op == opcode.SWAP {
			low = 2
		}
	case opcode.ResumePoint:
		limit = 4
		if o.Version >= pyver.Py313 {
			limit = 8 // with the bit for the depth of handlers
		}
		if o.Version >= pyver.Py315 {
			limit = 16
		}
	case opcode.Origin:
		if t := int(in.offset) + 2 - 2*arg; t < 0 {
			a.faultAt(i, Oparg, op.info.Name+" names an origin outside of the code", fmt.Sprint(t), "")
			return false
		}
	}
	switch op.op {
	case opcode.RAISE_VARARGS:
		limit = 3
		if o.Version < pyver.Py30 {
			limit = 4
		}
	case opcode.BUILD_SLICE:
		low, limit = 2, 4
	case opcode.DUP_TOPX:
		low, limit = 2, 4 // the interpreter aborts at others
	case opcode.RERAISE:
		limit = 3
	case opcode.GET_AWAITABLE:
		if op.info.Has(opcode.HasArg) {
			limit = 3
		}
	case opcode.BUILD_INTERPOLATION:
		limit = 16
	case opcode.YIELD_VALUE:
		if o.Version >= pyver.Py313 {
			limit = 2
		}
	case opcode.COPY_FREE_VARS:
		low, limit = a.vars.frees, a.vars.frees+1
	case opcode.LOAD_FROM_DICT_OR_GLOBALS:
	case opcode.KW_NAMES, opcode.PRECALL:
		return a.range1(i, "operand", arg, low, limit) && a.checkCallShape(i, op)
	case opcode.FOR_ITER:
		return a.checkLoopEnd(i)
	case opcode.SEND:
		return a.checkSend(i)
	}
	return a.range1(i, "operand", arg, low, limit)
}

// range1 checks that n is at least low and below limit; -1 is no limit.
func (a *analysis) range1(i int, what string, n, low, limit int) bool {
	if n >= low && (limit < 0 || n < limit) {
		return true
	}
	want := fmt.Sprintf("%d to %d", low, limit-1)
	switch {
	case limit < 0:
		want = fmt.Sprintf("%d or more", low)
	case limit <= low:
		want = "nothing: there is none"
	}
	a.faultAt(i, Oparg, fmt.Sprintf("%s has its %s out of range", a.m.ops[a.ins[i].op].info.Name, what), fmt.Sprint(n), want)
	return false
}

func (a *analysis) checkSlot(i, n int) bool {
	return a.range1(i, "local variable", n, 0, a.vars.n)
}

// checkFree checks the operand of instructions that work on cells.
func (a *analysis) checkFree(i int, op *operation) bool {
	arg := int(a.ins[i].arg)
	if a.o.Version < pyver.Py311 {
		low := 0
		if op.op == opcode.LOAD_CLASSDEREF {
			if !a.checkNamespace(i) {
				return false
			}
			low = a.vars.cells // only free variables
		}
		return a.range1(i, "cell", arg, low, a.vars.cells+a.vars.frees)
	}
	if op.op == opcode.LOAD_CLASSDEREF && !a.checkNamespace(i) || !a.range1(i, "variable", arg, 0, a.vars.n) {
		return false
	}
	if a.o.KindOf(arg)&(code.KindCell|code.KindFree) == 0 {
		a.faultAt(i, Oparg, op.info.Name+" of a variable that is neither cell nor free variable", fmt.Sprint(arg), "")
		return false
	}
	return true
}

// checkCallShape checks that KW_NAMES and PRECALL stand right before the CALL
// they belong to: specialized calls take that for granted.
func (a *analysis) checkCallShape(i int, op *operation) bool {
	ok := i+1 < len(a.ins)
	if ok {
		next := &a.ins[i+1]
		nop := a.m.ops[next.op].op
		switch {
		case op.op == opcode.PRECALL:
			ok = nop == opcode.CALL && next.arg == a.ins[i].arg
		case a.o.Version == pyver.Py311:
			ok = nop == opcode.PRECALL
		default:
			ok = nop == opcode.CALL
		}
		ok = ok && next.leader < 0
	}
	if !ok {
		a.faultAt(i, Oparg, op.info.Name+" does not stand before its CALL", "", "")
	}
	return ok
}

// checkLoopEnd checks that a loop ends at END_FOR, which FOR_ITER skips.
func (a *analysis) checkLoopEnd(i int) bool {
	if a.o.Version < pyver.Py312 {
		return true
	}
	t := &a.ins[a.ins[i].target]
	if a.m.ops[t.op].op != opcode.END_FOR || t.start != t.offset {
		a.faultAt(i, Jump, "FOR_ITER leads elsewhere than to END_FOR", a.m.ops[t.op].info.Name, "END_FOR")
		return false
	}
	return true
}

// checkSend checks that the interpreter finds its way back from a generator
// that SEND enters: it keeps the distance to the target in 16 bits (3.12 on).
func (a *analysis) checkSend(i int) bool {
	in := &a.ins[i]
	most := 1<<16 - 2 - int(a.m.ops[in.op].info.Caches)
	if a.o.Version >= pyver.Py312 && int(in.arg) > most {
		a.faultAt(i, Jump, "SEND leads too far", fmt.Sprint(in.arg), fmt.Sprint("at most ", most))
		return false
	}
	return true
}

// checkNamespace checks that the code has a namespace, in which
// LOAD_CLASSDEREF looks without asking (to 3.11).
func (a *analysis) checkNamespace(i int) bool {
	f := code.Optimized
	if a.o.Version < pyver.Py311 {
		f |= code.NewLocals
	}
	if a.o.Flags&f == f {
		a.faultAt(i, Flags, "LOAD_CLASSDEREF in a function, which has no namespace", "", "")
		return false
	}
	return true
}
