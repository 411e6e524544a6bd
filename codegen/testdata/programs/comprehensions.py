"""Comprehensions in place and as functions."""
a = [i for i in x]
b = {i for i in x if i if not y}
c = {k: v for k, v in x.items() for i in v}
d = (i for i in x)
e = [[j for j in i] for i in x]
f = [y for x in z for y in [x + 1] if y]
g = [y for x in z for y in (x,) for q in [*x] for r in [1, 2]]
h = [
    i
    for i
    in x
    if i and
    y
]
i = [(lambda: i) for i in x]
j = [(last := i) for i in x]
k = {**a, **{i: i for i in x}}
l = f(i for i in x)
m = f([i for i in x], *(i for i in x))
n = [i for i, *j in x]
o = [i for x.y in x for x[0] in y]
p = list(i async for i in x) if 0 else None


def function(x, y, i):
    a = [i for i in x]
    b = [y for i in x]
    c = [(lambda: (i, y)) for i in x]
    d = [[i for j in x] for i in [j for j in y]]
    e = {i: (lambda: i) for i in x}
    z = 1
    f = [z := i for i in x if (lambda: z)]
    g = (lambda: i, [i for i in x])
    return [i for i in x if any(i for i in y)], (y for q in x for r in y)


def cells(x):
    def inner():
        return x
    return [x for x in inner() if (lambda: x)]


def nonlocals():
    n = 0

    def inner():
        nonlocal n
        global m
        return [n := i for i in range(3)], [m := i for i in range(3)]
    return inner


async def asynchronous(x, y):
    a = [i async for i in x]
    b = {i: j async for i in x if i for j in y}
    c = (i async for i in x if await i)
    d = [await i for i in x]
    e = (await i for i in x)
    f = [[j async for j in i] for i in x]
    g = [j for i in x async for j in i]
    return {i async for i in [x async for x in y]}


class Class:
    a = [i for i in x]
    b = [(i, a) for i in a]
    c = [[i for j in a] for i in a]
    d = [(lambda: (i, __class__)) for i in a]
    e = (i for i in a for j in a)
    x = [i.__y for i in __x]

    def m(self):
        return [super().m() for i in self], [__class__ for i in self]
