# Calls what modules and types have, with arguments that nobody would give them. A call may raise anything and return anything.
import sys
import _thread
from _random import Random

stopped = None  # the exception that ends what takes too long; set by the host
note = print  # told of each call before it is made; set by the host

# What ends or stops the process, or waits, by design.
SKIP = set("""_exit abort kill killpg breakpoint input exit quit _shutdown setswitchinterval settrace setprofile set_int_max_str_digits
    setrecursionlimit _settraceallthreads _setprofileallthreads start_new_thread start_new start_joinable_thread interrupt_main
    _clear_internal_caches set_asyncgen_hooks set_coroutine_origin_tracking_depth sleep pause sigwait sigwaitinfo sigtimedwait alarm setitimer
    raise_signal pthread_kill set_wakeup_fd signal siginterrupt _sigsegv _stack_overflow _clear_type_cache activate_stack_trampoline
    freeze unfreeze set_debug set_threshold get_objects get_referrers get_referents disable enable addaudithook
    lock_held acquire_lock release_lock __breakpointhook__ breakpointhook _run_exitfuncs
    displayhook excepthook unraisablehook __displayhook__ __excepthook__ __unraisablehook__ _excepthook print
    exec eval __import__ create_builtin exec_builtin create_dynamic exec_dynamic init_frozen get_frozen_object
    _fix_co_filename _override_multi_interp_extensions_check _override_frozen_modules_for_tests""".split())
SKIP_MODULES = {"posix", "_testcapi", "_signal", "_posixsubprocess", "_socket", "select", "faulthandler", "sys.monitoring"}


class Wild(Exception):
    pass


class Raises:
    """All special methods raise."""

    def boom(self, *args, **kw):
        raise Wild

    __getattr__ = __call__ = __getitem__ = __setitem__ = __delitem__ = __iter__ = __next__ = __len__ = __contains__ = __enter__ = boom
    __exit__ = __index__ = __int__ = __float__ = __complex__ = __hash__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = boom
    __add__ = __radd__ = __mul__ = __rmul__ = __sub__ = __mod__ = __bool__ = __bytes__ = __format__ = __get__ = __set__ = boom
    __length_hint__ = __reversed__ = __round__ = __trunc__ = __floor__ = __ceil__ = __fspath__ = __buffer__ = __await__ = boom
    __aiter__ = __anext__ = __instancecheck__ = __subclasscheck__ = __mro_entries__ = __set_name__ = __delete__ = __dir__ = boom
    __reduce_ex__ = __copy__ = __deepcopy__ = __class_getitem__ = __missing__ = __repr__ = __str__ = __del__ = keys = write = read = boom
    del __del__


class Nonsense:
    """All special methods return something, but not what they should."""

    def __init__(self, value):
        object.__setattr__(self, "value", value)

    def odd(self, *args, **kw):
        return self.value

    __getattr__ = __call__ = __getitem__ = __iter__ = __len__ = __contains__ = __enter__ = __setattr__ = odd
    __exit__ = __index__ = __int__ = __float__ = __complex__ = __hash__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = odd
    __add__ = __radd__ = __mul__ = __rmul__ = __sub__ = __mod__ = __bool__ = __bytes__ = __format__ = __get__ = __set__ = odd
    __length_hint__ = __reversed__ = __round__ = __trunc__ = __fspath__ = __buffer__ = __await__ = __aiter__ = __anext__ = odd
    __instancecheck__ = __subclasscheck__ = __mro_entries__ = __dir__ = __reduce_ex__ = __copy__ = __missing__ = __repr__ = __str__ = odd
    keys = write = read = readinto = readline = send = throw = close = __getattribute__ = odd
    del __getattribute__


class Changes:
    """Its methods change a container that is being worked on."""

    def __init__(self, what):
        self.what = what
        self.left = 30

    def change(self, *args):
        self.left -= 1
        if self.left < 0:
            raise Wild
        w = self.what
        try:
            if type(w) is list:
                w.clear() if self.left % 2 else w.extend([self] * 9)
            elif type(w) is dict:
                w.clear() if self.left % 3 == 0 else w.update({i: self for i in range(self.left * 7)})
            elif type(w) is set:
                w.clear() if self.left % 3 == 0 else w.update(range(self.left * 7))
            elif type(w) is bytearray:
                w.clear() if self.left % 2 else w.extend(b"spam" * 50)
            elif hasattr(w, "clear"):
                w.clear()
        except (BufferError, RuntimeError, ValueError, TypeError):
            pass
        return self.left

    def __iter__(self):
        self.change()
        return self

    def __eq__(self, other):
        return self.change() % 2 == 0

    __lt__ = __gt__ = __le__ = __ge__ = __ne__ = __eq__

    def __hash__(self):
        self.change()
        return 1

    __index__ = __int__ = __len__ = change

    def __next__(self):
        if self.change() < 3:
            raise StopIteration
        return self

    def __getitem__(self, i):
        self.change()
        if self.left < 5:
            raise IndexError
        return self

    def __call__(self, *args, **kw):
        return self.change()

    def __repr__(self):
        self.change()
        return "Changes"

    def __bool__(self):
        return self.change() % 2 == 0

    def __del__(self):
        pass


class Int(int):
    def __index__(self):
        return -5

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 2**61


class Str(str):
    def __eq__(self, other):
        return len(self) % 2 == 0

    def __hash__(self):
        return 7

    def __str__(self):
        return self


class Bytes(bytes):
    def __bytes__(self):
        return self


class List(list):
    def __len__(self):
        return 2**40

    def __getitem__(self, i):
        return self

    def __iter__(self):
        return iter([self, 1])


class Tuple(tuple):
    def __len__(self):
        return -1

    def __iter__(self):
        return iter([3])


class Dict(dict):
    def __missing__(self, key):
        return self

    def __getitem__(self, key):
        raise KeyError(key)

    def keys(self):
        return [1, "a", self]

    def items(self):
        return [(1,), 3, (1, 2, 3)]


class Meta(type):
    def __instancecheck__(cls, x):
        return x

    def mro(cls):
        return type.mro(cls)


class Slots:
    __slots__ = ("a", "b", "__weakref__")


class Plain(metaclass=Meta):
    def __init__(self, *args, **kw):
        self.args = args

    def method(self, *args):
        return args


class Key:
    def __init__(self, i):
        self.i = i

    def __hash__(self):
        return 5

    def __eq__(self, other):
        return False


class Buffer:
    """A buffer that is asked again and again."""

    def __init__(self, data):
        self.data = data

    def __buffer__(self, flags):
        return memoryview(self.data)


def generator(*args):
    x = yield 1
    while True:
        x = yield x


def running():
    """A generator that is asked for a value while it runs."""
    def g():
        yield next(me)
        yield 1
    me = g()
    return me


async def coroutine():
    return 1


async def agenerator():
    yield 1
    yield 2


def chain(f, x, n):
    for _ in range(n):
        x = f(x)
    return x


def selfish(kind):
    if kind == 0:
        x = []
        x.append(x)
        x.append(x)
    elif kind == 1:
        x = {}
        x[1] = x["a"] = x
    elif kind == 2:
        y = []
        x = (y, 1)
        y.append(x)
    elif kind == 3:
        x = List()
        x.append(x)
    else:
        x = Dict()
        x[0] = x
    return x


def caught():
    try:
        raise ValueError("caught")
    except ValueError as e:
        return e


def ring():
    a, b = ValueError(1), KeyError(2)
    a.__context__, b.__context__ = b, a
    a.__cause__ = a
    return a


def released():
    m = memoryview(bytearray(b"spam"))
    m.release()
    return m


def exported():
    b = bytearray(b"spam and eggs")
    keep.append(memoryview(b))
    del keep[:-20]
    return b


def iterator_of(x):
    i = iter(x)
    next(i, None)
    return i


def consumed(x):
    i = iter(x)
    list(i)
    return i


def changing(make):
    c = make()
    try:
        if type(c) is list:
            c.extend([Changes(c), 1, Changes(c)])
        elif type(c) is dict:
            c[Changes(c)] = Changes(c)
            c[2] = Changes(c)
        elif type(c) is set:
            c.add(Changes(c))
            c.add(1)
        else:
            c.append(Changes(c))
    except BaseException:
        pass
    return c


keep = []
io = sys.modules["_io"]
collections = sys.modules["_collections"]
functools = sys.modules["_functools"]
itertools = sys.modules["itertools"]
weakref = sys.modules["_weakref"]
# Without the library there is no array.
array = sys.modules["array"].array if "array" in sys.modules else lambda kind, values: bytearray(8)

INTS = [0, 1, -1, 2, 3, 7, 8, 10, 16, 64, 255, 256, 1000, 65536, 0x10FFFF, 0x110000, 2**31 - 1, 2**31, -2**31, 2**32, 2**62, 2**63 - 1, 2**63, -2**63,
        -2**63 - 1, 2**64, 2**64 - 1, 2**200, -2**200, 10**4000]
FLOATS = [0.0, -0.0, 1.0, 0.5, -1.5, 1e308, 5e-324, float("inf"), -float("inf"), float("nan"), 1e22, 2.0**63]
STRS = ["", "a", "spam", "spam eggs", "\ud800", "\udc80\udfff", "\U0001f600", "\u00e9", "a\0b", "%s %d %n", "%(a)s", "%*.*f", "{0}", "{", "{0.a[b]:{1}}", "{:>99999999999}",
        "utf-8", "ascii", "latin-1", "utf-16", "utf-32", "utf-7", "idna", "strict", "surrogatepass", "surrogateescape", "backslashreplace", "r", "w", "rb",
        "Q", "3i", "99999999999999s", "n", "(", "[a", "(?P<n>a)", "a" * 1000, "\u1e9e" * 300, "0" * 5000, "1e999999999", "nan", "0x1p99999", "__class__", "__dict__",
        "\u0660", "\n\r\x0b\x1c\u2028", "print(1)", "lambda: (yield)", "(" * 300, "1" + "+1" * 300, "x = " + "[" * 150 + "]" * 150, "def f(: pass", "class A(A): pass"]
BYTES = [b"", b"a", b"spam", b"\xff\xfe\x00", b"\xe3\x00\x00\x00", b"[" + b"\xff" * 20, b"(\xff\xff\xff\x7f", b"0" * 1000, b"abc\n" * 10, b"\x80\x04."]


def simple(r):
    k = r(9)
    if k < 3:
        return INTS[r(len(INTS))]
    if k == 3:
        return FLOATS[r(len(FLOATS))]
    if k < 7:
        return STRS[r(len(STRS))]
    if k == 7:
        return BYTES[r(len(BYTES))]
    return [None, True, False, ..., NotImplemented, (), 1j, complex("nan")][r(8)]


MAKERS = [
    lambda r: [], lambda r: {}, lambda r: set(), lambda r: [1, 2, 3], lambda r: {"a": 1, 2: "b"}, lambda r: {1, "a", 2.5},
    lambda r: frozenset([1, 2]), lambda r: [simple(r) for _ in range(r(20))], lambda r: tuple([simple(r) for _ in range(r(6))]),
    lambda r: {Key(i): i for i in range(r(40))}, lambda r: selfish(r(5)), lambda r: Raises(), lambda r: Nonsense(simple(r)), lambda r: Nonsense(Raises()),
    lambda r: Changes([1, 2, 3]), lambda r: changing(list), lambda r: changing(dict), lambda r: changing(set), lambda r: changing(bytearray),
    lambda r: changing(collections.deque), lambda r: Int(r(100)), lambda r: Str("ab" * r(3)), lambda r: Bytes(b"x"), lambda r: List([1]), lambda r: Tuple((1, 2)),
    lambda r: Dict(a=1), lambda r: Meta, lambda r: Plain(), lambda r: Slots(), lambda r: Plain, lambda r: Slots, lambda r: Plain().method, lambda r: generator(), lambda r: running(),
    lambda r: coroutine, lambda r: agenerator(), lambda r: chain(lambda x: [x], [], 3000), lambda r: chain(lambda x: (x,), (), 3000),
    lambda r: chain(lambda x: {1: x}, {}, 3000), lambda r: chain(iter_chain, iter([1]), 3000), lambda r: caught(), lambda r: caught().__traceback__,
    lambda r: caught().__traceback__.tb_frame, lambda r: ring(), lambda r: released(), lambda r: exported(), lambda r: memoryview(b"spam" * 8),
    lambda r: memoryview(bytearray(24)).cast("d"), lambda r: memoryview(bytearray(24)).cast("B", [2, 3, 4]), lambda r: memoryview(bytearray(24))[::-2],
    lambda r: Buffer(b"abc"), lambda r: Buffer(bytearray(3)), lambda r: bytearray(b"spam"), lambda r: iterator_of([1, 2, 3]), lambda r: iterator_of({1: 2, 3: 4}),
    lambda r: consumed([1]), lambda r: consumed({1, 2}), lambda r: generator, lambda r: generator.__code__, lambda r: (lambda x: lambda: x)(1).__closure__[0],
    lambda r: len, lambda r: [].append, lambda r: str.join, lambda r: int.__add__, lambda r: (1).__add__, lambda r: dict.fromkeys, lambda r: property(len), lambda r: staticmethod(len),
    lambda r: classmethod(Raises()), lambda r: super(Plain, Plain()), lambda r: type, lambda r: object, lambda r: int, lambda r: str, lambda r: list, lambda r: dict, lambda r: ValueError,
    lambda r: BaseExceptionGroup("g", [ValueError(1), caught()]), lambda r: OSError(2, "x", "y"), lambda r: UnicodeDecodeError("utf-8", b"abc", 1, 2, "why"),
    lambda r: list[int], lambda r: int | str, lambda r: range(10), lambda r: range(-2**70, 2**70, 3), lambda r: slice(1, 2**70, -1), lambda r: slice(Raises(), None, Changes([1])),
    lambda r: iter(range(2**63, 2**64)), lambda r: enumerate([1]), lambda r: zip([1, 2], [3]), lambda r: map(Raises(), [1]), lambda r: filter(None, [0, 1]), lambda r: reversed([1, 2]),
    lambda r: iter(Changes([])), lambda r: iter(Nonsense(5).__call__, 6), lambda r: itertools.tee([1, 2, 3])[0], lambda r: itertools.cycle([1]), lambda r: itertools.count(2**63 - 2),
    lambda r: itertools.groupby([1, 1, 2]), lambda r: itertools.chain([1], Raises()), lambda r: itertools.islice([1, 2, 3], 2), lambda r: itertools.product([1, 2], repeat=3),
    lambda r: functools.partial(len), lambda r: functools.partial(Nonsense(1), 1, a=2), lambda r: weakref.ref(Plain()), lambda r: weakref.proxy(keep_one(Plain())), lambda r: weakref.ref(Plain),
    lambda r: array("i", [1, 2, 3]), lambda r: array("w", "spam"), lambda r: array("d", [1.5]), lambda r: collections.deque([1, 2, 3], 3), lambda r: collections.OrderedDict(a=1),
    lambda r: collections.defaultdict(Raises()), lambda r: io.BytesIO(b"spam\neggs\n"), lambda r: io.StringIO("spam\neggs\n"), lambda r: io.TextIOWrapper(io.BytesIO(b"spam\neggs\r\n"), "utf-8"),
    lambda r: io.BufferedReader(io.BytesIO(b"spam\neggs")), lambda r: io.BufferedRandom(io.BytesIO(b"abc")), lambda r: io.BufferedWriter(io.BytesIO()), lambda r: io.TextIOWrapper(Nonsense(b"x"), "utf-8"),
    lambda r: io.BufferedReader(Nonsense(simple(r))), lambda r: closed(io.BytesIO(b"a")), lambda r: closed(io.StringIO("a")), lambda r: closed(io.TextIOWrapper(io.BytesIO())),
    lambda r: _thread.allocate_lock(), lambda r: _thread.RLock(), lambda r: sys.modules["_contextvars"].ContextVar("v"), lambda r: sys.modules["_contextvars"].Context(),
    lambda r: type("T", (Plain,), {"__slots__": ("q",), "m": len}), lambda r: type("E", (ValueError, KeyError), {})(1), lambda r: type.__dict__["__mro__"], lambda r: Plain.__dict__,
    lambda r: {}.keys(), lambda r: {1: 2}.items(), lambda r: collections.deque([collections.deque()]), lambda r: sys.version_info, lambda r: sys.flags,
    lambda r: Random(1), lambda r: _thread._local(),
]


def iter_chain(x):
    return itertools.chain(x)


def keep_one(x):
    keep.append(x)
    del keep[:-20]
    return x


def closed(f):
    f.close()
    return f


def raw_instance(t):
    """An object of a type that nothing has initialised."""
    for new in (lambda: t.__new__(t), lambda: object.__new__(t), lambda: t.__base__.__new__(t)):
        try:
            return new()
        except BaseException as e:
            if type(e) is stopped:
                raise
    return None


def targets():
    """The types and functions that there are."""
    types, functions = [], []
    seen = set()

    def add(x):
        if id(x) in seen:
            return
        seen.add(id(x))
        if isinstance(x, type):
            types.append(x)
            for m in type.__dict__["__subclasses__"](x) if x is not type else []:
                if m.__module__ != __name__:
                    add(m)
        elif callable(x):
            functions.append(x)

    for name, m in sorted(sys.modules.items()):
        if name in SKIP_MODULES or type(m) is not type(sys) or not hasattr(m, "__dict__"):
            continue
        spec = getattr(m, "__file__", None)
        if spec is not None or name in ("__main__", "prelude", "methods"):
            continue
        for key, value in sorted(vars(m).items()):
            if key not in SKIP:
                add(value)
    add(object)
    for make in MAKERS:
        try:
            add(type(make(lambda n: 0)))
        except BaseException:
            pass
    return [t for t in types if t.__module__ != __name__], functions


TYPES = FUNCTIONS = None
pool = []


def argument(r):
    k = r(20)
    if k < 9:
        return simple(r)
    if k < 16 or not pool:
        make = MAKERS[r(len(MAKERS))]
        try:
            return make(r)
        except Exception:
            return None
    if k < 18:
        return pool[r(len(pool))]
    t = TYPES[r(len(TYPES))]
    return t if k == 18 else raw_instance(t)


def named(f):
    try:
        return f"{getattr(f, '__module__', '')}.{getattr(f, '__qualname__', '')} {type(f).__name__}"
    except BaseException:
        return type(f).__name__


def told(args, kw):
    out = []
    for a in [*args, *kw.items()]:
        t = type(a)
        if t in (int, str, bytes, float, bool, type(None), complex):
            s = ascii(a) if t is not int or abs(a) < 2**300 else "big"
            out.append(s if len(s) < 60 else s[:60] + "...")
        else:
            out.append(t.__name__)
    return ", ".join(out)


def own(x):
    """Whether x is something that this program cannot do without."""
    return type(x) is dict and ("__builtins__" in x or "__name__" in x) or type(x) is type(sys) or x is TYPES or x is FUNCTIONS or x is pool or x is SKIP


OBJECT = set(dir(object))
BINARY = {f"__{n}__" for n in "eq ne lt le gt ge getitem delitem contains getattribute delattr delete delslice format reduce_ex index".split()}
BINARY |= {f"__{r}{n}__" for r in ("", "r", "i") for n in "add sub mul matmul mod truediv floordiv lshift rshift and or xor divmod pow".split()}
BINARY.discard("__index__")


def arity(f, r):
    """A number of arguments that f may want, mostly."""
    k = r(12)
    if k == 0:
        return None
    if type(f).__name__ == "method-wrapper":
        n = f.__name__
        return 1 if n in BINARY else 2 if n in ("__setitem__", "__setattr__", "__get__", "__set__") else None if n in ("__init__", "__call__") else 0
    if type(f).__name__ == "wrapper_descriptor":
        n = f.__name__
        return 1 if n in BINARY else 2 if n in ("__setitem__", "__setattr__", "__get__", "__set__") else None if n in ("__init__", "__call__") else 0
    text = getattr(f, "__text_signature__", None)
    if type(text) is not str:
        return None
    least = most = 0
    for part in text.strip("()").split(", "):
        if part.startswith("$") or part == "/" or not part:
            continue
        if part.startswith("*"):
            if len(part) > 1 and part[1] != "*":
                most += 3
            break
        most += 1
        if "=" not in part:
            least += 1
    return least + r(most - least + 1)


KEYWORDS = ["key", "default", "start", "stop", "encoding", "errors", "sep", "end", "maxsplit", "reverse", "strict", "base", "x", "self", "repeat", "signed", "initial", "maxlen", "func", "mode"]


def one(r):
    """Makes one call."""
    k = r(20)
    args, kw, what = [], {}, ""
    if k < 5:
        f = FUNCTIONS[r(len(FUNCTIONS))]
        what = named(f)
    elif k < 8:
        f = TYPES[r(len(TYPES))]
        what = "new " + named(f)
    else:
        if k < 15:
            x = argument(r)
        else:
            t = TYPES[r(len(TYPES))]
            x = raw_instance(t) if r(2) else t
        t = type(x)
        names = [n for n in dir(t) if n not in SKIP]
        if r(6):
            names = [n for n in names if n not in OBJECT] or names
        n = names[r(len(names))]
        what = f"{t.__module__}.{t.__name__}.{n}"
        if k % 2:
            note("get " + what)
            f = getattr(x, n)
        else:
            f = getattr(t, n)
            if r(10):
                args.append(x)
        if not callable(f):
            return f
        if k == 19 and r(3) == 0:
            note("set " + what)
            setattr(x, n, argument(r))
            return None
    count = arity(f, r)
    for _ in range(count if count is not None else (0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 6)[r(12)]):
        args.append(argument(r))
    if r(8) == 0:
        for _ in range(1 + r(2)):
            kw[KEYWORDS[r(len(KEYWORDS))]] = argument(r)
    note(what + "(" + told(args, kw) + ")")
    v = f(*args, **kw)
    k = r(12)
    if k == 0:
        note("repr of " + what + "(" + told(args, kw) + ")")
        repr(v)
    elif k == 1:
        note("hash of " + what)
        hash(v)
    elif k == 2 and type(v) is not type(itertools.count()):
        note("next of " + what + "(" + told(args, kw) + ")")
        for i, y in enumerate(v):
            if i > 50:
                break
    elif k == 3:
        note("compare " + what + "(" + told(args, kw) + ")")
        v == argument(r), v < argument(r)
    elif k == 4:
        note("dir of " + what)
        dir(v)
    elif k == 5:
        note("add to " + what + "(" + told(args, kw) + ")")
        v + argument(r)
    return v


def attack(seed, n):
    """Makes calls; returns how many."""
    global TYPES, FUNCTIONS
    if TYPES is None:
        TYPES, FUNCTIONS = targets()
    random = Random(seed).random

    def r(n):
        return int(random() * n)

    for i in range(n):
        try:
            v = one(r)
            if not own(v) and r(3) == 0:
                if len(pool) < 60:
                    pool.append(v)
                else:
                    pool[r(60)] = v
            del v
        except BaseException as e:
            if type(e) is stopped:
                raise
            if r(40) == 0:
                note("traceback")
                pool.append(e)
                del pool[:-60]
    if r(4) == 0:
        pool.clear()
    return "ok"
