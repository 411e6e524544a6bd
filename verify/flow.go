package verify

import (
	"fmt"
	"math/bits"
	"slices"

	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// The budget: how much work the code object may take. An instruction costs 1
// and what it moves on the stack; a join costs what there is to compare.
const (
	workBase   = 1 << 20
	workPerIns = 512
	// maxState bounds the memory for the states of all leaders, in words.
	maxState = 1 << 25
	// maxStored bounds the memory for their stacks, in values.
	maxStored = 1 << 22
)

// run interprets the code over abstract values until nothing changes.
func (a *analysis) run() {
	a.work = workBase + workPerIns*len(a.ins)
	a.lead(0)
	if len(a.leaders)*(3*(a.vars.n/64+1)+8) > maxState {
		a.whole(Limit, fmt.Sprintf("%d variables in code with %d places where control joins", a.vars.n, len(a.leaders)), "", "")
		return
	}
	// States keep the memory of their slices from one code object to the next.
	a.states = slices.Grow(a.states[:0], len(a.leaders))[:len(a.leaders)]
	for i := range a.states {
		a.states[i].seen = false
	}
	a.pending = zeroed(a.pending, len(a.leaders)/64+1)
	a.sortLeaders()
	a.cur.locals = zeroed(a.cur.locals, 3*((a.vars.n+63)/64))
	a.cur.stack, a.cur.blocks, a.cur.begun = a.cur.stack[:0], a.cur.blocks[:0], false
	a.entry(&a.cur)
	a.joinInto(0, &a.cur, -1)
	for {
		l := a.next()
		if l < 0 {
			return
		}
		a.cur.copyFrom(&a.states[l])
		if !a.line(int(a.leaders[l])) {
			a.whole(Limit, "too entangled: the work to prove this code exceeds the budget", "", "")
			return
		}
	}
}

// sortLeaders numbers the leaders in the order of the code, which is the order
// to work on them.
func (a *analysis) sortLeaders() {
	n := 0
	for i := range a.ins {
		if a.ins[i].leader >= 0 {
			a.ins[i].leader = int32(n)
			a.leaders[n] = int32(i)
			n++
		}
	}
}

// next takes the first pending leader out of the set, -1 when there is none.
func (a *analysis) next() int {
	for i, w := range a.pending {
		if w != 0 {
			a.pending[i] &= w - 1
			a.work -= i / 8
			return 64*i + bits.TrailingZeros64(w)
		}
	}
	return -1
}

// joinInto unites the state of a leader with s, which comes from instruction
// from (-1: the entry). It reports whether they fit together.
func (a *analysis) joinInto(leader int32, s *state, from int) bool {
	t := &a.states[leader]
	a.work -= 1 + len(s.stack)/4 + len(s.locals)/4
	if !t.seen {
		if a.stored += len(s.stack) + len(s.blocks); a.stored > maxStored {
			a.work = -1 // the budget is used up
			return true
		}
		t.copyFrom(s)
		t.seen = true
		a.pending[leader/64] |= 1 << (leader % 64)
		return true
	}
	if a.o.Version < pyver.Py39 {
		a.reconcile(t, s)
	}
	if !a.fits(leader, t, s, from) {
		return false
	}
	changed := t.joinLocals(s)
	for i := range s.stack {
		if t.stack[i].k == kReason && s.stack[i].k == kReason {
			if v := a.union(t.stack[i], s.stack[i]); v != t.stack[i] {
				t.stack[i] = v
				changed = true
			}
			continue
		}
		if t.stack[i] != s.stack[i] && t.stack[i].join(s.stack[i]) {
			changed = true
		}
	}
	if changed {
		a.pending[leader/64] |= 1 << (leader % 64)
	}
	return true
}

// fits reports whether the parts of the states that must be equal are.
func (a *analysis) fits(leader int32, t, s *state, from int) bool {
	to := a.offset(int(a.leaders[leader]))
	switch {
	case len(t.stack) != len(s.stack):
		a.faultAt(from, Join, fmt.Sprintf("the stack has %d entries on the way to %d, which others reach with %d",
			len(s.stack), to, len(t.stack)), "", "")
	case t.begun != s.begun:
		a.faultAt(from, Generator, fmt.Sprintf("%d is reached before and after RETURN_GENERATOR", to), "", "")
	case !a.sameBlocks(t, s):
		a.faultAt(from, BlockStack, fmt.Sprintf("%d is reached with different blocks", to), "", "")
	default:
		return true
	}
	return false
}

func (a *analysis) sameBlocks(t, s *state) bool {
	if len(t.blocks) != len(s.blocks) {
		return false
	}
	for i := range t.blocks {
		if t.blocks[i] != s.blocks[i] {
			return false
		}
	}
	return true
}

func (a *analysis) offset(i int) int {
	if i < 0 {
		return 0
	}
	return int(a.ins[i].offset)
}

// faultAt reports something about instruction i.
func (a *analysis) faultAt(i int, rule Rule, msg, found, want string) {
	a.fault(a.offset(i), rule, msg, found, want)
}

// line interprets instruction i, whose state is a.cur, and those behind it as
// far as control goes straight on. It returns false when the budget is used
// up.
func (a *analysis) line(i int) bool {
	last := int32(-1) // the entry of the exception table that has all of cur
	a.raised = false
	a.changed = a.changed[:0]
	for {
		in := &a.ins[i]
		if a.explain != nil {
			a.explain(i, &a.cur)
		}
		if a.work--; a.work < 0 {
			return false
		}
		if in.handler >= 0 && (!a.m.ops[in.op].silent || int(a.handlers[in.handler].depth) <= len(a.cur.stack)) {
			if in.handler != last {
				if !a.raise(i, in.handler) {
					return true
				}
				last = in.handler
			} else if len(a.changed) > 0 {
				a.raiseLocals(in.handler)
			}
			a.changed = a.changed[:0]
		} else if in.handler < 0 || in.handler != last {
			last = -1
			a.changed = a.changed[:0]
		}
		next, ok := a.step(i)
		if a.dug {
			last, a.dug = -1, false
		}
		if !ok || !next {
			return true
		}
		i++
		if i == len(a.ins) {
			a.faultAt(i-1, FallsOff, "control leaves the code behind its last instruction", "", "")
			return true
		}
		if l := a.ins[i].leader; l >= 0 {
			a.joinInto(l, &a.cur, i-1)
			return true
		}
	}
}

// raise joins the current state into the handler of instruction i. Every
// instruction can raise before it begins, also one that never does by itself: a
// trace function may. But compilers leave such instructions within ranges where
// the values that the handler keeps are gone (3.15: the end of a generator
// expression); who raises there has to know that the handler is of no use.
func (a *analysis) raise(i int, n int32) bool {
	h := &a.handlers[n]
	if int(h.depth) > len(a.cur.stack) {
		a.faultAt(i, ExceptionTable, "the handler wants more values than there are on the stack",
			fmt.Sprint(len(a.cur.stack)), fmt.Sprint("at least ", h.depth))
		return false
	}
	// The state at the handler: what is below, maybe lasti, and the exception.
	// It stands in cur for the moment.
	keep := a.saved[:0]
	keep = append(keep, a.cur.stack[h.depth:]...)
	a.saved = keep
	a.cur.stack = a.cur.stack[:h.depth]
	if h.lasti {
		a.cur.stack = append(a.cur.stack, plain(kLasti))
	}
	a.cur.stack = append(a.cur.stack, plain(kExc))
	below := int(h.depth) - 1
	asPrev := below >= 0 && a.m.ops[a.ins[i].op].op == opcode.PUSH_EXC_INFO && a.cur.stack[below].k == kExc
	if asPrev {
		// Only a trace function raises here. The handler wants what PUSH_EXC_INFO
		// leaves in the exception's place, the one before it, and may take it
		// itself for that: POP_EXCEPT then makes it the one that is handled.
		a.cur.stack[below].k = kPrevExc
	}
	ok := a.joinInto(a.ins[h.target].leader, &a.cur, i)
	if asPrev {
		a.cur.stack[below].k = kExc
	}
	a.cur.stack = append(a.cur.stack[:h.depth], keep...)
	return ok
}

// raiseLocals adds the variables that have changed to the state of a handler.
func (a *analysis) raiseLocals(n int32) {
	l := a.ins[a.handlers[n].target].leader
	t := &a.states[l]
	for _, v := range a.changed {
		if t.joinLocal(int(v), a.cur.local(int(v))) {
			a.pending[l/64] |= 1 << (l % 64)
		}
	}
}

// step interprets one instruction. It reports whether control goes on to the
// next one, and whether nothing is wrong.
func (a *analysis) step(i int) (next, ok bool) {
	in := &a.ins[i]
	op := &a.m.ops[in.op]
	st := &a.cur
	arg := int(in.arg)
	if op.blocks {
		return a.stepBlock(i, op)
	}
	if op.quick != 0 && a.stepQuick(op, arg) {
		return true, true
	}
	p := &op.stack
	popped, pushed, kept := p.popped, p.pushed, p.kept
	if p.variable {
		popped, pushed, kept = p.counts(arg)
	}
	h := len(st.stack)
	if popped > h {
		a.faultAt(i, Underflow, op.info.Name+" takes more than there is on the stack", fmt.Sprint(h), fmt.Sprint(popped))
		return false, false
	}
	low := h - popped // where the values that it takes begin
	if low+pushed > a.o.StackSize || len(a.reasons) > 0 && a.height(st)-popped+pushed > a.o.StackSize {
		a.faultAt(i, Overflow, op.info.Name+" makes the stack higher than its size",
			fmt.Sprint(low+pushed), fmt.Sprint("at most ", a.o.StackSize))
		return false, false
	}
	if !a.checkTaken(i, op, p, low) {
		return false, false
	}
	if (in.handler >= 0 || len(st.blocks) > 0) && !a.mayRaise(i, op, low+kept) {
		return false, false
	}
	a.work -= popped + pushed - kept
	if op.keeps {
		a.taken = append(a.taken[:0], st.stack[low:]...)
	}
	if op.differs && op.jumps {
		a.leave(&op.jump, arg, low)
		if len(st.stack) > a.o.StackSize {
			a.faultAt(i, Overflow, op.info.Name+" makes the stack higher than its size",
				fmt.Sprint(len(st.stack)), fmt.Sprint("at most ", a.o.StackSize))
			return false, false
		}
		if !a.joinInto(a.ins[in.target].leader, st, i) {
			return false, false
		}
		st.stack = append(st.stack[:low], a.taken...)
	}
	a.leave(p, arg, low)
	if op.special && !a.after(i, op) {
		return false, false
	}
	if !op.differs && op.jumps {
		if !a.branch(i, op) {
			return false, false
		}
	}
	return !op.stops, true
}

// stepQuick interprets the most frequent instructions of 3.12 and later in
// the most frequent case; if it is another one, it does nothing and returns
// false. None of these instructions raises.
func (a *analysis) stepQuick(op *operation, arg int) bool {
	st := &a.cur
	h := len(st.stack)
	switch op.quick {
	case quickLoad:
		if h == a.o.StackSize || a.vars.hides || st.local(arg) != localValue {
			return false
		}
		v := value{k: kObject, ref: -1}
		if op.op == opcode.LOAD_FAST_BORROW {
			v.borrow = int32(arg) + 1
		}
		st.stack = append(st.stack, v)
	case quickStore:
		if h == 0 || a.vars.hides || arg >= a.vars.n-a.vars.frees || st.local(arg)&localCell != 0 {
			return false
		}
		v := &st.stack[h-1]
		if v.k&^kObject != 0 || v.k == kCell || v.borrow != 0 || h > 1 {
			return false
		}
		st.stack = st.stack[:0]
		a.set(arg, localValue)
	case quickConst:
		if h == a.o.StackSize {
			return false
		}
		st.stack = append(st.stack, a.constant(arg))
	}
	return true
}

// mayRaise sees to the case that an instruction raises an exception, when the
// stack is as high as base.
func (a *analysis) mayRaise(i int, op *operation, base int) bool {
	in := &a.ins[i]
	switch op.op {
	case opcode.END_ASYNC_FOR, opcode.CLEANUP_THROW:
		base = len(a.cur.stack) // they raise again before they take anything
	}
	if len(a.cur.blocks) > 0 && !op.silent && (!a.raised || base < a.raisedLow) {
		if !a.raiseBlocks(i, base) {
			return false
		}
		a.raised, a.raisedLow = true, base
	}
	if in.handler < 0 || int(a.handlers[in.handler].depth) <= base {
		return true
	}
	a.dug = true
	if op.silent {
		return true
	}
	a.faultAt(i, ExceptionTable, op.info.Name+" takes values that its handler expects on the stack",
		fmt.Sprint(base, " are left"), fmt.Sprint(a.handlers[in.handler].depth))
	return false
}

// silent reports whether op never raises, nor runs anything that could.
func silent(op opcode.Op) bool {
	switch op {
	case opcode.ROT_TWO, opcode.ROT_THREE, opcode.ROT_FOUR, opcode.ROT_N, opcode.DUP_TOP, opcode.DUP_TOP_TWO, opcode.DUP_TOPX,
		opcode.SETUP_LOOP, opcode.SETUP_EXCEPT, opcode.SETUP_FINALLY, opcode.SETUP_ASYNC_WITH, opcode.GEN_START, opcode.JUMP_FORWARD:
		return true
	case opcode.POP_TOP, opcode.SWAP, opcode.COPY, opcode.PUSH_NULL, opcode.STORE_FAST, opcode.POP_EXCEPT,
		opcode.STORE_FAST_STORE_FAST, opcode.STORE_FAST_LOAD_FAST, opcode.END_FOR, opcode.END_SEND, opcode.POP_ITER,
		opcode.RETURN_VALUE, opcode.PUSH_EXC_INFO, opcode.YIELD_VALUE, opcode.RETURN_GENERATOR,
		opcode.LOAD_CONST, opcode.LOAD_SMALL_INT, opcode.LOAD_COMMON_CONSTANT, opcode.NOP:
		return true
	}
	return false
}

// checkTaken checks the kinds of the values that an instruction takes.
func (a *analysis) checkTaken(i int, op *operation, p *picture, base int) bool {
	arg := int(a.ins[i].arg)
	at := base
	for n := range p.in {
		s := &p.in[n]
		count := 1
		if s.variable {
			count = s.len(arg)
		}
		if s.kind != kAny {
			for _, v := range a.cur.stack[at : at+count] {
				if v.k&^s.kind != 0 {
					a.faultAt(i, Kind, op.info.Name+" takes a wrong "+s.item.Name, v.k.String(), s.kind.String())
					return false
				}
			}
		}
		at += count
	}
	return true
}

// leave replaces the values from base on, which are also in a.taken if the
// picture needs them, by what the picture leaves.
func (a *analysis) leave(p *picture, arg, base int) {
	st := &a.cur
	if p.variable {
		_, _, kept := p.counts(arg)
		base += kept
	} else {
		base += p.kept
	}
	st.stack = st.stack[:base]
	for n := p.kept; n < len(p.out); n++ {
		s := &p.out[n]
		if s.source < 0 {
			if !s.variable {
				st.stack = append(st.stack, value{k: s.kind, ref: -1})
				continue
			}
			for range s.len(arg) {
				st.stack = append(st.stack, value{k: s.kind, ref: -1})
			}
			continue
		}
		from := 0
		for k := range int(s.source) {
			from += p.in[k].len(arg)
		}
		st.stack = append(st.stack, a.taken[from:from+s.len(arg)]...)
	}
}

// branch joins the current state into the target of a jump that takes and
// leaves the same in both cases.
func (a *analysis) branch(i int, op *operation) bool {
	leader := a.ins[a.ins[i].target].leader
	o := int32(0)
	if len(a.taken) > 0 {
		o = a.taken[len(a.taken)-1].origin
	}
	none := false // the value is None where the jump leads
	switch op.op {
	case opcode.POP_JUMP_IF_NONE, opcode.POP_JUMP_FORWARD_IF_NONE, opcode.POP_JUMP_BACKWARD_IF_NONE:
		none = true
	case opcode.POP_JUMP_IF_NOT_NONE, opcode.POP_JUMP_FORWARD_IF_NOT_NONE, opcode.POP_JUMP_BACKWARD_IF_NOT_NONE:
	default:
		return a.joinInto(leader, &a.cur, i)
	}
	if o == 0 {
		return a.joinInto(leader, &a.cur, i)
	}
	// The two ways differ in what is known of other copies of the value.
	var kinds [2]kind
	at := -1
	for n := range a.cur.stack {
		if v := &a.cur.stack[n]; v.origin == o {
			at = n
			kinds[0], kinds[1] = v.k&^kNone, v.k&kNone
		}
	}
	if at < 0 {
		return a.joinInto(leader, &a.cur, i)
	}
	jumps, falls := kinds[0], kinds[1]
	if none {
		jumps, falls = falls, jumps
	}
	set := func(k kind) {
		for n := range a.cur.stack {
			if v := &a.cur.stack[n]; v.origin == o {
				v.k = k
			}
		}
	}
	if jumps != 0 {
		set(jumps)
		if !a.joinInto(leader, &a.cur, i) {
			return false
		}
	}
	set(falls)
	return falls != 0
}

// hasBlocks reports whether frames have a block stack.
func (a *analysis) hasBlocks() bool { return a.o.Version < pyver.Py311 }
