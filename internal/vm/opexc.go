package vm

import (
	"github.com/krait-py/krait/internal/lift"
	"github.com/krait-py/krait/internal/object"
)

func opPushExc(t *Thread, fp ptr, w uint64) bool {
	a := regA(fp, w)
	e := object.To[object.Exc](*a)
	*next(a) = *a
	if old := t.Handled.Exc; old != nil {
		*a = object.Of(old)
	} else {
		*a = object.None
	}
	t.Handled.Exc = e
	return true
}

func opPopExcept(t *Thread, fp ptr, w uint64) bool {
	a := *regA(fp, w)
	if e := t.Handled.Exc; e != nil && e.Unseen {
		aux(t).overdue(e) // nobody has seen it, nor will
	}
	if a.IsNone() {
		t.Handled.Exc = nil
	} else {
		t.Handled.Exc = object.To[object.Exc](a)
	}
	return true
}

// matches reports whether an exception matches what an except clause names.
func matches(t *Thread, e, cls Value) (res, ok bool) {
	if cls.Type().Flags&object.FlagTuple != 0 {
		for _, c := range object.To[object.Tuple](cls).Items() {
			if !isExcClass(c) {
				t.TypeErrorf("catching classes that do not inherit from BaseException is not allowed")
				return false, false
			}
		}
		for _, c := range object.To[object.Tuple](cls).Items() {
			if e.Type().IsSubtype(object.To[object.Type](c)) {
				return true, true
			}
		}
		return false, true
	}
	if !isExcClass(cls) {
		t.TypeErrorf("catching classes that do not inherit from BaseException is not allowed")
		return false, false
	}
	return e.Type().IsSubtype(object.To[object.Type](cls)), true
}

func isExcClass(v Value) bool {
	return v.Type().Flags&object.FlagType != 0 && object.To[object.Type](v).Flags&object.FlagException != 0
}

func opExcMatch(t *Thread, fp ptr, w uint64) bool {
	r, ok := matches(t, *regB(fp, w), *regC(fp, w))
	if ok {
		*regA(fp, w) = object.MakeBool(r)
	}
	return ok
}

func opJumpExc(t *Thread, fp ptr, w uint64) bool {
	r, ok := matches(t, *regA(fp, w), *regB(fp, w))
	if ok && r == (lift.Op(w) == lift.JumpExc) {
		jump(t, immC(w))
	}
	return ok
}

func opReraise(t *Thread, fp ptr, w uint64) bool {
	v := *regA(fp, w)
	t.Exc = object.To[object.Exc](v)
	if t.Exc.Unseen {
		settle(t, t.Exc)
	}
	aux(t).reraised = true
	if fieldX(w) == 1 {
		if l := *regB(fp, w); l.IsInt() {
			aux(t).lasti = int(l.Int()) + 1
		}
	}
	return false
}

func opRaise(t *Thread, fp ptr, w uint64) bool {
	switch fieldX(w) {
	case 0:
		e := t.HandledExc()
		if e == nil {
			t.RuntimeErrorf("No active exception to reraise")
			return false
		}
		t.Exc = e
		aux(t).reraised = true
		return false
	case 1:
		raise(t, *regA(fp, w), Value{})
	default:
		raise(t, *regA(fp, w), *regB(fp, w))
	}
	return false
}

// notException raises the error for a class of exceptions of which a call has returned something else. The classes may have metaclasses whose repr fails.
func notException(t *Thread, cls, got Value) {
	of := t.Repr(cls)
	if of == nil {
		return
	}
	if not := t.Repr(object.Of(got.Type())); not != nil {
		t.TypeErrorf("calling %s should have returned an instance of BaseException, not %s", of.S, not.S)
	}
}

// raise is the raise statement; cause may be no value.
func raise(t *Thread, v, cause Value) {
	e := v
	if isExcClass(v) {
		if x := object.PlainExc(object.To[object.Type](v)); x != nil && cause.P == nil {
			x.Unseen = true
			t.RaiseValue(object.Of(x))
			return
		}
		e = t.CallArgs(v)
		if e.P == nil {
			return
		}
		if e.Type().Flags&object.FlagException == 0 {
			notException(t, v, e)
			return
		}
	} else if v.Type().Flags&object.FlagException == 0 {
		t.TypeErrorf("exceptions must derive from BaseException")
		return
	}
	if cause.P != nil {
		x := object.To[object.Exc](e)
		switch {
		case cause.IsNone():
			x.Cause = nil
		case isExcClass(cause):
			c := t.CallArgs(cause)
			if c.P == nil {
				return
			}
			if c.Type().Flags&object.FlagException == 0 {
				notException(t, cause, c)
				return
			}
			x.Cause = object.To[object.Exc](c)
		case cause.Type().Flags&object.FlagException != 0:
			x.Cause = object.To[object.Exc](cause)
		default:
			t.TypeErrorf("exception causes must derive from BaseException")
			return
		}
		x.Suppress = true
	}
	t.RaiseValue(e)
}

func opWithExceptStart(t *Thread, fp ptr, w uint64) bool {
	b := regB(fp, w)
	e := object.To[object.Exc](*nth(b, 4))
	tb := object.None
	if e.TB != nil {
		tb = object.Of(e.TB)
	}
	var r Value
	if self := *next(b); self.P != nil {
		r = t.CallArgs(*b, self, object.Of(e.Type), object.Of(e), tb)
	} else {
		r = t.CallArgs(*b, object.Of(e.Type), object.Of(e), tb)
	}
	return put(fp, w, r)
}

func opEndAsyncFor(t *Thread, fp ptr, w uint64) bool {
	e := object.To[object.Exc](*regB(fp, w))
	if e.Type.IsSubtype(&object.StopAsyncIterationType) {
		return true
	}
	t.Exc = e
	aux(t).reraised = true
	return false
}

func opCleanupThrow(t *Thread, fp ptr, w uint64) bool {
	a := regA(fp, w)
	e := object.To[object.Exc](*nth(a, 2))
	if e.Type.IsSubtype(&object.StopIterationType) {
		*a = object.None
		*next(a) = e.Field(0)
		return true
	}
	t.Exc = e
	aux(t).reraised = true
	return false
}

func opEgMatch(t *Thread, fp ptr, w uint64) bool {
	e := *regB(fp, w)
	match, rest, ok := t.GroupMatch(e, *regC(fp, w))
	if !ok {
		return false
	}
	if rest.P == nil {
		rest = object.None
	}
	if match.P == nil {
		match = object.None
	} else {
		g := object.To[object.Exc](match)
		if !e.IsA(&object.BaseExceptionGroupType) {
			// The group has been made here, for an exception that is none.
			c := codeOf(fp)
			addTraceback(g, nil, frameObject(t, fp), int(lifted(c).Units[wordIndex(c, t.IP)]))
		}
		t.Handled.Exc = g
	}
	a := regA(fp, w)
	*a, *next(a) = rest, match
	return true
}
