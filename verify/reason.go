package verify

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/krait-py/krait/opcode"
	"github.com/krait-py/krait/pyver"
)

// Up to 3.8 the instructions of a finally block are there once, and run
// whatever brings control there. What is on the stack then says how to go on
// behind END_FINALLY: None or NULL, the six values of an exception (three in
// 2.7), a number with or without a returned value, or where CALL_FINALLY was;
// below it may stand a value to be returned, or an exception being handled
// that the other ways have done with. So the stack is not equally high on all
// ways. One abstract value of kind kReason stands for all that; it is a list of
// alternatives, which END_FINALLY follows one by one.

// alternative is one thing that a value of kind kReason may be.
type alternative struct {
	what outcome
	// handlers is how many exceptions being handled belong to it.
	handlers uint8
	// keep says that a value to be returned belongs to it.
	keep bool
	// target is where to go on after outcomeContinue and outcomeCall: the
	// index of an instruction.
	target int32
}

// outcome is how to go on behind END_FINALLY.
type outcome uint8

const (
	outcomeNormal   outcome = iota // None or NULL
	outcomeRaise                   // an exception
	outcomeSilenced                // an exception that a with block has silenced (3.0 to 3.7)
	outcomeReturn                  // to 3.7
	outcomeBreak                   // to 3.7
	outcomeContinue                // to 3.7
	outcomeCall                    // behind CALL_FINALLY (3.8)
)

// maxAlternatives bounds the number of alternatives of a reason.
const maxAlternatives = 1000

// reason returns a value that stands for the alternatives.
func (a *analysis) reason(alts ...alternative) value {
	slices.SortFunc(alts, func(x, y alternative) int {
		if x.what != y.what {
			return int(x.what) - int(y.what)
		}
		if x.target != y.target {
			return int(x.target - y.target)
		}
		n, m := 2*int(x.handlers), 2*int(y.handlers)
		if x.keep {
			n++
		}
		if y.keep {
			m++
		}
		return n - m
	})
	alts = slices.Compact(alts)
	if len(alts) > maxAlternatives {
		a.work = -1 // the budget is used up
	}
	a.work -= len(alts)
	var key []byte
	for _, alt := range alts {
		key = append(key, byte(alt.what), alt.handlers, 0)
		if alt.keep {
			key[len(key)-1] = 1
		}
		key = binary.LittleEndian.AppendUint32(key, uint32(alt.target))
	}
	if i, ok := a.reasonAt[string(key)]; ok {
		return value{k: kReason, ref: i}
	}
	if a.reasonAt == nil {
		a.reasonAt = map[string]int32{}
	}
	i := int32(len(a.reasons))
	a.reasonAt[string(key)] = i
	a.reasons = append(a.reasons, slices.Clone(alts))
	return value{k: kReason, ref: i}
}

// union returns a value that stands for both reasons.
func (a *analysis) union(v, w value) value {
	if v == w {
		return v
	}
	return a.reason(slices.Concat(a.reasons[v.ref], a.reasons[w.ref])...)
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
	if len(a.reasons) == 0 {
		return n
	}
	for _, v := range s.stack {
		if v.k != kReason {
			continue
		}
		most := 1
		for _, alt := range a.reasons[v.ref] {
			w := 1 + 3*int(alt.handlers)
			switch alt.what {
			case outcomeRaise:
				w += a.width() - 1
			case outcomeSilenced:
				w += a.width()
			case outcomeReturn, outcomeContinue:
				w++
			}
			if alt.keep {
				w++
			}
			most = max(most, w)
		}
		n += most - 1
	}
	return n
}

// topReason returns the alternatives that the top of the stack is, and where
// they begin; nil if the top is no reason.
func (a *analysis) topReason(s *state) ([]alternative, int) {
	n := len(s.stack)
	if n == 0 {
		return nil, 0
	}
	switch top := s.stack[n-1]; {
	case top.k == kReason:
		return a.reasons[top.ref], n - 1
	case top.k == kNone, top.k == kNull:
		return []alternative{{what: outcomeNormal}}, n - 1
	case top.k == kType && n >= a.width() && s.stack[n-2].k == kValue && s.stack[n-3].k == kTb:
		p := n - a.width()
		if a.width() == 6 {
			if b := len(s.blocks) - 1; b < 0 || s.blocks[b].kind != blockHandler || int(s.blocks[b].level) != p || !a.savedException(s, p) {
				return nil, 0
			}
		}
		return []alternative{{what: outcomeRaise}}, p
	}
	return nil, 0
}

// reasonBlock returns whether the innermost block is that of an exception
// that is part of the reason at p.
func reasonBlock(s *state, p int) bool {
	n := len(s.blocks)
	return n > 0 && int(s.blocks[n-1].level) == p && (s.blocks[n-1].kind == blockHandler || s.blocks[n-1].kind == blockMaybe)
}

// lower makes the reason at p begin further down, with what is there as a part
// of it: an exception being handled, or a value to be returned. It returns
// where the reason begins then, or -1. It changes nothing but the alternatives.
func (a *analysis) lower(s *state, alts []alternative, p, blocks int) ([]alternative, int, int) {
	if p >= 3 && blocks > 0 && s.blocks[blocks-1].kind == blockHandler && int(s.blocks[blocks-1].level) == p-3 && a.savedException(s, p-3) {
		more := slices.Clone(alts)
		for i := range more {
			if more[i].handlers++; more[i].handlers > maxBlocks {
				return nil, -1, 0
			}
		}
		return more, p - 3, blocks - 1
	}
	if p >= 1 && s.stack[p-1].k&^kObject == 0 {
		more := slices.Clone(alts)
		for i := range more {
			if more[i].what != outcomeCall || more[i].keep {
				return nil, -1, 0
			}
			more[i].keep = true
		}
		return more, p - 1, blocks
	}
	return nil, -1, 0
}

// collapse makes one value of the reason on top of the stack, beginning at p.
// With alter unset it only says whether that can be done.
func (a *analysis) collapse(s *state, p int, alter bool) bool {
	alts, q := a.topReason(s)
	blocks := len(s.blocks)
	if alts != nil && reasonBlock(s, q) {
		blocks--
	}
	for alts != nil && q > p {
		alts, q, blocks = a.lower(s, alts, q, blocks)
	}
	if alts == nil || q != p {
		return false
	}
	if alter {
		s.stack = append(s.stack[:p], a.reason(alts...))
		if blocks < len(s.blocks) {
			s.blocks = append(s.blocks[:blocks], block{kind: blockMaybe, level: int32(p)})
		}
	}
	return true
}

// reconcile makes two states that meet at a finally block alike, as far as
// reasons make them different.
func (a *analysis) reconcile(t, s *state) {
	x, p := a.topReason(t)
	y, q := a.topReason(s)
	if x == nil || y == nil {
		return
	}
	six := func(s *state, at int) bool { return len(s.stack)-at == a.width() }
	if len(t.stack) == len(s.stack) && p == q && six(t, p) == six(s, q) && t.stack[len(t.stack)-1].k == s.stack[len(s.stack)-1].k &&
		(t.stack[p].k != kReason || reasonBlock(t, p) == reasonBlock(s, p)) {
		return
	}
	for at := min(p, q); at >= 0; at-- {
		if !a.collapse(t, at, false) || !a.collapse(s, at, false) {
			continue
		}
		a.collapse(t, at, true)
		a.collapse(s, at, true)
		switch ht, hs := reasonBlock(t, at), reasonBlock(s, at); {
		case ht && !hs:
			s.blocks = append(s.blocks, t.blocks[len(t.blocks)-1])
		case hs && !ht:
			t.blocks = append(t.blocks, s.blocks[len(s.blocks)-1])
		}
		return
	}
}

// stepReason interprets the instructions of finally and with blocks.
func (a *analysis) stepReason(i int, op *operation) (next, ok bool) {
	st := &a.cur
	switch op.op {
	case opcode.BEGIN_FINALLY:
		st.stack = append(st.stack, a.reason(alternative{what: outcomeNormal}))
		return true, a.fitsSize(i)
	case opcode.CALL_FINALLY:
		if i+1 == len(a.ins) {
			a.faultAt(i, FallsOff, "CALL_FINALLY returns behind the last instruction", "", "")
			return false, false
		}
		st.stack = append(st.stack, a.reason(alternative{what: outcomeCall, target: int32(i + 1)}))
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
	_, p := a.topReason(st)
	if !a.collapse(st, p, true) {
		a.faultAt(i, Kind, op.info.Name+" finds no reason on the stack", st.stack[n-1].k.String(), "")
		return false, false
	}
	alts := a.reasons[st.stack[p].ref]
	nb := len(st.blocks)
	handler := reasonBlock(st, p)
	for _, alt := range alts {
		if (alt.what == outcomeRaise && a.width() == 6 || alt.handlers > 0) && !handler {
			return false, a.blockFault(i, "an exception without its block")
		}
	}
	a.raised = false
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
			v = a.silence(alts)
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
		st.stack = append(st.stack[:p], a.silence(alts))
		return true, true
	}
	// POP_FINALLY and END_FINALLY take the reason, and what belongs to it.
	st.stack = st.stack[:p]
	if handler {
		st.blocks = st.blocks[:nb-1]
	}
	if op.op == opcode.POP_FINALLY {
		for _, alt := range alts[1:] {
			if alt.handlers != alts[0].handlers || alt.keep != alts[0].keep {
				return false, a.blockFault(i, "what is below the reason is not certain")
			}
		}
		a.restore(st, alts[0])
		st.stack = append(st.stack, res...)
		return true, true
	}
	return a.endFinally(i, alts)
}

// restore puts what belongs to an alternative back on the stack.
func (a *analysis) restore(s *state, alt alternative) {
	for range alt.handlers {
		s.blocks = append(s.blocks, block{kind: blockHandler, level: int32(len(s.stack))})
		s.stack = append(s.stack, plain(kPrevTb), plain(kPrevValue), plain(kPrevType))
	}
	if alt.keep {
		s.stack = append(s.stack, plain(kObject))
	}
}

// silence returns the reason after the function of a with block has been
// called, which may have silenced the exception.
func (a *analysis) silence(alts []alternative) value {
	more := slices.Clone(alts)
	for _, alt := range alts {
		if alt.what == outcomeRaise {
			alt.what = outcomeSilenced
			if a.o.Version < pyver.Py30 || a.o.Version == pyver.Py38 {
				alt.what = outcomeNormal
			}
			more = append(more, alt)
		}
	}
	return a.reason(more...)
}

// endFinally goes on from END_FINALLY in all ways that the reason says.
func (a *analysis) endFinally(i int, alts []alternative) (next, ok bool) {
	normal := alternative{}
	for _, alt := range alts {
		s := &a.other
		s.copyFrom(&a.cur)
		a.restore(s, alt)
		ok := true
		switch alt.what {
		case outcomeNormal, outcomeSilenced:
			if next && (normal.handlers != alt.handlers || normal.keep != alt.keep) {
				return false, a.blockFault(i, "goes on with different stacks")
			}
			next, normal = true, alt
		case outcomeRaise:
			ok = a.unwind(i, s, whyException, -1)
		case outcomeReturn:
			ok = a.unwind(i, s, whyReturn, -1)
		case outcomeBreak:
			ok = a.unwind(i, s, whyBreak, -1)
		case outcomeContinue:
			ok = a.unwind(i, s, whyContinue, alt.target)
		case outcomeCall:
			ok = a.joinInto(a.ins[alt.target].leader, s, i)
		}
		if !ok {
			return false, false
		}
	}
	if next {
		a.restore(&a.cur, normal)
	}
	return next, true
}

func (a *analysis) fitsSize(i int) bool {
	if n := a.height(&a.cur); n > a.o.StackSize {
		a.faultAt(i, Overflow, a.m.ops[a.ins[i].op].info.Name+" makes the stack higher than its size", fmt.Sprint(n), fmt.Sprint("at most ", a.o.StackSize))
		return false
	}
	return true
}
