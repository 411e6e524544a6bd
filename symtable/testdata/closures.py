"""Locals, cells, free variables and globals."""
import os.path, sys as system
from string import digits as numbers, ascii_letters

limit = 10


def counter(start, /, step=1, *rest, stop=None, **options):
    total = start

    def advance(by=step):
        nonlocal total
        total += by
        return total

    def report():
        global limit
        limit = total

        def inner():
            return start, total, limit, numbers
        return inner
    return advance, report


def shadow(limit):
    def first():
        global limit

        def second():
            return limit
        return second

    def third():
        def fourth():
            return limit
        return fourth
    return first, third


def generator():
    try:
        got = yield
        yield from got
    except ValueError as error:
        del error
    finally:
        with open(os.devnull) as (a, [b, *c]):
            for a in b:
                c.x = c[a]


async def coroutine(source):
    async with source as s:
        async for item in s:
            yield item
            await item


def many(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r):
    s = t = u = v = w = x = y = z = a
    return lambda: (a, b, c, d, z, y, x, k, lambda r, q=s: (r, q, t))


def use_before():
    print(late)
    late = 1
    return lambda self=late, *a, k=late, **kw: (self, a, k, kw, later)


later = [counter, shadow]
match later:
    case [first, *others] if first:
        pass
    case {"key": value, **remaining}:
        pass
    case system.maxsize | None:
        pass
    case dict(items=found) as whole:
        pass


def siblings(limit):
    def first():
        global limit

    def second():
        return limit
