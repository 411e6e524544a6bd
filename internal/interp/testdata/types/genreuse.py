# Generators and functions that nothing knows any more are used again; those that something knows are not.
import sys


def gen(*items):
    for x in items:
        yield x


def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


kept = []


def keep(g):
    kept.append(g)
    return g


def through(make, use):
    return use(make())


# What another function returns may be known elsewhere.
mine = gen(1, 2, 3)
print(through(lambda: mine, sum), next(mine, "end"))
print(through(lambda: (i for i in "ab"), "".join), through(lambda: gen(4, 5), keep))
print(through(lambda: kept[-1], sum), next(kept[-1], "end"), list(kept[-1]))
print(sum(keep(i for i in range(4))), list(kept[-1]), [sum(gen(1, 2)), sum(gen(3, 4))], next(kept[-1], "end"))
for x in keep(gen(1, 2)):
    for y in gen(3, 4):
        print(x, y, end=" ")
print(next(kept[-1], "end"), kept[-1].gi_frame)
print(through(lambda: gen(1, 2, 3), lambda g: (next(g), keep(g))[0]), list(kept[-1]))

# Inside each other, with other generators made meanwhile, and the same again.
for _ in range(3):
    print([tuple(x * y for y in count(x)) for x in count(4)], set(x + y for x in count(3) for y in gen(x, 10)))
    for x in count(3):
        for y in count(x):
            print(x, y, sum(z for z in count(y + 1)), end="; ")
    print()
print(sorted(tuple(sorted(str(c) for c in gen(a, b))) for a in gen(3, 1) for b in gen(2, 0)))


# A loop that is left early, or by an exception, and one that ends while others begin.
def early():
    for x in count(10):
        if x == 3:
            break
    rest = [y for y in count(3)]
    try:
        for x in count(5):
            if x == 2:
                1 / 0
    except ZeroDivisionError as e:
        rest.append(type(e).__name__)
    return x, rest, any(z == 2 for z in count(9)), all(z < 2 for z in count(9)), next(z for z in count(5))


print(early(), early())


# Who looks at frames gets hold of the generator.
def spy():
    f = sys._getframe(1)
    kept.append(f)
    return f.f_lineno - f.f_code.co_firstlineno


print(sum(spy() for _ in gen(1, 2)), sum(i for i in gen(5, 6)), kept[-1].f_code.co_name, kept[-1].f_locals.get("_"))


def own():
    kept.append(sys._getframe().f_generator)
    yield 7
    yield 8


for x in own():
    print(x, end=" ")
print(list(gen(1, 2)), sum(own()), sum(gen(3, 4)), kept[-1].__name__, next(kept[-1], "end"))


# Closures of generator expressions are not mixed up.
def table(n):
    k = n * 10
    return [sum(k + n + i for i in count(3)), max(k - i for i in gen(1, 2)), "".join(str(k) + s for s in gen("u", "v")), list(c for c in gen(n, k)), tuple(k for _ in gen(0))]


print([table(n) for n in range(4)], [table(n) for n in range(4)])
fs = [(lambda: n) for n in gen(1, 2)]
print([f() for f in fs], sum((lambda m: (lambda: m))(n)() for n in gen(1, 2)))
makers = [(n + i for i in gen(1, 2)) for n in gen(10, 20)]
print([list(m) for m in makers], [m.__name__ for m in makers], [m.__qualname__ for m in makers])


# Exceptions out of them, with tracebacks that are kept.
def fails(n):
    for i in count(n):
        yield 1 // (n - 1 - i)


errors = []
for n in gen(2, 3):
    for use in sum, list, set, tuple:
        try:
            use(x for x in fails(n))
        except ZeroDivisionError as e:
            errors.append(e)
for e in errors:
    tb, names = e.__traceback__, []
    while tb:
        names.append((tb.tb_frame.f_code.co_name, tb.tb_frame.f_locals.get("i")))
        tb = tb.tb_next
    print(names)


def returns():
    yield 1
    return 2


def passes():
    kept.append((yield from returns()))


for x in passes():
    print(x, kept[-1] if isinstance(kept[-1], int) else None)
print(kept[-1], [x for x in passes()], list(x for x in passes()), sum(passes()))


# Methods that are generators.
class Tree:
    def __init__(self, value, *parts):
        self.value, self.parts = value, parts

    def __iter__(self):
        yield self.value
        for p in self.parts:
            yield from p
        return len(self.parts)


class Doubles(list):
    def __iter__(self):
        kept.append(self)
        for i in range(len(self)):
            yield self[i] * 2


class NoGenerator:
    def __iter__(self):
        return keep(gen("own"))


class Borrowed:
    __iter__ = lambda self, *more: iter(more or "none")


tree = Tree(1, Tree(2, Tree(3)), Tree(4), Doubles([5, 6]))
for _ in range(2):
    print([x for x in tree], list(tree), sum(tree), [(x, y) for x in Tree(1, [2]) for y in Doubles([x])])
for x in NoGenerator():
    print(x, [y for y in Borrowed()], next(kept[-1], "end"))
a, b = iter(tree), iter(tree)
print(next(a), next(b), list(a), next(b), a is iter(a), b.gi_frame is not None)
del Tree.__iter__
try:
    print([x for x in tree])
except TypeError as e:
    print(e)


# Generators with variables of functions around them.
def around(n, *rest, step=1):
    def up(to, by=step):
        nonlocal n
        while n < to:
            yield n
            n += by

    def named(*a, k=step, **kw):
        yield n, a, k, kw
        yield from up(n + 2)

    class Walker:
        def __iter__(self):
            yield __class__.__name__
            yield from up(n + 2)

    for wrong in (lambda: up(), lambda: up(1, 2, 3), lambda: up(to=1, to_=2)):
        try:
            wrong()
        except TypeError as e:
            print(e)
    g = up(n + 3)
    print(next(g), g.gi_frame.f_locals, g.gi_code.co_freevars, list(up(n + 2)), list(g))
    print(list(named(1, z=2)), [x for x in Walker()], sum(up(n + 3)), [list(n + i + j for j in up(n + 1)) for i in rest])
    gone = (n for n in rest)
    return up(n + 2), (n * i for i in rest), gone


for made in around(1, 2, 3), around(5, 6, step=2):
    print([list(g) for g in made])
