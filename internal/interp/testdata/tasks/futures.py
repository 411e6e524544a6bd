"""Futures of _asyncio: what they answer in each state, to wrong arguments too, and the iterators that await uses."""

import sys


def library():
    """asyncio's modules, or enough of them where there is no library: only reprs are left out then."""
    try:
        import asyncio.exceptions as exceptions
    except ImportError:
        module = type(sys)
        exceptions = sys.modules["asyncio.exceptions"] = module("asyncio.exceptions")
        exceptions.CancelledError = type("CancelledError", (BaseException,), {})
        exceptions.InvalidStateError = type("InvalidStateError", (Exception,), {})
        futures = sys.modules["asyncio.base_futures"] = module("asyncio.base_futures")
        futures._future_repr = lambda future: f"<{type(future).__name__} {future._state.lower()}>"
    return exceptions


exceptions = library()
import _asyncio


class Loop:
    debug = False

    def __init__(self):
        self.ready = []

    def get_debug(self):
        return self.debug

    def call_soon(self, f, *args, context=None):
        print("   call_soon", getattr(f, "__name__", type(f).__name__), len(args), type(context).__name__)
        self.ready.append((f, args))

    def call_exception_handler(self, context):
        print("   handler", sorted(context), context["message"])

    def __repr__(self):
        return "<loop>"


kept = []


def show(text, *values):
    kept.extend(values)  # forgotten futures say so at once, or later
    env = {"f": values[0] if values else None, "F": _asyncio.Future, "loop": loop, "E": exceptions}
    try:
        print(text, "->", eval(text, env))
    except BaseException as e:
        print(text, "!!", type(e).__name__, e, "| cause", type(e.__cause__).__name__)


def done(future):
    print("   done")


loop = Loop()
states = {
    "new": lambda: _asyncio.Future.__new__(_asyncio.Future),
    "pending": lambda: _asyncio.Future(loop=loop),
    "result": lambda: ((f := _asyncio.Future(loop=loop)).set_result(5), f)[1],
    "exception": lambda: ((f := _asyncio.Future(loop=loop)).set_exception(KeyError("k")), f)[1],
    "class": lambda: ((f := _asyncio.Future(loop=loop)).set_exception(OSError), f)[1],
    "stop": lambda: ((f := _asyncio.Future(loop=loop)).set_exception(StopIteration(3)), f)[1],
    "cancelled": lambda: ((f := _asyncio.Future(loop=loop)).cancel(), f)[1],
    "message": lambda: ((f := _asyncio.Future(loop=loop)).cancel(msg="no"), f)[1],
}
questions = """f.result() | f.exception() | f.done() | f.cancelled() | f.get_loop() | f.set_result(1) | f.set_exception(ValueError("v")) | f.cancel()
f.cancel("x") | f._state | f._result | f._exception | f._loop | f._callbacks | f._log_traceback | f._source_traceback | f._cancel_message
f._asyncio_future_blocking | f._asyncio_awaited_by | f._make_cancelled_error() | f.add_done_callback(len) | f.remove_done_callback(len)
type(iter(f)).__name__ | type(f.__await__()).__name__ | next(iter(f)) is f | next(iter(f)) | iter(f).send(7) | repr(f).split()[0]""".replace("\n", " | ").split(" | ")
for name, make in states.items():
    print("==", name)
    for q in questions:
        show(q, make())

print("== arguments")
f = _asyncio.Future(loop=loop)
for q in """F(1, 2) | F(loop) | F(x=1) | f.result(1) | f.set_result() | f.set_result(1, 2) | f.set_exception(5) | f.set_exception(int) | f.add_done_callback() | f.cancel(1, 2)
f.add_done_callback(len, 1) | f.add_done_callback(len, context=3) | f.remove_done_callback() | f.cancel(mgs=1) | F[int] | F.__new__(int) | F.__module__ | F.__text_signature__
F.__name__ | F.__qualname__ | F.__mro__ | type(iter(f)) | iter(f).throw() | iter(f).throw(1) | iter(f).throw(ValueError) | iter(f).throw(ValueError(1)) | iter(f).close()""".replace("\n", " | ").split(" | "):
    show(q, f)

print("== attributes")
f = _asyncio.Future(loop=loop)
for name, value in [("_state", 1), ("_asyncio_future_blocking", 1), ("_loop", 1), ("_callbacks", []), ("_result", 1), ("_exception", 1), ("_log_traceback", True), ("_log_traceback", 0),
                    ("_source_traceback", 1), ("_cancel_message", "m"), ("_asyncio_awaited_by", 1), ("other", 7)]:
    try:
        setattr(f, name, value)
        print(name, getattr(f, name))
        delattr(f, name)
        print(name, "is gone")
    except Exception as e:
        print(name, type(e).__name__, e)
show("vars(f)", f)

print("== callbacks")
f = _asyncio.Future(loop=loop)
for g in (len, done, len, max, len):
    f.add_done_callback(g)
print(len(f._callbacks), f.remove_done_callback(len), len(f._callbacks), f.remove_done_callback(min))
f.set_result("r")
print([g.__name__ for g, args in loop.ready], f._callbacks)
f.add_done_callback(done)


class Fussy:
    def __eq__(self, other):
        print("   compared")
        if other is done:
            raise ValueError("not this")
        f.remove_done_callback(done)
        return False

    def __call__(self, future):
        pass


f = _asyncio.Future(loop=loop)
f.add_done_callback(done)
f.add_done_callback(Fussy())
f.add_done_callback(Fussy())
show("f.remove_done_callback(3)", f)
f.add_done_callback(done)
show("f.remove_done_callback(len)", f)

print("== awaiting")


async def wait(future):
    return await future


f = _asyncio.Future(loop=loop)
c = wait(f)
print(c.send(None) is f, f._asyncio_future_blocking, type(c.cr_await).__name__)
try:
    c.send(None)
except RuntimeError as e:
    print(e)
f = _asyncio.Future(loop=loop)
c = wait(f)
c.send(None)
f.set_result((1, 2))
try:
    c.send(None)
except StopIteration as e:
    print(e.value)
f = _asyncio.Future(loop=loop)
c = wait(f)
c.send(None)
try:
    c.throw(KeyError("thrown"))
except KeyError as e:
    print(repr(e), c.cr_await)


def legacy(future):
    return (yield from future)


f = _asyncio.Future(loop=loop)
g = legacy(f)
print(next(g) is f)
f.set_exception(IndexError("i"))
try:
    next(g)
except IndexError as e:
    print(repr(e), f._log_traceback)
it = iter(f)
it.close()
del it

print("== traceback of the exception")
f = _asyncio.Future(loop=loop)
try:
    1 / 0
except ZeroDivisionError as e:
    f.set_exception(e)


def frames(e):
    n, tb = 0, e.__traceback__
    while tb:
        n, tb = n + 1, tb.tb_next
    return n


for _ in range(3):
    try:
        f.result()
    except ZeroDivisionError as e:
        print(frames(e))

print("== subclasses")


class Sub(_asyncio.Future):
    __slots__ = ("more",)

    def __init__(self, more, **kw):
        self.more = more
        super().__init__(**kw)

    def cancel(self, msg=None):
        print("   own cancel")
        return super().cancel(msg)


s = Sub(3, loop=loop)
s.x = 1
print(s.more, s.x, s.cancel("m"), s.cancelled(), Sub.__mro__[1:])
show("f.result()", s)
s.__init__(4, loop=loop)
print(s.done(), s._cancel_message, s.more)


class Lazy(_asyncio.Future):
    def __init__(self):
        pass


show("f.result()", Lazy())
show("f.set_result(1)", Lazy())
show("f.add_done_callback(len)", Lazy())

print("== who waits for whom")
f, g, h = (_asyncio.Future(loop=loop) for _ in range(3))
for w in (g, g, h, 5):
    print(_asyncio.future_add_to_awaited_by(f, w), f._asyncio_awaited_by and [sum(x is y for y in f._asyncio_awaited_by) for x in (g, h)], type(f._asyncio_awaited_by).__name__)
for w in (g, 5, g, h):
    print(_asyncio.future_discard_from_awaited_by(f, w), f._asyncio_awaited_by and len(f._asyncio_awaited_by))

print("== forgotten exceptions")
f = _asyncio.Future(loop=loop)
f.set_exception(ValueError("forgotten"))
print(f._log_traceback)
f.__del__()
print(f._log_traceback)
f.__del__()
for f in kept:
    f._log_traceback = False
