# What programs that try the machine are run with. It runs on other implementations as well, for comparison: attempt() returns
# text that should be the same.
import sys

Function = type(lambda: 0)
Generator = type((lambda: (yield))())
stopped = None  # the exception that ends what takes too long; set by the host


def cell(value):
    return (lambda: value).__closure__[0]


class Thing:
    x = 1

    def __init__(self, *args):
        self.args = args

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return True

    def __repr__(self):
        return "Thing"


class Wild(Exception):
    def __init__(self, value=None):
        self.value = value


budget = 0
hostile = tidying = False
frame_of = getattr(sys, "_getframe", None)


def step():
    """Called by what programs are given: it may do something nasty to them."""
    global budget
    budget -= 1
    if budget < 0:
        raise Wild
    if tidying:
        tidy()
    if hostile and budget % 5 == 0:
        try:
            f = frame_of(2)
            names = f.f_locals
            for i, name in enumerate(list(names)):
                if (budget + i) % 3 == 0 and f.f_globals.get("__name__") == "mutant":
                    names[name] = ODD[(budget + i) % len(ODD)]
            f.f_lineno, f.f_lasti, f.f_back
        except (ValueError, AttributeError, KeyError):
            pass


class Anything:
    """Stands for what is not there: it can do nearly everything."""

    def __init__(self, *args, **kwargs):
        pass

    def __getattr__(self, name):
        step()
        if name.startswith("__"):
            raise AttributeError(name)
        return ANYTHING

    def __setattr__(self, name, value):
        step()

    def __delattr__(self, name):
        step()

    def __call__(self, *args, **kwargs):
        step()
        return ANYTHING

    def __getitem__(self, key):
        step()
        if key == 3:
            raise IndexError
        return ANYTHING

    def __setitem__(self, key, value):
        step()

    def __delitem__(self, key):
        step()

    def __iter__(self):
        step()
        return iter((ANYTHING, 1, "two"))

    def __len__(self):
        step()
        return 3

    def __contains__(self, item):
        return True

    def __enter__(self):
        step()
        return ANYTHING

    def __exit__(self, *args):
        step()
        return False

    def __index__(self):
        return 2

    def __hash__(self):
        step()
        return 1

    def __add__(self, other):
        step()
        return ANYTHING

    __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __mod__ = __rmod__ = __or__ = __ror__ = __and__ = __rand__ = __add__
    __floordiv__ = __truediv__ = __iadd__ = __ior__ = __iand__ = __lshift__ = __rshift__ = __add__

    def __neg__(self):
        return ANYTHING

    def __lt__(self, other):
        step()
        return True

    __gt__ = __le__ = __ge__ = __eq__ = __lt__

    def __await__(self):
        return iter((1,))

    def __aiter__(self):
        return self

    def __anext__(self):
        step()
        return self

    def __aenter__(self):
        return self

    def __aexit__(self, *args):
        return self

    def __repr__(self):
        return "ANYTHING"


ANYTHING = Anything()


class Odd(int):
    """An int that changes its mind."""

    def __eq__(self, other):
        step()
        return int.__eq__(self, 3)

    def __hash__(self):
        return 3

    def __bool__(self):
        step()
        return False

    def __repr__(self):
        return "Odd"


ODD = [None, 0, "spam", (), [], {}, {1}, len, ValueError("odd"), ValueError, 2**70, 1.5, b"eggs", range(3), ANYTHING, Odd(2), slice(1, 2), cell(3)]


def arguments(n):
    yield (3, "spam", [1, 2, 3], None, {"a": 1}, 2.5, (1, 2))[:n]
    yield ([1, 2, 3], (4, 5), Thing(), 7, "x", {1}, {})[:n]
    yield (ANYTHING,) * n
    yield (Thing(), {"a": [1], "b": 2}, Odd(1), range(3), ValueError("v"), int, len)[:n]


def show(value, depth=3):
    """Text for a value that does not depend on addresses or on the order of sets."""
    kind = type(value)
    if kind in (int, str, bytes, float, complex, bool, type(None), range, type(...), type(NotImplemented)):
        text = repr(value) if kind is not int or -2**200 < value < 2**200 else "big"
        return text if len(text) < 200 else text[:200] + "..."
    if depth == 0:
        return kind.__name__
    if kind is tuple or kind is list:
        text = ", ".join([show(x, depth - 1) for x in value[:20]])
        return f"({text})" if kind is tuple else f"[{text}]"
    if kind is dict:
        items = list(value.items())[:20]
        return "{" + ", ".join([show(k, depth - 1) + ": " + show(v, depth - 1) for k, v in items]) + "}"
    if kind is set or kind is frozenset:
        return kind.__name__ + ", ".join(sorted([show(x, depth - 1) for x in list(value)[:20]]))
    if issubclass(kind, BaseException):
        return kind.__name__ + show(value.args, depth - 1)
    if kind is type:
        return value.__name__
    return kind.__name__


def failure(e):
    text = type(e).__name__ + ": " + (show(e.args) if isinstance(e, Exception) else "")
    return text if " at 0x" not in text else type(e).__name__


def follow(result, out, mode):
    """Resume generators and coroutines."""
    send = getattr(result, "send", None)
    if send is None:
        send = getattr(result, "asend", None)
        if send is None:
            return
        if mode & THROW:
            follow(result.athrow(ValueError("thrown")), out, mode & ~THROW)
        for value in (None, 1, None):
            follow(send(value), out, mode)
        follow(result.athrow(ValueError("thrown")), out, mode)
        follow(result.aclose(), out, mode)
        return
    for i, value in enumerate((None, None, 1, [2], None)):
        try:
            if mode & THROW and i % 2 == 0:
                out.append(show(result.throw(Wild(i))))
            else:
                out.append(show(send(value)))
        except StopIteration as e:
            out.append("return " + show(e.value))
            break
        except Wild as e:
            out.append("wild")
            break
    try:
        out.append(show(result.throw(ValueError("thrown"))))
    except (ValueError, StopIteration) as e:
        out.append(failure(e))
    result.close()


def watch(frame, event, argument):
    """Trace everything, and look at it."""
    global budget
    budget -= 1
    if budget < 0:
        sys.settrace(None)
        return None
    frame.f_trace_opcodes = budget % 2 == 0
    frame.f_lineno, dict(frame.f_locals)
    if hostile and event == "line" and budget % 4 == 0 and frame.f_globals.get("__name__") == "mutant":
        try:
            frame.f_lineno = frame.f_code.co_firstlineno + budget % 7
        except ValueError:
            pass
    return watch


def quiet(frame, event, argument):
    return quiet


def monitor(on):
    """Turn all events of sys.monitoring on or off, if there are any."""
    monitoring = getattr(sys, "monitoring", None)
    if monitoring is None:
        return
    if on:
        monitoring.use_tool_id(3, "fuzz")
        events = vars(monitoring.events)
        for event in events.values():
            if event:
                monitoring.register_callback(3, event, lambda *args: None)
        extra = ["C_RETURN", "C_RAISE", "BRANCH"]  # come with others
        monitoring.set_events(3, sum([events[n] for n in events if n not in extra]))
    elif monitoring.get_tool(3):
        monitoring.set_events(3, 0)
        monitoring.free_tool_id(3)


def look(traceback):
    """See what a traceback would say."""
    while traceback is not None:
        f = traceback.tb_frame
        traceback.tb_lineno, f.f_lineno, dict(f.f_locals), f.f_back
        traceback = traceback.tb_next


def deep(n, f):
    return f() if n <= 0 else deep(n - 1, f)


# What attempt() does beside calling.
THROW, TRACE, MONITOR, HOSTILE, DEEP, THREADS, COLLECT, RECODE, TIDY, FAITHFUL = [1 << i for i in range(10)]


def namespace(code, names):
    space = {"__builtins__": BUILTINS, "__name__": "mutant", "x": 1, "y": [1, 2], "f": len}
    for name in names:
        if name not in BUILTINS:
            space.setdefault(name, ANYTHING)
    return space


def function_of(code):
    cells = []
    for i, name in enumerate(code.co_freevars):
        cells.append(cell(Thing if name == "__class__" else (1, [1, 2], len, {}, ANYTHING)[i % 5]))
    return Function(code, namespace(code, code.co_names), "mutant", None, tuple(cells) or None)


def once(function, code, args, out, mode):
    global budget, hostile, tidying
    budget = 200
    hostile, tidying = mode & HOSTILE != 0, mode & TIDY != 0
    count = code.co_argcount
    kwargs = {code.co_varnames[count + i]: i for i in range(code.co_kwonlyargcount)}
    args = args + (None,) * (count - len(args))
    call = lambda: follow(function(*args, **kwargs), out, mode)
    if mode & ~(FAITHFUL | TIDY) == 0:
        def call():
            result = function(*args, **kwargs)
            out.append(show(result))
            follow(result, out, mode)
    try:
        if mode & TRACE:
            sys.settrace(watch)
        if mode & FAITHFUL:
            sys.settrace(quiet)
        if mode & MONITOR:
            monitor(True)
        if mode & DEEP:
            deep(sys.getrecursionlimit() - budget % 40 - depth(), call)
        else:
            call()
    except BaseException as e:
        if type(e) is stopped:
            raise
        if e is not None:
            out.append(failure(e))
            look(e.__traceback__)
    finally:
        if mode & (TRACE | FAITHFUL):
            sys.settrace(None)
        if mode & MONITOR:
            monitor(False)


def depth():
    n, f = 0, frame_of()
    while f is not None:
        n, f = n + 1, f.f_back
    return n


def attempt(code, mode=0):
    """Call what a code object makes."""
    out = []
    try:
        function = function_of(code)
        for args in arguments(code.co_argcount):
            if mode & RECODE:
                recoded(function, code, args, out)
            if mode & THREADS:
                together([lambda: once(function, code, args, [], mode & ~THREADS)] * 3)
            else:
                once(function, code, args, out, mode)
            if mode & COLLECT:
                collect()
    except BaseException as e:
        if type(e) is stopped:
            raise
        out.append("! " + failure(e))
    return " | ".join(out)


def recoded(function, code, args, out):
    """Let the function get other code while it runs."""
    old = function.__code__
    class Swap(Anything):
        def __getattr__(self, name):
            step()
            try:
                function.__code__ = attempt.__code__ if function.__code__ is old and not old.co_freevars else old
            except ValueError:
                pass
            return ANYTHING
        __call__ = __add__ = __getitem__ = __lt__ = lambda self, *args: self.spam
    once(function, code, tuple([Swap() for _ in args]), out, 0)
    function.__code__ = old


def together(calls):
    """Call functions in threads of their own, and wait."""
    import _thread
    done = []

    def run(call):
        try:
            call()
        except BaseException:
            pass
        finally:
            done.append(1)

    for call in calls:
        _thread.start_new_thread(run, (call,))
    lock = _thread.allocate_lock()
    lock.acquire()
    for _ in range(3000):
        if len(done) >= len(calls):
            return
        lock.acquire(True, 0.001)
    raise Hang("threads do not end")


class Hang(BaseException):
    pass


def collect():
    import gc
    gc.collect()


def program(code, limit=300):
    """Run the code of a module; print is caught."""
    global budget, hostile, tidying
    budget, hostile, tidying = 4000, False, False
    out = []

    def write(*args, sep=" ", end="\n", **other):
        step()
        if len(out) < limit:
            out.append(sep.join([a if type(a) is str else show(a) for a in args]) + end)

    space = {"__builtins__": dict(BUILTINS, print=write), "__name__": "mutant"}
    try:
        exec(code, space)
    except BaseException as e:
        if type(e) is stopped:
            raise
        out.append(failure(e))
        look(e.__traceback__)
    return "".join(out)


SAFE = """abs all any ascii bin bool bytearray bytes callable chr complex dict dir divmod enumerate filter float format frozenset getattr hasattr
    hash hex id int isinstance issubclass iter len list map max memoryview min next object oct ord pow property aiter anext
    range repr reversed round set setattr delattr slice sorted staticmethod classmethod str sum super tuple type vars zip locals globals
    BaseException Exception ArithmeticError AssertionError AttributeError EOFError ImportError IndexError KeyError LookupError
    NameError NotImplementedError OSError OverflowError RecursionError RuntimeError StopIteration StopAsyncIteration SystemError TypeError
    ValueError ZeroDivisionError BaseExceptionGroup ExceptionGroup GeneratorExit UnboundLocalError UnicodeError UnicodeDecodeError
    True False None Ellipsis NotImplemented __build_class__""".split()
module = sys.modules["builtins"]
BUILTINS = {name: getattr(module, name) for name in SAFE if hasattr(module, name)}
