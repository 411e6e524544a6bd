package vm

import (
	"math/bits"

	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
)

// The operations of watched code for calls. They deliver C_RETURN and C_RAISE when something else than a Python function has been called.
const (
	tracedCall lift.Op = 0xf0 + iota
	tracedMethod
	tracedCallKw
	tracedMethodKw
	tracedCallEx
	tracedSuper
)

// tracedCalls has them by the operation they stand for.
var tracedCalls = [256]lift.Op{
	lift.Call: tracedCall, lift.CallGen: tracedCall, lift.CallMethod: tracedMethod, lift.CallMethodGen: tracedMethod,
	lift.CallKw: tracedCallKw, lift.CallMethodKw: tracedMethodKw, lift.CallEx: tracedCallEx, lift.SuperAttr: tracedSuper,
}

func init() { object.OnFirst(setTracedOperations) }

// setTracedOperations fills the part of slow that watched code has.
func setTracedOperations() {
	slow[tracedCall] = func(t *Thread, fp ptr, w uint64) bool {
		b := regB(fp, w)
		return watchedCall(t, fp, w, *b, Value{}, span(next(b), fieldC(w)), nil, opCall)
	}
	slow[tracedMethod] = func(t *Thread, fp ptr, w uint64) bool {
		b := regB(fp, w)
		return watchedCall(t, fp, w, *b, *next(b), span(nth(b, 2), fieldC(w)), nil, opCallMethod)
	}
	slow[tracedCallKw] = func(t *Thread, fp ptr, w uint64) bool {
		b, n := regB(fp, w), fieldC(w)
		return watchedCall(t, fp, w, *b, Value{}, span(next(b), n), object.To[object.Tuple](*nth(b, 1+n)), opCallKw)
	}
	slow[tracedMethodKw] = func(t *Thread, fp ptr, w uint64) bool {
		b, n := regB(fp, w), fieldC(w)
		return watchedCall(t, fp, w, *b, *next(b), span(nth(b, 2), n), object.To[object.Tuple](*nth(b, 2+n)), opCallMethodKw)
	}
	slow[tracedCallEx] = func(t *Thread, fp ptr, w uint64) bool {
		a := aux(t)
		b := regB(fp, w)
		f := *b
		if f.Is(&object.FuncType) || f.Is(&object.MethodType) || !a.wantsReturn(fp) {
			return opCallEx(t, fp, w)
		}
		if fieldC(w) != 0 {
			f = boundEx(f, *next(b))
		}
		first := firstOf(*exArgs(fp, w), a.mon)
		ok := opCallEx(t, fp, w)
		if fpOf(t) != fp {
			return ok // a frame has been entered all the same
		}
		return a.fireReturn(t, fp, f, first, ok)
	}
	slow[tracedSuper] = func(t *Thread, fp ptr, w uint64) bool {
		a := aux(t)
		b := regB(fp, w)
		f, first := *b, a.mon.missing
		if fieldX(w)&2 != 0 {
			first = *next(b)
		}
		ok := opSuperAttr(t, fp, w)
		if fpOf(t) != fp || !a.wantsReturn(fp) {
			return ok
		}
		return a.fireReturn(t, fp, f, first, ok)
	}
}

// wantsReturn reports whether C_RETURN and C_RAISE of the call that comes are to be delivered: the instruction's CALL is wanted.
func (a *auxState) wantsReturn(fp ptr) bool {
	c := codeOf(fp).Real
	u := prevUnit(fp)
	if c == nil || u < 0 || a.inCallback != 0 || a.step != nil {
		return false
	}
	cm := stateOf(c).mon
	return cm != nil && u < len(cm.own) && a.interest(cm.own[u]) != 0
}

// watchedCall is a call in watched code. plain is the operation that does it without further ado.
func watchedCall(t *Thread, fp ptr, w uint64, f, self Value, args []Value, names *object.Tuple, plain opFunc) bool {
	a := aux(t)
	if f.Is(&object.FuncType) || !a.wantsReturn(fp) {
		return plain(t, fp, w)
	}
	n := len(args)
	arg := Value{}
	if n > 0 {
		arg = args[0]
	}
	fn, first := calledWith(f, self, arg, n, a.mon)
	if fn.Is(&object.FuncType) {
		return plain(t, fp, w)
	}
	all := args
	if self.P != nil {
		all = append(append(make([]Value, 0, n+1), self), args...)
	}
	v := t.Call(f, all, names)
	if v.P != nil {
		*regA(fp, w) = v
	}
	return a.fireReturn(t, fp, fn, first, v.P != nil)
}

// fireReturn delivers C_RETURN or C_RAISE.
func (a *auxState) fireReturn(t *Thread, fp ptr, f, first Value, returned bool) bool {
	u := prevUnit(fp)
	c := realCode(codeOf(fp))
	cm := a.mon.bring(c) // the function may have changed what is watched
	if u < 0 || u >= len(cm.own) {
		return returned
	}
	e := evCReturn
	exc := t.Exc
	t.Exc = nil
	if !returned {
		e = evCRaise
	}
	set := a.interest(cm.own[u])
	args := [3]Value{object.MakeInt(int64(u * 2)), f, first}
	for set != 0 {
		tool := 7 - bits.LeadingZeros8(set)
		set &^= 1 << tool
		off, ok := a.call(t, fp, tool, e, c, u, args[:])
		if !ok {
			return false
		}
		if off {
			cm.own[u] &^= 1 << tool
		}
	}
	t.Exc = exc
	return returned
}

// What happens to exceptions and iterators in watched threads.

// watchedRaise delivers the events of the exception in t, which has come to a frame whose handler is h: of raising, or raising again, and
// of leaving the frame if there is no handler. u is where it comes from.
func watchedRaise(t *Thread, fp ptr, h *lift.Handler, again bool, u int) {
	a := aux(t)
	e := evRaise
	if again {
		e = evReraise
	}
	a.fireException(t, fp, e, u)
	if h == nil {
		a.fireException(t, fp, evUnwind, u)
	}
}

// watchedHandled delivers the event of an exception that a handler gets, which begins at a code unit, and makes the frame go over
// to watched code if need be. False: the callback has raised another.
func watchedHandled(t *Thread, fp ptr, e *object.Exc, u int) bool {
	if !aux(t).fireGlobal(t, fp, evHandled, u, object.Of(e)) {
		return false
	}
	retrace(t)
	return true
}

// watchedThrow makes the running generator, into which the exception in t is thrown, go over to watched code if need be, and delivers the event.
func watchedThrow(t *Thread) {
	retraceCall(t)
	fp := fpOf(t)
	aux(t).fireException(t, fp, evThrow, unitAt(codeOf(fp), t.IP)+1)
}

// watchedStop delivers the event for a generator that has returned v to an instruction of the running frame, whose operation is op: STOP_ITERATION
// if it has waited for it or iterated over it; RAISE if the iteration is looked at itself and there is a value which StopIteration would carry.
func watchedStop(t *Thread, fp ptr, op lift.Op, v Value) bool {
	switch op {
	case lift.Send:
		c := codeOf(fp).Real
		if regA(fp, word(ipOf(t))).Type() == &asyncSendType {
			return true // StopAsyncIteration will be raised
		}
		if c == nil || stateOf(c).mon == nil {
			return true
		}
		u := endUnit(stateOf(c).mon, prevUnit(fp))
		return u < 0 || aux(t).fireStop(t, fp, u, v)
	case lift.ForIter, lift.ForIterBack:
		if c, u := codeOf(fp).Real, prevUnit(fp); c != nil && stateOf(c).mon != nil {
			// An iteration that nobody looks at itself makes no StopIteration.
			if cm := stateOf(c).mon; u >= 0 && u < len(cm.own) && cm.own[u]|cm.line[u]|cm.inst[u] == 0 {
				end := endUnit(cm, u)
				return end < 0 || aux(t).fireStop(t, fp, end, v)
			}
		}
		if v.IsNone() {
			return true
		}
		t.RaiseNew(&object.StopIterationType, v)
		return endOfIteration(t, fp) != nil
	}
	return true
}

// watchedResult delivers the event of the StopIteration that ends the await for a value of an asynchronous generator. False: the callback has raised
// another exception.
func watchedResult(t *Thread, fp ptr, v Value) bool {
	t.RaiseNew(&object.StopIterationType, v)
	return endOfIteration(t, fp) != nil
}

// endOfIteration takes away the exception that an iterator has raised if that is StopIteration, which it returns.
func endOfIteration(t *Thread, fp ptr) *object.Exc {
	if watched(t) && t.Exc.Type.IsSubtype(&object.StopIterationType) {
		aux(t).fireException(t, fp, evRaise, unitAt(codeOf(fp), t.IP))
	}
	return t.Catch(&object.StopIterationType)
}
