"""Tasks of _asyncio, run by a loop of a few lines: steps, cancellation, what they wait for, contexts, names, eager starts."""

import _contextvars as contextvars
import gc
import sys


def library():
    """asyncio's modules, or enough of them where there is no library: only reprs are left out then."""
    try:
        import asyncio.exceptions as exceptions
        import asyncio.coroutines
        import asyncio.base_tasks
    except ImportError:
        module = type(sys)
        exceptions = sys.modules["asyncio.exceptions"] = module("asyncio.exceptions")
        exceptions.CancelledError = type("CancelledError", (BaseException,), {})
        exceptions.InvalidStateError = type("InvalidStateError", (Exception,), {})
        coroutines = sys.modules["asyncio.coroutines"] = module("asyncio.coroutines")
        coroutines.iscoroutine = lambda c: hasattr(c, "send") and hasattr(c, "throw")
        futures = sys.modules["asyncio.base_futures"] = module("asyncio.base_futures")
        futures._future_repr = lambda future: "<Future>"
        tasks = sys.modules["asyncio.base_tasks"] = module("asyncio.base_tasks")
        tasks._task_repr = lambda task: "<Task>"
        sys.modules["weakref"] = module("weakref")
        sys.modules["weakref"].WeakSet = type("WeakSet", (set,), {"__slots__": ()})
    return exceptions


E = library()
import _asyncio
from _asyncio import Future


class Loop:
    def __init__(self):
        self.ready = []

    def get_debug(self):
        return False

    def is_running(self):
        return _asyncio._get_running_loop() is self

    def call_soon(self, f, *args, context=None):
        self.ready.append((f, args, context))

    def call_exception_handler(self, context):
        print("   handler", sorted(context), context["message"])

    def turn(self):
        ready, self.ready = self.ready, []
        _asyncio._set_running_loop(self)
        try:
            for f, args, context in ready:
                context.run(f, *args)
        finally:
            _asyncio._set_running_loop(None)

    def run(self, turns=30):
        while self.ready and turns:
            turns -= 1
            self.turn()

    def __repr__(self):
        return "<loop>"


loop = Loop()
kept = []


def Task(*args, **kw):
    """A task that is not forgotten: that would be said at once, or later."""
    kept.append(_asyncio.Task(*args, **kw))
    return kept[-1]


def message(e):
    return str(e).partition("<")[0].partition(" at 0x")[0]


def outcome(task):
    if task.cancelled():
        try:
            task.result()
        except E.CancelledError as e:
            return f"cancelled {e.args} {type(e.__context__).__name__}"
    if not task.done():
        return "pending"
    e = task.exception()
    return repr(task.result()) if e is None else f"{type(e).__name__} {message(e)}"


def run(coro, **kw):
    task = Task(coro, loop=loop, **kw)
    loop.run()
    return outcome(task)


async def value(v):
    return v


async def fail(e):
    raise e


class Yield:
    def __init__(self, v):
        self.v = v

    def __await__(self):
        return (yield self.v)


async def awaits(v):
    return await Yield(v)


print("== ends")
print(run(value(3)))
print(run(fail(KeyError("k"))))
print(run(fail(E.CancelledError("by itself"))))
print(run(awaits(None)))
for v in (5, (x for x in ()), Future(loop=loop), Future(loop=Loop())):
    print(type(v).__name__, run(awaits(v)))
for exc in (KeyboardInterrupt(), SystemExit(3)):
    try:
        print(run(fail(exc)))
    except BaseException as e:
        print("through", type(e).__name__)
        _asyncio._set_running_loop(None)


async def itself():
    await me


me = Task(itself(), loop=loop)
loop.run()
print(outcome(me))

print("== waits")
f = Future(loop=loop)


async def waiting(*futures):
    return [await f for f in futures]


task = Task(waiting(f), loop=loop)
loop.run()
print(task._fut_waiter is f, task in f._asyncio_awaited_by, f._asyncio_future_blocking, [cb.__name__ for cb, _ in f._callbacks], f._callbacks[0][1] is task.get_context())
f.set_result(8)
loop.run()
print(outcome(task), task._fut_waiter, f._asyncio_awaited_by, task.get_coro().cr_frame)
inner = Task(value(4), loop=loop)
print(run(waiting(inner, inner, Task(value(5), loop=loop))))
print(run(waiting(Task(fail(IndexError("inner")), loop=loop))))

print("== other futures")


class Own:
    _asyncio_future_blocking = False

    def __init__(self, loop):
        self._loop = loop
        self.callbacks = []

    def __await__(self):
        self._asyncio_future_blocking = True
        yield self
        return "own"

    def add_done_callback(self, f, *, context):
        self.callbacks.append((f, context))

    def cancel(self, msg=None):
        print("   own cancel", msg)
        return False

    def result(self):
        raise LookupError("own result")


own = Own(loop)
task = Task(waiting(own), loop=loop)
loop.run()
print(task._fut_waiter is own, own._asyncio_future_blocking, len(own.callbacks))
print(task.cancel("m"), task._must_cancel)
own.callbacks[0][0](own) if False else loop.call_soon(own.callbacks[0][0], own, context=contextvars.Context())
loop.run()
print(outcome(task))
print(run(waiting(Own(Loop()))))


class Sub(Future):
    def result(self):
        return super().result() * 2


s = Sub(loop=loop)
task = Task(waiting(s), loop=loop)
loop.run()
print(task in s._asyncio_awaited_by)
s.set_result(21)
loop.run()
print(outcome(task), s._asyncio_awaited_by)

print("== cancellation")


async def stubborn(*results):
    for r in results:
        try:
            await Future(loop=loop)
        except E.CancelledError as e:
            print("   caught", e.args, current().cancelling())
            if r == "raise":
                raise
            if r == "uncancel":
                print("   uncancel", current().uncancel())
    return "survived"


def current():
    return _asyncio.current_task()


task = Task(stubborn("go on", "uncancel", "raise"), loop=loop)
print(task.cancelling(), task.uncancel())
loop.run()
for text in ("one", None, "three"):
    print(task.cancel(text), task.cancelling(), task._must_cancel, task._cancel_message)
    loop.run()
print(outcome(task), task.cancel(), task.cancelling(), task._make_cancelled_error().args)
task = Task(value(1), loop=loop)
print(task.cancel("before the start"), task._must_cancel, outcome(task))
loop.run()
print(outcome(task))
task = Task(value(1), loop=loop)
task.cancel()
print(task.uncancel(), task._must_cancel)
loop.run()
print(outcome(task))


async def last_moment():
    current().cancel("at the end")
    return 1


print(run(last_moment()))


async def cancels(other):
    other.cancel("from within")
    await Future(loop=loop)


async def mutual():
    current().cancel("and then waits")
    await Future(loop=loop)


print(run(mutual()))
outer = Task(waiting(inner := Task(waiting(Future(loop=loop)), loop=loop)), loop=loop)
loop.run()
print(outer.cancel("through"), inner.cancelling(), outer.cancelling(), outer._must_cancel)
loop.run()
print(outcome(outer), outcome(inner))

print("== the current task")
for f in (lambda: _asyncio.get_running_loop(), lambda: _asyncio.current_task(), lambda: _asyncio.all_tasks(), lambda: _asyncio._enter_task(loop, 1)):
    try:
        print(f())
    except RuntimeError as e:
        print(e)
print(_asyncio._get_running_loop(), _asyncio.current_task(loop), _asyncio.all_tasks(loop))
_asyncio._set_running_loop(loop)
print(_asyncio._enter_task(loop, "a"), current(), _asyncio.current_task(loop), _asyncio.current_task(Loop()))
for f in (lambda: _asyncio._enter_task(loop, "b"), lambda: _asyncio._leave_task(loop, "b"), lambda: _asyncio._swap_current_task(loop, "c"), lambda: _asyncio._swap_current_task(loop, None),
          lambda: _asyncio._leave_task(loop, "c"), lambda: _asyncio._swap_current_task(5, None)):
    try:
        print(f())
    except RuntimeError as e:
        print(e)
_asyncio._set_running_loop(None)
tasks = [Task(value(n), loop=loop) for n in range(3)]
print(_asyncio.all_tasks(loop) == set(tasks))
_asyncio._unregister_task(tasks[0])
_asyncio._unregister_task(tasks[0])
_asyncio._unregister_eager_task(tasks[1])
print(_asyncio.all_tasks(loop) == set(tasks[2:]))
_asyncio._register_task(tasks[0])
_asyncio._register_eager_task(tasks[1])
print(_asyncio.all_tasks(loop) == set(tasks))


class Foreign:
    _loop = loop

    def done(self):
        return False


a, b = Foreign(), Foreign()
_asyncio._register_task(a)
_asyncio._register_eager_task(b)
print(_asyncio.all_tasks(loop) == {*tasks, a, b})
_asyncio._unregister_eager_task(b)
_asyncio._unregister_eager_task(b)
_asyncio._unregister_task(a)
loop.run()
print(len(_asyncio.all_tasks(loop)))

print("== names and contexts")
v = contextvars.ContextVar("v", default=0)


async def context(n):
    before = v.get()
    v.set(n)
    await Yield(None)
    return before, v.get()


v.set(1)
tasks = [Task(context(n), loop=loop) for n in (2, 3)]
own = contextvars.copy_context()
own.run(v.set, 9)
tasks.append(Task(context(4), loop=loop, context=own))
loop.run()
print([t.result() for t in tasks], v.get(), own[v], tasks[2].get_context() is own)
names = [Task(value(0), loop=loop) for _ in range(2)]
first = int(names[0].get_name().removeprefix("Task-"))
print(names[1].get_name() == f"Task-{first + 1}")
for name in ("n", 5, None, ""):
    t = Task(value(0), loop=loop, name=name)
    print(t.get_name() if name is not None else t.get_name()[:5], t.set_name(7.5), t.get_name())
loop.run()

print("== eager starts")


async def eager(*futures):
    print("   runs as current:", current() is not None, v.get())
    v.set(50)
    for f in futures:
        await f
    return "eager"


def inside():
    for futures in ((), (Yield(None),), (Yield(3),)):
        t = Task(eager(*futures), loop=loop, eager_start=True)
        print(outcome(t), t.get_coro() is None, t in _asyncio.all_tasks(), current(), v.get())


loop.call_soon(inside, context=contextvars.copy_context())
loop.run()
t = Task(eager(), loop=loop, eager_start=True)
print("not running:", outcome(t))
loop.run()
print(outcome(t))

print("== arguments")
keep = value(0)
for f in (lambda: _asyncio.Task(), lambda: Task(5, loop=loop), lambda: Task(keep, loop), lambda: Task(keep, loop=loop, x=1), lambda: _asyncio.Task.__new__(_asyncio.Task).done(), lambda: _asyncio.Task.__new__(_asyncio.Task).get_name(),
          lambda: _asyncio.Task.__new__(_asyncio.Task).get_coro(), lambda: Task(keep, loop=loop).set_result(1), lambda: Task(keep, loop=loop).set_exception(1), lambda: _asyncio.Task[int], lambda: _asyncio.Task.__text_signature__,
          lambda: _asyncio.Task.__new__(_asyncio.Task).cancel(), lambda: Task(keep, loop=loop, eager_start=[]).done(), lambda: Task(keep, loop=loop, name=5).get_name()):
    try:
        r = f()
        print("Task-" if type(r) is str and r.startswith("Task-") else r)
    except Exception as e:
        print(type(e).__name__, message(e))
loop.ready.clear()
step = []
task = Task(value(6), loop=loop)
step, args, context_ = loop.ready.pop()
print(type(step), step.__self__ is task, args)
for a, k in (((1,), {}), ((), {"x": 1})):
    try:
        step(*a, **k)
    except TypeError as e:
        print(e)
try:
    step()
except RuntimeError as e:
    print(e)
_asyncio._set_running_loop(loop)
print(step(), outcome(task))
try:
    step()
except E.InvalidStateError as e:
    print(message(e))
_asyncio._set_running_loop(None)

print("== forgotten")
task = Task(value(1), loop=loop)
print(task._log_destroy_pending)
task.__del__()
task._log_destroy_pending = False
task.__del__()
loop.run()
task = lost = _asyncio.Task(waiting(Future(loop=loop)), loop=loop, name="lost")
loop.run()
gc.collect()
print(_asyncio.all_tasks(loop) == {lost})
task = lost = None
gc.collect()
print(len(_asyncio.all_tasks(loop)))
keep.close()
for task in kept:
    task._log_destroy_pending = task._log_traceback = False
