# Loops and builtins over the iterators of containers that change meanwhile, that end, and that go on afterwards.


class Adds:
    def __init__(self, change):
        self.change = change

    def __add__(self, other):
        self.change(other)
        return self

    __radd__ = __add__

    def __lt__(self, other):
        self.change(other)
        return False

    __gt__ = __lt__


def tried(f, *args):
    try:
        r = f(*args)
    except Exception as e:
        return type(e).__name__, str(e)
    return type(r).__name__ if isinstance(r, Adds) else r


def looped(iterable, change):
    seen = []
    for x in iterable:
        seen.append(x)
        change(x)
        if len(seen) > 20:
            break
    return seen


def containers():
    d = {i: -i for i in range(6)}
    l = list(range(6))
    s = set(l)
    b = bytearray(range(6))
    yield "keys", d, lambda: iter(d), lambda x: d.update({x + 100: 0})
    yield "values", d, lambda: iter(d.values()), lambda x: d.pop(next(iter(d)))
    yield "reversed keys", d, lambda: reversed(d), lambda x: d.clear()
    yield "set", s, lambda: iter(s), lambda x: s.add(x + 100)
    yield "reversed", l, lambda: reversed(l), lambda x: l.pop()
    yield "shorter", l, lambda: reversed(l), lambda x: l.clear()
    yield "longer", l, lambda: iter(l), lambda x: len(l) < 9 and l.append(x)
    yield "bytes", b, lambda: iter(b), lambda x: b and b.pop()
    yield "range", b, lambda: reversed(range(7)), lambda x: None
    yield "str", b, lambda: iter("añb"), lambda x: None


for i in range(10):
    for use in looped, lambda it, c: sum(it, Adds(c)), lambda it, c: [x for x in it if not c(x)], lambda it, c: list(map(c, it)) and None, lambda it, c: max(it, key=lambda x: (c(x), 0)[1]):
        name, box, make, change = list(containers())[i]
        it = make()
        print(name, tried(use, it, change), tried(lambda: next(it, "end")), tried(list, it), tried(sum, make()) if name != "str" else tuple(make()))

for make in (lambda: iter({1: 2}), lambda: iter({3}), lambda: reversed([4, 5]), lambda: iter(b"a"), lambda: iter("b"), lambda: iter((6,)), lambda: reversed(range(2)), lambda: iter({1: 2}.values())):
    it = make()
    print([x for x in it], [x for x in it], list(it), sum(it), [*it], tuple(it), set(it), next(it, "end"), list(make()), (*make(), 0))
