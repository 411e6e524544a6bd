package verify

import (
	"fmt"

	"github.com/krait-py/krait/code"
	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// isSpecial reports whether an instruction does something that its stack
// picture does not say.
func isSpecial(info *opcode.Info) bool {
	if info.Has(opcode.Handler) {
		return true
	}
	switch info.Operand {
	case opcode.Const, opcode.Local, opcode.LocalPair, opcode.Free, opcode.Intrinsic1, opcode.Intrinsic2,
		opcode.MakeFlags, opcode.MakeCounts, opcode.FunctionAttr:
		return true
	}
	switch info.Op {
	case opcode.POP_EXCEPT, opcode.END_ASYNC_FOR, opcode.RERAISE, opcode.COPY, opcode.DUP_TOP, opcode.COPY_FREE_VARS, opcode.BUILD_TUPLE, opcode.BUILD_LIST,
		opcode.LIST_APPEND, opcode.LIST_EXTEND, opcode.MAKE_FUNCTION, opcode.MAKE_CLOSURE,
		opcode.CALL, opcode.CALL_KW, opcode.CALL_FUNCTION, opcode.CALL_FUNCTION_KW, opcode.CALL_METHOD,
		opcode.RETURN_GENERATOR, opcode.YIELD_VALUE, opcode.YIELD_FROM, opcode.RETURN_VALUE,
		opcode.COMPARE_OP, opcode.LOAD_ATTR, opcode.LOAD_SPECIAL, opcode.LOAD_SUPER_ATTR,
		opcode.GET_AWAITABLE, opcode.GET_YIELD_FROM_ITER, opcode.GET_ITER, opcode.FORMAT_SIMPLE,
		opcode.ROT_N, opcode.DUP_TOP_TWO, opcode.DUP_TOPX, opcode.BUILD_TEMPLATE, opcode.FOR_ITER, opcode.SEND, opcode.LOAD_COMMON_CONSTANT, opcode.LOAD_NAME, opcode.LOAD_GLOBAL, opcode.STORE_NAME, opcode.STORE_GLOBAL:
		return true
	}
	return false
}

// after does what a special instruction does beside what its picture says:
// a.taken has the values it took, cur.stack what it left.
func (a *analysis) after(i int, op *operation) bool {
	if op.info.Has(opcode.Handler) {
		return a.openBlock(i, op)
	}
	arg := int(a.ins[i].arg)
	st := &a.cur
	top := len(st.stack) - 1
	switch op.op {
	case opcode.FOR_ITER, opcode.SEND:
		return a.checkIndex(i, op)
	case opcode.LOAD_COMMON_CONSTANT:
		switch a.m.table.CommonConstants[arg] {
		case "None":
			st.stack[top].k = kNone
		case "True", "False":
			st.stack[top].k = kBool
		}
	case opcode.LOAD_CONST:
		st.stack[top] = a.constant(arg)
	case opcode.POP_EXCEPT:
		return a.o.Version >= pyver.Py311 || a.popHandler(i)
	case opcode.END_ASYNC_FOR:
		if a.o.Version >= pyver.Py311 {
			return true
		}
		if n := len(st.blocks); n > 0 && int(st.blocks[n-1].level) != len(st.stack)+1 {
			return a.blockFault(i, "the block has another level than the values")
		}
		return a.popHandler(i)
	case opcode.RERAISE:
		if a.hasBlocks() && arg != 0 && len(st.blocks) == 0 {
			return a.blockFault(i, "there is no block")
		}
		if !a.hasBlocks() && arg != 0 && a.taken[0].k != kLasti {
			// It becomes the place of the frame, which traces and tracebacks go by.
			a.faultAt(i, Kind, "RERAISE takes a wrong lasti", a.taken[0].k.String(), kLasti.String())
			return false
		}
	case opcode.COPY, opcode.DUP_TOP:
		return a.duplicate(i, op)
	case opcode.COMPARE_OP:
		st.stack[top] = plain(kCompared)
		if a.o.Version >= pyver.Py313 && arg&16 != 0 {
			st.stack[top] = plain(kBool) // the operand asks for it
		}
	case opcode.BUILD_TUPLE:
		a.buildTuple(i)
	case opcode.BUILD_TEMPLATE:
		return a.checkTemplate(i)
	case opcode.BUILD_LIST:
		st.stack[top].k = kList
		if arg == 0 {
			st.stack[top].k = kExcs
		}
	case opcode.LIST_APPEND:
		if l := &st.stack[len(st.stack)-arg]; a.taken[len(a.taken)-1].k&^(kExc|kNone) != 0 {
			l.k = kList
		}
	case opcode.LIST_EXTEND:
		st.stack[len(st.stack)-arg].k = kList
	case opcode.MAKE_FUNCTION, opcode.MAKE_CLOSURE:
		return a.makeFunction(i, op)
	case opcode.SET_FUNCTION_ATTRIBUTE:
		return a.setAttribute(i)
	case opcode.CALL, opcode.CALL_FUNCTION, opcode.CALL_METHOD:
		return a.call(i, op)
	case opcode.CALL_KW, opcode.CALL_FUNCTION_KW:
		return op.info.Operand == opcode.CallCounts || a.checkKwNames(i, a.taken[len(a.taken)-1], arg)
	case opcode.CALL_INTRINSIC_1, opcode.CALL_INTRINSIC_2:
		return a.intrinsic(i, op)
	case opcode.RETURN_GENERATOR, opcode.YIELD_VALUE, opcode.YIELD_FROM:
		return a.suspend(i, op)
	case opcode.RETURN_VALUE, opcode.RETURN_CONST:
		return a.finish(i, op)
	case opcode.LOAD_ATTR, opcode.LOAD_SUPER_ATTR:
		if arg&1 != 0 {
			st.stack[top].borrow = a.takenBorrow()
		}
	case opcode.LOAD_SPECIAL, opcode.GET_AWAITABLE, opcode.GET_YIELD_FROM_ITER, opcode.FORMAT_SIMPLE:
		st.stack[top].borrow = a.takenBorrow()
	case opcode.GET_ITER:
		a.getIter(i)
	case opcode.LOAD_NAME, opcode.LOAD_GLOBAL:
		if arg == a.setName {
			st.stack[top].k = kSet
		}
	case opcode.STORE_NAME, opcode.STORE_GLOBAL:
		if arg == a.setName && a.taken[0].k != kSet {
			a.faultAt(i, Hidden, op.info.Name+" of something else to "+conditionalAnnotations, a.taken[0].k.String(), kSet.String())
			return false
		}
	case opcode.COPY_FREE_VARS:
		for v := a.vars.n - a.vars.frees; v < a.vars.n; v++ {
			a.set(v, localCell)
		}
	case opcode.DUP_TOP_TWO, opcode.DUP_TOPX:
		for n := range 2 * len(a.taken) {
			st.stack[top-n].share()
		}
	case opcode.ROT_N:
		n := len(a.taken)
		for k := range n {
			st.stack[len(st.stack)-n+k] = a.taken[(k+n-1)%n]
		}
	default:
		return a.variable(i, op)
	}
	return true
}

// takenBorrow returns what the values that were taken borrow.
func (a *analysis) takenBorrow() int32 {
	b := int32(0)
	for _, v := range a.taken {
		if v.borrow != 0 {
			if b != 0 && b != v.borrow {
				return borrowsAny
			}
			b = v.borrow
		}
	}
	return b
}

// constant returns the value of a constant, whose index has been checked.
func (a *analysis) constant(i int) value {
	v := value{k: kOther, ref: int32(i)}
	switch a.o.Consts.Items[i].(type) {
	case *code.NoneType:
		v.k = kNone
	case *code.Bool:
		v.k = kBool
	case *code.Tuple:
		v.k = kTuple
	case *code.Object:
		v.k = kCode
	}
	return v
}

// constOf returns the constant that a value is for certain.
func (a *analysis) constOf(v value) (code.Value, bool) {
	if v.ref < 0 || v.k&(v.k-1) != 0 || v.k&(kOther|kNone|kBool|kTuple|kCode) == 0 {
		return nil, false
	}
	return a.o.Const(int(v.ref))
}

// duplicate notes that two values are the same.
func (a *analysis) duplicate(i int, op *operation) bool {
	st := &a.cur
	top := len(st.stack) - 1
	from := top - max(int(a.ins[i].arg), 1)
	v := &st.stack[from]
	if v.k&^(kObject|kIndex) != 0 {
		a.faultAt(i, Kind, op.info.Name+" takes what cannot be there twice", v.k.String(), kObject.String())
		return false
	}
	v.share()
	if v.origin == 0 {
		o := a.ins[i].offset + 1
		for n := range st.stack {
			if st.stack[n].origin == o {
				st.stack[n].origin = 0
			}
		}
		v.origin = o
	}
	st.stack[top] = *v
	return true
}

// share forgets what is no longer certain when there are two of a value: who
// has one of them can change it.
func (v *value) share() {
	if v.k&kExcs != 0 {
		v.k = v.k&^kExcs | kList
	}
	if v.k&kFunc != 0 {
		v.ref = -1 // it may get another __code__
	}
}

// getIter is for 3.15, where an iterable may stand for its own iterator, with
// an index above it.
func (a *analysis) getIter(i int) {
	st := &a.cur
	top := len(st.stack) - 1
	if a.o.Version < pyver.Py315 {
		st.stack[top].k = kIter
		return
	}
	o := -a.ins[i].offset - 1
	for n := range st.stack {
		if st.stack[n].origin == o {
			st.stack[n].origin = 0
		}
	}
	st.stack[top-1].k = kVirtual
	st.stack[top].origin, st.stack[top-1].origin = o, o
	st.stack[top-1].borrow = a.takenBorrow()
}

// variable does what instructions do to local variables and cells.
func (a *analysis) variable(i int, op *operation) bool {
	arg := int(a.ins[i].arg)
	st := &a.cur
	top := len(st.stack) - 1
	switch op.op {
	case opcode.LOAD_FAST, opcode.LOAD_FAST_BORROW, opcode.LOAD_FAST_CHECK:
		return a.load(i, op, arg, &st.stack[top])
	case opcode.LOAD_FAST_LOAD_FAST, opcode.LOAD_FAST_BORROW_LOAD_FAST_BORROW:
		return a.load(i, op, arg>>4, &st.stack[top-1]) && a.load(i, op, arg&15, &st.stack[top])
	case opcode.LOAD_FAST_AND_CLEAR:
		st.stack[top] = a.local(arg)
		return a.replace(i, op, arg, localNull)
	case opcode.STORE_FAST:
		return a.store(i, op, arg, a.taken[0])
	case opcode.STORE_FAST_STORE_FAST:
		return a.store(i, op, arg>>4, a.taken[1]) && a.store(i, op, arg&15, a.taken[0])
	case opcode.STORE_FAST_LOAD_FAST:
		st.stack = st.stack[:top] // while it is stored
		ok := a.store(i, op, arg>>4, a.taken[0])
		st.stack = st.stack[:top+1]
		return ok && a.load(i, op, arg&15, &st.stack[top])
	case opcode.DELETE_FAST:
		return a.replace(i, op, arg, localNull)
	case opcode.MAKE_CELL:
		// A variable that has one already gets a cell with the cell in it.
		a.set(arg, localCell)
		return a.unborrowed(i, op, arg)
	}
	if op.info.Operand != opcode.Free {
		return true
	}
	// What is left works on cells.
	if a.o.Version >= pyver.Py311 && st.local(arg) != localCell {
		a.faultAt(i, Cell, op.info.Name+" of a variable that may have no cell", a.local(arg).k.String(), "cell")
		return false
	}
	name, _ := a.o.DerefName(arg)
	switch op.op {
	case opcode.LOAD_CLOSURE:
		st.stack[top] = value{k: kCell, ref: int32(arg)}
	case opcode.LOAD_DEREF, opcode.LOAD_FROM_DICT_OR_DEREF:
		if k := a.cellKind(a.o, name); k != 0 {
			st.stack[top] = plain(k)
		}
	case opcode.STORE_DEREF:
		if k := a.cellKind(a.o, name); k != 0 && a.taken[0].k&^k != 0 {
			a.faultAt(i, Hidden, fmt.Sprintf("variable %q gets a wrong value", name), a.taken[0].k.String(), k.String())
			return false
		}
	}
	return true
}

// local returns the value of a local variable, NULL where it may be unbound.
func (a *analysis) local(i int) value {
	v := value{ref: -1}
	bits := a.cur.local(i)
	if bits&localNull != 0 {
		v.k |= kNull
	}
	if bits&localValue != 0 {
		v.k |= a.localKind(i)
	}
	if bits&localCell != 0 {
		v.k |= kCell
		if bits == localCell {
			v.ref = int32(i)
		}
	}
	return v
}

// localKind returns what a local variable that has a value may hold.
func (a *analysis) localKind(i int) kind {
	if a.vars.hides {
		name, _ := a.o.LocalName(i)
		if h := a.hiddenKind(a.o, name); h != 0 {
			return h
		}
	}
	return kObject
}

// load puts the value of a local variable at v.
func (a *analysis) load(i int, op *operation, n int, v *value) bool {
	*v = a.local(n)
	if v.k&kNull != 0 {
		if a.o.Version >= pyver.Py312 && op.op != opcode.LOAD_FAST_CHECK {
			name, _ := a.o.LocalName(n)
			a.faultAt(i, Unbound, fmt.Sprintf("%s of %q, which may be unbound here", op.info.Name, name), "", "")
			return false
		}
		// It raises when there is no value; afterwards there is one.
		v.k &^= kNull
		bits := a.cur.local(n) &^ localNull
		if v.k == 0 {
			// No instruction has given it one, but frame.f_locals may.
			v.k, bits = a.localKind(n), localValue
		}
		a.set(n, bits)
	}
	if op.op == opcode.LOAD_FAST_BORROW || op.op == opcode.LOAD_FAST_BORROW_LOAD_FAST_BORROW {
		v.borrow = int32(n) + 1
	}
	return true
}

// store puts v into a local variable.
func (a *analysis) store(i int, op *operation, n int, v value) bool {
	name, _ := a.o.LocalName(n)
	if v.k&^kMaybe != 0 || v.k&kNull != 0 && a.o.Version < pyver.Py312 {
		a.faultAt(i, Kind, op.info.Name+" of what no variable can hold", v.k.String(), kObject.String())
		return false
	}
	if v.borrow != 0 {
		a.faultAt(i, Borrow, fmt.Sprintf("%s to %q of a borrowed reference", op.info.Name, name), "", "a reference of its own")
		return false
	}
	if h := a.hiddenKind(a.o, name); h != 0 && v.k&^(h|kNull) != 0 {
		a.faultAt(i, Hidden, fmt.Sprintf("variable %q gets a wrong value", name), v.k.String(), h.String())
		return false
	}
	bits := uint8(0)
	if v.k&kNull != 0 {
		bits |= localNull
	}
	if v.k&kCell != 0 && a.o.KindOf(n)&code.KindCell != 0 && v.k&^(kCell|kNull) == 0 {
		bits |= localCell
	} else if v.k&^kNull != 0 {
		bits |= localValue
	}
	return a.replace(i, op, n, bits)
}

// replace gives a local variable another value, after which no reference that
// was borrowed from it may be used.
func (a *analysis) replace(i int, op *operation, n int, bits uint8) bool {
	name, _ := a.o.LocalName(n)
	if a.o.KindOf(n)&code.KindFree != 0 {
		a.faultAt(i, Cell, fmt.Sprintf("%s of %q, which is a free variable", op.info.Name, name), "", "")
		return false
	}
	if n == 0 && bits&localValue != 0 && a.o.ArgCount > 0 && a.o.KindOf(0)&code.KindCell != 0 {
		a.faultAt(i, Cell, fmt.Sprintf("%s of a value in place of the cell of %q: super() takes the first argument for one", op.info.Name, name), "", "")
		return false
	}
	a.set(n, bits)
	return a.unborrowed(i, op, n)
}

// unborrowed checks that no value on the stack borrows from variable n.
func (a *analysis) unborrowed(i int, op *operation, n int) bool {
	if a.o.Version >= pyver.Py314 {
		for _, v := range a.cur.stack {
			if v.borrow == int32(n)+1 || v.borrow == borrowsAny {
				a.faultAt(i, Borrow, fmt.Sprintf("%s changes %q while a reference borrowed from it is on the stack", op.info.Name, a.localName(n)), "", "")
				return false
			}
		}
	}
	return true
}

func (a *analysis) set(n int, bits uint8) {
	if a.hasBlocks() {
		return
	}
	a.cur.setLocal(n, bits)
	a.changed = append(a.changed, int32(n))
}

// entry makes s the state in which the interpreter enters the code.
func (a *analysis) entry(s *state) {
	if a.hasBlocks() {
		// Instructions check whether variables are bound.
		for i := range a.vars.n {
			s.setLocal(i, localValue)
		}
		if a.o.Version == pyver.Py310 && a.o.Flags&generatorFlags != 0 {
			s.stack = append(s.stack, plain(kObject)) // GEN_START takes it
		}
		return
	}
	for i := range a.vars.n {
		if i < a.vars.args {
			s.setLocal(i, localValue)
		} else {
			s.setLocal(i, localNull)
		}
	}
}

// suspend is for the instructions that leave a generator's frame.
func (a *analysis) suspend(i int, op *operation) bool {
	st := &a.cur
	made := a.o.Flags&generatorFlags != 0
	if !made {
		a.faultAt(i, Generator, op.info.Name+" in code whose flags say that it is no generator", "", "")
		return false
	}
	if a.o.Version < pyver.Py311 {
		return a.suspendBlocks(i, op)
	}
	if op.op == opcode.RETURN_GENERATOR {
		if st.begun || len(st.stack) != 1 && a.o.Version < pyver.Py315 {
			a.faultAt(i, Generator, "RETURN_GENERATOR again, or with values on the stack", "", "once, at the beginning")
			return false
		}
		st.begun = true
		if n := a.ins[i].handler; n >= 0 {
			return a.raise(i, n)
		}
		return true
	}
	if !st.begun {
		a.faultAt(i, Generator, op.info.Name+" before RETURN_GENERATOR", "", "")
		return false
	}
	return a.checkResume(i)
}

// checkResume checks that a RESUME follows the YIELD_VALUE i, and that both
// tell the interpreter the same: whether what is on top of the stack while the
// generator waits is an iterator that it delegates to.
func (a *analysis) checkResume(i int) bool {
	st := &a.cur
	if i+1 == len(a.ins) || a.m.ops[a.ins[i+1].op].op != opcode.RESUME || a.ins[i+1].start != a.ins[i+1].offset {
		a.faultAt(i, Generator, "YIELD_VALUE without RESUME behind it", "", "")
		return false
	}
	where := a.ins[i+1].arg & 3
	delegates := where >= 2
	if where == 0 || a.o.Version >= pyver.Py313 && (a.ins[i].arg == 1) != delegates {
		a.faultAt(i, Generator, fmt.Sprintf("YIELD_VALUE %d is followed by RESUME %d", a.ins[i].arg, a.ins[i+1].arg), "", "")
		return false
	}
	if delegates {
		// Below the value that was sent.
		at := len(st.stack) - 2
		if a.o.Version >= pyver.Py315 {
			at--
		}
		if at < 0 || st.stack[at].k&^kObject != 0 {
			a.faultAt(i, Generator, "YIELD_VALUE delegates, but there is no iterator on the stack", "", "")
			return false
		}
	}
	if n := a.ins[i].handler; n >= 0 {
		return a.raise(i, n) // throw() pushes a value too
	}
	return true
}

// finish is for the instructions that return from the code.
func (a *analysis) finish(i int, op *operation) bool {
	if a.o.Version >= pyver.Py311 && a.o.Flags&generatorFlags != 0 && !a.cur.begun {
		a.faultAt(i, Generator, op.info.Name+" before RETURN_GENERATOR", "", "")
		return false
	}
	if len(a.cur.blocks) > 0 {
		return a.blockFault(i, "there are open blocks")
	}
	if n := len(a.cur.stack); a.o.Version >= pyver.Py38 && n > 1 {
		a.faultAt(i, Join, op.info.Name+" leaves values on the stack", fmt.Sprint(n-1), "none")
		return false
	}
	return true
}

func (a *analysis) localName(n int) string {
	name, _ := a.o.LocalName(n)
	return name
}

// checkIndex checks for 3.15 that an iterable and the index into it belong
// together: both come from one GET_ITER.
func (a *analysis) checkIndex(i int, op *operation) bool {
	if a.o.Version < pyver.Py315 {
		return true
	}
	iter, index := a.taken[0], a.taken[1]
	if index.k == kNull && (iter.k&kVirtual == 0 || op.op == opcode.SEND) {
		return true // an iterator that is none of GET_ITER's, such as a generator
	}
	if iter.origin == 0 || iter.origin != index.origin {
		a.faultAt(i, Kind, op.info.Name+" takes an iterator and an index that do not belong together", "", "what one GET_ITER left")
		return false
	}
	return true
}
