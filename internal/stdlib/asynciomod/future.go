package asynciomod

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/contextvarsmod"
)

// FutureType is _asyncio.Future, TaskType _asyncio.Task.
var FutureType, TaskType object.Type

type futureState uint8

const (
	pending futureState = iota
	cancelled
	finished
)

// future is a Future, and the beginning of a Task.
type future struct {
	object.Head
	loop Value // no value: not initialised
	// first is the callback that most futures have, more are the others.
	first callback
	more  []callback
	// result is what the future has been given: a value, or an exception if failed is set.
	result Value
	// awaiter is the task that waits for the future, if it is but one.
	awaiter *future
	rare    *rareFuture
	state   futureState
	failed  bool
	// blocking says that await has yielded the future, which a task must see next. logTB says that nobody has asked for the exception.
	blocking, logTB bool
	object.Attrs
}

// callback is a function to be called when a future is done, and the context for that.
type callback struct{ fn, ctx Value }

// rareFuture is what few futures have.
type rareFuture struct {
	tb           *object.Traceback // of the exception, when it was set
	sourceTrace  Value
	message      Value       // of the cancellation
	cancelledExc *object.Exc // by which a task has ended
	awaiters     *object.Set // if there have been several
}

func (f *future) rarely() *rareFuture {
	if f.rare == nil {
		f.rare = &rareFuture{}
	}
	return f.rare
}

// asFuture returns the future or task v, or nil if it is something else.
func asFuture(v Value) *future {
	if v.IsA(&FutureType) {
		return object.To[future](v)
	}
	return nil
}

// isExact reports whether v is a Future or Task and no instance of a subclass: then its methods are those of this package.
func isExact(v Value) bool { return v.Is(&FutureType) || v.Is(&TaskType) }

// alive checks that the future has been initialised.
func (f *future) alive(t *Thread) bool {
	if f.loop.P == nil {
		t.RuntimeErrorf("Future object is not initialized.")
		return false
	}
	return true
}

// init is Future.__init__.
func (f *future) init(t *Thread, loop Value) bool {
	f.first, f.more, f.result, f.awaiter, f.rare = callback{}, nil, Value{}, nil, nil
	f.state, f.failed, f.blocking, f.logTB = pending, false, false, false
	f.loop = Value{}
	if loop.P == nil || loop.IsNone() {
		if loop = eventLoop(t); loop.P == nil {
			return false
		}
	}
	f.loop = loop
	debug, ok := isTrue(t, t.CallMethod(loop, nameGetDebug))
	if !ok || !debug {
		return ok
	}
	f.rarely().sourceTrace = of(t).call(t, extractStack)
	return f.rare.sourceTrace.P != nil
}

// schedule makes the loop call the callbacks of a future that is done now.
func (f *future) schedule(t *Thread) bool {
	if f.Type.IsSubtype(&TaskType) {
		of(t).scheduled.remove(f.asTask())
	}
	// What call_soon does must not change what is being called.
	first, more := f.first, f.more
	f.first, f.more = callback{}, nil
	if first.fn.P != nil && !callSoon(t, f.loop, first.fn, object.Of(f), first.ctx) {
		return false
	}
	for _, c := range more {
		if !callSoon(t, f.loop, c.fn, object.Of(f), c.ctx) {
			return false
		}
	}
	return true
}

// addCallback is add_done_callback. ctx may be no value: a copy of the current context.
func (f *future) addCallback(t *Thread, fn, ctx Value) bool {
	if ctx.P == nil {
		ctx = contextvarsmod.Copy(t)
	}
	switch {
	case f.loop.P == nil:
		t.RuntimeErrorf("uninitialized Future object")
		return false
	case f.state != pending:
		return callSoon(t, f.loop, fn, object.Of(f), ctx)
	case f.first.fn.P == nil && f.more == nil:
		f.first = callback{fn, ctx}
	default:
		f.more = append(f.more, callback{fn, ctx})
	}
	return true
}

// removeCallback is remove_done_callback: it returns how many there were, or -1. Comparing them may run anything.
func (f *future) removeCallback(t *Thread, fn Value) int {
	removed := 0
	if c := f.first.fn; c.P != nil {
		eq, ok := t.Equal(c, fn)
		if !ok {
			return -1
		}
		if eq {
			f.first = callback{}
			removed++
		}
	}
	var kept []callback
	for i := 0; i < len(f.more); i++ {
		c := f.more[i]
		eq, ok := t.Equal(c.fn, fn)
		if !ok {
			return -1
		}
		if eq {
			removed++
		} else {
			kept = append(kept, c)
		}
	}
	if f.more != nil {
		f.more = kept
	}
	return removed
}

func (f *future) setResult(t *Thread, v Value) bool {
	if !f.alive(t) {
		return false
	}
	if f.state != pending {
		errInvalidState(t, "invalid state")
		return false
	}
	f.result, f.state = v, finished
	return f.schedule(t)
}

func (f *future) setException(t *Thread, v Value) bool {
	if f.state != pending {
		errInvalidState(t, "invalid state")
		return false
	}
	if isExcClass(v) {
		if v = t.CallArgs(v); v.P == nil {
			return false
		}
		if f.state != pending {
			errInvalidState(t, "invalid state")
			return false
		}
	}
	if v.Type().Flags&object.FlagException == 0 {
		t.TypeErrorf("invalid exception object")
		return false
	}
	e := object.To[object.Exc](v)
	if e.Type.IsSubtype(&object.StopIterationType) {
		r := t.MakeExc(&object.RuntimeErrorType, object.MakeStr("StopIteration interacts badly with generators and cannot be raised into a Future"))
		if r == nil {
			return false
		}
		r.Cause, r.Context, r.Suppress = e, e, true
		e = r
	}
	f.result, f.failed, f.state = object.Of(e), true, finished
	if e.TB != nil || f.rare != nil {
		f.rarely().tb = e.TB
	}
	if !f.schedule(t) {
		return false
	}
	f.logTB = true
	t.Finalize(object.Of(f))
	return true
}

// retrieved notes that somebody has asked for the exception.
func (f *future) retrieved() {
	if f.logTB {
		f.logTB = false
		object.Unfinalize(object.Of(f))
	}
}

// makeCancelled returns the CancelledError of a future that has been cancelled, or no value.
func (f *future) makeCancelled(t *Thread) Value {
	if f.rare != nil {
		if e := f.rare.cancelledExc; e != nil {
			f.rare.cancelledExc = nil
			return object.Of(e)
		}
		if m := f.rare.message; m.P != nil && !m.IsNone() {
			return of(t).call(t, cancelledError, m)
		}
	}
	return of(t).call(t, cancelledError)
}

// outcome returns the result, or exc if there is an exception, which has its traceback then. No value for both: an exception is set.
func (f *future) outcome(t *Thread) (v, exc Value) {
	switch f.state {
	case cancelled:
		if e := f.makeCancelled(t); e.P != nil {
			t.RaiseValue(e)
		}
		return Value{}, Value{}
	case pending:
		return errInvalidState(t, "Result is not set."), Value{}
	}
	f.retrieved()
	if !f.failed {
		return f.result, Value{}
	}
	e := object.To[object.Exc](f.result)
	e.TB = nil
	if f.rare != nil {
		e.TB, f.rare.tb = f.rare.tb, nil
	}
	return Value{}, f.result
}

// getResult is result().
func (f *future) getResult(t *Thread) Value {
	if f.loop.P == nil {
		return errInvalidState(t, "Future object is not initialized.")
	}
	v, exc := f.outcome(t)
	if exc.P != nil {
		return t.RaiseValue(exc)
	}
	return v
}

func (f *future) getException(t *Thread) Value {
	switch {
	case f.loop.P == nil:
		return errInvalidState(t, "Future object is not initialized.")
	case f.state == cancelled:
		if e := f.makeCancelled(t); e.P != nil {
			t.RaiseValue(e)
		}
		return Value{}
	case f.state == pending:
		return errInvalidState(t, "Exception is not set.")
	case !f.failed:
		return object.None
	}
	f.retrieved()
	return f.result
}

// cancel is cancel(msg) of a future that is no task. done: it had a result already.
func (f *future) cancel(t *Thread, message Value) (res, ok bool) {
	f.retrieved()
	if f.state != pending {
		return false, true
	}
	f.state = cancelled
	f.setMessage(message)
	return true, f.schedule(t)
}

func (f *future) setMessage(m Value) {
	if m.P != nil && m.IsNone() && f.rare == nil {
		return // what it is without
	}
	f.rarely().message = m
}

func (f *future) message() Value {
	if f.rare == nil {
		return object.None
	}
	return object.OrNone(f.rare.message)
}

// addAwaiter notes that w waits for the future.
func (f *future) addAwaiter(t *Thread, w *future) bool {
	if f.awaiter == nil && (f.rare == nil || f.rare.awaiters == nil) {
		f.awaiter = w
		return true
	}
	r := f.rarely()
	if r.awaiters == nil {
		r.awaiters = object.NewSet()
		if !r.awaiters.Add(t, object.Of(f.awaiter)) {
			return false
		}
		f.awaiter = nil
	}
	return r.awaiters.Add(t, object.Of(w))
}

func (f *future) discardAwaiter(t *Thread, w *future) bool {
	if f.awaiter == w {
		f.awaiter = nil
		return true
	}
	if f.rare == nil || f.rare.awaiters == nil {
		return true
	}
	_, ok := f.rare.awaiters.Discard(t, object.Of(w))
	return ok
}

// awaitedBy returns those who wait, as a frozenset, or None.
func (f *future) awaitedBy(t *Thread) Value {
	switch {
	case f.awaiter != nil:
		return object.MakeSet(t, []Value{object.Of(f.awaiter)}, true)
	case f.rare == nil || f.rare.awaiters == nil:
		return object.None
	}
	return object.MakeSet(t, f.rare.awaiters.Items(), true)
}

// report gives the loop's exception handler a context.
func (f *future) report(t *Thread, message string, key *object.Str, exc Value) {
	saved := t.Exc
	t.Exc = nil
	d := object.NewDict()
	d.SetStr(nameMessage, object.MakeStr(message))
	if exc.P != nil {
		d.SetStr(nameException, exc)
	}
	d.SetStr(key, object.Of(f))
	if f.rare != nil && f.rare.sourceTrace.P != nil {
		d.SetStr(nameSourceTrace, f.rare.sourceTrace)
	}
	if h := t.GetAttr(f.loop, nameCallHandler); h.P != nil && t.CallArgs(h, object.Of(d)).P == nil {
		t.Unraisable("Exception ignored while calling asyncio function ", h)
	}
	t.Exc = saved
}

// finalize is __del__: it tells of an exception that nobody has asked for.
func finalize(t *Thread, v Value) {
	f := object.To[future](v)
	if !f.logTB {
		return
	}
	f.logTB = false
	f.report(t, f.Type.ShortName()+" exception was never retrieved", nameFuture, f.result)
}
