# Generator expressions behind stars, and beside arguments with names: nothing else knows them, so that they are used again. Who looks, sees what is there.
import gc
import sys

names = ("a", "b", "c")
table = {"a": 1, "b": 2, "c": 3}


def show(*args, **named):
    return args, named


def starred(names, by):
    return show(*(by[n] for n in names))


print([starred(names[:i], table) for i in range(4)])
print([show(0, *(x for x in (1, 2)), 3, *(y for y in [4]), k=5) for _ in range(3)])
print([[*(x for x in "ab"), *(y for y in range(2))] for _ in range(3)])
print([sorted({*(x for x in "aba"), *(y for y in {1: 2})}, key=str) for _ in range(3)])
print([show(*(x for x in table), **{k: v for k, v in table.items()}) for _ in range(2)])
print([show(*(x for x in it)) for it in ([1], (2,), "3é", {4}, frozenset([5]), {6: 7}, {6: 7}.values(), {6: 7}.items(), range(8, 9), b"9")])

# The same expression while it runs.
depth = 0


def nested(n):
    return show(*(nested(x) for x in range(n)))


print(nested(3))


def smallest(items, by):
    return min((n for n in items if n in by), key=lambda n: by[n])


print([smallest("cab", table) for _ in range(3)], max((x for x in ()), default="none"), sorted((x for x in "bca"), reverse=True))
print(sorted((n for n in names), key=lambda n: smallest("cb", table) + str(-table[n])))


def fails(x):
    if x == 2:
        raise ValueError(x)
    return x


for _ in range(3):
    for attempt in (lambda: show(*(fails(x) for x in range(4))), lambda: [*(fails(x) for x in range(4))], lambda: max((fails(x) for x in range(4)), key=abs)):
        try:
            print(attempt())
        except ValueError as e:
            tb = e.__traceback__
            while tb.tb_next:
                tb = tb.tb_next
            inner = tb.tb_frame.f_back
            print(e, tb.tb_frame.f_code.co_name, sorted(tb.tb_frame.f_locals))

# A generator that is one of two arguments is the result, and goes on.
class Never:
    def __lt__(self, other):
        return True

    __gt__ = __lt__


for _ in range(2):
    g = min((x for x in "xyz"), Never(), key=lambda v: 0)
    print(type(g).__name__, list(g), list(g), list(x for x in "pq"))

# Functions of the program's own get the generator itself.
kept = []


def keeps(it, key=None):
    kept.append(it)
    return next(it)


print([keeps((x for x in (i, i + 1)), key=1) for i in range(3)], [list(k) for k in kept], [list(k) for k in kept])


class Frames:
    """Looks at the generators that run."""

    def __init__(self):
        self.frames = []

    def __call__(self, x):
        self.frames.append(sys._getframe(1))
        return x


look = Frames()
print(show(*(look(x) for x in (1, 2))), [f.f_code.co_name for f in look.frames], [f.f_locals for f in look.frames][0].get("x"))
print(show(*(x for x in (3, 4))), [type(f.f_locals.get(".0")).__name__ for f in look.frames])


class Stops:
    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration


print(show(*(x for x in Stops())), show(*Stops()), show(*map(str, (1, 2))), show(*iter([1])))
try:
    show(*(next(iter(())) for _ in "a"))
except RuntimeError as e:
    print(e)
for bad in (lambda: show(*1), lambda: show(*(x for x in 5)), lambda: show(*(x for x in "a"), **5), lambda: [*3]):
    try:
        print(bad())
    except TypeError as e:
        print(e)


class Hint:
    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration

    def __length_hint__(self):
        raise ZeroDivisionError("hint")


try:
    show(*Hint())
except ZeroDivisionError as e:
    print(e)
changed = [1, 2, 3]
print(show(*(changed.append(x) or x for x in changed if len(changed) < 8)))
d = {1: 1, 2: 2}
try:
    show(*(d.update({x + 10: 1}) for x in d))
except RuntimeError as e:
    print(e)
gc.collect()
print(starred(names, table), smallest("abc", table))

# What is taken apart.
for _ in range(2):
    a, b = (x for x in names[:2])
    c, d, e = (int(x) for x in "123")
    f, *g = (x for x in range(4))
    h, *i, j = {k: 1 for k in "pqr"}
    *k, = (x for x in b"ab")
    print(a, b, c, d, e, f, g, h, i, j, k)
again = iter("abcdef")


def numbered(n):
    a, b = (next(again) for _ in range(n))
    return a, b


for n in (1, 2, 3):
    try:
        print(numbered(n))
    except ValueError as e:
        print(e)


def wrong(it):
    first, *rest, last, end = it
    return first, rest, last, end


for it in ((x for x in "abcd"), (x for x in "ab"), (x for x in ""), {1: 2}, [1], Hint(), Stops(), map(str, range(4))):
    try:
        print(wrong(it))
    except (ValueError, ZeroDivisionError) as e:
        print(e)
try:
    *hinted, = Hint()
except ZeroDivisionError as e:
    print(e)
