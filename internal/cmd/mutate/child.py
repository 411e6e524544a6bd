"""Run code objects that come on standard input; write a dot for each."""
import marshal, os, signal, struct, sys, types
try:
    import builtins
except ImportError:
    import __builtin__ as builtins
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
except (ImportError, ValueError):
    pass

SAFE = """abs all any bool bytes chr dict divmod enumerate filter float format frozenset getattr hasattr
    hash hex id int isinstance issubclass iter len list map max min next object ord pow property
    range repr reversed round set slice sorted staticmethod classmethod str sum super tuple type zip
    BaseException Exception ArithmeticError AssertionError AttributeError IndexError KeyError LookupError
    NameError NotImplementedError RuntimeError StopIteration StopAsyncIteration SystemError TypeError
    ValueError ZeroDivisionError BaseExceptionGroup ExceptionGroup GeneratorExit UnboundLocalError
    True False None Ellipsis NotImplemented __build_class__""".split()


# Who takes too long dies from SIGALRM: an endless loop may well catch
# exceptions, or never look whether there are signals.
stdin = getattr(sys.stdin, "buffer", sys.stdin)


def cell(value):
    return (lambda: value).__closure__[0]


class Thing(object):
    x = 1

    def __init__(self, *args):
        self.args = args

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return True

    async_ = None


class Anything(object):
    """Stands in for globals that are not there: it can do nearly everything."""

    def __init__(self, *args, **kwargs):
        pass

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return ANYTHING

    def __call__(self, *args, **kwargs):
        return ANYTHING

    def __getitem__(self, key):
        if key == 3:
            raise IndexError
        return ANYTHING

    def __setitem__(self, key, value):
        pass

    def __delitem__(self, key):
        pass

    def __iter__(self):
        return iter((ANYTHING, 1, "two"))

    def __len__(self):
        return 3

    def __contains__(self, item):
        return True

    def __enter__(self):
        return ANYTHING

    def __exit__(self, *args):
        return False

    def __index__(self):
        return 2

    def __hash__(self):
        return 1

    def __add__(self, other):
        return ANYTHING

    __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __mod__ = __rmod__ = __or__ = __ror__ = __and__ = __rand__ = __add__
    __floordiv__ = __truediv__ = __div__ = __iadd__ = __ior__ = __iand__ = __lshift__ = __rshift__ = __add__

    def __neg__(self):
        return ANYTHING

    def __lt__(self, other):
        return True

    __gt__ = __le__ = __ge__ = __eq__ = __lt__

    def __await__(self):
        return iter((1,))

    def __aiter__(self):
        return self

    def __anext__(self):
        return self

    def __aenter__(self):
        return self

    def __aexit__(self, *args):
        return self


ANYTHING = Anything()


def arguments(n):
    yield (3, "spam", [1, 2, 3], None, {"a": 1}, 2.5, (1, 2))[:n]
    yield ([1, 2, 3], (4, 5), Thing(), 7, "x", {1}, {})[:n]
    yield (ANYTHING,) * n
    yield (Thing(), {"a": [1], "b": 2}, 0, range(3), ValueError("v"), int, len)[:n]


def follow(result):
    """Resume generators and coroutines."""
    for name in ("send", "asend"):
        send = getattr(result, name, None)
        if send is None:
            continue
        if name == "asend":
            for value in (None, 1, None):
                follow(send(value))
            follow(result.athrow(ValueError("thrown")))
            follow(result.aclose())
            return
        for value in (None, None, 1, [2], None):
            try:
                send(value)
            except StopIteration:
                break
        try:
            result.throw(ValueError("thrown"))
        except (ValueError, StopIteration):
            pass
        result.close()
        return


# 3.13.0 takes whatever is in the place of a cell for one when asked for f_locals,
# in comprehensions that compilers make, too.
def locals_of(frame):
    return dict(frame.f_locals) if sys.version_info[:2] != (3, 13) else None


def watch(frame, event, argument):
    """Trace everything, and look at it."""
    if hasattr(frame, "f_trace_opcodes"):
        frame.f_trace_opcodes = True
    frame.f_lineno, locals_of(frame)
    return watch


def monitor(on):
    """Turn all events of sys.monitoring on or off, if there are any."""
    monitoring = getattr(sys, "monitoring", None)
    if monitoring is None:
        return False
    if on:
        monitoring.use_tool_id(3, "mutate")
        for name, event in vars(monitoring.events).items():
            if event:
                monitoring.register_callback(3, event, lambda *args: None)
        events = vars(monitoring.events)
        extra = ["C_RETURN", "C_RAISE"]  # come with CALL
        if "BRANCH_LEFT" in events:
            extra.append("BRANCH")  # is both
        monitoring.set_events(3, sum(events[n] for n in events if n not in extra))
    elif monitoring.get_tool(3):
        monitoring.set_events(3, 0)
        monitoring.free_tool_id(3)
    return True


def look(traceback):
    """See what a traceback would say."""
    while traceback is not None:
        traceback.tb_lineno, traceback.tb_frame.f_lineno, locals_of(traceback.tb_frame)
        traceback = traceback.tb_next


def attempt(code):
    names = {}
    for name in SAFE:
        if hasattr(builtins, name):
            names[name] = getattr(builtins, name)
    space = {"__builtins__": names, "__name__": "mutant", "x": 1, "y": [1, 2], "f": len}
    for name in code.co_names:
        if name not in names:
            space.setdefault(name, ANYTHING)
    cells = []
    for i, name in enumerate(code.co_freevars):
        value = Thing if name == "__class__" else (1, [1, 2], len, {}, ANYTHING)[i % 5]
        cells.append(cell(value))
    function = types.FunctionType(code, space, "mutant", None, tuple(cells) or None)
    count = code.co_argcount
    for turn in range(5):
        for args in arguments(count):
            try:
                signal.setitimer(signal.ITIMER_REAL, 0.4)
                if turn == 3:
                    sys.settrace(watch)
                elif turn == 4 and not monitor(True):
                    continue
                args = args + (None,) * (count - len(args))
                kwonly = getattr(code, "co_kwonlyargcount", 0)
                kwargs = dict((code.co_varnames[count + i], i) for i in range(kwonly))
                follow(function(*args, **kwargs))
            except BaseException:
                look(sys.exc_info()[2])
            finally:
                sys.settrace(None)
                monitor(False)
                signal.setitimer(signal.ITIMER_REAL, 0)
    # What a traceback or a debugger would do.
    for line in getattr(code, "co_lines", lambda: ())():
        pass


batch = []
while True:
    head = stdin.read(4)
    if len(head) < 4:
        break
    batch.append(stdin.read(struct.unpack(">I", head)[0]))
sys.stdout = sys.stderr = open(os.devnull, "w")
for data in batch:
    try:
        attempt(marshal.loads(data))
    except BaseException:
        pass
    os.write(1, b".")
signal.setitimer(signal.ITIMER_REAL, 0)
os._exit(0)
