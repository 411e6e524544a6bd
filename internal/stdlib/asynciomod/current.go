package asynciomod

import (
	"github.com/krait-py/krait/internal/object"
)

// is checks that a loop is the one that runs.
func (s *threadState) is(t *Thread, loop Value) bool {
	if s.loop == loop {
		return true
	}
	if r := t.Repr(loop); r != nil {
		t.RuntimeErrorf("loop %s is not the running loop", r.S)
	}
	return false
}

// enter makes k the current task.
func (s *threadState) enter(t *Thread, loop, k Value) bool {
	if !s.is(t, loop) {
		return false
	}
	if s.task.P != nil {
		complain(t, "Cannot enter into task %s while another task %s is being executed.", k, s.task)
		return false
	}
	s.task = k
	return true
}

// leave undoes enter.
func (s *threadState) leave(t *Thread, loop, k Value) bool {
	if !s.is(t, loop) {
		return false
	}
	if s.task != k {
		complain(t, "Invalid attempt to leave task %s while task %s is entered.", k, object.OrNone(s.task))
		return false
	}
	s.task = Value{}
	return true
}

// complain raises RuntimeError with the reprs of two tasks.
func complain(t *Thread, format string, a, b Value) {
	x := t.Repr(a)
	if x == nil {
		return
	}
	if y := t.Repr(b); y != nil {
		t.RuntimeErrorf(format, x.S, y.S)
	}
}

// swap makes k, which may be None, the current task and returns the one before, or None.
func (s *threadState) swap(t *Thread, loop, k Value) (before Value, ok bool) {
	if !s.is(t, loop) {
		return Value{}, false
	}
	before = object.OrNone(s.task)
	if s.task = k; k.IsNone() {
		s.task = Value{}
	}
	return before, true
}

// runningLoop is get_running_loop().
func runningLoop(t *Thread, a []Value) Value {
	if s := of(t); s.loop.P != nil {
		return s.loop
	}
	return t.RuntimeErrorf("no running event loop")
}

// loopArg returns the loop that an optional argument names: by default the one that runs.
func loopArg(t *Thread, v Value) Value {
	if v.P == nil || v.IsNone() {
		return runningLoop(t, nil)
	}
	return v
}

func currentTask(t *Thread, a []Value) Value {
	loop := loopArg(t, a[0])
	if loop.P == nil {
		return loop
	}
	if s := of(t); s.loop == loop {
		return object.OrNone(s.task)
	}
	for _, o := range t.Interp.Threads() {
		if s, _ := o.Asyncio.(*threadState); s != nil && s.loop == loop {
			return object.OrNone(s.task)
		}
	}
	return object.None
}

// foreignTasks returns the WeakSet of tasks of other classes.
func (s *state) foreignTasks(t *Thread) Value {
	if s.foreign.P == nil {
		s.foreign = s.call(t, weakSet)
	}
	return s.foreign
}

// registerWith makes a function that registers a task, by what does so for tasks of other classes; or takes it off.
func registerWith(add bool, other func(t *Thread, v Value) bool) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		s := of(t)
		switch {
		case !a[0].IsA(&TaskType):
			return noneIf(other(t, a[0]))
		case add:
			s.scheduled.add(t, object.To[task](a[0]))
		default:
			s.scheduled.remove(object.To[task](a[0]))
		}
		return object.None
	}
}

func callForeign(name *object.Str) func(t *Thread, v Value) bool {
	return func(t *Thread, v Value) bool {
		set := of(t).foreignTasks(t)
		return set.P != nil && t.CallMethod(set, name, v).P != nil
	}
}

func addEager(t *Thread, v Value) bool {
	s := of(t)
	if s.eager == nil {
		s.eager = object.NewSet()
	}
	return s.eager.Add(t, v)
}

func discardEager(t *Thread, v Value) bool {
	s := of(t)
	if s.eager == nil {
		return true
	}
	_, ok := s.eager.Discard(t, v)
	return ok
}

// allTasks is all_tasks(loop).
func allTasks(t *Thread, a []Value) Value {
	loop := loopArg(t, a[0])
	if loop.P == nil {
		return loop
	}
	s := of(t)
	var tasks []Value
	if s.eager != nil {
		tasks = s.eager.Items()
	}
	if s.foreign.P != nil {
		more, ok := t.Collect(s.foreign)
		if !ok {
			return Value{}
		}
		tasks = append(tasks, more...)
	}
	set := object.NewSet()
	for _, k := range append(tasks, s.scheduled.all()...) {
		wanted, ok := isPending(t, k, loop)
		if !ok || wanted && !set.Add(t, k) {
			return Value{}
		}
	}
	return object.Of(set)
}

// isPending reports whether a task is one of a loop and not done.
func isPending(t *Thread, k, loop Value) (res, ok bool) {
	if k.Is(&TaskType) {
		f := object.To[future](k)
		return f.state == pending && f.loop == loop, true
	}
	if done, ok := isTrue(t, t.CallMethod(k, nameDone)); done || !ok {
		return false, ok
	}
	l := loopOf(t, k)
	return l == loop, l.P != nil
}

// awaiting makes future_add_to_awaited_by and future_discard_from_awaited_by, which are for futures of this package only.
func awaiting(do func(f *future, t *Thread, w *future) bool) func(t *Thread, a []Value) Value {
	return func(t *Thread, a []Value) Value {
		if f, w := asFuture(a[0]), asFuture(a[1]); f != nil && w != nil {
			return noneIf(do(f, t, w))
		}
		return object.None
	}
}

var functions = []object.MethodDef{
	{Name: "_enter_task", Sig: "(loop, task)", Doc: "Make task, which belongs to loop, the current one.", Fn: func(t *Thread, a []Value) Value {
		return noneIf(of(t).enter(t, a[0], a[1]))
	}},
	{Name: "_get_running_loop", Sig: "()", Doc: "Return the event loop that runs in this thread, or None.", Fn: func(t *Thread, a []Value) Value {
		return object.OrNone(of(t).loop)
	}},
	{Name: "_leave_task", Sig: "(loop, task)", Doc: "End task, which belongs to loop, being the current one.", Fn: func(t *Thread, a []Value) Value {
		return noneIf(of(t).leave(t, a[0], a[1]))
	}},
	{Name: "_register_eager_task", Sig: "(task)", Doc: "Register a task in its first step.", Fn: registerWith(true, addEager)},
	{Name: "_register_task", Sig: "(task)", Doc: "Register a task.", Fn: registerWith(true, callForeign(nameAdd))},
	{Name: "_set_running_loop", Sig: "(loop, /)", Doc: "Set the event loop that runs in this thread.", Fn: func(t *Thread, a []Value) Value {
		s := of(t)
		if s.loop = a[0]; a[0].IsNone() {
			s.loop = Value{}
		}
		return object.None
	}},
	{Name: "_swap_current_task", Sig: "(loop, task)", Doc: "Make task, or none, the current one and return the one that was.", Fn: func(t *Thread, a []Value) Value {
		v, _ := of(t).swap(t, a[0], a[1])
		return v
	}},
	{Name: "_unregister_eager_task", Sig: "(task)", Doc: "Undo _register_eager_task.", Fn: registerWith(false, discardEager)},
	{Name: "_unregister_task", Sig: "(task)", Doc: "Undo _register_task.", Fn: registerWith(false, callForeign(nameDiscard))},
	{Name: "all_tasks", Sig: "(loop=None)", Doc: "Return a set of all tasks for the loop.", Fn: allTasks},
	{Name: "current_task", Sig: "(loop=None)", Doc: "Return a currently executed task.", Fn: currentTask},
	{Name: "future_add_to_awaited_by", Sig: "(fut, waiter, /)", Doc: "Record that `fut` is awaited on by `waiter`.", Fn: awaiting((*future).addAwaiter)},
	{Name: "future_discard_from_awaited_by", Sig: "(fut, waiter, /)", Fn: awaiting((*future).discardAwaiter)},
	{Name: "get_event_loop", Sig: "()", Doc: "Return the event loop that runs in this thread or, if there is none, that of the event loop policy.", Fn: func(t *Thread, a []Value) Value {
		return eventLoop(t)
	}},
	{Name: "get_running_loop", Sig: "()", Doc: "Return the event loop that runs in this thread.\n\nRaise RuntimeError if there is none.", Fn: runningLoop},
}
