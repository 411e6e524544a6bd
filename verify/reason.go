package verify

import (
	"fmt"
	"slices"

	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// Up to 3.8 the instructions of a finally block are there once, and run
// whatever brings control there. What is on the stack then says how to go on
// behind END_FINALLY: None or NULL, the six values of an exception (three in
// 2.7), a number with or without a returned value, or where CALL_FINALLY was.
// So the stack is not equally high on all ways; all else being below or above,
// one abstract value of kind kReason stands for that, whichever it is.

// reason is what a value of kind kReason may be.
type reason struct {
	normal   bool // None or NULL: go on
	exc      bool // an exception: raise it again
	silenced bool // an exception that a with block has silenced (3.0 to 3.7)
	ret, brk bool // return, break (to 3.7)
	// targets are where to go on: to 3.7 the targets of CONTINUE_LOOP; in 3.8
	// the instructions behind CALL_FINALLY, twice their index, plus 1 where a
	// value below belongs to the reason.
	targets []int32
}

// reason returns a value that stands for r.
func (a *analysis) reason(r reason) value {
	slices.Sort(r.targets)
	for i := range a.reasons {
		q := &a.reasons[i]
		if q.normal == r.normal && q.exc == r.exc && q.silenced == r.silenced && q.ret == r.ret && q.brk == r.brk &&
			slices.Equal(q.targets, r.targets) {
			return value{k: kReason, ref: int32(i)}
		}
	}
	a.work -= len(r.targets) + len(a.reasons)
	a.reasons = append(a.reasons, r)
	return value{k: kReason, ref: int32(len(a.reasons) - 1)}
}

// union returns a value that stands for both reasons.
func (a *analysis) union(v, w value) value {
	r, s := a.reasons[v.ref], a.reasons[w.ref]
	r.normal = r.normal || s.normal
	r.exc = r.exc || s.exc
	r.silenced = r.silenced || s.silenced
	r.ret = r.ret || s.ret
	r.brk = r.brk || s.brk
	r.targets = slices.Compact(slices.Sorted(slices.Values(slices.Concat(r.targets, s.targets))))
	return a.reason(r)
}

// width is how many values an exception is on the stack.
func (a *analysis) width() int {
	if a.o.Version < pyver.Py30 {
		return 3
	}
	return 6
}

// height returns how high the stack can really be.
func (a *analysis) height(s *state) int {
	n := len(s.stack)
	if len(a.reasons) > 0 {
		for _, v := range s.stack {
			if v.k != kReason {
				continue
			}
			switch r := &a.reasons[v.ref]; {
			case r.silenced:
				n += a.width()
			case r.exc:
				n += a.width() - 1
			case r.ret, len(r.targets) > 0:
				n++
			}
		}
	}
	return n
}

// shape is what the top of a stack looks like to a finally block.
type shape uint8

const (
	shapeOther  shape = iota
	shapeSix          // an exception
	shapeReason       // a kReason
	shapeCall         // a kReason of CALL_FINALLY, maybe with a value that belongs to it
	shapeNone         // None
)

// shapeOf returns the shape of the stack and where the reason begins.
func (a *analysis) shapeOf(s *state) (shape, int) {
	n := len(s.stack)
	if n == 0 {
		return shapeOther, 0
	}
	switch top := s.stack[n-1]; {
	case top.k == kType && n >= a.width():
		for k, want := range []kind{kTb, kValue, kType} {
			if s.stack[n-3+k].k != want {
				return shapeOther, 0
			}
		}
		if a.width() == 6 && !a.savedException(s, n-6) {
			return shapeOther, 0
		}
		return shapeSix, n - a.width()
	case top.k == kReason:
		r := &a.reasons[top.ref]
		if len(r.targets) > 0 && a.o.Version == pyver.Py38 && !r.normal && !r.exc {
			for _, t := range r.targets {
				if t&1 != 0 {
					return shapeReason, n - 1
				}
			}
			return shapeCall, n - 1
		}
		return shapeReason, n - 1
	case top.k == kNone, top.k == kNull:
		return shapeNone, n - 1
	}
	return shapeOther, 0
}

// collapse makes one value of the reason that begins at p. It reports whether
// it can.
func (a *analysis) collapse(s *state, p int) bool {
	sh, at := a.shapeOf(s)
	v := value{}
	switch {
	case sh == shapeSix && at == p:
		v = a.reason(reason{exc: true})
		if a.width() == 6 {
			n := len(s.blocks)
			if n == 0 || s.blocks[n-1].kind != blockHandler || int(s.blocks[n-1].level) != p {
				return false
			}
		}
	case sh == shapeNone && at == p:
		v = a.reason(reason{normal: true})
	case (sh == shapeReason || sh == shapeCall) && at == p:
		return true
	case sh == shapeCall && at == p+1 && s.stack[p].k&^kObject == 0:
		r := a.reasons[s.stack[at].ref]
		r.targets = slices.Clone(r.targets)
		for i := range r.targets {
			r.targets[i] |= 1
		}
		v = a.reason(r)
	default:
		return false
	}
	s.stack = append(s.stack[:p], v)
	return true
}

// reconcile makes two states that meet at a finally block alike, as far as
// reasons make them different.
func (a *analysis) reconcile(t, s *state) {
	sh, p := a.shapeOf(t)
	sg, q := a.shapeOf(s)
	if sh == shapeOther || sg == shapeOther || sh == sg && p == q && sh != shapeReason && sh != shapeCall {
		return
	}
	switch {
	case sh == shapeCall && sg != shapeCall:
		p = q
	case sg == shapeCall && sh != shapeCall:
	default:
		p = min(p, q)
	}
	if !a.collapse(t, p) || !a.collapse(s, p) {
		return
	}
	// The block of the exception is there or not, according to the reason.
	has := func(s *state) bool {
		n := len(s.blocks)
		return n > 0 && int(s.blocks[n-1].level) == p && (s.blocks[n-1].kind == blockHandler || s.blocks[n-1].kind == blockMaybe)
	}
	switch ht, hs := has(t), has(s); {
	case ht && hs:
		if len(t.blocks) == len(s.blocks) && t.blocks[len(t.blocks)-1] != s.blocks[len(s.blocks)-1] {
			t.blocks[len(t.blocks)-1].kind = blockMaybe
			s.blocks[len(s.blocks)-1].kind = blockMaybe
		}
	case ht:
		t.blocks[len(t.blocks)-1].kind = blockMaybe
		s.blocks = append(s.blocks, t.blocks[len(t.blocks)-1])
	case hs:
		s.blocks[len(s.blocks)-1].kind = blockMaybe
		t.blocks = append(t.blocks, s.blocks[len(s.blocks)-1])
	}
}

// stepReason interprets the instructions of finally and with blocks.
func (a *analysis) stepReason(i int, op *operation) (next, ok bool) {
	st := &a.cur
	switch op.op {
	case opcode.BEGIN_FINALLY:
		st.stack = append(st.stack, a.reason(reason{normal: true}))
		return true, a.fitsSize(i)
	case opcode.CALL_FINALLY:
		if i+1 == len(a.ins) {
			a.faultAt(i, FallsOff, "CALL_FINALLY returns behind the last instruction", "", "")
			return false, false
		}
		st.stack = append(st.stack, a.reason(reason{targets: []int32{int32(i+1) * 2}}))
		return false, a.fitsSize(i) && a.joinInto(a.ins[a.ins[i].target].leader, st, i)
	}
	// What is above the reason.
	above := 0
	switch op.op {
	case opcode.WITH_CLEANUP_FINISH:
		above = 2
	case opcode.POP_FINALLY:
		if a.ins[i].arg != 0 {
			above = 1
		}
	}
	n := len(st.stack) - above
	if n < 1 {
		a.faultAt(i, Underflow, op.info.Name+" takes more than there is on the stack", fmt.Sprint(len(st.stack)), fmt.Sprint(above+1))
		return false, false
	}
	for _, v := range st.stack[n:] {
		if v.k&^kObject != 0 {
			a.faultAt(i, Kind, op.info.Name+" takes a wrong value", v.k.String(), kObject.String())
			return false, false
		}
	}
	res := append([]value(nil), st.stack[n:]...)
	st.stack = st.stack[:n]
	sh, p := a.shapeOf(st)
	if sh == shapeOther || !a.collapse(st, p) {
		a.faultAt(i, Kind, op.info.Name+" finds no reason on the stack", st.stack[n-1].k.String(), "")
		return false, false
	}
	r := a.reasons[st.stack[p].ref]
	nb := len(st.blocks)
	handler := a.width() == 6 && nb > 0 && int(st.blocks[nb-1].level) == p &&
		(st.blocks[nb-1].kind == blockHandler || st.blocks[nb-1].kind == blockMaybe)
	if a.width() == 6 && r.exc && !handler {
		return false, a.blockFault(i, "an exception without its block")
	}
	a.raised = false
	if handler {
		st.blocks[nb-1].kind = blockMaybe // its values are in the reason now
	}
	switch op.op {
	case opcode.WITH_CLEANUP, opcode.WITH_CLEANUP_START:
		if p == 0 || st.stack[p-1].k&^kObject != 0 {
			a.faultAt(i, Kind, op.info.Name+" finds no function to call", "", "")
			return false, false
		}
		if !a.raiseBlocks(i, p-1) {
			return false, false
		}
		v := st.stack[p]
		if op.op == opcode.WITH_CLEANUP {
			v = a.silence(r)
		}
		st.stack = append(st.stack[:p-1], v)
		if handler {
			st.blocks[nb-1].level--
		}
		if op.op == opcode.WITH_CLEANUP_START {
			st.stack = append(st.stack, plain(kObject), plain(kObject))
		}
		return true, a.fitsSize(i)
	case opcode.WITH_CLEANUP_FINISH:
		if !a.raiseBlocks(i, p) {
			return false, false
		}
		st.stack = append(st.stack[:p], a.silence(r))
		return true, true
	}
	// POP_FINALLY and END_FINALLY take the reason, and what belongs to it.
	st.stack = st.stack[:p]
	if handler {
		st.blocks = st.blocks[:nb-1]
	}
	if op.op == opcode.POP_FINALLY {
		st.stack = append(st.stack, res...)
		return true, true
	}
	return r.normal || r.silenced, a.endFinally(i, r)
}

// silence returns the reason after the function of a with block has been
// called, which may have silenced the exception.
func (a *analysis) silence(r reason) value {
	if r.exc {
		if a.o.Version < pyver.Py30 || a.o.Version == pyver.Py38 {
			r.normal = true
		} else {
			r.silenced = true
		}
	}
	return a.reason(r)
}

// endFinally goes on from END_FINALLY in all ways but the normal one.
func (a *analysis) endFinally(i int, r reason) bool {
	go1 := func(w why, target int32) bool {
		a.other.copyFrom(&a.cur)
		return a.unwind(i, &a.other, w, target)
	}
	ok := (!r.exc || go1(whyException, -1)) && (!r.ret || go1(whyReturn, -1)) && (!r.brk || go1(whyBreak, -1))
	for _, t := range r.targets {
		if !ok {
			return false
		}
		if a.o.Version < pyver.Py38 {
			ok = go1(whyContinue, t)
			continue
		}
		a.other.copyFrom(&a.cur)
		if t&1 != 0 {
			a.other.stack = append(a.other.stack, plain(kObject))
		}
		ok = a.joinInto(a.ins[t/2].leader, &a.other, i)
	}
	return ok
}

func (a *analysis) fitsSize(i int) bool {
	if n := a.height(&a.cur); n > a.o.StackSize {
		a.faultAt(i, Overflow, a.m.ops[a.ins[i].op].info.Name+" makes the stack higher than its size", fmt.Sprint(n), fmt.Sprint("at most ", a.o.StackSize))
		return false
	}
	return true
}
