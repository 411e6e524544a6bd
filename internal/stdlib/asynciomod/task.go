package asynciomod

import (
	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/contextvarsmod"
	"github.com/krait-py/krait/internal/vm"
)

// task is a Task.
type task struct {
	future
	// waiter is what the task waits for, coro the coroutine; no value: none (any more).
	waiter, coro Value
	name         Value // an int until somebody asks
	context      Value
	cancels      int // requests to cancel
	// mustCancel says that the next step is to throw CancelledError. logDestroy says that it is to be reported when the task is forgotten.
	mustCancel, logDestroy bool
	// stepper and wakeup are what is given to loop and futures: one of each does for all steps.
	stepper *stepper
	wakeup  *object.Builtin
	place
}

// stepper is a callback that makes a task's next step, by throwing exc if that is not nil.
type stepper struct {
	object.Head
	task *task
	exc  Value
}

var stepperType object.Type

// wakeupDef is the callback for what a task waits for; init gives it its function, which refers to it.
var wakeupDef = object.MethodDef{Name: "task_wakeup", Sig: "($self, object, /)"}

// asTask returns the task that f is the beginning of.
func (f *future) asTask() *task { return object.To[task](object.Of(f)) }

// isCoroutine reports whether v is what a task can run.
func isCoroutine(t *Thread, v Value) (res, ok bool) {
	if v.Is(&object.CoroutineType) {
		return true, true
	}
	return isTrue(t, of(t).call(t, isCoroutineFunc, v))
}

// initTask is Task.__init__.
func initTask(t *Thread, a []Value) bool {
	k := object.To[task](a[0])
	coro, loop, name, ctx := a[1], object.OrNone(a[2]), object.OrNone(a[3]), object.OrNone(a[4])
	eager, ok := false, true
	if a[5].P != nil {
		if eager, ok = t.IsTrue(a[5]); !ok {
			return false
		}
	}
	if !k.init(t, loop) {
		return false
	}
	if ok, fine := isCoroutine(t, coro); !ok {
		k.logDestroy = false
		if r := (*object.Str)(nil); fine {
			if r = t.Repr(coro); r != nil {
				t.TypeErrorf("a coroutine was expected, got %s", r.S)
			}
		}
		return false
	}
	if ctx.IsNone() {
		ctx = contextvarsmod.Copy(t)
	}
	k.context, k.waiter, k.coro = ctx, Value{}, coro
	k.mustCancel, k.logDestroy, k.cancels = false, true, 0
	s := of(t)
	if name.IsNone() {
		s.tasks++
		name = object.MakeInt(int64(s.tasks))
	} else if !name.Is(&object.StrType) {
		text := t.Str(name)
		if text == nil {
			return false
		}
		name = object.Of(text)
	}
	k.name = name
	if eager {
		running, ok := isTrue(t, t.CallMethod(loop, nameIsRunning))
		if !ok {
			return false
		}
		if running {
			return k.start(t)
		}
	}
	if !k.stepSoon(t) {
		return false
	}
	s.scheduled.add(t, k)
	return true
}

// nameOf is get_name().
func (k *task) nameOf() Value {
	if k.name.IsInt() {
		k.name = object.MakeStr("Task-" + itoa(k.name.Int()))
	}
	return object.OrNone(k.name)
}

// stepSoon makes the loop call the next step.
func (k *task) stepSoon(t *Thread) bool {
	if k.stepper == nil {
		k.stepper = &stepper{Head: object.Head{Type: &stepperType}, task: k}
	}
	return callSoon(t, k.loop, object.Of(k.stepper), Value{}, k.context)
}

// failSoon makes the loop throw RuntimeError with the next step.
func (k *task) failSoon(t *Thread, format string, args ...Value) bool {
	texts := make([]any, len(args))
	for i, a := range args {
		r := t.Repr(a)
		if r == nil {
			return false
		}
		texts[i] = r.S
	}
	t.RuntimeErrorf(format, texts...)
	e := t.Exc
	t.Exc = nil
	s := &stepper{Head: object.Head{Type: &stepperType}, task: k, exc: object.Of(e)}
	return callSoon(t, k.loop, object.Of(s), Value{}, k.context)
}

// step makes a step as the current task of the thread: exc, if there is one, is thrown.
func (k *task) step(t *Thread, exc Value) bool {
	s := of(t)
	self := object.Of(k)
	if !s.enter(t, k.loop, self) {
		return false
	}
	if k.advance(t, s, exc) {
		return s.leave(t, k.loop, self)
	}
	e := t.Exc
	t.Exc = nil
	s.leave(t, k.loop, self)
	chain(t, e)
	return false
}

// chain sets e again, or makes it the context of what has been raised since.
func chain(t *Thread, e *object.Exc) {
	if t.Exc == nil {
		t.Exc = e
	} else if e != nil {
		t.Exc.Context = e
	}
}

// advance resumes the coroutine and sees to what it yields or how it ends.
func (k *task) advance(t *Thread, s *threadState, exc Value) bool {
	if k.state != pending {
		r, x := t.Repr(object.Of(k)), (*object.Str)(nil)
		if r != nil {
			x = t.Repr(object.OrNone(exc))
		}
		if x != nil {
			errInvalidState(t, "__step(): already done: "+r.S+" "+x.S)
		}
		return false
	}
	if k.mustCancel {
		of := s.get(t, cancelledError)
		if of.P == nil {
			return false
		}
		if exc.P == nil || !isOf(exc, of) {
			if exc = k.makeCancelled(t); exc.P == nil {
				return false
			}
		}
		k.mustCancel = false
	}
	k.waiter = Value{}
	if k.coro.P == nil {
		t.RuntimeErrorf("uninitialized Task object")
		return false
	}
	var r Value
	var done bool
	if exc.P == nil {
		r, done = vm.Send(t, k.coro, object.None)
	} else {
		r, done = vm.Throw(t, k.coro, exc)
	}
	if k.old != nil {
		k.old.coro.Follow(k.coro)
	}
	switch {
	case r.P == nil:
		return k.ended(t, s)
	case !done:
		return k.await(t, r)
	case k.mustCancel:
		// It was cancelled in its last step.
		k.mustCancel = false
		_, ok := k.future.cancel(t, k.message())
		return ok
	}
	return k.setResult(t, r)
}

// ended gives the task the exception in t, by which its coroutine has ended.
func (k *task) ended(t *Thread, s *threadState) bool {
	e := t.Exc
	t.Exc = nil
	c := s.get(t, cancelledError)
	if c.P == nil {
		return false
	}
	if isOf(object.Of(e), c) {
		k.rarely().cancelledExc = e
		_, ok := k.future.cancel(t, Value{})
		return ok
	}
	if !k.setException(t, object.Of(e)) {
		return false
	}
	if e.Type.IsSubtype(&object.KeyboardInterruptType) || e.Type.IsSubtype(&object.SystemExitType) {
		t.Exc = e
		return false
	}
	return true
}

// await makes the task wait for what its coroutine has yielded.
func (k *task) await(t *Thread, v Value) bool {
	switch {
	case v == object.Of(k):
		return k.failSoon(t, "Task cannot await on itself: %s", v)
	case v.IsNone():
		return k.stepSoon(t)
	case isExact(v):
		f := object.To[future](v)
		switch {
		case f.loop != k.loop:
			return k.failSoon(t, differentLoop, object.Of(k), v)
		case !f.blocking:
			return k.failSoon(t, yieldNotFrom, object.Of(k), v)
		}
		if !f.addAwaiter(t, &k.future) {
			return false
		}
		f.blocking = false
		return f.addCallback(t, k.wakeupFunc(), k.context) && k.waitFor(t, v)
	}
	blocking, ok := t.FindAttr(v, nameBlocking)
	switch {
	case !ok:
		return false
	case blocking.P != nil && !blocking.IsNone():
		return k.awaitOther(t, v, blocking)
	}
	isGen, ok := t.IsInstance(v, object.Of(&object.GeneratorType))
	switch {
	case !ok:
		return false
	case isGen:
		return k.failSoon(t, "yield was used instead of yield from for generator in task %s with %s", object.Of(k), v)
	}
	return k.failSoon(t, "Task got bad yield: %s", v)
}

const (
	differentLoop = "Task %s got Future %s attached to a different loop"
	yieldNotFrom  = "yield was used instead of yield from in task %s with %s"
)

// awaitOther is await for futures of other classes, which may define anything.
func (k *task) awaitOther(t *Thread, v, blocking Value) bool {
	blocks, ok := t.IsTrue(blocking)
	if !ok {
		return false
	}
	loop := loopOf(t, v)
	switch {
	case loop.P == nil:
		return false
	case loop != k.loop:
		return k.failSoon(t, differentLoop, object.Of(k), v)
	case !blocks:
		return k.failSoon(t, yieldNotFrom, object.Of(k), v)
	}
	if f := asFuture(v); f != nil && !f.addAwaiter(t, &k.future) {
		return false
	}
	if !t.SetAttr(v, nameBlocking, object.False) {
		return false
	}
	add := t.GetAttr(v, nameAddCallback)
	if add.P == nil {
		return false
	}
	mark := t.Scratch
	a := t.Push(2)
	a[0], a[1] = k.wakeupFunc(), k.context
	r := t.Call(add, a, contextKeyword)
	t.Pop(mark, a)
	return r.P != nil && k.waitFor(t, v)
}

// waitFor notes what the task waits for, and cancels it if the task has been cancelled.
func (k *task) waitFor(t *Thread, v Value) bool {
	k.waiter = v
	if !k.mustCancel {
		return true
	}
	done, ok := cancelAny(t, v, k.message())
	if done {
		k.mustCancel = false
	}
	return ok
}

// cancelAny is v.cancel(message).
func cancelAny(t *Thread, v, message Value) (res, ok bool) {
	switch v.Type() {
	case &FutureType:
		return object.To[future](v).cancel(t, message)
	case &TaskType:
		if !t.Enter(" while calling a Python object") {
			return false, false
		}
		res, ok = object.To[task](v).cancel(t, message)
		t.Leave()
		return res, ok
	}
	return isTrue(t, t.CallMethod(v, nameCancel, message))
}

// loopOf is asyncio.futures._get_loop(v).
func loopOf(t *Thread, v Value) Value {
	if isExact(v) {
		return object.OrNone(object.To[future](v).loop)
	}
	get, ok := t.FindAttr(v, nameGetLoop)
	if !ok {
		return Value{}
	}
	if get.P != nil {
		return t.CallArgs(get)
	}
	return t.GetAttr(v, nameLoop)
}

// wakeupFunc returns the callback for what the task waits for.
func (k *task) wakeupFunc() Value {
	if k.wakeup == nil {
		k.wakeup = object.To[object.Builtin](object.NewBuiltin(&wakeupDef, object.Of(k), object.None))
		k.wakeup.Bound = true
	}
	return object.Of(k.wakeup)
}

// wake makes the next step after v, which the task has waited for, is done.
func (k *task) wake(t *Thread, v Value) bool {
	f := asFuture(v)
	if f != nil && !f.discardAwaiter(t, &k.future) {
		return false
	}
	if f != nil && isExact(v) {
		if r, exc := f.outcome(t); r.P != nil || exc.P != nil {
			return k.step(t, exc)
		}
	} else if t.CallMethod(v, nameResult).P != nil {
		return k.step(t, Value{})
	}
	e := t.Exc
	t.Exc = nil
	return k.step(t, object.Of(e))
}

// start makes the first step at once, in the context of the task and as the current task instead of the one that is.
func (k *task) start(t *Thread) bool {
	s := of(t)
	self := object.Of(k)
	before, ok := s.swap(t, k.loop, self)
	if !ok {
		return false
	}
	s.scheduled.add(t, k)
	if !contextvarsmod.IsContext(k.context) {
		t.TypeErrorf("an instance of Context was expected")
		return false
	}
	if !contextvarsmod.Enter(t, k.context) {
		return false
	}
	ok = k.advance(t, s, Value{})
	e := t.Exc
	t.Exc = nil
	if _, fine := s.swap(t, k.loop, before); !fine {
		ok = false
	}
	if !contextvarsmod.Leave(t, k.context) {
		ok = false
	}
	chain(t, e)
	if k.state != pending {
		k.coro = Value{}
	}
	return ok
}

// cancel is Task.cancel(message).
func (k *task) cancel(t *Thread, message Value) (res, ok bool) {
	k.retrieved()
	if k.state != pending {
		return false, true
	}
	k.cancels++
	if k.waiter.P != nil {
		if done, ok := cancelAny(t, k.waiter, message); done || !ok {
			return done, ok
		}
	}
	k.mustCancel = true
	k.setMessage(message)
	return true, true
}

// uncancel takes one request to cancel back.
func (k *task) uncancel() int {
	if k.cancels > 0 {
		if k.cancels--; k.cancels == 0 {
			k.mustCancel = false
		}
	}
	return k.cancels
}

// finalizeTask is Task.__del__.
func finalizeTask(t *Thread, v Value) {
	k := object.To[task](v)
	if k.state == pending && k.logDestroy && k.loop.P != nil {
		k.report(t, "Task was destroyed but it is pending!", nameTask, Value{})
	}
	finalize(t, v)
}

// isOf reports whether exc is an instance of cls. Programs may have put anything where the class is looked for.
func isOf(exc, cls Value) bool {
	return cls.Type().Flags&object.FlagType != 0 && exc.Type().IsSubtype(object.To[object.Type](cls))
}
