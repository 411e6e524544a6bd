"""Special methods in Python that operators call: what they return, raise and change, and who is asked next."""

import sys

log = []


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


class Truth:
    def __init__(self, value):
        self.value = value

    def __bool__(self):
        if self.value is None:
            raise ValueError("neither")
        return self.value


class Some:
    """Returns from each method what it has been given for it."""

    def __init__(self, **results):
        self.results = results

    def __eq__(self, other):
        return self.results.get("eq", NotImplemented)

    def __lt__(self, other):
        return self.results.get("lt", NotImplemented)

    def __ge__(self, other):
        return self.results.get("ge", NotImplemented)

    def __add__(self, other):
        return self.results.get("add", NotImplemented)

    def __iadd__(self, other):
        return self.results.get("iadd", NotImplemented)

    def __sub__(self, other):
        return self.results.get("sub", NotImplemented)

    def __rsub__(self, other):
        return "rsub"

    def __contains__(self, x):
        return self.results.get("contains", x)

    def __getitem__(self, k):
        return k, self.results.get("item")

    def __setitem__(self, k, x):
        log.append((k, x))


class Answers:
    """The other side."""

    def __eq__(self, other):
        return "eq"

    def __ne__(self, other):
        return "ne"

    def __gt__(self, other):
        return "gt"

    def __le__(self, other):
        return []

    def __radd__(self, other):
        return "radd"


class Sub(Some):
    def __gt__(self, other):
        return "sub's"

    def __radd__(self, other):
        return "sub's"


def compare(a, b):
    results = [a == b, a != b]
    for f in (lambda: a < b, lambda: a >= b, lambda: b > a, lambda: b <= a):
        results.append(attempt(f))
    return results


def branches(a, b):
    results = []
    if a == b:
        results.append("==")
    if not a != b:
        results.append("not !=")
    if a < b:
        results.append("<")
    if not a >= b:
        results.append("not >=")
    n = 0
    while a == b and n < 3:
        n += 1
    while n < 5:
        n += 1
        if a != b:
            continue
        if a == 1:
            break
    return results, n


left = [Some(), Some(eq=True, lt=False), Some(eq=0, lt=[1], ge=""), Some(eq=Truth(True), lt=Truth(False), ge=Truth(None))]
for a in left:
    for b in [Some(), 1, None, Answers(), Sub(lt=1), Sub(eq="eq")]:
        print([r if isinstance(r, (str, bool, int, list)) else type(r).__name__ for r in compare(a, b)], attempt(branches, a, b))


def operators(a, b):
    c = a
    c += b
    d = a
    d -= b
    return attempt(lambda: a + b), attempt(lambda: a - b), attempt(lambda: a - 1), attempt(lambda: 1 - a), c, d


for a in [Some(add=1, iadd=2, sub=3), Some(add=1, sub=3)]:
    for b in [Some(), 2, "x", Answers(), Sub(add="no")]:
        print(attempt(operators, a, b))
for b in [Some(), 2, "x", Answers(), Sub()]:
    print(attempt(operators, Some(sub=1), b), attempt(operators, Some(iadd=1), b))


class Items(list):
    """A sequence with a method of its own, which leaves the rest to list."""

    def __add__(self, other):
        return NotImplemented if isinstance(other, list) else "added"

    def __mul__(self, other):
        return NotImplemented


items = Items([1])
print([attempt(f) for f in (lambda: items + [2], lambda: items + 2, lambda: items * 2, lambda: 2 * items)])
kept = items
items.extend([3])
with_more = attempt(exec, "items += [3]; items *= 2", globals())
print(items, kept is items, with_more)


def member(x, v):
    results = [x in v, x not in v, 7 in v, "k" in v]
    if x in v:
        results.append("in")
    if x not in v:
        results.append("not in")
    if 7 in v:
        results.append("7")
    return results


for r in [True, 0, "yes", [], Truth(True), Truth(None), NotImplemented]:
    print(attempt(member, 1, Some(contains=r)), attempt(member, r, Some()))

some = Some(item="i")
some[1], some["k"], some[log] = some[1], some["k"], some[None]
some[1:2] = some[2:]
some[0] += (1,)
print(log[:2], len(log), log[-1])


def generate(a, b):
    yield a == b
    yield a < b
    yield a + b
    yield b in a
    yield a[b]
    a[b] = yield a != b
    yield "in" if b in a else "not in"
    if a >= b:
        yield "ge"


print(list(generate(Some(eq=True, lt=1, add=2, contains=3, ge=True), 5)), log[-1])


class Failing:
    def __eq__(self, other):
        raise ValueError("eq")

    def __contains__(self, x):
        return x / 0

    def __add__(self, other):
        raise ValueError("add")


def places(f):
    try:
        f()
    except Exception as e:
        tb, found = e.__traceback__.tb_next, []
        while tb:
            found.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
            tb = tb.tb_next
        return type(e).__name__, found


def raises(f, x):
    if x == 1:
        return f == 1
    if x == 2:
        while f == 1:
            pass
    if x == 3:
        return 1 in f
    if x == 4:
        return not (f != 3)
    f += 1


print([places(lambda: raises(Failing(), n)) for n in range(1, 6)])


class Recursive:
    def __eq__(self, other):
        return self == other

    def __add__(self, other):
        return self + other

    def __contains__(self, x):
        return x in self


print([attempt(f) for f in (lambda: Recursive() == 1, lambda: Recursive() + 1, lambda: 1 in Recursive())])


class Changing:
    """Replaces its own methods, and reads who calls it."""

    def __eq__(self, other):
        type(self).__eq__ = lambda self, other: NotImplemented
        return sys._getframe(1).f_code.co_name

    def __lt__(self, other):
        sys.settrace(tracer)
        return NotImplemented

    def __gt__(self, other):
        sys.settrace(None)
        return "gt"

    def __add__(self, other, more=3):
        return more

    def __sub__(self, *others):
        yield others

    async def __mul__(self, other):
        pass


def tracer(frame, event, arg):
    events.append((event, frame.f_code.co_name))
    return tracer


def caller(c):
    return c == 1, c == 1, c < c, c < c, c + 1, list(c - 2)


events = []
print(caller(Changing()), events)
events = []
sys.settrace(tracer)
caller(Changing())
sys.settrace(None)
print([e for e in events if e[0] in ("call", "return")])


class Borrowed:
    __eq__ = staticmethod(lambda other: ("static", other))
    __lt__ = classmethod(lambda cls, other: (cls.__name__, other))
    __add__ = print
    __contains__ = None
    __getitem__ = property(lambda self: lambda k: k)
    __sub__ = None


b = Borrowed()
print(b == 1, b != 1, b < 2, b[3], attempt(lambda: 1 in b), attempt(lambda: b - 1))
print(b + 1)
