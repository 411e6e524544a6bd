package asynciomod

import (
	"strconv"
	"unsafe"

	"github.com/krait-py/krait/internal/object"
	"github.com/krait-py/krait/internal/stdlib/contextvarsmod"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func futureOf(v Value) *future { return object.To[future](v) }

func taskOf(v Value) *task { return object.To[task](v) }

const sigSelf = "($self, /)"

// setup defines the types of the module.
func setup(*object.ModuleDef) {
	defineFuture()
	defineIterator()
	defineTask()
	wakeupDef.Fn = func(t *Thread, a []Value) Value { return noneIf(object.To[task](a[0]).wake(t, a[1])) }
	contextvarsmod.Module.Ready() // tasks have contexts
}

// The methods that Future has and, with docstrings of their own, Task.
func sharedMethods() []object.MethodDef {
	return []object.MethodDef{
		{Name: "result", Sig: sigSelf, Fn: func(t *Thread, a []Value) Value { return futureOf(a[0]).getResult(t) },
			Doc: "Return the result.\n\nRaise CancelledError if the future was cancelled, InvalidStateError if it is not\ndone, and the exception if it has been given one."},
		{Name: "exception", Defining: true, Sig: sigSelf, Fn: func(t *Thread, a []Value) Value { return futureOf(a[0]).getException(t) },
			Doc: "Return the exception that the future has been given, or None.\n\nRaise CancelledError if the future was cancelled, InvalidStateError if it is not\ndone."},
		{Name: "add_done_callback", Defining: true, Sig: "($self, fn, /, *, context=<unrepresentable>)", Fn: func(t *Thread, a []Value) Value {
			return noneIf(futureOf(a[0]).addCallback(t, a[1], a[2]))
		}, Doc: "Have fn called with the future when that is done.\n\nIf it is done already, the call is scheduled with call_soon."},
		{Name: "remove_done_callback", Defining: true, Sig: "($self, fn, /)", Fn: func(t *Thread, a []Value) Value {
			f := futureOf(a[0])
			if !f.alive(t) {
				return Value{}
			}
			n := f.removeCallback(t, a[1])
			if n < 0 {
				return Value{}
			}
			return object.MakeInt(int64(n))
		}, Doc: "Remove a callback, all times that it has been added.\n\nReturn how many times that was."},
		{Name: "cancelled", Sig: sigSelf, Fn: func(t *Thread, a []Value) Value {
			f := futureOf(a[0])
			return object.MakeBool(f.loop.P != nil && f.state == cancelled)
		}, Doc: "Return True if the future was cancelled."},
		{Name: "done", Sig: sigSelf, Fn: func(t *Thread, a []Value) Value {
			f := futureOf(a[0])
			return object.MakeBool(f.loop.P != nil && f.state != pending)
		}, Doc: "Return True if the future has a result or an exception, or was cancelled."},
		{Name: "_make_cancelled_error", Sig: sigSelf, Fn: func(t *Thread, a []Value) Value { return futureOf(a[0]).makeCancelled(t) },
			Doc: "Create the CancelledError to raise if the future was cancelled.\n\nTo be called once for a cancellation: the exception that there is goes with it."},
	}
}

func defineFuture() {
	object.Define(&FutureType, object.TypeSpec{
		Name: "Future", Module: "_asyncio", Sig: "(*, loop=None)", Flags: object.FlagBase | object.FlagOwnDel, HasWeak: true, AttrOffset: unsafe.Offsetof(future{}.Attrs),
		Doc: "This class is *almost* compatible with concurrent.futures.Future.\n\nDifferences: result() and exception() do not wait, callbacks are called by the event loop,\nand wait() and as_completed() of concurrent.futures do not take such futures.",
		Slots: object.Slots{
			Alloc: func(t *Thread, cls *object.Type) Value {
				f := &future{Head: object.Head{Type: cls}}
				return object.InitAttrs(cls, object.Of(f))
			},
			New:  func(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value { return cls.Alloc(t, cls) },
			Init: object.Initializer("Future", "(*, loop=None)", func(t *Thread, a []Value) bool { return futureOf(a[0]).init(t, a[1]) }),
			Repr: func(t *Thread, v Value) Value {
				if !futureOf(v).alive(t) {
					return Value{}
				}
				return of(t).call(t, futureRepr, v)
			},
			Del: finalize, Iter: iterate, Await: iterate,
		},
		Methods: append(sharedMethods(),
			object.MethodDef{Name: "set_result", Defining: true, Sig: "($self, result, /)", Fn: func(t *Thread, a []Value) Value {
				return noneIf(futureOf(a[0]).setResult(t, a[1]))
			}, Doc: "Mark the future done and set its result.\n\nRaise InvalidStateError if it is done already."},
			object.MethodDef{Name: "set_exception", Defining: true, Sig: "($self, exception, /)", Fn: func(t *Thread, a []Value) Value {
				f := futureOf(a[0])
				return noneIf(f.alive(t) && f.setException(t, a[1]))
			}, Doc: "Mark the future done and set an exception.\n\nRaise InvalidStateError if it is done already."},
			object.MethodDef{Name: "cancel", Defining: true, Sig: "($self, /, msg=None)", Fn: func(t *Thread, a []Value) Value {
				f := futureOf(a[0])
				if !f.alive(t) {
					return Value{}
				}
				return boolIf(f.cancel(t, object.OrNone(a[1])))
			}, Doc: "Cancel the future and schedule its callbacks.\n\nReturn False if it is done already."},
			object.MethodDef{Name: "get_loop", Defining: true, Sig: sigSelf, Fn: func(t *Thread, a []Value) Value {
				f := futureOf(a[0])
				if !f.alive(t) {
					return Value{}
				}
				return f.loop
			}, Doc: "Return the event loop the Future is bound to."},
			object.MethodDef{Name: "__class_getitem__", Sig: "($type, object, /)", Fn: object.ClassGetItem, Doc: "Futures are generic over the type of their results"},
		),
		GetSets: []object.GetSetDef{
			{Name: "_state", Get: living(func(t *Thread, f *future) Value {
				return [...]Value{pending: textPending, cancelled: textCancelled, finished: textFinished}[f.state]
			})},
			{Name: "_asyncio_future_blocking", Get: func(t *Thread, v Value) Value {
				f := futureOf(v)
				return object.MakeBool(f.loop.P != nil && f.blocking)
			}, Set: func(t *Thread, v, x Value) bool {
				f := futureOf(v)
				if !f.alive(t) {
					return false
				}
				b, ok := boolAttr(t, x)
				if ok {
					f.blocking = b
				}
				return ok
			}},
			{Name: "_loop", Get: func(t *Thread, v Value) Value { return object.OrNone(futureOf(v).loop) }},
			{Name: "_callbacks", Get: living(callbacks)},
			{Name: "_result", Get: living(func(t *Thread, f *future) Value {
				if f.failed {
					return object.None
				}
				return object.OrNone(f.result)
			})},
			{Name: "_exception", Get: living(func(t *Thread, f *future) Value {
				if f.failed {
					return f.result
				}
				return object.None
			})},
			{Name: "_log_traceback", Get: living(func(t *Thread, f *future) Value { return object.MakeBool(f.logTB) }), Set: func(t *Thread, v, x Value) bool {
				b, ok := boolAttr(t, x)
				if b {
					t.ValueErrorf("_log_traceback can only be set to False")
				}
				if !ok || b {
					return false
				}
				futureOf(v).retrieved()
				return true
			}},
			{Name: "_source_traceback", Get: func(t *Thread, v Value) Value {
				if f := futureOf(v); f.loop.P != nil && f.rare != nil {
					return object.OrNone(f.rare.sourceTrace)
				}
				return object.None
			}},
			{Name: "_cancel_message", Get: func(t *Thread, v Value) Value { return futureOf(v).message() }, Set: func(t *Thread, v, x Value) bool {
				if x.P == nil {
					return noDelete(t)
				}
				futureOf(v).setMessage(x)
				return true
			}},
			{Name: "_asyncio_awaited_by", Get: func(t *Thread, v Value) Value { return futureOf(v).awaitedBy(t) }},
		},
	})
	// Futures have attributes of their own, but do not show the dict.
	FutureType.Dict().DelStr(object.StaticName("__dict__"))
}

// living makes a getter that is for futures that have been initialised.
func living(get func(t *Thread, f *future) Value) func(t *Thread, v Value) Value {
	return func(t *Thread, v Value) Value {
		f := futureOf(v)
		if !f.alive(t) {
			return Value{}
		}
		return get(t, f)
	}
}

// callbacks returns the pairs of callback and context as a list, or None.
func callbacks(t *Thread, f *future) Value {
	var pairs []Value
	for _, c := range append([]callback{f.first}, f.more...) {
		if c.fn.P != nil {
			pairs = append(pairs, object.Of(object.NewTuple(c.fn, c.ctx)))
		}
	}
	if pairs == nil {
		return object.None
	}
	return object.Of(object.NewList(pairs))
}

func noDelete(t *Thread) bool {
	t.Raisef(&object.AttributeErrorType, "cannot delete attribute")
	return false
}

// boolAttr is the truth of what an attribute is set to; it cannot be deleted.
func boolAttr(t *Thread, x Value) (b, ok bool) {
	if x.P == nil {
		return false, noDelete(t)
	}
	return t.IsTrue(x)
}

// boolIf is the result of a function that returns a bool.
func boolIf(res, ok bool) Value {
	if !ok {
		return Value{}
	}
	return object.MakeBool(res)
}

func defineTask() {
	object.Define(&stepperType, object.TypeSpec{
		Name: "TaskStepMethWrapper", Module: "_asyncio",
		Slots: object.Slots{Call: func(t *Thread, f Value, args []Value, names *object.Tuple) Value {
			switch {
			case object.NameCount(names) > 0:
				return t.TypeErrorf("function takes no keyword arguments")
			case len(args) > 0:
				return t.TypeErrorf("function takes no positional arguments")
			}
			s := object.To[stepper](f)
			return noneIf(s.task.step(t, s.exc))
		}},
		Flags:   object.FlagNoNew,
		GetSets: []object.GetSetDef{{Name: "__self__", Get: func(t *Thread, v Value) Value { return object.Of(object.To[stepper](v).task) }}},
	})
	object.Define(&TaskType, object.TypeSpec{
		Name: "Task", Module: "_asyncio", Base: &FutureType, Sig: "(coro, *, loop=None, name=None, context=None, eager_start=False)", Flags: object.FlagBase, HasWeak: true,
		Doc: "A coroutine wrapped in a Future.",
		Slots: object.Slots{
			Alloc: func(t *Thread, cls *object.Type) Value {
				k := &task{}
				k.Type = cls
				return object.InitAttrs(cls, object.Of(k))
			},
			New:  func(t *Thread, cls *object.Type, args []Value, names *object.Tuple) Value { return cls.Alloc(t, cls) },
			Init: object.Initializer("Task", "(coro, *, loop=None, name=None, context=None, eager_start=False)", initTask),
			Repr: func(t *Thread, v Value) Value { return of(t).call(t, taskRepr, v) },
			Del:  finalizeTask, Iter: iterate, Await: iterate,
		},
		Methods: append(sharedMethods(),
			object.MethodDef{Name: "set_result", Sig: "($self, result, /)", Fn: func(t *Thread, a []Value) Value {
				return t.RuntimeErrorf("Task does not support set_result operation")
			}},
			object.MethodDef{Name: "set_exception", Sig: "($self, exception, /)", Fn: func(t *Thread, a []Value) Value {
				return t.RuntimeErrorf("Task does not support set_exception operation")
			}},
			object.MethodDef{Name: "cancel", Sig: "($self, /, msg=None)", Fn: func(t *Thread, a []Value) Value {
				return boolIf(taskOf(a[0]).cancel(t, object.OrNone(a[1])))
			}, Doc: "Request that this task cancel itself.\n\nCancelledError is thrown into the coroutine when the event loop runs the task next. The\ncoroutine may clean up, or catch the exception and go on, so that cancelled() need never\nbecome true. Return False if the task is done already.\n\nThis also increases the task's count of cancellation requests."},
			object.MethodDef{Name: "cancelling", Sig: sigSelf, Fn: func(t *Thread, a []Value) Value {
				return object.MakeInt(int64(taskOf(a[0]).cancels))
			}, Doc: "Return the count of the task's cancellation requests.\n\ncancel() increments it, uncancel() decrements it."},
			object.MethodDef{Name: "uncancel", Sig: sigSelf, Fn: func(t *Thread, a []Value) Value {
				return object.MakeInt(int64(taskOf(a[0]).uncancel()))
			}, Doc: "Decrement the task's count of cancellation requests.\n\nFor tasks that catch CancelledError and go on until they are cancelled again. Return the\nremaining number of requests."},
			object.MethodDef{Name: "get_stack", Defining: true, Sig: "($self, /, *, limit=None)", Fn: func(t *Thread, a []Value) Value {
				return of(t).call(t, taskGetStack, a[0], object.OrNone(a[1]))
			}, Doc: "Return the list of stack frames for this task's coroutine, from oldest to newest.\n\nIt is that of the place where the coroutine is suspended, of which only one frame is\nknown; empty if the coroutine has ended; or the frames of the traceback if it was ended by\nan exception. The limit is a number of frames: the newest of a stack, but the oldest of a\ntraceback."},
			object.MethodDef{Name: "print_stack", Defining: true, Sig: "($self, /, *, limit=None, file=None)", Fn: func(t *Thread, a []Value) Value {
				return of(t).call(t, taskPrintStack, a[0], object.OrNone(a[1]), object.OrNone(a[2]))
			}, Doc: "Print the stack or traceback for this task's coroutine, as module traceback does.\n\nThe limit is passed to get_stack(); the default of file is sys.stderr."},
			object.MethodDef{Name: "get_name", Sig: sigSelf, Fn: func(t *Thread, a []Value) Value { return taskOf(a[0]).nameOf() }},
			object.MethodDef{Name: "set_name", Sig: "($self, value, /)", Fn: func(t *Thread, a []Value) Value {
				s := t.Str(a[1])
				if s == nil {
					return Value{}
				}
				taskOf(a[0]).name = object.Of(s)
				return object.None
			}},
			object.MethodDef{Name: "get_coro", Sig: sigSelf, Fn: func(t *Thread, a []Value) Value { return object.OrNone(taskOf(a[0]).coro) }},
			object.MethodDef{Name: "get_context", Sig: sigSelf, Fn: func(t *Thread, a []Value) Value { return object.OrNone(taskOf(a[0]).context) }},
			object.MethodDef{Name: "__class_getitem__", Sig: "($type, object, /)", Fn: object.ClassGetItem, Doc: "Tasks are generic over the return type of their wrapped coroutines"},
		),
		GetSets: []object.GetSetDef{
			{Name: "_log_destroy_pending", Get: func(t *Thread, v Value) Value { return object.MakeBool(taskOf(v).logDestroy) }, Set: func(t *Thread, v, x Value) bool {
				b, ok := boolAttr(t, x)
				if k := taskOf(v); ok {
					if k.logDestroy = b; k.old != nil {
						k.old.log = b
					}
				}
				return ok
			}},
			{Name: "_must_cancel", Get: func(t *Thread, v Value) Value { return object.MakeBool(taskOf(v).mustCancel) }},
			{Name: "_coro", Get: func(t *Thread, v Value) Value { return object.OrNone(taskOf(v).coro) }},
			{Name: "_fut_waiter", Get: func(t *Thread, v Value) Value { return object.OrNone(taskOf(v).waiter) }},
		},
	})
}
