package vm

import (
	"math/bits"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/opcode"
)

// opEvent is what comes before each instruction of watched code: it delivers the instruction's events.
func opEvent(t *Thread, fp ptr, w uint64) bool {
	u := wideBC(w)
	a := aux(t)
	prev := prevUnit(fp)
	c := codeOf(fp).Real
	if c == nil {
		return true // the code could not be lifted otherwise
	}
	if a.step != nil && a.inCallback == 0 {
		a.step(t, fp, u)
	}
	cm := a.mon.bring(c)
	start := cm.units != nil && cm.units[u].op == opcode.RESUME
	if a.inCallback != 0 || !watched(t) || !start && !wantsFrame(t, fp) || a.interest(cm.tools) == 0 {
		if a.inCallback == 0 && a.step == nil && goOrdinary(t, fp, u) {
			return true
		}
		if cm.units != nil {
			u = lastUnit(cm.units, u)
		}
		setPrev(fp, u)
		return true
	}
	x := &eventContext{t: t, a: a, fp: fp, c: c, cm: cm, prev: prev}
	if prev >= 0 && cm.units[prev].op == opcode.FOR_ITER && int(cm.units[prev].next) == u && cm.own[prev] != 0 {
		// The loop goes on.
		if ok, jumped := x.fire(evLeft, cm.own, prev, object.MakeInt(int64(prev*2)), object.MakeInt(int64(u*2))); !ok || jumped {
			return ok
		}
	}
	for {
		info := &cm.units[u]
		if cm.line[u] != 0 {
			if ok, jumped := x.lineEvent(u, int(info.line)); !ok || jumped {
				return ok
			}
		}
		if cm.inst[u] != 0 {
			if ok, jumped := x.fire(evInstruction, cm.inst, u, object.MakeInt(int64(u*2))); !ok || jumped {
				return ok
			}
		}
		if info.op != opcode.EXTENDED_ARG {
			break
		}
		u++
		x.prev = u - 1
	}
	setPrev(fp, u)
	if cm.own[u] == 0 {
		return true
	}
	ok, _ := x.ownEvent(u, lastDepth(codeOf(fp), wideBC(w)))
	return ok
}

// lastUnit returns the code unit of the opcode of the instruction that begins at u, behind its EXTENDED_ARGs.
func lastUnit(units []unitInfo, u int) int {
	for units[u].op == opcode.EXTENDED_ARG {
		u++
	}
	return u
}

// lastDepth returns the height of the evaluation stack before an instruction of watched code.
func lastDepth(c *object.Code, unit int) int {
	l := lifted(c)
	if w, ok := l.WordAt(unit); ok {
		if p, ok := l.PointAt(w); ok {
			return int(p.Depth)
		}
	}
	return 0
}

// eventContext is an instruction whose events are being delivered.
type eventContext struct {
	t    *Thread
	a    *auxState
	fp   ptr
	c    *object.Code
	cm   *codeMonitor
	prev int // the instruction before, -1: unknown
}

// lineEvent delivers LINE.
func (x *eventContext) lineEvent(u, line int) (ok, jumped bool) {
	if x.prev >= 0 && int(x.cm.units[x.prev].line) == line && x.cm.units[x.prev].op != opcode.RESUME {
		return true, false
	}
	return x.fire(evLine, x.cm.line, u, object.MakeInt(int64(line)))
}

// ownEvent delivers the event of the instruction itself, with depth values on the evaluation stack.
func (x *eventContext) ownEvent(u, depth int) (ok, jumped bool) {
	info := &x.cm.units[u]
	l := lifted(codeOf(x.fp))
	peek := func(n int) Value { return *slotAt(x.fp, l.StackBase+max(depth-n, 0)) }
	num := func(u int) Value { return object.MakeInt(int64(u * 2)) }
	next := int(info.next)
	switch info.op {
	case opcode.RESUME:
		return x.fire(info.event, x.cm.own, u, num(u))
	case opcode.RETURN_VALUE, opcode.YIELD_VALUE:
		return x.fire(info.event, x.cm.own, u, num(u), peek(1))
	case opcode.JUMP_FORWARD:
		return x.fire(evJump, x.cm.own, u, num(u), num(next+int(info.arg)))
	case opcode.JUMP_BACKWARD:
		return x.fire(evJump, x.cm.own, u, num(u), num(next-int(info.arg)))
	case opcode.POP_JUMP_IF_FALSE, opcode.POP_JUMP_IF_TRUE, opcode.POP_JUMP_IF_NONE, opcode.POP_JUMP_IF_NOT_NONE:
		v := peek(1)
		var jump bool
		switch info.op {
		case opcode.POP_JUMP_IF_NONE:
			jump = v.IsNone()
		case opcode.POP_JUMP_IF_NOT_NONE:
			jump = !v.IsNone()
		default:
			truth, ok := x.t.IsTrue(v)
			if !ok {
				return false, false
			}
			jump = truth == (info.op == opcode.POP_JUMP_IF_TRUE)
		}
		if jump {
			return x.fire(evRight, x.cm.own, u, num(u), num(next+int(info.arg)))
		}
	case opcode.NOT_TAKEN:
		return x.fire(evLeft, x.cm.own, u, num(max(x.prev, 0)), num(next))
	case opcode.POP_ITER:
		return x.fire(evRight, x.cm.own, u, num(max(x.prev, 0)), num(next))
	case opcode.END_ASYNC_FOR:
		return x.fire(evRight, x.cm.own, u, num(next-int(info.arg)), num(next))
	case opcode.CALL:
		n := int(info.arg)
		f, arg := calledWith(peek(n+2), peek(n+1), peek(n), n, x.a.mon)
		return x.fire(evCall, x.cm.own, u, num(u), f, arg)
	case opcode.CALL_KW:
		n := int(info.arg)
		f, arg := calledWith(peek(n+3), peek(n+2), peek(n+1), n, x.a.mon)
		return x.fire(evCall, x.cm.own, u, num(u), f, arg)
	case opcode.CALL_FUNCTION_EX:
		return x.fire(evCall, x.cm.own, u, num(u), boundEx(peek(4), peek(3)), firstOf(peek(2), x.a.mon))
	case opcode.LOAD_SUPER_ATTR:
		arg := x.a.mon.missing
		if info.arg&2 != 0 {
			arg = peek(2)
		}
		return x.fire(evCall, x.cm.own, u, num(u), peek(3), arg)
	}
	return true, false
}

// calledWith returns what events of calls tell of one: the function, of a bound method the one that is bound, and the first argument.
func calledWith(f, self, arg Value, n int, m *monitor) (fn, first Value) {
	switch {
	case self.P != nil:
		return f, self
	case f.Is(&object.MethodType):
		b := object.To[object.BoundMethod](f)
		return b.Func, b.Self
	case n == 0:
		return f, m.missing
	}
	return f, arg
}

// boundEx returns what a CALL_FUNCTION_EX calls for whoever looks. In the place behind the callable there is self only if the frame has left ordinary code
// since the callable was loaded.
func boundEx(f, self Value) Value {
	switch {
	case self.P == nil:
		return f
	case f.Is(&object.MethodDescrType):
		return object.To[object.MethodDescr](f).Bind(self)
	}
	return object.NewBoundMethod(f, self)
}

// firstOf returns the first of the arguments of a call that has them in a sequence.
func firstOf(args Value, m *monitor) Value {
	var items []Value
	switch {
	case args.P == nil:
	case args.Type().Flags&object.FlagTuple != 0:
		items = object.To[object.Tuple](args).Items()
	case args.Is(&object.ListType): // f(*x): the call makes a tuple of it
		items = object.To[object.List](args).V
	}
	if len(items) > 0 {
		return items[0]
	}
	return m.missing
}

// fire calls the callbacks that want an event at a code unit; tools has them, by code unit, and loses those that disable it. The first argument of
// callbacks is the code object. jumped: a trace function has moved the frame to another line.
func (x *eventContext) fire(e event, tools []uint8, u int, args ...Value) (ok, jumped bool) {
	x.a.jump.fp = 0
	for set := tools[u]; set != 0; {
		tool := 7 - bits.LeadingZeros8(set)
		set &^= 1 << tool
		off, ok := x.a.call(x.t, x.fp, tool, e, x.c, u, args)
		if !ok {
			return false, false
		}
		if off {
			tools[u] &^= 1 << tool
		}
	}
	if x.a.jump.fp == uintptr(x.fp) {
		x.a.jump.fp = 0
		word, found := lifted(codeOf(x.fp)).WordAt(x.a.jump.unit)
		if !found {
			x.t.SystemErrorf("no instruction to jump to")
			return false, false
		}
		setPrev(x.fp, x.a.jump.unit)
		x.t.IP = uintptr(ptr(&codeOf(x.fp).Words[word]))
		return true, true
	}
	return true, false
}

// call calls one callback. off: it wants the event to be disabled there.
func (a *auxState) call(t *Thread, fp ptr, tool int, e event, c *object.Code, u int, args []Value) (off, ok bool) {
	switch tool {
	case toolTrace:
		return a.legacyTrace(t, fp, e, c, u, args)
	case toolProfile:
		return false, a.legacyProfile(t, fp, e, args)
	}
	cb := &a.mon.callbacks[tool][e]
	if cb.f.P == nil {
		return false, true
	}
	f, branch := cb.f, cb.branch
	what := a.what
	a.what = int(e)
	a.inCallback++
	var small [4]Value
	r := t.CallArgs(f, append(append(small[:0], object.Of(c)), args...)...)
	a.inCallback--
	a.what = what
	if r.P == nil {
		return false, false
	}
	if r != a.mon.disable {
		return false, true
	}
	if int(e) >= localEvents && e != evCReturn && e != evCRaise {
		a.mon.callbacks[tool][e] = callback{}
		t.ValueErrorf("Cannot disable %s events. Callback removed.", eventNames[e])
		return false, false
	}
	if branch {
		stateOf(c).mon.disableBranch(c, e, int(args[0].Int())/2, tool)
	}
	return true, true
}

// disableBranch disables the other side of a branch, for a callback that was registered for both.
func (cm *codeMonitor) disableBranch(c *object.Code, e event, src, tool int) {
	if src < 0 || src >= len(cm.units) {
		return
	}
	other := -1
	switch cm.units[src].op {
	case opcode.FOR_ITER:
		if e == evRight {
			other = src
		}
	case opcode.POP_JUMP_IF_FALSE, opcode.POP_JUMP_IF_TRUE, opcode.POP_JUMP_IF_NONE, opcode.POP_JUMP_IF_NOT_NONE:
		other = src
		if e == evRight {
			other = int(cm.units[src].next)
		}
	}
	if other >= 0 && other < len(cm.own) {
		cm.own[other] &^= 1 << tool
	}
}

// fireGlobal delivers an event that no instruction has: of exceptions. u is where it happens.
func (a *auxState) fireGlobal(t *Thread, fp ptr, e event, u int, arg Value) bool {
	set := a.interest(a.mon.events[e])
	if set == 0 || a.inCallback != 0 {
		return true
	}
	c := realCode(codeOf(fp))
	args := [2]Value{object.MakeInt(int64(u * 2)), arg}
	for set != 0 {
		tool := 7 - bits.LeadingZeros8(set)
		set &^= 1 << tool
		if _, ok := a.call(t, fp, tool, e, c, u, args[:]); !ok {
			return false
		}
	}
	return true
}

// fireException delivers an event of the exception in t, which a callback may replace.
func (a *auxState) fireException(t *Thread, fp ptr, e event, u int) {
	exc := t.Exc
	t.Exc = nil
	if a.fireGlobal(t, fp, e, u, object.Of(exc)) {
		t.Exc = exc
	}
}

// fireStop delivers STOP_ITERATION: the generator that the instruction at u of the running frame has iterated over or waited for has returned v.
func (a *auxState) fireStop(t *Thread, fp ptr, u int, v Value) bool {
	c := codeOf(fp).Real
	if c == nil || a.inCallback != 0 {
		return true
	}
	cm := a.mon.bring(c)
	if u >= len(cm.own) || cm.own[u] == 0 {
		return true
	}
	e := object.NewExc(&object.StopIterationType)
	if !v.IsNone() {
		e = t.MakeExc(&object.StopIterationType, v)
		if e == nil {
			return false
		}
	}
	x := &eventContext{t: t, a: a, fp: fp, c: c, cm: cm}
	ok, _ := x.fire(evStop, cm.own, u, object.MakeInt(int64(u*2)), object.Of(e))
	return ok
}
