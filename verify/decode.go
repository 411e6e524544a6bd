package verify

import (
	"fmt"
	"slices"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// instr is an instruction of the code object.
type instr struct {
	start   int32 // of its first EXTENDED_ARG
	offset  int32
	arg     int32
	target  int32 // index of the instruction that it may jump to, or -1
	handler int32 // index of its entry of the exception table, or -1
	leader  int32 // index into states, or -1
	op      uint8
}

// maxCode is how much bytecode is looked at. CPython's own limit is the same.
const maxCode = 1<<31 - 1

// maxArg is the largest operand there may be: with it no count of values on
// the stack overflows.
const maxArg = 1 << 28

// decode reads the instructions and finds what can be wrong with each of them
// alone. It reports whether there are any to go on with.
func (a *analysis) decode() bool {
	text := a.o.Code
	if text == nil || len(text.S) == 0 {
		a.whole(Size, "there is no bytecode", "0 bytes", "at least one instruction")
		return false
	}
	size := len(text.S)
	wide := a.o.Version >= pyver.Py36
	switch {
	case size > maxCode:
		a.whole(Limit, "too much bytecode", fmt.Sprint(size, " bytes"), "")
		return false
	case wide && size%2 != 0:
		a.whole(Size, "half an instruction at the end", fmt.Sprint(size, " bytes"), "an even number")
		return false
	}
	a.at = zeroed(a.at, size)
	a.ins = slices.Grow(a.ins, size/6+1)
	ok := true
	for in := range a.o.Instructions() {
		if in.End > size {
			a.fault(in.Offset, FallsOff, "the bytecode breaks off inside of an instruction or its caches", "", "")
			return false
		}
		op := &a.m.ops[in.Op]
		if !op.plain {
			ok = a.decodeOdd(in, op) && ok
		} else if in.Start != in.Offset {
			ok = a.decodeExtended(in) && ok
		}
		a.ins = append(a.ins, instr{
			start: int32(in.Start), offset: int32(in.Offset), arg: int32(in.Arg),
			op: in.Op, target: -1, handler: -1, leader: -1,
		})
		a.at[in.Start] = int32(len(a.ins))
	}
	if !ok {
		return false
	}
	for _, j := range a.jumps {
		in := &a.ins[j.from]
		t, found := a.index(j.to)
		if !found {
			a.fault(int(in.offset), Jump, a.m.ops[in.op].info.Name+" leads to no instruction",
				fmt.Sprintf("target %d", j.to), "the start of an instruction")
			ok = false
			continue
		}
		in.target = int32(t)
		if op := &a.m.ops[in.op]; op.info.Operand.IsJump() {
			a.lead(t)
			if op.op == opcode.CALL_FINALLY && int(j.from)+1 < len(a.ins) {
				a.lead(int(j.from) + 1)
			}
		}
	}
	a.linked = ok
	ok = ok && a.checkPrologue()
	ok = ok && a.decodeHandlers()
	consts, names := a.o.Consts.Len(), a.o.Names.Len()
	for i := range a.ins {
		in := &a.ins[i]
		switch a.m.ops[in.op].check {
		case checkNothing:
			continue
		case checkConst:
			if int(in.arg) < consts {
				continue
			}
		case checkLocal:
			if int(in.arg) < a.vars.n {
				continue
			}
		case checkName:
			if int(in.arg) < names {
				continue
			}
		}
		ok = ok && a.checkOparg(i)
	}
	return ok
}

// decodeOdd sees to an instruction that has a cache or a target, or must not
// be there.
func (a *analysis) decodeOdd(in code.Instr, op *operation) bool {
	ok := true
	if !op.valid || op.op == opcode.EXTENDED_ARG {
		a.badOpcode(in.Offset, op)
		ok = false
	}
	if in.Start != in.Offset {
		ok = a.decodeExtended(in) && ok
	}
	for k := in.Next(); k < in.End; k++ {
		if a.o.Code.S[k] != 0 {
			a.fault(in.Offset, Caches, op.info.Name+" has an inline cache that is not empty", "", "zeros")
			break
		}
	}
	if op.aims {
		if t, isJump := in.JumpTarget(); isJump {
			// Where it leads is looked up when all instructions are known.
			a.jumps = append(a.jumps, jump{int32(len(a.ins)), t})
		}
	}
	return ok
}

// decodeExtended checks an operand with EXTENDED_ARGs.
func (a *analysis) decodeExtended(in code.Instr) bool {
	most := 3 * 2
	if a.o.Version < pyver.Py36 {
		most = 3 // each has 16 bits
	}
	if in.Arg < 0 || in.Arg > maxArg || in.Offset-in.Start > most {
		a.fault(in.Offset, Oparg, "the operand is too large", fmt.Sprint(in.Arg), "")
		return false
	}
	return true
}

// jump is an instruction that names an offset.
type jump struct {
	from int32
	to   int
}

// index returns the index of the instruction that starts at an offset.
func (a *analysis) index(offset int) (int, bool) {
	if offset < 0 || offset >= len(a.at) || a.at[offset] == 0 {
		return 0, false
	}
	return int(a.at[offset]) - 1, true
}

// lead makes instruction i a leader: its state is kept.
func (a *analysis) lead(i int) {
	if a.ins[i].leader < 0 {
		a.ins[i].leader = int32(len(a.leaders))
		a.leaders = append(a.leaders, int32(i))
	}
}

func (a *analysis) badOpcode(offset int, op *operation) {
	what := ""
	switch {
	case op.op == 0:
		what = fmt.Sprintf("opcode %d is no instruction of Python %v", op.info.Number, a.o.Version)
	case op.op == opcode.EXTENDED_ARG:
		what = "EXTENDED_ARG with no instruction behind it"
	case op.info.Has(opcode.Specialized):
		what = op.info.Name + " is a specialized instruction, which the interpreter writes while it runs"
	case op.info.Has(opcode.Instrumented):
		what = op.info.Name + " is an instrumented instruction, which sys.monitoring writes"
	default:
		what = op.info.Name + " is for the interpreter's own use"
	}
	a.fault(offset, Opcode, what, "", "")
}

// decodeHandlers checks the exception table and notes for each instruction
// which entry it is in. The interpreter searches the table by its order, so
// that ranges have to be sorted and apart.
func (a *analysis) decodeHandlers() bool {
	if a.o.Version < pyver.Py311 {
		return true
	}
	entries, err := a.o.ExceptionEntries()
	if err != nil {
		a.whole(ExceptionTable, err.Error(), "", "")
		return false
	}
	ok := true
	end := 0
	for n, e := range entries {
		bad := func(msg, want string) {
			a.whole(ExceptionTable, fmt.Sprintf("entry %d, %d to %d, handler %d: %s", n, e.Start, e.End, e.Target, msg), "", want)
			ok = false
		}
		if e.Start < end {
			bad("the range begins before the one before ends", fmt.Sprint(end, " or more"))
			continue
		}
		if e.End <= e.Start {
			bad("the range is empty", "")
			continue
		}
		end = e.End
		first, found := a.index(e.Start)
		if !found {
			bad("the range does not begin with an instruction", "")
			continue
		}
		last := len(a.ins)
		if e.End != len(a.at) {
			if last, found = a.index(e.End); !found {
				bad("the range does not end with an instruction", "")
				continue
			}
		}
		t, found := a.index(e.Target)
		if !found {
			bad("the handler is no instruction", "")
			continue
		}
		extra := 1
		if e.Lasti {
			extra++
		}
		if e.Depth+extra > a.o.StackSize {
			bad("the handler needs more stack than there is", fmt.Sprint("at most ", a.o.StackSize))
			continue
		}
		for i := first; i < last; i++ {
			a.ins[i].handler = int32(n)
		}
		a.lead(t)
		a.handlers = append(a.handlers, handler{target: int32(t), depth: int32(e.Depth), lasti: e.Lasti})
	}
	return ok
}

// handler is an entry of the exception table.
type handler struct {
	target int32 // index of an instruction
	depth  int32
	lasti  bool
}

// zeroed returns a slice of n zeros, in the memory of s if it is large enough.
func zeroed[T any](s []T, n int) []T {
	s = slices.Grow(s[:0], n)[:n]
	clear(s)
	return s
}

// checkPrologue checks that code of 3.11 and later begins by making the cells
// of its arguments and copying its free variables: super() looks at them
// without asking whether that has been done.
func (a *analysis) checkPrologue() bool {
	if a.hasBlocks() {
		return true
	}
	copied := a.vars.frees == 0
	var made map[int]bool
	first := 0 // the instruction behind these
	for ; first < len(a.ins); first++ {
		in := &a.ins[first]
		op := a.m.ops[in.op].op
		if op == opcode.COPY_FREE_VARS {
			copied = true
		} else if op == opcode.MAKE_CELL {
			if made == nil {
				made = map[int]bool{}
			}
			made[int(in.arg)] = true
		} else {
			break
		}
	}
	if !copied {
		a.whole(Cell, "the code has free variables, but does not begin with COPY_FREE_VARS", "", "")
		return false
	}
	for i := range a.vars.args {
		if a.o.KindOf(i)&code.KindCell != 0 && !made[i] {
			a.whole(Cell, fmt.Sprintf("argument %q is a cell variable, but the code does not begin with MAKE_CELL of it", a.localName(i)), "", "")
			return false
		}
	}
	return a.o.Version < pyver.Py315 || a.checkEntry(first)
}

// checkEntry checks that RESUME is the first instruction of 3.15 that does anything: its
// interpreter takes frames to be incomplete up to there and dies when it traces one
// that never gets there, or raises an exception before.
func (a *analysis) checkEntry(first int) bool {
	is := func(i int, op opcode.Op) bool { return i < len(a.ins) && a.m.ops[a.ins[i].op].op == op }
	if is(first, opcode.RETURN_GENERATOR) && is(first+1, opcode.POP_TOP) {
		first += 2
	}
	if !is(first, opcode.RESUME) || a.ins[first].arg&3 != 0 {
		a.whole(Generator, "the code does not begin with RESUME 0", "", "it first, but for COPY_FREE_VARS, MAKE_CELL and RETURN_GENERATOR with its POP_TOP")
		return false
	}
	return true
}
