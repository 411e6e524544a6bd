"""Tuples that are made for isinstance and for in: classes that answer by themselves, exceptions, other functions of that name."""
import gc


class Meta(type):
    def __instancecheck__(cls, x):
        if x == "raise":
            raise ValueError(cls.__name__)
        log.append((cls.__name__, x))
        if x == "deep":
            return isinstance(1, (A, B, int)) and isinstance(2, (str, A, B))
        return x == cls.__name__


class A(metaclass=Meta):
    pass


class B(metaclass=Meta):
    pass


class C:
    pass


class Registry(type):
    """As an abstract base class does it."""

    def __instancecheck__(cls, x):
        return type.__instancecheck__(cls, x) or type(x) in cls.registered


class Sequence(metaclass=Registry):
    registered = (list, str)


class Mapping(metaclass=Registry):
    registered = (dict,)


class Liar:
    @property
    def __class__(self):
        return C


log = []
for x in ("A", "B", "deep", 1, C(), A(), Liar(), [], {}, None):
    print(isinstance(x, (A, B)), isinstance(x, (int, A, C)), isinstance(x, (Sequence, Mapping)), isinstance(x, (A, (B, C))), isinstance(x, (C,)))
print([(n, x if type(x) in (str, int) else type(x).__name__) for n, x in log])


def fails(f):
    try:
        return f()
    except BaseException as e:
        tb = e.__traceback__
        while tb.tb_next:
            tb = tb.tb_next
        return type(e).__name__, str(e), tb.tb_frame.f_code.co_name, list(tb.tb_frame.f_code.co_positions())[tb.tb_lasti // 2]


number = 5
text = "text"
print(fails(lambda: isinstance("raise", (int, A, B))))
print(fails(lambda: isinstance(text, (int, number))))
print(fails(lambda: isinstance(number, (int, number))))
print(fails(lambda: isinstance(text, (number, text))))
print(fails(lambda: isinstance((A, B), (text, text))))
print(fails(lambda: isinstance(*(text, (number, C)))))
print(fails(lambda: isinstance((A, B))))
print(fails(lambda: issubclass(A, (C, number))))
print(isinstance((A, B), (tuple, list)), isinstance(((A, B), C), (list, C)))


def own():
    def isinstance(x, classes):
        kept.append(classes)
        return classes
    kept = []
    for i in range(3):
        isinstance(i, (i, text))
    return kept


print(own())


class Equal:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        if self.n == "raise":
            raise KeyError(self.n)
        found = [r for r in gc.get_referrers(self) if type(r) is tuple]
        kept.append(len(found) > 0)
        return other == self.n

    __hash__ = None


def search(x, a, b):
    r = [x in (a, b), x not in (a, b, a), (x in (a,)) is True]
    if x in (a, b):
        r.append("yes")
    while x not in (b, a, b):
        r.append("no")
        break
    t = (a, b)
    r.append(x in t and len(t))
    r.append((a, b) in (t, t))
    return r


kept = []
nan = float("nan")
for args in ((1, 2, 1), (1, Equal(1), 2), (Equal(2), 1, 2), (nan, nan, 1), ("a", "b", "c"), (1.0, 1, 2), ([], [1], [])):
    print(search(*args)[:5])
print(fails(lambda: search(1, Equal("raise"), 2)))
print(fails(lambda: 1 in (number, text, Equal("raise"), number)))
for i in range(6):
    first, second = [i], (i, i)
    print([i] in (first, second), (i, i) in (first, second), i in (first, second, i))
